//! The run of a plan: every row of the file, in one transaction.
//!
//! A row is an attempt ([`Tx::attempt`]): one that breaks a rule, wherever in its work, is taken back and refused, and
//! the run goes on. What fails for other reasons, such as a full disk, fails the run, and nothing is kept.
//!
//! A row that refers to another row of the same file waits until that one is imported: the file is read again, and only
//! the rows that wait are looked at, until none is left or none gets on. Of the rows that wait their numbers and a hash
//! of their own names are kept, and nothing else.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use uuid::Uuid;

use super::landing::{Awaited, Landed, land};
use super::lookup::{LookupKey, Lookups};
use super::plan::Plan;
use super::program::{Program, RowValues};
use super::records::Record;
use super::refused::RefusedFile;
use super::report::{
    Counts, ImportResult, LeftOut, NAMED_REFUSALS, PREVIEWED_ROWS, Preview, Progress, RefusedRow, RowOutcome,
};
use crate::engine::{Cause, CrmError, Result, Session, Tx, Value, Watch};

/// How many times a file is read for rows that wait for each other; only a hierarchy that is deeper, and written
/// upside down, needs more.
const MOST_PASSES: usize = 64;

/// What the error of a cancelled import names.
const IMPORT: &str = "the import";
const PREVIEW: &str = "the preview";

pub(super) fn import(plan: &Plan, tx: &mut Tx<'_>) -> Result<ImportResult> {
    let file = plan.refused_to.as_deref();
    let mut run = Run::new(
        plan,
        tx,
        file.map(|path| RefusedFile::at(path, &plan.columns, plan.dialect.delimiter)),
    )?;
    run.all(tx)?;
    Ok(ImportResult {
        batch: tx.batch(),
        refused_file: run.file.take().map_or(Ok(None), RefusedFile::finish)?,
        counts: run.counts,
        refused: run.refused,
        left_out: run.left_out,
    })
}

/// Runs the plan and takes all of it back.
pub(super) fn preview(plan: &Plan, session: &Session) -> Result<Preview> {
    taken_back(session, |tx| preview_in(plan, tx))
}

/// Runs the plan in a transaction that the caller gives up.
pub(super) fn preview_in(plan: &Plan, tx: &mut Tx<'_>) -> Result<Preview> {
    let mut run = Run::new(plan, tx, None)?;
    run.all(tx)?;
    run.outcomes.sort_unstable_by_key(|(line, _)| *line);
    Ok(Preview {
        counts: run.counts,
        rows: run.outcomes,
        refused: run.refused,
        left_out: run.left_out,
    })
}

/// Does work in a transaction and takes all of it back.
pub(super) fn taken_back<T>(session: &Session, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
    let mut done = None;
    let outcome = session.clone().with_cause(Cause::Import).write(|tx| {
        done = Some(work(tx)?);
        // The transaction is given up with this.
        Err::<(), _>(CrmError::Cancelled { operation: PREVIEW })
    });
    match (outcome, done) {
        (Err(CrmError::Cancelled { operation: PREVIEW }), Some(done)) => Ok(done),
        (Err(error), _) => Err(error),
        (Ok(()), _) => Err(CrmError::Cancelled { operation: PREVIEW }),
    }
}

struct Run<'p> {
    plan: &'p Plan,
    watch: Option<Watch>,
    program: Program,
    lookups: Lookups,
    counts: Counts,
    outcomes: Vec<(u64, RowOutcome)>,
    refused: Vec<RefusedRow>,
    left_out: Vec<LeftOut>,
    /// The records that rows were about.
    landed: HashSet<Uuid>,
    file: Option<RefusedFile>,
    /// How many rows were looked at, those that wait each time.
    looked_at: u64,
    hasher: RandomState,
}

/// The rows that wait for others.
#[derive(Default)]
struct Waiting {
    /// Their numbers, in order.
    rows: Vec<u64>,
    /// The hashes of their own names, by the look-ups that could find them; `None` while the file has not been read.
    names: HashSet<u64>,
}

impl<'p> Run<'p> {
    fn new(plan: &'p Plan, tx: &Tx<'_>, file: Option<RefusedFile>) -> Result<Self> {
        let program = Program::of(plan, tx.zone())?;
        Ok(Self {
            lookups: Lookups::new(&program.lookups),
            plan,
            watch: tx.watch().cloned(),
            program,
            counts: Counts::default(),
            outcomes: Vec::new(),
            refused: Vec::new(),
            left_out: Vec::new(),
            landed: HashSet::new(),
            file,
            looked_at: 0,
            hasher: RandomState::new(),
        })
    }

