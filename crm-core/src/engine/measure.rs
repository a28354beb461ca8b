//! How the measures of an [`super::Aggregate`] are finished from whole numbers, the same for every store.

use super::aggregate::{Expression, MeasureKind};
use super::entity::EntityDef;
use super::value::{FieldKind, Value, decimal_of_scaled};
use super::{CrmError, Result};
use crate::values::{Currency, Decimal, Money, Timestamp, day_of_number};

/// What whole numbers an expression gives, and what they stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Whole numbers.
    Integer,
    /// Decimal numbers, as whole numbers of their last digit.
    Decimal {
        /// Digits after the point.
        scale: u32,
    },
    /// Amounts, as minor units times ten to this power.
    Money {
        /// Digits beyond the minor unit.
        extra: u32,
    },
    /// Dates, as days since 1970-01-01. Only for minimum and maximum.
    Date,
    /// Instants, as milliseconds. Only for minimum and maximum.
    Instant,
    /// Text. Only for minimum and maximum.
    Text,
}

impl Shape {
    /// The shape of what an expression gives.
    ///
    /// # Errors
    /// When it gives nothing that can be measured.
    pub fn of(expression: &Expression, root: &'static EntityDef) -> Result<Self> {
        match expression {
            Expression::Path(path) => match path.kind() {
                FieldKind::Integer => Ok(Self::Integer),
                FieldKind::Decimal { scale } => Ok(Self::Decimal { scale }),
                FieldKind::Money => Ok(Self::Money { extra: 0 }),
                FieldKind::Date => Ok(Self::Date),
                FieldKind::Instant => Ok(Self::Instant),
                FieldKind::Text | FieldKind::Choice(_) => Ok(Self::Text),
                FieldKind::Bool | FieldKind::Id | FieldKind::Custom => Err(not_measured(root)),
            },
            Expression::DaysBetween { .. } | Expression::MillisecondsBetween { .. } => Ok(Self::Integer),
            Expression::Share { of, percent } => match (of.kind(), percent.kind()) {
                (FieldKind::Money, FieldKind::Decimal { scale }) => Ok(Self::Money { extra: scale + 2 }),
                (FieldKind::Decimal { scale: of }, FieldKind::Decimal { scale }) => {
                    Ok(Self::Decimal { scale: of + scale + 2 })
                }
                _ => Err(not_measured(root)),
            },
            Expression::Literal(_) | Expression::Moved { .. } => Err(not_measured(root)),
        }
    }

    /// Whether it can be added up.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal { .. } | Self::Money { .. })
    }
}

fn not_measured(root: &'static EntityDef) -> CrmError {
    CrmError::invalid(
        root.name,
        "measure",
        "only fields with a size, durations and shares are measured",
        "Measure another field",
    )
}

/// What a store knows of a measure in one group, before it is finished.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawMeasure {
    /// How many values there were.
    pub count: i64,
    /// For sums and averages the sum, for quartiles four times the quartile, for minimum and maximum the value.
    pub number: Option<i128>,
    /// The minimum or maximum, where it is text.
    pub text: Option<String>,
    /// The first currency in the order of the alphabet, of amounts.
    pub first_currency: Option<String>,
    /// The last one.
    pub last_currency: Option<String>,
}

impl RawMeasure {
    /// The value of a measure.
    ///
    /// # Errors
    /// When amounts of two currencies would be added, or the result is too large.
    pub fn finish(self, kind: &MeasureKind, root: &'static EntityDef) -> Result<Value> {
        let (expression, divisor) = match kind {
            MeasureKind::Count | MeasureKind::CountDistinct(_) => return Ok(Value::Integer(self.count)),
            MeasureKind::Sum(expression) | MeasureKind::Minimum(expression) | MeasureKind::Maximum(expression) => {
                (expression, 1)
            }
            MeasureKind::Average(expression) => (expression, self.count.max(1)),
            MeasureKind::Quartile(expression, _) => (expression, 4),
        };
        let shape = Shape::of(expression, root)?;
        if shape == Shape::Text {
            return Ok(Value::from(self.text));
        }
        let Some(number) = self.number else {
            return Ok(Value::Null);
        };
        let exact = matches!(
            kind,
            MeasureKind::Sum(_) | MeasureKind::Minimum(_) | MeasureKind::Maximum(_)
        );
        match shape {
            Shape::Integer if exact => Ok(Value::Integer(narrow(number, root)?)),
            Shape::Integer => Ok(Value::Decimal(quotient(number, 0, divisor, root)?.normalize())),
            Shape::Decimal { scale } if exact && scale <= 18 => {
                Ok(Value::Decimal(decimal_of_scaled(narrow(number, root)?, scale)))
            }
            Shape::Decimal { scale } => Ok(Value::Decimal(quotient(number, scale, divisor, root)?.normalize())),
            Shape::Money { extra } => {
                let currency = self.one_currency(root)?;
                let amount = quotient(number, currency.digits() + extra, divisor, root)?;
                let money = Money::rounded(amount, currency).map_err(|_| overflow(root))?;
                Ok(Value::Money(money))
            }
            Shape::Date => day_of_number(narrow(number, root)?)
                .map(Value::Date)
                .map_err(|error| CrmError::invalid_value(root.name, "measure", error)),
            Shape::Instant => Ok(Value::Instant(Timestamp::from_milliseconds(narrow(number, root)?))),
            Shape::Text => Ok(Value::Null),
        }
    }

    fn one_currency(&self, root: &'static EntityDef) -> Result<Currency> {
        match (&self.first_currency, &self.last_currency) {
            (Some(first), Some(last)) if first == last => {
                Currency::from_code(first).map_err(|error| CrmError::invalid_value(root.name, "measure", error))
            }
            _ => Err(CrmError::invalid(
                root.name,
                "measure",
                "the group has amounts of more than one currency",
                "Group by the currency of the amount as well, or filter by one",
            )),
        }
    }
}

fn narrow(number: i128, root: &'static EntityDef) -> Result<i64> {
    i64::try_from(number).map_err(|_| overflow(root))
}

fn quotient(number: i128, scale: u32, divisor: i64, root: &'static EntityDef) -> Result<Decimal> {
    Decimal::try_from_i128_with_scale(number, scale)
        .ok()
        .and_then(|number| number.checked_div(Decimal::from(divisor)))
        .ok_or_else(|| overflow(root))
}

/// The error for sums that do not fit 64 bits.
pub fn overflow(root: &'static EntityDef) -> CrmError {
    CrmError::invalid(
        root.name,
        "measure",
        "the result does not fit 64 bits",
        "Measure fewer records at a time",
    )
}

/// Four times a quartile of whole numbers, which is a whole number again, by linear interpolation.
///
/// ```
/// use crm_core::engine::{Quartile, four_quartiles};
/// // The median of 1, 2, 4 and 8 is 3.
/// assert_eq!(four_quartiles(&mut [8, 1, 4, 2], Quartile::Median), Some(12));
/// ```
pub fn four_quartiles(numbers: &mut [i128], quartile: super::Quartile) -> Option<i128> {
    numbers.sort_unstable();
    let last = numbers.len().checked_sub(1)?;
    let position = last * usize::try_from(quartile.quarters()).ok()?;
    let (index, quarters) = (position / 4, i128::try_from(position % 4).ok()?);
    let low = numbers[index];
    let high = numbers[(index + 1).min(last)];
    Some(
        low.saturating_mul(4 - quarters)
            .saturating_add(high.saturating_mul(quarters)),
    )
}
