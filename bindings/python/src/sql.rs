//! SQL that reads, and its rows.

use std::sync::Arc;
use std::time::Duration;

use arrow_array::{
    ArrayRef, BinaryArray, Float64Array, Int64Array, NullArray, RecordBatch, RecordBatchIterator, StringArray,
};
use arrow_schema::{DataType, Field, Schema};
use crmkit::engine::Value;
use crmkit::table::{Cell, ColumnKind, Table, TableColumn};
use crmkit::values::{Uuid, ValueError};
use crmkit::{CrmFile, SqlOptions, SqlRows, SqlValue};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyFloat, PyInt, PyIterator, PyList, PyString, PyTuple};

use crate::arrow::{capsule_of, schema_capsule};
use crate::errors::wrong_type;
use crate::session::{Session, detached};
use crate::table::SHOWN_ROWS;
use crate::values::{date, text};

/// The rows that a statement of SQL returned: a sequence of tuples.
///
/// The values are those of SQLite: `int`, `float`, `str`, `bytes` and `None`. Data frames are made of it as of a
/// :class:`Table`; a column whose values are of several types is text there.
///
/// Examples:
///     >>> import crmkit
///     >>> with crmkit.in_memory() as crm:
///     ...     _ = crm.customers.create(kind="organization", name="Acme GmbH")
///     ...     rows = crm.sql("select name, 1 + 1 as two from v_customer")
///     >>> rows.columns, rows[0]
///     (['name', 'two'], ('Acme GmbH', 2))
#[pyclass(frozen, sequence, module = "crmkit", name = "SqlRows")]
pub(crate) struct Rows(Arc<SqlRows>);

/// Answers one statement of SQL that reads.
#[pyfunction]
#[pyo3(signature = (session, query, parameters, *, row_limit, time_limit))]
pub(crate) fn sql(
    py: Python<'_>,
    session: &Session,
    query: &str,
    parameters: Vec<Bound<'_, PyAny>>,
    row_limit: Option<usize>,
    time_limit: Option<Duration>,
) -> PyResult<Rows> {
    let parameters: Vec<SqlValue> = parameters.iter().map(parameter).collect::<PyResult<_>>()?;
    let mut options = SqlOptions::default();
    if let Some(rows) = row_limit {
        options = options.row_limit(rows);
    }
    if let Some(limit) = time_limit {
        options = options.time_limit(limit);
    }
    let crm = session.now(py)?;
    let rows = detached(py, || crm.sql_with(query, &parameters, &options))?;
    Ok(Rows(Arc::new(rows)))
}

/// A parameter; a date and an id are text, as in the views.
fn parameter(given: &Bound<'_, PyAny>) -> PyResult<SqlValue> {
    let py = given.py();
    let refused = |error| wrong_type(py, "sql", "parameters", error);
    if given.is_none() {
        Ok(SqlValue::Null)
    } else if given.is_instance_of::<PyInt>() {
        let too_large = |_| ValueError::new("the number does not fit 64 bits", "Give a smaller one");
        given
            .extract()
            .map(SqlValue::Integer)
            .map_err(|error: PyErr| refused(too_large(error)))
    } else if given.is_instance_of::<PyFloat>() {
        Ok(SqlValue::Real(given.extract()?))
    } else if given.is_instance_of::<PyString>() {
        text(given).map(SqlValue::Text).map_err(refused)
    } else if let Ok(bytes) = given.cast::<PyBytes>() {
        Ok(SqlValue::Blob(bytes.as_bytes().to_vec()))
    } else if let Ok(id) = given.extract::<Uuid>() {
        Ok(SqlValue::Text(id.to_string()))
    } else {
        let unusable = |_| {
            ValueError::new(
                "SQLite has no such type",
                "Give None, an int, a float, a str, bytes, a UUID or a date",
            )
        };
        date(given)
            .map(|day| SqlValue::Text(day.to_string()))
            .map_err(|error| refused(unusable(error)))
    }
}

#[pymethods]
impl Rows {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.0.columns.clone()
    }

    /// Whether there were more rows than the limit let through.
    #[getter]
    fn truncated(&self) -> bool {
        self.0.truncated
    }

    /// A dictionary for each row, by the names of the columns.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let dict = |row: &Vec<SqlValue>| {
            let dict = PyDict::new(py);
            for (name, value) in self.0.columns.iter().zip(row) {
                dict.set_item(name, object(py, value)?)?;
            }
            Ok(dict)
        };
        self.0.rows.iter().map(dict).collect()
    }

    fn __len__(&self) -> usize {
        self.0.rows.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: isize) -> PyResult<Bound<'py, PyTuple>> {
        let index = if index < 0 {
            index.checked_add_unsigned(self.0.rows.len())
        } else {
            Some(index)
        };
        let row = index.and_then(|index| self.0.rows.get(usize::try_from(index).ok()?));
        tuple(py, row.ok_or_else(|| PyIndexError::new_err("there is no such row"))?)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyIterator>> {
        let rows: Vec<_> = self.0.rows.iter().map(|row| tuple(py, row)).collect::<PyResult<_>>()?;
        PyList::new(py, rows)?.as_any().try_iter()
    }

    fn __repr__(&self) -> String {
        format!("<SqlRows: {} rows of {}>", self.0.rows.len(), self.0.columns.join(", "))
    }

    fn __str__(&self) -> String {
        shown(&self.0, usize::MAX).to_string().trim_end().to_owned()
    }

    fn _repr_html_(&self) -> String {
        shown(&self.0, SHOWN_ROWS).html()
    }

    /// The schema, for consumers of the Arrow C data interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &schema(&self.0))
    }

    /// The rows, for consumers of the Arrow C stream interface; they get the schema that the rows have.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A consumer casts what it wants otherwise.
        drop(requested_schema);
        let schema = Arc::new(schema(&self.0));
        let arrays = (0..self.0.columns.len()).map(|place| array(&self.0, place));
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays.collect());
        let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
        capsule_of(py, RecordBatchIterator::new([Ok(batch)], schema))
    }
}