    fn all(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        for (table, count) in super::pipeline::make_missing(self.plan, &self.program, tx)? {
            self.counts.created_on_the_way.insert(table, count);
        }
        let mut before: Option<Waiting> = None;
        for pass in 1..=MOST_PASSES {
            let waiting = self.pass(before.as_ref(), tx)?;
            if waiting.rows.is_empty() {
                break;
            }
            let stuck = before.is_some_and(|before| before.rows.len() == waiting.rows.len());
            if stuck || pass == MOST_PASSES {
                self.refuse_all(&waiting)?;
                break;
            }
            before = Some(waiting);
        }
        self.refused.sort_unstable_by_key(|refused| refused.line);
        self.tell()
    }

    /// Reads the file once: all rows, or those that wait.
    fn pass(&mut self, before: Option<&Waiting>, tx: &mut Tx<'_>) -> Result<Waiting> {
        let mut waiting = Waiting::default();
        self.each(before, |run, number, record| {
            run.tell_progress()?;
            if run.row(record, before, &mut waiting, tx)? {
                waiting.rows.push(number);
            }
            Ok(())
        })?;
        Ok(waiting)
    }

    /// Hands over the rows of the file: all, or those that wait.
    fn each(
        &mut self,
        only: Option<&Waiting>,
        mut work: impl FnMut(&mut Self, u64, &Record) -> Result<()>,
    ) -> Result<()> {
        let mut records = self.plan.dialect.records(self.plan.source.open(self.watch.as_ref())?)?;
        // The header.
        records.next()?;
        let mut meant = only.map(|waiting| waiting.rows.iter().copied().peekable());
        let mut number = 0;
        while let Some(record) = records.next()? {
            number += 1;
            match &mut meant {
                None => work(self, number, record)?,
                Some(meant) => match meant.peek() {
                    None => break,
                    Some(next) if *next == number => {
                        meant.next();
                        work(self, number, record)?;
                    }
                    Some(_) => {}
                },
            }
        }
        Ok(())
    }

    /// True where the row waits.
    fn row(
        &mut self,
        record: &Record,
        before: Option<&Waiting>,
        waiting: &mut Waiting,
        tx: &mut Tx<'_>,
    ) -> Result<bool> {
        if let Some(reason) = unreadable(record, self.program.width) {
            return self.refuse(record, reason).map(|()| false);
        }
        if !self.program.says_something(record) {
            self.counts.blank += 1;
            return Ok(false);
        }
        let mut values = match self.program.read(record) {
            Ok(values) => values,
            Err(error) => return self.refuse(record, error.to_string()).map(|()| false),
        };
        let names = own_names(&self.program, &values, &self.hasher);
        let left_out = std::mem::take(&mut values.left_out);
        let mut awaited = AwaitedRows {
            names: before.map(|waiting| &waiting.names),
            hasher: &self.hasher,
            created: Vec::new(),
            left_out,
        };
        let (program, lookups) = (&self.program, &mut self.lookups);
        let landed = tx.attempt(|tx| land(program, values, lookups, &mut awaited, tx));
        self.lookups.end_row(landed.is_ok());
        match landed {
            Ok(Landed::Waits) => {
                waiting.names.extend(names);
                Ok(true)
            }
            Ok(Landed::Done(outcome, id)) => {
                let AwaitedRows { created, left_out, .. } = awaited;
                for table in created {
                    *self.counts.created_on_the_way.entry(table).or_default() += 1;
                }
                self.leave_out(record.line, left_out);
                self.counts.merged += u64::from(!self.landed.insert(id));
                self.done(record.line, outcome);
                Ok(false)
            }
            Err(error) if breaks_a_rule(&error) => self.refuse(record, error.to_string()).map(|()| false),
            Err(error) => Err(error),
        }
    }

    fn done(&mut self, line: u64, outcome: RowOutcome) {
        self.counts.add(outcome);
        if outcome == RowOutcome::Updated {
            self.lookups.forget(self.program.entity);
        }
        if self.outcomes.len() < PREVIEWED_ROWS {
            self.outcomes.push((line, outcome));
        }
    }

