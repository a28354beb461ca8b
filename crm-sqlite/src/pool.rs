//! The connections of one file: one that writes, for which threads queue in the order in which they came, and as many
//! that read as read at the same time.

use std::fmt;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crm_core::engine::{Access, CrmError, Result, Watch};
use rusqlite::Connection;

use crate::checkpoints::Checkpoints;
use crate::error::Refusal;
use crate::guard::{AtWork, Guard, Link, Mark};
use crate::open::Place;
use crate::patience::Patience;
use crate::turns::Turns;

/// How many connections for reading are kept open while nobody reads.
const IDLE_READERS: usize = 8;

/// After how many steps of SQLite's machine a watch is asked: about a millisecond.
pub(crate) const STEPS_BETWEEN_LOOKS: i32 = 10_000;

/// The connections of one file.
pub(crate) struct Pool {
    place: Arc<Place>,
    turns: Arc<Turns>,
    readers: Mutex<Vec<Link>>,
    checkpoints: Option<Checkpoints>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Pool")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl Pool {
    /// The pool of a place, begun with one open connection.
    pub(crate) fn new(place: Place, first: Link) -> Self {
        let place = Arc::new(place);
        let read_only = place.read_only();
        let (writer, readers) = if read_only {
            (None, vec![first])
        } else {
            (Some(first), Vec::new())
        };
        let turns = Arc::new(Turns::new(writer));
        let checkpoints = (!read_only && !place.in_memory()).then(|| Checkpoints::begin(&place, &turns));
        Self {
            place,
            turns,
            readers: Mutex::new(readers),
            checkpoints,
        }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// A connection with a transaction begun on it.
    pub(crate) fn lease(self: &Arc<Self>, access: Access, watch: Option<&Watch>) -> Result<Lease> {
        self.place.check_process()?;
        let at_work = self.place.guard().map(Guard::at_work);
        let patience = Patience::of(self.place.busy_deadline()).watched(watch);
        let idle = match access {
            Access::Read => lock(&self.readers).pop(),
            Access::Write => self.turns.take(&patience)?,
        };
        let mut lease = Lease {
            pool: Arc::clone(self),
            access,
            connection: idle,
            watch: watch.cloned(),
            mark: None,
            at_work,
        };
        if lease.connection.is_none() {
            lease.connection = Some(self.place.connect(&patience)?);
        }
        if access == Access::Write {
            lease.mark = self.place.guard().map(Guard::mark).transpose()?;
        }
        lease.begin(&patience)?;
        if let Some(watch) = watch {
            lease.heed(watch)?;
        }
        Ok(lease)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        if self.place.is_forked() {
            // No lock is touched: another thread may have held it at the fork, and would hold it for ever.
            let readers = self.readers.get_mut().unwrap_or_else(PoisonError::into_inner);
            mem::forget((mem::take(readers), Arc::clone(&self.turns), Arc::clone(&self.place)));
            return;
        }
        let _at_work = self.place.guard().map(Guard::at_work);
        // Ended first: the last connection to be closed takes the log away.
        drop(self.checkpoints.take());
        let readers = lock(&self.readers).drain(..).collect::<Vec<_>>();
        let writer = self.turns.vacant();
        readers.into_iter().chain(writer).for_each(Link::close);
    }
}

/// A connection on loan, with a transaction that is rolled back unless it was committed.
pub(crate) struct Lease {
    pool: Arc<Pool>,
    access: Access,
    connection: Option<Link>,
    watch: Option<Watch>,
    mark: Option<Mark>,
    at_work: Option<AtWork>,
}

impl Lease {
    pub(crate) fn access(&self) -> Access {
        self.access
    }

    /// The connection, which is there until the lease ends.
    pub(crate) fn connection(&self) -> Result<&Connection> {
        self.connection.as_deref().ok_or_else(given_back)
    }

    /// The same, to set its hooks.
    pub(crate) fn connection_mut(&mut self) -> Result<&mut Connection> {
        self.connection.as_deref_mut().ok_or_else(given_back)
    }

    /// Refuses to go on in a process that was forked off meanwhile.
    pub(crate) fn check_process(&self) -> Result<()> {
        self.pool.place.check_process()
    }

    /// What stops the transaction.
    pub(crate) fn watch(&self) -> Option<&Watch> {
        self.watch.as_ref()
    }

    /// Lets SQLite ask the watch while it works.
    fn heed(&mut self, watch: &Watch) -> Result<()> {
        let watch = watch.clone();
        self.connection_mut()?
            .progress_handler(STEPS_BETWEEN_LOOKS, Some(move || watch.ask().is_break()))
            .during("beginning")
    }

    /// Lets nothing interrupt SQLite any more: a COMMIT that is asked at its very end would be done, and say it is not.
    fn heed_nothing(&mut self) {
        if let (Some(connection), Some(_)) = (&mut self.connection, &self.watch) {
            // Taking a handler away cannot fail.
            let _ = connection.progress_handler(0, None::<fn() -> bool>);
        }
    }

    fn begin(&self, patience: &Patience) -> Result<()> {
        let connection = self.connection()?;
        match self.access {
            Access::Write => patience.retry("beginning to write", || {
                connection.prepare_cached("BEGIN IMMEDIATE")?.execute(()).map(|_| ())
            }),
            Access::Read => patience.retry("beginning to read", || {
                if connection.is_autocommit() {
                    connection.prepare_cached("BEGIN")?.execute(())?;
                }
                // The state that is read is that of now, not that of the first query.
                connection
                    .prepare_cached("SELECT 1 FROM meta LIMIT 1")?
                    .query(())?
                    .next()
                    .map(|_| ())
            }),
        }
    }

    /// Makes the transaction durable.
    pub(crate) fn commit(mut self) -> Result<()> {
        self.heed_nothing();
        // Only a store in memory makes a commit wait: for those who read.
        let patience = Patience::of(self.pool.place.busy_deadline()).watched(self.watch());
        let connection = self.connection()?;
        let _alone = match (self.pool.place.guard(), self.mark) {
            (Some(guard), Some(mark)) => Some(guard.alone_since(mark)?),
            _ => None,
        };
        patience.retry("committing", || {
            connection.prepare_cached("COMMIT")?.execute(()).map(|_| ())
        })?;
        if let Some(checkpoints) = &self.pool.checkpoints {
            checkpoints.committed();
        }
        Ok(())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if self.pool.place.is_forked() {
            mem::forget((self.connection.take(), self.at_work.take()));
            return;
        }
        self.heed_nothing();
        let sound = self.connection.take().filter(|connection| {
            connection.is_autocommit() || connection.execute_batch("ROLLBACK").during("rolling back").is_ok()
        });
        match (self.access, sound) {
            (Access::Write, seat) => self.pool.turns.give(seat),
            (Access::Read, Some(connection)) => {
                let mut readers = lock(&self.pool.readers);
                if readers.len() < IDLE_READERS {
                    readers.push(connection);
                } else {
                    drop(readers);
                    connection.close();
                }
            }
            (Access::Read, None) => {}
        }
    }
}

fn given_back() -> CrmError {
    CrmError::storage("using a connection", "it was given back", "Begin another transaction")
}

/// A panic elsewhere leaves these as they were: each change is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
