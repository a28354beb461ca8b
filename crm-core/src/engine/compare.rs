//! Turns comparisons into what every store can do: amounts into currency and minor units, numbers into the scale of
//! their field.

use std::cmp::Ordering;

use super::aggregate::Expression;
use super::entity::EntityDef;
use super::filter::{Comparison, Filter};
use super::path::{Conditions, Path, PathConditions};
use super::prepare::kind_of;
use super::value::{FieldKind, Value};
use super::{CrmError, Result};
use crate::values::{Currency, Decimal, Money};

/// Checks that two sides compare, and lowers the comparison.
pub(super) fn compare(
    left: &Expression,
    comparison: Comparison,
    right: &Expression,
    root: &'static EntityDef,
) -> Result<Filter> {
    if matches!(left, Expression::Literal(_)) && !matches!(right, Expression::Literal(_)) {
        return compare(right, comparison.flipped(), left, root);
    }
    let (left_kind, right_kind) = (kind_of(left, root)?, kind_of(right, root)?);
    let (Some(left_kind), Some(right_kind)) = (left_kind, right_kind) else {
        return Err(CrmError::invalid(
            root.name,
            "filter",
            "nothing compares with nothing",
            "Ask whether the field is empty instead",
        ));
    };
    if let (Expression::Literal(left), Expression::Literal(right)) = (left, right)
        && let (Some(left), Some(right)) = (number(left), number(right))
    {
        return Ok(always(comparison.holds(left.cmp(&right))));
    }
    let plain = Filter::Compare {
        left: left.clone(),
        comparison,
        right: right.clone(),
    };
    match (left_kind, right_kind, left, right) {
        (FieldKind::Money, FieldKind::Money, Expression::Path(path), Expression::Literal(Value::Money(money))) => {
            Ok(compare_money(path, comparison, *money))
        }
        (FieldKind::Money, FieldKind::Money, Expression::Path(first), Expression::Path(second)) => {
            Ok(compare_two_amounts(first, comparison, second))
        }
        (FieldKind::Money, _, Expression::Path(path), Expression::Literal(Value::Integer(number))) => {
            Ok(compare_major(path, comparison, Decimal::from(*number)))
        }
        (FieldKind::Money, _, Expression::Path(path), Expression::Literal(Value::Decimal(number))) => {
            Ok(compare_major(path, comparison, *number))
        }
        (FieldKind::Integer, FieldKind::Decimal { .. }, _, Expression::Literal(Value::Decimal(number))) => {
            Ok(compare_scaled(left, comparison, *number, 0))
        }
        (FieldKind::Decimal { scale }, _, _, Expression::Literal(Value::Decimal(number))) => {
            Ok(compare_scaled(left, comparison, *number, scale))
        }
        (FieldKind::Decimal { scale }, _, _, Expression::Literal(Value::Integer(number))) => {
            Ok(compare_scaled(left, comparison, Decimal::from(*number), scale))
        }
        (
            FieldKind::Text | FieldKind::Choice(_),
            FieldKind::Text,
            Expression::Path(path),
            Expression::Literal(Value::Text(code)),
        ) => {
            let Some(codes) = path.codes().filter(|codes| !codes.contains(&code.as_str())) else {
                return Ok(plain);
            };
            let reason = "this is none of the field's choices";
            Err(refused(left, reason, format!("Use one of {}", codes.join(", ")), root))
        }
        (FieldKind::Text | FieldKind::Choice(_), FieldKind::Text | FieldKind::Choice(_), ..) => Ok(plain),
        (FieldKind::Bool, FieldKind::Bool, ..) if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) => {
            Err(refused(left, "yes and no have no order", "Compare with == or !=", root))
        }
        (one, other, ..) if one == other => Ok(plain),
        (one, other, ..) => {
            let reason = format!("it holds {} and is compared with {}", one.describe(), other.describe());
            Err(refused(
                left,
                reason,
                format!("Compare it with {}", one.describe()),
                root,
            ))
        }
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Integer(number) => Some(Decimal::from(*number)),
        Value::Decimal(number) => Some(*number),
        _ => None,
    }
}

/// The filter that every record meets, or none.
fn always(holds: bool) -> Filter {
    if holds {
        Filter::everything()
    } else {
        Filter::Any(Vec::new())
    }
}

/// The refusal of a comparison, in the name of the first field of its left side.
fn refused(
    left: &Expression,
    reason: impl Into<String>,
    hint: impl Into<String>,
    root: &'static EntityDef,
) -> CrmError {
    let field = paths(left)
        .first()
        .map_or_else(|| "filter".to_owned(), |path| path.to_string());
    CrmError::invalid(root.name, field, reason, hint)
}

/// The paths that must lead to something for the expression to be something.
fn paths(expression: &Expression) -> Vec<&Path> {
    match expression {
        Expression::Path(path) => vec![path],
        Expression::DaysBetween { from, to, .. } | Expression::MillisecondsBetween { from, to } => vec![from, to],
        Expression::Moved { base, .. } => paths(base),
        Expression::Share { of, percent } => vec![of, percent],
        Expression::Literal(_) => Vec::new(),
    }
}

