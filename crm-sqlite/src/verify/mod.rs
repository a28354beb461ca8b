//! Looks a database over: its pages, its format, its references, its log, its values and its search index. Reads only; repairs nothing.
//!
//! A check is one function in a file of its own, listed in [`CHECKS`].

mod format;
mod log;
mod pages;
mod references;
mod search;
mod values;

use std::fmt;
use std::time::{Duration, Instant};

use crm_core::engine::{CrmError, Result, Schema};
use rusqlite::{Connection, Row};
use uuid::Uuid;

use crate::error::Refusal;
use crate::pool::Lease;

const OPERATION: &str = "verifying the file";

/// How many findings of one kind are listed in one table: what comes after them has the same cause.
const LISTED: u32 = 100;

/// The checks, in their order: each may take for granted what those before it look at.
const CHECKS: [fn(&mut Check<'_>) -> Result<()>; 6] = [
    pages::check,
    format::check,
    references::check,
    log::check,
    values::check,
    search::check,
];

/// What was found when a database was looked over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// What is wrong; at most a hundred of one kind in one table. Empty where all is well.
    pub findings: Vec<Finding>,
    /// How many records were looked at, deleted ones included.
    pub records: u64,
    /// How many changes the log holds.
    pub changes: u64,
    /// How long it took.
    pub elapsed: Duration,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing, stable across versions: `reference.missing`.
    pub code: &'static str,
    /// The table, where one is meant.
    pub table: Option<&'static str>,
    /// The record, where one is meant.
    pub id: Option<Uuid>,
    /// What is wrong, as a sentence. It never holds what a record says.
    pub sentence: String,
    /// What to do about it, as a sentence.
    pub fix: &'static str,
}

impl Verification {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

impl fmt::Display for Verification {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            findings,
            records,
            changes,
            ..
        } = self;
        write!(formatter, "{records} records and {changes} changes: ")?;
        match findings.len() {
            0 => formatter.write_str("all is well"),
            count => write!(formatter, "{count} finding(s)"),
        }?;
        findings.iter().try_for_each(|finding| write!(formatter, "\n{finding}"))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.code)?;
        if let Some(table) = self.table {
            write!(formatter, "{table} ")?;
        }
        if let Some(id) = self.id {
            write!(formatter, "{id} ")?;
        }
        write!(formatter, "{} {}", self.sentence, self.fix)
    }
}

/// Looks over what a transaction for reading sees.
pub(crate) fn run(lease: &Lease, schema: Schema) -> Result<Verification> {
    let begun = Instant::now();
    let mut check = Check {
        connection: lease.connection()?,
        schema,
        findings: Vec::new(),
    };
    for look in CHECKS {
        match look(&mut check) {
            // Where pages are damaged, the other checks may not get through them.
            Err(CrmError::Corrupt { reason }) => {
                check.find(UNREADABLE, None, None, format!("A check ended: {reason}."))
            }
            other => other?,
        }
    }
    let verification = Verification {
        records: schema.entities().map(|entity| check.count(entity.table)).sum(),
        changes: check.count("changes"),
        findings: check.findings,
        elapsed: begun.elapsed(),
    };
    // A check that was stopped may have taken that for a finding.
    lease.watch().map_or(Ok(()), |watch| watch.check(OPERATION))?;
    Ok(verification)
}

/// What a check has at hand.
struct Check<'c> {
    connection: &'c Connection,
    schema: Schema,
    findings: Vec<Finding>,
}

/// What a finding says, whichever record it is of.
#[derive(Debug, Clone, Copy)]
struct Kind {
    code: &'static str,
    fix: &'static str,
}

const UNREADABLE: Kind = Kind {
    code: "pages.unreadable",
    fix: RESTORE,
};

const RESTORE: &str = "Restore the newest backup that verifies, and keep this file.";

impl Check<'_> {
    fn find(&mut self, kind: Kind, table: Option<&'static str>, id: Option<Uuid>, sentence: impl Into<String>) {
        self.findings.push(Finding {
            code: kind.code,
            table,
            id,
            sentence: sentence.into(),
            fix: kind.fix,
        });
    }

    /// A finding for each of the first rows that a statement returns; it takes the limit as `?1` and returns the id.
    fn find_each(
        &mut self,
        kind: Kind,
        table: &'static str,
        sql: &str,
        sentence: impl Fn(&Row<'_>) -> rusqlite::Result<String>,
    ) -> Result<()> {
        let mut statement = self.connection.prepare(sql).during(OPERATION)?;
        let found: Vec<(Option<Uuid>, String)> = statement
            .query_map([LISTED], |row| Ok((id_of(row)?, sentence(row)?)))
            .and_then(Iterator::collect)
            .during(OPERATION)?;
        for (id, sentence) in found {
            self.find(kind, Some(table), id, sentence);
        }
        Ok(())
    }

    /// How many rows a table has; none where it cannot be read, which is a finding of its own.
    fn count(&self, table: &str) -> u64 {
        let sql = format!("SELECT COUNT(*) FROM \"{table}\"");
        let count = self.connection.query_row(&sql, (), |row| row.get(0));
        count.map_or(0, i64::unsigned_abs)
    }

    /// Whether the file has a table; one that is missing is a finding of its own.
    fn has_table(&self, table: &str) -> bool {
        self.connection.table_exists(None, table).unwrap_or(false)
    }
}

/// The id in the first column; nothing where that is no id.
fn id_of(row: &Row<'_>) -> rusqlite::Result<Option<Uuid>> {
    Ok(row
        .get_ref(0)?
        .as_blob()
        .ok()
        .and_then(|bytes| Uuid::from_slice(bytes).ok()))
}
