//! The rules of custom fields, each stated as a test.

mod definitions;
mod desk;
mod documentation;
mod importing;
mod messages;
mod past;
mod queries;
mod references;
#[path = "../refusals/mod.rs"]
mod refusals;
mod renaming;
mod stored_queries;
mod values;
