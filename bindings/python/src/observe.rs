//! Observers: Python is told after each commit, outside of every lock.

use std::sync::Mutex;
use std::sync::PoisonError;

use crmkit::engine::{Notice, Subscription};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::log::commit_of;
use crate::session::Session;

/// Keeps a callback told; closed or dropped, it ends that.
#[pyclass(frozen, name = "Subscription", module = "crmkit._native")]
pub(crate) struct Observing(Mutex<Option<Subscription>>);

/// Tells the callback of every commit from now on, on the thread that commits.
#[pyfunction]
pub(crate) fn observe(py: Python<'_>, session: &Session, callback: Py<PyAny>) -> PyResult<Observing> {
    let subscription = session.crm(py)?.observe(move |notice: &Notice| {
        // An interpreter that is ending is told nothing any more.
        Python::try_attach(|py| {
            if let Err(error) = told(py, notice).and_then(|notice| callback.call1(py, (notice,))) {
                error.write_unraisable(py, Some(callback.bind(py)));
            }
        });
    });
    Ok(Observing(Mutex::new(Some(subscription))))
}

/// The notice as the keyword arguments of `crmkit.Commit`.
fn told<'py>(py: Python<'py>, notice: &Notice) -> PyResult<Bound<'py, PyDict>> {
    let told = commit_of(py, &notice.commit)?;
    told.set_item("first", notice.first)?;
    told.set_item("last", notice.last)?;
    told.set_item("tables", notice.tables.iter().copied().collect::<Vec<_>>())?;
    Ok(told)
}

#[pymethods]
impl Observing {
    fn close(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}
