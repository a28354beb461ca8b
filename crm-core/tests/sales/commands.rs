//! Moving, winning, losing and reopening: what is allowed from where, and what it writes.

use crm_core::engine::{CrmError, Result};
use crm_core::ids::StageId;
use crm_core::sales::OpportunityCommand::{Lose, Move, Reopen, Win};
use crm_core::sales::{
    self, Closing, ForecastCategory, Opportunity, OpportunityChange, OpportunityCommand, Outcome, Pipeline, Reopening,
    Stage,
};
use crm_core::values::NaiveDate;

use crate::desk::{DAY, Desk, at, day, invalid, money, refused_by, rule};

fn reopening(stage: StageId) -> Reopening<'static> {
    Reopening {
        stage: Some(stage.into()),
        ..Reopening::default()
    }
}

fn run(desk: &Desk, deal: &Opportunity, command: OpportunityCommand) -> Result<Opportunity> {
    let target = desk.stage("Proposal");
    desk.crm.write(|tx| match command {
        Move => Opportunity::move_to(tx, deal.id, target),
        Win => Opportunity::win(tx, deal.id, Closing::default()),
        Lose => Opportunity::lose(tx, deal.id, "price", Closing::default()),
        Reopen => Opportunity::reopen(tx, deal.id, Reopening::default()),
    })
}

#[test]
fn every_command_from_every_outcome_is_allowed_or_refused_by_its_rule() {
    let table = [
        (Outcome::Open, Move, Ok(Outcome::Open)),
        (Outcome::Open, Win, Ok(Outcome::Won)),
        (Outcome::Open, Lose, Ok(Outcome::Lost)),
        (Outcome::Open, Reopen, Err("opportunity.already_open")),
        (Outcome::Won, Move, Err("opportunity.reopen_first")),
        (Outcome::Won, Win, Err("opportunity.already_won")),
        (Outcome::Won, Lose, Err("opportunity.reopen_first")),
        (Outcome::Won, Reopen, Ok(Outcome::Open)),
        (Outcome::Lost, Move, Err("opportunity.reopen_first")),
        (Outcome::Lost, Win, Err("opportunity.reopen_first")),
        (Outcome::Lost, Lose, Err("opportunity.already_lost")),
        (Outcome::Lost, Reopen, Ok(Outcome::Open)),
    ];
    assert_eq!(table.len(), Outcome::ALL.len() * OpportunityCommand::ALL.len());
    for (from, command, expected) in table {
        let desk = Desk::open();
        let mut deal = desk.deal();
        if from == Outcome::Won {
            deal = run(&desk, &deal, Win).expect("a win");
        } else if from == Outcome::Lost {
            deal = run(&desk, &deal, Lose).expect("a loss");
        }
        let done = run(&desk, &deal, command).map(|deal| deal.outcome);
        let ruled = done.map_err(|error| match error {
            CrmError::Refused { rule, .. } => rule,
            other => panic!("{other}"),
        });
        assert_eq!(ruled, expected, "{from} and {command}");
        if expected.is_err() {
            assert_eq!(desk.get(deal.id), deal, "{from} and {command}");
        }
    }
}

#[test]
fn a_stage_is_named_by_its_id_or_its_name_in_the_pipeline_of_the_opportunity() {
    let desk = Desk::open();
    let partners = desk.another_pipeline();
    let deal = desk.deal();
    let moved = desk.write(|tx| Opportunity::move_to(tx, deal.id, " negotiation"));
    assert_eq!(moved.stage_id, desk.stage("Negotiation"));
    let won = Closing {
        stage: Some("won".into()),
        ..Closing::default()
    };
    let won = desk.write(|tx| Opportunity::win(tx, deal.id, won));
    assert_eq!(won.stage_id, desk.stage("Won"));
    let in_proposal = Reopening {
        stage: Some("Proposal".into()),
        ..Reopening::default()
    };
    let open = desk.write(|tx| Opportunity::reopen(tx, deal.id, in_proposal));
    assert_eq!(open.stage_id, desk.stage("Proposal"));
    assert_eq!(partners.name, "Partners");
    let error = desk.refusal(|tx| Opportunity::move_to(tx, deal.id, "Referral"));
    assert_eq!(rule(&error), invalid("name"));
    assert_eq!(error.hint(), "Use one of Lead in, Proposal, Negotiation, Won, Lost");
}