/// An amount compares with another of its currency only.
fn compare_money(path: &Path, comparison: Comparison, money: Money) -> Filter {
    let same_currency = path.clone().currency().is(money.currency().code());
    let minor = |comparison| path.clone().minor().compare(comparison, money.minor());
    match comparison {
        Comparison::NotEqual => Filter::All(vec![
            path.clone().minor().present(),
            Filter::All(vec![same_currency, minor(Comparison::Equal)]).negated(),
        ]),
        other => Filter::All(vec![same_currency, minor(other)]),
    }
}

fn compare_two_amounts(first: &Path, comparison: Comparison, second: &Path) -> Filter {
    let same_currency = first.clone().currency().is(second.clone().currency());
    let minor = |comparison| first.clone().minor().compare(comparison, second.clone().minor());
    match comparison {
        Comparison::NotEqual => Filter::All(vec![
            first.clone().minor().present(),
            second.clone().minor().present(),
            Filter::All(vec![same_currency, minor(Comparison::Equal)]).negated(),
        ]),
        other => Filter::All(vec![same_currency, minor(other)]),
    }
}

/// An amount compares with a bare number by its major units, whatever its currency.
fn compare_major(path: &Path, comparison: Comparison, number: Decimal) -> Filter {
    const UNUSUAL_DIGITS: [u32; 3] = [0, 3, 4];
    let minor = Expression::Path(path.clone().minor());
    let mut ways = Vec::new();
    let mut unusual = Vec::new();
    for digits in UNUSUAL_DIGITS {
        let codes = Currency::codes_with_digits(digits);
        ways.push(Filter::All(vec![
            path.clone().currency().one_of(codes.iter().copied()),
            compare_scaled(&minor, comparison, minor_units(number, digits), 0),
        ]));
        unusual.extend(codes);
    }
    ways.push(Filter::All(vec![
        path.clone().currency().one_of(unusual).negated(),
        compare_scaled(&minor, comparison, minor_units(number, 2), 0),
    ]));
    Filter::Any(ways)
}

/// A number of major units in minor ones; one that is too large stays on its side of every amount.
fn minor_units(number: Decimal, digits: u32) -> Decimal {
    let most = if number.is_sign_negative() {
        Decimal::MIN
    } else {
        Decimal::MAX
    };
    number.checked_mul(Decimal::from(10_i64.pow(digits))).unwrap_or(most)
}

/// Compares whole units of the last digit: a number between two of them moves to the side that keeps the answer.
fn compare_scaled(left: &Expression, comparison: Comparison, number: Decimal, scale: u32) -> Filter {
    let floor = number.round_dp_with_strategy(scale, rust_decimal::RoundingStrategy::ToNegativeInfinity);
    let literal = |number: Decimal| -> Option<Value> {
        let integer = super::value::scaled_integer(number, scale).ok()?;
        Some(if scale == 0 {
            Value::Integer(integer)
        } else {
            Value::Decimal(super::value::decimal_of_scaled(integer, scale))
        })
    };
    let present = || Filter::All(paths(left).into_iter().map(|path| path.clone().present()).collect());
    let exact = floor.cmp(&number) == Ordering::Equal;
    let comparison = match (comparison, exact) {
        (Comparison::Equal, false) => return always(false),
        (Comparison::NotEqual, false) => return present(),
        (Comparison::Below | Comparison::AtMost, false) => Comparison::AtMost,
        (Comparison::Above | Comparison::AtLeast, false) => Comparison::Above,
        (same, true) => same,
    };
    match literal(floor) {
        Some(right) => Filter::Compare {
            left: left.clone(),
            comparison,
            right: Expression::Literal(right),
        },
        // Beyond 64 bits every field lies on the same side.
        None => {
            let holds = match comparison {
                Comparison::Equal => false,
                Comparison::NotEqual => true,
                Comparison::Below | Comparison::AtMost => number.is_sign_positive(),
                Comparison::Above | Comparison::AtLeast => number.is_sign_negative(),
            };
            if holds { present() } else { always(false) }
        }
    }
}

/// Checks the values of a list, and lowers it.
pub(super) fn one_of(path: &Path, values: &[Value], root: &'static EntityDef) -> Result<Filter> {
    path.check(root)?;
    let checked: Vec<Filter> = values
        .iter()
        .map(|value| {
            compare(
                &Expression::Path(path.clone()),
                Comparison::Equal,
                &Expression::Literal(value.clone()),
                root,
            )
        })
        .collect::<Result<_>>()?;
    Ok(match path.kind() {
        // These are compared in parts, so the list becomes its ways.
        FieldKind::Money | FieldKind::Decimal { .. } | FieldKind::Integer => Filter::Any(checked),
        _ => Filter::OneOf {
            path: path.clone(),
            values: values.to_vec(),
        },
    })
}

impl Comparison {
    /// The same comparison with its sides changed over.
    pub(super) const fn flipped(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::AtMost => Self::AtLeast,
            Self::Above => Self::Below,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }

    /// Whether two values in this order meet the comparison.
    pub const fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Below => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Above => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}
