//! What the report tells.

use crm_core::activities::InteractionKind;
use crm_core::conformance::FaultyStore;
use crm_core::engine::{MemoryStore, Query};
use crm_core::report::Report;
use crm_core::sales::{Pipeline, Stage};
use crm_core::{Crm, SCHEMA};

use crate::company::{HOSTILE, deals, empty_on, fill, small};

fn report(crm: &Crm) -> Report {
    crm.read(Report::now).expect("a report")
}

#[test]
fn each_pipeline_has_its_section_and_the_default_one_is_first() {
    let report = report(&small());
    let names: Vec<&str> = report.pipelines.iter().map(|pipeline| pipeline.name.as_str()).collect();
    assert_eq!(names, ["Machines", &format!("Spare parts {HOSTILE}")]);
    assert_eq!(report.pipelines[0].board.open.count, 3);
    assert_eq!(report.pipelines[1].board.open.count, 0);
}

#[test]
fn the_largest_deals_are_told_for_each_currency() {
    let report = report(&small());
    let largest: Vec<String> = report.pipelines[0]
        .largest
        .iter()
        .filter_map(|deal| deal.amount.map(|amount| amount.to_string()))
        .collect();
    assert_eq!(largest, ["415000.00 CNY", "132000.50 EUR", "8400.00 EUR"]);
}

#[test]
fn what_is_rotten_or_past_its_day_waits_for_a_look_and_the_longest_comes_first() {
    let report = report(&small());
    let pipeline = &report.pipelines[0];
    let waiting: Vec<(&str, i64)> = pipeline
        .waiting
        .iter()
        .map(|deal| (deal.name.as_str(), deal.days_in_stage))
        .collect();
    assert_eq!(waiting, [("Looms", 61), (HOSTILE, 16)]);
    assert_eq!(pipeline.waiting_count, 2);
}

#[test]
fn closed_deals_count_for_twelve_months() {
    let report = report(&small());
    let pipeline = &report.pipelines[0];
    assert_eq!(pipeline.since.to_string(), "2025-07-01");
    assert_eq!((pipeline.win_rate.won, pipeline.win_rate.lost), (2, 1));
    assert_eq!(pipeline.closings.groups.len(), 3);
}

#[test]
fn activity_is_told_by_week_and_kind() {
    let weeks: Vec<(String, InteractionKind, i64)> = report(&small())
        .activity
        .iter()
        .map(|week| (week.starts_on.to_string(), week.kind, week.count))
        .collect();
    let expected = [
        ("2026-05-04", InteractionKind::Visit, 1),
        ("2026-06-29", InteractionKind::Call, 1),
    ];
    assert_eq!(weeks, expected.map(|(day, kind, count)| (day.to_owned(), kind, count)));
}

#[test]
fn ten_times_the_deals_take_the_same_statements() {
    const MANY: u64 = 1_000_000;
    let (store, calls) = FaultyStore::new(Box::new(MemoryStore::new(SCHEMA)));
    let crm = empty_on(Box::new(store));
    crm.write(fill).expect("a company");
    let count = || {
        calls.fail_at(MANY);
        report(&crm);
        MANY - calls.calls_left()
    };
    let few = count();
    let stages: Vec<Stage> = crm
        .write(|tx| {
            let pipeline = Query::of::<Pipeline>().order_by(Pipeline::NAME);
            let pipeline = tx.first::<Pipeline>(&pipeline)?.expect("a pipeline");
            Pipeline::stages(tx, pipeline.id)
        })
        .expect("stages");
    for _ in 0..10 {
        crm.write(|tx| deals(tx, &stages)).expect("more deals");
    }
    assert!(few > 20, "{few} statements were counted");
    assert_eq!(count(), few);
}