fn tuple<'py>(py: Python<'py>, row: &[SqlValue]) -> PyResult<Bound<'py, PyTuple>> {
    let values: Vec<_> = row.iter().map(|value| object(py, value)).collect::<PyResult<_>>()?;
    PyTuple::new(py, values)
}

fn object<'py>(py: Python<'py>, value: &SqlValue) -> PyResult<Bound<'py, PyAny>> {
    match value {
        SqlValue::Null => Ok(py.None().into_bound(py)),
        SqlValue::Integer(number) => number.into_bound_py_any(py),
        SqlValue::Real(number) => number.into_bound_py_any(py),
        SqlValue::Text(text) => text.into_bound_py_any(py),
        SqlValue::Blob(bytes) => Ok(PyBytes::new(py, bytes).into_any()),
    }
}

/// The one type that holds all values of a column.
fn data_type(rows: &SqlRows, place: usize) -> DataType {
    let of_value = |row: &Vec<SqlValue>| match row.get(place) {
        None | Some(SqlValue::Null) => DataType::Null,
        Some(SqlValue::Integer(_)) => DataType::Int64,
        Some(SqlValue::Real(_)) => DataType::Float64,
        Some(SqlValue::Text(_)) => DataType::Utf8,
        Some(SqlValue::Blob(_)) => DataType::Binary,
    };
    let both = |one, other| match (one, other) {
        (one, other) if one == other => one,
        (DataType::Null, one) | (one, DataType::Null) => one,
        (DataType::Int64, DataType::Float64) | (DataType::Float64, DataType::Int64) => DataType::Float64,
        _ => DataType::Utf8,
    };
    rows.rows.iter().map(of_value).fold(DataType::Null, both)
}

fn schema(rows: &SqlRows) -> Schema {
    let fields = rows.columns.iter().enumerate();
    let fields = fields.map(|(place, name)| Field::new(name, data_type(rows, place), true));
    Schema::new(fields.collect::<Vec<_>>())
}

fn array(rows: &SqlRows, place: usize) -> ArrayRef {
    let values = rows.rows.iter().map(|row| row.get(place).unwrap_or(&SqlValue::Null));
    match data_type(rows, place) {
        DataType::Int64 => Arc::new(
            values
                .map(|value| match value {
                    SqlValue::Integer(number) => Some(*number),
                    _ => None,
                })
                .collect::<Int64Array>(),
        ),
        DataType::Float64 => Arc::new(values.map(real).collect::<Float64Array>()),
        DataType::Utf8 => Arc::new(values.map(as_text).collect::<StringArray>()),
        DataType::Binary => Arc::new(
            values
                .map(|value| match value {
                    SqlValue::Blob(bytes) => Some(bytes.as_slice()),
                    _ => None,
                })
                .collect::<BinaryArray>(),
        ),
        _ => Arc::new(NullArray::new(rows.rows.len())),
    }
}

#[allow(clippy::cast_precision_loss, reason = "what SQLite does where it compares the two")]
fn real(value: &SqlValue) -> Option<f64> {
    match value {
        SqlValue::Integer(number) => Some(*number as f64),
        SqlValue::Real(number) => Some(*number),
        _ => None,
    }
}

/// A value as text, as SQLite casts it; bytes in hexadecimal digits.
fn as_text(value: &SqlValue) -> Option<String> {
    match value {
        SqlValue::Null => None,
        SqlValue::Integer(number) => Some(number.to_string()),
        SqlValue::Real(number) => Some(format!("{number:?}")),
        SqlValue::Text(text) => Some(text.clone()),
        SqlValue::Blob(bytes) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    }
}

/// The first rows, for people.
fn shown(rows: &SqlRows, limit: usize) -> Table {
    let columns = rows.columns.iter().enumerate().map(|(place, name)| {
        let kind = match data_type(rows, place) {
            DataType::Int64 => ColumnKind::Integer,
            _ => ColumnKind::Text,
        };
        TableColumn::new(name, kind).labelled(name)
    });
    let title = match rows.rows.len() {
        1 => "1 row".to_owned(),
        count if count > limit => format!("{count} rows, of which the first {limit}"),
        count => format!("{count} rows"),
    };
    let mut table = Table::new(title, columns);
    for row in rows.rows.iter().take(limit) {
        let cells = row
            .iter()
            .zip(&table.columns)
            .map(|(value, column)| match (value, column.kind) {
                (SqlValue::Integer(number), ColumnKind::Integer) => Cell::from(*number),
                (value, _) => Cell::Value(as_text(value).map_or(Value::Null, Value::Text)),
            });
        let cells: Vec<Cell> = cells.collect();
        table.row(cells);
    }
    table
}
