use std::any::Any;
use std::path::Path;
use std::sync::Arc;

use crm_core::engine::{Access, Capabilities, CrmError, Result, Schema, Store, Txn, Watch};
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Refusal;
use crate::guard::Link;
use crate::open::{OpenOptions, Place};
use crate::pool::{Lease, Pool};
use crate::schema::Tables;
use crate::txn::SqliteTxn;

/// Records in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    schema: Schema,
    tables: Arc<Tables>,
    pool: Arc<Pool>,
    replica: Uuid,
}

impl SqliteStore {
    /// Opens the store, and creates the file where there is none.
    ///
    /// ```
    /// use crm_core::SCHEMA;
    /// use crm_core::engine::Store;
    /// use crm_sqlite::{OpenOptions, SqliteStore};
    /// let store = SqliteStore::open(&OpenOptions::in_memory(), SCHEMA)?;
    /// assert_eq!(store.capabilities().name, "sqlite");
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// As [`OpenOptions::open`].
    pub fn open(options: &OpenOptions, schema: Schema) -> Result<Self> {
        let (place, new_id) = options.place()?;
        let link = place.prepare(new_id)?;
        Self::on(place, link, schema)
    }

    fn on(place: Place, link: Link, schema: Schema) -> Result<Self> {
        let found = check_tables(&link, schema).and_then(|()| replica(&link));
        // Made before the check is judged: the pool closes its connections with care.
        let pool = Arc::new(Pool::new(place, link));
        Ok(Self {
            schema,
            tables: Arc::new(Tables::of(schema)),
            replica: found?,
            pool,
        })
    }

    /// A connection with a transaction begun on it.
    pub(crate) fn lease(&self, access: Access, watch: Option<&Watch>) -> Result<Lease> {
        self.pool.lease(access, watch)
    }

    /// The file; nothing where the records live in memory.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.pool.place().file()
    }

    pub(crate) fn schema(&self) -> Schema {
        self.schema
    }
}

impl Store for SqliteStore {
    fn begin(&self, access: Access, watch: Option<&Watch>) -> Result<Box<dyn Txn>> {
        if access == Access::Write && self.pool.place().read_only() {
            return Err(CrmError::storage(
                "beginning to write",
                "the file was opened read-only",
                "Open it without read_only",
            ));
        }
        let lease = self.lease(access, watch)?;
        Ok(Box::new(SqliteTxn::new(self.schema, Arc::clone(&self.tables), lease)))
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            name: "sqlite",
            schema: self.schema,
            replica: self.replica,
            durable: !self.pool.place().in_memory(),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn check_tables(connection: &Connection, schema: Schema) -> Result<()> {
    const OPERATION: &str = "reading the file's tables";
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .during(OPERATION)?;
    let tables: Vec<String> = statement
        .query_map((), |row| row.get(0))
        .and_then(Iterator::collect)
        .during(OPERATION)?;
    let missing = schema
        .entities()
        .find(|entity| !tables.iter().any(|table| table == entity.table));
    missing.map_or(Ok(()), |entity| {
        Err(CrmError::Corrupt {
            reason: format!("the table {} is missing", entity.table),
        })
    })
}

fn replica(connection: &Connection) -> Result<Uuid> {
    let bytes: [u8; 16] = connection
        .query_row("SELECT value FROM meta WHERE name = 'replica'", (), |row| row.get(0))
        .during("reading the id of the file")?;
    Ok(Uuid::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use crm_core::customers::{Customer, CustomerDraft};
    use crm_core::engine::{Environment, Query};
    use crm_core::{Crm, SCHEMA};

    use super::*;

    /// A store in a file that may not grow by more than a few pages: all that a full disk is to SQLite.
    fn on_a_nearly_full_disk(options: &OpenOptions) -> SqliteStore {
        let (place, new_id) = options.place().unwrap();
        let connection = place.prepare(new_id).unwrap();
        let pages: i64 = connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        // Answers with the number that it set.
        connection
            .pragma_update_and_check(None, "max_page_count", pages + 20, |_| Ok(()))
            .unwrap();
        SqliteStore::on(place, connection, SCHEMA).unwrap()
    }

    #[test]
    fn a_full_disk_is_named_as_the_reason_and_leaves_nothing_half_written() {
        let folder = tempfile::tempdir().unwrap();
        let options = OpenOptions::new(folder.path().join("crm.db"));
        let crm = Crm::new(Box::new(on_a_nearly_full_disk(&options)), Environment::default());
        let kept = crm.write(|tx| tx.create(CustomerDraft::organization("Kept"))).unwrap();
        let error = crm
            .write(|tx| {
                for _ in 0..1_000 {
                    tx.create(CustomerDraft::organization("Lost ".repeat(100)))?;
                }
                Ok(())
            })
            .unwrap_err();
        assert_eq!(
            (error.code(), &*error.hint()),
            ("storage", "Free some space, then try again")
        );
        let found = crm
            .read(|reader| {
                Ok((
                    reader.find::<Customer>(&Query::of::<Customer>())?,
                    reader.changes(0, 10)?,
                ))
            })
            .unwrap();
        assert_eq!(found.0, [kept]);
        assert_eq!(found.1.len(), 1);
        // What is small enough still goes in: the refused transaction gave its room back.
        crm.write(|tx| tx.create(CustomerDraft::organization("Small"))).unwrap();
    }
}
