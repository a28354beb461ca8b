//! A second SQLite library in the process is refused or does no harm: nothing that either side was told is committed
//! gets lost.

#![cfg(test)]
#![cfg(target_os = "linux")]

mod support;

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::engine::{CrmError, Query, Result};
use crm_sqlite::CrmFile;
use second_sqlite::Connection;

/// A table of the other library's own.
const THEIR_TABLE: &str = "CREATE TABLE IF NOT EXISTS theirs (number INTEGER)";
const THEIR_ROW: &str = "INSERT INTO theirs VALUES (1)";

fn write(crm: &Crm) -> Result<()> {
    crm.write(|tx| tx.create(CustomerDraft::organization("Acme"))).map(drop)
}

fn count(crm: &Crm) -> u64 {
    crm.read(|reader| reader.count(&Query::of::<Customer>())).unwrap()
}

fn assert_second_library(error: &CrmError) {
    assert_eq!(error.rule(), Some("file.second_library"), "{error}");
}

/// What a process of its own finds in the file: our rows, and theirs.
fn read_elsewhere(path: &Path) -> (u64, u64) {
    let output = support::process(&env::current_exe().unwrap(), "read_all", path)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    let line = text.lines().find_map(|line| line.strip_prefix("found ")).unwrap();
    let mut numbers = line.split(' ').map(|number| number.parse().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

/// What that process does.
#[test]
fn read_all() -> Result<()> {
    let Some(path) = support::file_of_this_process() else {
        return Ok(());
    };
    let crm = crm_sqlite::open(path)?;
    let verification = crm.verify()?;
    assert!(verification.is_sound(), "{verification}");
    let theirs = crm.sql("SELECT COUNT(*) FROM theirs", &[])?.rows.remove(0).remove(0);
    let theirs = match theirs {
        crm_sqlite::SqlValue::Integer(count) => count,
        other => panic!("{other:?}"),
    };
    writeln!(std::io::stdout(), "\nfound {} {theirs}", count(&crm)).unwrap();
    Ok(())
}

#[test]
fn a_file_that_a_second_library_has_open_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    drop(crm_sqlite::open(&path).unwrap());
    let second = Connection::open(&path);
    second.run(THEIR_TABLE).unwrap();
    assert_second_library(&crm_sqlite::open(&path).unwrap_err());
    second.run(THEIR_ROW).unwrap();
    assert_second_library(&crm_sqlite::open(&path).unwrap_err());
    assert_eq!(second.run("SELECT COUNT(*) FROM theirs"), Ok(1));
    drop(second);
    write(&crm_sqlite::open(&path).unwrap()).unwrap();
    assert_eq!(read_elsewhere(&path), (1, 1));
}

#[test]
fn a_second_library_that_comes_and_goes_is_waited_out_and_takes_nothing_along() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = crm_sqlite::open(&path).unwrap();
    write(&crm).unwrap();
    let second = Connection::open(&path);
    second.run(THEIR_TABLE).unwrap();
    second.run(THEIR_ROW).unwrap();
    assert_second_library(&write(&crm).unwrap_err());
    assert_eq!(count(&crm), 1, "reading goes on");
    assert_second_library(&crm_sqlite::open(&path).unwrap_err());
    drop(second);
    for _ in 0..10 {
        write(&crm).unwrap();
    }
    assert_eq!(read_elsewhere(&path), (11, 1));
    assert_eq!(count(&crm), 11);
}

#[test]
fn a_transaction_in_which_a_second_library_came_and_went_is_not_committed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = crm_sqlite::open(&path).unwrap();
    let error = crm
        .write(|tx| {
            let second = Connection::open(&path);
            // It may not get the right to write; what matters is that it lets go of ours.
            second.run("SELECT COUNT(*) FROM customers").unwrap();
            drop(second);
            tx.create(CustomerDraft::organization("Acme"))
        })
        .unwrap_err();
    assert_second_library(&error);
    assert_eq!(count(&crm), 0);
    write(&crm).unwrap();
}

