//! The suite of tests that every store runs: the rules of [`Store`] chapter by chapter, random programs held against
//! the store in memory, and the engine's own promises on top of it.
//!
//! A store's crate runs all of it with [`crate::conformance_tests!`]. Rows are written below the rules of their
//! entities; so a store must take any value that a field's kind admits, and references to nothing: rules and
//! references are the engine's.

mod aggregates;
mod change_log;
mod comparisons;
pub mod engine;
mod faulty_store;
mod fields;
mod filters;
mod orders;
mod periods;
mod programs;
mod records;
mod sample;
mod transactions;

pub use aggregates::{groups_and_measures, refused_sums};
pub use change_log::change_log;
pub use comparisons::comparisons;
pub use faulty_store::{Fault, FaultyStore};
pub use fields::fields;
pub use filters::filters;
pub use orders::{orders, pages};
pub use periods::periods;
pub use programs::{Tally, programs};
pub use records::records;
pub use transactions::{busy_writers, isolation};

use crate::engine::{Result, Store};

/// Makes an empty store on [`crate::SCHEMA`].
pub type Factory<'f> = &'f dyn Fn() -> Result<Box<dyn Store>>;

/// Declares the tests of a store: one for each chapter of the suite.
///
/// The first argument makes an empty store, the second one whose writers wait for each other for 100 ms only; both are
/// functions that return `Result<Box<dyn Store>>`.
///
/// ```
/// use std::time::Duration;
/// use crm_core::{SCHEMA, engine::{MemoryStore, Result, Store}};
/// fn store() -> Result<Box<dyn Store>> {
///     Ok(Box::new(MemoryStore::new(SCHEMA)))
/// }
/// fn impatient() -> Result<Box<dyn Store>> {
///     Ok(Box::new(MemoryStore::new(SCHEMA).with_busy_deadline(Duration::from_millis(100))))
/// }
/// crm_core::conformance_tests!(store, impatient);
/// ```
#[macro_export]
macro_rules! conformance_tests {
    ($factory:expr, $impatient:expr) => {
        $crate::conformance_tests!(@each $factory;
            records, fields, isolation, comparisons, filters, orders, pages, groups_and_measures, refused_sums,
            periods, change_log
        );
        $crate::conformance_tests!(@each $impatient; busy_writers);
        $crate::conformance_tests!(@engine $factory;
            history, past, undo, undo_refusals, restoring, deletion_in_use, search, refusals, feed, stamps, faults,
            custom_fields, watches, watched_waiting
        );
    };
    (@each $factory:expr; $($chapter:ident),+) => {$(
        #[test]
        fn $chapter() -> $crate::engine::Result<()> {
            $crate::conformance::$chapter(&$factory)
        }
    )+};
    (@engine $factory:expr; $($chapter:ident),+) => {$(
        #[test]
        fn $chapter() -> $crate::engine::Result<()> {
            $crate::conformance::engine::$chapter(&$factory)
        }
    )+};
}
