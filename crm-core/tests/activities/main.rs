//! What was done and what is to be done.

mod interactions;
#[path = "../refusals/mod.rs"]
mod refusals;
mod tasks;
