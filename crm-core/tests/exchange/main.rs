//! Imports, as rules.

mod files;
mod opportunities;
mod run;
mod support;
mod text;