#[test]
fn moving_takes_on_the_probability_and_category_of_the_stage() {
    let desk = Desk::open();
    let (deal, negotiation) = (desk.deal(), desk.stage("Negotiation"));
    desk.clock.advance(DAY);
    let moved = desk.write(|tx| Opportunity::move_to(tx, deal.id, negotiation));
    assert_eq!((moved.stage_id, moved.probability), (negotiation, Some(75.into())));
    assert_eq!(moved.forecast_category, Some(ForecastCategory::Commit));
    assert_eq!(moved.stage_entered_at, Some(at("2026-03-03T09:00:00Z")));
}

#[test]
fn moving_to_where_it_is_writes_nothing() {
    let desk = Desk::open();
    let deal = desk.deal();
    let same = desk.write(|tx| Opportunity::move_to(tx, deal.id, deal.stage_id));
    assert_eq!(same, deal);
    assert_eq!(desk.history(deal.id).len(), 1);
}

#[test]
fn a_won_or_lost_stage_is_reached_by_its_command_only() {
    let desk = Desk::open();
    let deal = desk.deal();
    for closing in ["Won", "Lost"] {
        let stage = desk.stage(closing);
        let error = desk.refusal(|tx| Opportunity::move_to(tx, deal.id, stage));
        assert_eq!(rule(&error), refused_by("opportunity.close_by_command"));
        assert_eq!(error.hint(), "Win it, or lose it with a reason");
    }
}

#[test]
fn a_stage_of_another_pipeline_is_refused_by_every_command() {
    let desk = Desk::open();
    let partners = desk.another_pipeline();
    let there = |name: &str| desk.read(|reader| Pipeline::stage_named(reader, partners.id, name)).id;
    let (referral, won, lost) = (there("Referral"), there("Won"), there("Lost"));
    let deal = desk.deal();
    let into = |stage: StageId| Closing {
        stage: Some(stage.into()),
        ..Closing::default()
    };
    let expected = refused_by("stage.same_pipeline");
    assert_eq!(
        rule(&desk.refusal(|tx| Opportunity::move_to(tx, deal.id, referral))),
        expected
    );
    assert_eq!(
        rule(&desk.refusal(|tx| Opportunity::win(tx, deal.id, into(won)))),
        expected
    );
    assert_eq!(
        rule(&desk.refusal(|tx| Opportunity::lose(tx, deal.id, "price", into(lost)))),
        expected
    );
    desk.write(|tx| Opportunity::win(tx, deal.id, Closing::default()));
    assert_eq!(
        rule(&desk.refusal(|tx| Opportunity::reopen(tx, deal.id, reopening(referral)))),
        expected
    );
}

#[test]
fn a_stage_of_another_outcome_is_refused() {
    let desk = Desk::open();
    let (deal, lost, won) = (desk.deal(), desk.stage("Lost"), desk.stage("Won"));
    let into_lost = Closing {
        stage: Some(lost.into()),
        ..Closing::default()
    };
    let expected = refused_by("opportunity.stage_of_outcome");
    assert_eq!(
        rule(&desk.refusal(|tx| Opportunity::win(tx, deal.id, into_lost))),
        expected
    );
    desk.write(|tx| Opportunity::win(tx, deal.id, Closing::default()));
    assert_eq!(
        rule(&desk.refusal(|tx| Opportunity::reopen(tx, deal.id, reopening(won)))),
        expected
    );
}

