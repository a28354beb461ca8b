//! What a text filter means: conditions on the fields of an entity, with their types checked.

use super::functions::{constant, function_as_name};
use super::linked::is_linked;
use super::names::{Target, behind, resolve};
use super::nearest::shown;
use super::operand::{Anchor, Operand, OperandKind, Time};
use super::syntax::{Name, Node, NodeKind, Sign};
use super::{AskForCustomFields, MOST_CONDITIONS, Result, Scope, compare, fault};
use crate::engine::entity::{EntityDef, Schema};
use crate::engine::path::PathConditions;
use crate::engine::{CrmError, FieldKind, Filter, Value};
use crate::values::local_date;

/// The words that CEL keeps for itself, which name no variable.
const RESERVED: [&str; 23] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
    "while",
    "now",
    "today",
];

/// The filter that a text means for an entity.
pub(super) fn filter(
    tree: &Node<'_>,
    entity: &'static EntityDef,
    schema: Schema,
    scope: Scope,
    custom: AskForCustomFields<'_>,
) -> Result<Filter> {
    let mut reading = Reading {
        schema,
        scope,
        custom,
        conditions: 0,
    };
    let outermost = Here {
        entity,
        variable: None,
        outer: None,
    };
    reading.condition(tree, &outermost)
}

struct Reading<'c> {
    schema: Schema,
    scope: Scope,
    custom: AskForCustomFields<'c>,
    conditions: usize,
}

/// The record whose fields a name means.
struct Here<'h, 't> {
    entity: &'static EntityDef,
    /// What `exists` calls the record.
    variable: Option<&'t str>,
    /// The record outside of `exists`.
    outer: Option<&'h Here<'h, 't>>,
}

