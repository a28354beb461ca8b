//! What concerns the file as a whole: undo of a batch, a copy, and a look whether all is well.

use std::path::PathBuf;

use crmkit::engine::BatchId;
use crmkit::values::Uuid;
use crmkit::{BackupOptions, CrmFile};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::progress::{Teller, told};
use crate::session::{Session, detached};

/// Takes a batch back, and tells the batch in which that was done.
#[pyfunction]
pub(crate) fn undo(py: Python<'_>, session: &Session, batch: Uuid) -> PyResult<Uuid> {
    let crm = session.now(py)?;
    detached(py, || crm.undo(BatchId(batch))).map(|undo| undo.0)
}

/// Copies the file; the fields of the report, by their names.
#[pyfunction]
pub(crate) fn backup<'py>(
    py: Python<'py>,
    session: &Session,
    target: PathBuf,
    replace: bool,
    tell: Option<Py<PyAny>>,
) -> PyResult<Bound<'py, PyDict>> {
    let crm = session.now(py)?;
    let teller = tell.map(Teller::new);
    let mut options = BackupOptions::default().replace(replace);
    if let Some(teller) = teller.clone() {
        options = options.watch(move |progress| teller.tell(progress.done, progress.pages));
    }
    let report = told(teller.as_ref(), detached(py, || crm.backup_with(&target, &options)))?;
    let said = PyDict::new(py);
    said.set_item("path", report.path)?;
    said.set_item("bytes", report.bytes)?;
    said.set_item("pages", report.pages)?;
    said.set_item("tables", report.tables)?;
    said.set_item("rows", report.rows)?;
    said.set_item("elapsed", report.elapsed)?;
    Ok(said)
}

/// Looks the file over; the fields of the verification, by their names.
#[pyfunction]
pub(crate) fn verify<'py>(py: Python<'py>, session: &Session) -> PyResult<Bound<'py, PyDict>> {
    let crm = session.now(py)?;
    let verification = detached(py, || crm.verify())?;
    let said = PyDict::new(py);
    said.set_item("text", verification.to_string())?;
    said.set_item("records", verification.records)?;
    said.set_item("changes", verification.changes)?;
    said.set_item("elapsed", verification.elapsed)?;
    let findings = verification.findings.into_iter();
    let findings = findings.map(|one| (one.to_string(), one.code, one.table, one.id, one.sentence, one.fix));
    said.set_item("findings", findings.collect::<Vec<_>>())?;
    Ok(said)
}
