use std::sync::Arc;

use crate::engine::{
    Authorship, BatchId, Cause, Engine, Entity, Environment, MemoryStore, Observer, Reader, Result, Schema, Store,
    Subscription, Tx,
};

macro_rules! schema {
    ($($module:ident::$entity:ident, $id:ident;)+) => {
        /// All kinds of records.
        pub const SCHEMA: Schema = Schema::new(&[$(crate::$module::$entity::DEF),+]);
    };
}

crate::for_each_entity!(schema);

/// The handle on a CRM: cheap to clone, safe to share between threads.
///
/// ```
/// use crm_core::{Crm, customers::{Customer, CustomerDraft}, engine::{Conditions, Query}};
/// let crm = Crm::in_memory().with_actor("li.wei");
/// crm.write(|tx| {
///     tx.create(CustomerDraft::organization("Acme GmbH"))?;
///     tx.create(CustomerDraft::person("李明"))
/// })?;
/// let query = Query::of::<Customer>().filter(Customer::NAME.is("李明"));
/// assert_eq!(crm.read(|reader| reader.count(&query))?, 1);
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Crm {
    engine: Arc<Engine>,
    authorship: Authorship,
}

impl Crm {
    /// A CRM in memory, gone with the process.
    pub fn in_memory() -> Self {
        Self::new(Box::new(MemoryStore::new(SCHEMA)), Environment::default())
    }

    /// A CRM on a store.
    pub fn new(store: Box<dyn Store>, environment: Environment) -> Self {
        Self {
            engine: Arc::new(Engine::new(store, environment)),
            authorship: Authorship {
                actor: "unknown".into(),
                cause: Cause::Edit,
                note: None,
            },
        }
    }

    /// The same CRM, in which this person or program writes.
    #[must_use]
    pub fn with_actor(mut self, actor: impl Into<String>) -> Self {
        self.authorship.actor = actor.into();
        self
    }

    /// The same CRM, in which writing has this cause.
    #[must_use]
    pub fn with_cause(mut self, cause: Cause) -> Self {
        self.authorship.cause = cause;
        self
    }

    /// The same CRM, in which the change log keeps this note with what is written: `call with Li`.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.authorship.note = Some(note.into());
        self
    }

    /// The engine, for authors of bindings.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Reads, all from one state of the database.
    ///
    /// # Errors
    /// Of the storage, and what `work` returns.
    pub fn read<T>(&self, work: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> Result<T> {
        self.engine.read(work)
    }

    /// Writes in one transaction: all of it, or nothing where `work` fails. `work` may be run again.
    ///
    /// # Errors
    /// What `work` returns, [`crate::engine::CrmError::Busy`], and a refusal of a write within a write.
    pub fn write<T>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.engine.write(&self.authorship, work)
    }

    /// Puts back everything that a batch changed, and returns the batch of the undo.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Refused`] that names what was changed since.
    pub fn undo(&self, batch: BatchId) -> Result<BatchId> {
        let undo = self.clone().with_cause(Cause::Undo);
        undo.write(|tx| tx.undo(batch).map(|()| tx.batch()))
    }

    /// Tells this observer of every commit from now on, until the subscription is dropped.
    pub fn observe(&self, observer: impl Observer) -> Subscription {
        self.engine.observe(Arc::new(observer))
    }
}
