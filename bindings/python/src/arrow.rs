//! Tables in the format of Apache Arrow, as the C data interface hands them over: nothing is copied in Python.

use std::collections::BTreeSet;
use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray,
    TimestampMillisecondArray,
};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema, TimeUnit};
use crmkit::engine::{ChoiceDef, Value};
use crmkit::table::{Cell, ColumnKind, Table};
use crmkit::values::{Currency, Decimal, Money, day_number};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// How many digits an Arrow decimal of 128 bits has.
const PRECISION: u8 = 38;
/// So many rows cross at a time: the text of one column stays far below what one array holds.
const BATCH_ROWS: usize = 65_536;
/// The digits after the point of what has no digits of its own, such as a rate.
const STATISTIC_SCALE: u32 = 28;
const UTC: &str = "UTC";

/// A column of a data frame. An amount takes three, and sums take one for each currency.
pub(crate) struct Flat {
    pub(crate) name: String,
    /// The place of the column in the table from which it is taken.
    pub(crate) place: usize,
    pub(crate) part: Part,
}

/// What of a cell stands in the column of a data frame.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Text,
    Choice(&'static ChoiceDef),
    Integer,
    Decimal { scale: u32 },
    Bool,
    Date,
    Instant,
    Id,
    Amount { scale: u32 },
    Currency,
    Minor,
    Sum(Currency),
}

/// The columns that a table has as a data frame.
pub(crate) fn flattened(table: &Table) -> Vec<Flat> {
    let mut flat = Vec::with_capacity(table.columns.len());
    for (place, column) in table.columns.iter().enumerate() {
        let mut add = |name: String, part| flat.push(Flat { name, place, part });
        let name = || column.name.clone();
        let cells = || table.rows.iter().filter_map(move |row| row.get(place));
        match column.kind {
            ColumnKind::Text => add(name(), Part::Text),
            ColumnKind::Choice(choice) => add(name(), Part::Choice(choice)),
            ColumnKind::Integer => add(name(), Part::Integer),
            ColumnKind::Decimal { scale } => add(name(), decimal(cells(), scale)),
            ColumnKind::Statistic | ColumnKind::Rate => add(name(), decimal(cells(), STATISTIC_SCALE)),
            ColumnKind::Bool => add(name(), Part::Bool),
            ColumnKind::Date | ColumnKind::Period(_) => add(name(), Part::Date),
            ColumnKind::Instant => add(name(), Part::Instant),
            ColumnKind::Id => add(name(), Part::Id),
            ColumnKind::Money => {
                let digits = cells().filter_map(money).map(|money| money.currency().digits());
                let scale = digits.fold(2, u32::max);
                add(name(), Part::Amount { scale });
                add(format!("{}_currency", column.name), Part::Currency);
                add(format!("{}_minor", column.name), Part::Minor);
            }
            ColumnKind::Amounts => {
                let currencies: BTreeSet<Currency> = cells().flat_map(sums).map(Money::currency).collect();
                for currency in currencies {
                    let name = format!("{}_{}", column.name, currency.code().to_lowercase());
                    add(name, Part::Sum(currency));
                }
            }
        }
    }
    flat
}

/// So many digits after the point as are asked for, or as few as leave room for the largest of the numbers.
fn decimal<'c>(cells: impl Iterator<Item = &'c Cell>, scale: u32) -> Part {
    let whole_digits = |number: Decimal| {
        number
            .trunc()
            .mantissa()
            .unsigned_abs()
            .checked_ilog10()
            .map_or(0, |log| log + 1)
    };
    let widest = cells.filter_map(number).map(whole_digits).max().unwrap_or_default();
    let scale = scale.min(u32::from(PRECISION).saturating_sub(widest));
    Part::Decimal { scale }
}

impl Part {
    fn data_type(self) -> DataType {
        match self {
            Self::Text | Self::Choice(_) | Self::Id | Self::Currency => DataType::Utf8,
            Self::Integer | Self::Minor => DataType::Int64,
            Self::Decimal { scale } | Self::Amount { scale } => decimal_type(scale),
            Self::Sum(currency) => decimal_type(currency.digits()),
            Self::Bool => DataType::Boolean,
            Self::Date => DataType::Date32,
            Self::Instant => DataType::Timestamp(TimeUnit::Millisecond, Some(UTC.into())),
        }
    }

