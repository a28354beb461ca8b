//! Opportunities that come with their lines and their past.

use std::time::Instant;

use crm_core::engine::{ChangeKind, Query};
use crm_core::sales::{
    ForecastCategory, Opportunity, OpportunityDraft, OpportunityHistory, OpportunityLineDraft, Outcome, Pipeline,
    StageVisit,
};

use crate::desk::{Desk, at, day, invalid, money, refused_by, rule};

fn visit(desk: &Desk, stage: &str, at_time: &str) -> StageVisit {
    StageVisit {
        stage_id: desk.stage(stage),
        at: at(at_time),
    }
}

fn draft() -> OpportunityDraft {
    OpportunityDraft::new("Twelve looms")
}

fn won_last_year(desk: &Desk) -> Vec<StageVisit> {
    vec![
        visit(desk, "Lead in", "2025-10-01T00:00:00Z"),
        visit(desk, "Negotiation", "2025-11-01T00:00:00Z"),
        visit(desk, "Won", "2025-12-24T00:00:00Z"),
    ]
}

#[test]
fn the_visits_become_the_history_by_when_they_happened() {
    let desk = Desk::open();
    let visits = won_last_year(&desk);
    let deal = desk.write(|tx| Opportunity::create_with(tx, draft(), Vec::new(), &visits));
    assert_eq!((deal.outcome, deal.stage_id), (Outcome::Won, desk.stage("Won")));
    assert_eq!(
        (deal.opened_at, deal.closed_at),
        (Some(visits[0].at), Some(visits[2].at))
    );
    assert_eq!(
        (deal.stage_entered_at, deal.close_on),
        (deal.closed_at, Some(day("2025-12-24")))
    );
    let history = desk.history(deal.id);
    assert_eq!(desk.visited(deal.id), ["Lead in", "Negotiation", "Won"]);
    assert!(history.windows(2).all(|pair| pair[0].until_at == Some(pair[1].from_at)));
    let figures: Vec<_> = history.iter().map(|row| (row.outcome, row.forecast_category)).collect();
    assert_eq!(figures[1], (Outcome::Open, Some(ForecastCategory::Commit)));
    assert_eq!(figures[2], (Outcome::Won, Some(ForecastCategory::Closed)));
    assert_eq!((history[0].close_on, history[2].close_on), (None, deal.close_on));
    assert!(history.iter().all(|row| row.created_at == at("2026-03-02T09:00:00Z")));
}

#[test]
fn each_row_is_written_once() {
    let desk = Desk::open();
    let loom = desk.product("Loom", "550 EUR");
    let visits = won_last_year(&desk);
    let lines = || vec![OpportunityLineDraft::new(loom.id), OpportunityLineDraft::new(loom.id)];
    let batch = desk.write(|tx| Opportunity::create_with(tx, draft(), lines(), &visits).map(|_| tx.batch()));
    let log = desk.read(|reader| reader.changes(0, u32::MAX));
    let written: Vec<_> = log.iter().filter(|entry| entry.commit.batch == batch).collect();
    assert_eq!(written.len(), 1 + 2 + 3);
    assert!(written.iter().all(|entry| entry.change.kind == ChangeKind::Create));
}

#[test]
fn the_amounts_are_those_of_the_lines() {
    let desk = Desk::open();
    let loom = desk.product("Loom", "550 EUR");
    let lines = || {
        vec![OpportunityLineDraft {
            quantity: Some(2.into()),
            unit_price: Some(500.into()),
            ..OpportunityLineDraft::new(loom.id)
        }]
    };
    let deal = desk.write(|tx| Opportunity::create_with(tx, draft(), lines(), &[]));
    assert_eq!(
        (deal.amount, deal.list_amount),
        (Some(money("1000 EUR")), Some(money("1100 EUR")))
    );
    assert_eq!(desk.history(deal.id)[0].list_amount, Some(money("1100 EUR")));
    let other = OpportunityDraft {
        amount: Some(money("999 EUR")),
        ..draft()
    };
    let error = desk.refusal(|tx| Opportunity::create_with(tx, other.clone(), lines(), &[]));
    assert_eq!(rule(&error), refused_by("opportunity.amount_follows_lines"));
}

