//! Comparisons: which kinds go together, and the filter that each becomes.

use uuid::Uuid;

use super::operand::{Anchor, Operand, OperandKind, Time, only_whole_days};
use super::time::MILLISECONDS_A_DAY;
use super::{Result, fault};
use crate::engine::choice::choose;
use crate::engine::path::{Conditions, Part, PathConditions};
use crate::engine::{Comparison, CrmError, Expression, FieldKind, Filter, Path, Value};
use crate::values::{Currency, Tz};

/// A condition that is a single operand: a field that holds yes or no.
pub(super) fn bare(operand: Operand) -> Result<Filter> {
    let column = operand.column;
    match operand.kind {
        OperandKind::Field(path) if path.kind() == FieldKind::Bool => Ok(path.is(true)),
        kind => Err(fault(
            column,
            format!("a condition should stand here, and this is {}", kind.describe()),
            match kind.field() {
                Some(_) => "Compare it, as in amount > 1000, or ask whether it is there, as in amount != null",
                None => "Compare a field with it",
            },
        )),
    }
}

/// The filter of one comparison.
pub(super) fn compare(left: Operand, comparison: Comparison, right: Operand) -> Result<Filter> {
    if left.kind.field().is_none() {
        if right.kind.field().is_none() {
            return Err(fault(
                left.column,
                "neither side of the comparison is a field",
                "Compare a field with a value",
            ));
        }
        return compare(right, comparison.flipped(), left);
    }
    match (&left.kind, &right.kind) {
        (_, OperandKind::Null) => presence(left, comparison, right.column),
        (OperandKind::Field(path), OperandKind::Constant(value)) => {
            let value = constant(path, comparison, value, right.column)?;
            Ok(path.clone().compare(comparison, Expression::Literal(value)))
        }
        (OperandKind::Field(one), OperandKind::Field(other)) => {
            two_fields(one, comparison, other, right.column)?;
            Ok(one.clone().compare(comparison, other.clone()))
        }
        (OperandKind::Time(one), OperandKind::Time(other)) if one.anchor.is_date() == other.anchor.is_date() => {
            two_times(one.clone(), comparison, other.clone(), right.column)
        }
        (OperandKind::Between { from, to, more }, OperandKind::Duration(duration)) => {
            let exact = duration.saturating_sub(*more);
            apart(from.clone(), to.clone(), comparison, exact, right.column)
        }
        (OperandKind::Duration(duration), OperandKind::Between { from, to, more }) => {
            let exact = duration.saturating_sub(*more);
            apart(from.clone(), to.clone(), comparison.flipped(), exact, left.column)
        }
        _ => Err(mismatch(&left.kind, &right.kind, right.column)),
    }
}

/// The filter of a field and a list of values.
pub(super) fn one_of(left: Operand, items: Vec<Operand>) -> Result<Filter> {
    let column = left.column;
    let path = left.into_path().ok_or_else(|| {
        fault(
            column,
            "a field should stand before in",
            "Write it as in country in [\"DE\", \"CN\"]",
        )
    })?;
    let mut values = Vec::with_capacity(items.len());
    for item in items {
        let column = item.column;
        values.push(match item.kind {
            OperandKind::Constant(value) => constant(&path, Comparison::Equal, &value, column)?,
            OperandKind::Time(Time {
                anchor: Anchor::Instant(at),
                ..
            }) if path.kind() == FieldKind::Instant => at.into(),
            OperandKind::Time(Time {
                anchor: Anchor::Date(day),
                ..
            }) if path.kind() == FieldKind::Date => day.into(),
            OperandKind::Null => {
                return Err(fault(
                    column,
                    "nothing is no value of a list",
                    "Ask for it apart, as in country == null",
                ));
            }
            kind if kind.field().is_some() => {
                return Err(fault(
                    column,
                    "a list holds values, and this is a field",
                    "Compare the two fields with ==",
                ));
            }
            kind => return Err(mismatch(&OperandKind::Field(path), &kind, column)),
        });
    }
    Ok(path.one_of(values))
}

fn presence(operand: Operand, comparison: Comparison, column: usize) -> Result<Filter> {
    let path = match operand.kind {
        OperandKind::Record(path) => Some(path),
        kind => Operand { kind, ..operand }.into_path(),
    };
    let path = path.ok_or_else(|| {
        fault(
            column,
            "only a field is compared with null",
            "Ask for each field apart, as in closed_at != null",
        )
    })?;
    match comparison {
        Comparison::Equal => Ok(path.empty()),
        Comparison::NotEqual => Ok(path.present()),
        _ => Err(fault(
            column,
            "nothing is neither smaller nor larger",
            "Compare with null by == or !=",
        )),
    }
}

/// The value with which a field is compared, in the field's own kind.
fn constant(path: &Path, comparison: Comparison, value: &Value, column: usize) -> Result<Value> {
    let kind = path.kind();
    match (kind, value) {
        (FieldKind::Bool, Value::Bool(_)) => equality_only(comparison, column)?,
        (FieldKind::Integer | FieldKind::Decimal { .. } | FieldKind::Money, Value::Integer(_) | Value::Decimal(_)) => {}
        (FieldKind::Text | FieldKind::Choice(_), Value::Text(code)) => {
            let choices = path.codes().filter(|codes| !codes.contains(&code.as_str()));
            if let Some(codes) = choices {
                return Err(fault(
                    column,
                    format!("{} has no such choice", path.last_name()),
                    choose(code, &codes),
                ));
            }
            if path.part() == Part::Currency && Currency::from_code(code).is_err() {
                return Err(fault(
                    column,
                    "this is not the code of a currency in ISO 4217",
                    "Use three capitals, as in EUR, CNY or JPY",
                ));
            }
        }
        (FieldKind::Id, Value::Text(id)) => return record_id(id, column),
        _ => {
            let (field, value) = (OperandKind::Field(path.clone()), OperandKind::Constant(value.clone()));
            return Err(mismatch(&field, &value, column));
        }
    }
    Ok(value.clone())
}

