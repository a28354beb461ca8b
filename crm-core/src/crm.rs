use std::ops::Deref;

use crate::demo::{self, Demo};
use crate::engine::{Cause, Entity, Environment, MemoryStore, Result, Schema, Session, Store, Watch};
use crate::insight::{Search, SearchResults};
use crate::report::Report;

macro_rules! schema {
    ($($module:ident::$entity:ident, $id:ident;)+) => {
        /// All kinds of records.
        pub const SCHEMA: Schema =
            Schema::new(&[$(crate::$module::$entity::DEF),+]).with_custom_fields(crate::customization::DEFINITIONS);
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
pub struct Crm(Session);

impl Crm {
    /// A CRM in memory, gone with the process.
    pub fn in_memory() -> Self {
        Self::new(Box::new(MemoryStore::new(SCHEMA)), Environment::default())
    }

    /// A CRM on a store.
    pub fn new(store: Box<dyn Store>, environment: Environment) -> Self {
        Self(Session::new(store, environment))
    }

    /// Fills an empty CRM with a company to look at: customers in Chinese, German and English, and a year of selling to
    /// them up to now. The same seed at the same time gives the same records, ids included.
    ///
    /// It is one batch, which can be undone.
    ///
    /// ```
    /// use crm_core::{Crm, customers::Customer, engine::{Conditions, Query}};
    /// let crm = Crm::in_memory();
    /// let demo = crm.load_demo(7)?;
    /// assert_eq!((demo.organizations, demo.people, demo.opportunities), (60, 200, 150));
    /// let query = Query::of::<Customer>().filter(Customer::NAME.is("李明"));
    /// assert!(crm.read(|reader| reader.first::<Customer>(&query))?.is_some());
    /// crm.undo(demo.batch)?;
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Refused`] with the rule `demo.needs_empty_crm` where there is any record.
    pub fn load_demo(&self, seed: u64) -> Result<Demo> {
        demo::load(&self.0, seed)
    }

    /// The same CRM, in which this person or program writes.
    #[must_use]
    pub fn with_actor(self, actor: impl Into<String>) -> Self {
        Self(self.0.with_actor(actor))
    }

    /// The same CRM, in which writing has this cause.
    #[must_use]
    pub fn with_cause(self, cause: Cause) -> Self {
        Self(self.0.with_cause(cause))
    }

    /// The same CRM, in which the change log keeps this note with what is written: `call with Li`.
    #[must_use]
    pub fn with_note(self, note: impl Into<String>) -> Self {
        Self(self.0.with_note(note))
    }

    /// The same CRM, in which every call ends with [`crate::engine::CrmError::Cancelled`], and nothing of it is kept, when
    /// this watch breaks while it works or waits.
    #[must_use]
    pub fn with_watch(self, watch: Watch) -> Self {
        Self(self.0.with_watch(watch))
    }

    /// The picture of the company as one page of HTML that needs nothing else: see [`Report`].
    ///
    /// # Errors
    /// Of the storage.
    pub fn report(&self) -> Result<String> {
        Ok(self.read(Report::now)?.html())
    }

    /// The 20 records of any kind that are closest to what a person typed: names by any part, pinyin, initials, words,
    /// numbers and addresses. [`Search`] asks for more, or for some kinds only.
    ///
    /// # Errors
    /// Of the storage.
    pub fn search(&self, typed: &str) -> Result<SearchResults> {
        self.read(|reader| Search::new(typed).run(reader))
    }
}

/// Reading, writing and undoing are those of the [`Session`].
impl Deref for Crm {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}
