//! How every connection is set up.

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::functions;
use crate::open::Durability;

/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 256;

/// Settings that change nothing in the file.
pub(crate) fn harden(connection: &Connection) -> rusqlite::Result<()> {
    // Waiting is ours: with one deadline for a whole call, and with jitter.
    connection.busy_timeout(std::time::Duration::ZERO)?;
    for (setting, on) in [
        // Else the bundled build plans a cached statement anew for every value that is bound.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        // A misspelt column must be an error, not a text.
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        connection.set_db_config(setting, on)?;
    }
    connection.pragma_update(None, "cell_size_check", true)?;
    // References are rules of the engine.
    connection.pragma_update(None, "foreign_keys", false)
}

/// Settings for work, after [`harden`].
pub(crate) fn tune(connection: &Connection, durability: Durability) -> rusqlite::Result<()> {
    let synchronous = match durability {
        Durability::Full => "FULL",
        Durability::Normal => "NORMAL",
    };
    connection.pragma_update(None, "synchronous", synchronous)?;
    // No memory map: an error of the disk would end the process by a signal instead of an error.
    connection.pragma_update(None, "mmap_size", 0)?;
    // In KiB where negative; taken only as it is needed.
    connection.pragma_update(None, "cache_size", -32_768)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // What a large import leaves of the log file is given back.
    connection.pragma_update(None, "journal_size_limit", 16 << 20)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    functions::register(connection)
}
