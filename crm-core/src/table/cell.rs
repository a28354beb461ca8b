use std::fmt;

use super::ColumnKind;
use crate::engine::Value;
use crate::insight::Amounts;
use crate::values::{Decimal, Money, Timestamp, thousands_apart};

/// What stands in one place of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A value, or nothing.
    Value(Value),
    /// Sums by currency.
    Amounts(Amounts),
}

impl Cell {
    /// Nothing.
    pub const EMPTY: Self = Self::Value(Value::Null);

    /// The cell as people read it, in one line; `kind` is that of its column.
    pub(super) fn text(&self, kind: ColumnKind) -> String {
        match (kind, self) {
            (ColumnKind::Id, Self::Value(Value::Null)) => String::new(),
            (ColumnKind::Rate, Self::Value(Value::Decimal(rate))) => rate
                .checked_mul(Decimal::ONE_HUNDRED)
                .map_or_else(|| rate.to_string(), |percent| one_digit(percent) + " %"),
            (ColumnKind::Statistic, Self::Value(Value::Decimal(number))) => one_digit(*number),
            (ColumnKind::Period(period), Self::Value(Value::Date(day))) => period.label(*day),
            _ => self.to_string(),
        }
    }
}

/// The cell as people read it, in one line: thousands apart, instants to the minute, a dash for nothing.
impl fmt::Display for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amounts(amounts) if amounts.is_empty() => formatter.write_str("-"),
            Self::Amounts(amounts) => {
                let sums: Vec<String> = amounts.iter().map(exact).collect();
                formatter.write_str(&sums.join(" + "))
            }
            Self::Value(Value::Null) => formatter.write_str("-"),
            Self::Value(Value::Bool(true)) => formatter.write_str("yes"),
            Self::Value(Value::Bool(false)) => formatter.write_str("no"),
            Self::Value(Value::Integer(number)) => formatter.write_str(&thousands_apart((*number).into())),
            Self::Value(Value::Decimal(number)) => formatter.write_str(&thousands_apart(*number)),
            // A character that controls the terminal does so in nobody's table.
            Self::Value(Value::Text(text)) => formatter.write_str(&text.replace(char::is_control, " ")),
            Self::Value(Value::Money(amount)) => formatter.write_str(&exact(*amount)),
            Self::Value(Value::Date(day)) => write!(formatter, "{day}"),
            Self::Value(Value::Instant(at)) => formatter.write_str(&to_the_minute(*at)),
            Self::Value(Value::Id(id)) => write!(formatter, "{id}"),
            Self::Value(Value::Custom(values)) => {
                let keys: Vec<String> = values.iter().map(|(key, _)| key.to_string()).collect();
                formatter.write_str(&keys.join(", "))
            }
        }
    }
}

impl<T: Into<Value>> From<T> for Cell {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

impl From<Amounts> for Cell {
    fn from(amounts: Amounts) -> Self {
        Self::Amounts(amounts)
    }
}

/// An amount to the minor unit: `1,234.50 EUR`.
pub(crate) fn exact(amount: Money) -> String {
    format!("{} {}", thousands_apart(amount.amount()), amount.currency())
}

fn one_digit(number: Decimal) -> String {
    let mut rounded = number.round_dp(1);
    rounded.rescale(1);
    thousands_apart(rounded)
}

/// An instant without its seconds: `2026-06-30 08:00Z`.
fn to_the_minute(at: Timestamp) -> String {
    let text = at.to_string();
    text.get(..16)
        .map_or(text.clone(), |minutes| minutes.replace('T', " ") + "Z")
}
