use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::choice::ChoiceDef;
use super::custom::CustomValues;
use crate::values::{Decimal, Money, NaiveDate, Timestamp, ValueError};

/// One value of one field, in the form in which engine, stores and change log exchange it.
///
/// Ordered as every store orders: nothing first, then by kind, then by size; text by its code points.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// An exact decimal number.
    #[serde(with = "rust_decimal::serde::str")]
    Decimal(Decimal),
    /// Text, and the code of a choice.
    Text(String),
    /// An amount of one currency.
    Money(Money),
    /// A date.
    Date(NaiveDate),
    /// An instant.
    Instant(Timestamp),
    /// The id of a record.
    Id(Uuid),
    /// The custom fields of a record.
    Custom(CustomValues),
}

impl Value {
    /// Whether there is nothing here.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// What kind of value this is, in a word for messages.
    pub fn kind_name(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "a yes or no",
            Self::Integer(_) => "a whole number",
            Self::Decimal(_) => "a decimal number",
            Self::Text(_) => "text",
            Self::Money(_) => "money",
            Self::Date(_) => "a date",
            Self::Instant(_) => "an instant",
            Self::Id(_) => "an id",
            Self::Custom(_) => "a set of custom fields",
        }
    }
}

/// Shows the kind and, for ids and numbers of the engine's own, nothing a customer typed.
impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(formatter, "Id({id})"),
            Self::Custom(values) => values.fmt(formatter),
            other => formatter.write_str(other.kind_name()),
        }
    }
}

/// What a field may hold, as stores and importers need to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Yes or no.
    Bool,
    /// A whole number of 64 bits.
    Integer,
    /// An exact decimal number with up to `scale` digits after its point, kept as a whole number of its last digit.
    Decimal {
        /// Digits after the point.
        scale: u32,
    },
    /// Text of up to 1 MiB.
    Text,
    /// One of these codes.
    Choice(&'static ChoiceDef),
    /// An amount of one currency: two columns, minor units and code.
    Money,
    /// A date.
    Date,
    /// An instant.
    Instant,
    /// The id of a record.
    Id,
    /// The custom fields of a record: one JSON object.
    Custom,
}

impl FieldKind {
    /// The same kind, and for a decimal number with this many digits after its point.
    #[must_use]
    pub const fn with_scale(self, scale: u32) -> Self {
        match self {
            Self::Decimal { .. } => Self::Decimal { scale },
            other => other,
        }
    }

    /// What a field of this kind takes, in words for messages.
    pub fn describe(self) -> String {
        match self {
            Self::Bool => "yes or no".into(),
            Self::Integer => "a whole number".into(),
            Self::Decimal { scale } => format!("a decimal number with up to {scale} digits after its point"),
            Self::Text => "text".into(),
            Self::Choice(choice) => choice.describe(),
            Self::Money => "an amount and a currency".into(),
            Self::Date => "a date".into(),
            Self::Instant => "an instant".into(),
            Self::Id => "the id of a record".into(),
            Self::Custom => "custom fields by their keys".into(),
        }
    }

    /// Whether a value fits a field of this kind; nothing always does.
    pub fn admits(self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::Null)
            | (Self::Bool, Value::Bool(_))
            | (Self::Integer, Value::Integer(_))
            | (Self::Text, Value::Text(_))
            | (Self::Money, Value::Money(_))
            | (Self::Date, Value::Date(_))
            | (Self::Instant, Value::Instant(_))
            | (Self::Id, Value::Id(_))
            | (Self::Custom, Value::Custom(_)) => true,
            (Self::Decimal { scale }, Value::Decimal(number)) => scaled_integer(*number, scale).is_ok(),
            (Self::Choice(choice), Value::Text(code)) => choice.codes.contains(&code.as_str()),
            _ => false,
        }
    }
}

/// A decimal number as a whole number of its last digit: 62.5 at scale 2 is 6250.
///
/// # Errors
/// When the number has more digits after its point than `scale`, or does not fit 64 bits.
pub fn scaled_integer(number: Decimal, scale: u32) -> Result<i64, ValueError> {
    let refused = || {
        ValueError::new(
            format!("the number needs more than {scale} digits after its point, or is too large"),
            format!("Round it to {scale} digits"),
        )
    };
    let scaled = 10_i64
        .checked_pow(scale)
        .and_then(|unit| Decimal::from(unit).checked_mul(number))
        .ok_or_else(refused)?;
    if !scaled.fract().is_zero() {
        return Err(refused());
    }
    i64::try_from(scaled).map_err(|_| refused())
}

/// The inverse of [`scaled_integer`], without trailing zeros.
pub fn decimal_of_scaled(integer: i64, scale: u32) -> Decimal {
    Decimal::new(integer, scale).normalize()
}

/// A Rust type that a field of an entity may have.
pub trait FieldValue: Sized {
    /// The kind of the field.
    const KIND: FieldKind;
    /// Whether the field may be empty.
    const NULLABLE: bool = false;

    /// The value to store.
    fn to_value(&self) -> Value;

    /// The value back.
    ///
    /// # Errors
    /// When the value is of another kind.
    fn from_value(value: Value) -> Result<Self, ValueError>;

    /// Takes a change over: the new value takes the place of this one, and of a set of custom values each its own.
    fn change(&mut self, new: Self) {
        *self = new;
    }
}

/// The error for a value of the wrong kind.
pub fn wrong_kind(expected: FieldKind, found: &Value) -> ValueError {
    ValueError::new(
        format!("the value is {}", found.kind_name()),
        format!("Give {}", expected.describe()),
    )
}

macro_rules! field_value {
    ($type:ty, $kind:expr, $variant:ident, $to:expr) => {
        impl FieldValue for $type {
            const KIND: FieldKind = $kind;

            fn to_value(&self) -> Value {
                Value::$variant($to(self))
            }

            fn from_value(value: Value) -> Result<Self, ValueError> {
                match value {
                    Value::$variant(inner) => Ok(inner),
                    other => Err(wrong_kind(Self::KIND, &other)),
                }
            }
        }
    };
}

field_value!(bool, FieldKind::Bool, Bool, bool::clone);
field_value!(i64, FieldKind::Integer, Integer, i64::clone);
field_value!(Decimal, FieldKind::Decimal { scale: 6 }, Decimal, Decimal::clone);
field_value!(String, FieldKind::Text, Text, String::clone);
field_value!(Money, FieldKind::Money, Money, Money::clone);
field_value!(NaiveDate, FieldKind::Date, Date, NaiveDate::clone);
field_value!(Timestamp, FieldKind::Instant, Instant, Timestamp::clone);
field_value!(Uuid, FieldKind::Id, Id, Uuid::clone);

impl<T: FieldValue> FieldValue for Option<T> {
    const KIND: FieldKind = T::KIND;
    const NULLABLE: bool = true;

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

macro_rules! value_from {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                value.to_value()
            }
        }
    )*};
}

value_from!(bool, i64, Decimal, String, Money, NaiveDate, Timestamp, Uuid);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
