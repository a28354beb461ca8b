//! A folder of exports, imported as a whole: every file whose headers tell what it is, those first to which others
//! refer, in one transaction and so as one batch. Rows find what they refer to by its id in the other system.

use std::fmt;
use std::path::PathBuf;

use super::import::Import;
use super::plan::Plan;
use super::report::{ImportResult, Preview};
use super::run;
use super::source::unreadable;
use super::target::{DateOrder, DecimalSign, Place};
use crate::engine::{BatchId, Cause, CrmError, Result, Session, Tx};

/// The tables in the order in which files of their records are imported.
const ORDER: [&str; 6] = [
    "users",
    "products",
    "customers",
    "campaigns",
    "opportunities",
    "campaign_members",
];

/// A folder whose files are to be imported.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
}

/// The plans of the files of a folder, in the order in which they are imported. Printing it shows them all.
#[derive(Debug, Clone)]
pub struct Bundle {
    plans: Vec<Plan>,
    skipped: Vec<SkippedFile>,
}

/// A file that is not imported, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedFile {
    /// Its name, without the folder.
    pub name: String,
    /// Why, and what to do.
    pub reason: String,
}

/// What a run would do with each file.
#[derive(Debug, Clone, PartialEq)]
pub struct BundlePreview {
    /// The files by name, in the order in which they are imported.
    pub files: Vec<(String, Preview)>,
    /// The files that are not imported.
    pub skipped: Vec<SkippedFile>,
}

/// What a run did with each file.
#[derive(Debug, Clone, PartialEq)]
pub struct BundleResult {
    /// The batch by which all of it can be undone.
    pub batch: Option<BatchId>,
    /// The files by name, in the order in which they were imported.
    pub files: Vec<(String, ImportResult)>,
    /// The files that were not imported.
    pub skipped: Vec<SkippedFile>,
}

impl Folder {
    pub(super) const fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Reads every CSV file of the folder once, and plans those whose headers tell what they are. Files of refused rows
    /// are passed over. Writes nothing.
    ///
    /// # Errors
    /// [`CrmError::Storage`] that names the folder or the file which cannot be read.
    pub fn plan(self, session: &Session) -> Result<Bundle> {
        let folder_unreadable = |error| unreadable(&self.path.to_string_lossy(), &error);
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(&self.path).map_err(folder_unreadable)? {
            paths.push(entry.map_err(folder_unreadable)?.path());
        }
        paths.sort();
        let mut bundle = Bundle {
            plans: Vec::new(),
            skipped: Vec::new(),
        };
        for path in paths {
            let import = Import::file(&path);
            let name = import.source.name();
            if !name.to_lowercase().ends_with(".csv") || name.ends_with(".refused.csv") {
                continue;
            }
            match import.plan(session) {
                Ok(plan) => bundle.plans.push(plan),
                Err(error @ (CrmError::Invalid { .. } | CrmError::Refused { .. })) => {
                    let reason = error.to_string();
                    bundle.skipped.push(SkippedFile { name, reason });
                }
                Err(error) => return Err(error),
            }
        }
        bundle.plans.sort_by_key(place_in_order);
        Ok(bundle)
    }
}

/// Organizations come before the people who work for them.
fn place_in_order(plan: &Plan) -> (usize, bool) {
    let table = ORDER.iter().position(|table| *table == plan.entity.table);
    let has_employers = plan.columns.iter().flat_map(|column| &column.targets);
    let has_employers = has_employers
        .into_iter()
        .any(|target| matches!(target.place, Place::Employer(_)));
    (table.unwrap_or(ORDER.len()), has_employers)
}

impl Bundle {
    /// The plans, in the order in which they run.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The plan of a file, by its name, to change where its columns go.
    pub fn plan_mut(&mut self, file: &str) -> Option<&mut Plan> {
        self.plans.iter_mut().find(|plan| plan.name() == file)
    }

    /// The files that are not imported.
    pub fn skipped(&self) -> &[SkippedFile] {
        &self.skipped
    }

    /// The ISO 4217 code of the currency of all amounts that name none.
    pub fn currency(&mut self, code: &str) -> &mut Self {
        self.each(|plan| {
            plan.currency(code);
        })
    }

    /// How the files write numbers that could mean two.
    pub fn decimal_sign(&mut self, sign: DecimalSign) -> &mut Self {
        self.each(|plan| {
            plan.decimal_sign(sign);
        })
    }

    /// How the files write dates that could mean two.
    pub fn date_order(&mut self, order: DateOrder) -> &mut Self {
        self.each(|plan| {
            plan.date_order(order);
        })
    }

    /// Keeps no files of refused rows.
    pub fn without_refused_files(&mut self) -> &mut Self {
        self.each(|plan| {
            plan.without_refused_file();
        })
    }

    fn each(&mut self, change: impl Fn(&mut Plan)) -> &mut Self {
        self.plans.iter_mut().for_each(change);
        self
    }

    /// What a run would do now, file by file. It is done and taken back again.
    ///
    /// # Errors
    /// As [`Plan::run`].
    pub fn preview(&self, session: &Session) -> Result<BundlePreview> {
        let files = run::taken_back(session, |tx| self.all(|plan| run::preview_in(plan, tx)))?;
        Ok(BundlePreview {
            files,
            skipped: self.skipped.clone(),
        })
    }

    /// Imports all files in one transaction, which can be undone as one batch.
    ///
    /// # Errors
    /// As [`Plan::run`].
    pub fn run(&self, session: &Session) -> Result<BundleResult> {
        session.clone().with_cause(Cause::Import).write(|tx| self.run_in(tx))
    }

    /// Imports all files in a transaction that is there already.
    ///
    /// # Errors
    /// As [`Plan::run`].
    pub fn run_in(&self, tx: &mut Tx<'_>) -> Result<BundleResult> {
        let files = self.all(|plan| run::import(plan, tx))?;
        Ok(BundleResult {
            batch: files.first().map(|(_, result)| result.batch),
            files,
            skipped: self.skipped.clone(),
        })
    }

    fn all<T>(&self, mut work: impl FnMut(&Plan) -> Result<T>) -> Result<Vec<(String, T)>> {
        let done = self.plans.iter().map(|plan| Ok((plan.name(), work(plan)?)));
        done.collect()
    }
}

impl fmt::Display for Bundle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for plan in &self.plans {
            writeln!(formatter, "{plan}")?;
        }
        write_skipped(formatter, &self.skipped)
    }
}

impl fmt::Display for BundlePreview {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, preview) in &self.files {
            write!(formatter, "{name}: {preview}")?;
        }
        write_skipped(formatter, &self.skipped)
    }
}

impl fmt::Display for BundleResult {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, result) in &self.files {
            write!(formatter, "{name}: {result}")?;
        }
        write_skipped(formatter, &self.skipped)
    }
}

fn write_skipped(formatter: &mut fmt::Formatter<'_>, skipped: &[SkippedFile]) -> fmt::Result {
    for SkippedFile { name, reason } in skipped {
        writeln!(formatter, "{name}: not imported: {reason}")?;
    }
    Ok(())
}
