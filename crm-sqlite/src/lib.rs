//! crmkit's records in one SQLite file.
//!
//! [`open`] gives the [`Crm`](crm_core::Crm) on a file; [`OpenOptions`] says how. [`SqliteStore`] is the store beneath,
//! for those who build an engine of their own.

mod column;
mod error;
mod functions;
mod log;
mod log_fields;
mod migrate;
mod open;
mod patience;
#[cfg(test)]
mod plan_tests;
mod pool;
mod pragma;
mod render;
mod render_aggregate;
mod render_filter;
mod schema;
mod store;
mod tally;
mod txn;

pub use migrate::FORMAT;
pub use open::{Durability, OpenOptions, open};
pub use store::SqliteStore;
