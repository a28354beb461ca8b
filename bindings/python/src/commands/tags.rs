//! Words that mark records.

use crmkit::customers::Tag;
use pyo3::prelude::*;

use super::{command, id, record, records};
use crate::session::{Session, named};

/// Marks a record with a tag.
#[pyfunction]
pub(crate) fn tag_record(
    py: Python<'_>,
    session: &Session,
    table: &str,
    marked: &Bound<'_, PyAny>,
    name: String,
) -> PyResult<Py<PyAny>> {
    let (entity, marked) = named(py, table, marked)?;
    command(session, py, move |tx| Tag::add_to(tx, entity, marked, &name))
}

/// Takes a tag off a record, and tells whether it was there.
#[pyfunction]
pub(crate) fn untag_record(
    py: Python<'_>,
    session: &Session,
    table: &str,
    marked: &Bound<'_, PyAny>,
    name: String,
) -> PyResult<bool> {
    let (entity, marked) = named(py, table, marked)?;
    session.write(py, move |tx| Tag::remove_from(tx, entity, marked, &name))
}

/// The tags of a record.
#[pyfunction]
pub(crate) fn tags_of(
    py: Python<'_>,
    session: &Session,
    table: &str,
    marked: &Bound<'_, PyAny>,
) -> PyResult<Vec<Py<PyAny>>> {
    let (entity, marked) = named(py, table, marked)?;
    records(session, py, move |reader| Tag::of_record(reader, entity, marked))
}

/// The tag of a name.
#[pyfunction]
pub(crate) fn tag_named(py: Python<'_>, session: &Session, name: String) -> PyResult<Option<Py<PyAny>>> {
    record(session, py, move |reader| Tag::named(reader, &name))
}

/// Makes two tags one.
#[pyfunction]
pub(crate) fn merge_tags(
    py: Python<'_>,
    session: &Session,
    tag: &Bound<'_, PyAny>,
    into: &Bound<'_, PyAny>,
) -> PyResult<Py<PyAny>> {
    let (tag, into) = (id(tag)?, id(into)?);
    command(session, py, move |tx| Tag::merge(tx, tag, into))
}