#[test]
fn lines_in_two_currencies_are_refused_with_all_that_came_along() {
    let desk = Desk::open();
    let (loom, press) = (desk.product("Loom", "550 EUR"), desk.product("Press", "8 USD"));
    let lines = || vec![OpportunityLineDraft::new(loom.id), OpportunityLineDraft::new(press.id)];
    let error = desk.refusal(|tx| Opportunity::create_with(tx, draft(), lines(), &[]));
    assert_eq!(rule(&error), invalid("currency"));
}

#[test]
fn an_open_one_is_where_its_last_visit_was() {
    let desk = Desk::open();
    let visits = &won_last_year(&desk)[..2];
    let expected = OpportunityDraft {
        close_on: Some(day("2026-09-30")),
        stage_id: Some(desk.stage("Negotiation")),
        ..draft()
    };
    let deal = desk.write(|tx| Opportunity::create_with(tx, expected.clone(), Vec::new(), visits));
    assert_eq!((deal.outcome, deal.closed_at), (Outcome::Open, None));
    assert_eq!(deal.stage_entered_at, Some(visits[1].at));
    assert!(
        desk.history(deal.id)
            .iter()
            .all(|row| row.close_on == expected.close_on)
    );
}

#[test]
fn visits_that_are_out_of_order_or_contradict_the_draft_are_refused() {
    let desk = Desk::open();
    let partners = desk.another_pipeline();
    let visits = won_last_year(&desk);
    let refuse = |draft: OpportunityDraft, visits: &[StageVisit]| {
        rule(&desk.refusal(|tx| Opportunity::create_with(tx, draft.clone(), Vec::new(), visits)))
    };
    let mut backwards = visits.clone();
    backwards.swap(0, 1);
    assert_eq!(refuse(draft(), &backwards), invalid("visits"));
    let tomorrow = [visit(&desk, "Lead in", "2026-03-03T09:00:00Z")];
    assert_eq!(refuse(draft(), &tomorrow), invalid("visits"));
    let elsewhere = OpportunityDraft {
        stage_id: Some(desk.stage("Lost")),
        ..draft()
    };
    assert_eq!(refuse(elsewhere, &visits), invalid("visits"));
    let closed = OpportunityDraft {
        closed_at: Some(at("2025-12-01T00:00:00Z")),
        ..draft()
    };
    assert_eq!(refuse(closed, &visits), invalid("visits"));
    let opened = OpportunityDraft {
        opened_at: Some(at("2025-10-02T00:00:00Z")),
        ..draft()
    };
    assert_eq!(refuse(opened, &visits), invalid("visits"));
    let mut mixed = visits;
    mixed[1].stage_id = desk.read(|reader| Pipeline::stages(reader, partners.id))[0].id;
    assert_eq!(refuse(draft(), &mixed), refused_by("stage.same_pipeline"));
}

#[test]
fn thousands_with_line_and_history_take_one_transaction_and_little_time() {
    const DEALS: usize = 8_800;
    let desk = Desk::open();
    let loom = desk.product("Loom", "550 EUR");
    let visits = won_last_year(&desk);
    let began = Instant::now();
    desk.write(|tx| {
        for _ in 0..DEALS {
            Opportunity::create_with(tx, draft(), vec![OpportunityLineDraft::new(loom.id)], &visits)?;
        }
        Ok(())
    });
    let took = began.elapsed();
    assert_eq!(
        desk.read(|reader| reader.count(&Query::of::<OpportunityHistory>())),
        3 * DEALS as u64
    );
    // A guard against queries that grow with the table, far above what it takes without optimisation.
    assert!(took.as_secs() < 20, "it took {took:?}");
}
