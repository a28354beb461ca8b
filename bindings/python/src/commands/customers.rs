//! Customers with what belongs to them, and for whom people work.

use crmkit::customers::{Affiliation, Customer, CustomerDraft};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::details::details;
use super::{argument, command, draft, id, records};
use crate::session::Session;

/// Creates a customer from its fields, and from `email`, `phone`, `web`, `messenger`, `address` and `tags`.
#[pyfunction]
pub(crate) fn create_customer(py: Python<'_>, session: &Session, fields: &Bound<'_, PyDict>) -> PyResult<Py<PyAny>> {
    let details = details(fields)?;
    let draft: CustomerDraft = draft(py, fields)?;
    command(session, py, move |tx| {
        Customer::create_with(tx, draft.clone(), &details)
    })
}

/// Ends an affiliation.
#[pyfunction]
pub(crate) fn end_affiliation(
    py: Python<'_>,
    session: &Session,
    affiliation: &Bound<'_, PyAny>,
    on: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<PyAny>> {
    let (affiliation, on) = (id(affiliation)?, argument(Affiliation::TO_ON, on)?);
    command(session, py, move |tx| Affiliation::end(tx, affiliation, on))
}

/// The affiliations of a person, or with an organization.
#[pyfunction]
pub(crate) fn affiliations_of(
    py: Python<'_>,
    session: &Session,
    customer: &Bound<'_, PyAny>,
) -> PyResult<Vec<Py<PyAny>>> {
    let customer = id(customer)?;
    records(session, py, move |reader| Affiliation::of(reader, customer))
}
