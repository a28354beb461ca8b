use chrono::{DateTime, Utc};
use crmkit::engine::{CustomValues, EntityDef, FieldDef, FieldKind, Value};
use crmkit::values::{self, NaiveDate, Timestamp, Uuid, ValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDate, PyDateAccess, PyDateTime, PyInt, PyMapping, PyString, PyTzInfo};

use super::Money;
use super::money::decimal;
use crate::errors::{invalid, wrong_type};
use crate::records::Record;

/// What a field gets of a Python value.
pub(crate) fn value(entity: &'static EntityDef, field: &FieldDef, given: &Bound<'_, PyAny>) -> PyResult<Value> {
    let py = given.py();
    if given.is_none() {
        return Ok(Value::Null);
    }
    if let (FieldKind::Id, Some(reference)) = (field.kind, field.reference) {
        return id_of(entity, field.name, Some(reference.table), given).map(Value::Id);
    }
    if field.kind == FieldKind::Custom {
        return custom(entity, given).map(Value::from);
    }
    exact(field.kind, given).map_err(|error| wrong_type(py, entity.name, field.name, error))
}

/// The value of a kind, of a type of Python that can be nothing else.
fn exact(kind: FieldKind, given: &Bound<'_, PyAny>) -> Result<Value, ValueError> {
    match kind {
        FieldKind::Bool => given
            .cast::<PyBool>()
            .map(|yes| Value::Bool(yes.is_true()))
            .map_err(|_| wrong(given, "True or False")),
        FieldKind::Integer => integer(given).map(Value::Integer),
        FieldKind::Decimal { .. } => decimal(given).map(Value::Decimal),
        FieldKind::Text | FieldKind::Choice(_) => text(given).map(Value::Text),
        FieldKind::Money => money(given),
        FieldKind::Date => date(given).map(Value::Date),
        FieldKind::Instant => instant(given).map(Value::Instant),
        FieldKind::Id => uuid(given).map(Value::Id),
        FieldKind::Custom => Err(wrong(given, "a mapping of keys to values")),
    }
}

fn wrong(given: &Bound<'_, PyAny>, wanted: &str) -> ValueError {
    let kind = given.get_type().name().map(|name| name.to_string());
    let kind = kind.unwrap_or_else(|_| "another type".into());
    ValueError::new(format!("it is of the type {kind}"), format!("Give {wanted}"))
}

fn integer(given: &Bound<'_, PyAny>) -> Result<i64, ValueError> {
    if given.is_instance_of::<PyBool>() || !given.is_instance_of::<PyInt>() {
        return Err(wrong(given, "an int"));
    }
    given
        .extract()
        .map_err(|_| ValueError::new("the number does not fit 64 bits", "Give a smaller one"))
}

/// A text, whole characters all of it.
pub(crate) fn text(given: &Bound<'_, PyAny>) -> Result<String, ValueError> {
    let text = given.cast::<PyString>().map_err(|_| wrong(given, "a str"))?;
    text.to_str().map(str::to_owned).map_err(|_| {
        ValueError::new(
            "the text holds half a character (a lone surrogate)",
            "Decode it with the right encoding",
        )
    })
}

fn money(given: &Bound<'_, PyAny>) -> Result<Value, ValueError> {
    if let Ok(money) = given.cast::<Money>() {
        return Ok(Value::Money(values::Money::from(money.get())));
    }
    let kind = given.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    let reason = match kind.as_str() {
        "float" => "a float is not exact, and names no currency".into(),
        _ => format!("it is of the type {kind}, and names no currency"),
    };
    Err(ValueError::new(reason, "Give Money(\"19.90\", \"EUR\")"))
}

/// A date, and no datetime.
pub(crate) fn date(given: &Bound<'_, PyAny>) -> Result<NaiveDate, ValueError> {
    if given.is_instance_of::<PyDateTime>() {
        return Err(ValueError::new(
            "it is a datetime, and which day that is depends on the zone",
            "Give a date: .date() of the datetime in the zone that is meant",
        ));
    }
    let day = given.cast::<PyDate>().map_err(|_| wrong(given, "a date"))?;
    NaiveDate::from_ymd_opt(day.get_year(), day.get_month().into(), day.get_day().into())
        .ok_or_else(|| wrong(given, "a date"))
}

