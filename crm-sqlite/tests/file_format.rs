//! The tables of a file are what the definitions say, in a fresh file and in every older one once it is upgraded.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crm_core::SCHEMA;
use crm_core::engine::{EntityDef, FieldKind, Query, Reader};
use crm_sqlite::{FORMAT, OpenOptions};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

/// Tables that hold no records of their own kind.
const INTERNAL: [&str; 3] = ["meta", "commits", "changes"];

#[derive(Debug, PartialEq, Eq, Default)]
struct Table {
    strict: bool,
    /// Name, type, whether it is required, and its place in the primary key.
    columns: BTreeSet<(String, String, bool, i64)>,
    /// Name, whether it is unique, and its columns.
    indexes: BTreeSet<(String, bool, Vec<String>)>,
}

type Tables = BTreeMap<String, Table>;

/// The tables of a file, without regard to the order of their columns.
fn tables_of(file: &Path) -> Tables {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let list: Vec<(String, bool)> = rows(
        &connection,
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'",
    )
    .into_iter()
    .map(|row| (text(&row[0]), row[1] == Value::Integer(1)))
    // The search index is tables of FTS5's own, which the SQL of the migration names once.
    .filter(|(name, _)| !name.starts_with("sqlite_") && !name.contains("_search"))
    .collect();
    list.into_iter()
        .map(|(name, strict)| {
            let table = Table {
                strict,
                columns: columns_of(&connection, &name),
                indexes: indexes_of(&connection, &name),
            };
            (name, table)
        })
        .collect()
}

fn columns_of(connection: &Connection, table: &str) -> BTreeSet<(String, String, bool, i64)> {
    let sql = format!("SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo('{table}')");
    rows(connection, &sql)
        .iter()
        .map(|row| {
            (
                text(&row[0]),
                text(&row[1]),
                row[2] == Value::Integer(1),
                integer(&row[3]),
            )
        })
        .collect()
}

fn indexes_of(connection: &Connection, table: &str) -> BTreeSet<(String, bool, Vec<String>)> {
    rows(
        connection,
        &format!("SELECT name, \"unique\" FROM pragma_index_list('{table}')"),
    )
    .iter()
    .map(|index| {
        let name = text(&index[0]);
        let columns = rows(
            connection,
            &format!("SELECT name FROM pragma_index_info('{name}') ORDER BY seqno"),
        )
        .iter()
        .map(|row| text(&row[0]))
        .collect();
        (name, index[1] == Value::Integer(1), columns)
    })
    .collect()
}

/// The table that a definition asks for.
fn table_for(entity: &EntityDef) -> Table {
    let mut table = Table {
        strict: true,
        ..Table::default()
    };
    table.columns.insert(("rowid".into(), "INTEGER".into(), false, 1));
    let unique = (format!("sqlite_autoindex_{}_1", entity.table), true, vec!["id".into()]);
    table.indexes.insert(unique);
    for field in entity.fields {
        let kind = match field.kind {
            FieldKind::Id => "BLOB",
            FieldKind::Text | FieldKind::Choice(_) | FieldKind::Custom => "TEXT",
            _ => "INTEGER",
        };
        table
            .columns
            .insert((field.name.into(), kind.into(), !field.nullable, 0));
        if field.kind == FieldKind::Money {
            let currency = format!("{}_currency", field.name);
            table.columns.insert((currency, "TEXT".into(), !field.nullable, 0));
        }
        if field.indexed {
            let name = format!("{}_{}", entity.table, field.name);
            table
                .indexes
                .insert((name, false, vec![field.name.into(), "id".into()]));
        }
    }
    table
}

fn rows(connection: &Connection, sql: &str) -> Vec<Vec<Value>> {
    let mut statement = connection.prepare(sql).unwrap();
    let width = statement.column_count();
    statement
        .query_map((), |row| (0..width).map(|column| row.get(column)).collect())
        .and_then(Iterator::collect)
        .unwrap()
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => panic!("not a text: {other:?}"),
    }
}