    fn leave_out(&mut self, line: u64, cells: Vec<(usize, &'static str)>) {
        for (input, reason) in cells {
            let column = &self.program.inputs[input].label;
            let same = |one: &&mut LeftOut| one.column == *column && one.reason == reason;
            match self.left_out.iter_mut().find(same) {
                Some(known) => {
                    known.cells += 1;
                    known.first_line = known.first_line.min(line);
                }
                None => self.left_out.push(LeftOut {
                    column: column.clone(),
                    reason,
                    cells: 1,
                    first_line: line,
                }),
            }
        }
    }

    fn refuse(&mut self, record: &Record, reason: String) -> Result<()> {
        self.done(record.line, RowOutcome::Refused);
        if let Some(file) = &mut self.file {
            file.write(record, &self.plan.columns, &reason)?;
        }
        if self.refused.len() < NAMED_REFUSALS {
            self.refused.push(RefusedRow {
                line: record.line,
                reason,
            });
        }
        Ok(())
    }

    fn refuse_all(&mut self, waiting: &Waiting) -> Result<()> {
        self.each(Some(waiting), |run, _, record| {
            let reason = "it refers to a row that waits for this one, or too many rows wait for each other. \
                          Break the circle, or put the rows referred to first.";
            run.refuse(record, reason.to_owned())
        })
    }

    fn tell_progress(&mut self) -> Result<()> {
        self.looked_at += 1;
        match &self.plan.watcher {
            Some((every, _)) if self.looked_at.is_multiple_of(*every) => self.tell(),
            _ => Ok(()),
        }
    }

    fn tell(&self) -> Result<()> {
        let Some((_, watcher)) = &self.plan.watcher else {
            return Ok(());
        };
        let progress = Progress {
            done: self.counts.rows(),
            rows: self.plan.rows,
        };
        if watcher(progress).is_break() {
            return Err(CrmError::Cancelled { operation: IMPORT });
        }
        Ok(())
    }
}

/// What is wrong with a row before any of its cells is read.
fn unreadable(record: &Record, width: usize) -> Option<String> {
    if let Some(fault) = record.fault {
        return Some(format!("{fault}."));
    }
    let blank = record.cells().all(|cell| super::cell::trimmed(cell).is_empty());
    let beyond = record
        .cells()
        .skip(width)
        .any(|cell| !super::cell::trimmed(cell).is_empty());
    let differs = record.len() < width || beyond;
    (differs && !blank).then(|| {
        format!(
            "the row has {} cells and the header {width}. Quote cells that hold a delimiter, or fill in what is missing.",
            record.len()
        )
    })
}

/// Whether an error is about the row, and not about the whole.
pub(super) fn breaks_a_rule(error: &CrmError) -> bool {
    matches!(
        error,
        CrmError::NotFound { .. }
            | CrmError::Invalid { .. }
            | CrmError::Duplicate { .. }
            | CrmError::Conflict { .. }
            | CrmError::InUse { .. }
            | CrmError::Refused { .. }
    )
}

/// The names by which other rows of the file may refer to this one, hashed.
fn own_names(program: &Program, values: &RowValues<'_>, hasher: &RandomState) -> Vec<u64> {
    let own = program
        .lookups
        .iter()
        .enumerate()
        .filter(|(_, lookup)| lookup.entity == program.entity);
    let names = own.filter_map(|(place, lookup)| {
        let name = match &lookup.by {
            LookupKey::Field(field) => values.record.iter().find_map(|one| match &one.value {
                Value::Text(text) if one.field == *field => Some(text.as_str()),
                _ => None,
            }),
            LookupKey::ExternalId { .. } => values.external_id,
        };
        name.map(|name| hasher.hash_one((place, name)))
    });
    names.collect()
}

/// What one row may wait for, and what it created on the way.
struct AwaitedRows<'w> {
    /// The names of the rows that waited when the file was read before; unknown while it is read first.
    names: Option<&'w HashSet<u64>>,
    hasher: &'w RandomState,
    created: Vec<&'static str>,
    /// The inputs whose cells are left out, and why.
    left_out: Vec<(usize, &'static str)>,
}

impl Awaited for AwaitedRows<'_> {
    fn may_come(&self, lookup: usize, text: &str) -> bool {
        self.names
            .is_none_or(|names| names.contains(&self.hasher.hash_one((lookup, text))))
    }

    fn created_on_the_way(&mut self, table: &'static str) {
        self.created.push(table);
    }

    fn refers_to_nothing(&mut self, input: usize) {
        self.left_out.push((input, "it refers to a record that is not there"));
    }
}
