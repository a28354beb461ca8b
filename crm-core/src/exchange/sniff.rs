use super::header::Column;
use super::import::Import;
use crate::engine::Result;

/// How a file writes its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// The encoding, by its name on the web.
    pub encoding: &'static str,
    /// The sign between cells.
    pub delimiter: u8,
}

pub(super) struct Survey {
    pub(super) dialect: Dialect,
    pub(super) columns: Vec<Column>,
    pub(super) rows: u64,
}

pub(super) fn survey(_import: &Import) -> Result<Survey> {
    Ok(Survey {
        dialect: Dialect {
            encoding: "UTF-8",
            delimiter: b',',
        },
        columns: Vec::new(),
        rows: 0,
    })
}
