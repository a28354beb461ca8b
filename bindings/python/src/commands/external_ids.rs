//! What other systems call our records.

use crmkit::customers::ExternalId;
use pyo3::prelude::*;

use super::{command, records};
use crate::session::{Session, entity, named, read_of, wrapped};

/// Notes what another system calls a record.
#[pyfunction]
pub(crate) fn link_external_id(
    py: Python<'_>,
    session: &Session,
    table: &str,
    linked: &Bound<'_, PyAny>,
    system: String,
    external_id: String,
) -> PyResult<Py<PyAny>> {
    let (entity, linked) = named(py, table, linked)?;
    command(session, py, move |tx| {
        ExternalId::link_entity(tx, &system, &external_id, entity, linked)
    })
}

/// What other systems call a record.
#[pyfunction]
pub(crate) fn external_ids_of(
    py: Python<'_>,
    session: &Session,
    table: &str,
    linked: &Bound<'_, PyAny>,
) -> PyResult<Vec<Py<PyAny>>> {
    let (entity, linked) = named(py, table, linked)?;
    records(session, py, move |reader| ExternalId::of_record(reader, entity, linked))
}

/// The record of a table that another system calls by this id.
#[pyfunction]
pub(crate) fn record_known_as(
    py: Python<'_>,
    session: &Session,
    table: &str,
    system: String,
    external_id: String,
) -> PyResult<Option<Py<PyAny>>> {
    let entity = entity(py, table)?;
    let found = session.read(py, move |reader| {
        let Some(id) = ExternalId::find(reader, &system, entity, &external_id)? else {
            return Ok(None);
        };
        let row = reader.get_row(entity, id)?;
        read_of(reader, entity, row).map(Some)
    })?;
    found.map(|read| wrapped(py, entity, read)).transpose()
}
