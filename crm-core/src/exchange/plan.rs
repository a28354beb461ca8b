use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::header::{Column, find_column};
use super::import::Import;
use super::presets::{self, Preset, Sheet};
use super::report::{ImportResult, Preview, Progress};
use super::resolve::Names;
use super::sniff::{Dialect, Survey, survey};
use super::source::Source;
use super::target::{DateOrder, DecimalSign, Target};
use super::{guess, run};
use crate::engine::expr::meant;
use crate::engine::{Cause, CrmError, EntityDef, Result, Session, Tx};
use crate::sales::NewStage;

/// Told how far a run has come; stops it by returning `Break`.
type Watcher = dyn Fn(Progress) -> ControlFlow<()> + Send + Sync;

/// How a file becomes records: what was found out about it, and where each column goes. Printing it shows both.
///
/// Nothing is written until [`Plan::run`].
#[derive(Clone)]
pub struct Plan {
    pub(super) source: Source,
    pub(super) entity: &'static EntityDef,
    pub(super) names: Names,
    pub(super) dialect: Dialect,
    pub(super) rows: u64,
    pub(super) columns: Vec<Column>,
    pub(super) preset: Option<(&'static Preset, &'static Sheet)>,
    pub(super) constants: Vec<(Target, String)>,
    /// What every row has by the headers of the file, unless the mapping says otherwise.
    pub(super) assumed: Vec<(Target, String)>,
    pub(super) decimal: Option<DecimalSign>,
    pub(super) dates: Option<DateOrder>,
    pub(super) currency: Option<String>,
    pub(super) stages: Vec<NewStage>,
    pub(super) is_disarmed: bool,
    pub(super) refused_to: Option<PathBuf>,
    pub(super) watcher: Option<(u64, Arc<Watcher>)>,
}

/// What was set for the whole of a file; nothing where the file itself must tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings<'p> {
    /// The ISO 4217 code of the currency of amounts that name none.
    pub currency: Option<&'p str>,
    /// How it writes numbers.
    pub decimal_sign: Option<DecimalSign>,
    /// How it writes dates.
    pub date_order: Option<DateOrder>,
    /// The file in which refused rows are kept.
    pub refused_to: Option<&'p Path>,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Plan")
            .field("source", &self.source)
            .field("entity", &self.entity.table)
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

impl Plan {
    /// The plan of a file whose rows become records of a kind: the one that is given, or the one that its headers tell.
    pub(super) fn new(import: Import, entity: Option<&'static EntityDef>, session: &Session) -> Result<Self> {
        let names = Names::of(session)?;
        let survey = survey(&import, session.watch())?;
        let known = presets::detect(&survey.columns);
        let known = known.filter(|(_, sheet)| entity.is_none() || sheet.entity == entity);
        let entity = entity.or(known.and_then(|(_, sheet)| sheet.entity));
        let entity = entity.ok_or_else(|| no_kind(&import, known, survey.rows))?;
        Ok(Self::of_survey(import, survey, entity, known, names))
    }

    fn of_survey(
        import: Import,
        survey: Survey,
        entity: &'static EntityDef,
        known: Option<(&'static Preset, &'static Sheet)>,
        names: Names,
    ) -> Self {
        let mut columns = survey.columns;
        let (mut assumed, stages) = known.map_or_else(Default::default, |(_, sheet)| sheet.apply(&mut columns));
        let guessed = guess::targets(&mut columns, entity, &names);
        if known.is_none() {
            assumed = guessed;
        }
        let refused_to = import.source.path().map(|path| path.with_extension("refused.csv"));
        Self {
            source: import.source,
            entity,
            names,
            dialect: survey.dialect,
            rows: survey.rows,
            columns,
            preset: known,
            constants: Vec::new(),
            assumed,
            decimal: None,
            dates: None,
            currency: None,
            stages,
            is_disarmed: known.is_some_and(|(preset, _)| preset.is_disarmed),
            refused_to,
            watcher: None,
        }
    }

    /// The name of the file.
    pub fn name(&self) -> String {
        self.source.name()
    }

