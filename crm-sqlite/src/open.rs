use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crm_core::engine::{Clock, CrmError, Environment, Ids, Result};
use crm_core::values::{Region, Tz};
use crm_core::{Crm, SCHEMA};
use rusqlite::config::DbConfig;
use rusqlite::hooks::Wal;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use uuid::Uuid;

use crate::error::Refusal;
use crate::guard::{Guard, Link};
use crate::migrate::{self, FORMAT, Found};
use crate::patience::Patience;
use crate::pragma;
use crate::store::SqliteStore;

const OPENING: &str = "opening the file";

/// How long a call waits for other writers unless told otherwise.
const BUSY_DEADLINE: Duration = Duration::from_secs(30);

/// Opens the CRM in a file, and creates the file where there is none.
///
/// ```
/// # let folder = tempfile::tempdir().unwrap();
/// # std::env::set_current_dir(&folder).unwrap();
/// use crm_core::customers::CustomerDraft;
/// let crm = crm_sqlite::open("sales.db")?.with_actor("li.wei");
/// let acme = crm.write(|tx| tx.create(CustomerDraft::organization("Acme GmbH")))?;
/// assert_eq!(crm.read(|reader| reader.get(acme.id))?.name, "Acme GmbH");
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
///
/// # Errors
/// As [`OpenOptions::open`].
pub fn open(path: impl AsRef<Path>) -> Result<Crm> {
    OpenOptions::new(path).open()
}

/// How a file is opened.
///
/// ```
/// # let folder = tempfile::tempdir().unwrap();
/// # std::env::set_current_dir(&folder).unwrap();
/// use crm_core::values::Tz;
/// use crm_sqlite::{Durability, OpenOptions};
/// let crm = OpenOptions::new("sales.db")
///     .time_zone(Tz::Europe__Berlin)
///     .actor("li.wei")
///     .durability(Durability::Normal)
///     .open()?;
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug)]
pub struct OpenOptions {
    /// Nothing where the records live in memory.
    path: Option<PathBuf>,
    durability: Durability,
    read_only: bool,
    busy_deadline: Duration,
    environment: Environment,
    actor: Option<String>,
}

/// What a commit outlives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// The end of the process and the loss of power.
    #[default]
    Full,
    /// The end of the process. A loss of power may take the last commits, and damages nothing; writing is faster.
    Normal,
}

