//! Keeps a second SQLite library in this process from losing what was committed.
//!
//! Both would take the locks of the one process, so each believes itself alone: they write over each other, either one
//! that closes the file takes the log away from under the other, and with it drops the other's locks. Therefore:
//!
//! - A file that anything else in the process has open is not opened.
//! - While it is open, a lock of another kind ([`locks`]) keeps every library from taking the log away.
//! - A commit begins only when nothing else in the process has had the file open since the transaction began, and until
//!   it ends nothing can begin to use it.
//! - The last handle on a file is not closed while something else in the process has it open, but kept until the file is
//!   opened anew, or the process ends.

use std::fs::{self, File, OpenOptions as Files};
use std::mem;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use crm_core::engine::{CrmError, Result};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::locks;
use crate::open_files::{FileId, handles_on, id_of, id_of_open};

/// How long a commit waits for another process that is about to open or close the file, which takes microseconds.
const DOOR_DEADLINE: Duration = Duration::from_millis(500);

/// All files that crmkit has open in this process.
static OPEN: Mutex<Vec<Weak<Watched>>> = Mutex::new(Vec::new());
/// The connections that must not be closed while something else has their file open.
static KEPT: Mutex<Vec<Link>> = Mutex::new(Vec::new());

/// One file that crmkit has open in this process, in however many stores.
#[derive(Debug, Clone)]
pub(crate) struct Guard(Arc<Watched>);

#[derive(Debug)]
struct Watched {
    id: FileId,
    path: PathBuf,
    /// A process that was forked off has no locks, and must touch nothing.
    process: u32,
    /// How many are at work with connections to the file.
    at_work: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    file: File,
    /// Whether the file was opened for writing, as a lock for writing needs it.
    writable: bool,
    /// The index of the log, and the log, once the file is in use.
    index: Option<File>,
    log: Option<FileId>,
    /// Connections that are open, for writing and for reading only.
    live: [usize; 2],
    /// Handles that SQLite has on the file: it keeps those of closed connections, and uses them again for its like.
    handles: [usize; 2],
    /// How many need the door closed.
    inside: usize,
    /// How often the marks were found to be gone.
    losses: u64,
    /// Handles of guards on the file: one, and those of the processes from which this one was forked off.
    guards: usize,
}

/// What a write remembers from its beginning to its commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark(u64);

/// While it lives, connections to the file are at work.
#[derive(Debug)]
pub(crate) struct AtWork(Guard);

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.0.at_work.fetch_sub(1, Ordering::SeqCst);
    }
}

/// While it lives, nothing in any process can begin to use the file. Readers and writers that do go on.
pub(crate) struct Alone<'g>(&'g Guard);

impl Guard {
    /// Enters a file before SQLite opens it; nothing where it cannot be opened, or needs no guard on this system.
    pub(crate) fn enter(path: &Path, create: bool) -> Result<Option<Self>> {
        let mut open = lock(&OPEN);
        open.retain(|watched| watched.strong_count() > 0);
        let known = id_of(path);
        if let Some(id) = known {
            if let Some(place) = open.iter().position(|watched| is_of(watched, id)) {
                let guard = open[place].upgrade().map(Self);
                if let Some(guard) = guard.as_ref().filter(|guard| guard.check_process().is_err()) {
                    let heir = guard.inherited(path)?;
                    open[place] = Arc::downgrade(&heir.0);
                    return Ok(Some(heir));
                }
                return guard.map(Self::enter_again).transpose();
            }
            if handles_on(id) > 0 {
                return Err(second_library("and it was not opened"));
            }
        }
        let Some((file, writable)) = opened(path, create) else {
            return Ok(None);
        };
        let Some(id) = id_of_open(&file) else {
            return Ok(None);
        };
        let watched = Arc::new(Watched {
            id,
            path: path.to_owned(),
            process: std::process::id(),
            at_work: AtomicUsize::new(0),
            state: Mutex::new(State::new(file, writable)),
        });
        open.push(Arc::downgrade(&watched));
        Ok(Some(Self(watched)))
    }

