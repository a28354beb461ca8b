//! What holds of every opportunity, whatever was done to it and whatever was refused on the way.

use crm_core::engine::{Conditions, Query};
use crm_core::ids::{OpportunityId, StageId};
use crm_core::sales::{
    Closing, Opportunity, OpportunityChange, OpportunityLine, OpportunityLineChange, OpportunityLineDraft, Outcome,
    Pipeline, Product, Reopening, Stage,
};
use crm_core::values::Money;
use proptest::prelude::*;

use crate::desk::{DAY, Desk, day, money};

/// One thing that somebody tries; most of them are refused now and then.
#[derive(Debug, Clone)]
enum Attempt {
    Move(usize),
    Win { days_ago: Option<i64> },
    Lose,
    Reopen(Option<usize>),
    Amount(i64),
    Probability(i64),
    CloseOn(u32),
    AddLine { quantity: i64, price: Option<i64> },
    ChangeLine { line: usize, quantity: i64 },
    DeleteLine(usize),
    DeleteStage(usize, usize),
    DeleteAndRestore,
    Wait(i64),
}

fn attempt() -> impl Strategy<Value = Attempt> {
    prop_oneof![
        4 => (0..7_usize).prop_map(Attempt::Move),
        2 => proptest::option::of(0..9_i64).prop_map(|days_ago| Attempt::Win { days_ago }),
        2 => Just(Attempt::Lose),
        3 => proptest::option::of(0..7_usize).prop_map(Attempt::Reopen),
        2 => (-1..9_i64).prop_map(Attempt::Amount),
        2 => (-1..102_i64).prop_map(Attempt::Probability),
        1 => (1..28_u32).prop_map(Attempt::CloseOn),
        3 => (0..4_i64, proptest::option::of(0..99_i64)).prop_map(|(quantity, price)| Attempt::AddLine { quantity, price }),
        2 => (0..4_usize, 0..4_i64).prop_map(|(line, quantity)| Attempt::ChangeLine { line, quantity }),
        2 => (0..4_usize).prop_map(Attempt::DeleteLine),
        1 => (0..7_usize, 0..7_usize).prop_map(|(stage, target)| Attempt::DeleteStage(stage, target)),
        1 => Just(Attempt::DeleteAndRestore),
        4 => (0..3 * DAY).prop_map(Attempt::Wait),
    ]
}

struct Trial {
    desk: Desk,
    deal: OpportunityId,
    loom: Product,
    stages: Vec<StageId>,
}

impl Trial {
    fn new() -> Self {
        let desk = Desk::open();
        let partners = desk.another_pipeline();
        let mut stages = Vec::new();
        for pipeline in [desk.pipeline.id, partners.id] {
            stages.extend(
                desk.read(|reader| Pipeline::stages(reader, pipeline))
                    .iter()
                    .map(|stage| stage.id),
            );
        }
        let (deal, loom) = (desk.deal().id, desk.product("Loom", "550 EUR"));
        Self {
            desk,
            deal,
            loom,
            stages,
        }
    }

    fn lines(&self) -> Vec<OpportunityLine> {
        let query = Query::of::<OpportunityLine>().filter(OpportunityLine::OPPORTUNITY_ID.is(self.deal));
        self.desk.read(|reader| reader.find(&query))
    }