impl OpenOptions {
    /// Opens this file: for reading and writing, with full durability, in UTC.
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self::of(Some(path.as_ref().to_owned()))
    }

    /// Opens an SQLite database in memory, gone when the last handle on it is dropped.
    ///
    /// [`Crm::in_memory`] does the same without SQLite. Here, unlike in a file, a commit waits until nobody reads.
    pub fn in_memory() -> Self {
        Self::of(None)
    }

    fn of(path: Option<PathBuf>) -> Self {
        Self {
            path,
            durability: Durability::default(),
            read_only: false,
            busy_deadline: BUSY_DEADLINE,
            environment: Environment::default(),
            actor: None,
        }
    }

    /// What a commit outlives.
    #[must_use]
    pub fn durability(mut self, durability: Durability) -> Self {
        self.durability = durability;
        self
    }

    /// Whether nothing may be written. The file must be there, and of the format of this version.
    #[must_use]
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// How long a call waits for other writers before it gives up with [`CrmError::Busy`]; 30 seconds by default.
    #[must_use]
    pub fn busy_deadline(mut self, deadline: Duration) -> Self {
        self.busy_deadline = deadline;
        self
    }

    /// The zone in which days begin and end; UTC by default.
    #[must_use]
    pub fn time_zone(mut self, zone: Tz) -> Self {
        self.environment.zone = zone;
        self
    }

    /// The region of telephone numbers that are written without a country code; none by default, so that only numbers
    /// with one are understood.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        self.environment.region = Some(region);
        self
    }

    /// Who writes: a person or a program.
    #[must_use]
    pub fn actor(mut self, actor: impl Into<String>) -> Self {
        self.actor = Some(actor.into());
        self
    }

    /// Where the time comes from; the clock of the machine by default.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.environment.clock = clock;
        self
    }

    /// Where new ids come from; random by default.
    #[must_use]
    pub fn ids(mut self, ids: Ids) -> Self {
        self.environment.ids = ids;
        self
    }

    /// Opens the CRM, and creates the file where there is none.
    ///
    /// # Errors
    /// [`CrmError::Corrupt`] for a file that is damaged or of another application, [`CrmError::NewerFormat`] for one
    /// of a newer version (both are left as they are), [`CrmError::Refused`] (`file.second_library`) for one that
    /// something else in this process has open, [`CrmError::Busy`], and [`CrmError::Storage`] for a folder that is
    /// missing or read-only.
    pub fn open(self) -> Result<Crm> {
        let store = SqliteStore::open(&self, SCHEMA)?;
        let crm = Crm::new(Box::new(store), self.environment);
        Ok(match self.actor {
            Some(actor) => crm.with_actor(actor),
            None => crm,
        })
    }

    /// Where the records are, and the id of the database for the case that it is new.
    pub(crate) fn place(&self) -> Result<(Place, Uuid)> {
        let new_id = self.environment.ids.next(self.environment.clock.now());
        let (name, in_memory) = match &self.path {
            // Absolute, since connections are opened later as well, whatever the working folder is then.
            Some(path) => (std::path::absolute(path).map_err(|_| no_path())?, false),
            None => (format!("file:/crmkit-{}?vfs=memdb", Uuid::new_v4()).into(), true),
        };
        let guard = if in_memory {
            None
        } else {
            Guard::enter(&name, !self.read_only)?
        };
        let place = Place {
            guard,
            log_pages: Arc::default(),
            name,
            in_memory,
            durability: self.durability,
            read_only: self.read_only,
            busy_deadline: self.busy_deadline,
        };
        Ok((place, new_id))
    }
}

fn no_path() -> CrmError {
    CrmError::storage(OPENING, "the path is empty", "Give the path of a file")
}

/// Where the records are, and how connections to them are made.
#[derive(Debug)]
pub(crate) struct Place {
    guard: Option<Guard>,
    /// How many pages the log had after the last commit.
    log_pages: Arc<AtomicI64>,
    name: PathBuf,
    in_memory: bool,
    durability: Durability,
    read_only: bool,
    busy_deadline: Duration,
}

impl Place {
    pub(crate) fn read_only(&self) -> bool {
        self.read_only
    }

    pub(crate) fn in_memory(&self) -> bool {
        self.in_memory
    }

    /// The file; nothing where the records live in memory.
    pub(crate) fn file(&self) -> Option<&Path> {
        (!self.in_memory).then_some(&self.name)
    }

    pub(crate) fn busy_deadline(&self) -> Duration {
        self.busy_deadline
    }

    /// How many pages the log had after the last commit here.
    pub(crate) fn log_pages(&self) -> i64 {
        self.log_pages.load(Ordering::Relaxed)
    }

    /// What keeps other libraries in this process from doing harm; nothing where the records live in memory.
    pub(crate) fn guard(&self) -> Option<&Guard> {
        self.guard.as_ref()
    }

    /// Whether this process was forked off the one that opened the file: then nothing of it may be used or closed.
    pub(crate) fn is_forked(&self) -> bool {
        self.check_process().is_err()
    }

    /// Refuses to go on there.
    pub(crate) fn check_process(&self) -> Result<()> {
        self.guard().map_or(Ok(()), Guard::check_process)
    }

    /// The first connection, to a file that was recognised, created or upgraded.
    pub(crate) fn prepare(&self, new_id: Uuid) -> Result<Link> {
        let _at_work = self.guard().map(Guard::at_work);
        let link = self.prepared(new_id)?;
        match self.guard.as_ref().map_or(Ok(()), Guard::hold) {
            Ok(()) => Ok(link),
            Err(error) => {
                link.close();
                Err(error)
            }
        }
    }

