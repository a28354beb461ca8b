//! The demo company: believable, the same for the same seed, and gone with an undo.

use std::collections::BTreeSet;
use std::sync::Arc;

use crm_core::activities::{Interaction, Task, TaskStatus};
use crm_core::customers::{ContactPoint, ContactPointKind, Customer, CustomerDraft, CustomerKind};
use crm_core::demo::Demo;
use crm_core::engine::{Conditions, Entity, Environment, Ids, ManualClock, MemoryStore, Query};
use crm_core::sales::{ClosingRate, Opportunity, Outcome, Pipeline};
use crm_core::values::{Timestamp, Tz};
use crm_core::{Crm, SCHEMA};

/// 2026-06-30T08:00:00Z, a Tuesday.
const NOW: Timestamp = Timestamp::from_milliseconds(1_782_806_400_000);
const YEAR: i64 = 365 * 24 * 60 * 60 * 1000;

/// An empty CRM, whose own ids begin somewhere.
fn empty(ids: u64) -> Crm {
    let environment = Environment {
        clock: Arc::new(ManualClock::at(NOW)),
        ids: Ids::seeded(ids),
        zone: Tz::Europe__Berlin,
        ..Environment::default()
    };
    Crm::new(Box::new(MemoryStore::new(SCHEMA)), environment)
}

fn loaded(seed: u64) -> (Crm, Demo) {
    let crm = empty(seed);
    let demo = crm.load_demo(seed).expect("a demo");
    (crm, demo)
}

fn all<E: Entity>(crm: &Crm) -> Vec<E> {
    crm.read(|reader| reader.find(&Query::of::<E>())).expect("records")
}

#[test]
fn the_company_is_as_large_as_it_says() {
    let (crm, demo) = loaded(1);
    let count = |kind: CustomerKind| -> usize {
        let customers: Vec<Customer> = all(&crm);
        customers.iter().filter(|customer| customer.kind == kind).count()
    };
    assert_eq!((count(CustomerKind::Organization), demo.organizations), (60, 60));
    assert_eq!((count(CustomerKind::Person), demo.people), (200, 200));
    assert_eq!((all::<Opportunity>(&crm).len(), demo.opportunities), (150, 150));
    assert_eq!((all::<Interaction>(&crm).len(), demo.interactions), (1_500, 1_500));
    assert_eq!((all::<Task>(&crm).len(), demo.tasks), (250, 250));
    assert_eq!(all::<Pipeline>(&crm).len(), 2);
}

#[test]
fn people_of_many_countries_are_there_whatever_the_seed() {
    for seed in [0, 7, u64::MAX] {
        let names: BTreeSet<String> = all::<Customer>(&loaded(seed).0)
            .into_iter()
            .map(|customer| customer.name)
            .collect();
        for name in [
            "李明",
            "曾晓雨",
            "欧阳静",
            "김서연",
            "Sabine Müller",
            "José García Núñez",
        ] {
            assert!(names.contains(name), "{name} with seed {seed}");
        }
    }
}

#[test]
fn mail_and_pages_are_at_addresses_that_nobody_has() {
    for point in all::<ContactPoint>(&loaded(3).0) {
        let raw = point.raw.to_lowercase();
        match point.kind {
            ContactPointKind::Email | ContactPointKind::Web => assert!(raw.ends_with(".example"), "{raw}"),
            _ => {}
        }
    }
}

#[test]
fn everything_that_happened_lies_in_the_year_up_to_now() {
    let (crm, _) = loaded(4);
    let year = NOW.plus_milliseconds(-YEAR)..=NOW;
    for deal in all::<Opportunity>(&crm) {
        assert!(
            deal.opened_at.is_some_and(|at| year.contains(&at)),
            "{:?}",
            deal.opened_at
        );
        assert!(
            deal.closed_at.is_none_or(|at| year.contains(&at)),
            "{:?}",
            deal.closed_at
        );
    }
}

