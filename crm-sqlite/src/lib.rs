//! crmkit's records in one SQLite file.
//!
//! [`open`] gives the [`Crm`](crm_core::Crm) on a file; [`OpenOptions`] says how. [`CrmFile`] is what a CRM in a file
//! can do beyond records: answer SQL, back itself up, look itself over. [`SqliteStore`] is the store beneath, for those
//! who build an engine of their own.

mod backup;
mod checkpoints;
mod column;
mod crm_file;
mod custom;
mod custom_index;
mod error;
mod functions;
mod guard;
mod locks;
mod log;
mod log_fields;
mod migrate;
mod migrations;
mod open;
mod open_files;
mod patience;
#[cfg(test)]
mod plan_tests;
mod pool;
mod pragma;
mod render;
mod render_aggregate;
mod render_filter;
mod schema;
mod search;
mod sql;
mod sql_words;
mod store;
mod tally;
mod turns;
mod txn;
mod verify;
#[cfg(test)]
mod views;

pub use backup::{BackupOptions, BackupProgress, BackupReport};
pub use crm_file::CrmFile;
pub use migrate::FORMAT;
pub use open::{Durability, OpenOptions, open};
pub use sql::{SqlOptions, SqlRows, SqlValue};
pub use store::SqliteStore;
pub use verify::{Finding, Verification};
