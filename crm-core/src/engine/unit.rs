//! The unit of work: begin, work, settle, log, commit, tell.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError, RwLock, Weak};

use super::clock::{Clock, Ids, Stamp, SystemClock};
use super::log::{BatchId, Cause, Commit, LogQuery, LogSequence};
use super::read::Reader;
use super::store::{Access, Store};
use super::watch::Watch;
use super::write::Tx;
use super::{CrmError, Result, watched_txn};
use crate::values::{PhoneParser, Region, Tz, phone_parser};

thread_local! {
    /// The engines with which this thread writes, by their addresses. No lock: one that is held when a process forks is
    /// held in the child for ever.
    static WRITES_WITH: RefCell<HashSet<usize>> = RefCell::default();
}

/// What is injected into an engine, so that a test or a simulation replays exactly.
#[derive(Debug)]
pub struct Environment {
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where ids come from.
    pub ids: Ids,
    /// The zone in which days begin and end.
    pub zone: Tz,
    /// By what rules telephone numbers are read.
    pub phones: Arc<dyn PhoneParser>,
    /// The region of a telephone number that is written without a country code.
    pub region: Option<Region>,
}

impl Default for Environment {
    /// The clock of the machine, random ids, UTC, and no region.
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            ids: Ids::random(),
            zone: Tz::UTC,
            phones: phone_parser(),
            region: None,
        }
    }
}

/// Who writes, and why.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorship {
    /// Who.
    pub actor: String,
    /// Why.
    pub cause: Cause,
    /// What the caller says of it.
    pub note: Option<String>,
}

/// Leaves the note out: people name customers in it.
impl fmt::Debug for Authorship {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Authorship")
            .field("actor", &self.actor)
            .field("cause", &self.cause)
            .finish_non_exhaustive()
    }
}

/// Told after a commit, once a transaction, never under a lock: it may use the engine.
pub trait Observer: Send + Sync + 'static {
    /// Something was committed.
    fn committed(&self, notice: &Notice);
}

impl<F: Fn(&Notice) + Send + Sync + 'static> Observer for F {
    fn committed(&self, notice: &Notice) {
        self(notice);
    }
}

/// What an observer is told: where to look, not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The transaction.
    pub commit: Commit,
    /// The number of its first change.
    pub first: LogSequence,
    /// The number of its last change.
    pub last: LogSequence,
    /// The tables it touched.
    pub tables: BTreeSet<&'static str>,
}

/// Keeps an observer told; dropped, it ends that.
#[must_use = "the observer is told only while the subscription lives"]
pub struct Subscription(#[allow(dead_code, reason = "held, never read")] Arc<dyn Observer>);

impl fmt::Debug for Subscription {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Subscription")
    }
}

/// Runs units of work on a store. Knows no word of customers or sales.
pub struct Engine {
    store: Box<dyn Store>,
    environment: Environment,
    observers: RwLock<Vec<Weak<dyn Observer>>>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Engine")
            .field("store", &self.store)
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine on a store.
    pub fn new(store: Box<dyn Store>, environment: Environment) -> Self {
        Self {
            store,
            environment,
            observers: RwLock::default(),
        }
    }