#[test]
fn deals_are_open_won_and_lost_in_every_currency() {
    for seed in 0..5 {
        let deals: Vec<Opportunity> = all(&loaded(seed).0);
        for (outcome, at_least) in [(Outcome::Open, 20), (Outcome::Won, 30), (Outcome::Lost, 30)] {
            let count = deals.iter().filter(|deal| deal.outcome == outcome).count();
            assert!(count >= at_least, "{count} are {outcome} with seed {seed}");
        }
        let currencies: BTreeSet<_> = deals
            .iter()
            .filter_map(|deal| deal.amount)
            .map(|amount| amount.currency().code())
            .collect();
        assert_eq!(currencies.into_iter().collect::<Vec<_>>(), ["CNY", "EUR", "USD"]);
        let without_reason = |deal: &&Opportunity| deal.outcome == Outcome::Lost && deal.lost_reason.is_none();
        assert_eq!(deals.iter().find(without_reason), None);
    }
}

#[test]
fn every_closed_deal_has_its_worth_in_euros() {
    let (crm, _) = loaded(2);
    let closed = all::<Opportunity>(&crm)
        .into_iter()
        .filter(|deal| deal.outcome != Outcome::Open);
    assert_eq!(all::<ClosingRate>(&crm).len(), closed.count());
}

#[test]
fn the_same_seed_at_the_same_time_gives_the_same_records() {
    let log = |crm: &Crm| crm.read(|reader| reader.changes(0, u32::MAX)).expect("a log");
    let (one, other) = (empty(1), empty(2));
    let demos = [&one, &other].map(|crm| crm.load_demo(11).expect("a demo"));
    assert_eq!(demos[0], demos[1]);
    // What the log tells is all that the tables hold.
    assert!(log(&one) == log(&other), "what was written differs");
    assert_ne!(demos[0], loaded(12).1);
}

#[test]
fn some_tasks_are_late_and_most_are_not() {
    let today = "2026-06-30".parse().ok();
    let tasks: Vec<Task> = all(&loaded(5).0);
    let late = tasks
        .iter()
        .filter(|task| task.status == TaskStatus::Open && task.due_on < today);
    assert!((10..60).contains(&late.count()));
}

#[test]
fn li_ming_is_found_by_his_name_alone() {
    for seed in 1..=3 {
        let crm = Crm::in_memory();
        crm.load_demo(seed).unwrap();
        let li_ming = Query::of::<Customer>().filter(Customer::NAME.is("李明"));
        assert_eq!(crm.read(|reader| reader.count(&li_ming)).unwrap(), 1);
    }
}

#[test]
fn each_duplicate_is_a_second_record_of_somebody() {
    let (crm, demo) = loaded(6);
    assert_eq!(demo.duplicates.len(), 12);
    let people: BTreeSet<_> = demo
        .duplicates
        .iter()
        .flat_map(|(one, other)| [one.0, other.0])
        .collect();
    assert_eq!(people.len(), 24);
    for (one, other) in demo.duplicates {
        let [one, other] = [one, other].map(|id| crm.read(|reader| reader.get(id)).expect("a person"));
        assert_eq!(one.country, other.country);
    }
}

#[test]
fn an_undo_takes_all_of_it_back_and_it_can_be_loaded_again() {
    let (crm, demo) = loaded(8);
    crm.undo(demo.batch).expect("an undo");
    for entity in SCHEMA.entities() {
        let left = crm
            .read(|reader| reader.count(&Query::of_entity(entity)))
            .expect("a count");
        assert_eq!(left, 0, "{}", entity.table);
    }
    assert!(crm.load_demo(9).is_ok());
}

#[test]
fn a_crm_that_is_not_empty_refuses_it_even_where_all_is_deleted() {
    let crm = empty(1);
    crm.write(|tx| {
        let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?;
        tx.delete(acme.id)
    })
    .expect("a deleted customer");
    let refusal = crm.load_demo(1).expect_err("a refusal");
    assert_eq!(refusal.rule(), Some("demo.needs_empty_crm"));
    assert!(!refusal.hint().is_empty());
    assert!(all::<Opportunity>(&crm).is_empty());
}
