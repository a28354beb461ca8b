//! The report as a page of HTML, and the company to look at.

use crmkit::report::Report;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::object::object;
use crate::session::{Session, detached};

/// The picture of the company as one page of HTML.
#[pyfunction]
pub(crate) fn report(py: Python<'_>, session: &Session) -> PyResult<String> {
    session.read(py, |reader| Ok(Report::now(reader)?.html()))
}

/// Fills an empty CRM with a company to look at.
#[pyfunction]
pub(crate) fn load_demo<'py>(py: Python<'py>, session: &Session, seed: u64) -> PyResult<Bound<'py, PyAny>> {
    let crm = session.now(py)?;
    let demo = detached(py, || crm.load_demo(seed))?;
    let duplicates: Vec<_> = demo.duplicates.iter().map(|(one, other)| (one.0, other.0)).collect();
    object!(py, "crmkit._demo", "DemoCompany", {
        batch: demo.batch.0,
        organizations: demo.organizations,
        people: demo.people,
        opportunities: demo.opportunities,
        interactions: demo.interactions,
        tasks: demo.tasks,
        duplicates: PyTuple::new(py, duplicates)?,
    })
}

/// Whether a CRM holds nothing but a demo company.
#[pyfunction]
pub(crate) fn holds_demo_alone(py: Python<'_>, session: &Session) -> PyResult<bool> {
    session.read(py, crmkit::demo::Demo::is_alone)
}
