//! The engine's own promises, kept on every store: history, undo, the past, the feed, deletion, search, refusals, faults.

mod company;
mod custom_fields;
mod deletion;
mod faults;
mod feed;
mod past;
mod refusals;
mod search;
mod undo;
mod watch;

pub use custom_fields::custom_fields;
pub use deletion::{deletion_in_use, restoring};
pub use faults::faults;
pub use feed::{feed, stamps};
pub use past::{history, past};
pub use refusals::refusals;
pub use search::search;
pub use undo::{undo, undo_refusals};
pub use watch::{watched_waiting, watches};
