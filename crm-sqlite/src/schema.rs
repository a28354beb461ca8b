//! From the definition of an entity to its table: which columns, where each field lies, and the statements that never
//! change.

use std::collections::HashMap;
use std::fmt::Write as _;

use crm_core::engine::{CrmError, EntityDef, FieldKind, Result, Schema, managed};

use crate::search::SearchIndex;

/// The tables of a schema.
#[derive(Debug)]
pub(crate) struct Tables(HashMap<&'static str, Table>);

/// What the store knows of one table, worked out once.
#[derive(Debug)]
pub(crate) struct Table {
    /// The first column of each field, counted from the id.
    pub(crate) places: Vec<usize>,
    /// All columns of the fields in their order, of the table `t0`.
    pub(crate) select_list: String,
    /// Reads the row of an id.
    pub(crate) get: String,
    /// Writes a new row.
    pub(crate) insert: String,
    /// Keeps the full-text index, where there is one.
    pub(crate) search: Option<SearchIndex>,
}

/// A column as a table has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ColumnDef {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) required: bool,
}

impl Tables {
    pub(crate) fn of(schema: Schema) -> Self {
        Self(
            schema
                .entities()
                .map(|entity| (entity.table, Table::of(entity)))
                .collect(),
        )
    }

    pub(crate) fn table(&self, entity: &'static EntityDef) -> Result<&Table> {
        self.0.get(entity.table).ok_or_else(|| {
            CrmError::storage(
                "reading a table",
                format!("the store has no table {}", entity.table),
                "Open the store with a schema that has this entity",
            )
        })
    }
}

impl Table {
    fn of(entity: &'static EntityDef) -> Self {
        let mut places = Vec::with_capacity(entity.fields.len());
        let mut next = 0;
        for field in entity.fields {
            places.push(next);
            next += width(field.kind);
        }
        let names: Vec<String> = columns(entity).into_iter().map(|column| column.name).collect();
        let select_list = join(names.iter().map(|name| format!("t0.\"{name}\"")));
        let table = entity.table;
        let id = entity.fields[managed::ID].name;
        Self {
            get: format!("SELECT {select_list} FROM \"{table}\" AS t0 WHERE t0.\"{id}\" = ?1"),
            insert: format!(
                "INSERT INTO \"{table}\" ({}) VALUES ({})",
                join(names.iter().map(|name| format!("\"{name}\""))),
                join((1..=names.len()).map(|number| format!("?{number}"))),
            ),
            search: SearchIndex::of(entity),
            places,
            select_list,
        }
    }
}

/// The columns of an entity's table, after its rowid.
pub(crate) fn columns(entity: &'static EntityDef) -> Vec<ColumnDef> {
    let mut columns = Vec::new();
    for field in entity.fields {
        let required = !field.nullable;
        columns.push(ColumnDef {
            name: field.name.to_owned(),
            kind: type_name(field.kind),
            required,
        });
        if field.kind == FieldKind::Money {
            columns.push(ColumnDef {
                name: currency_column(field.name),
                kind: "TEXT",
                required,
            });
        }
    }
    columns
}

/// The column that holds the currency of an amount.
pub(crate) fn currency_column(field: &str) -> String {
    format!("{field}_currency")
}

fn type_name(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Choice(_) | FieldKind::Custom => "TEXT",
        FieldKind::Id => "BLOB",
        FieldKind::Bool
        | FieldKind::Integer
        | FieldKind::Decimal { .. }
        | FieldKind::Money
        | FieldKind::Date
        | FieldKind::Instant => "INTEGER",
    }
}

fn width(kind: FieldKind) -> usize {
    if kind == FieldKind::Money { 2 } else { 1 }
}

/// Joins with commas.
pub(crate) fn join(parts: impl Iterator<Item = String>) -> String {
    let mut joined = String::new();
    for part in parts {
        let separator = if joined.is_empty() { "" } else { ", " };
        let _ = write!(joined, "{separator}{part}");
    }
    joined
}