    /// The store.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// What was injected.
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Reads, all from one state of the database.
    ///
    /// # Errors
    /// Of the storage, and what `work` returns.
    pub fn read<T>(&self, work: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> Result<T> {
        self.read_watched(None, work)
    }

    /// The same, stopped when the watch breaks.
    pub(super) fn read_watched<T>(
        &self,
        watch: Option<&Watch>,
        work: impl FnOnce(&mut Reader<'_>) -> Result<T>,
    ) -> Result<T> {
        work(&mut self.reader(Access::Read, watch)?)
    }

    /// Writes in one transaction: all of it, or nothing where `work` fails. `work` may be run again, so that a store
    /// can repeat a transaction that collided.
    ///
    /// # Errors
    /// What `work` returns, [`CrmError::Busy`], and [`CrmError::Refused`] for a write within a write.
    pub fn write<T>(&self, authorship: &Authorship, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.write_watched(authorship, &self.environment.ids, None, work)
    }

    /// The same with ids from elsewhere, for what must get the same ids in every database, and stopped when the watch
    /// breaks.
    pub(super) fn write_watched<T>(
        &self,
        authorship: &Authorship,
        ids: &Ids,
        watch: Option<&Watch>,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        let alone = self.writing_on_this_thread()?;
        let mut tx = self.begin(authorship, ids, watch)?;
        let done = work(&mut tx)?;
        // The work may have passed over an error.
        tx.watch().map_or(Ok(()), |watch| watch.check(watched_txn::WRITE))?;
        tx.settle()?;
        tx.index_custom_fields()?;
        tx.flush_log()?;
        let notice = tx.last_sequence().map(|last| Notice {
            commit: tx.commit.clone(),
            first: tx.pending.first,
            last,
            tables: std::mem::take(&mut tx.tables),
        });
        let Some(notice) = notice else {
            // Nothing was changed, so there is nothing to commit and nobody to tell.
            return Ok(done);
        };
        tx.into_reader().txn.commit()?;
        drop(alone);
        tracing::debug!(batch = %notice.commit.batch, changes = notice.last - notice.first + 1, "committed");
        self.tell(&notice);
        Ok(done)
    }

    /// Tells this observer of every commit from now on, until the subscription is dropped.
    pub fn observe(&self, observer: Arc<dyn Observer>) -> Subscription {
        let mut observers = self.observers.write().unwrap_or_else(PoisonError::into_inner);
        observers.retain(|observer| observer.strong_count() > 0);
        observers.push(Arc::downgrade(&observer));
        Subscription(observer)
    }

    fn reader(&self, access: Access, watch: Option<&Watch>) -> Result<Reader<'_>> {
        let watch = watch.map(Watch::latched);
        Ok(Reader {
            txn: watched_txn::begin(&*self.store, access, watch.as_ref())?,
            watch,
            capabilities: self.store.capabilities(),
            custom_fields: None,
            now: self.environment.clock.now(),
            zone: self.environment.zone,
            phones: self.environment.phones.clone(),
            region: self.environment.region,
        })
    }

    fn begin<'e>(&'e self, authorship: &Authorship, ids: &'e Ids, watch: Option<&Watch>) -> Result<Tx<'e>> {
        let mut reader = self.reader(Access::Write, watch)?;
        let mut last = None;
        let newest = LogQuery {
            newest_first: true,
            limit: Some(1),
            ..LogQuery::default()
        };
        reader.txn.read_log(&newest, &mut |commit, change| {
            last = Some((commit.stamp, change.sequence));
            Ok(ControlFlow::Break(()))
        })?;
        let stamp = Stamp::next(last.map(|(stamp, _)| stamp), reader.now);
        // What is written at one time has one time, whatever the clock of the machine did.
        reader.now = stamp.time();
        let commit = Commit {
            origin: reader.capabilities.replica,
            stamp,
            actor: authorship.actor.clone(),
            cause: authorship.cause,
            batch: BatchId(ids.next(stamp.time())),
            note: authorship.note.clone(),
        };
        Ok(Tx::new(reader, ids, commit, last.map_or(0, |(_, sequence)| sequence)))
    }

    fn tell(&self, notice: &Notice) {
        let observers: Vec<_> = {
            let observers = self.observers.read().unwrap_or_else(PoisonError::into_inner);
            observers.iter().filter_map(Weak::upgrade).collect()
        };
        for observer in observers {
            observer.committed(notice);
        }
    }

    /// A write within a write would wait for itself, so it is refused instead.
    fn writing_on_this_thread(&self) -> Result<Alone> {
        let engine: *const Self = self;
        if !WRITES_WITH.with_borrow_mut(|engines| engines.insert(engine.addr())) {
            return Err(CrmError::refused(
                "transaction.nested",
                "this thread is writing already",
                "Use the transaction at hand, or write after it",
            ));
        }
        Ok(Alone(engine.addr()))
    }
}

/// Forgets the writer when the write ends, however it ends.
struct Alone(usize);

impl Drop for Alone {
    fn drop(&mut self) {
        WRITES_WITH.with_borrow_mut(|engines| engines.remove(&self.0));
    }
}