    fn array<'c>(self, cells: impl Iterator<Item = &'c Cell>) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Text | Self::Choice(_) => Arc::new(cells.map(text).collect::<StringArray>()),
            Self::Id => Arc::new(
                cells
                    .map(|cell| id(cell).map(|id| id.to_string()))
                    .collect::<StringArray>(),
            ),
            Self::Currency => {
                let codes = cells.map(|cell| money(cell).map(|money| money.currency().code()));
                Arc::new(codes.collect::<StringArray>())
            }
            Self::Integer => Arc::new(cells.map(integer).collect::<Int64Array>()),
            Self::Minor => Arc::new(cells.map(|cell| money(cell).map(Money::minor)).collect::<Int64Array>()),
            Self::Decimal { scale } => decimals(cells.map(number), scale)?,
            Self::Amount { scale } => decimals(cells.map(|cell| money(cell).map(Money::amount)), scale)?,
            Self::Sum(currency) => {
                let sum = |cell| sums(cell).find(|sum| sum.currency() == currency).map(Money::amount);
                decimals(cells.map(sum), currency.digits())?
            }
            Self::Bool => Arc::new(cells.map(yes).collect::<BooleanArray>()),
            Self::Date => {
                let days = cells.map(|cell| i32::try_from(day_number(date(cell)?)).ok());
                Arc::new(days.collect::<Date32Array>())
            }
            Self::Instant => {
                let instants = cells.map(instant).collect::<TimestampMillisecondArray>();
                Arc::new(instants.with_timezone(UTC))
            }
        })
    }
}

fn decimal_type(scale: u32) -> DataType {
    DataType::Decimal128(PRECISION, i8::try_from(scale).unwrap_or(i8::MAX))
}

fn decimals(numbers: impl Iterator<Item = Option<Decimal>>, scale: u32) -> Result<ArrayRef, ArrowError> {
    let scaled = numbers.map(|number| number.and_then(|number| at_scale(number, scale)));
    let array = scaled.collect::<Decimal128Array>();
    Ok(Arc::new(array.with_data_type(decimal_type(scale))))
}

/// The number in units of its last digit.
fn at_scale(number: Decimal, scale: u32) -> Option<i128> {
    let rounded = number.round_dp(scale);
    let power = 10_i128.checked_pow(scale.checked_sub(rounded.scale())?)?;
    rounded.mantissa().checked_mul(power)
}

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Value(Value::Text(text)) => Some(text),
        _ => None,
    }
}

fn id(cell: &Cell) -> Option<crmkit::values::Uuid> {
    match cell {
        Cell::Value(Value::Id(id)) => Some(*id),
        _ => None,
    }
}

fn integer(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Value(Value::Integer(number)) => Some(*number),
        _ => None,
    }
}

fn number(cell: &Cell) -> Option<Decimal> {
    match cell {
        Cell::Value(Value::Decimal(number)) => Some(*number),
        _ => None,
    }
}

fn yes(cell: &Cell) -> Option<bool> {
    match cell {
        Cell::Value(Value::Bool(yes)) => Some(*yes),
        _ => None,
    }
}

fn date(cell: &Cell) -> Option<crmkit::values::NaiveDate> {
    match cell {
        Cell::Value(Value::Date(day)) => Some(*day),
        _ => None,
    }
}

fn instant(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Value(Value::Instant(at)) => Some(at.milliseconds()),
        _ => None,
    }
}

pub(crate) fn money(cell: &Cell) -> Option<Money> {
    match cell {
        Cell::Value(Value::Money(money)) => Some(*money),
        _ => None,
    }
}

pub(crate) fn sums(cell: &Cell) -> impl Iterator<Item = Money> {
    match cell {
        Cell::Amounts(amounts) => Some(amounts.iter()),
        Cell::Value(_) => None,
    }
    .into_iter()
    .flatten()
}

/// The schema of the columns.
pub(crate) fn schema(flat: &[Flat]) -> Schema {
    let fields = flat
        .iter()
        .map(|column| Field::new(&column.name, column.part.data_type(), true));
    Schema::new(fields.collect::<Vec<_>>())
}

/// The rows of a table, batch by batch, each made when it is asked for.
pub(crate) fn stream<'py>(py: Python<'py>, table: Arc<Table>) -> PyResult<Bound<'py, PyCapsule>> {
    let flat = flattened(&table);
    let schema = Arc::new(schema(&flat));
    let of_batches = Arc::clone(&schema);
    let batches = (0..table.rows.len()).step_by(BATCH_ROWS).map(move |first| {
        let rows = &table.rows[first..table.rows.len().min(first + BATCH_ROWS)];
        let cells = |place: usize| rows.iter().map(move |row| row.get(place).unwrap_or(&Cell::EMPTY));
        let arrays = flat.iter().map(|column| column.part.array(cells(column.place)));
        RecordBatch::try_new(Arc::clone(&of_batches), arrays.collect::<Result<_, _>>()?)
    });
    capsule_of(py, RecordBatchIterator::new(batches, schema))
}

/// What a consumer of streams takes.
pub(crate) fn capsule_of<'py>(
    py: Python<'py>,
    batches: impl arrow_array::RecordBatchReader + Send + 'static,
) -> PyResult<Bound<'py, PyCapsule>> {
    const NAME: &CStr = c"arrow_array_stream";
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), NAME)
}

/// What a consumer of schemas takes.
pub(crate) fn schema_capsule<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    const NAME: &CStr = c"arrow_schema";
    let schema = FFI_ArrowSchema::try_from(schema).map_err(|error| PyValueError::new_err(error.to_string()))?;
    PyCapsule::new_with_value(py, schema, NAME)
}