/// Any aware datetime, to the millisecond.
pub(crate) fn instant(given: &Bound<'_, PyAny>) -> Result<Timestamp, ValueError> {
    let at = given
        .cast::<PyDateTime>()
        .map_err(|_| wrong(given, "an aware datetime"))?;
    let naive = || {
        ValueError::new(
            "the datetime is naive: it names no zone",
            "Use datetime.now(timezone.utc), or give the datetime a tzinfo",
        )
    };
    let offset = at.call_method0("utcoffset").map_err(|_| naive())?;
    if offset.is_none() {
        return Err(naive());
    }
    let out_of_range = |_| ValueError::new("the datetime is too far from today", "Give a year from 1 to 9999");
    let utc = PyTzInfo::utc(given.py()).map_err(out_of_range)?;
    let at = at.call_method1("astimezone", (utc,)).map_err(out_of_range)?;
    at.extract::<DateTime<Utc>>().map(Timestamp::from).map_err(out_of_range)
}

fn uuid(given: &Bound<'_, PyAny>) -> Result<Uuid, ValueError> {
    if let Ok(text) = given.cast::<PyString>() {
        let text = text.to_str().unwrap_or_default();
        return Uuid::parse_str(text).map_err(|_| ValueError::new("the text is no UUID", "Give a record, or its id"));
    }
    given
        .extract()
        .map_err(|_| wrong(given, "a record, a UUID or its text"))
}

/// The id of a record, of which the record itself, its UUID or the text of that is given.
pub(crate) fn record_id(entity: &'static EntityDef, given: &Bound<'_, PyAny>) -> PyResult<Uuid> {
    id_of(entity, "id", Some(entity.table), given)
}

fn id_of(
    entity: &'static EntityDef,
    field: &str,
    table: Option<&'static str>,
    given: &Bound<'_, PyAny>,
) -> PyResult<Uuid> {
    let py = given.py();
    if let Ok(record) = given.cast::<Record>() {
        let record = record.get();
        return match table {
            Some(table) if table != record.entity().table => {
                let error = ValueError::new(
                    format!("it is a record of {}", record.entity().table),
                    format!("Give one of {table}"),
                );
                Err(wrong_type(py, entity.name, field, error))
            }
            _ => Ok(record.id()),
        };
    }
    uuid(given).map_err(|error| wrong_type(py, entity.name, field, error))
}

/// Custom fields by their keys; what kind of value each takes, its definition says when the record is written.
fn custom(entity: &'static EntityDef, given: &Bound<'_, PyAny>) -> PyResult<CustomValues> {
    let py = given.py();
    let mapping = given
        .cast::<PyMapping>()
        .map_err(|_| wrong_type(py, entity.name, "custom", wrong(given, "a mapping of keys to values")))?;
    let mut values = CustomValues::new();
    for pair in mapping.items()? {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
        let key = text(&key).map_err(|error| wrong_type(py, entity.name, "custom", error))?;
        let value = of_any_kind(&value).map_err(|error| invalid(py, entity, &key, error))?;
        values.set(key, value);
    }
    Ok(values)
}

/// The value of a custom field, by what type it is of.
pub(crate) fn of_any_kind(given: &Bound<'_, PyAny>) -> Result<Value, ValueError> {
    if given.is_none() {
        return Ok(Value::Null);
    }
    let kind = if given.is_instance_of::<PyBool>() {
        FieldKind::Bool
    } else if given.is_instance_of::<PyInt>() {
        FieldKind::Integer
    } else if given.is_instance_of::<PyString>() {
        FieldKind::Text
    } else if given.is_instance_of::<Money>() {
        FieldKind::Money
    } else if given.is_instance_of::<PyDateTime>() {
        FieldKind::Instant
    } else if given.is_instance_of::<PyDate>() {
        FieldKind::Date
    } else if let Ok(record) = given.cast::<Record>() {
        return Ok(Value::Id(record.get().id()));
    } else if let Ok(id) = given.extract::<Uuid>() {
        return Ok(Value::Id(id));
    } else {
        FieldKind::Decimal { scale: 6 }
    };
    exact(kind, given)
}
