//! A backup is whole, checked and one file, whatever happens meanwhile; or it is not there.

#![cfg(test)]

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{io, thread};

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::engine::{CrmError, Query};
use crm_sqlite::{BackupOptions, CrmFile, OpenOptions};

fn write(crm: &Crm, many: usize) {
    crm.write(|tx| {
        for number in 0..many {
            tx.create(CustomerDraft::organization(format!("Customer {number}")))?;
        }
        Ok(())
    })
    .unwrap();
}

fn count(crm: &Crm) -> u64 {
    crm.read(|reader| reader.count(&Query::of::<Customer>())).unwrap()
}

fn names(folder: &Path) -> BTreeSet<OsString> {
    let entries: io::Result<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect();
    entries.unwrap()
}

#[test]
fn a_backup_is_one_file_that_opens_and_holds_everything() {
    let folder = tempfile::tempdir().unwrap();
    let crm = crm_sqlite::open(folder.path().join("crm.db")).unwrap();
    write(&crm, 500);
    let copies = tempfile::tempdir().unwrap();
    let target = copies.path().join("copy.db");
    let report = crm.backup(&target).unwrap();
    assert_eq!(names(copies.path()), [OsString::from("copy.db")].into());
    assert_eq!(report.bytes, fs::metadata(&target).unwrap().len());
    assert_eq!(report.bytes, report.pages * 4_096);
    assert!(report.rows > 1_000, "records and their changes");
    let read_only = OpenOptions::new(&target).read_only(true).open().unwrap();
    assert_eq!(count(&read_only), 500);
    assert!(read_only.verify().unwrap().is_sound());
    drop(read_only);
    let copy = crm_sqlite::open(&target).unwrap();
    write(&copy, 1);
    assert_eq!((count(&copy), count(&crm)), (501, 500));
}

#[test]
fn a_backup_holds_one_state_however_much_is_written_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let crm = crm_sqlite::open(folder.path().join("crm.db")).unwrap();
    write(&crm, 4_000);
    let (ended, written) = (AtomicBool::new(false), AtomicU64::new(0));
    // Where a check fails, the scope waits for the writer, which nobody tells that it is over.
    let give_up = Instant::now() + Duration::from_secs(120);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) && Instant::now() < give_up {
                // Always two together: a torn copy would hold an odd number.
                write(&crm, 2);
                written.fetch_add(1, Ordering::Relaxed);
            }
        });
        for number in 0..5 {
            let before = written.load(Ordering::Relaxed);
            let target = folder.path().join(format!("copy {number}.db"));
            crm.backup(&target).unwrap();
            let copy = crm_sqlite::open(&target).unwrap();
            let counted = count(&copy);
            assert_eq!(counted % 2, 0);
            assert!(counted >= 4_000 + 2 * before, "what was written before is in it");
            assert!(copy.verify().unwrap().is_sound());
        }
        ended.store(true, Ordering::Relaxed);
    });
    assert!(written.load(Ordering::Relaxed) > 5, "writing went on");
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_told_and_never_half() {
    let folder = tempfile::tempdir().unwrap();
    let crm = crm_sqlite::open(folder.path().join("crm.db")).unwrap();
    write(&crm, 3);
    let target = folder.path().join("copy.db");
    fs::write(&target, "precious").unwrap();
    assert_eq!(crm.backup(&target).unwrap_err().rule(), Some("backup.target_exists"));
    let cancelled = BackupOptions::default().replace(true).watch(|_| ControlFlow::Break(()));
    let error = crm.backup_with(&target, &cancelled).unwrap_err();
    assert_eq!(
        error,
        CrmError::Cancelled {
            operation: "backing up"
        }
    );
    assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
    crm.backup_with(&target, &BackupOptions::default().replace(true))
        .unwrap();
    assert_eq!(count(&crm_sqlite::open(&target).unwrap()), 3);
}

#[test]
fn a_database_that_is_in_use_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = crm_sqlite::open(&path).unwrap();
    let other_path = folder.path().join("other.db");
    let other = crm_sqlite::open(&other_path).unwrap();
    write(&other, 2);
    let replace = BackupOptions::default().replace(true);
    for target in [
        &path,
        &folder.path().join("../").join(folder.path()).join("crm.db"),
        &other_path,
    ] {
        let error = crm.backup_with(target, &replace).unwrap_err();
        assert_eq!(error.rule(), Some("backup.target_in_use"), "{error}");
    }
    assert_eq!(count(&other), 2);
    drop(other);
    fs::write(folder.path().join("new.db-wal"), "left over").unwrap();
    let error = crm.backup(folder.path().join("new.db")).unwrap_err();
    assert_eq!(
        error.rule(),
        Some("backup.target_in_use"),
        "a log that is left over would be replayed into the copy"
    );
}

#[test]
fn a_target_that_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let crm = crm_sqlite::open(folder.path().join("crm.db")).unwrap();
    write(&crm, 3);
    let before = names(folder.path());
    for (target, hint) in [
        (
            folder.path().join("missing/copy.db"),
            "Check that the folder of the target exists",
        ),
        (folder.path().to_owned(), "Give the path of a file"),
        ("".into(), "Give the path of a file"),
    ] {
        let error = crm.backup(&target).unwrap_err();
        assert_eq!((error.code(), &*error.hint()), ("storage", hint));
    }
    assert_eq!(names(folder.path()), before);
}

/// A file system of its own that is too small, as a full disk is.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_as_the_reason_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let crm = crm_sqlite::open(folder.path().join("crm.db")).unwrap();
    write(&crm, 2_000);
    let small = folder.path().join("small");
    fs::create_dir(&small).unwrap();
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"])
        .arg(&small)
        .output();
    if !mounted.is_ok_and(|mounted| mounted.status.success()) {
        // Only root may mount; the same happens below where a copy is cancelled.
        return;
    }
    let error = crm.backup(small.join("copy.db")).unwrap_err();
    let left = names(&small);
    std::process::Command::new("umount").arg(&small).output().unwrap();
    assert_eq!(
        (error.code(), &*error.hint()),
        ("storage", "Free some space, then try again")
    );
    assert_eq!(left, BTreeSet::new());
}
