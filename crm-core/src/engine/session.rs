use std::sync::Arc;

use super::Result;
use super::clock::Ids;
use super::log::{BatchId, Cause};
use super::read::Reader;
use super::store::Store;
use super::unit::{Authorship, Engine, Environment, Observer, Subscription};
use super::watch::Watch;
use super::write::Tx;

/// An engine, and who writes with it: cheap to clone, safe to share between threads.
#[derive(Debug, Clone)]
pub struct Session {
    engine: Arc<Engine>,
    authorship: Authorship,
    watch: Option<Watch>,
}

impl Session {
    /// A session on a store.
    pub fn new(store: Box<dyn Store>, environment: Environment) -> Self {
        Self {
            engine: Arc::new(Engine::new(store, environment)),
            authorship: Authorship {
                actor: "unknown".into(),
                cause: Cause::Edit,
                note: None,
            },
            watch: None,
        }
    }

    /// The same session, in which this person or program writes.
    #[must_use]
    pub fn with_actor(mut self, actor: impl Into<String>) -> Self {
        self.authorship.actor = actor.into();
        self
    }

    /// The same session, in which writing has this cause.
    #[must_use]
    pub fn with_cause(mut self, cause: Cause) -> Self {
        self.authorship.cause = cause;
        self
    }

    /// The same session, in which the change log keeps this note with what is written: `call with Li`.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.authorship.note = Some(note.into());
        self
    }

    /// The same session, in which every call ends with [`super::CrmError::Cancelled`], and nothing of it is kept, when
    /// this watch breaks while it works or waits.
    #[must_use]
    pub fn with_watch(mut self, watch: Watch) -> Self {
        self.watch = Some(watch);
        self
    }

    /// What stops the calls of this session.
    pub fn watch(&self) -> Option<&Watch> {
        self.watch.as_ref()
    }

    /// The engine, for authors of bindings.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Reads, all from one state of the database.
    ///
    /// # Errors
    /// Of the storage, what `work` returns, and [`super::CrmError::Cancelled`].
    pub fn read<T>(&self, work: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> Result<T> {
        self.engine.read_watched(self.watch(), work)
    }

    /// Writes in one transaction: all of it, or nothing where `work` fails. `work` may be run again.
    ///
    /// # Errors
    /// What `work` returns, [`super::CrmError::Busy`], [`super::CrmError::Cancelled`], and a refusal of a write within a
    /// write.
    pub fn write<T>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.write_with_ids(&self.engine.environment().ids, work)
    }

    /// The same, with ids from elsewhere: for what must get the same ids in every database.
    pub(crate) fn write_with_ids<T>(&self, ids: &Ids, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.engine.write_watched(&self.authorship, ids, self.watch(), work)
    }

    /// Puts back everything that a batch changed, and returns the batch of the undo.
    ///
    /// # Errors
    /// [`super::CrmError::Refused`] that names what was changed since.
    pub fn undo(&self, batch: BatchId) -> Result<BatchId> {
        let undo = self.clone().with_cause(Cause::Undo);
        undo.write(|tx| tx.undo(batch).map(|()| tx.batch()))
    }

    /// Tells this observer of every commit from now on, until the subscription is dropped.
    pub fn observe(&self, observer: impl Observer) -> Subscription {
        self.engine.observe(Arc::new(observer))
    }
}
