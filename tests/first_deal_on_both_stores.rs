//! A first day in a fresh CRM leaves the same on SQLite and in memory, and is undone to nothing on both.

use std::sync::Arc;

use crmkit::activities::{About, Interaction, InteractionDraft, InteractionKind};
use crmkit::customers::{AffiliationDraft, Customer, CustomerDetails, CustomerDraft};
use crmkit::engine::{
    Aggregate, Change, Entity, Environment, Ids, LogQuery, ManualClock, Measure, MemoryStore, Result, Store, Tx,
};
use crmkit::sales::{Opportunity, OpportunityDraft, Pipeline};
use crmkit::values::Timestamp;
use crmkit::{Crm, OpenOptions, SCHEMA, SqliteStore};

/// What the log keeps of a change: the change and the note of its commit.
type Logged = Vec<(Change, Option<String>)>;

fn crm(store: Box<dyn Store>) -> Crm {
    let environment = Environment {
        clock: Arc::new(ManualClock::at(Timestamp::from_milliseconds(1_772_442_000_000))),
        ids: Ids::seeded(7),
        ..Environment::default()
    };
    Crm::new(store, environment)
}

fn first_day(tx: &mut Tx<'_>) -> Result<()> {
    let details = CustomerDetails {
        emails: vec!["li@acme.example".into()],
        phones: vec!["+86 138 0013 8000".into()],
        tags: vec!["fair-2026".into()],
        ..CustomerDetails::default()
    };
    let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?;
    let li = Customer::create_with(tx, CustomerDraft::person("李明"), &details)?;
    tx.create(AffiliationDraft::new(li.id, acme.id))?;
    let deal = tx.create(OpportunityDraft {
        customer_id: Some(acme.id),
        ..OpportunityDraft::new("Annual licence")
    })?;
    tx.add_note("sent v2");
    let deal = Opportunity::move_to(tx, deal.id, "Proposal")?;
    let about = [
        About::of(Customer::DEF, li.id.0)?,
        About::of(Opportunity::DEF, deal.id.0)?,
    ];
    Interaction::log(tx, InteractionDraft::new(InteractionKind::Call), &about, Vec::new())?;
    // So many changes that the log is written in pieces, and a note behind the first of them.
    for number in 0..300 {
        tx.create(CustomerDraft::organization(format!("Lead {number}")))?;
    }
    tx.add_note("leads of the fair");
    Ok(())
}

fn live(crm: &Crm) -> u64 {
    let count = |entity| {
        let all = Aggregate::of_entity(entity).measure(Measure::count());
        crm.read(|reader| Ok(reader.aggregate(&all)?.first().map_or(0, |row| row.count(0))))
    };
    let counts = SCHEMA.entities().map(|entity| count(entity).expect("a count"));
    counts.sum::<i64>().cast_unsigned()
}

fn lived_through(store: Box<dyn Store>) -> Logged {
    let crm = crm(store).with_note("fair");
    let batch = crm.write(|tx| first_day(tx).map(|()| tx.batch())).expect("a day");
    let board = crm.read(|reader| Pipeline::named(reader, "Sales")).expect("a pipeline");
    assert!(board.is_default);
    let log = crm.read(|reader| reader.log(&LogQuery::default())).expect("a log");
    crm.undo(batch).expect("an undo");
    assert_eq!(live(&crm), 0, "the pipeline goes with the deal that made it");
    log.into_iter().map(|entry| (entry.change, entry.commit.note)).collect()
}

#[test]
fn a_first_day_leaves_the_same_log_on_both_stores() {
    let sqlite = SqliteStore::open(&OpenOptions::in_memory(), SCHEMA).expect("a database");
    let on_sqlite = lived_through(Box::new(sqlite));
    let in_memory = lived_through(Box::new(MemoryStore::new(SCHEMA)));
    assert_eq!(on_sqlite, in_memory);
    let note = Some("fair; sent v2; leads of the fair".to_owned());
    assert!(on_sqlite.len() > 300 && on_sqlite.iter().all(|(_, noted)| *noted == note));
}