fn integer(value: &Value) -> i64 {
    match value {
        Value::Integer(number) => *number,
        other => panic!("not a whole number: {other:?}"),
    }
}

/// The file that a released version left behind.
fn stored_file(format: i64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/files/v{format}.db"))
}

/// A copy of it, to be opened and with that upgraded.
fn copy_of(format: i64, folder: &Path) -> PathBuf {
    let copy = folder.join(format!("v{format}.db"));
    fs::copy(stored_file(format), &copy).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; examples/stored_file.rs writes it",
            stored_file(format).display()
        )
    });
    copy
}

/// What every table holds: its columns' names, and its rows in the order of their rowids.
fn content_of(file: &Path) -> BTreeMap<String, (Vec<String>, Vec<Vec<Value>>)> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let tables = tables_of(file);
    tables
        .iter()
        .map(|(table, shape)| {
            let columns: Vec<String> = shape.columns.iter().map(|column| column.0.clone()).collect();
            let rows = rows(
                &connection,
                &format!("SELECT {} FROM {table} ORDER BY 1", columns.join(", ")),
            );
            (table.clone(), (columns, rows))
        })
        .collect()
}

fn read_everything(reader: &mut Reader<'_>) -> crm_core::engine::Result<()> {
    macro_rules! read_each {
        ($($module:ident::$entity:ident, $id:ident;)+) => {$(
            let query = Query::of::<crm_core::$module::$entity>();
            let found: Vec<crm_core::$module::$entity> = reader.find(&query)?;
            assert!(!found.is_empty(), "{} should hold records", query.entity.table);
        )+};
    }
    crm_core::for_each_entity!(read_each);
    Ok(())
}

#[test]
fn a_fresh_file_has_the_tables_that_the_definitions_ask_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fresh.db");
    drop(crm_sqlite::open(&path).unwrap());
    let mut tables = tables_of(&path);
    for internal in INTERNAL {
        assert!(tables.remove(internal).is_some(), "{internal}");
    }
    for entity in SCHEMA.entities() {
        let table = tables.remove(entity.table);
        assert_eq!(
            table,
            Some(table_for(entity)),
            "{}: the migrations (left) give what the definition (right) does not ask for",
            entity.table
        );
    }
    assert_eq!(tables, Tables::new(), "tables without a definition");
}

#[test]
fn an_upgraded_file_of_every_released_format_equals_a_fresh_one() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("fresh.db");
    drop(crm_sqlite::open(&fresh).unwrap());
    for format in 1..=FORMAT {
        let upgraded = copy_of(format, folder.path());
        drop(crm_sqlite::open(&upgraded).unwrap());
        assert_eq!(tables_of(&upgraded), tables_of(&fresh), "format {format}");
    }
}

#[test]
fn an_upgrade_keeps_every_row_of_every_table() {
    let folder = tempfile::tempdir().unwrap();
    for format in 1..=FORMAT {
        let path = copy_of(format, folder.path());
        let before = content_of(&path);
        drop(OpenOptions::new(&path).open().unwrap());
        for (table, (columns, rows_before)) in before {
            assert!(!rows_before.is_empty(), "{table} of format {format} should have rows");
            let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
            let after = rows(
                &connection,
                &format!("SELECT {} FROM {table} ORDER BY 1", columns.join(", ")),
            );
            assert_eq!(after, rows_before, "{table} of format {format}");
        }
    }
}

#[test]
fn the_records_of_the_newest_stored_file_are_read_with_their_history() {
    let folder = tempfile::tempdir().unwrap();
    let crm = crm_sqlite::open(copy_of(FORMAT, folder.path())).unwrap();
    crm.read(read_everything).unwrap();
    let changes = crm.read(|reader| reader.changes(0, 1_000)).unwrap();
    let created: BTreeSet<&str> = changes.iter().map(|entry| &*entry.change.table).collect();
    assert_eq!(created, SCHEMA.entities().map(|entity| entity.table).collect());
}
