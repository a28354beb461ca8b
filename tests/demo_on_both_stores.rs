//! The demo company is the same in memory and in every file, and its numbers and addresses can be used.

use std::sync::Arc;

use crmkit::customers::{ContactPoint, ContactPointKind};
use crmkit::engine::{Change, Environment, Ids, ManualClock, MemoryStore, Query, Store};
use crmkit::values::{Region, Timestamp, Tz};
use crmkit::{Crm, CrmFile, OpenOptions, SCHEMA, SqlOptions, SqliteStore};

/// 2026-06-30T08:00:00Z.
const NOW: Timestamp = Timestamp::from_milliseconds(1_782_806_400_000);

/// A CRM with the company of a seed; its own ids begin with another seed each time.
fn demo(store: Box<dyn Store>, ids: u64) -> Crm {
    demo_in(None, store, ids)
}

fn demo_in(region: Option<Region>, store: Box<dyn Store>, ids: u64) -> Crm {
    let environment = Environment {
        clock: Arc::new(ManualClock::at(NOW)),
        ids: Ids::seeded(ids),
        zone: Tz::Europe__Berlin,
        region,
        ..Environment::default()
    };
    let crm = Crm::new(store, environment);
    crm.load_demo(5).expect("a demo");
    crm
}

fn sqlite() -> Box<SqliteStore> {
    Box::new(SqliteStore::open(&OpenOptions::in_memory(), SCHEMA).expect("a database"))
}

/// Everything that was written.
fn changes(crm: &Crm) -> Vec<Change> {
    let entries = crm.read(|reader| reader.changes(0, u32::MAX)).expect("a log");
    entries.into_iter().map(|entry| entry.change).collect()
}

/// All rows of a table of records.
fn rows(crm: &Crm, table: &str) -> Vec<Vec<crmkit::SqlValue>> {
    let every_row = SqlOptions::default().row_limit(usize::MAX);
    let dump = crm.sql_with(&format!("SELECT * FROM {table} ORDER BY id"), &[], &every_row);
    dump.expect("rows").rows
}

#[test]
fn what_is_written_is_the_same_in_memory_and_in_a_file() {
    let memory = changes(&demo(Box::new(MemoryStore::new(SCHEMA)), 1));
    assert!(memory == changes(&demo(sqlite(), 2)), "what was written differs");
}

#[test]
fn two_files_hold_the_same_rows() {
    let (one, other) = (demo(sqlite(), 1), demo(sqlite(), 2));
    for entity in SCHEMA.entities() {
        let rows = [&one, &other].map(|crm| rows(crm, entity.table));
        assert!(rows[0] == rows[1], "{} differs", entity.table);
    }
}

#[cfg(feature = "phones")]
#[test]
fn whatever_is_written_with_its_country_is_a_number_or_an_address_in_every_region() {
    for region in [None, Region::from_code("CN").ok(), Region::from_code("US").ok()] {
        let crm = demo_in(region, Box::new(MemoryStore::new(SCHEMA)), 1);
        let points: Vec<ContactPoint> = crm
            .read(|reader| reader.find(&Query::of::<ContactPoint>()))
            .expect("contact points");
        let whole = points
            .iter()
            .filter(|point| point.kind != ContactPointKind::Phone || point.raw.starts_with('+'));
        for point in whole {
            assert!(point.normalized.is_some() && !point.is_invalid, "{}", point.raw);
        }
    }
}
