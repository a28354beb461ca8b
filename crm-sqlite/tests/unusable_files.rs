//! What cannot be opened is refused with the reason and the fix, and left as it is, byte for byte.

#![cfg(test)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use crm_core::customers::{CustomerDraft, UserDraft};
use crm_core::engine::CrmError;
use crm_sqlite::{FORMAT, OpenOptions};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use tempfile::TempDir;

/// A crmkit file with a record in it, closed.
fn good_file(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("crm.db");
    let crm = crm_sqlite::open(&path).unwrap();
    crm.write(|tx| {
        for number in 0..200 {
            tx.create(CustomerDraft::organization(format!("Customer {number}")))?;
        }
        Ok(())
    })
    .unwrap();
    path
}

/// The error on opening a file that must stay as it is.
fn refusal_of(path: &Path) -> CrmError {
    let before = fs::read(path).unwrap();
    let error = crm_sqlite::open(path).map(|_| ()).unwrap_err();
    assert_eq!(fs::read(path).unwrap(), before, "the file was changed");
    error
}

fn assert_corrupt(path: &Path) {
    let error = refusal_of(path);
    assert_eq!(error.code(), "corrupt", "{error}");
    assert_eq!(error.hint(), "Restore a backup; the file was left as it is");
}

#[test]
fn a_text_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "Call Li on Monday.\n".repeat(400)).unwrap();
    assert_corrupt(&path);
}

#[test]
fn a_file_cut_short_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = good_file(&folder);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 3]).unwrap();
    assert_corrupt(&path);
}

#[test]
fn a_file_with_a_damaged_page_of_tables_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = good_file(&folder);
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..2_000].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    assert_corrupt(&path);
}

#[test]
fn damage_that_is_met_while_reading_is_told_as_damage() {
    let folder = tempfile::tempdir().unwrap();
    let path = good_file(&folder);
    let mut bytes = fs::read(&path).unwrap();
    let tables = 4 * 4_096;
    bytes[tables..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let query = crm_core::engine::Query::of::<crm_core::customers::Customer>();
    let error = crm_sqlite::open(&path)
        .and_then(|crm| crm.read(|reader| reader.find::<crm_core::customers::Customer>(&query)))
        .map(|_| ())
        .unwrap_err();
    assert_eq!(error.code(), "corrupt", "{error}");
}

#[test]
fn the_database_of_another_application_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for mode in ["DELETE", "WAL"] {
        let path = folder.path().join(mode);
        let other = Connection::open(&path).unwrap();
        other
            .execute_batch(&format!(
                "PRAGMA journal_mode = {mode}; CREATE TABLE songs (title TEXT)"
            ))
            .unwrap();
        drop(other);
        assert_corrupt(&path);
    }
}

#[test]
fn a_newer_file_is_refused_even_where_its_log_is_not_written_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = good_file(&folder);
    let newer = Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", FORMAT + 1).unwrap();
    newer
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .unwrap();
    drop(newer);
    let expected = CrmError::NewerFormat {
        found: FORMAT + 1,
        supported: FORMAT,
    };
    let log = path.with_extension("db-wal");
    let before = fs::read(&log).unwrap();
    assert_eq!(refusal_of(&path), expected);
    assert_eq!(fs::read(&log).unwrap(), before);
    let written_back = Connection::open(&path).unwrap();
    written_back
        .query_row("SELECT COUNT(*) FROM meta", (), |_| Ok(()))
        .unwrap();
    drop(written_back);
    assert!(!log.exists());
    assert_eq!(refusal_of(&path), expected);
    assert_eq!(expected.hint(), "Update crmkit; the file was left as it is");
}

#[test]
fn a_missing_folder_is_named_as_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing/crm.db");
    let error = crm_sqlite::open(&path).map(|_| ()).unwrap_err();
    assert_eq!(error.code(), "storage", "{error}");
    assert_eq!(
        error.hint(),
        "Check that its folder exists, and that the process may write there"
    );
    assert!(!path.exists());
}

#[test]
fn a_folder_and_an_empty_path_are_no_files() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path(), Path::new("")] {
        let error = crm_sqlite::open(path).map(|_| ()).unwrap_err();
        assert_eq!((error.code(), &*error.hint()), ("storage", "Give the path of a file"));
    }
}

#[test]
fn read_only_reads_and_refuses_to_write_to_create_and_to_upgrade() {
    let folder = tempfile::tempdir().unwrap();
    let path = good_file(&folder);
    let crm = OpenOptions::new(&path).read_only(true).open().unwrap();
    let query = crm_core::engine::Query::of::<crm_core::customers::Customer>();
    assert_eq!(crm.read(|reader| reader.count(&query)).unwrap(), 200);
    let error = crm.write(|tx| tx.create(UserDraft::new("Li"))).unwrap_err();
    assert_eq!((error.code(), &*error.hint()), ("storage", "Open it without read_only"));
    let missing = folder.path().join("missing.db");
    let error = OpenOptions::new(&missing).read_only(true).open().unwrap_err();
    assert_eq!(error.code(), "storage");
    assert!(!missing.exists());
}

/// Another user, for whom the permissions of files hold even where the tests run as root.
#[cfg(unix)]
const NOBODY: u32 = 65_534;

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named_as_the_reason() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    let folder = tempfile::tempdir().unwrap();
    let path = good_file(&folder);
    let program = folder.path().join("program");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    allow(&program, 0o555);
    allow(&path, 0o444);
    allow(folder.path(), 0o555);
    let before = fs::read(&path).unwrap();
    let mut command = support::process(&program, "open_in_a_read_only_folder", &path);
    if fs::metadata(folder.path()).unwrap().uid() == 0 {
        command.uid(NOBODY);
    }
    let output = command.output().unwrap();
    allow(folder.path(), 0o755);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read(&path).unwrap(), before);
}

/// What the other user's process does.
#[test]
fn open_in_a_read_only_folder() {
    let Some(path) = support::file_of_this_process() else {
        return;
    };
    let new = path.with_file_name("new.db");
    for path in [path, new] {
        let error = crm_sqlite::open(&path)
            .and_then(|crm| crm.write(|tx| tx.create(UserDraft::new("Li"))))
            .unwrap_err();
        assert_eq!(error.code(), "storage", "{error}");
        assert!(error.hint().contains("write"), "{error}");
    }
}
