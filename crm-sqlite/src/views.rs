//! The views that people read in their own tools, as the definitions ask for them.
//!
//! They work in any SQLite from 3.38 on, with no function of ours, and calculate in whole numbers alone.

use std::fmt::Write as _;

use crm_core::SCHEMA;
use crm_core::engine::{EntityDef, FieldDef, FieldKind, managed};
use crm_core::values::Currency;

use crate::schema::currency_column;
use crate::sql_words::name_column;

const HEADER: &str = "\
-- The views that people read in their own tools: one for each kind of record, without the deleted ones.
--
-- Ids are text, amounts and decimal numbers exact text, dates and instants ISO 8601 in UTC. Written from the definitions
-- by the test in src/views.rs, with CRMKIT_WRITE_VIEWS=1. A later format that changes a column drops the view first.
";

/// All views, as the file of the migration holds them.
fn all() -> String {
    let mut sql = HEADER.to_owned();
    for entity in SCHEMA.entities() {
        let _ = write!(sql, "\n{}", view(entity));
    }
    sql
}

fn view(entity: &EntityDef) -> String {
    let mut columns = Vec::new();
    for (index, field) in entity.fields.iter().enumerate() {
        if index != managed::DELETED_AT {
            columns.extend(columns_of(entity, field));
        }
    }
    let columns: Vec<String> = columns
        .into_iter()
        .map(|(name, expression)| format!("    {expression} AS \"{name}\""))
        .collect();
    format!(
        "CREATE VIEW \"v_{}\" AS SELECT\n{}\nFROM \"{}\" AS t WHERE t.\"deleted_at\" IS NULL;\n",
        entity.name,
        columns.join(",\n"),
        entity.table
    )
}

/// The columns that show a field: their names and what they are made of.
fn columns_of(entity: &EntityDef, field: &FieldDef) -> Vec<(String, String)> {
    let stored = format!("t.\"{}\"", field.name);
    let mut columns = vec![(field.name.to_owned(), shown(field, &stored))];
    if field.kind == FieldKind::Money {
        columns.push((currency_column(field.name), currency_of(field)));
        columns.push((format!("{}_minor", field.name), stored.clone()));
    }
    columns.extend(name_of_referred(entity, field, &stored));
    columns
}

/// The name of the record that a field refers to, where such records have one.
fn name_of_referred(entity: &EntityDef, field: &FieldDef, stored: &str) -> Option<(String, String)> {
    let name = name_column(entity, field)?;
    let table = field.reference?.table;
    let expression = format!("(SELECT r.\"name\" FROM \"{table}\" AS r WHERE r.\"id\" = {stored})");
    Some((name, expression))
}

fn shown(field: &FieldDef, stored: &str) -> String {
    match field.kind {
        FieldKind::Id => uuid(stored),
        FieldKind::Decimal { scale } => decimal(stored, scale),
        FieldKind::Money => amount(stored, &currency_of(field)),
        FieldKind::Date => format!("date({stored} * 86400, 'unixepoch')"),
        FieldKind::Instant => instant(stored),
        _ => stored.to_owned(),
    }
}

fn currency_of(field: &FieldDef) -> String {
    format!("t.\"{}\"", currency_column(field.name))
}

fn uuid(stored: &str) -> String {
    let part = |begin: u32, length: u32| format!("substr(hex({stored}), {begin}, {length})");
    let parts = [part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)];
    format!("lower({})", parts.join(" || '-' || "))
}

/// A whole number of the last of `scale` digits, as text with its point.
fn decimal(stored: &str, scale: u32) -> String {
    if scale == 0 {
        return format!("CAST({stored} AS TEXT)");
    }
    let one = 10_u64.pow(scale);
    // The sign is put first by hand: the whole part of -0.50 has none.
    format!(
        "CASE WHEN {stored} < 0 THEN '-' ELSE '' END || abs({stored} / {one}) || '.' || \
         printf('%0{scale}d', abs({stored} % {one}))"
    )
}

/// An amount, with as many digits as its currency has.
fn amount(stored: &str, currency: &str) -> String {
    let others = [0, 3, 4].map(|digits| {
        let codes = Currency::codes_with_digits(digits).join("', '");
        format!("WHEN {currency} IN ('{codes}') THEN {}", decimal(stored, digits))
    });
    format!("CASE {} ELSE {} END", others.join(" "), decimal(stored, 2))
}

/// Milliseconds since 1970 as ISO 8601; the remainder is brought above zero for the time before.
fn instant(stored: &str) -> String {
    let fraction = format!("(({stored} % 1000 + 1000) % 1000)");
    format!(
        "strftime('%Y-%m-%dT%H:%M:%S', ({stored} - {fraction}) / 1000, 'unixepoch') || printf('.%03dZ', {fraction})"
    )
}

#[test]
fn the_views_of_the_migration_are_those_that_the_definitions_ask_for() {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/migrations/0003_views.sql");
    if std::env::var_os("CRMKIT_WRITE_VIEWS").is_some() {
        std::fs::write(FILE, all()).unwrap();
    }
    let written = std::fs::read_to_string(FILE).unwrap();
    assert!(
        written == all(),
        "the definitions have changed: CRMKIT_WRITE_VIEWS=1 cargo test -p crm-sqlite views writes the views anew"
    );
}

#[test]
fn every_number_of_digits_that_a_currency_has_is_shown() {
    let counted: usize = [0, 2, 3, 4]
        .map(|digits| Currency::codes_with_digits(digits).len())
        .iter()
        .sum();
    let all: usize = (0..=9).map(|digits| Currency::codes_with_digits(digits).len()).sum();
    assert_eq!(counted, all);
}
