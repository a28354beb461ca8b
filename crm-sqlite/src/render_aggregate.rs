//! Aggregates to SQL, and their rows back.

use std::fmt::Write as _;

use crm_core::engine::{
    Aggregate, CrmError, Expression, FieldKind, Group, Measure, MeasureKind, RawMeasure, Result, Schema, Shape, Value,
};
use rusqlite::Row;
use rusqlite::types::{Value as Owned, ValueRef};

use crate::column;
use crate::functions::PERIOD_START;
use crate::render::{Rendered, Renderer, Scope};
use crate::schema::join;
use crate::tally::{Tally, decoded};

/// The SELECT of a prepared aggregate: a column a group, then a column a measure.
pub(crate) fn aggregate(aggregate: &Aggregate, schema: Schema) -> Result<Rendered> {
    let mut renderer = Renderer::new(schema);
    let mut scope = renderer.scope(aggregate.entity);
    let mut selected = Vec::new();
    for group in &aggregate.groups {
        selected.push(renderer.group(&mut scope, group)?);
    }
    for measure in &aggregate.measures {
        selected.push(renderer.measure(&mut scope, measure)?);
    }
    if aggregate.measures.is_empty() {
        // Without any measure it would be no aggregate, and not one row where there are no groups.
        selected.push("COUNT(*)".into());
    }
    let condition = renderer.condition(&mut scope, &aggregate.filter, false)?;
    let mut sql = format!("SELECT {} {}", join(selected.into_iter()), scope.from());
    if let Some(condition) = condition {
        let _ = write!(sql, " WHERE {condition}");
    }
    if !aggregate.groups.is_empty() {
        let places = join((1..=aggregate.groups.len()).map(|place| place.to_string()));
        let _ = write!(sql, " GROUP BY {places} ORDER BY {places}");
    }
    Ok(renderer.finish(sql))
}

/// The keys and finished measures of a row.
pub(crate) fn finished(aggregate: &Aggregate, row: &Row<'_>) -> Result<Vec<Value>> {
    let mut values = Vec::with_capacity(aggregate.groups.len() + aggregate.measures.len());
    for group in &aggregate.groups {
        let kind = match group {
            Group::Path(path) => path.kind(),
            Group::Period { .. } => FieldKind::Date,
        };
        values.push(column::read(row, values.len(), kind)?);
    }
    for measure in &aggregate.measures {
        let raw = raw(row, values.len())?;
        values.push(raw.finish(&measure.kind, aggregate.entity)?);
    }
    Ok(values)
}

/// A count, the smallest or largest text, or what one of our own functions returned.
fn raw(row: &Row<'_>, column: usize) -> Result<RawMeasure> {
    let damaged = || CrmError::Corrupt {
        reason: format!("measure {column} cannot be read"),
    };
    match row.get_ref(column).map_err(|_| damaged())? {
        ValueRef::Integer(count) => Ok(RawMeasure {
            count,
            ..RawMeasure::default()
        }),
        ValueRef::Text(text) => Ok(RawMeasure {
            text: Some(String::from_utf8(text.to_vec()).map_err(|_| damaged())?),
            ..RawMeasure::default()
        }),
        other => decoded(other).ok_or_else(damaged),
    }
}

impl Renderer {
    fn group(&mut self, scope: &mut Scope, group: &Group) -> Result<String> {
        match group {
            Group::Path(path) => self.column(scope, path),
            Group::Period { path, period, zone } => {
                let day = self.day(scope, path, *zone)?;
                let period = self.bind(Owned::Text(period.code()));
                Ok(format!("{PERIOD_START}({day}, {period})"))
            }
        }
    }

    fn measure(&mut self, scope: &mut Scope, measure: &Measure) -> Result<String> {
        let measured = match &measure.kind {
            MeasureKind::Count => "COUNT(*)".into(),
            MeasureKind::CountDistinct(path) => {
                let column = self.column(scope, path)?;
                if path.kind() == FieldKind::Money {
                    let currency = self.column(scope, &path.clone().currency())?;
                    format!("COUNT(DISTINCT {currency} || {column})")
                } else {
                    format!("COUNT(DISTINCT {column})")
                }
            }
            MeasureKind::Sum(expression) | MeasureKind::Average(expression) => {
                self.tally(scope, Tally::Sum, expression)?
            }
            MeasureKind::Minimum(expression) => self.extreme(scope, "MIN", Tally::Minimum, expression)?,
            MeasureKind::Maximum(expression) => self.extreme(scope, "MAX", Tally::Maximum, expression)?,
            MeasureKind::Quartile(expression, quartile) => self.tally(scope, Tally::Quartile(*quartile), expression)?,
        };
        let only = match &measure.only {
            Some(only) => self.condition(scope, only, true)?,
            None => None,
        };
        Ok(match only {
            Some(only) => format!("{measured} FILTER (WHERE {only})"),
            None => measured,
        })
    }

    fn extreme(
        &mut self,
        scope: &mut Scope,
        of_text: &'static str,
        tally: Tally,
        expression: &Expression,
    ) -> Result<String> {
        match expression {
            Expression::Path(path) if Shape::of(expression, scope.entity)? == Shape::Text => {
                Ok(format!("{of_text}({})", self.column(scope, path)?))
            }
            _ => self.tally(scope, tally, expression),
        }
    }

    fn tally(&mut self, scope: &mut Scope, tally: Tally, expression: &Expression) -> Result<String> {
        let function = tally.function();
        let (number, factor, amount) = match expression {
            Expression::Path(path) => (self.column(scope, path)?, "1".into(), Some(path)),
            Expression::Share { of, percent } => (self.column(scope, of)?, self.column(scope, percent)?, Some(of)),
            other => (self.duration(scope, other)?, "1".into(), None),
        };
        let currency = match amount.filter(|path| path.kind() == FieldKind::Money) {
            Some(path) => self.column(scope, &path.clone().currency())?,
            None => "NULL".into(),
        };
        Ok(format!("{function}({number}, {factor}, {currency})"))
    }
}
