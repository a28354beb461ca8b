//! A copy of the database, made while others read and write: whole, checked and on the disk before it has its name.

use std::fmt;
use std::fs::{self, File, OpenOptions as Files};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crm_core::engine::{CrmError, Result};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use crate::error::Refusal;
use crate::migrate::{self, FORMAT, Found};
use crate::pool::{Lease, STEPS_BETWEEN_LOOKS};

const OPERATION: &str = "backing up";

/// How many pages are copied before the watcher is told: 4 MiB.
const PAGES_AT_A_TIME: i32 = 1_024;

/// How a backup went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupReport {
    /// The copy.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// How many pages of SQLite it has.
    pub pages: u64,
    /// How many tables were counted in the copy, and found to have as many rows as here.
    pub tables: usize,
    /// How many rows that was.
    pub rows: u64,
    /// How long it took, with the checks.
    pub elapsed: Duration,
}

/// How far a backup has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupProgress {
    /// Pages copied.
    pub done: u64,
    /// Pages to copy; the checks come after them.
    pub pages: u64,
}

type Watcher = dyn Fn(BackupProgress) -> ControlFlow<()> + Send + Sync;

/// How a backup is made.
///
/// ```
/// # let folder = tempfile::tempdir().unwrap();
/// # std::env::set_current_dir(&folder).unwrap();
/// use crm_sqlite::{BackupOptions, CrmFile, OpenOptions};
/// use std::ops::ControlFlow;
/// let crm = OpenOptions::in_memory().open()?;
/// let options = BackupOptions::default().replace(true).watch(|progress| {
///     assert!(progress.done <= progress.pages);
///     ControlFlow::Continue(())
/// });
/// crm.backup_with("nightly.db", &options)?;
/// crm.backup_with("nightly.db", &options)?;
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Clone, Default)]
pub struct BackupOptions {
    replace: bool,
    watcher: Option<Arc<Watcher>>,
}

impl fmt::Debug for BackupOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("BackupOptions")
            .field("replace", &self.replace)
            .finish_non_exhaustive()
    }
}

impl BackupOptions {
    /// Whether a file of that name is replaced, in one step, once the new copy is whole and checked.
    #[must_use]
    pub fn replace(mut self, replace: bool) -> Self {
        self.replace = replace;
        self
    }

    /// Tells how far it is, every few megabytes, and asks whether to go on.
    #[must_use]
    pub fn watch(mut self, watcher: impl Fn(BackupProgress) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        self.watcher = Some(Arc::new(watcher));
        self
    }
}

/// Copies what a transaction for reading sees.
pub(crate) fn run(
    lease: &Lease,
    source: Option<&Path>,
    target: &Path,
    options: &BackupOptions,
) -> Result<BackupReport> {
    let begun = Instant::now();
    let target = std::path::absolute(target)
        .map_err(|_| CrmError::storage(OPERATION, "the path is empty", "Give the path of a file"))?;
    check_target(source, &target, options.replace)?;
    let unfinished = Unfinished::beside(&target)?;
    let pages = copy(lease, &unfinished.0, options)?;
    let (tables, rows) = check_copy(lease, &unfinished.0)?;
    let bytes = unfinished.publish(&target, options.replace)?;
    Ok(BackupReport {
        path: target,
        bytes,
        pages,
        tables,
        rows,
        elapsed: begun.elapsed(),
    })
}

/// Refuses a target that must not be touched.
fn check_target(source: Option<&Path>, target: &Path, replace: bool) -> Result<()> {
    let is_source = source.is_some_and(|source| match (fs::canonicalize(source), fs::canonicalize(target)) {
        (Ok(source), Ok(target)) => source == target,
        _ => source == target,
    });
    if is_source {
        return Err(in_use("the target is the file that is backed up"));
    }
    // A log left beside the copy would be taken for its own, and replayed into it.
    if ["-wal", "-journal"].iter().any(|end| with_end(target, end).exists()) {
        return Err(in_use(
            "the target has the log of a database beside it: it is open, or was not closed",
        ));
    }
    if target.is_dir() {
        return Err(CrmError::storage(
            OPERATION,
            "the target is a folder",
            "Give the path of a file",
        ));
    }
    if !replace && target.exists() {
        return Err(exists());
    }
    Ok(())
}

fn in_use(reason: &str) -> CrmError {
    CrmError::refused("backup.target_in_use", reason, "Give the path of a new file")
}