    /// Enters a file that is open here already, or whose last handle was kept.
    fn enter_again(self) -> Result<Self> {
        if self.state().others(self.0.id) {
            return Err(second_library("and it was not opened"));
        }
        let (ours, others): (Vec<_>, Vec<_>) = mem::take(&mut *lock(&KEPT)).into_iter().partition(|link| {
            link.ticket
                .as_ref()
                .is_some_and(|ticket| ticket.guard.0.id == self.0.id)
        });
        lock(&KEPT).extend(others);
        ours.into_iter().for_each(Link::close);
        Ok(self)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0.state)
    }

    /// Holds the log in place, once a connection reads or writes the file.
    pub(crate) fn hold(&self) -> Result<()> {
        let mut state = self.state();
        if state.index.is_none() {
            state.index = File::open(with_end(&self.0.path, "-shm")).ok();
            state.log = id_of(&with_end(&self.0.path, "-wal"));
            let held = locks::share(&state.file, &locks::SHARED)
                && state
                    .index
                    .as_ref()
                    .is_none_or(|index| locks::share(index, &locks::INDEX_IN_USE));
            if !held {
                return Err(CrmError::Busy { waited: Duration::ZERO });
            }
        }
        if state.others(self.0.id) {
            return Err(second_library("and it was not opened"));
        }
        Ok(())
    }

    /// Refuses to go on in a process that was forked off the one that opened the file.
    pub(crate) fn check_process(&self) -> Result<()> {
        if self.0.process == std::process::id() {
            return Ok(());
        }
        Err(CrmError::refused(
            "file.forked",
            "the file was opened before this process was forked off, and its locks stayed behind",
            "Open the file again in this process, after the fork",
        ))
    }

    /// Keeps a process that is forked off meanwhile from opening the file.
    pub(crate) fn at_work(&self) -> AtWork {
        self.0.at_work.fetch_add(1, Ordering::SeqCst);
        AtWork(self.clone())
    }

    /// The guard of a process that was forked off, which opens the file for itself.
    ///
    /// What SQLite knows of the file came along, and cannot be put right: which connections there are, which log they
    /// use, and that its locks are held. The connections are never used or closed here, and that the log is the one in
    /// use and the locks are held is seen to first. What a connection at work holds nobody could give back.
    fn inherited(&self, path: &Path) -> Result<Self> {
        let state = self.0.state.try_lock().ok();
        let idle = state.filter(|_| locks::OUTLIVE_A_FORK && self.0.at_work.load(Ordering::SeqCst) == 0);
        let (Some(state), Some((file, writable))) = (idle, opened(path, false)) else {
            return Err(forked_at_work());
        };
        let heir = Self(Arc::new(Watched {
            id: self.0.id,
            path: path.to_owned(),
            process: std::process::id(),
            at_work: AtomicUsize::new(0),
            state: Mutex::new(State {
                live: state.live,
                handles: state.handles,
                guards: state.guards + 1,
                ..State::new(file, writable)
            }),
        }));
        heir.hold()?;
        if !heir.state().uses_log_of(&state) {
            return Err(forked_at_work());
        }
        // Closed, its handle would take the locks of this process along.
        mem::forget(self.clone());
        Ok(heir)
    }

    /// What a write must remember, before it begins; refused where it could not be committed.
    pub(crate) fn mark(&self) -> Result<Mark> {
        let mut state = self.state();
        if state.others(self.0.id) {
            return Err(second_library("and nothing was written"));
        }
        if !locks::is_marked(&state.file) {
            state.losses += 1;
            locks::mark(&state.file);
        }
        Ok(Mark(state.losses))
    }

    /// Closes the door for a commit of what began with the mark, or says why it must not be.
    pub(crate) fn alone_since(&self, mark: Mark) -> Result<Alone<'_>> {
        let alone = self.alone()?;
        let state = self.state();
        if Mark(state.losses) == mark && locks::is_marked(&state.file) {
            return Ok(alone);
        }
        // The door is opened under the same lock.
        drop(state);
        Err(second_library(
            "and closed it while this transaction ran; nothing was written",
        ))
    }

    /// Closes the door, where nothing else in the process has the file open and all of it is in its place.
    pub(crate) fn alone(&self) -> Result<Alone<'_>> {
        let mut state = self.state();
        if !state.close_door() {
            return Err(CrmError::Busy { waited: DOOR_DEADLINE });
        }
        let refusal = if state.others(self.0.id) {
            second_library("and nothing was written")
        } else if !self.in_place(&state) {
            moved()
        } else {
            return Ok(Alone(self));
        };
        state.open_door();
        Err(refusal)
    }

    /// Whether the names still lead to what is open here.
    fn in_place(&self, state: &State) -> bool {
        let log = || id_of(&with_end(&self.0.path, "-wal"));
        self.has_its_name() && (state.log.is_none() || state.log == log())
    }

    fn has_its_name(&self) -> bool {
        id_of(&self.0.path) == Some(self.0.id)
    }
}