    /// The system whose export the headers tell it is, where they tell one: `Salesforce`.
    pub fn preset(&self) -> Option<&'static str> {
        self.preset.map(|(preset, _)| preset.name)
    }

    /// What a row becomes.
    pub fn entity(&self) -> &'static EntityDef {
        self.entity
    }

    /// What was found out about the file.
    pub fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    /// How many rows it has, without the header.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// What was set for the whole file.
    pub fn settings(&self) -> Settings<'_> {
        Settings {
            currency: self.currency.as_deref(),
            decimal_sign: self.decimal,
            date_order: self.dates,
            refused_to: self.refused_to.as_deref(),
        }
    }

    /// The columns, with the targets they have so far.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The headers of the columns that go nowhere.
    pub fn unmapped(&self) -> impl Iterator<Item = &str> {
        let unmapped = self.columns.iter().filter(|column| column.targets.is_empty());
        unmapped.map(|column| column.header.as_str())
    }

    /// The cells of the first rows as they were read, to be shown beside the headers; a row that cannot be read is left
    /// out.
    ///
    /// # Errors
    /// [`CrmError::Storage`] where the file cannot be read.
    pub fn first_rows(&self, count: usize) -> Result<Vec<Vec<String>>> {
        let mut records = self.dialect.records(self.source.open(None)?)?;
        // The header.
        records.next()?;
        let mut rows = Vec::new();
        while rows.len() < count
            && let Some(record) = records.next()?
        {
            if record.fault.is_none() {
                rows.push(record.cells().map(str::to_owned).collect());
            }
        }
        Ok(rows)
    }

    /// The same mapping for another file with the same columns, such as a file of refused rows that was mended.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] that names a mapped column which the other file has not, and those of
    /// [`super::EntityImport::plan`].
    pub fn for_file(&self, session: &Session, import: Import) -> Result<Self> {
        let mut plan = import.into_entity(self.entity).plan(session)?;
        plan.columns.iter_mut().for_each(|column| column.targets.clear());
        for column in &self.columns {
            match find_column(&plan.columns, &column.header) {
                Some(place) => {
                    plan.columns[place].targets = column.targets.clone();
                    plan.columns[place].guessed = column.guessed;
                }
                None if column.targets.is_empty() => {}
                None => {
                    return Err(self.no_such_column(&column.header, &plan.columns));
                }
            }
        }
        Ok(Self {
            constants: self.constants.clone(),
            assumed: self.assumed.clone(),
            decimal: self.decimal,
            dates: self.dates,
            currency: self.currency.clone(),
            stages: self.stages.clone(),
            is_disarmed: self.is_disarmed,
            watcher: self.watcher.clone(),
            ..plan
        })
    }

    /// Sends a column to this target, and to no other.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for a header that the file has not, or a target that the records have not.
    pub fn map(&mut self, header: &str, target: Target) -> Result<&mut Self> {
        self.check(&target)?;
        let column = self.column(header)?;
        column.guessed = false;
        column.targets = vec![target];
        Ok(self)
    }

    /// Sends a column to this target as well.
    ///
    /// # Errors
    /// As [`Plan::map`].
    pub fn map_also(&mut self, header: &str, target: Target) -> Result<&mut Self> {
        self.check(&target)?;
        let column = self.column(header)?;
        column.guessed = false;
        column.targets.push(target);
        Ok(self)
    }

    /// Fills a target in every row with the same text, as if the file had a column of it.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for a target that the records have not.
    pub fn set(&mut self, target: Target, text: impl Into<String>) -> Result<&mut Self> {
        self.check(&target)?;
        self.constants.push((target, text.into()));
        Ok(self)
    }

    /// The target that a name stands for: a field, or what records have beside their fields: `email`, `phone`, `web`,
    /// `tags`, `job_title`, and the `employer` by its name.
    ///
    /// ```
    /// use crm_core::{Crm, customers::Customer, exchange::{Import, Target}};
    /// let plan = Import::bytes("Firma,Mail\nAcme,info@acme.example\n").into::<Customer>().plan(&Crm::in_memory())?;
    /// assert_eq!((plan.target("name"), plan.target("email")), (Target::field("name"), Target::email()));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    pub fn target(&self, name: &str) -> Target {
        let beside = match name {
            _ if self.entity.field_named(name).is_ok() => None,
            "email" => Some(Target::email()),
            "phone" => Some(Target::phone()),
            "web" => Some(Target::web()),
            "tags" => Some(Target::tags()),
            "job_title" => Some(Target::job_title()),
            "employer" => Some(Target::employer("name")),
            _ => None,
        };
        beside.unwrap_or_else(|| Target::field(name))
    }

    /// How the file writes numbers. Without it the file itself must tell, or a number that could mean two is refused.
    pub fn decimal_sign(&mut self, sign: DecimalSign) -> &mut Self {
        self.decimal = Some(sign);
        self
    }

    /// How the file writes dates. Without it the file itself must tell, or a date that could mean two is refused.
    pub fn date_order(&mut self, order: DateOrder) -> &mut Self {
        self.dates = Some(order);
        self
    }

    /// The ISO 4217 code of the currency of all amounts that name none.
    pub fn currency(&mut self, code: impl Into<String>) -> &mut Self {
        self.currency = Some(code.into());
        self
    }

    /// The file was written for a spreadsheet, as by [`super::Export::spreadsheet`]: the apostrophe before what looks
    /// like a formula is no part of the cell.
    pub fn disarmed(&mut self) -> &mut Self {
        self.is_disarmed = true;
        self
    }

    /// The stages that are made where the file names them and the pipeline has none of the name, in their order. A
    /// pipeline that is missing is made as well, with one stage of each kind at least. What the file names besides
    /// becomes an open stage before the closed ones. Without this, a row with a stage that is not there is refused.
    pub fn stages(&mut self, stages: Vec<NewStage>) -> &mut Self {
        self.stages = stages;
        self
    }

    /// The file in which refused rows are kept with their reasons.
    pub fn refused_to(&mut self, path: impl Into<PathBuf>) -> &mut Self {
        self.refused_to = Some(path.into());
        self
    }

    /// Keeps no file of refused rows.
    pub fn without_refused_file(&mut self) -> &mut Self {
        self.refused_to = None;
        self
    }

    /// Calls `watcher` after each `rows` rows and after the last; the import stops, with nothing kept, when it returns
    /// `Break`.
    pub fn on_progress(
        &mut self,
        rows: u64,
        watcher: impl Fn(Progress) -> ControlFlow<()> + Send + Sync + 'static,
    ) -> &mut Self {
        self.watcher = Some((rows.max(1), Arc::new(watcher)));
        self
    }

    /// What a run would do now, row by row. It is done and taken back again, so it is what would happen, not a guess;
    /// meanwhile nobody else can write.
    ///
    /// # Errors
    /// As [`Plan::run`].
    pub fn preview(&self, session: &Session) -> Result<Preview> {
        run::preview(self, session)
    }

    /// Imports the file in one transaction, which can be undone as one batch.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for a mapping that cannot work, [`CrmError::Cancelled`] where the watcher stopped it, and
    /// those of the storage. A row that breaks a rule is no error: it is refused, and nothing of it is written.
    pub fn run(&self, session: &Session) -> Result<ImportResult> {
        session.clone().with_cause(Cause::Import).write(|tx| self.run_in(tx))
    }

    /// Imports the file in a transaction that is there already, so that several files are one batch. Give the
    /// transaction the cause [`Cause::Import`] with [`Session::with_cause`].
    ///
    /// # Errors
    /// As [`Plan::run`].
    pub fn run_in(&self, tx: &mut Tx<'_>) -> Result<ImportResult> {
        run::import(self, tx)
    }

    /// What every row has.
    pub(super) fn always(&self) -> impl Iterator<Item = &(Target, String)> {
        let said = || self.columns.iter().flat_map(|column| &column.targets);
        let set = || self.constants.iter().map(|(target, _)| target);
        let assumed = self.assumed.iter();
        let assumed = assumed.filter(move |(target, _)| !said().chain(set()).any(|other| other.collides(target)));
        self.constants.iter().chain(assumed)
    }

    fn column(&mut self, header: &str) -> Result<&mut Column> {
        let place = find_column(&self.columns, header).ok_or_else(|| self.no_such_column(header, &self.columns))?;
        Ok(&mut self.columns[place])
    }

    fn no_such_column(&self, header: &str, columns: &[Column]) -> CrmError {
        let near = meant(header, columns.iter().map(|column| column.header.as_str()));
        CrmError::invalid(
            self.entity.name,
            "mapping",
            "the file has no such column, or more than one",
            format!("{near}Use one of {}", headers(columns)),
        )
    }

    fn check(&self, target: &Target) -> Result<()> {
        super::resolve::check(target, self.entity, &self.names)
    }
}

/// Why a file cannot be planned without being told what its rows are.
fn no_kind(import: &Import, known: Option<(&Preset, &Sheet)>, rows: u64) -> CrmError {
    let name = import.source.name();
    match known {
        Some((preset, sheet)) => CrmError::refused(
            "import.no_such_records",
            format!(
                "{name} holds {rows} {} of {}, for which there is no kind of record",
                sheet.object, preset.name
            ),
            "Leave the file out",
        ),
        None => CrmError::invalid(
            "import",
            "header",
            format!("the headers of {name} are of no export that is known"),
            "Say what its rows are with into, and map its columns",
        ),
    }
}

fn headers(columns: &[Column]) -> String {
    let headers: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
    headers.join(", ")
}
