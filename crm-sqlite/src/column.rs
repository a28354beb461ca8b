//! Values as SQLite keeps them, and back.

use crm_core::engine::{
    CrmError, EntityDef, FieldDef, FieldKind, Result, Value, decimal_of_scaled, scaled_integer, wrong_kind,
};
use crm_core::values::{Currency, Money, Timestamp, day_number, day_of_number};
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use rusqlite::{Row, ToSql};
use uuid::Uuid;

use crate::custom;

/// A value on its way into a statement, borrowed from where it is.
#[derive(Debug)]
pub(crate) enum Column<'v> {
    Null,
    Integer(i64),
    Text(&'v str),
    /// Text that was made of the value.
    Json(String),
    Blob(&'v [u8]),
}

impl ToSql for Column<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Json(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// The columns that a value of a field fills: two for an amount, else one.
pub(crate) fn stored<'v>(
    entity: &'static EntityDef,
    field: &FieldDef,
    value: &'v Value,
) -> Result<(Column<'v>, Option<Column<'v>>)> {
    let refuse = |error| CrmError::invalid_value(entity.name, field.name, error);
    let one = match (field.kind, value) {
        (FieldKind::Money, Value::Null) => return Ok((Column::Null, Some(Column::Null))),
        (FieldKind::Money, Value::Money(money)) => {
            return Ok((
                Column::Integer(money.minor()),
                Some(Column::Text(money.currency().code())),
            ));
        }
        (FieldKind::Decimal { scale }, Value::Decimal(number)) => {
            Column::Integer(scaled_integer(*number, scale).map_err(refuse)?)
        }
        (FieldKind::Custom, Value::Custom(values)) => Column::Json(custom::written(values).map_err(refuse)?),
        (kind, value) if kind.admits(value) => plain(value).ok_or_else(|| refuse(wrong_kind(kind, value)))?,
        (kind, value) => return Err(refuse(wrong_kind(kind, value))),
    };
    Ok((one, None))
}

/// The column of a value that is kept as it is, in one.
fn plain(value: &Value) -> Option<Column<'_>> {
    Some(match value {
        Value::Null => Column::Null,
        Value::Bool(yes) => Column::Integer(i64::from(*yes)),
        Value::Integer(number) => Column::Integer(*number),
        Value::Text(text) => Column::Text(text),
        Value::Date(day) => Column::Integer(day_number(*day)),
        Value::Instant(at) => Column::Integer(at.milliseconds()),
        Value::Id(id) => Column::Blob(id.as_bytes()),
        Value::Decimal(_) | Value::Money(_) | Value::Custom(_) => return None,
    })
}

/// A value to compare with; a decimal number as a whole number of its last digit at `scale`.
pub(crate) fn comparable(entity: &'static EntityDef, value: &Value, scale: u32) -> Result<Owned> {
    let refuse = |error| CrmError::invalid_value(entity.name, "filter", error);
    if let Value::Decimal(number) = value {
        return Ok(Owned::Integer(scaled_integer(*number, scale).map_err(refuse)?));
    }
    match plain(value) {
        Some(Column::Null) => Ok(Owned::Null),
        Some(Column::Integer(number)) => Ok(Owned::Integer(number)),
        Some(Column::Text(text)) => Ok(Owned::Text(text.to_owned())),
        Some(Column::Blob(bytes)) => Ok(Owned::Blob(bytes.to_vec())),
        Some(Column::Json(_)) | None => Err(refuse(wrong_kind(FieldKind::Integer, value))),
    }
}

/// Reads the value that begins at a column.
pub(crate) fn read(row: &Row<'_>, column: usize, kind: FieldKind) -> Result<Value> {
    let damaged = || CrmError::Corrupt {
        reason: format!("column {column} of a row does not hold {}", kind.describe()),
    };
    let raw = row.get_ref(column).map_err(|_| damaged())?;
    let value = match (kind, raw) {
        (_, ValueRef::Null) => Value::Null,
        (FieldKind::Text | FieldKind::Choice(_), ValueRef::Text(bytes)) => {
            Value::Text(std::str::from_utf8(bytes).map_err(|_| damaged())?.to_owned())
        }
        (FieldKind::Id, ValueRef::Blob(bytes)) => Value::Id(Uuid::from_slice(bytes).map_err(|_| damaged())?),
        (FieldKind::Bool, ValueRef::Integer(number @ (0 | 1))) => Value::Bool(number == 1),
        (FieldKind::Integer, ValueRef::Integer(number)) => Value::Integer(number),
        (FieldKind::Decimal { scale }, ValueRef::Integer(number)) => Value::Decimal(decimal_of_scaled(number, scale)),
        (FieldKind::Date, ValueRef::Integer(number)) => Value::Date(day_of_number(number).map_err(|_| damaged())?),
        (FieldKind::Instant, ValueRef::Integer(number)) => Value::Instant(Timestamp::from_milliseconds(number)),
        (FieldKind::Money, ValueRef::Integer(minor)) => {
            let code = row.get_ref(column + 1).ok().and_then(|code| code.as_str().ok());
            let currency = code
                .and_then(|code| Currency::from_code(code).ok())
                .ok_or_else(damaged)?;
            Value::Money(Money::from_minor(minor, currency))
        }
        (FieldKind::Custom, ValueRef::Text(json)) => custom::read(json).map(Value::from).ok_or_else(damaged)?,
        _ => return Err(damaged()),
    };
    Ok(value)
}