#[test]
fn a_won_opportunity_is_one_hundred_percent_closed_and_closes_on_its_day() {
    let desk = Desk::in_shanghai();
    let deal = desk.deal_worth("100 EUR");
    desk.clock.set(at("2026-03-31T16:30:00Z"));
    let won = desk.write(|tx| Opportunity::win(tx, deal.id, Closing::default()));
    assert_eq!((won.outcome, won.stage_id), (Outcome::Won, desk.stage("Won")));
    assert_eq!(
        (won.probability, won.forecast_category),
        (Some(100.into()), Some(ForecastCategory::Closed))
    );
    assert_eq!(won.closed_at, Some(at("2026-03-31T16:30:00Z")));
    // The quarter was over in Shanghai.
    assert_eq!(won.close_on, Some(day("2026-04-01")));
}

#[test]
fn a_lost_opportunity_is_zero_percent_omitted_and_has_a_reason() {
    let desk = Desk::open();
    let deal = desk.deal();
    for nothing in ["", "  "] {
        let error = desk.refusal(|tx| Opportunity::lose(tx, deal.id, nothing, Closing::default()));
        assert_eq!(rule(&error), invalid("lost_reason"));
    }
    let lost = desk.write(|tx| Opportunity::lose(tx, deal.id, " price ", Closing::default()));
    assert_eq!(
        (lost.outcome, lost.lost_reason.as_deref()),
        (Outcome::Lost, Some("price"))
    );
    assert_eq!(
        (lost.probability, lost.forecast_category),
        (Some(0.into()), Some(ForecastCategory::Omitted))
    );
}

#[test]
fn a_closing_is_neither_before_the_opening_nor_in_the_future() {
    let desk = Desk::open();
    let deal = desk.deal();
    for wrong in ["2026-03-02T08:59:59Z", "2026-03-02T09:00:01Z"] {
        let closing = Closing {
            closed_at: Some(at(wrong)),
            ..Closing::default()
        };
        assert_eq!(
            rule(&desk.refusal(|tx| Opportunity::win(tx, deal.id, closing))),
            invalid("closed_at")
        );
    }
}

#[test]
fn a_closing_in_the_past_enters_the_history_after_what_is_there_already() {
    let desk = Desk::open();
    let (deal, proposal) = (desk.deal(), desk.stage("Proposal"));
    desk.clock.advance(3 * DAY);
    desk.write(|tx| Opportunity::move_to(tx, deal.id, proposal));
    desk.clock.advance(DAY);
    let closing = Closing {
        closed_at: Some(at("2026-03-04T12:00:00Z")),
        ..Closing::default()
    };
    let won = desk.write(|tx| Opportunity::win(tx, deal.id, closing));
    assert_eq!(won.close_on, Some(day("2026-03-04")));
    let history = desk.history(deal.id);
    assert_eq!(history[2].from_at, at("2026-03-05T09:00:00Z"));
    assert_eq!(Some(history[2].from_at), won.stage_entered_at);
    assert_eq!(desk.visited(deal.id), ["Lead in", "Proposal", "Won"]);
}

#[test]
fn reopening_goes_back_to_the_last_open_stage_and_keeps_the_history() {
    let desk = Desk::open();
    let (deal, proposal) = (desk.deal(), desk.stage("Proposal"));
    let expected = |day: NaiveDate| [OpportunityChange::CloseOn(Some(day))];
    desk.write(|tx| {
        Opportunity::move_to(tx, deal.id, proposal)?;
        tx.update(deal.id, expected(day("2026-06-30")), None)
    });
    desk.clock.advance(DAY);
    desk.write(|tx| Opportunity::lose(tx, deal.id, "price", Closing::default()));
    desk.clock.advance(DAY);
    let open = desk.write(|tx| Opportunity::reopen(tx, deal.id, Reopening::default()));
    assert_eq!(
        (open.outcome, open.stage_id, open.probability),
        (Outcome::Open, proposal, Some(40.into()))
    );
    assert_eq!((open.closed_at, open.lost_reason), (None, None));
    assert_eq!(
        open.close_on,
        Some(day("2026-06-30")),
        "the day on which it was expected to close"
    );
    assert_eq!(desk.visited(deal.id), ["Lead in", "Proposal", "Lost", "Proposal"]);
}

