use std::ops::ControlFlow;

use uuid::Uuid;

use crate::engine::{
    Access, Aggregate, Entity, EntityDef, Field, FieldKind, Filter, Query, Result, RowSource, Store, Txn, Value,
    managed,
};
use crate::values::{Currency, Money, NaiveDate, Timestamp};

/// A row as a store takes it, below the rules of its entity: what must be given has a value that means nothing.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) entity: &'static EntityDef,
    pub(super) values: Vec<Value>,
}

impl Sample {
    /// The row with this number as its id.
    pub(super) fn of<E: Entity>(number: u32) -> Self {
        Self::of_entity(E::DEF, id(number))
    }

    pub(super) fn of_entity(entity: &'static EntityDef, id: Uuid) -> Self {
        let mut values: Vec<Value> = entity
            .fields
            .iter()
            .map(|field| filler(field.kind, field.nullable))
            .collect();
        values[managed::ID] = Value::Id(id);
        values[managed::REVISION] = Value::Integer(1);
        Self { entity, values }
    }

    /// The same row with this value in a field.
    pub(super) fn with(mut self, field: Field, value: impl Into<Value>) -> Self {
        self.values[field.index] = value.into();
        self
    }
}

fn filler(kind: FieldKind, nullable: bool) -> Value {
    match kind {
        _ if nullable => Value::Null,
        FieldKind::Bool => Value::Bool(false),
        FieldKind::Integer => Value::Integer(0),
        FieldKind::Decimal { .. } => Value::Decimal(0.into()),
        FieldKind::Text => Value::from("x"),
        FieldKind::Choice(choice) => Value::from(choice.codes[0]),
        FieldKind::Money => Value::Null,
        FieldKind::Date => Value::Date(NaiveDate::default()),
        FieldKind::Instant => Value::Instant(Timestamp::from_milliseconds(0)),
        FieldKind::Id => Value::Id(Uuid::nil()),
        FieldKind::Custom => Value::Null,
    }
}

/// The id with this number.
pub(super) fn id(number: u32) -> Uuid {
    Uuid::from_u128(number.into())
}

/// An amount in minor units.
pub(super) fn money(minor: i64, currency: &str) -> Result<Money> {
    Currency::from_code(currency)
        .map(|currency| Money::from_minor(minor, currency))
        .map_err(|error| crate::engine::CrmError::invalid_value("sample", "currency", error))
}

/// The date that RFC 3339 writes like this.
pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

/// The instant that RFC 3339 writes like this.
pub(super) fn instant(text: &str) -> Timestamp {
    text.parse().unwrap_or(Timestamp::from_milliseconds(0))
}

/// Writes rows in one transaction.
pub(super) fn write(store: &dyn Store, rows: &[Sample]) -> Result<()> {
    let mut txn = store.begin(Access::Write, None)?;
    for row in rows {
        txn.insert(row.entity, &row.values)?;
    }
    txn.commit()
}

/// The record with this id in a transaction, all its values.
pub(super) fn get(txn: &mut dyn Txn, entity: &'static EntityDef, id: Uuid) -> Result<Option<Vec<Value>>> {
    let mut found = None;
    let there = txn.get(entity, id, &mut |row| {
        found = Some(values(row, entity.fields.len())?);
        Ok(ControlFlow::Continue(()))
    })?;
    assert_eq!(there, found.is_some(), "get says whether it handed a row over");
    Ok(found)
}

/// The rows of a query in a transaction, all their values.
pub(super) fn query(txn: &mut dyn Txn, schema: crate::engine::Schema, query: &Query) -> Result<Vec<Vec<Value>>> {
    let mut rows = Vec::new();
    txn.query(&query.prepared(schema)?, &mut |row| {
        rows.push(values(row, query.entity.fields.len())?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}

/// The groups of an aggregate in a transaction: keys, then measures.
pub(super) fn aggregate(
    txn: &mut dyn Txn,
    schema: crate::engine::Schema,
    aggregate: &Aggregate,
) -> Result<Vec<Vec<Value>>> {
    let mut rows = Vec::new();
    txn.aggregate(&aggregate.prepared(schema)?, &mut |row| {
        rows.push(values(row, aggregate.groups.len() + aggregate.measures.len())?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(rows)
}

/// The groups of an aggregate over what is committed.
pub(super) fn groups(store: &dyn Store, over: &Aggregate) -> Result<Vec<Vec<Value>>> {
    aggregate(
        &mut *store.begin(Access::Read, None)?,
        store.capabilities().schema,
        over,
    )
}

/// The numbers of the committed records that a query means, in its order.
pub(super) fn numbers(store: &dyn Store, of: &Query) -> Result<Vec<u128>> {
    let rows = query(&mut *store.begin(Access::Read, None)?, store.capabilities().schema, of)?;
    Ok(rows.iter().map(|row| number_of(row)).collect())
}

/// The numbers of the committed records that a filter means, in the order of their ids.
pub(super) fn meant(store: &dyn Store, entity: &'static EntityDef, filter: Filter) -> Result<Vec<u128>> {
    numbers(store, &Query::of_entity(entity).filter(filter))
}

/// The number of the record of this row.
pub(super) fn number_of(row: &[Value]) -> u128 {
    match row[managed::ID] {
        Value::Id(id) => id.as_u128(),
        _ => u128::MAX,
    }
}

fn values(row: &dyn RowSource, count: usize) -> Result<Vec<Value>> {
    (0..count).map(|field| row.value(field)).collect()
}

/// A value with what it holds, which its own `Debug` keeps to itself.
pub(super) fn shown(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| value.kind_name().to_owned())
}

/// Rows with what they hold.
pub(super) fn shown_rows(rows: &[Vec<Value>]) -> Vec<String> {
    rows.iter()
        .map(|row| row.iter().map(shown).collect::<Vec<_>>().join(" "))
        .collect()
}
