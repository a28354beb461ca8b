//! The change log: what happened to a record, and the feed of all changes.

use crmkit::engine::{self, FieldKind, LogEntry, LogSequence, NamedChange, Reader, Result, Value};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::records::Record;
use crate::session::{Session, entity};
use crate::values::{python, record_id, utc};

/// One entry of the log with its fields by the names that people know.
type Entry = (LogEntry, Vec<NamedChange>);

/// What happened to a record, the oldest first.
#[pyfunction]
pub(crate) fn history<'py>(
    py: Python<'py>,
    session: &Session,
    table: Option<&str>,
    record: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyList>> {
    let entity = match (table, record.cast::<Record>()) {
        (Some(table), _) => entity(py, table)?,
        (None, Ok(record)) => record.get().entity(),
        (None, Err(error)) => return Err(error.into()),
    };
    let id = record_id(entity, record)?;
    let entries = session.read(py, move |reader| {
        let entries = reader.row_history(entity, id)?;
        named(reader, entries)
    })?;
    entries_of(py, entries)
}

/// What was committed after a number, in order, with nothing skipped.
#[pyfunction]
pub(crate) fn changes<'py>(
    py: Python<'py>,
    session: &Session,
    after: LogSequence,
    limit: u32,
) -> PyResult<Bound<'py, PyList>> {
    let entries = session.read(py, move |reader| {
        let entries = reader.changes(after, limit)?;
        named(reader, entries)
    })?;
    entries_of(py, entries)
}

fn named(reader: &mut Reader<'_>, entries: Vec<LogEntry>) -> Result<Vec<Entry>> {
    let schema = reader.schema();
    let custom = reader.custom_fields()?;
    let named = entries.into_iter().map(|entry| {
        let fields = entry.change.by_name(schema, &custom);
        (entry, fields)
    });
    Ok(named.collect())
}

fn entries_of(py: Python<'_>, entries: Vec<Entry>) -> PyResult<Bound<'_, PyList>> {
    let entries = entries.iter().map(|entry| described(py, entry));
    PyList::new(py, entries.collect::<PyResult<Vec<_>>>()?)
}

/// An entry as the keyword arguments of `crmkit.Change`.
fn described<'py>(py: Python<'py>, (entry, fields): &Entry) -> PyResult<Bound<'py, PyDict>> {
    let LogEntry { commit, change } = entry;
    let described = commit_of(py, commit)?;
    described.set_item("sequence", change.sequence)?;
    described.set_item("table", change.table.as_ref())?;
    described.set_item("record_id", change.record)?;
    described.set_item("kind", change.kind.code())?;
    let fields = fields.iter().map(|field| {
        let value = |value: &Value| python(py, field.kind.unwrap_or(FieldKind::Text), value);
        (field.field.as_str(), value(&field.before)?, value(&field.after)?).into_pyobject(py)
    });
    described.set_item("fields", PyTuple::new(py, fields.collect::<PyResult<Vec<_>>>()?)?)?;
    Ok(described)
}

/// When, who, why, and what the caller said of it.
pub(crate) fn commit_of<'py>(py: Python<'py>, commit: &engine::Commit) -> PyResult<Bound<'py, PyDict>> {
    let described = PyDict::new(py);
    described.set_item("at", utc(py, commit.stamp.time())?)?;
    described.set_item("actor", &commit.actor)?;
    described.set_item("cause", commit.cause.code())?;
    described.set_item("batch", commit.batch.0)?;
    described.set_item("note", &commit.note)?;
    Ok(described)
}
