//! The history of an opportunity: every change that matters, with its duration, written by nobody else.

use crm_core::engine::Conditions;
use crm_core::engine::Query;
use crm_core::sales::{
    Closing, ForecastCategory, Opportunity, OpportunityChange, OpportunityHistory, OpportunityHistoryDraft,
    OpportunityLineDraft, Outcome,
};

use crate::desk::{DAY, Desk, at, day, money, refused_by, rule};

#[test]
fn every_change_that_the_history_tells_of_ends_a_row_and_begins_another() {
    let desk = Desk::open();
    let deal = desk.deal();
    let changes = [
        OpportunityChange::Amount(Some(money("100 EUR"))),
        OpportunityChange::CloseOn(Some(day("2026-06-30"))),
        OpportunityChange::Probability(Some(20.into())),
        OpportunityChange::ForecastCategory(Some(ForecastCategory::BestCase)),
    ];
    for change in &changes {
        desk.clock.advance(DAY);
        desk.write(|tx| tx.update(deal.id, [change.clone()], None));
    }
    desk.clock.advance(DAY);
    desk.write(|tx| Opportunity::win(tx, deal.id, Closing::default()));
    let history = desk.history(deal.id);
    assert_eq!(history.len(), 6);
    assert!(history.windows(2).all(|pair| pair[0].until_at == Some(pair[1].from_at)));
    let entries: Vec<_> = history.iter().map(|row| row.is_stage_entry).collect();
    assert_eq!(entries, [true, false, false, false, false, true]);
    let last = &history[5];
    assert_eq!((last.outcome, last.until_at), (Outcome::Won, None));
    assert_eq!(
        (last.amount, last.probability),
        (Some(money("100 EUR")), Some(100.into()))
    );
}

#[test]
fn durations_follow_from_when_things_happened() {
    let desk = Desk::open();
    let (deal, proposal) = (desk.deal(), desk.stage("Proposal"));
    desk.clock.advance(3 * DAY);
    desk.write(|tx| Opportunity::move_to(tx, deal.id, proposal));
    let first = &desk.history(deal.id)[0];
    let until = first.until_at.expect("an end");
    assert_eq!(until.milliseconds() - first.from_at.milliseconds(), 3 * DAY);
}

#[test]
fn what_the_history_does_not_tell_of_adds_no_row() {
    let desk = Desk::open();
    let deal = desk.deal();
    desk.clock.advance(DAY);
    let next_step = OpportunityChange::NextStep(Some("call".into()));
    desk.write(|tx| {
        tx.update(
            deal.id,
            [next_step.clone(), OpportunityChange::Name("Ten looms".into())],
            None,
        )
    });
    assert_eq!(desk.history(deal.id).len(), 1);
}

#[test]
fn changes_at_one_instant_share_a_row() {
    let desk = Desk::open();
    let loom = desk.product("Loom", "550 EUR");
    let deal = desk.write(|tx| {
        let deal = desk_deal(tx)?;
        for _ in 0..3 {
            tx.create(OpportunityLineDraft {
                opportunity_id: Some(deal.id),
                ..OpportunityLineDraft::new(loom.id)
            })?;
        }
        Ok(deal)
    });
    let history = desk.history(deal.id);
    assert_eq!(history.len(), 1);
    assert_eq!(
        (history[0].amount, history[0].is_stage_entry),
        (Some(money("1650 EUR")), true)
    );
}

fn desk_deal(tx: &mut crm_core::engine::Tx<'_>) -> crm_core::engine::Result<Opportunity> {
    tx.create(crm_core::sales::OpportunityDraft::new("Twelve looms"))
}

#[test]
fn every_stage_that_was_passed_has_its_row_however_little_time_it_took() {
    let desk = Desk::open();
    let (proposal, negotiation) = (desk.stage("Proposal"), desk.stage("Negotiation"));
    let deal = desk.write(|tx| {
        let deal = desk_deal(tx)?;
        Opportunity::move_to(tx, deal.id, proposal)?;
        Opportunity::move_to(tx, deal.id, negotiation)?;
        Opportunity::win(tx, deal.id, Closing::default())
    });
    assert_eq!(desk.visited(deal.id), ["Lead in", "Proposal", "Negotiation", "Won"]);
    assert!(
        desk.history(deal.id)
            .iter()
            .all(|row| row.from_at == at("2026-03-02T09:00:00Z"))
    );
}

#[test]
fn nobody_writes_or_deletes_history_by_itself() {
    let desk = Desk::open();
    let deal = desk.deal();
    let created = desk.refusal(|tx| tx.create(OpportunityHistoryDraft::new()));
    assert_eq!(rule(&created), refused_by("opportunity.history_follows"));
    let row = desk.history(deal.id).remove(0);
    let deleted = desk.refusal(|tx| tx.delete(row.id));
    assert_eq!(rule(&deleted), refused_by("opportunity.history_is_kept"));
    let by_values = desk.refusal(|tx| {
        let from_at = crm_core::engine::Assignment {
            field: OpportunityHistory::FROM_AT.index,
            value: at("2020-01-01T00:00:00Z").into(),
        };
        tx.update_from_values(OpportunityHistory::FROM_AT.entity, row.id.0, None, vec![from_at])
    });
    assert_eq!(rule(&by_values), crate::desk::invalid("from_at"));
}

#[test]
fn the_history_goes_and_comes_back_with_its_opportunity() {
    let desk = Desk::open();
    let deal = desk.deal();
    desk.clock.advance(DAY);
    desk.write(|tx| Opportunity::win(tx, deal.id, Closing::default()));
    desk.write(|tx| tx.delete(deal.id));
    let alive = Query::of::<OpportunityHistory>().filter(OpportunityHistory::OPPORTUNITY_ID.is(deal.id));
    assert_eq!(desk.read(|reader| reader.count(&alive)), 0);
    desk.write(|tx| tx.restore(deal.id));
    assert_eq!(desk.visited(deal.id), ["Lead in", "Won"]);
}

#[test]
fn undoing_a_win_takes_its_history_out_again() {
    let desk = Desk::open();
    let deal = desk.deal();
    desk.clock.advance(DAY);
    let batch = desk.write(|tx| Opportunity::win(tx, deal.id, Closing::default()).map(|_| tx.batch()));
    desk.crm.undo(batch).expect("an undo");
    let history = desk.history(deal.id);
    assert_eq!((history.len(), history[0].until_at), (1, None));
    assert_eq!(desk.get(deal.id).outcome, Outcome::Open);
}
