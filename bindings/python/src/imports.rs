//! Records come in: plans of files, their previews, and their runs.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crmkit::engine::Cause;
use crmkit::exchange::{
    Bundle, CardImport, Counts, DateOrder, DecimalSign, Import, ImportResult, LeftOut, Plan, Preview, RefusedRow,
    RowOutcome,
};
use crmkit::values::ValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::commands::new_stage;
use crate::errors::{exception, wrong_type};
use crate::progress::{Teller, told};
use crate::session::{Session, detached, entity};
use crate::targets::Target;

/// Where an import reads: the file at a path, or a name and the bytes that have it.
#[derive(FromPyObject)]
pub(crate) enum Source {
    Named(String, Vec<u8>),
    Path(PathBuf),
}

impl From<Source> for Import {
    fn from(source: Source) -> Self {
        match source {
            Source::Path(path) => Self::file(path),
            Source::Named(name, bytes) => {
                let bytes: Arc<[u8]> = bytes.into();
                Self::reader(name, move || Ok(Box::new(Cursor::new(Arc::clone(&bytes)))))
            }
        }
    }
}

/// The import of a source, with what is known of how it is written.
fn import(py: Python<'_>, source: Source, encoding: Option<String>, delimiter: Option<char>) -> PyResult<Import> {
    let mut import = Import::from(source);
    if let Some(label) = encoding {
        import = import.encoding(label);
    }
    if let Some(delimiter) = delimiter {
        let delimiter = u8::try_from(delimiter).map_err(|_| {
            let error = ValueError::new("it is not of ASCII", "Give a sign like \";\"");
            wrong_type(py, "import", "delimiter", error)
        })?;
        import = import.delimiter(delimiter);
    }
    Ok(import)
}

pub(crate) fn decimal_sign(py: Python<'_>, sign: &str) -> PyResult<DecimalSign> {
    match sign {
        "." => Ok(DecimalSign::Point),
        "," => Ok(DecimalSign::Comma),
        _ => {
            let error = ValueError::new("it is no sign of decimals", "Give \".\" or \",\"");
            Err(wrong_type(py, "import", "decimal_sign", error))
        }
    }
}

pub(crate) fn date_order(py: Python<'_>, order: &str) -> PyResult<DateOrder> {
    let orders = [DateOrder::DayMonthYear, DateOrder::MonthDayYear];
    orders.into_iter().find(|one| one.to_string() == order).ok_or_else(|| {
        let hint = "Give \"day-month-year\" or \"month-day-year\"";
        wrong_type(
            py,
            "import",
            "date_order",
            ValueError::new("it is no order of dates", hint),
        )
    })
}

/// The plan of a file.
#[pyclass(frozen, module = "crmkit._native")]
pub(crate) struct ImportPlan(Mutex<Plan>);

impl ImportPlan {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The plan as it is, told to a callable of Python; `before` rows of other files are done already, of so many.
    fn told(&self, teller: Option<&Teller>, before: u64, total: Option<u64>) -> Plan {
        let mut plan = self.plan().clone();
        if let Some(teller) = teller.cloned() {
            let total = total.unwrap_or(plan.rows());
            plan.on_progress(1, move |progress| teller.tell(before + progress.done, total));
        }
        plan
    }
}

/// Looks at a file and plans it; writes nothing.
#[pyfunction]
pub(crate) fn plan_import(
    py: Python<'_>,
    session: &Session,
    source: Source,
    table: Option<&str>,
    encoding: Option<String>,
    delimiter: Option<char>,
) -> PyResult<ImportPlan> {
    let crm = session.now(py)?;
    let import = import(py, source, encoding, delimiter)?;
    let plan = match table.map(|table| entity(py, table)).transpose()? {
        Some(entity) => detached(py, || import.into_entity(entity).plan(&crm)),
        None => detached(py, || import.plan(&crm)),
    };
    Ok(ImportPlan(Mutex::new(plan?)))
}

/// The names of the systems whose exports are known.
#[pyfunction]
pub(crate) fn import_presets() -> Vec<&'static str> {
    Import::presets().collect()
}

#[pymethods]
impl ImportPlan {
    fn __str__(&self) -> String {
        self.plan().to_string()
    }