fn record_id(text: &str, column: usize) -> Result<Value> {
    // The other forms that a UUID may have would not be equal as texts.
    const LENGTH: usize = "01980000-0000-7000-8000-000000000000".len();
    Uuid::try_parse(text)
        .ok()
        .filter(|_| text.len() == LENGTH)
        .map(Value::Id)
        .ok_or_else(|| {
            fault(
                column,
                "this is not the id of a record",
                "Write the whole UUID, as in \"01980000-0000-7000-8000-000000000000\"",
            )
        })
}

fn two_fields(one: &Path, comparison: Comparison, other: &Path, column: usize) -> Result<()> {
    match (one.kind(), other.kind()) {
        (FieldKind::Bool, FieldKind::Bool) => equality_only(comparison, column),
        (FieldKind::Text | FieldKind::Choice(_), FieldKind::Text | FieldKind::Choice(_)) => Ok(()),
        (one_kind, other_kind) if one_kind == other_kind => Ok(()),
        _ => Err(mismatch(
            &OperandKind::Field(one.clone()),
            &OperandKind::Field(other.clone()),
            column,
        )),
    }
}

fn equality_only(comparison: Comparison, column: usize) -> Result<()> {
    match comparison {
        Comparison::Equal | Comparison::NotEqual => Ok(()),
        _ => Err(fault(column, "yes and no have no order", "Compare with == or !=")),
    }
}

/// A field moved against a constant becomes the field against the constant moved back, which an index can answer.
fn two_times(one: Time, comparison: Comparison, other: Time, column: usize) -> Result<Filter> {
    let (one, other) = match other.anchor {
        Anchor::Field(_) => {
            let moved = one.moved.saturating_sub(other.moved);
            (Time { moved, ..one }, Time { moved: 0, ..other })
        }
        Anchor::Instant(_) | Anchor::Date(_) => {
            let other = other.later(one.moved.saturating_neg(), column)?;
            (Time { moved: 0, ..one }, other)
        }
    };
    Ok(one.expression().compare(comparison, other.expression()))
}

/// `to - from` against a duration.
fn apart(from: Anchor, to: Anchor, comparison: Comparison, duration: i64, column: usize) -> Result<Filter> {
    let of_dates = from.is_date();
    if of_dates && duration % MILLISECONDS_A_DAY != 0 {
        return Err(only_whole_days(column));
    }
    match (from, to) {
        (Anchor::Field(from), Anchor::Field(to)) if of_dates => {
            // Dates have no zone, so which one is named makes no difference.
            let zone = Tz::UTC;
            let days = duration / MILLISECONDS_A_DAY;
            Ok(Expression::DaysBetween { from, to, zone }.compare(comparison, days))
        }
        (Anchor::Field(from), Anchor::Field(to)) => {
            Ok(Expression::MillisecondsBetween { from, to }.compare(comparison, duration))
        }
        // now - opened_at > d is opened_at < now - d
        (Anchor::Field(from), to) => {
            let latest = Time::new(to).later(duration.saturating_neg(), column)?;
            Ok(from.compare(comparison.flipped(), latest.expression()))
        }
        (from, to) => {
            let earliest = Time::new(from).later(duration, column)?;
            Ok(Time::new(to).expression().compare(comparison, earliest.expression()))
        }
    }
}

fn mismatch(left: &OperandKind, right: &OperandKind, column: usize) -> CrmError {
    let Some(path) = left.field() else {
        return fault(
            column,
            format!("{} is compared with {}", left.describe(), right.describe()),
            "Compare values of one kind",
        );
    };
    let name = path.last_name();
    let (holds, hint) = match left {
        OperandKind::Between { .. } => (
            "a time between is a duration".to_owned(),
            "Compare it with a duration, as in duration(\"72h\")".to_owned(),
        ),
        OperandKind::Record(_) => (
            format!("{name} leads to a record"),
            format!("Compare {name} with an id, or a field of the record"),
        ),
        _ => {
            let suffix = if path.part() == Part::Currency { "_currency" } else { "" };
            let holds = format!("{name}{suffix} holds {}", path.kind().describe());
            (holds, hint_for(path.kind()))
        }
    };
    fault(
        column,
        format!("{holds}, and is compared with {}", right.describe()),
        hint,
    )
}

fn hint_for(kind: FieldKind) -> String {
    match kind {
        FieldKind::Bool => "Compare it with true or false, or write the field alone".into(),
        FieldKind::Integer => "Compare it with a number, as in 100".into(),
        FieldKind::Decimal { .. } => "Compare it with a number, as in 62.5".into(),
        FieldKind::Text => "Compare it with text in quotes".into(),
        FieldKind::Choice(choice) => format!("Use {}, in quotes", choice.describe()),
        FieldKind::Money => "Compare it with a number of major units, as in 1000 or 99.95".into(),
        FieldKind::Date => "Compare it with today or date(\"2026-12-31\")".into(),
        FieldKind::Instant => "Compare it with now or timestamp(\"2026-01-31T00:00:00Z\")".into(),
        FieldKind::Id => "Compare it with the UUID of a record in quotes".into(),
        FieldKind::Custom => "Name one of them, as in custom.colour".into(),
    }
}
