//! What a new opportunity gets that does not say it, and what it may not say.

use crm_core::sales::{ForecastCategory, Opportunity, OpportunityDraft, Outcome, Pipeline};

use crate::desk::{Desk, at, day, invalid, money, refused_by, rule};

fn draft() -> OpportunityDraft {
    OpportunityDraft::new("Twelve looms")
}

#[test]
fn it_enters_the_first_open_stage_now_with_what_the_stage_says() {
    let desk = Desk::open();
    let deal = desk.deal();
    assert_eq!(
        (deal.pipeline_id, deal.stage_id),
        (desk.pipeline.id, desk.stage("Lead in"))
    );
    assert_eq!((deal.outcome, deal.probability), (Outcome::Open, Some(10.into())));
    assert_eq!(deal.forecast_category, Some(ForecastCategory::Pipeline));
    assert_eq!(deal.opened_at, Some(at("2026-03-02T09:00:00Z")));
    assert_eq!((deal.stage_entered_at, deal.closed_at), (deal.opened_at, None));
}

#[test]
fn its_own_probability_and_category_come_before_those_of_the_stage() {
    let desk = Desk::open();
    let deal = desk.write(|tx| {
        tx.create(OpportunityDraft {
            probability: Some("12.5".parse().expect("a number")),
            forecast_category: Some(ForecastCategory::Commit),
            ..draft()
        })
    });
    assert_eq!(deal.probability.map(|percent| percent.to_string()), Some("12.5".into()));
    assert_eq!(deal.forecast_category, Some(ForecastCategory::Commit));
}

#[test]
fn the_stage_it_names_must_be_of_the_pipeline_it_names() {
    let desk = Desk::open();
    let partners = desk.another_pipeline();
    let mixed = OpportunityDraft {
        pipeline_id: Some(partners.id),
        stage_id: Some(desk.stage("Proposal")),
        ..draft()
    };
    assert_eq!(
        rule(&desk.refusal(|tx| tx.create(mixed.clone()))),
        refused_by("stage.same_pipeline")
    );
    let by_stage = OpportunityDraft {
        pipeline_id: None,
        stage_id: Some(desk.read(|reader| Pipeline::stages(reader, partners.id))[0].id),
        ..draft()
    };
    assert_eq!(desk.write(|tx| tx.create(by_stage.clone())).pipeline_id, partners.id);
}

#[test]
fn one_that_names_a_won_stage_is_created_closed() {
    let desk = Desk::in_shanghai();
    let won = OpportunityDraft {
        stage_id: Some(desk.stage("Won")),
        closed_at: Some(at("2026-02-28T17:00:00Z")),
        ..draft()
    };
    let deal = desk.write(|tx| tx.create(won.clone()));
    assert_eq!((deal.outcome, deal.probability), (Outcome::Won, Some(100.into())));
    // It was March already in Shanghai, the zone of the desk.
    assert_eq!(deal.close_on, Some(day("2026-03-01")));
    assert_eq!(deal.opened_at, deal.closed_at);
    let now = OpportunityDraft { closed_at: None, ..won };
    assert_eq!(
        desk.write(|tx| tx.create(now.clone())).closed_at,
        Some(at("2026-03-02T09:00:00Z"))
    );
}

#[test]
fn of_a_closed_one_the_day_of_closing_is_enough() {
    let desk = Desk::in_shanghai();
    let won = OpportunityDraft {
        stage_id: Some(desk.stage("Won")),
        close_on: Some(day("2026-02-20")),
        ..draft()
    };
    let deal = desk.write(|tx| tx.create(won.clone()));
    assert_eq!(deal.closed_at, Some(at("2026-02-19T16:00:00Z")));
    let within_a_day = OpportunityDraft {
        opened_at: Some(at("2026-02-20T03:00:00Z")),
        ..won
    };
    let deal = desk.write(|tx| tx.create(within_a_day.clone()));
    assert_eq!(deal.closed_at, deal.opened_at);
}

#[test]
fn of_one_that_is_created_lost_the_reason_may_be_missing() {
    let desk = Desk::open();
    let lost = OpportunityDraft {
        stage_id: Some(desk.stage("Lost")),
        ..draft()
    };
    let deal = desk.write(|tx| tx.create(lost.clone()));
    assert_eq!((deal.outcome, deal.lost_reason), (Outcome::Lost, None));
    assert_eq!(
        (deal.probability, deal.forecast_category),
        (Some(0.into()), Some(ForecastCategory::Omitted))
    );
}

