//! Filters and aggregates over rows in memory: what the memory store runs, and what other stores are held against.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::aggregate::{Aggregate, Expression, Group, Measure, MeasureKind};
use super::entity::{EntityDef, Field, Row, managed};
use super::filter::{Filter, Relation};
use super::measure::{RawMeasure, four_quartiles};
use super::path::Path;
use super::query::Order;
use super::search::SearchDocument;
use super::value::{FieldKind, Value, scaled_integer};
use super::{Result, Schema};
use crate::values::{NaiveDate, Timestamp, Tz, day_number, day_of_number, local_date};

/// Where the rows of other entities are found.
pub trait Records {
    /// The row with this id.
    fn row(&self, entity: &'static EntityDef, id: Uuid) -> Option<Row>;

    /// The rows that refer to this id by this field.
    fn referring(&self, field: Field, id: Uuid) -> Vec<Row>;
}

/// Evaluates prepared filters and aggregates.
#[derive(Clone, Copy)]
pub struct Evaluator<'a> {
    schema: Schema,
    records: &'a dyn Records,
}

impl std::fmt::Debug for Evaluator<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Evaluator").finish_non_exhaustive()
    }
}

impl<'a> Evaluator<'a> {
    /// An evaluator over these records.
    pub fn new(schema: Schema, records: &'a dyn Records) -> Self {
        Self { schema, records }
    }

    /// Whether a row of an entity meets a filter.
    pub fn holds(&self, entity: &'static EntityDef, filter: &Filter, row: &[Value]) -> bool {
        match filter {
            Filter::All(all) => all.iter().all(|one| self.holds(entity, one, row)),
            Filter::Any(any) => any.iter().any(|one| self.holds(entity, one, row)),
            Filter::Not(inner) => !self.holds(entity, inner, row),
            Filter::Compare {
                left,
                comparison,
                right,
            } => {
                let (left, right) = (self.value(left, row), self.value(right, row));
                !left.is_null() && !right.is_null() && comparison.holds(left.cmp(&right))
            }
            Filter::OneOf { path, values } => {
                let value = self.at(path, row);
                !value.is_null() && values.contains(&value)
            }
            Filter::IsEmpty(path) => self.at(path, row).is_null(),
            Filter::StartsWith { path, prefix } => {
                matches!(self.at(path, row), Value::Text(text) if text.starts_with(prefix.as_str()))
            }
            // A row in memory is always there to be read.
            Filter::Matches(search) => {
                SearchDocument::of_row(entity, &row).is_ok_and(|document| search.matches(&document))
            }
            Filter::Exists { relation, filter } => relation.related(self.schema).is_some_and(|related| {
                let rows = self.related(*relation, row);
                rows.iter().any(|other| self.holds(related, filter, other))
            }),
        }
    }

    fn related(&self, relation: Relation, row: &[Value]) -> Vec<Row> {
        match relation {
            Relation::To(field) => self.referred(field, row).into_iter().collect(),
            Relation::From(field) => match row[managed::ID] {
                Value::Id(id) => self.records.referring(field, id),
                _ => Vec::new(),
            },
        }
    }

    fn referred(&self, field: Field, row: &[Value]) -> Option<Row> {
        let Value::Id(id) = row[field.index] else { return None };
        let entity = self.schema.entity(field.def().reference?.table)?;
        self.records.row(entity, id)
    }

    /// The value at a path.
    pub fn at(&self, path: &Path, row: &[Value]) -> Value {
        let mut hops = path.hops().iter();
        let whole = match hops.next() {
            None => row[path.field().index].clone(),
            Some(first) => {
                let mut current = self.referred(*first, row);
                for hop in hops {
                    current = current.and_then(|row| self.referred(*hop, &row));
                }
                current.map_or(Value::Null, |row| row[path.field().index].clone())
            }
        };
        path.of(whole)
    }

    /// The value of an expression that is compared.
    fn value(&self, expression: &Expression, row: &[Value]) -> Value {
        match expression {
            Expression::Path(path) => self.at(path, row),
            Expression::Literal(value) => value.clone(),
            Expression::Moved { base, milliseconds } => moved(self.value(base, row), *milliseconds),
            Expression::DaysBetween { from, to, zone } => {
                match (self.day(from, row, *zone), self.day(to, row, *zone)) {
                    (Some(from), Some(to)) => Value::Integer(day_number(to) - day_number(from)),
                    _ => Value::Null,
                }
            }
            Expression::MillisecondsBetween { from, to } => match (self.at(from, row), self.at(to, row)) {
                (Value::Instant(from), Value::Instant(to)) => {
                    Value::Integer(to.milliseconds().saturating_sub(from.milliseconds()))
                }
                _ => Value::Null,
            },
            Expression::Share { .. } => Value::Null,
        }
    }

    fn day(&self, path: &Path, row: &[Value], zone: Tz) -> Option<NaiveDate> {
        match self.at(path, row) {
            Value::Date(day) => Some(day),
            Value::Instant(at) => Some(local_date(at, zone)),
            _ => None,
        }
    }

    /// Compares two rows by a total order.
    pub fn order(&self, order: &[Order], left: &[Value], right: &[Value]) -> Ordering {
        for key in order {
            let compared = self.at(&key.path, left).cmp(&self.at(&key.path, right));
            let compared = if key.descending { compared.reverse() } else { compared };
            if compared.is_ne() {
                return compared;
            }
        }
        Ordering::Equal
    }