impl State {
    fn new(file: File, writable: bool) -> Self {
        Self {
            file,
            writable,
            index: None,
            log: None,
            live: [0; 2],
            handles: [0; 2],
            inside: 0,
            losses: 0,
            guards: 1,
        }
    }

    /// Whether something else in this process has the file open.
    fn others(&mut self, id: FileId) -> bool {
        let seen = handles_on(id).saturating_sub(self.guards);
        let expected: usize = self.handles.iter().sum();
        if seen < expected {
            // SQLite closed the handle of a connection that was there to look at the file.
            self.handles[1] = self.live[1].max(self.handles[1].saturating_sub(expected - seen));
        }
        seen > expected
    }

    /// Keeps everybody from beginning to use the file: who begins, locks this byte for a moment.
    fn close_door(&mut self) -> bool {
        let begun = Instant::now();
        while self.writable && !locks::exclude(&self.file, &locks::PENDING) {
            if begun.elapsed() > DOOR_DEADLINE {
                return false;
            }
            thread::sleep(Duration::from_micros(50));
        }
        self.inside += 1;
        true
    }

    fn open_door(&mut self) {
        self.inside -= 1;
        if self.inside == 0 {
            locks::release(&self.file, &locks::PENDING);
        }
    }

    /// Lets the log be taken away.
    fn let_go(&self) {
        locks::release(&self.file, &locks::SHARED);
        if let Some(index) = &self.index {
            locks::release(index, &locks::INDEX_IN_USE);
        }
    }

    /// Whether both use the same log.
    fn uses_log_of(&self, other: &Self) -> bool {
        let files = |state: &Self| Some((id_of_open(state.index.as_ref()?)?, state.log?));
        files(self).is_some_and(|ours| files(other) == Some(ours))
    }

    fn opened(&mut self, class: usize) {
        self.live[class] += 1;
        self.handles[class] = self.handles[class].max(self.live[class]);
    }

    fn closed(&mut self, class: usize) {
        self.live[class] -= 1;
        if self.live == [0; 2] {
            // With the last lock, SQLite closes what it kept.
            self.handles = [0; 2];
            self.index = None;
        }
    }
}

impl Drop for Alone<'_> {
    fn drop(&mut self) {
        self.0.state().open_door();
    }
}

/// A connection that is counted while it is open, and closed with care.
#[derive(Debug)]
pub(crate) struct Link {
    // Dropped before the ticket.
    connection: Connection,
    ticket: Option<Ticket>,
}

/// That a connection is counted.
#[derive(Debug)]
struct Ticket {
    guard: Guard,
    class: usize,
    counted: bool,
}