fn exists() -> CrmError {
    CrmError::refused(
        "backup.target_exists",
        "there is a file of that name",
        "Give another name, or say that it is replaced",
    )
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Copies all pages. The transaction for reading holds them as they are, so nothing begins anew when others write.
fn copy(from: &Lease, to: &Path, options: &BackupOptions) -> Result<u64> {
    let mut copy = Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .during(OPERATION)?;
    // A copy that is not finished is thrown away, so it needs no journal; it is brought to the disk once, at the end.
    copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        .during(OPERATION)?;
    let backup = Backup::new(from.connection()?, &mut copy).during(OPERATION)?;
    loop {
        from.watch().map_or(Ok(()), |watch| watch.check(OPERATION))?;
        let step = backup.step(PAGES_AT_A_TIME).during(OPERATION)?;
        let progress = backup.progress();
        let pages = u64::try_from(progress.pagecount).unwrap_or_default();
        let left = u64::try_from(progress.remaining).unwrap_or_default();
        let progress = BackupProgress {
            done: pages - left,
            pages,
        };
        if options
            .watcher
            .as_ref()
            .is_some_and(|watcher| watcher(progress).is_break())
        {
            return Err(CrmError::Cancelled { operation: OPERATION });
        }
        match step {
            StepResult::Done => break,
            StepResult::More => {}
            _ => return Err(CrmError::storage(OPERATION, "the database is locked", "Try again")),
        }
    }
    let pages = u64::try_from(backup.progress().pagecount).unwrap_or_default();
    drop(backup);
    // One file: the copy has no write-ahead log until it is opened for writing.
    copy.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
        .during(OPERATION)?;
    copy.close().map_err(|(_, error)| error).during(OPERATION)?;
    Ok(pages)
}

/// Reads the copy back whole, and counts it against what was copied.
fn check_copy(source: &Lease, copy: &Path) -> Result<(usize, u64)> {
    let mut copy =
        Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .during(OPERATION)?;
    if let Some(watch) = source.watch().cloned() {
        copy.progress_handler(STEPS_BETWEEN_LOOKS, Some(move || watch.ask().is_break()))
            .during(OPERATION)?;
    }
    let sound: String = copy
        .query_row("PRAGMA integrity_check(1)", (), |row| row.get(0))
        .during(OPERATION)?;
    if sound != "ok" {
        return Err(differs("SQLite finds it damaged"));
    }
    if migrate::inspect(&copy).during(OPERATION)? != Found::Format(FORMAT) {
        return Err(differs("it is not of this format"));
    }
    let (expected, counted) = (row_counts(source.connection()?)?, row_counts(&copy)?);
    if expected != counted {
        return Err(differs("its tables do not have as many rows"));
    }
    Ok((counted.len(), counted.iter().map(|(_, rows)| rows).sum()))
}

fn differs(what: &str) -> CrmError {
    CrmError::Corrupt {
        reason: format!("the copy was thrown away: {what}"),
    }
}

/// Each table with how many rows it has.
fn row_counts(connection: &Connection) -> Result<Vec<(String, u64)>> {
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name")
        .during(OPERATION)?;
    let names: Vec<String> = statement
        .query_map((), |row| row.get(0))
        .and_then(Iterator::collect)
        .during(OPERATION)?;
    names
        .into_iter()
        .map(|name| {
            let count = format!("SELECT COUNT(*) FROM \"{name}\"");
            let rows: i64 = connection.query_row(&count, (), |row| row.get(0)).during(OPERATION)?;
            Ok((name, rows.unsigned_abs()))
        })
        .collect()
}

/// A copy that does not have its name yet, and is taken away unless it gets it.
struct Unfinished(PathBuf);

impl Unfinished {
    fn beside(target: &Path) -> Result<Self> {
        let unfinished = Self(with_end(target, &format!(".{}.unfinished", Uuid::new_v4().simple())));
        Files::new()
            .write(true)
            .create_new(true)
            .open(&unfinished.0)
            .map_err(|error| refused(&error))?;
        Ok(unfinished)
    }

    /// Brings the copy to the disk, and gives it its name; returns its size.
    fn publish(self, target: &Path, replace: bool) -> Result<u64> {
        let file = Files::new()
            .write(true)
            .open(&self.0)
            .map_err(|error| refused(&error))?;
        let bytes = file.metadata().map_err(|error| refused(&error))?.len();
        file.sync_all().map_err(|error| refused(&error))?;
        self.name(target, replace)?;
        sync_folder(target)?;
        Ok(bytes)
    }

    fn name(&self, target: &Path, replace: bool) -> Result<()> {
        if !replace {
            // A second name fails where there is one, which a rename does not; not every file system has it.
            match fs::hard_link(&self.0, target) {
                Ok(()) => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(exists()),
                Err(_) if target.exists() => return Err(exists()),
                Err(_) => {}
            }
        }
        fs::rename(&self.0, target).map_err(|error| refused(&error))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        for end in ["", "-journal", "-wal", "-shm"] {
            // It may have its name by now.
            let _ = fs::remove_file(with_end(&self.0, end));
        }
    }
}

/// Brings the name itself to the disk. Only Unix lets a folder be opened for that.
fn sync_folder(target: &Path) -> Result<()> {
    match target.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| refused(&error)),
        _ => Ok(()),
    }
}

/// What the file system refused.
fn refused(error: &io::Error) -> CrmError {
    let hint = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "Free some space, then try again",
        io::ErrorKind::NotFound => "Check that the folder of the target exists",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "Check that the process may write in the folder of the target"
        }
        _ => "Check the disk of the target, then try again",
    };
    CrmError::storage(OPERATION, error.kind().to_string(), hint)
}
