//! A watch that breaks stops SQLite in the midst of a statement, and whoever waits for a lock.

#![cfg(test)]

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::engine::{Aggregate, Measure, Query, Watch};
use crm_sqlite::{CrmFile, OpenOptions};

/// How soon a call ends, with room for a slow machine.
const SOON: Duration = Duration::from_secs(2);

fn breaks_after(time: Duration) -> Watch {
    let begun = Instant::now();
    Watch::new(move || match begun.elapsed() < time {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    })
}

/// A watch that breaks when it is asked so many times, and how often it was asked.
fn breaks_at(looks: usize) -> (Watch, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let watch = Watch::new({
        let asked = Arc::clone(&asked);
        move || match asked.fetch_add(1, Ordering::Relaxed) + 1 < looks {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    });
    (watch, asked)
}

fn create(crm: &Crm, count: usize) {
    crm.write(|tx| (0..count).try_for_each(|_| tx.create(CustomerDraft::organization("Acme")).map(drop)))
        .unwrap();
}

#[test]
fn a_statement_that_never_ends_is_stopped() {
    let crm = OpenOptions::in_memory().open().unwrap();
    let begun = Instant::now();
    let watched = crm.clone().with_watch(breaks_after(Duration::from_millis(50)));
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";
    assert_eq!(watched.sql(endless, &[]).unwrap_err().code(), "cancelled");
    assert!(begun.elapsed() < SOON, "after {:?}", begun.elapsed());
    assert!(crm.sql("SELECT 1", &[]).is_ok(), "the connection is as before");
}

#[test]
fn one_measurement_of_many_records_is_stopped_on_the_way() {
    let crm = OpenOptions::in_memory().open().unwrap();
    create(&crm, 3_000);
    let measured = Aggregate::of::<Customer>()
        .group_by(Customer::NAME)
        .measure(Measure::count());
    let (watch, asked) = breaks_at(3);
    let watched = crm.clone().with_watch(watch);
    let error = watched.read(|reader| reader.aggregate(&measured)).unwrap_err();
    assert_eq!(error.code(), "cancelled");
    assert_eq!(
        asked.load(Ordering::Relaxed),
        3,
        "it stays stopped without being asked again"
    );
    assert_eq!(crm.read(|reader| reader.aggregate(&measured)).unwrap().len(), 1);
}

#[test]
fn a_writer_that_waits_for_another_handle_on_the_file_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let (first, second) = (crm_sqlite::open(&path).unwrap(), crm_sqlite::open(&path).unwrap());
    first
        .write(|tx| {
            tx.create(CustomerDraft::organization("Acme"))?;
            let begun = Instant::now();
            let watched = second.clone().with_watch(breaks_after(Duration::from_millis(50)));
            let waited = thread::scope(|scope| {
                let waiting = scope.spawn(|| watched.write(|tx| tx.create(CustomerDraft::organization("Globex"))));
                waiting.join().unwrap()
            });
            assert_eq!(waited.unwrap_err().code(), "cancelled");
            assert!(begun.elapsed() < SOON, "after {:?}", begun.elapsed());
            Ok(())
        })
        .unwrap();
    create(&second, 1);
    let count = first.read(|reader| reader.count(&Query::of::<Customer>()));
    assert_eq!(count.unwrap(), 2);
}

#[test]
fn a_backup_and_a_check_are_stopped_whenever_the_watch_breaks_and_leave_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let crm = crm_sqlite::open(folder.path().join("crm.db")).unwrap();
    create(&crm, 500);
    let target = folder.path().join("copy.db");
    let files = || fs::read_dir(folder.path()).unwrap().count();
    let before = files();
    let mut stopped = 0;
    let report = loop {
        let (watch, _) = breaks_at(stopped + 1);
        match crm.clone().with_watch(watch).backup(&target) {
            Ok(report) => break report,
            Err(error) => assert_eq!(error.code(), "cancelled"),
        }
        assert_eq!(files(), before);
        stopped += 1;
    };
    assert!(stopped > 2, "while it copies, and while it checks: {stopped}");
    assert!(report.rows > 500);
    let mut stopped = 0;
    let found = loop {
        let (watch, _) = breaks_at(stopped + 1);
        match crm.clone().with_watch(watch).verify() {
            Ok(found) => break found,
            Err(error) => assert_eq!(error.code(), "cancelled"),
        }
        stopped += 1;
    };
    assert!(stopped > 2 && found.is_sound(), "{stopped}: {found}");
}