#[test]
fn what_contradicts_the_outcome_is_refused() {
    let desk = Desk::open();
    let (won, lost) = (Some(desk.stage("Won")), Some(desk.stage("Lost")));
    let refuse = |draft: OpportunityDraft| rule(&desk.refusal(|tx| tx.create(draft.clone())));
    let figures = refused_by("opportunity.closed_figures");
    let unlikely = Some(40.into());
    assert_eq!(
        refuse(OpportunityDraft {
            stage_id: won,
            probability: unlikely,
            ..draft()
        }),
        figures
    );
    let category = Some(ForecastCategory::Commit);
    assert_eq!(
        refuse(OpportunityDraft {
            stage_id: lost,
            forecast_category: category,
            ..draft()
        }),
        figures
    );
    let closed = Some(ForecastCategory::Closed);
    assert_eq!(
        refuse(OpportunityDraft {
            forecast_category: closed,
            ..draft()
        }),
        invalid("forecast_category")
    );
    let reason = Some("price".to_owned());
    assert_eq!(
        refuse(OpportunityDraft {
            lost_reason: reason.clone(),
            ..draft()
        }),
        invalid("lost_reason")
    );
    assert_eq!(
        refuse(OpportunityDraft {
            stage_id: won,
            lost_reason: reason,
            ..draft()
        }),
        invalid("lost_reason")
    );
    let closed_at = Some(at("2026-03-01T00:00:00Z"));
    assert_eq!(refuse(OpportunityDraft { closed_at, ..draft() }), invalid("closed_at"));
}

#[test]
fn times_are_in_order_and_have_come() {
    let desk = Desk::open();
    let won = Some(desk.stage("Won"));
    let refuse = |draft: OpportunityDraft| rule(&desk.refusal(|tx| tx.create(draft.clone())));
    let (early, late) = (Some(at("2026-01-01T00:00:00Z")), Some(at("2026-02-01T00:00:00Z")));
    let future = Some(at("2026-03-02T09:00:00.001Z"));
    assert_eq!(
        refuse(OpportunityDraft {
            opened_at: future,
            ..draft()
        }),
        invalid("opened_at")
    );
    assert_eq!(
        refuse(OpportunityDraft {
            stage_id: won,
            closed_at: future,
            ..draft()
        }),
        invalid("closed_at")
    );
    let backwards = OpportunityDraft {
        stage_id: won,
        opened_at: late,
        closed_at: early,
        ..draft()
    };
    assert_eq!(refuse(backwards), invalid("closed_at"));
}

#[test]
fn amounts_and_probabilities_stay_within_their_bounds() {
    let desk = Desk::open();
    let refuse = |draft: OpportunityDraft| rule(&desk.refusal(|tx| tx.create(draft.clone())));
    let below = Some(money("-0.01 EUR"));
    assert_eq!(
        refuse(OpportunityDraft {
            amount: below,
            ..draft()
        }),
        invalid("amount")
    );
    for percent in ["-0.01", "100.01"] {
        let probability = Some(percent.parse().expect("a number"));
        assert_eq!(
            refuse(OpportunityDraft { probability, ..draft() }),
            invalid("probability")
        );
    }
    let name = OpportunityDraft::new("  ");
    assert_eq!(refuse(name), invalid("name"));
}

#[test]
fn its_history_begins_when_it_was_opened_and_is_written_now() {
    let desk = Desk::open();
    let opened_at = at("2026-01-05T09:00:00Z");
    let deal = desk.write(|tx| {
        tx.create(OpportunityDraft {
            opened_at: Some(opened_at),
            ..draft()
        })
    });
    let history = desk.read(|reader| Opportunity::history(reader, deal.id));
    assert_eq!(history.len(), 1);
    assert_eq!((history[0].from_at, history[0].until_at), (opened_at, None));
    assert_eq!(history[0].created_at, at("2026-03-02T09:00:00Z"));
}

#[test]
fn a_customer_that_the_same_transaction_deleted_is_not_referred_to() {
    let desk = Desk::open();
    let li = desk.person("Li Ming");
    let for_li = OpportunityDraft {
        customer_id: Some(li.id),
        ..draft()
    };
    let error = desk.refusal(|tx| {
        let deal = tx.create(for_li.clone())?;
        tx.delete(deal.id)?;
        tx.delete(li.id)?;
        tx.create(for_li.clone())
    });
    assert_eq!(rule(&error), invalid("customer_id"));
}
