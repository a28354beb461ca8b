//! Custom fields as SQLite keeps them: one JSON object a record, whose scalars compare as columns do.
//!
//! Numbers are whole numbers of their last of six digits, dates days since 1970-01-01, instants milliseconds, yes and
//! no 1 and 0, and the ids of records UUIDs; an amount is an object of its minor units and its currency.

use std::collections::BTreeMap;

use crm_core::engine::{
    CustomFieldKind, CustomValues, FieldKind, Part, StorageKey, Value, decimal_of_scaled, scaled_integer, wrong_kind,
};
use crm_core::values::{Currency, Money, Timestamp, ValueError, day_number, day_of_number};
use serde::{Deserialize, Serialize};

/// A value in the JSON object.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Scalar {
    Integer(i64),
    Text(String),
    Money { minor: i64, currency: String },
}

/// The JSON object of a record's custom fields.
pub(crate) fn written(values: &CustomValues) -> Result<String, ValueError> {
    let object = values.iter().map(|(key, value)| Ok((key, scalar(key, value)?)));
    let object: BTreeMap<StorageKey, Scalar> = object.collect::<Result<_, ValueError>>()?;
    serde_json::to_string(&object).map_err(|_| {
        ValueError::new(
            "the custom fields cannot be written as JSON",
            "Report this as a defect of crmkit",
        )
    })
}

fn scalar(key: StorageKey, value: &Value) -> Result<Scalar, ValueError> {
    let kind = key.kind().field_kind();
    Ok(match (kind, value) {
        (FieldKind::Decimal { scale }, Value::Decimal(number)) => Scalar::Integer(scaled_integer(*number, scale)?),
        (FieldKind::Bool, Value::Bool(yes)) => Scalar::Integer((*yes).into()),
        (FieldKind::Text, Value::Text(text)) => Scalar::Text(text.clone()),
        (FieldKind::Date, Value::Date(day)) => Scalar::Integer(day_number(*day)),
        (FieldKind::Instant, Value::Instant(at)) => Scalar::Integer(at.milliseconds()),
        (FieldKind::Id, Value::Id(id)) => Scalar::Text(id.to_string()),
        (FieldKind::Money, Value::Money(money)) => Scalar::Money {
            minor: money.minor(),
            currency: money.currency().code().to_owned(),
        },
        _ => return Err(wrong_kind(kind, value)),
    })
}

/// The custom fields in a JSON object; nothing where it is damaged.
pub(crate) fn read(json: &[u8]) -> Option<CustomValues> {
    let object: BTreeMap<StorageKey, Scalar> = serde_json::from_slice(json).ok()?;
    object
        .into_iter()
        .map(|(key, scalar)| Some((key, value(key, scalar)?)))
        .collect()
}

fn value(key: StorageKey, scalar: Scalar) -> Option<Value> {
    Some(match (key.kind().field_kind(), scalar) {
        (FieldKind::Decimal { scale }, Scalar::Integer(number)) => Value::Decimal(decimal_of_scaled(number, scale)),
        (FieldKind::Bool, Scalar::Integer(number @ (0 | 1))) => Value::Bool(number == 1),
        (FieldKind::Text, Scalar::Text(text)) => Value::Text(text),
        (FieldKind::Date, Scalar::Integer(number)) => Value::Date(day_of_number(number).ok()?),
        (FieldKind::Instant, Scalar::Integer(number)) => Value::Instant(Timestamp::from_milliseconds(number)),
        (FieldKind::Id, Scalar::Text(id)) => Value::Id(id.parse().ok()?),
        (FieldKind::Money, Scalar::Money { minor, currency }) => {
            Value::Money(Money::from_minor(minor, Currency::from_code(&currency).ok()?))
        }
        _ => return None,
    })
}

/// The SQL expression of a custom field in a column: what a column of its own would hold. An index on it is on exactly
/// this text.
pub(crate) fn expression(column: &str, key: StorageKey, part: Part) -> String {
    match (key.kind(), part) {
        (CustomFieldKind::Reference, _) => format!("unhex({column} ->> '$.{key}', '-')"),
        (CustomFieldKind::Money, Part::Currency) => format!("({column} ->> '$.{key}.currency')"),
        (CustomFieldKind::Money, _) => format!("({column} ->> '$.{key}.minor')"),
        _ => format!("({column} ->> '$.{key}')"),
    }
}