    fn prepared(&self, new_id: Uuid) -> Result<Link> {
        let patience = Patience::of(self.busy_deadline);
        let found = if self.in_memory {
            Found::Empty
        } else {
            self.recognise(&patience)?
        };
        if self.read_only {
            if found != Found::Format(FORMAT) {
                return Err(CrmError::storage(
                    OPENING,
                    "the file is new or of an older format, and was opened read-only",
                    "Open it for writing once",
                ));
            }
            return self.connect(&patience);
        }
        let mut connection = self.handle(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        if found != Found::Format(FORMAT) {
            patience.retry(OPENING, || pragma::harden(&connection))?;
            migrate::migrate(&connection, &patience, new_id)?;
        }
        if !self.in_memory {
            self.log_ahead(&connection, &patience)?;
        }
        self.ready(&mut connection, &patience)?;
        Ok(connection)
    }

    /// A further connection.
    pub(crate) fn connect(&self, patience: &Patience) -> Result<Link> {
        let mut connection = self.handle(if self.read_only {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            // Never created here: a file that vanished must not come back empty.
            OpenFlags::SQLITE_OPEN_READ_WRITE
        })?;
        self.ready(&mut connection, patience)?;
        Ok(connection)
    }

    fn ready(&self, connection: &mut Connection, patience: &Patience) -> Result<()> {
        patience.retry(OPENING, || {
            pragma::harden(connection)?;
            pragma::tune(connection, self.durability)?;
            // From its first read on, a connection has its lock, and the log is there.
            connection.query_row("SELECT COUNT(*) FROM sqlite_schema", (), |_| Ok(()))
        })?;
        // A writer does not stop to write the log back; `checkpoints` does, beside it.
        let pages = Arc::clone(&self.log_pages);
        let hook = move |_: &mut Wal, in_log| {
            pages.store(i64::from(in_log), Ordering::Relaxed);
            Ok(())
        };
        connection.wal_hook(Some(hook)).during(OPENING)
    }

    fn handle(&self, access: OpenFlags) -> Result<Link> {
        let uri = if self.in_memory {
            OpenFlags::SQLITE_OPEN_URI
        } else {
            OpenFlags::empty()
        };
        let flags = access | uri | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Link::open(self.guard(), access.contains(OpenFlags::SQLITE_OPEN_READ_ONLY), || {
            Connection::open_with_flags(&self.name, flags).during(OPENING)
        })
    }

    /// Looks at the file in a way that changes nothing, so that what is refused stays as it is, byte for byte.
    fn recognise(&self, patience: &Patience) -> Result<Found> {
        let length = match fs::metadata(&self.name) {
            Ok(file) if file.is_dir() => {
                return Err(CrmError::storage(
                    OPENING,
                    "the path is a folder",
                    "Give the path of a file",
                ));
            }
            Ok(file) => file.len(),
            Err(_) => 0,
        };
        if length == 0 {
            return Ok(Found::Empty);
        }
        let connection = self.handle(OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        pragma::harden(&connection).during(OPENING)?;
        // Else closing this connection as the last one would write the log back into the file.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
            .during(OPENING)?;
        let found = patience.retry(OPENING, || match migrate::inspect(&connection) {
            // A crash interrupted a transaction, which is rolled back when the file is opened for writing.
            Err(error) if !self.read_only && error.sqlite_error_code() == Some(ErrorCode::ReadOnly) => Ok(Found::Empty),
            other => other,
        })?;
        connection.close();
        found.check()
    }

    /// Switches the file to a write-ahead log, in which it stays.
    fn log_ahead(&self, connection: &Connection, patience: &Patience) -> Result<()> {
        let mode: String = patience.retry(OPENING, || {
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        })?;
        if mode == "wal" {
            return Ok(());
        }
        Err(CrmError::storage(
            OPENING,
            "the folder's file system cannot keep a write-ahead log",
            "Keep the file on a local disk",
        ))
    }
}
