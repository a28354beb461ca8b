//! A store that counts what it is asked.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crm_core::engine::{
    Access, Aggregate, Assignment, Capabilities, Change, ChangeSink, Commit, CustomIndex, EntityDef, LogQuery, Query,
    Result, RowKey, RowSink, RowSource, Store, Txn, Watch,
};
use crm_core::values::Uuid;

/// A store, and how often its records were asked for.
#[derive(Debug)]
pub(crate) struct CountingStore {
    inner: Box<dyn Store>,
    asked: Arc<AtomicU64>,
}

impl CountingStore {
    pub(crate) fn new(inner: impl Store) -> (Self, Arc<AtomicU64>) {
        let asked = Arc::new(AtomicU64::new(0));
        let store = Self {
            inner: Box::new(inner),
            asked: Arc::clone(&asked),
        };
        (store, asked)
    }
}

impl Store for CountingStore {
    fn begin(&self, access: Access, watch: Option<&Watch>) -> Result<Box<dyn Txn>> {
        Ok(Box::new(CountingTxn {
            inner: self.inner.begin(access, watch)?,
            asked: Arc::clone(&self.asked),
        }))
    }

    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct CountingTxn {
    inner: Box<dyn Txn>,
    asked: Arc<AtomicU64>,
}

impl CountingTxn {
    fn count(&self) {
        self.asked.fetch_add(1, Ordering::SeqCst);
    }
}

impl Txn for CountingTxn {
    fn get(&mut self, entity: &'static EntityDef, id: Uuid, sink: RowSink<'_>) -> Result<bool> {
        self.count();
        self.inner.get(entity, id, sink)
    }

    fn query(&mut self, query: &Query, sink: RowSink<'_>) -> Result<()> {
        self.count();
        self.inner.query(query, sink)
    }

    fn aggregate(&mut self, aggregate: &Aggregate, sink: RowSink<'_>) -> Result<()> {
        self.count();
        self.inner.aggregate(aggregate, sink)
    }

    fn insert(&mut self, entity: &'static EntityDef, row: &dyn RowSource) -> Result<()> {
        self.inner.insert(entity, row)
    }

    fn update(&mut self, key: &RowKey, set: &[Assignment]) -> Result<u64> {
        self.inner.update(key, set)
    }

    fn delete(&mut self, key: &RowKey) -> Result<u64> {
        self.inner.delete(key)
    }

    fn append_log(&mut self, commit: &Commit, changes: &[Change]) -> Result<()> {
        self.inner.append_log(commit, changes)
    }

    fn read_log(&mut self, query: &LogQuery, sink: ChangeSink<'_>) -> Result<()> {
        self.count();
        self.inner.read_log(query, sink)
    }

    fn index_custom_fields(&mut self, wanted: &[CustomIndex]) -> Result<()> {
        self.inner.index_custom_fields(wanted)
    }

    fn commit(self: Box<Self>) -> Result<()> {
        self.inner.commit()
    }
}
