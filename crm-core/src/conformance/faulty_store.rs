use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;

use crate::engine::{
    Access, Aggregate, Assignment, Capabilities, Change, ChangeSink, Commit, CrmError, CustomIndex, EntityDef,
    LogQuery, Query, Result, RowKey, RowSink, RowSource, Store, Txn, Watch,
};

/// A store that fails when told to: what a full disk or a lost drive does at the worst moment.
#[derive(Debug)]
pub struct FaultyStore {
    inner: Box<dyn Store>,
    fault: Fault,
}

/// When a [`FaultyStore`] fails.
#[derive(Debug, Clone, Default)]
pub struct Fault(Arc<AtomicU64>);

impl FaultyStore {
    /// The same store, and the handle by which it is told to fail.
    pub fn new(inner: Box<dyn Store>) -> (Self, Fault) {
        let fault = Fault::default();
        let store = Self {
            inner,
            fault: fault.clone(),
        };
        (store, fault)
    }
}

impl Fault {
    /// Lets the call with this number from now on, counted from 1 over all transactions, fail with
    /// [`CrmError::Storage`]; with 0 none.
    pub fn fail_at(&self, call: u64) {
        self.0.store(call, Ordering::SeqCst);
    }

    /// How many calls are left until one fails; so it tells as well how many were made.
    pub fn calls_left(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }

    fn strike(&self) -> Result<()> {
        let left = self
            .0
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left == Ok(1) {
            return Err(CrmError::storage(
                "writing",
                "the disk is full",
                "Make room, and try again",
            ));
        }
        Ok(())
    }
}

impl Store for FaultyStore {
    fn begin(&self, access: Access, watch: Option<&Watch>) -> Result<Box<dyn Txn>> {
        Ok(Box::new(FaultyTxn {
            inner: self.inner.begin(access, watch)?,
            fault: self.fault.clone(),
        }))
    }

    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    fn as_any(&self) -> &dyn Any {
        self.inner.as_any()
    }
}

struct FaultyTxn {
    inner: Box<dyn Txn>,
    fault: Fault,
}

impl Txn for FaultyTxn {
    fn get(&mut self, entity: &'static EntityDef, id: Uuid, sink: RowSink<'_>) -> Result<bool> {
        self.fault.strike()?;
        self.inner.get(entity, id, sink)
    }

    fn query(&mut self, query: &Query, sink: RowSink<'_>) -> Result<()> {
        self.fault.strike()?;
        self.inner.query(query, sink)
    }

    fn aggregate(&mut self, aggregate: &Aggregate, sink: RowSink<'_>) -> Result<()> {
        self.fault.strike()?;
        self.inner.aggregate(aggregate, sink)
    }

    fn insert(&mut self, entity: &'static EntityDef, row: &dyn RowSource) -> Result<()> {
        self.fault.strike()?;
        self.inner.insert(entity, row)
    }

    fn update(&mut self, key: &RowKey, set: &[Assignment]) -> Result<u64> {
        self.fault.strike()?;
        self.inner.update(key, set)
    }

    fn delete(&mut self, key: &RowKey) -> Result<u64> {
        self.fault.strike()?;
        self.inner.delete(key)
    }

    fn append_log(&mut self, commit: &Commit, changes: &[Change]) -> Result<()> {
        self.fault.strike()?;
        self.inner.append_log(commit, changes)
    }

    fn read_log(&mut self, query: &LogQuery, sink: ChangeSink<'_>) -> Result<()> {
        self.fault.strike()?;
        self.inner.read_log(query, sink)
    }

    fn index_custom_fields(&mut self, wanted: &[CustomIndex]) -> Result<()> {
        self.fault.strike()?;
        self.inner.index_custom_fields(wanted)
    }

    fn commit(self: Box<Self>) -> Result<()> {
        self.fault.strike()?;
        self.inner.commit()
    }
}
