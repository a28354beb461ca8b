use std::sync::Arc;

use crm_core::engine::{Access, Capabilities, CrmError, Result, Schema, Store, Txn};
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Refusal;
use crate::open::OpenOptions;
use crate::pool::Pool;
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
        let connection = place.prepare(new_id)?;
        check_tables(&connection, schema)?;
        let replica = replica(&connection)?;
        Ok(Self {
            schema,
            tables: Arc::new(Tables::of(schema)),
            pool: Arc::new(Pool::new(place, connection)),
            replica,
        })
    }
}

impl Store for SqliteStore {
    fn begin(&self, access: Access) -> Result<Box<dyn Txn>> {
        if access == Access::Write && self.pool.place().read_only() {
            return Err(CrmError::storage(
                "beginning to write",
                "the file was opened read-only",
                "Open it without read_only",
            ));
        }
        let lease = self.pool.lease(access)?;
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
