//! A process that is killed at any moment loses nothing that it was told is written, and leaves nothing half done.

#![cfg(test)]

mod support;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::time::Duration;
use std::{env, thread};

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerChange, CustomerDraft};
use crm_core::engine::{Conditions, LogEntry, LogSequence, Query, Reader, Result};
use crm_core::ids::CustomerId;
use crm_core::values::Timestamp;
use uuid::Uuid;

const CYCLES: usize = 200;
/// How many records one transaction creates under the first one, before it counts them there.
const MEMBERS: i64 = 3;
/// What a transaction writes: the first record, its members, and the count.
const CHANGES: i64 = 1 + MEMBERS + 1;
/// Marks the lines in which the writer says what is committed.
const ACKNOWLEDGED: &str = "acknowledged ";

#[test]
fn two_hundred_kills_lose_no_acknowledged_write_and_tear_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let mut checked = 0;
    let mut acknowledged = 0;
    for cycle in 0..CYCLES {
        // Every other time the file stays open here, so that its log is taken over as it is and not written back.
        let open = (cycle % 2 == 1).then(|| crm_sqlite::open(&path).unwrap());
        let written = write_until_killed(&path);
        drop(open);
        let crm = crm_sqlite::open(&path).unwrap();
        checked = crm.read(|reader| check_since(reader, checked, &written)).unwrap();
        acknowledged += written.len();
    }
    assert!(acknowledged > CYCLES, "only {acknowledged} writes in {CYCLES} cycles");
    check_everything(&crm_sqlite::open(&path).unwrap());
    let sound: String = rusqlite::Connection::open(&path)
        .and_then(|connection| connection.query_row("PRAGMA integrity_check", (), |row| row.get(0)))
        .unwrap();
    assert_eq!(sound, "ok");
}

/// Starts a writer, kills it at a random moment, and returns what it said was committed.
fn write_until_killed(path: &Path) -> Vec<CustomerId> {
    let mut writer = support::process(&env::current_exe().unwrap(), "write_without_end", path)
        .spawn()
        .unwrap();
    let output = writer.stdout.take().unwrap();
    let listener = thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(|line| line.ok());
        lines.filter_map(|line| acknowledgement(&line)).collect()
    });
    let random = Uuid::new_v4().as_u128() % 100;
    thread::sleep(Duration::from_millis(10 + random as u64));
    writer.kill().unwrap();
    writer.wait().unwrap();
    listener.join().unwrap()
}

/// The id in a line; nothing in a line that was cut.
fn acknowledgement(line: &str) -> Option<CustomerId> {
    let id = line.strip_prefix(ACKNOWLEDGED)?.strip_suffix('.')?;
    id.parse().ok().map(CustomerId)
}

/// Checks what came after a number of the log: no gap, whole transactions only, and all that was acknowledged.
fn check_since(reader: &mut Reader<'_>, checked: LogSequence, acknowledged: &[CustomerId]) -> Result<LogSequence> {
    let entries = reader.changes(checked, u32::MAX)?;
    let numbers: Vec<i64> = entries.iter().map(|entry| entry.change.sequence).collect();
    let last = checked + entries.len() as i64;
    assert_eq!(numbers, (checked + 1..=last).collect::<Vec<_>>(), "the log has gaps");
    let mut batches: BTreeMap<Uuid, Vec<&LogEntry>> = BTreeMap::new();
    for entry in &entries {
        batches.entry(entry.commit.batch.0).or_default().push(entry);
    }
    for (batch, changes) in batches {
        assert_eq!(changes.len() as i64, CHANGES, "batch {batch} is torn");
    }
    for id in acknowledged {
        let first = reader.get(*id)?;
        assert_eq!(first.employees, Some(MEMBERS));
        let members = reader.count(&Query::of::<Customer>().filter(Customer::PARENT_ID.is(*id)))?;
        assert_eq!(members, MEMBERS as u64);
    }
    Ok(last)
}

/// Checks that the log, replayed from its beginning, gives the records as they are.
fn check_everything(crm: &Crm) {
    let all = Query::of::<Customer>();
    let (records, replayed) = crm
        .read(|reader| {
            let end = Timestamp::from_milliseconds(reader.now().milliseconds() + 60_000);
            let records = reader.find::<Customer>(&all)?;
            Ok((records, reader.as_of(end)?.find::<Customer>(&all)?))
        })
        .unwrap();
    assert_eq!(records, replayed);
    let firsts = records.iter().filter(|record| record.parent_id.is_none());
    assert!(firsts.clone().all(|first| first.employees == Some(MEMBERS)));
    assert_eq!(records.len(), firsts.count() * (1 + MEMBERS as usize));
}

/// What the process that gets killed does.
#[test]
fn write_without_end() -> Result<()> {
    let Some(path) = support::file_of_this_process() else {
        return Ok(());
    };
    let crm = crm_sqlite::open(path)?;
    let mut output = std::io::stdout();
    loop {
        let first = crm.write(|tx| {
            let first = tx.create(CustomerDraft::organization("First"))?;
            for _ in 0..MEMBERS {
                tx.create(CustomerDraft {
                    parent_id: Some(first.id),
                    ..CustomerDraft::organization("Member")
                })?;
            }
            tx.update(first.id, [CustomerChange::Employees(Some(MEMBERS))], Some(1))
        })?;
        let told = writeln!(output, "\n{ACKNOWLEDGED}{}.", first.id).and_then(|()| output.flush());
        if told.is_err() {
            return Ok(());
        }
    }
}