    /// The groups of an aggregate over these rows: keys, then measures; ordered by the keys.
    ///
    /// # Errors
    /// When a sum cannot be had.
    pub fn aggregate(&self, aggregate: &Aggregate, rows: impl Iterator<Item = Row>) -> Result<Vec<Vec<Value>>> {
        let begin = || {
            aggregate
                .measures
                .iter()
                .map(|_| Collected::default())
                .collect::<Vec<_>>()
        };
        let mut groups: BTreeMap<Vec<Value>, Vec<Collected>> = BTreeMap::new();
        if aggregate.groups.is_empty() {
            groups.insert(Vec::new(), begin());
        }
        for row in rows.filter(|row| self.holds(aggregate.entity, &aggregate.filter, row)) {
            let key = aggregate.groups.iter().map(|group| self.key(group, &row)).collect();
            let collected = groups.entry(key).or_insert_with(begin);
            for (measure, collected) in aggregate.measures.iter().zip(collected) {
                self.collect(aggregate.entity, measure, &row, collected);
            }
        }
        groups
            .into_iter()
            .map(|(mut keys, collected)| {
                for (measure, collected) in aggregate.measures.iter().zip(collected) {
                    keys.push(collected.raw(&measure.kind).finish(&measure.kind, aggregate.entity)?);
                }
                Ok(keys)
            })
            .collect()
    }

    fn key(&self, group: &Group, row: &[Value]) -> Value {
        match group {
            Group::Path(path) => self.at(path, row),
            Group::Period { path, period, zone } => self
                .day(path, row, *zone)
                .map_or(Value::Null, |day| Value::Date(period.start(day))),
        }
    }

    fn collect(&self, entity: &'static EntityDef, measure: &Measure, row: &[Value], collected: &mut Collected) {
        if measure.only.as_ref().is_some_and(|only| !self.holds(entity, only, row)) {
            return;
        }
        match &measure.kind {
            MeasureKind::Count => collected.count += 1,
            MeasureKind::CountDistinct(path) => {
                let value = self.at(path, row);
                if !value.is_null() {
                    collected.distinct.insert(value);
                }
            }
            MeasureKind::Sum(expression)
            | MeasureKind::Average(expression)
            | MeasureKind::Minimum(expression)
            | MeasureKind::Maximum(expression)
            | MeasureKind::Quartile(expression, _) => self.collect_number(expression, row, collected),
        }
    }

    fn collect_number(&self, expression: &Expression, row: &[Value], collected: &mut Collected) {
        let number = match expression {
            Expression::Share { of, percent } => {
                let percent_value = self.at(percent, row);
                let (of_value, percent) = (self.at(of, row), whole_number(&percent_value, percent.kind()));
                collected.note_currency(&of_value, percent.is_some());
                whole_number(&of_value, of.kind())
                    .zip(percent)
                    .map(|(of, percent)| of * percent)
            }
            Expression::Path(path) => {
                let value = self.at(path, row);
                if let Value::Text(text) = value {
                    collected.texts.insert(text);
                    return;
                }
                collected.note_currency(&value, true);
                whole_number(&value, path.kind())
            }
            other => whole_number(&self.value(other, row), FieldKind::Integer),
        };
        collected.numbers.extend(number);
    }
}

fn moved(value: Value, milliseconds: i64) -> Value {
    match value {
        Value::Instant(at) => Value::Instant(Timestamp::from_milliseconds(
            at.milliseconds().saturating_add(milliseconds),
        )),
        Value::Date(day) => {
            day_of_number(day_number(day).saturating_add(milliseconds / 86_400_000)).map_or(Value::Null, Value::Date)
        }
        _ => Value::Null,
    }
}

/// The whole number behind a value, as [`super::Shape`] explains it.
fn whole_number(value: &Value, kind: FieldKind) -> Option<i128> {
    match (value, kind) {
        (Value::Integer(number), _) => Some(i128::from(*number)),
        (Value::Decimal(number), FieldKind::Decimal { scale }) => scaled_integer(*number, scale).ok().map(i128::from),
        (Value::Money(money), _) => Some(i128::from(money.minor())),
        (Value::Date(day), _) => Some(i128::from(day_number(*day))),
        (Value::Instant(at), _) => Some(i128::from(at.milliseconds())),
        _ => None,
    }
}

/// What was seen of one measure in one group.
#[derive(Default)]
struct Collected {
    count: i64,
    distinct: BTreeSet<Value>,
    texts: BTreeSet<String>,
    numbers: Vec<i128>,
    currencies: BTreeSet<&'static str>,
}

impl Collected {
    fn note_currency(&mut self, value: &Value, counts: bool) {
        if let (Value::Money(money), true) = (value, counts) {
            self.currencies.insert(money.currency().code());
        }
    }

    fn raw(mut self, kind: &MeasureKind) -> RawMeasure {
        let length = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        let (count, number, text) = match kind {
            MeasureKind::Count => (self.count, None, None),
            MeasureKind::CountDistinct(_) => (length(self.distinct.len()), None, None),
            MeasureKind::Sum(_) | MeasureKind::Average(_) => {
                // What does not fit 128 bits does not fit the result, wherever it stops.
                let add = |sum: i128, number: &i128| sum.saturating_add(*number);
                let sum = (!self.numbers.is_empty()).then(|| self.numbers.iter().fold(0, add));
                (length(self.numbers.len()), sum, None)
            }
            MeasureKind::Minimum(_) => (0, self.numbers.iter().min().copied(), self.texts.pop_first()),
            MeasureKind::Maximum(_) => (0, self.numbers.iter().max().copied(), self.texts.pop_last()),
            MeasureKind::Quartile(_, quartile) => (0, four_quartiles(&mut self.numbers, *quartile), None),
        };
        RawMeasure {
            count,
            number,
            text,
            first_currency: self.currencies.first().map(|code| (*code).to_owned()),
            last_currency: self.currencies.last().map(|code| (*code).to_owned()),
        }
    }
}
