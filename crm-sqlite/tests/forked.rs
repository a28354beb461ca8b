//! A process that was forked off does no harm to what it inherited, and opens the file for itself.

#![cfg(test)]
#![cfg(target_os = "linux")]

mod support;

use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::engine::{Query, Result};
use crm_sqlite::CrmFile;
use second_sqlite::forked;

/// What a thread holds while another forks is held in the child for ever: so these tests run one after the other.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write(crm: &Crm) -> Result<()> {
    crm.write(|tx| tx.create(CustomerDraft::organization("Acme"))).map(drop)
}

fn count(crm: &Crm) -> u64 {
    crm.read(|reader| reader.count(&Query::of::<Customer>())).unwrap()
}

/// Whether there is a log beside the file: while anybody has it open.
fn has_log(path: &Path) -> bool {
    path.with_extension("db-wal").exists()
}

/// Waits until another process or thread has made a file; for a minute, so that a test that fails ends.
fn wait_for(file: &Path) {
    let until = Instant::now() + Duration::from_secs(60);
    while !file.exists() && Instant::now() < until {
        thread::sleep(Duration::from_millis(1));
    }
}

/// What a process of its own finds in the file.
fn count_elsewhere(path: &Path) -> u64 {
    let output = support::process(&env::current_exe().unwrap(), "read_all", path)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    let found = text.lines().find_map(|line| line.strip_prefix("found "));
    found.unwrap().parse().unwrap()
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
    writeln!(std::io::stdout(), "\nfound {}", count(&crm)).unwrap();
    Ok(())
}

#[test]
fn what_was_opened_before_the_fork_is_refused_and_dropped_without_harm() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = crm_sqlite::open(&path).unwrap();
    write(&crm).unwrap();
    let theirs = crm.clone();
    assert!(forked(move || {
        let rules = [
            write(&theirs).unwrap_err().rule(),
            theirs.read(|_| Ok(())).unwrap_err().rule(),
            theirs.sql("SELECT 1", &[]).unwrap_err().rule(),
            theirs.verify().unwrap_err().rule(),
        ];
        drop(theirs);
        rules == [Some("file.forked"); 4]
    }));
    // The last handle of the child, dropped there.
    let last = Mutex::new(Some(crm));
    assert!(forked(|| {
        drop(last.lock().unwrap().take());
        true
    }));
    let crm = last.into_inner().unwrap().unwrap();
    write(&crm).unwrap();
    assert_eq!(count_elsewhere(&path), 2);
    assert!(has_log(&path), "it is in use");
    drop(crm);
    assert!(!has_log(&path));
}

#[test]
fn both_write_on_where_the_child_opens_the_file_for_itself() {
    const EACH: u64 = 50;
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let (path, begun) = (folder.path().join("crm.db"), folder.path().join("begun"));
    let crm = crm_sqlite::open(&path).unwrap();
    write(&crm).unwrap();
    thread::scope(|scope| {
        scope.spawn(|| {
            // A fork in the midst of a write would be refused.
            wait_for(&begun);
            (0..EACH).for_each(|_| write(&crm).unwrap());
        });
        assert!(forked(|| {
            let own = crm_sqlite::open(&path).unwrap();
            fs::write(&begun, "").unwrap();
            (0..EACH).for_each(|_| write(&own).unwrap());
            drop(crm_sqlite::open(&path).unwrap());
            let of_a_child_in_turn = forked(|| write(&crm_sqlite::open(&path).unwrap()).is_ok());
            write(&own).unwrap();
            let sound = own.verify().unwrap().is_sound();
            drop(own);
            of_a_child_in_turn && sound && write(&crm).unwrap_err().rule() == Some("file.forked")
        }));
    });
    write(&crm).unwrap();
    let written = 1 + EACH + EACH + 2 + 1;
    assert_eq!(count(&crm), written);
    assert_eq!(count_elsewhere(&path), written);
    assert!(has_log(&path), "it is in use");
    drop(crm);
    assert!(!has_log(&path));
}

#[test]
fn nobody_takes_the_log_away_from_under_a_child_when_the_parent_has_closed_the_file() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let (path, begun) = (folder.path().join("crm.db"), folder.path().join("begun"));
    let closed = folder.path().join("closed");
    let crm = crm_sqlite::open(&path).unwrap();
    write(&crm).unwrap();
    let inherited = Mutex::new(Some(crm));
    thread::scope(|scope| {
        scope.spawn(|| {
            wait_for(&begun);
            drop(inherited.lock().unwrap().take());
            fs::write(&closed, "").unwrap();
        });
        assert!(forked(|| {
            let own = crm_sqlite::open(&path).unwrap();
            write(&own).unwrap();
            fs::write(&begun, "").unwrap();
            wait_for(&closed);
            // Another process opens the file and closes it.
            let seen = count_elsewhere(&path);
            write(&own).unwrap();
            seen == 2 && has_log(&path) && count(&own) == 3 && count_elsewhere(&path) == 3
        }));
    });
    assert_eq!(count_elsewhere(&path), 3);
}

#[test]
fn a_child_that_comes_too_late_is_refused() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let (path, begun) = (folder.path().join("crm.db"), folder.path().join("begun"));
    let inherited = Mutex::new(Some(crm_sqlite::open(&path).unwrap()));
    write(inherited.lock().unwrap().as_ref().unwrap()).unwrap();
    let closed = folder.path().join("closed");
    thread::scope(|scope| {
        scope.spawn(|| {
            wait_for(&begun);
            drop(inherited.lock().unwrap().take());
            // Another log takes the place of the one that the child knows.
            let again = crm_sqlite::open(&path).unwrap();
            write(&again).unwrap();
            fs::write(&closed, "").unwrap();
            thread::sleep(Duration::from_millis(100));
            write(&again).unwrap();
        });
        assert!(forked(|| {
            fs::write(&begun, "").unwrap();
            wait_for(&closed);
            crm_sqlite::open(&path).unwrap_err().rule() == Some("file.forked")
        }));
    });
    assert_eq!(count_elsewhere(&path), 3);
}

#[test]
fn a_fork_in_the_midst_of_a_call_leaves_a_child_that_is_refused() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = crm_sqlite::open(&path).unwrap();
    let refused = |result: Result<()>| result.unwrap_err().rule() == Some("file.forked");
    crm.write(|tx| {
        tx.create(CustomerDraft::organization("Acme"))?;
        assert!(forked(|| {
            refused(tx.create(CustomerDraft::organization("Globex")).map(drop))
                && refused(crm_sqlite::open(&path).map(drop))
        }));
        Ok(())
    })
    .unwrap();
    let in_a_read = crm.read(|_| {
        Ok(forked(|| {
            refused(crm.read(|_| Ok(()))) && refused(crm_sqlite::open(&path).map(drop))
        }))
    });
    assert_eq!(in_a_read, Ok(true));
    write(&crm).unwrap();
    assert_eq!(count_elsewhere(&path), 2);
}
