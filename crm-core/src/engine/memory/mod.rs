//! The store in memory: the reference model for every other, and a real store for tests and short-lived data.
//!
//! Its tables are persistent maps, so a transaction works on a snapshot that costs nothing to take, and readers never
//! wait for a writer.

mod search_index;
mod table;
mod transaction;

use std::any::Any;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::store::{Access, Capabilities, Store, Txn};
use super::watch::Watch;
use super::{CrmError, Result, Schema};
use table::State;
use transaction::MemoryTxn;

/// How often a writer that waits asks its watch.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Records in memory, gone with the process.
#[derive(Debug, Clone)]
pub struct MemoryStore {
    schema: Schema,
    replica: Uuid,
    deadline: Duration,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    committed: Mutex<State>,
    writing: Mutex<bool>,
    done: Condvar,
}

impl MemoryStore {
    /// An empty store for these entities.
    pub fn new(schema: Schema) -> Self {
        Self {
            schema,
            replica: Uuid::nil(),
            deadline: Duration::from_secs(30),
            shared: Arc::new(Shared {
                committed: Mutex::new(State::empty(schema)),
                writing: Mutex::new(false),
                done: Condvar::new(),
            }),
        }
    }

    /// The same store, whose writers wait this long for each other.
    #[must_use]
    pub fn with_busy_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }
}

impl Store for MemoryStore {
    fn begin(&self, access: Access, watch: Option<&Watch>) -> Result<Box<dyn Txn>> {
        let permit = match access {
            Access::Read => None,
            Access::Write => Some(Permit::take(&self.shared, self.deadline, watch)?),
        };
        let state = lock(&self.shared.committed).clone();
        Ok(Box::new(MemoryTxn::new(
            self.schema,
            state,
            Arc::clone(&self.shared),
            permit,
            watch.cloned(),
        )))
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            name: "memory",
            schema: self.schema,
            replica: self.replica,
            durable: false,
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The right to write, given back when dropped.
#[derive(Debug)]
struct Permit(Arc<Shared>);

impl Permit {
    fn take(shared: &Arc<Shared>, deadline: Duration, watch: Option<&Watch>) -> Result<Self> {
        let begun = Instant::now();
        let mut writing = lock(&shared.writing);
        while *writing {
            watch.map_or(Ok(()), |watch| watch.check("waiting to write"))?;
            let left = deadline.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return Err(CrmError::Busy {
                    waited: begun.elapsed(),
                });
            }
            let waited = shared.done.wait_timeout(writing, left.min(BETWEEN_LOOKS));
            writing = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        *writing = true;
        Ok(Self(Arc::clone(shared)))
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *lock(&self.0.writing) = false;
        self.0.done.notify_one();
    }
}

/// A panic elsewhere leaves the state as it was: states are replaced whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
