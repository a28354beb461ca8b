//! Answers and records as tables: printed, shown in notebooks, and handed to data frames.

use std::sync::Arc;

use crmkit::engine::{FieldKind, Reader, Result, Value};
use crmkit::table::{Cell, ColumnKind, Table as Typed};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyTuple};

use crate::arrow::{self, Flat, Part, money, sums};
use crate::memo::Memo;
use crate::session::{Session, entity, query};
use crate::values::{Money, python};

static AMOUNTS: Memo = Memo::new("crmkit._amounts", "Amounts");

/// So many rows a notebook shows.
pub(crate) const SHOWN_ROWS: usize = 100;

/// Rows under typed columns, for a terminal, a notebook, or a data frame.
///
/// It offers the Arrow C interface, so polars, pandas, DuckDB and pyarrow take it as it is: `pl.DataFrame(table)`,
/// `pd.DataFrame.from_arrow(table)`, `duckdb.sql("select * from table")`, `pa.table(table)`. Amounts are exact decimals
/// there, beside their currency and their minor units; sums by currency are a column for each currency.
///
/// Examples:
///     >>> import crmkit
///     >>> with crmkit.in_memory() as crm:
///     ...     acme = crm.customers.create(kind="organization", name="Acme GmbH", country="DE")
///     ...     table = crm.customers.table(where='country == "DE"')
///     >>> len(table), table.to_dicts()[0]["name"]
///     (1, 'Acme GmbH')
#[pyclass(frozen, module = "crmkit")]
pub(crate) struct Table(Arc<Typed>);

impl From<Typed> for Table {
    fn from(table: Typed) -> Self {
        Self(Arc::new(table))
    }
}

#[pymethods]
impl Table {
    /// What it is about.
    #[getter]
    fn title(&self) -> &str {
        &self.0.title
    }

    /// The names of the columns, as data frames have them.
    #[getter]
    fn columns(&self) -> Vec<String> {
        arrow::flattened(&self.0)
            .into_iter()
            .map(|column| column.name)
            .collect()
    }

    /// A dictionary for each row, by the names of the columns, with values of Python: `Decimal`, `date`, aware
    /// `datetime`, `UUID`, members of the enums.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let flat = arrow::flattened(&self.0);
        let dict = |row: &Vec<Cell>| {
            let dict = PyDict::new(py);
            for column in &flat {
                let cell = row.get(column.place).unwrap_or(&Cell::EMPTY);
                dict.set_item(&column.name, flat_value(py, column, cell)?)?;
            }
            Ok(dict)
        };
        self.0.rows.iter().map(dict).collect()
    }

    /// The rows, with a value for each column of the answer: `Money` for amounts, `Amounts` for sums.
    fn _rows<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        self.0.rows.iter().map(|row| self.tuple(py, row)).collect()
    }

    /// What stands below the rows.
    fn _totals<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        self.0.totals.as_ref().map(|totals| self.tuple(py, totals)).transpose()
    }

    /// The names of the columns of the answer.
    fn _names(&self) -> Vec<&str> {
        self.0.columns.iter().map(|column| column.name.as_str()).collect()
    }

    fn __len__(&self) -> usize {
        self.0.rows.len()
    }

    fn __repr__(&self) -> String {
        format!(
            "<Table '{}': {} rows of {} columns>",
            self.0.title,
            self.0.rows.len(),
            self.columns().len()
        )
    }

    fn __str__(&self) -> String {
        self.0.to_string().trim_end().to_owned()
    }

    fn _repr_html_(&self) -> String {
        self.0.first(SHOWN_ROWS).html()
    }

    /// The schema, for consumers of the Arrow C data interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::schema_capsule(py, &arrow::schema(&arrow::flattened(&self.0)))
    }

    /// The rows, for consumers of the Arrow C stream interface; they get the schema that the table has.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A consumer casts what it wants otherwise.
        drop(requested_schema);
        arrow::stream(py, Arc::clone(&self.0))
    }
}

impl Table {
    fn tuple<'py>(&self, py: Python<'py>, row: &[Cell]) -> PyResult<Bound<'py, PyTuple>> {
        let cells = self.0.columns.iter().zip(row);
        let values = cells.map(|(column, cell)| value(py, column.kind, cell));
        PyTuple::new(py, values.collect::<PyResult<Vec<_>>>()?)
    }
}

/// A cell as a value of Python.
fn value<'py>(py: Python<'py>, kind: ColumnKind, cell: &Cell) -> PyResult<Bound<'py, PyAny>> {
    match (cell, kind) {
        (Cell::Amounts(amounts), _) => amounts_of(py, amounts),
        (Cell::Value(value), ColumnKind::Choice(choice)) => python(py, FieldKind::Choice(choice), value),
        (Cell::Value(value), _) => python(py, FieldKind::Text, value),
    }
}

/// Sums by currency.
pub(crate) fn amounts_of<'py>(py: Python<'py>, amounts: &crmkit::insight::Amounts) -> PyResult<Bound<'py, PyAny>> {
    let sums = amounts.iter().map(Money::from);
    AMOUNTS.get(py)?.call1((sums.collect::<Vec<_>>(),))
}

/// What stands in a column of a data frame, as a value of Python.
fn flat_value<'py>(py: Python<'py>, column: &Flat, cell: &Cell) -> PyResult<Bound<'py, PyAny>> {
    match (column.part, cell) {
        (Part::Amount { .. }, _) => money(cell).map(crmkit::values::Money::amount).into_bound_py_any(py),
        (Part::Currency, _) => money(cell).map(|money| money.currency().code()).into_bound_py_any(py),
        (Part::Minor, _) => money(cell).map(crmkit::values::Money::minor).into_bound_py_any(py),
        (Part::Sum(currency), _) => {
            let sum = sums(cell).find(|sum| sum.currency() == currency);
            sum.map(crmkit::values::Money::amount).into_bound_py_any(py)
        }
        (Part::Choice(choice), Cell::Value(value)) => python(py, FieldKind::Choice(choice), value),
        (_, Cell::Value(value)) => python(py, FieldKind::Text, value),
        (_, Cell::Amounts(_)) => python(py, FieldKind::Text, &Value::Null),
    }
}

/// All records of one kind that meet a condition, as a table.
#[pyfunction]
#[pyo3(signature = (session, table, *, filter, order_by, limit))]
pub(crate) fn table_of_records(
    py: Python<'_>,
    session: &Session,
    table: &str,
    filter: Option<String>,
    order_by: Option<String>,
    limit: Option<u32>,
) -> PyResult<Table> {
    let entity = entity(py, table)?;
    let read = move |reader: &mut Reader<'_>| -> Result<Typed> {
        let mut query = query(reader, entity, filter.as_deref(), order_by.as_deref())?;
        query.limit = limit;
        let rows = reader.rows(&query)?;
        Ok(Typed::of_rows(entity, rows, &reader.custom_fields()?))
    };
    session.read(py, read).map(Table::from)
}
