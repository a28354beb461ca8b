//! Checks the types of filters and aggregates, and turns what only the engine knows into what every store can do:
//! amounts into currency and minor units, numbers into the scale of their field, deleted records into a condition.

use std::cmp::Ordering;

use super::aggregate::{Aggregate, Expression, Group, Measure, MeasureKind};
use super::entity::EntityDef;
use super::filter::{Comparison, Filter, Relation};
use super::measure::Shape;
use super::path::{Conditions, Path, PathConditions};
use super::query::Deleted;
use super::value::{FieldKind, Value};
use super::{CrmError, Result, Schema};
use crate::values::{Currency, Decimal, Money};

const MILLISECONDS_A_DAY: i64 = 86_400_000;

/// Checks a filter on `root` and lowers it.
pub(super) fn filter(filter: &Filter, root: &'static EntityDef, schema: Schema) -> Result<Filter> {
    let each = |filters: &[Filter]| {
        filters
            .iter()
            .map(|one| self::filter(one, root, schema))
            .collect::<Result<_>>()
    };
    Ok(match filter {
        Filter::All(all) => Filter::All(each(all)?),
        Filter::Any(any) => Filter::Any(each(any)?),
        Filter::Not(inner) => Filter::Not(Box::new(self::filter(inner, root, schema)?)),
        Filter::Compare {
            left,
            comparison,
            right,
        } => compare(left, *comparison, right, root)?,
        Filter::OneOf { path, values } => one_of(path, values, root)?,
        Filter::IsEmpty(path) => {
            path.check(root)?;
            match path.kind() {
                FieldKind::Money => path.clone().minor().empty(),
                _ => filter.clone(),
            }
        }
        Filter::StartsWith { path, .. } => {
            path.check(root)?;
            match path.kind() {
                FieldKind::Text | FieldKind::Choice(_) => filter.clone(),
                kind => return Err(mismatch(root, path, kind, "only text begins with text")),
            }
        }
        Filter::Exists {
            relation,
            filter: inner,
        } => exists(*relation, inner, root, schema)?,
    })
}

/// Flattens nested conjunctions, so that a store sees its conditions side by side.
pub(super) fn simplified(filter: Filter) -> Filter {
    match filter {
        Filter::All(all) => {
            let mut flat = Vec::with_capacity(all.len());
            for one in all {
                match simplified(one) {
                    Filter::All(inner) => flat.extend(inner),
                    other => flat.push(other),
                }
            }
            if flat.len() == 1 {
                flat.remove(0)
            } else {
                Filter::All(flat)
            }
        }
        other => other,
    }
}

/// Checks an aggregate and lowers it.
pub(super) fn aggregate(aggregate: &Aggregate, schema: Schema) -> Result<Aggregate> {
    let root = aggregate.entity;
    let mut conditions = vec![filter(&aggregate.filter, root, schema)?];
    conditions.extend(aggregate.deleted.condition(root));
    Ok(Aggregate {
        entity: root,
        filter: simplified(Filter::All(conditions)),
        groups: aggregate
            .groups
            .iter()
            .map(|one| group(one, root))
            .collect::<Result<_>>()?,
        measures: aggregate
            .measures
            .iter()
            .map(|one| measure(one, root, schema))
            .collect::<Result<_>>()?,
        deleted: Deleted::Shown,
    })
}

fn group(group: &Group, root: &'static EntityDef) -> Result<Group> {
    match group {
        Group::Path(path) => {
            path.check(root)?;
            Ok(Group::Path(match path.kind() {
                FieldKind::Money => path.clone().currency(),
                _ => path.clone(),
            }))
        }
        Group::Period { path, .. } => {
            path.check(root)?;
            match path.kind() {
                FieldKind::Date | FieldKind::Instant => Ok(group.clone()),
                kind => Err(mismatch(root, path, kind, "only dates and instants lie in a period")),
            }
        }
    }
}

fn measure(measure: &Measure, root: &'static EntityDef, schema: Schema) -> Result<Measure> {
    match &measure.kind {
        MeasureKind::Count => {}
        MeasureKind::CountDistinct(path) => path.check(root)?,
        MeasureKind::Minimum(expression) | MeasureKind::Maximum(expression) => {
            check_expression(expression, root)?;
            Shape::of(expression, root)?;
        }
        MeasureKind::Sum(expression) | MeasureKind::Average(expression) | MeasureKind::Quartile(expression, _) => {
            check_expression(expression, root)?;
            if !Shape::of(expression, root)?.is_number() {
                return Err(CrmError::invalid(
                    root.name,
                    "measure",
                    "only numbers, amounts and durations can be added up",
                    "Measure another field, or ask for its minimum or maximum",
                ));
            }
        }
    }
    let only = measure
        .only
        .as_ref()
        .map(|only| filter(only, root, schema))
        .transpose()?;
    Ok(Measure {
        kind: measure.kind.clone(),
        only: only.map(simplified),
    })
}

