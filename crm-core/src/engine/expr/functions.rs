//! The functions of constants, `duration("72h")` and its like, and what is said of all others.

use super::nearest::{nearest, shown};
use super::operand::{Anchor, OperandKind, Time};
use super::syntax::{Name, Node, NodeKind};
use super::{Result, fault, time};
use crate::engine::{CrmError, Value};

/// Functions of CEL that filters here do not have.
const ONLY_IN_CEL: [&str; 30] = [
    "all",
    "bool",
    "bytes",
    "contains",
    "double",
    "dyn",
    "endsWith",
    "exists_one",
    "filter",
    "getDate",
    "getDayOfMonth",
    "getDayOfWeek",
    "getDayOfYear",
    "getFullYear",
    "getHours",
    "getMilliseconds",
    "getMinutes",
    "getMonth",
    "getSeconds",
    "has",
    "int",
    "map",
    "matches",
    "max",
    "min",
    "size",
    "string",
    "type",
    "uint",
    "optional",
];

/// The value of a function of constants.
pub(super) fn constant(on: &[Name<'_>], function: &Name<'_>, arguments: &[Node<'_>]) -> Result<OperandKind> {
    let name = function.text;
    if !on.is_empty() || !matches!(name, "duration" | "timestamp" | "date") {
        return Err(no_such_function(on, function));
    }
    let [
        Node {
            kind: NodeKind::Literal(Value::Text(text)),
            column,
        },
    ] = arguments
    else {
        return Err(fault(
            function.column,
            format!("{name} takes one text in quotes"),
            "Write duration(\"72h\"), timestamp(\"2026-01-31T00:00:00Z\") or date(\"2026-01-31\")",
        ));
    };
    Ok(match name {
        "duration" => OperandKind::Duration(time::duration(text, *column)?),
        "timestamp" => OperandKind::Time(Time::new(Anchor::Instant(time::timestamp(text, *column)?))),
        _ => OperandKind::Time(Time::new(Anchor::Date(time::date(text, *column)?))),
    })
}

fn no_such_function(on: &[Name<'_>], function: &Name<'_>) -> CrmError {
    const KNOWN: [&str; 5] = ["startsWith", "exists", "duration", "timestamp", "date"];
    let name = function.text;
    let hint = "Filters have startsWith, exists, duration, timestamp and date";
    let reason = match name {
        "startsWith" | "exists" => format!("{name} is a condition, and no value to compare"),
        "duration" | "timestamp" | "date" => format!(
            "{name} stands alone, and not behind {}",
            shown(on.last().map_or("", |name| name.text))
        ),
        _ if ONLY_IN_CEL.contains(&name) => format!("CEL has the function {name}, and filters here do not"),
        _ => format!("there is no function {}", shown(name)),
    };
    let near = nearest(name, KNOWN).filter(|near| *near != name);
    let hint = near.map_or_else(|| hint.to_owned(), |near| format!("Did you mean {near}? {hint}"));
    fault(function.column, reason, hint)
}

/// A function that is written like a field gets an error that says so.
pub(super) fn function_as_name(names: &[Name<'_>], error: CrmError) -> CrmError {
    match names {
        [
            Name {
                text: "duration" | "timestamp" | "date",
                column,
            },
        ] => fault(
            *column,
            format!("{} is a function", names[0].text),
            "Write duration(\"72h\"), timestamp(\"2026-01-31T00:00:00Z\") or date(\"2026-01-31\")",
        ),
        _ => error,
    }
}
