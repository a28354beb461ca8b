use uuid::Uuid;

use super::Factory;
use super::sample::{Sample, get, id, money, query, shown, write};
use crate::engine::{
    Access, Conditions, CustomFieldKind, CustomValues, Entity, EntityDef, Field, FieldKind, Path, Query, Result,
    StorageKey, Store, Value, managed,
};
use crate::values::{Decimal, NaiveDate, Timestamp};

/// Every field of every entity keeps every value that its kind admits, up to the ends of the kind, and is found by it.
///
/// # Errors
/// Of the store; a value that is not kept panics.
pub fn fields(factory: Factory<'_>) -> Result<()> {
    let store = factory()?;
    for entity in store.capabilities().schema.entities() {
        let rows = rows_of_extremes(entity)?;
        let samples: Vec<Sample> = rows.iter().map(|(_, row)| row.clone()).collect();
        write(&*store, &samples)?;
        for (field, row) in &rows {
            is_kept(&*store, *field, row)?;
        }
    }
    types_read_their_rows(&*store)
}

fn rows_of_extremes(entity: &'static EntityDef) -> Result<Vec<(Field, Sample)>> {
    let mut rows = Vec::new();
    for index in managed::COUNT..entity.fields.len() {
        let field = entity.field(index);
        let mut values = extremes(field.def().kind)?;
        if field.def().nullable {
            values.push(Value::Null);
        }
        for value in values {
            let number = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            rows.push((field, Sample::of_entity(entity, id(number)).with(field, value)));
        }
    }
    Ok(rows)
}

fn extremes(kind: FieldKind) -> Result<Vec<Value>> {
    Ok(match kind {
        FieldKind::Bool => vec![true.into(), false.into()],
        FieldKind::Integer => [i64::MIN, -1, 0, 1, i64::MAX].map(Value::from).to_vec(),
        FieldKind::Decimal { scale } => [i64::MIN, -1, 0, 1, 10_i64.pow(scale), i64::MAX]
            .map(|last_digits| Value::from(Decimal::new(last_digits, scale)))
            .to_vec(),
        FieldKind::Text => texts(),
        FieldKind::Choice(choice) => choice.codes.iter().map(|code| Value::from(*code)).collect(),
        FieldKind::Money => amounts()?,
        FieldKind::Date => [NaiveDate::MIN, NaiveDate::MAX]
            .into_iter()
            .chain(
                [
                    (1900, 2, 28),
                    (1969, 12, 31),
                    (2000, 2, 29),
                    (2024, 2, 29),
                    (9999, 12, 31),
                ]
                .map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()),
            )
            .map(Value::from)
            .collect(),
        FieldKind::Instant => [i64::MIN, -1, 0, 1, 253_402_300_799_999, i64::MAX]
            .map(|milliseconds| Value::from(Timestamp::from_milliseconds(milliseconds)))
            .to_vec(),
        FieldKind::Id => [Uuid::nil(), id(7), Uuid::max()].map(Value::from).to_vec(),
        FieldKind::Custom => custom()?,
    })
}

/// Sets of custom fields: each of the extremes of each kind, beside others.
fn custom() -> Result<Vec<Value>> {
    let key = |kind, number| StorageKey::new(kind, id(number));
    let mut sets = Vec::new();
    for kind in CustomFieldKind::ALL {
        for value in extremes(kind.field_kind())? {
            let beside = (key(CustomFieldKind::Text, 9), Value::from("beside"));
            let set: CustomValues = [(key(*kind, 1), value), beside].into_iter().collect();
            sets.push(set.into());
        }
    }
    Ok(sets)
}

fn texts() -> Vec<Value> {
    let long = "long ".repeat(40_000);
    [
        "",
        " ",
        "a",
        "%_\\'\"",
        "a\0b",
        "\0",
        "line\r\nline",
        "123",
        "0x10",
        "NULL",
        "李明",
        "José",
        "Jose\u{301}",
        "😀",
        "\u{10ffff}",
        &long,
    ]
    .map(Value::from)
    .to_vec()
}

fn amounts() -> Result<Vec<Value>> {
    let mut amounts = Vec::new();
    for currency in ["EUR", "JPY", "KWD", "CLF"] {
        for minor in [i64::MIN, -41_000, -1, 0, 1, i64::MAX] {
            amounts.push(money(minor, currency)?.into());
        }
    }
    Ok(amounts)
}

fn is_kept(store: &dyn Store, field: Field, row: &Sample) -> Result<()> {
    let value = &row.values[field.index];
    let Value::Id(id) = row.values[managed::ID] else {
        return Ok(());
    };
    let mut txn = store.begin(Access::Read, None)?;
    let found = get(&mut *txn, row.entity, id)?;
    assert_eq!(
        found.as_ref(),
        Some(&row.values),
        "{field:?} did not keep {}",
        shown(value)
    );
    let paths: Vec<(Path, Value)> = match value {
        Value::Null => Vec::new(),
        Value::Custom(values) => values
            .iter()
            .filter_map(|(key, value)| Some((Path::stored(row.entity, key)?, value.clone())))
            .collect(),
        _ => vec![(field.into(), value.clone())],
    };
    for (path, value) in paths {
        let by_value = Query::of_entity(row.entity).filter(path.clone().is(value.clone()));
        let found = query(&mut *txn, store.capabilities().schema, &by_value)?;
        assert!(
            found.contains(&row.values),
            "{path:?} is not found by {}",
            shown(&value)
        );
        let different = found
            .iter()
            .find(|other| path.of(other[path.field().index].clone()) != value);
        assert_eq!(
            different,
            None,
            "{path:?} is found by another value than {}",
            shown(&value)
        );
    }
    Ok(())
}

/// Each entity's own type reads its rows and gives the same values back.
fn types_read_their_rows(store: &dyn Store) -> Result<()> {
    macro_rules! read_back {
        ($($module:ident::$entity:ident, $id:ident;)+) => {$(
            read_back::<crate::$module::$entity>(store)?;
        )+};
    }
    crate::for_each_entity!(read_back);
    Ok(())
}

fn read_back<E: Entity>(store: &dyn Store) -> Result<()> {
    let rows = query(
        &mut *store.begin(Access::Read, None)?,
        store.capabilities().schema,
        &Query::of::<E>(),
    )?;
    assert!(!rows.is_empty(), "{} has rows", E::DEF.table);
    for row in rows {
        let record = E::from_row(&row)?;
        let values: Vec<Value> = (0..E::DEF.fields.len()).map(|field| record.value(field)).collect();
        assert_eq!(values, row, "a row of {}", E::DEF.table);
    }
    Ok(())
}
