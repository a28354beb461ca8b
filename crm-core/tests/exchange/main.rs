//! Imports, as rules.

mod export;
mod files;
mod mutations;
mod opportunities;
mod run;
mod support;
mod text;
