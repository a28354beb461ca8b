//! The SQLite store passes the suite that every store runs, and answers random programs like the store in memory.

use std::any::Any;
use std::time::Duration;

use crm_core::SCHEMA;
use crm_core::engine::{Access, Capabilities, CrmError, Result, Store, Txn, Watch};
use crm_sqlite::{OpenOptions, SqliteStore};
use tempfile::TempDir;

/// A store in a folder of its own, which goes with it.
#[derive(Debug)]
struct InFolder {
    store: SqliteStore,
    _folder: TempDir,
}

impl Store for InFolder {
    fn begin(&self, access: Access, watch: Option<&Watch>) -> Result<Box<dyn Txn>> {
        self.store.begin(access, watch)
    }

    fn capabilities(&self) -> Capabilities {
        self.store.capabilities()
    }

    fn as_any(&self) -> &dyn Any {
        self.store.as_any()
    }
}

fn in_folder(deadline: Duration) -> Result<Box<dyn Store>> {
    let folder = tempfile::tempdir().map_err(|error| CrmError::storage("making a folder", error.to_string(), ""))?;
    let options = OpenOptions::new(folder.path().join("crm.db")).busy_deadline(deadline);
    let store = SqliteStore::open(&options, SCHEMA)?;
    Ok(Box::new(InFolder { store, _folder: folder }))
}

fn store() -> Result<Box<dyn Store>> {
    in_folder(Duration::from_secs(30))
}

fn impatient() -> Result<Box<dyn Store>> {
    in_folder(Duration::from_millis(100))
}

fn in_memory() -> Result<Box<dyn Store>> {
    Ok(Box::new(SqliteStore::open(&OpenOptions::in_memory(), SCHEMA)?))
}

crm_core::conformance_tests!(store, impatient);

#[test]
fn two_thousand_random_programs_give_what_the_store_in_memory_gives() -> Result<()> {
    crm_core::conformance::programs(&in_memory, 0..2_000).map(drop)
}