/// Checks the paths of an expression.
fn check_expression(expression: &Expression, root: &'static EntityDef) -> Result<()> {
    match expression {
        Expression::Path(path) => path.check(root),
        Expression::Literal(_) => Ok(()),
        Expression::Moved { base, .. } => check_expression(base, root),
        Expression::DaysBetween { from, to, .. } | Expression::MillisecondsBetween { from, to } => {
            from.check(root)?;
            to.check(root)?;
            let kinds = (from.kind(), to.kind());
            let fits = match expression {
                Expression::DaysBetween { .. } => {
                    kinds == (FieldKind::Date, FieldKind::Date) || kinds == (FieldKind::Instant, FieldKind::Instant)
                }
                _ => kinds == (FieldKind::Instant, FieldKind::Instant),
            };
            if fits {
                return Ok(());
            }
            Err(mismatch(
                root,
                to,
                to.kind(),
                "time lies between two dates or two instants",
            ))
        }
        Expression::Share { of, percent } => {
            of.check(root)?;
            percent.check(root)?;
            match (of.kind(), percent.kind()) {
                (FieldKind::Money | FieldKind::Decimal { .. }, FieldKind::Decimal { .. }) => Ok(()),
                (kind, _) => Err(mismatch(
                    root,
                    of,
                    kind,
                    "a share is a decimal percentage of an amount or a decimal number",
                )),
            }
        }
    }
}

/// The kind of what an expression gives in a comparison.
fn kind_of(expression: &Expression, root: &'static EntityDef) -> Result<Option<FieldKind>> {
    check_expression(expression, root)?;
    Ok(match expression {
        Expression::Path(path) => Some(path.kind()),
        Expression::Literal(value) => match value {
            Value::Null => None,
            Value::Bool(_) => Some(FieldKind::Bool),
            Value::Integer(_) => Some(FieldKind::Integer),
            Value::Decimal(number) => Some(FieldKind::Decimal { scale: number.scale() }),
            Value::Text(_) => Some(FieldKind::Text),
            Value::Money(_) => Some(FieldKind::Money),
            Value::Date(_) => Some(FieldKind::Date),
            Value::Instant(_) => Some(FieldKind::Instant),
            Value::Id(_) => Some(FieldKind::Id),
        },
        Expression::Moved { base, milliseconds } => {
            let kind = kind_of(base, root)?;
            let whole_days = milliseconds % MILLISECONDS_A_DAY == 0;
            if kind == Some(FieldKind::Instant) || kind == Some(FieldKind::Date) && whole_days {
                kind
            } else {
                return Err(CrmError::invalid(
                    root.name,
                    "filter",
                    "only an instant is moved by a duration, and a date by whole days",
                    "Move a date by a multiple of 24 hours",
                ));
            }
        }
        Expression::DaysBetween { .. } | Expression::MillisecondsBetween { .. } => Some(FieldKind::Integer),
        Expression::Share { .. } => {
            return Err(CrmError::invalid(
                root.name,
                "filter",
                "a share of an amount is measured, not compared",
                "Compare the amount and the percentage by themselves",
            ));
        }
    })
}

fn compare(left: &Expression, comparison: Comparison, right: &Expression, root: &'static EntityDef) -> Result<Filter> {
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
        (FieldKind::Choice(codes), FieldKind::Text, _, Expression::Literal(Value::Text(code))) => {
            if codes.contains(&code.as_str()) {
                return Ok(plain);
            }
            let field = first_path(left).map_or_else(|| "filter".to_owned(), Path::to_string);
            Err(CrmError::invalid(
                root.name,
                field,
                "this is none of the field's choices",
                format!("Use one of {}", codes.join(", ")),
            ))
        }
        (FieldKind::Text | FieldKind::Choice(_), FieldKind::Text | FieldKind::Choice(_), ..) => Ok(plain),
        (FieldKind::Bool, FieldKind::Bool, ..) if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) => {
            Err(CrmError::invalid(
                root.name,
                "filter",
                "yes and no have no order",
                "Compare with == or !=",
            ))
        }
        (one, other, ..) if one == other => Ok(plain),
        (one, other, ..) => {
            let field = first_path(left).map_or_else(|| "filter".to_owned(), Path::to_string);
            Err(CrmError::invalid(
                root.name,
                field,
                format!("it holds {} and is compared with {}", one.describe(), other.describe()),
                format!("Compare it with {}", one.describe()),
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

fn first_path(expression: &Expression) -> Option<&Path> {
    paths(expression).into_iter().next()
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

fn one_of(path: &Path, values: &[Value], root: &'static EntityDef) -> Result<Filter> {
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

fn exists(relation: Relation, inner: &Filter, root: &'static EntityDef, schema: Schema) -> Result<Filter> {
    let field = match relation {
        Relation::To(field) | Relation::From(field) => field,
    };
    let begins_here = match relation {
        Relation::To(field) => field.entity == root,
        Relation::From(field) => field
            .def()
            .reference
            .is_some_and(|reference| reference.table == root.table),
    };
    let related = relation.related(schema).filter(|_| begins_here).ok_or_else(|| {
        CrmError::invalid(
            root.name,
            field.def().name,
            format!("{field:?} does not relate {} to other records", root.table),
            "Use a reference of this entity, or one of another entity to this",
        )
    })?;
    let mut conditions = vec![filter(inner, related, schema)?];
    if matches!(relation, Relation::From(_)) {
        conditions.extend(Deleted::Hidden.condition(related));
    }
    Ok(Filter::Exists {
        relation,
        filter: Box::new(simplified(Filter::All(conditions))),
    })
}

fn mismatch(root: &'static EntityDef, path: &Path, kind: FieldKind, rule: &str) -> CrmError {
    CrmError::invalid(
        root.name,
        path.to_string(),
        format!("the field holds {}, and {rule}", kind.describe()),
        "Use another field",
    )
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
