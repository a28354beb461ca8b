use uuid::Uuid;

use super::Result;
use super::aggregate::Aggregate;
use super::custom::CustomIndex;
use super::entity::{EntityDef, RowSink, RowSource};
use super::log::{Change, Commit, LogQuery};
use super::query::Query;
use super::store::{Access, Assignment, ChangeSink, RowKey, Store, Txn};
use super::watch::Watch;

/// What the error of a stopped call names.
const READ: &str = "the read";
pub(super) const WRITE: &str = "the write";

/// After how many rows the watch is asked.
const ROWS_BETWEEN_LOOKS: u32 = 64;

/// Begins a transaction that ends with [`super::CrmError::Cancelled`] when the watch breaks.
///
/// The store asks while it works within a call; here the watch is asked between the calls and between the rows, so that
/// nothing goes on after a call that was stopped. It is latched already.
pub(super) fn begin(store: &dyn Store, access: Access, watch: Option<&Watch>) -> Result<Box<dyn Txn>> {
    let Some(watch) = watch else {
        return store.begin(access, None);
    };
    Ok(Box::new(WatchedTxn {
        inner: store.begin(access, Some(watch))?,
        watch: watch.clone(),
        operation: match access {
            Access::Read => READ,
            Access::Write => WRITE,
        },
    }))
}

struct WatchedTxn {
    inner: Box<dyn Txn>,
    watch: Watch,
    operation: &'static str,
}

impl WatchedTxn {
    fn call<T>(&mut self, work: impl FnOnce(&mut dyn Txn, &Pace<'_>) -> Result<T>) -> Result<T> {
        let Self {
            inner,
            watch,
            operation,
        } = self;
        watch.check(operation)?;
        let pace = Pace { watch, operation };
        // Whatever a store says that was stopped on the way: it was stopped.
        work(&mut **inner, &pace).or_else(|error| watch.check(operation).and(Err(error)))
    }
}

/// Asks between rows.
struct Pace<'w> {
    watch: &'w Watch,
    operation: &'static str,
}

impl Pace<'_> {
    fn each(&self) -> impl FnMut() -> Result<()> {
        let mut rows = 0_u32;
        move || {
            rows = rows.wrapping_add(1);
            if rows.is_multiple_of(ROWS_BETWEEN_LOOKS) {
                self.watch.check(self.operation)?;
            }
            Ok(())
        }
    }
}

impl Txn for WatchedTxn {
    fn get(&mut self, entity: &'static EntityDef, id: Uuid, sink: RowSink<'_>) -> Result<bool> {
        self.call(|txn, _| txn.get(entity, id, sink))
    }

    fn query(&mut self, query: &Query, sink: RowSink<'_>) -> Result<()> {
        self.call(|txn, pace| {
            let mut look = pace.each();
            txn.query(query, &mut |row| look().and_then(|()| sink(row)))
        })
    }

    fn aggregate(&mut self, aggregate: &Aggregate, sink: RowSink<'_>) -> Result<()> {
        self.call(|txn, pace| {
            let mut look = pace.each();
            txn.aggregate(aggregate, &mut |row| look().and_then(|()| sink(row)))
        })
    }

    fn insert(&mut self, entity: &'static EntityDef, row: &dyn RowSource) -> Result<()> {
        self.call(|txn, _| txn.insert(entity, row))
    }

    fn update(&mut self, key: &RowKey, set: &[Assignment]) -> Result<u64> {
        self.call(|txn, _| txn.update(key, set))
    }

    fn delete(&mut self, key: &RowKey) -> Result<u64> {
        self.call(|txn, _| txn.delete(key))
    }

    fn append_log(&mut self, commit: &Commit, changes: &[Change]) -> Result<()> {
        self.call(|txn, _| txn.append_log(commit, changes))
    }

    fn read_log(&mut self, query: &LogQuery, sink: ChangeSink<'_>) -> Result<()> {
        self.call(|txn, pace| {
            let mut look = pace.each();
            txn.read_log(query, &mut |commit, change| look().and_then(|()| sink(commit, change)))
        })
    }

    fn index_custom_fields(&mut self, wanted: &[CustomIndex]) -> Result<()> {
        self.call(|txn, _| txn.index_custom_fields(wanted))
    }

    fn commit(self: Box<Self>) -> Result<()> {
        self.watch.check(self.operation)?;
        self.inner.commit()
    }
}