    #[getter]
    fn name(&self) -> String {
        self.plan().name()
    }

    #[getter]
    fn table(&self) -> &'static str {
        self.plan().entity().table
    }

    #[getter]
    fn preset(&self) -> Option<&'static str> {
        self.plan().preset()
    }

    #[getter]
    fn encoding(&self) -> &'static str {
        self.plan().dialect().encoding
    }

    #[getter]
    fn delimiter(&self) -> char {
        self.plan().dialect().delimiter.into()
    }

    #[getter]
    fn rows(&self) -> u64 {
        self.plan().rows()
    }

    fn headers(&self) -> Vec<String> {
        self.plan()
            .columns()
            .iter()
            .map(|column| column.header.clone())
            .collect()
    }

    /// The targets of a column; nothing where the file has no such column.
    fn targets(&self, header: &str) -> Option<Vec<Target>> {
        let plan = self.plan();
        let column = plan.columns().iter().find(|column| column.header == header)?;
        Some(column.targets.iter().cloned().map(Target::from).collect())
    }

    /// Sends a column to these targets, and to no other.
    fn map(&self, py: Python<'_>, header: &str, targets: Vec<Given<'_>>) -> PyResult<()> {
        let mut plan = self.plan();
        // Changed only where all of the targets are right.
        let mut changed = plan.clone();
        let mut targets = targets.into_iter().map(|target| target.of(&plan));
        let first = targets.next().unwrap_or_else(crmkit::exchange::Target::ignored);
        let mapped = changed.map(header, first).map(|_| ());
        mapped
            .and_then(|()| targets.try_for_each(|target| changed.map_also(header, target).map(|_| ())))
            .map_err(|error| exception(py, &error))?;
        drop(targets);
        *plan = changed;
        Ok(())
    }

    /// Fills a target in every row with the same text.
    fn set(&self, py: Python<'_>, target: Given<'_>, text: String) -> PyResult<()> {
        let mut plan = self.plan();
        let target = target.of(&plan);
        plan.set(target, text).map_err(|error| exception(py, &error))?;
        Ok(())
    }

    /// The stages that are made where the file names them.
    fn create_stages(&self, stages: Vec<Bound<'_, PyAny>>) -> PyResult<()> {
        let stages = stages.iter().map(new_stage).collect::<PyResult<_>>()?;
        self.plan().stages(stages);
        Ok(())
    }

    #[getter]
    fn get_currency(&self) -> Option<String> {
        self.plan().settings().currency.map(str::to_owned)
    }

    #[setter]
    fn set_currency(&self, code: String) {
        self.plan().currency(code);
    }

    #[getter]
    fn get_decimal_sign(&self) -> Option<&'static str> {
        self.plan().settings().decimal_sign.map(|sign| match sign {
            DecimalSign::Point => ".",
            DecimalSign::Comma => ",",
        })
    }

    #[setter]
    fn set_decimal_sign(&self, py: Python<'_>, sign: &str) -> PyResult<()> {
        let sign = decimal_sign(py, sign)?;
        self.plan().decimal_sign(sign);
        Ok(())
    }

    #[getter]
    fn get_date_order(&self) -> Option<String> {
        self.plan().settings().date_order.map(|order| order.to_string())
    }

    #[setter]
    fn set_date_order(&self, py: Python<'_>, order: &str) -> PyResult<()> {
        let order = date_order(py, order)?;
        self.plan().date_order(order);
        Ok(())
    }

    #[getter]
    fn get_refused_to(&self) -> Option<PathBuf> {
        self.plan().settings().refused_to.map(PathBuf::from)
    }

    #[setter]
    fn set_refused_to(&self, path: Option<PathBuf>) {
        let mut plan = self.plan();
        match path {
            Some(path) => plan.refused_to(path),
            None => plan.without_refused_file(),
        };
    }

    /// The same mapping for another file.
    fn for_file(
        &self,
        py: Python<'_>,
        session: &Session,
        source: Source,
        encoding: Option<String>,
        delimiter: Option<char>,
    ) -> PyResult<Self> {
        let crm = session.now(py)?;
        let import = import(py, source, encoding, delimiter)?;
        let plan = self.plan().clone();
        detached(py, || plan.for_file(&crm, import)).map(|plan| Self(Mutex::new(plan)))
    }

    fn preview<'py>(&self, py: Python<'py>, session: &Session) -> PyResult<Bound<'py, PyDict>> {
        let crm = session.now(py)?;
        let plan = self.plan().clone();
        preview(py, detached(py, || plan.preview(&crm))?)
    }

    fn run<'py>(&self, py: Python<'py>, session: &Session, tell: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyDict>> {
        let teller = tell.map(Teller::new);
        let plan = self.told(teller.as_ref(), 0, None);
        let done = session.write_with_cause(py, Cause::Import, move |tx| plan.run_in(tx));
        result(py, told(teller.as_ref(), done)?)
    }
}

