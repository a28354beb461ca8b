//! The format of the file: created, recognised, and brought up to date by numbered migrations written by hand.

use crm_core::SCHEMA;
use crm_core::engine::{CrmError, Result};
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Refusal;
use crate::migrations::fill_sort_names;
use crate::patience::Patience;
use crate::search;

/// What each version of the format added, in order. Released ones never change.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_records.sql"),
    include_str!("migrations/0002_competitors.sql"),
    concat!(
        include_str!("migrations/0003_first_hour.sql"),
        include_str!("migrations/0003_views.sql"),
    ),
];

/// The format that this version writes, and the newest that it reads.
pub const FORMAT: i64 = MIGRATIONS.len() as i64;

/// The last format that changed what finds a record: files from before it get their search index filled anew.
const INDEXED_SINCE: i64 = 3;
/// The first format in which customers have a sort name.
const SORTED_SINCE: i64 = 3;

/// Marks a file as one of crmkit: `CRMK`.
pub(crate) const APPLICATION_ID: i64 = 0x4352_4d4b;

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// There is nothing in it yet.
    Empty,
    /// It is a crmkit file of this format.
    Format(i64),
    /// It belongs to another application.
    Foreign,
}

/// Looks at a file without changing it.
pub(crate) fn inspect(connection: &Connection) -> rusqlite::Result<Found> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, format) = (number("application_id")?, number("user_version")?);
    let objects: i64 = connection.query_row("SELECT COUNT(*) FROM sqlite_schema", (), |row| row.get(0))?;
    Ok(match (application, format, objects) {
        (0, 0, 0) => Found::Empty,
        (APPLICATION_ID, format, _) if format > 0 => Found::Format(format),
        _ => Found::Foreign,
    })
}

impl Found {
    /// Refuses what this version must leave alone.
    pub(crate) fn check(self) -> Result<Self> {
        match self {
            Self::Foreign => Err(CrmError::Corrupt {
                reason: "it is the database of another application".into(),
            }),
            Self::Format(found) if found > FORMAT => Err(CrmError::NewerFormat {
                found,
                supported: FORMAT,
            }),
            known => Ok(known),
        }
    }

    /// How many migrations it has had.
    fn format(self) -> i64 {
        match self {
            Self::Format(format) => format,
            Self::Empty | Self::Foreign => 0,
        }
    }
}

/// Brings an empty or older file to the format of this version, in one exclusive transaction; a file that is there
/// already stays as it is. `replica` is the id that a new file gets.
pub(crate) fn migrate(connection: &Connection, patience: &Patience, replica: Uuid) -> Result<()> {
    const OPERATION: &str = "upgrading the file";
    patience.retry(OPERATION, || connection.execute_batch("BEGIN EXCLUSIVE"))?;
    let migrated = run_migrations(connection, replica);
    match migrated {
        Ok(()) => patience.retry(OPERATION, || connection.execute_batch("COMMIT")),
        Err(error) => {
            connection.execute_batch("ROLLBACK").during(OPERATION)?;
            Err(error)
        }
    }
}

fn run_migrations(connection: &Connection, replica: Uuid) -> Result<()> {
    const OPERATION: &str = "upgrading the file";
    // Another process may have been here while this one waited.
    let before = inspect(connection).during(OPERATION)?.check()?.format();
    let done = usize::try_from(before).unwrap_or(MIGRATIONS.len());
    for migration in MIGRATIONS.iter().skip(done) {
        connection.execute_batch(migration).during(OPERATION)?;
    }
    if (1..SORTED_SINCE).contains(&before) {
        fill_sort_names(connection)?;
    }
    if (1..INDEXED_SINCE).contains(&before) {
        search::fill(connection, SCHEMA)?;
    }
    if before == 0 {
        connection
            .execute(
                "INSERT INTO meta (name, value) VALUES ('replica', ?1)",
                [replica.as_bytes()],
            )
            .during(OPERATION)?;
    }
    if before < FORMAT {
        tracing::info!(from = before, to = FORMAT, "migrated the file");
        connection
            .pragma_update(None, "application_id", APPLICATION_ID)
            .during(OPERATION)?;
        connection
            .pragma_update(None, "user_version", FORMAT)
            .during(OPERATION)?;
    }
    Ok(())
}
