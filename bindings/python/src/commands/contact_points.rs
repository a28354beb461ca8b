//! How customers are reached, and who of them calls.

use crmkit::customers::{Caller, CallerCertainty, ContactPoint, ContactPointDraft, Customer, PostalAddress};
use crmkit::engine::Entity;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{command, draft, id, records, row_of};
use crate::session::{Session, read_of, wrapped};

/// The contact points of a customer.
#[pyfunction]
pub(crate) fn contact_points_of(
    py: Python<'_>,
    session: &Session,
    customer: &Bound<'_, PyAny>,
) -> PyResult<Vec<Py<PyAny>>> {
    let customer = id(customer)?;
    records(session, py, move |reader| ContactPoint::of(reader, customer))
}

/// The addresses of a customer.
#[pyfunction]
pub(crate) fn addresses_of(py: Python<'_>, session: &Session, customer: &Bound<'_, PyAny>) -> PyResult<Vec<Py<PyAny>>> {
    let customer = id(customer)?;
    records(session, py, move |reader| PostalAddress::of(reader, customer))
}

/// The contact points with an address or number.
#[pyfunction]
pub(crate) fn contact_points_with(py: Python<'_>, session: &Session, address: String) -> PyResult<Vec<Py<PyAny>>> {
    records(session, py, move |reader| ContactPoint::with_address(reader, &address))
}

/// Adds a contact point, whose kind is seen from how it is written.
#[pyfunction]
pub(crate) fn add_contact_point(
    py: Python<'_>,
    session: &Session,
    customer: &Bound<'_, PyAny>,
    raw: String,
) -> PyResult<Py<PyAny>> {
    let customer = id(customer)?;
    command(session, py, move |tx| ContactPoint::add(tx, customer, &raw))
}

/// Creates a contact point, also of what cannot be read.
#[pyfunction]
pub(crate) fn create_unchecked(py: Python<'_>, session: &Session, fields: &Bound<'_, PyDict>) -> PyResult<Py<PyAny>> {
    let draft: ContactPointDraft = draft(py, fields)?;
    command(session, py, move |tx| ContactPoint::create_unchecked(tx, draft.clone()))
}

/// A customer, its number, how sure it is, and how many digits are equal where that is what is sure.
type CallerParts = (Py<PyAny>, Py<PyAny>, &'static str, Option<usize>);

/// Who calls from a number, the surest first.
#[pyfunction]
pub(crate) fn callers(py: Python<'_>, session: &Session, number: String) -> PyResult<Vec<CallerParts>> {
    let found = session.read(py, move |reader| {
        let mut found = Vec::new();
        for caller in Caller::find(reader, &number)? {
            let customer = read_of(reader, Customer::DEF, row_of(&caller.customer))?;
            found.push((customer, (row_of(&caller.contact_point), None), caller.certainty));
        }
        Ok(found)
    })?;
    let parts = |(customer, point, certainty)| {
        let (certainty, digits) = match certainty {
            CallerCertainty::Number => ("number", None),
            CallerCertainty::National => ("national", None),
            CallerCertainty::Ending(digits) => ("ending", Some(digits)),
        };
        let customer = wrapped(py, Customer::DEF, customer)?;
        Ok((customer, wrapped(py, ContactPoint::DEF, point)?, certainty, digits))
    };
    found.into_iter().map(parts).collect()
}
