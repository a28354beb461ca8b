//! What the tests of rules share: a CRM that replays exactly, and refusals that must leave nothing behind.

use std::fmt::Debug;
use std::sync::Arc;

use crm_core::engine::{
    Aggregate, AggregateRow, CrmError, Deleted, Environment, Ids, LogEntry, ManualClock, Measure, MemoryStore, Result,
    Tx, managed,
};
use crm_core::values::{Timestamp, Tz};
use crm_core::{Crm, SCHEMA};
use uuid::Uuid;

/// 2026-03-02T09:00:00Z.
const MONDAY: Timestamp = Timestamp::from_milliseconds(1_772_442_000_000);

/// A CRM in memory, in UTC, whose clock stands at one time until it is moved.
pub(crate) fn crm() -> (Crm, Arc<ManualClock>) {
    crm_in(Tz::UTC)
}

/// The same in another zone.
pub(crate) fn crm_in(zone: Tz) -> (Crm, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(MONDAY));
    let environment = Environment {
        clock: clock.clone(),
        ids: Ids::seeded(1),
        zone,
        ..Environment::default()
    };
    (Crm::new(Box::new(MemoryStore::new(SCHEMA)), environment), clock)
}

/// The refusal of this work, which must leave the database as it was.
pub(crate) fn refusal<T: Debug>(crm: &Crm, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> CrmError {
    let before = state(crm);
    let refusal = crm.write(work).expect_err("it is to be refused");
    assert_eq!(before, state(crm), "something was left after: {refusal}");
    refusal
}

/// The message with its code and without its ids, which say nothing to a reader.
pub(crate) fn message(refusal: &CrmError) -> String {
    let text = refusal.to_string();
    let words = text.split(' ').map(|word| {
        let id = word.trim_end_matches([',', '.', ':', ';']);
        match Uuid::parse_str(id) {
            Ok(_) => word.replace(id, "<id>"),
            Err(_) => word.to_owned(),
        }
    });
    format!("{}: {}", refusal.code(), words.collect::<Vec<_>>().join(" "))
}

/// The change log, and how many records and revisions each table has.
fn state(crm: &Crm) -> (Vec<LogEntry>, Vec<Vec<AggregateRow>>) {
    crm.read(|reader| {
        let log = reader.changes(0, u32::MAX)?;
        let tables = SCHEMA.entities().map(|entity| {
            let aggregate = Aggregate::of_entity(entity)
                .deleted(Deleted::Shown)
                .measure(Measure::count())
                .measure(Measure::sum(entity.field(managed::REVISION)));
            reader.aggregate(&aggregate)
        });
        Ok((log, tables.collect::<Result<_>>()?))
    })
    .expect("reading works")
}
