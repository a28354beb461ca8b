//! What the benchmarks share: both stores, and the middle of several rounds.

use std::time::Duration;

use crmkit::engine::{CrmError, Result};
use crmkit::{Crm, OpenOptions};

/// Odd, so that there is one in the middle.
pub(crate) const ROUNDS: usize = 5;

/// Opens a new, empty store for a round.
pub(crate) type Open<'a> = &'a dyn Fn(usize) -> Result<Crm>;

/// Measures in memory, then in files of a folder that goes afterwards.
pub(crate) fn on_both_stores(measure: impl Fn(&str, Open<'_>) -> Result<()>) -> Result<()> {
    measure("memory", &|_| Ok(Crm::in_memory()))?;
    let folder = tempfile::tempdir().map_err(|error| {
        CrmError::storage(
            "making a folder",
            error.to_string(),
            "Make room in the folder for temporary files",
        )
    })?;
    measure("SQLite", &|round| {
        OpenOptions::new(folder.path().join(format!("{round}.db"))).open()
    })
}

/// The time in the middle.
pub(crate) fn median(times: impl IntoIterator<Item = Duration>) -> Duration {
    let mut times: Vec<_> = times.into_iter().collect();
    times.sort_unstable();
    times[times.len() / 2]
}
