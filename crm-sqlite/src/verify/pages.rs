use crm_core::engine::Result;

use super::{Check, Kind, LISTED, OPERATION, RESTORE};
use crate::error::Refusal;

const DAMAGED: Kind = Kind {
    code: "pages.damaged",
    fix: RESTORE,
};

/// The pages, tables and indexes are what SQLite wrote; those of the full-text indexes with them.
pub(super) fn check(check: &mut Check<'_>) -> Result<()> {
    let mut statement = check
        .connection
        .prepare(&format!("PRAGMA integrity_check({LISTED})"))
        .during(OPERATION)?;
    let lines: Vec<String> = statement
        .query_map((), |row| row.get(0))
        .and_then(Iterator::collect)
        .during(OPERATION)?;
    for line in lines.into_iter().filter(|line| line != "ok") {
        check.find(DAMAGED, None, None, format!("SQLite finds: {line}."));
    }
    Ok(())
}