impl Drop for Ticket {
    /// For a connection that was given up on the way.
    fn drop(&mut self) {
        if self.counted {
            self.guard.state().closed(self.class);
        }
    }
}

impl Link {
    /// Opens a connection to a file, which is guarded unless the records live in memory.
    pub(crate) fn open(
        guard: Option<&Guard>,
        read_only: bool,
        open: impl FnOnce() -> Result<Connection>,
    ) -> Result<Self> {
        let Some(guard) = guard else {
            return Ok(Self {
                connection: open()?,
                ticket: None,
            });
        };
        let class = usize::from(read_only);
        let mut state = guard.state();
        state.opened(class);
        match open() {
            Ok(connection) => Ok(Self {
                connection,
                ticket: Some(Ticket {
                    guard: guard.clone(),
                    class,
                    counted: true,
                }),
            }),
            Err(error) => {
                state.closed(class);
                Err(error)
            }
        }
    }

    /// Closes the connection; or keeps it, where closing it would take the log from under something else.
    pub(crate) fn close(self) {
        let Some(guard) = self.ticket.as_ref().map(|ticket| ticket.guard.clone()) else {
            return;
        };
        if guard.check_process().is_err() {
            // Closing would release locks that the process shares with the one it was forked off.
            mem::forget(self);
            return;
        }
        let mut state = guard.state();
        if state.live != self.class_alone() {
            self.close_counted(&mut state);
            return;
        }
        let at_the_door = state.close_door();
        if state.others(guard.0.id) {
            tracing::warn!("something else in this process has the file open: its last handle is kept");
            lock(&KEPT).push(self);
        } else {
            if !guard.has_its_name() {
                // The log at that name may be another's by now, and would be taken away.
                let _ = self
                    .connection
                    .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
            }
            state.let_go();
            self.close_counted(&mut state);
        }
        if at_the_door {
            state.open_door();
        }
    }

    /// What is counted where this is the only connection.
    fn class_alone(&self) -> [usize; 2] {
        match &self.ticket {
            Some(ticket) if ticket.class == 1 => [0, 1],
            _ => [1, 0],
        }
    }

    fn close_counted(self, state: &mut State) {
        let Self { connection, ticket } = self;
        drop(connection);
        if let Some(mut ticket) = ticket {
            state.closed(ticket.class);
            ticket.counted = false;
        }
    }
}

impl Deref for Link {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl DerefMut for Link {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

/// The file, and whether it could be opened for writing. What cannot be opened is left to SQLite to explain.
fn opened(path: &Path, create: bool) -> Option<(File, bool)> {
    // A pipe would wait to be opened.
    if fs::metadata(path).is_ok_and(|file| !file.is_file()) {
        return None;
    }
    match Files::new().read(true).write(true).create(create).open(path) {
        Ok(file) => Some((file, true)),
        Err(_) => File::open(path).ok().map(|file| (file, false)),
    }
}

fn is_of(watched: &Weak<Watched>, id: FileId) -> bool {
    watched.upgrade().is_some_and(|watched| watched.id == id)
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn second_library(what_then: &str) -> CrmError {
    CrmError::refused(
        "file.second_library",
        format!("another SQLite library, or other code in this process, has the file open, {what_then}"),
        "Close it there; CrmFile::sql answers SQL through crmkit itself",
    )
}

fn forked_at_work() -> CrmError {
    CrmError::refused(
        "file.forked",
        "this process was forked off while the file was in use, or it was closed elsewhere since, and it was not opened",
        "Fork while no call runs, and keep the file open until the child has opened it; or start a process of its own",
    )
}

fn moved() -> CrmError {
    CrmError::refused(
        "file.moved",
        "the file or its log was moved, replaced or deleted while it was open, and nothing was written",
        "Put the file back where it was, then close it here and open it again",
    )
}

/// A panic elsewhere leaves these as they were: each change is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