/// A target, or the name of one.
#[derive(FromPyObject)]
pub(crate) enum Given<'py> {
    Target(PyRef<'py, Target>),
    Named(String),
}

impl Given<'_> {
    fn of(&self, plan: &Plan) -> crmkit::exchange::Target {
        match self {
            Self::Target(target) => (&**target).into(),
            Self::Named(name) => plan.target(name),
        }
    }
}

/// The plans of the files of a folder.
#[pyclass(frozen, module = "crmkit._native")]
pub(crate) struct ImportFolder {
    bundle: Bundle,
    plans: Vec<Py<ImportPlan>>,
}

impl ImportFolder {
    /// The plans as they are.
    fn bundle(&self, teller: Option<&Teller>) -> Bundle {
        let mut bundle = self.bundle.clone();
        let total = self.plans.iter().map(|plan| plan.get().plan().rows()).sum();
        let mut before = 0;
        for plan in self.plans.iter().map(Py::get) {
            let changed = plan.told(teller, before, Some(total));
            before += changed.rows();
            if let Some(place) = bundle.plan_mut(&changed.name()) {
                *place = changed;
            }
        }
        bundle
    }
}

/// Looks at the files of a folder and plans them; writes nothing.
#[pyfunction]
pub(crate) fn plan_folder(py: Python<'_>, session: &Session, path: PathBuf) -> PyResult<ImportFolder> {
    let crm = session.now(py)?;
    let bundle = detached(py, || Import::folder(path).plan(&crm))?;
    let plans = bundle.plans().iter().cloned();
    let plans = plans
        .map(|plan| Py::new(py, ImportPlan(Mutex::new(plan))))
        .collect::<PyResult<_>>()?;
    Ok(ImportFolder { bundle, plans })
}

#[pymethods]
impl ImportFolder {
    fn __str__(&self) -> String {
        self.bundle(None).to_string()
    }

    #[getter]
    fn plans(&self, py: Python<'_>) -> Vec<Py<ImportPlan>> {
        self.plans.iter().map(|plan| plan.clone_ref(py)).collect()
    }

    #[getter]
    fn skipped(&self) -> Vec<(String, String)> {
        let skipped = self.bundle.skipped().iter();
        skipped.map(|file| (file.name.clone(), file.reason.clone())).collect()
    }

    fn preview<'py>(&self, py: Python<'py>, session: &Session) -> PyResult<Bound<'py, PyDict>> {
        let crm = session.now(py)?;
        let bundle = self.bundle(None);
        let previews = detached(py, || bundle.preview(&crm))?;
        let said = PyDict::new(py);
        said.set_item("text", previews.to_string())?;
        let files = previews.files.into_iter();
        let files = files.map(|(name, one)| Ok((name, preview(py, one)?)));
        said.set_item("files", files.collect::<PyResult<Vec<_>>>()?)?;
        Ok(said)
    }

    fn run<'py>(&self, py: Python<'py>, session: &Session, tell: Option<Py<PyAny>>) -> PyResult<Bound<'py, PyDict>> {
        let teller = tell.map(Teller::new);
        let bundle = self.bundle(teller.as_ref());
        let done = session.write_with_cause(py, Cause::Import, move |tx| bundle.run_in(tx));
        let results = told(teller.as_ref(), done)?;
        let said = PyDict::new(py);
        said.set_item("text", results.to_string())?;
        said.set_item("batch", results.batch.map(|batch| batch.0))?;
        let files = results.files.into_iter();
        let files = files.map(|(name, one)| Ok((name, result(py, one)?)));
        said.set_item("files", files.collect::<PyResult<Vec<_>>>()?)?;
        Ok(said)
    }
}

