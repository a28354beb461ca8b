//! Pages that follow from the code: written by `make pages`, and checked here for drift.

#![cfg(test)]

mod errors;
mod schema;

use std::path::{Path, PathBuf};

/// Set by `make pages`: then a page that differs is written instead of refused.
const WRITE: &str = "CRMKIT_WRITE_PAGES";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Holds a page against what it must say.
fn check(page: &str, expected: &str) {
    let path = root().join(page);
    if std::env::var_os(WRITE).is_some() {
        return std::fs::write(&path, expected).unwrap();
    }
    let found = read(&path);
    assert!(
        found == expected,
        "{page} says something else than the code; run `make pages` and look at the difference"
    );
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
