use std::any::Any;
use std::fmt;
use std::ops::ControlFlow;

use uuid::Uuid;

use super::aggregate::Aggregate;
use super::custom::CustomIndex;
use super::entity::{EntityDef, RowSink, RowSource};
use super::log::{Change, Commit, LogQuery};
use super::query::Query;
use super::value::Value;
use super::watch::Watch;
use super::{Result, Schema};

/// A database that holds CRM records. Object-safe on purpose: no generics, no lifetimes, no async, no backend types.
///
/// The number of methods is fixed: a new entity changes neither these traits nor any store. A new store is one crate
/// that passes the suite of `conformance`.
pub trait Store: fmt::Debug + Send + Sync + 'static {
    /// Begins a transaction. One for writing has the store's one write lock when this returns.
    ///
    /// The watch, where there is one, is asked while the transaction waits, and within each call that takes long; when it
    /// breaks, what runs ends with [`super::CrmError::Cancelled`]. The caller asks it between the calls, and latches it.
    ///
    /// # Errors
    /// [`super::CrmError::Busy`] when another writer kept the lock for the whole deadline, and
    /// [`super::CrmError::Cancelled`].
    fn begin(&self, access: Access, watch: Option<&Watch>) -> Result<Box<dyn Txn>>;

    /// What the store is and can do.
    fn capabilities(&self) -> Capabilities;

    /// The store as its own type, for what only that type can do. One that wraps another answers with that one.
    fn as_any(&self) -> &dyn Any;
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading, from one state of the database.
    Read,
    /// Reading and writing.
    Write,
}

/// What a store is and can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Its name, for logs.
    pub name: &'static str,
    /// The entities it has tables for.
    pub schema: Schema,
    /// The database's own id, under which its changes stand in the change log.
    pub replica: Uuid,
    /// Whether what is committed outlives the process.
    pub durable: bool,
}

/// One transaction. Dropped is rolled back; `commit` consumes it, so it cannot happen twice.
///
/// Queries and aggregates arrive prepared ([`Query::prepared`], [`Aggregate::prepared`]).
pub trait Txn: Send {
    /// Reads the record with this id, deleted or not; false where there is none.
    ///
    /// # Errors
    /// Of the storage, or of the sink.
    fn get(&mut self, entity: &'static EntityDef, id: Uuid, sink: RowSink<'_>) -> Result<bool>;

    /// Reads the records of a query, in its order.
    ///
    /// # Errors
    /// Of the storage, or of the sink.
    fn query(&mut self, query: &Query, sink: RowSink<'_>) -> Result<()>;

    /// Reads the groups of an aggregate: keys, then measures; ordered by the keys.
    ///
    /// # Errors
    /// Of the storage, of the sink, or [`super::CrmError::Invalid`] for a sum that cannot be had.
    fn aggregate(&mut self, aggregate: &Aggregate, sink: RowSink<'_>) -> Result<()>;

    /// Writes a record that is not there yet.
    ///
    /// # Errors
    /// [`super::CrmError::Duplicate`] where one has this id.
    fn insert(&mut self, entity: &'static EntityDef, row: &dyn RowSource) -> Result<()>;

    /// Sets fields of a record; returns how many records changed: 0 where there is none at the expected revision.
    ///
    /// # Errors
    /// Of the storage.
    fn update(&mut self, key: &RowKey, set: &[Assignment]) -> Result<u64>;

    /// Takes a record out of its table; returns how many there were.
    ///
    /// # Errors
    /// Of the storage.
    fn delete(&mut self, key: &RowKey) -> Result<u64>;

    /// Appends changes of one commit to the change log, numbered in order. It may come in pieces, and the note of the
    /// last piece is that of the commit.
    ///
    /// # Errors
    /// Of the storage.
    fn append_log(&mut self, commit: &Commit, changes: &[Change]) -> Result<()>;

    /// Reads the change log.
    ///
    /// # Errors
    /// Of the storage, or of the sink.
    fn read_log(&mut self, query: &LogQuery, sink: ChangeSink<'_>) -> Result<()>;

    /// Keeps an index on each of these custom fields, and on no others. A store that finds them without may ignore it.
    ///
    /// # Errors
    /// Of the storage.
    fn index_custom_fields(&mut self, wanted: &[CustomIndex]) -> Result<()>;

    /// Makes everything durable and visible, all at once.
    ///
    /// # Errors
    /// Of the storage; then nothing was kept.
    fn commit(self: Box<Self>) -> Result<()>;
}

/// Which row a write means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowKey {
    /// The kind of record.
    pub entity: &'static EntityDef,
    /// Its id.
    pub id: Uuid,
    /// The revision it must be at, where that matters.
    pub revision: Option<i64>,
}

/// A field and the value it gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The place of the field.
    pub field: usize,
    /// Its new value.
    pub value: Value,
}

/// Where the change log hands its entries, one at a time; it stops when told to break.
pub type ChangeSink<'a> = &'a mut dyn FnMut(&Commit, Change) -> Result<ControlFlow<()>>;