#[test]
fn reopening_goes_to_the_stage_that_is_given_and_never_to_a_deleted_one() {
    let desk = Desk::open();
    let (deal, negotiation, lead_in) = (desk.deal(), desk.stage("Negotiation"), desk.stage("Lead in"));
    let win = |tx: &mut crm_core::engine::Tx<'_>| Opportunity::win(tx, deal.id, Closing::default());
    desk.write(win);
    let open = desk.write(|tx| Opportunity::reopen(tx, deal.id, reopening(negotiation)));
    assert_eq!(open.stage_id, negotiation);
    desk.write(win);
    desk.write(|tx| Stage::delete(tx, negotiation, lead_in));
    assert_eq!(
        desk.write(|tx| Opportunity::reopen(tx, deal.id, Reopening::default()))
            .stage_id,
        lead_in
    );
}

#[test]
fn a_stale_revision_is_a_conflict_that_tells_the_current_one() {
    let desk = Desk::open();
    let (deal, proposal) = (desk.deal(), desk.stage("Proposal"));
    let stale = Some(deal.revision);
    desk.write(|tx| tx.update(deal.id, [OpportunityChange::NextStep(Some("call".into()))], stale));
    let closing = Closing {
        expected_revision: stale,
        ..Closing::default()
    };
    let to = |expected_revision| sales::Move {
        expected_revision,
        ..proposal.into()
    };
    let again = Reopening {
        expected_revision: stale,
        ..Reopening::default()
    };
    let errors = [
        desk.refusal(|tx| Opportunity::move_to(tx, deal.id, to(stale))),
        desk.refusal(|tx| Opportunity::win(tx, deal.id, closing)),
        desk.refusal(|tx| Opportunity::lose(tx, deal.id, "price", closing)),
        desk.refusal(|tx| Opportunity::reopen(tx, deal.id, again)),
    ];
    for error in errors {
        let CrmError::Conflict {
            expected,
            current_revision,
            ..
        } = error
        else {
            panic!("{error}")
        };
        assert_eq!((expected, current_revision), (1, 2));
    }
    let fresh = desk.write(|tx| Opportunity::move_to(tx, deal.id, to(Some(2))));
    assert_eq!(fresh.revision, 3);
}

#[test]
fn the_figures_of_an_open_opportunity_are_edited_and_those_of_a_closed_one_are_not() {
    let desk = Desk::open();
    let deal = desk.deal();
    let figures = [
        OpportunityChange::Probability(Some(55.into())),
        OpportunityChange::ForecastCategory(Some(ForecastCategory::MostLikely)),
    ];
    let edited = desk.write(|tx| tx.update(deal.id, figures.clone(), None));
    assert_eq!(edited.probability, Some(55.into()));
    desk.write(|tx| Opportunity::win(tx, deal.id, Closing::default()));
    for figure in figures.into_iter().chain([OpportunityChange::Probability(None)]) {
        let error = desk.refusal(|tx| tx.update(deal.id, [figure.clone()], None));
        assert_eq!(rule(&error), refused_by("opportunity.closed_figures"));
    }
    let moved = OpportunityChange::CloseOn(Some(day("2026-12-31")));
    let error = desk.refusal(|tx| tx.update(deal.id, [moved.clone()], None));
    assert_eq!(rule(&error), refused_by("opportunity.closed_on_its_day"));
    desk.write(|tx| tx.update(deal.id, [OpportunityChange::Amount(Some(money("9 EUR")))], None));
}

#[test]
fn a_command_on_what_is_not_there_finds_nothing() {
    let desk = Desk::open();
    let (deal, proposal) = (desk.deal(), desk.stage("Proposal"));
    desk.write(|tx| tx.delete(deal.id));
    let error = desk.refusal(|tx| Opportunity::move_to(tx, deal.id, proposal));
    assert_eq!(error.code(), "not_found");
}