    /// Tries it, and tells whether it was done; what is refused must leave everything as it was.
    fn run(&self, attempt: &Attempt) -> bool {
        let (deal, lines) = (self.deal, self.lines());
        let update = |change: OpportunityChange| {
            self.desk
                .crm
                .write(|tx| tx.update(deal, [change.clone()], None))
                .is_ok()
        };
        let line = |index: usize| lines.get(index).map(|line| line.id);
        match attempt {
            Attempt::Move(stage) => self
                .desk
                .crm
                .write(|tx| Opportunity::move_to(tx, deal, self.stages[*stage]))
                .is_ok(),
            Attempt::Win { days_ago } => {
                let closed_at = days_ago.map(|days| {
                    let now = self.desk.read(|reader| Ok(reader.now()));
                    now.plus_milliseconds(-days * DAY)
                });
                let closing = Closing {
                    closed_at,
                    ..Closing::default()
                };
                self.desk.crm.write(|tx| Opportunity::win(tx, deal, closing)).is_ok()
            }
            Attempt::Lose => self
                .desk
                .crm
                .write(|tx| Opportunity::lose(tx, deal, "price", Closing::default()))
                .is_ok(),
            Attempt::Reopen(stage) => {
                let reopening = Reopening {
                    stage: stage.map(|stage| self.stages[stage].into()),
                    ..Reopening::default()
                };
                self.desk
                    .crm
                    .write(|tx| Opportunity::reopen(tx, deal, reopening))
                    .is_ok()
            }
            Attempt::Amount(amount) => {
                let currency = money("1 EUR").currency();
                update(OpportunityChange::Amount(Some(Money::from_minor(*amount, currency))))
            }
            Attempt::Probability(percent) => update(OpportunityChange::Probability(Some((*percent).into()))),
            Attempt::CloseOn(of_june) => {
                update(OpportunityChange::CloseOn(Some(day(&format!("2026-06-{of_june:02}")))))
            }
            Attempt::AddLine { quantity, price } => {
                let draft = OpportunityLineDraft {
                    opportunity_id: Some(deal),
                    quantity: Some((*quantity).into()),
                    unit_price: price.map(Into::into),
                    ..OpportunityLineDraft::new(self.loom.id)
                };
                self.desk.crm.write(|tx| tx.create(draft.clone())).is_ok()
            }
            Attempt::ChangeLine { line: index, quantity } => line(*index).is_some_and(|id| {
                let change = OpportunityLineChange::Quantity(Some((*quantity).into()));
                self.desk.crm.write(|tx| tx.update(id, [change.clone()], None)).is_ok()
            }),
            Attempt::DeleteLine(index) => {
                line(*index).is_some_and(|id| self.desk.crm.write(|tx| tx.delete(id)).is_ok())
            }
            Attempt::DeleteStage(stage, target) => {
                let (stage, target) = (self.stages[*stage], self.stages[*target]);
                self.desk.crm.write(|tx| Stage::delete(tx, stage, target)).is_ok()
            }
            Attempt::DeleteAndRestore => {
                self.desk.write(|tx| tx.delete(deal));
                self.desk.write(|tx| tx.restore(deal));
                true
            }
            Attempt::Wait(milliseconds) => {
                self.desk.clock.advance(*milliseconds);
                true
            }
        }
    }

    fn check(&self) {
        let deal = self.desk.get(self.deal);
        let stage = self.desk.read(|reader| reader.get(deal.stage_id));
        assert_eq!(
            deal.outcome,
            stage.kind.outcome(),
            "the outcome follows from the kind of the stage"
        );
        assert_eq!(deal.pipeline_id, stage.pipeline_id);
        assert_eq!(deal.closed_at.is_some(), deal.outcome != Outcome::Open);
        assert_eq!(deal.lost_reason.is_some(), deal.outcome == Outcome::Lost);
        self.check_amounts(&deal);
        self.check_history(&deal);
    }

    fn check_amounts(&self, deal: &Opportunity) {
        let totals: Vec<i64> = self
            .lines()
            .iter()
            .map(|line| line.total.expect("a total").minor())
            .collect();
        if !totals.is_empty() {
            let amount = deal.amount.expect("an amount");
            assert_eq!(
                amount.minor(),
                totals.iter().sum::<i64>(),
                "the amount is the sum of the lines"
            );
        }
        assert_eq!(deal.list_amount.is_some(), !totals.is_empty());
    }

    fn check_history(&self, deal: &Opportunity) {
        let history = self.desk.history(self.deal);
        let open_ended = history.iter().filter(|row| row.until_at.is_none()).count();
        assert_eq!(open_ended, 1, "one row tells how it stands");
        assert_eq!(history.first().map(|row| row.from_at), deal.opened_at);
        for pair in history.windows(2) {
            assert_eq!(pair[0].until_at, Some(pair[1].from_at), "neither gap nor overlap");
            assert!(pair[0].from_at <= pair[1].from_at);
            assert_eq!(pair[1].is_stage_entry, pair[0].stage_id != pair[1].stage_id);
            assert_eq!(pair[0].is_stage_exit, pair[1].is_stage_entry);
            let entered_at = if pair[1].is_stage_entry {
                pair[1].from_at
            } else {
                pair[0].stage_entered_at
            };
            assert_eq!(pair[1].stage_entered_at, entered_at);
        }
        let last = history.last().expect("a row");
        assert_eq!(
            (
                last.stage_id,
                last.outcome,
                last.amount,
                last.list_amount,
                last.close_on,
                last.probability
            ),
            (
                deal.stage_id,
                deal.outcome,
                deal.amount,
                deal.list_amount,
                deal.close_on,
                deal.probability
            ),
        );
        assert_eq!(last.forecast_category, deal.forecast_category);
        let entered_at = history
            .iter()
            .rev()
            .find(|row| row.is_stage_entry)
            .map(|row| row.from_at);
        assert_eq!(entered_at, deal.stage_entered_at);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn an_opportunity_is_whole_after_every_attempt(attempts in proptest::collection::vec(attempt(), 1..40)) {
        let trial = Trial::new();
        for attempt in &attempts {
            let before = trial.desk.get(trial.deal);
            if !trial.run(attempt) {
                prop_assert!(trial.desk.get(trial.deal) == before, "{attempt:?} was refused and changed something");
            }
            trial.check();
        }
    }
}