impl Reading<'_> {
    fn condition<'t>(&mut self, node: &Node<'t>, here: &Here<'_, 't>) -> Result<Filter> {
        match &node.kind {
            NodeKind::All(parts) => Ok(Filter::All(self.conditions_of(parts, here)?)),
            NodeKind::Any(parts) => Ok(Filter::Any(self.conditions_of(parts, here)?)),
            NodeKind::Not(inner) => Ok(self.condition(inner, here)?.negated()),
            _ => {
                self.count(node.column)?;
                self.single(node, here)
            }
        }
    }

    fn conditions_of<'t>(&mut self, parts: &[Node<'t>], here: &Here<'_, 't>) -> Result<Vec<Filter>> {
        parts.iter().map(|part| self.condition(part, here)).collect()
    }

    fn count(&mut self, column: usize) -> Result<()> {
        self.conditions += 1;
        if self.conditions > MOST_CONDITIONS {
            return Err(fault(
                column,
                format!("the filter has more than {MOST_CONDITIONS} conditions"),
                "Use in [...] for many values of one field, or several queries",
            ));
        }
        Ok(())
    }

    fn single<'t>(&mut self, node: &Node<'t>, here: &Here<'_, 't>) -> Result<Filter> {
        match &node.kind {
            NodeKind::Compare {
                left,
                comparison,
                right,
            } => compare::compare(self.operand(left, here)?, *comparison, self.operand(right, here)?),
            NodeKind::In { left, list } => self.one_of(left, list, here),
            NodeKind::Call {
                on,
                function,
                arguments,
            } => match function.text {
                "exists" => self.exists(on, function, arguments, here),
                "startsWith" => self.starts_with(on, function, arguments, here),
                _ => compare::bare(self.operand(node, here)?),
            },
            NodeKind::Literal(Value::Bool(true)) => Ok(Filter::everything()),
            NodeKind::Literal(Value::Bool(false)) => Ok(Filter::Any(Vec::new())),
            _ => compare::bare(self.operand(node, here)?),
        }
    }

    fn one_of<'t>(&mut self, left: &Node<'t>, list: &Node<'t>, here: &Here<'_, 't>) -> Result<Filter> {
        let left = self.operand(left, here)?;
        let NodeKind::List(items) = &list.kind else {
            return self.linked(left, list, here);
        };
        let items = items
            .iter()
            .map(|item| self.operand(item, here))
            .collect::<Result<_>>()?;
        compare::one_of(left, items)
    }

    /// A name in records that are linked to this one.
    fn linked<'t>(&mut self, left: Operand, records: &Node<'t>, here: &Here<'_, 't>) -> Result<Filter> {
        if let NodeKind::Name(names) = &records.kind {
            if let Target::Linked { hops, link } = self.target(names, here)? {
                return is_linked(left, hops, link);
            }
            // Of several records that are not linked, it says itself how they are asked.
            self.name(names, records.column, here)?;
        }
        Err(fault(
            records.column,
            "a list should stand behind in",
            "Write the values in brackets, as in country in [\"DE\", \"CN\"]",
        ))
    }

    fn starts_with<'t>(
        &mut self,
        on: &[Name<'t>],
        function: &Name<'t>,
        arguments: &[Node<'t>],
        here: &Here<'_, 't>,
    ) -> Result<Filter> {
        let [
            Node {
                kind: NodeKind::Literal(Value::Text(prefix)),
                ..
            },
        ] = arguments
        else {
            return Err(fault(
                function.column,
                "startsWith takes one text in quotes",
                "Write it as in name.startsWith(\"Ac\")",
            ));
        };
        let on = on.first().map(|first| self.name(on, first.column, here)).transpose()?;
        match on.map(|on| on.kind) {
            Some(OperandKind::Field(path)) if matches!(path.kind(), FieldKind::Text | FieldKind::Choice(_)) => {
                Ok(path.starts_with(prefix.clone()))
            }
            Some(other) => Err(fault(
                function.column,
                format!("only text begins with text, and this is {}", other.describe()),
                "Compare it with ==, < or > instead",
            )),
            None => Err(fault(
                function.column,
                "startsWith stands behind a field",
                "Write it as in name.startsWith(\"Ac\")",
            )),
        }
    }

    fn exists<'t>(
        &mut self,
        on: &[Name<'t>],
        function: &Name<'t>,
        arguments: &[Node<'t>],
        here: &Here<'_, 't>,
    ) -> Result<Filter> {
        let misused = |column| {
            fault(
                column,
                "exists takes a name for the record and a condition on it",
                "Write it as in opportunities.exists(o, o.amount > 1000)",
            )
        };
        let [
            Node {
                kind: NodeKind::Name(variable),
                column,
            },
            inner,
        ] = arguments
        else {
            return Err(misused(function.column));
        };
        let [variable] = variable.as_slice() else {
            return Err(misused(*column));
        };
        if RESERVED.contains(&variable.text) {
            return Err(fault(
                variable.column,
                format!("{} has a meaning already", variable.text),
                "Choose another name for the record, as in opportunities.exists(o, o.amount > 1000)",
            ));
        }
        let Some(first) = on.first() else {
            return Err(misused(function.column));
        };
        let (hops, by) = match self.target(on, here)? {
            Target::Collection { hops, by } => (hops, by),
            Target::Linked { link, .. } => return Err(link.misused(first.column, self.schema)),
            Target::Path(_) | Target::Record(_) => {
                return Err(fault(
                    first.column,
                    "exists stands behind the name of records that refer to this one",
                    "Ask for a field of a single record directly, as in customer.country == \"DE\"",
                ));
            }
        };
        let inside = Here {
            entity: by.entity,
            variable: Some(variable.text),
            outer: Some(here),
        };
        let related = Filter::referred_by(by, self.condition(inner, &inside)?);
        Ok(behind(hops, related))
    }

    fn operand<'t>(&mut self, node: &Node<'t>, here: &Here<'_, 't>) -> Result<Operand> {
        let column = node.column;
        let kind = match &node.kind {
            NodeKind::Literal(Value::Null) => OperandKind::Null,
            NodeKind::Literal(value) => OperandKind::Constant(value.clone()),
            NodeKind::Name(names) => return self.name(names, column, here),
            NodeKind::Call {
                on,
                function,
                arguments,
            } => constant(on, function, arguments)?,
            NodeKind::Sum { first, rest } => {
                let mut sum = self.operand(first, here)?;
                for (sign, term) in rest {
                    let term = self.operand(term, here)?;
                    sum = match sign {
                        Sign::Plus => sum.plus(term)?,
                        Sign::Minus => sum.minus(term)?,
                    };
                }
                return Ok(Operand { column, ..sum });
            }
            NodeKind::List(_) => {
                return Err(fault(
                    column,
                    "a list stands only behind in",
                    "Write it as in country in [\"DE\", \"CN\"]",
                ));
            }
            NodeKind::Not(_) | NodeKind::All(_) | NodeKind::Any(_) | NodeKind::Compare { .. } | NodeKind::In { .. } => {
                return Err(fault(
                    column,
                    "a condition is no value to compare",
                    "Combine conditions with &&, || and !",
                ));
            }
        };
        Ok(Operand { kind, column })
    }

    fn name<'t>(&mut self, names: &[Name<'t>], column: usize, here: &Here<'_, 't>) -> Result<Operand> {
        let Scope { now, zone } = self.scope;
        let kind = match names {
            [Name { text: "now", .. }] => OperandKind::Time(Time::new(Anchor::Instant(now))),
            [Name { text: "today", .. }] => OperandKind::Time(Time::new(Anchor::Date(local_date(now, zone)))),
            [
                word @ Name {
                    text: "now" | "today", ..
                },
                next,
                ..,
            ] => {
                return Err(fault(
                    next.column,
                    format!("{} is a time, and has no fields", word.text),
                    "Compare it with a time, or move it, as in now - duration(\"72h\")",
                ));
            }
            _ => match self.target(names, here)? {
                Target::Path(path) => match path.kind() {
                    FieldKind::Date | FieldKind::Instant => OperandKind::Time(Time::new(Anchor::Field(path))),
                    _ => OperandKind::Field(path),
                },
                Target::Record(path) => OperandKind::Record(path),
                Target::Linked { link, .. } => return Err(link.misused(column, self.schema)),
                Target::Collection { by, .. } => {
                    return Err(fault(
                        column,
                        format!("{} are several records, and no value", by.entity.table),
                        format!(
                            "Ask whether there is one, as in {}.exists(x, x.id != null)",
                            names[names.len() - 1].text
                        ),
                    ));
                }
            },
        };
        Ok(Operand { kind, column })
    }

    /// What a name leads to from here; inside `exists` it must begin with the variable.
    fn target<'t>(&mut self, names: &[Name<'t>], here: &Here<'_, 't>) -> Result<Target> {
        let Some(variable) = here.variable else {
            return resolve(names, here.entity, self.schema, self.custom)
                .map_err(|error| function_as_name(names, error));
        };
        match names {
            [first, rest @ ..] if first.text == variable => {
                if rest.is_empty() {
                    return Err(fault(
                        first.column,
                        format!("{variable} is a whole {}, and no value", here.entity.name),
                        format!("Write a field of it, as in {variable}.id"),
                    ));
                }
                resolve(rest, here.entity, self.schema, self.custom)
            }
            _ => Err(not_inside(names, variable, here)),
        }
    }
}

/// The error for a name inside `exists` that does not begin with its variable.
fn not_inside(names: &[Name<'_>], variable: &str, here: &Here<'_, '_>) -> CrmError {
    let (column, first) = names.first().map_or((1, ""), |first| (first.column, first.text));
    let outer_variable = std::iter::successors(here.outer, |here| here.outer).any(|here| here.variable == Some(first));
    if outer_variable {
        return fault(
            column,
            format!("{first} is a record outside of this exists, and is not seen here"),
            format!("Use fields of {variable} alone, and put the other condition outside"),
        );
    }
    let meant = here.entity.field_index(first).is_some();
    let reason = if meant {
        format!("{first} does not say whose field it is")
    } else {
        format!(
            "{} is no field of {variable}, and inside of exists no other is seen",
            shown(first)
        )
    };
    let hint = if meant {
        format!("Write {variable}.{first}")
    } else {
        format!("Begin with {variable}, as in {variable}.id, and put a condition on the outer record outside")
    };
    fault(column, reason, hint)
}
