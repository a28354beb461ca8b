//! Writes the small file that stands for a format in the tests: two rows in every table, one full and one with nothing
//! that may be empty, and their changes in the log. Run it once, when the format is released:
//!
//! `cargo run -p crm-sqlite --example stored_file -- crm-sqlite/tests/files/v1.db`

use std::borrow::Cow;
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::{env, fs};

use crm_core::SCHEMA;
use crm_core::engine::{
    Access, BatchId, Cause, Change, ChangeKind, Commit, CustomFieldKind, CustomValues, EntityDef, FieldChange,
    FieldDef, FieldKind, Ids, ManualClock, Stamp, StorageKey, Store, Value, managed,
};
use crm_core::values::{Currency, Money, NaiveDate, Timestamp};
use crm_sqlite::{OpenOptions, SqliteStore};
use rusqlite::Connection;
use uuid::Uuid;

const NOW: Timestamp = Timestamp::from_milliseconds(1_767_225_600_000);

fn main() -> Result<(), Box<dyn Error>> {
    let target = PathBuf::from(env::args().nth(1).ok_or("give the path of the file to write")?);
    let working = target.with_extension("working");
    let options = OpenOptions::new(&working)
        .clock(Arc::new(ManualClock::at(NOW)))
        .ids(Ids::seeded(1));
    write_rows(&SqliteStore::open(&options, SCHEMA)?)?;
    // Small pages, since every table and every index takes one.
    let connection = Connection::open(&working)?;
    connection.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA page_size = 512")?;
    if target.exists() {
        fs::remove_file(&target)?;
    }
    connection.execute("VACUUM INTO ?1", [target.to_str().ok_or("the path is no text")?])?;
    fs::remove_file(&working)?;
    Ok(())
}

fn write_rows(store: &SqliteStore) -> Result<(), Box<dyn Error>> {
    let commit = Commit {
        origin: store.capabilities().replica,
        stamp: Stamp::next(None, NOW),
        actor: "li.wei".into(),
        cause: Cause::Import,
        batch: BatchId(Uuid::from_u128(1)),
        note: Some("the stored file".into()),
    };
    let mut changes = Vec::new();
    let mut txn = store.begin(Access::Write, None)?;
    for entity in SCHEMA.entities() {
        for (number, full) in [(2, true), (3, false)] {
            let row: Vec<Value> = (0..entity.fields.len())
                .map(|field| value(entity, field, number, full))
                .collect::<Result<_, _>>()?;
            txn.insert(entity, &row)?;
            changes.push(Change {
                sequence: changes.len() as i64 + 1,
                table: Cow::Borrowed(entity.table),
                record: Uuid::from_u128(number),
                kind: ChangeKind::Create,
                fields: created(entity, &row),
            });
        }
    }
    txn.append_log(&commit, &changes)?;
    txn.commit()?;
    Ok(())
}

fn created(entity: &'static EntityDef, row: &[Value]) -> Vec<FieldChange> {
    let fields = entity.fields.iter().zip(row).skip(managed::COUNT);
    fields
        .filter(|(_, value)| !value.is_null())
        .map(|(field, value)| FieldChange {
            field: Cow::Borrowed(field.name),
            before: Value::Null,
            after: value.clone(),
        })
        .collect()
}

fn value(entity: &EntityDef, field: usize, number: u128, full: bool) -> Result<Value, Box<dyn Error>> {
    let def: &FieldDef = &entity.fields[field];
    Ok(match def.kind {
        _ if def.nullable && (!full || field == managed::DELETED_AT) => Value::Null,
        FieldKind::Bool => Value::Bool(full),
        FieldKind::Integer => Value::Integer(1),
        FieldKind::Decimal { scale } => Value::Decimal(crm_core::values::Decimal::new(6_250, scale)),
        // What the engine itself reads has its form.
        FieldKind::Text if def.name == "storage_key" => Value::Text(text_key(number).to_string()),
        FieldKind::Text if def.name == "options" => Value::from(r#"[{"code":"gold","label":"Gold"}]"#),
        FieldKind::Text => Value::Text(format!("{} 李明 {number}", def.name)),
        FieldKind::Choice(choice) => Value::from(choice.codes[choice.codes.len() - 1]),
        FieldKind::Money => Value::Money(Money::from_minor(41_000, Currency::from_code("EUR")?)),
        FieldKind::Date => Value::Date(NaiveDate::from_ymd_opt(2026, 2, 28).ok_or("no such day")?),
        FieldKind::Instant => Value::Instant(NOW),
        FieldKind::Id => Value::Id(Uuid::from_u128(number)),
        FieldKind::Custom => [(text_key(number), Value::from("李明"))]
            .into_iter()
            .collect::<CustomValues>()
            .into(),
    })
}

fn text_key(number: u128) -> StorageKey {
    StorageKey::new(CustomFieldKind::Text, Uuid::from_u128(number))
}
