//! The log stays small while others read and write without a pause, and is gone once the file is closed.

#![cfg(test)]

mod support;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::engine::{Conditions, Query};
use crm_sqlite::{Durability, OpenOptions};

/// Beyond this the log does not grow, where no reader stays longer than a moment.
const BOUND: u64 = 64 << 20;

fn open(path: &Path) -> Crm {
    // What a loss of power takes is not looked at here, and so need not be waited for.
    OpenOptions::new(path).durability(Durability::Normal).open().unwrap()
}

fn log_size(path: &Path) -> u64 {
    fs::metadata(path.with_extension("db-wal")).map_or(0, |log| log.len())
}

/// Some 100 KB of log in one commit.
fn write(crm: &Crm) {
    crm.write(|tx| {
        for _ in 0..10 {
            tx.create(CustomerDraft {
                website: Some("https://example.com/".repeat(180)),
                ..CustomerDraft::organization("Customer")
            })?;
        }
        Ok(())
    })
    .unwrap();
}

fn read(crm: &Crm) {
    let query = Query::of::<Customer>().filter(Customer::NAME.is("nobody"));
    assert_eq!(crm.read(|reader| reader.count(&query)).unwrap(), 0);
}

#[test]
fn the_log_is_bounded_while_readers_and_a_writer_never_pause() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = open(&path);
    let (ended, largest) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut logged = 0;
    // Where a write fails, the scope waits for the readers, whom nobody tells that it is over.
    let give_up = Instant::now() + Duration::from_secs(300);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !ended.load(Ordering::Relaxed) && Instant::now() < give_up {
                    read(&crm);
                }
            });
        }
        while logged < BOUND + BOUND / 4 {
            write(&crm);
            logged += 100_000;
            largest.fetch_max(log_size(&path), Ordering::Relaxed);
        }
        ended.store(true, Ordering::Relaxed);
    });
    let largest = largest.into_inner();
    assert!(largest < BOUND, "the log grew to {largest} bytes");
    assert!(
        fs::metadata(&path).unwrap().len() > BOUND,
        "what was logged is in the file"
    );
    drop(crm);
    assert_eq!(log_size(&path), 0);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "the file is one file when it is closed"
    );
}

#[test]
fn a_log_that_a_long_reader_needs_is_written_back_when_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = open(&path);
    write(&crm);
    crm.read(|reader| {
        let before = reader.count(&Query::of::<Customer>())?;
        for _ in 0..300 {
            write(&crm);
        }
        assert!(log_size(&path) > 16 << 20, "the reader needs it");
        assert_eq!(reader.count(&Query::of::<Customer>())?, before);
        Ok(())
    })
    .unwrap();
    let begun = Instant::now();
    while log_size(&path) > 0 {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "the log was not written back"
        );
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_store_that_is_dropped_leaves_no_thread_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let output = support::process(&env::current_exe().unwrap(), "count_threads", &path)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What a process of its own does, in which no other test has threads.
#[test]
fn count_threads() {
    let Some(path) = support::file_of_this_process() else {
        return;
    };
    let threads = || fs::read_dir("/proc/self/task").map_or(0, Iterator::count);
    let before = threads();
    let crm = open(&path);
    write(&crm);
    if cfg!(target_os = "linux") {
        assert_eq!(threads(), before + 1);
    }
    drop(crm);
    assert_eq!(threads(), before);
}
