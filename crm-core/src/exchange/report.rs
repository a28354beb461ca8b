use std::fmt;
use std::path::PathBuf;

use crate::engine::BatchId;

/// How many refused rows a report names; the file of refused rows holds them all.
pub(super) const NAMED_REFUSALS: usize = 100;

/// Of how many rows a preview tells the outcome.
pub(super) const PREVIEWED_ROWS: usize = 1_000;

/// How many refused rows a printed report shows.
const SHOWN_REFUSALS: usize = 10;

/// What became of the rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows that became a new record.
    pub created: u64,
    /// Rows that changed a record.
    pub updated: u64,
    /// Rows that say what is known already.
    pub unchanged: u64,
    /// Rows with nothing in them.
    pub blank: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// Of the rows that were imported, those about a record that a row before them was about already: two memberships
    /// of one customer in a campaign.
    pub merged: u64,
    /// Records that were created because a row refers to them, by table.
    pub created_on_the_way: std::collections::BTreeMap<&'static str, u64>,
}

impl Counts {
    /// All rows of the file.
    pub fn rows(&self) -> u64 {
        self.created + self.updated + self.skipped() + self.refused
    }

    pub(super) fn add(&mut self, outcome: RowOutcome) {
        *match outcome {
            RowOutcome::Created => &mut self.created,
            RowOutcome::Updated => &mut self.updated,
            RowOutcome::Unchanged => &mut self.unchanged,
            RowOutcome::Refused => &mut self.refused,
        } += 1;
    }

    /// Rows that changed nothing: unchanged and blank ones.
    pub fn skipped(&self) -> u64 {
        self.unchanged + self.blank
    }
}

/// A row that was refused, and why. The reason never holds what the row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// The line of the file on which the row begins, from 1.
    pub line: u64,
    /// Why it was refused, and what to do.
    pub reason: String,
}

/// Cells that were left out of rows which were imported, of one column and for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The header of the column.
    pub column: String,
    /// Why they were left out. It never holds what the cells say.
    pub reason: &'static str,
    /// How many there are.
    pub cells: u64,
    /// The line of the file on which the row of the first begins, from 1.
    pub first_line: u64,
}

/// What became of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOutcome {
    /// It becomes a new record.
    Created,
    /// It changes a record.
    Updated,
    /// It says what is known already.
    Unchanged,
    /// It is refused.
    Refused,
}

/// What a run would do, found out by doing it and taking all of it back.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// How many rows would be created, updated, skipped, refused.
    pub counts: Counts,
    /// What would become of the first rows, with the line on which each begins.
    pub rows: Vec<(u64, RowOutcome)>,
    /// The first rows that would be refused.
    pub refused: Vec<RefusedRow>,
    /// What would be left out of rows that are imported.
    pub left_out: Vec<LeftOut>,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportResult {
    /// The batch by which the run can be undone.
    pub batch: BatchId,
    /// How many rows were created, updated, skipped, refused.
    pub counts: Counts,
    /// The first rows that were refused.
    pub refused: Vec<RefusedRow>,
    /// What was left out of rows that were imported.
    pub left_out: Vec<LeftOut>,
    /// The file with every refused row and its reason, where there was any.
    pub refused_file: Option<PathBuf>,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows that are done.
    pub done: u64,
    /// Rows of the file.
    pub rows: u64,
}

impl fmt::Display for Preview {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} row(s) would be imported like this:", self.counts.rows())?;
        write_outcome(formatter, &self.counts, &self.refused, &self.left_out)
    }
}

impl fmt::Display for ImportResult {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{} row(s) imported as batch {}:",
            self.counts.rows(),
            self.batch
        )?;
        write_outcome(formatter, &self.counts, &self.refused, &self.left_out)?;
        match &self.refused_file {
            Some(path) => writeln!(formatter, "the refused rows are in {}", path.display()),
            None => Ok(()),
        }
    }
}

pub(super) fn write_outcome(
    formatter: &mut fmt::Formatter<'_>,
    counts: &Counts,
    refused: &[RefusedRow],
    left_out: &[LeftOut],
) -> fmt::Result {
    let Counts {
        created,
        updated,
        unchanged,
        blank,
        ..
    } = counts;
    writeln!(formatter, "  created {created:>9}")?;
    writeln!(formatter, "  updated {updated:>9}")?;
    writeln!(
        formatter,
        "  skipped {:>9}  ({unchanged} unchanged, {blank} blank)",
        counts.skipped()
    )?;
    writeln!(formatter, "  refused {:>9}", counts.refused)?;
    if counts.merged > 0 {
        writeln!(
            formatter,
            "  merged  {:>9}  (about a record of an earlier row)",
            counts.merged
        )?;
    }
    for (table, count) in &counts.created_on_the_way {
        writeln!(formatter, "  and {count} of {table} that rows refer to")?;
    }
    for one in left_out {
        writeln!(
            formatter,
            "  left out: {} cell(s) of {}, from line {} on: {}",
            one.cells, one.column, one.first_line, one.reason
        )?;
    }
    for RefusedRow { line, reason } in refused.iter().take(SHOWN_REFUSALS) {
        writeln!(formatter, "  line {line}: {reason}")?;
    }
    match counts.refused.saturating_sub(SHOWN_REFUSALS as u64) {
        0 => Ok(()),
        more => writeln!(formatter, "  ... and {more} more"),
    }
}