#[test]
fn rows_of_both_sides_are_kept_while_a_second_library_comes_and_goes_all_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = crm_sqlite::open(&path).unwrap();
    Connection::open(&path).run(THEIR_TABLE).unwrap();
    let (ours, theirs) = (AtomicU64::new(0), AtomicU64::new(0));
    let began = Instant::now();
    // A busy machine gives one side its turns late: it goes on until both had theirs, but not for ever.
    let goes_on = || {
        let both_had_theirs = [&ours, &theirs].iter().all(|rows| rows.load(Ordering::Relaxed) > 20);
        began.elapsed() < Duration::from_secs(if both_had_theirs { 4 } else { 60 })
    };
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while goes_on() {
                    count(&crm);
                }
            });
            scope.spawn(|| {
                while goes_on() {
                    match write(&crm) {
                        Ok(()) => ours.fetch_add(1, Ordering::Relaxed),
                        Err(error) => {
                            assert_second_library(&error);
                            0
                        }
                    };
                }
            });
        }
        while goes_on() {
            let second = Connection::open(&path);
            theirs.fetch_add(u64::from(second.run(THEIR_ROW).is_ok()), Ordering::Relaxed);
            drop(second);
            thread::sleep(Duration::from_millis(3));
        }
    });
    let (ours, theirs) = (ours.into_inner(), theirs.into_inner());
    assert!(ours > 20 && theirs > 20, "{ours} of ours, {theirs} of theirs");
    assert_eq!(read_elsewhere(&path), (ours, theirs));
    drop(crm);
    assert_eq!(read_elsewhere(&path), (ours, theirs));
}

#[test]
fn what_a_second_library_commits_after_crmkit_is_closed_is_kept() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("crm.db");
        let crm = crm_sqlite::open(&path).unwrap();
        write(&crm).unwrap();
        let second = Connection::open(&path);
        second.run(THEIR_TABLE).unwrap();
        second.run(THEIR_ROW).unwrap();
        drop(crm);
        second.run(THEIR_ROW).unwrap();
        // Read while the second library still has it open: as after the end of this process.
        assert_eq!(read_elsewhere(&path), (1, 2));
        second.run(THEIR_ROW).unwrap();
        drop(second);
        assert_eq!(read_elsewhere(&path), (1, 3));
        drop(crm_sqlite::open(&path).unwrap());
        assert!(
            !path.with_extension("db-wal").exists(),
            "the log is taken away once nobody needs it"
        );
    }
}

#[test]
fn two_stores_of_crmkit_on_one_file_write_and_close_as_they_like() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let first = crm_sqlite::open(&path).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..25 {
                    write(&crm_sqlite::open(&path).unwrap()).unwrap();
                    write(&first).unwrap();
                }
            });
        }
    });
    assert_eq!(count(&first), 200);
    drop(first);
    assert!(!path.with_extension("db-wal").exists());
}

#[test]
fn a_log_or_file_that_is_taken_away_while_open_ends_writing_and_nothing_committed_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let log = path.with_extension("db-wal");
    for rounds in 1..=3 {
        let crm = crm_sqlite::open(&path).unwrap();
        write(&crm).unwrap();
        fs::remove_file(&log).unwrap();
        let error = write(&crm).unwrap_err();
        assert_eq!(error.rule(), Some("file.moved"), "{error}");
        drop(crm);
        assert_eq!(count(&crm_sqlite::open(&path).unwrap()), rounds);
    }
    let crm = crm_sqlite::open(&path).unwrap();
    let moved = folder.path().join("moved.db");
    fs::rename(&path, &moved).unwrap();
    assert_eq!(write(&crm).unwrap_err().rule(), Some("file.moved"));
    fs::rename(&moved, &path).unwrap();
    write(&crm).unwrap();
    assert_eq!(count(&crm), 4);
}
