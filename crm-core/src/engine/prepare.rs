//! Checks the types of queries and aggregates, and turns what only the engine knows into what every store can do.

use super::aggregate::{Aggregate, Expression, Group, Measure, MeasureKind};
use super::compare::{compare, one_of};
use super::entity::EntityDef;
use super::filter::{Filter, Relation};
use super::measure::Shape;
use super::path::{Path, PathConditions};
use super::query::Deleted;
use super::value::{FieldKind, Value};
use super::{CrmError, Result, Schema};

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
        Filter::Matches(_) => {
            if root.searched_fields().next().is_none() {
                return Err(CrmError::invalid(
                    root.name,
                    "search",
                    "full-text search looks into none of its fields",
                    "Search records of another kind, or compare a field",
                ));
            }
            filter.clone()
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
pub(super) fn kind_of(expression: &Expression, root: &'static EntityDef) -> Result<Option<FieldKind>> {
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
            Value::Custom(_) => Some(FieldKind::Custom),
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