/// An import of cards.
#[pyclass(frozen, module = "crmkit._native")]
pub(crate) struct ImportCards(Mutex<CardImport>);

impl ImportCards {
    fn cards(&self) -> MutexGuard<'_, CardImport> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl ImportCards {
    #[new]
    fn new(source: Source) -> Self {
        Self(Mutex::new(Import::from(source).cards()))
    }

    #[getter]
    fn get_refused_to(&self) -> Option<PathBuf> {
        self.cards().refused_file().map(PathBuf::from)
    }

    #[setter]
    fn set_refused_to(&self, path: Option<PathBuf>) {
        let mut cards = self.cards();
        *cards = match path {
            Some(path) => cards.clone().refused_to(path),
            None => cards.clone().without_refused_file(),
        };
    }

    fn preview<'py>(&self, py: Python<'py>, session: &Session) -> PyResult<Bound<'py, PyDict>> {
        let (crm, cards) = (session.now(py)?, self.cards().clone());
        preview(py, detached(py, || cards.preview(&crm))?)
    }

    fn run<'py>(&self, py: Python<'py>, session: &Session) -> PyResult<Bound<'py, PyDict>> {
        let cards = self.cards().clone();
        result(
            py,
            session.write_with_cause(py, Cause::Import, move |tx| cards.run_in(tx))?,
        )
    }
}

fn preview(py: Python<'_>, preview: Preview) -> PyResult<Bound<'_, PyDict>> {
    let text = preview.to_string();
    let Preview {
        counts,
        rows,
        refused,
        left_out,
    } = preview;
    let said = outcome(py, text, &counts, refused, left_out)?;
    let rows = rows.into_iter().map(|(line, outcome)| (line, row_outcome(outcome)));
    said.set_item("rows", rows.collect::<Vec<_>>())?;
    Ok(said)
}

fn result(py: Python<'_>, result: ImportResult) -> PyResult<Bound<'_, PyDict>> {
    let text = result.to_string();
    let ImportResult {
        batch,
        counts,
        refused,
        left_out,
        refused_file,
    } = result;
    let said = outcome(py, text, &counts, refused, left_out)?;
    said.set_item("batch", batch.0)?;
    said.set_item("refused_file", refused_file)?;
    Ok(said)
}

/// What previews and results have in common.
fn outcome<'py>(
    py: Python<'py>,
    text: String,
    counts: &Counts,
    refused: Vec<RefusedRow>,
    left_out: Vec<LeftOut>,
) -> PyResult<Bound<'py, PyDict>> {
    let said = PyDict::new(py);
    said.set_item("text", text)?;
    said.set_item("counts", counts_of(py, counts)?)?;
    let refused = refused.into_iter().map(|row| (row.line, row.reason));
    said.set_item("refused", refused.collect::<Vec<_>>())?;
    let left_out = left_out.into_iter();
    let left_out = left_out.map(|one| (one.column, one.reason, one.cells, one.first_line));
    said.set_item("left_out", left_out.collect::<Vec<_>>())?;
    Ok(said)
}

fn counts_of<'py>(py: Python<'py>, counts: &Counts) -> PyResult<Bound<'py, PyDict>> {
    let said = PyDict::new(py);
    said.set_item("rows", counts.rows())?;
    said.set_item("created", counts.created)?;
    said.set_item("updated", counts.updated)?;
    said.set_item("skipped", counts.skipped())?;
    said.set_item("unchanged", counts.unchanged)?;
    said.set_item("blank", counts.blank)?;
    said.set_item("refused", counts.refused)?;
    said.set_item("merged", counts.merged)?;
    said.set_item("created_on_the_way", &counts.created_on_the_way)?;
    Ok(said)
}

fn row_outcome(outcome: RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::Created => "created",
        RowOutcome::Updated => "updated",
        RowOutcome::Unchanged => "unchanged",
        RowOutcome::Refused => "refused",
    }
}
