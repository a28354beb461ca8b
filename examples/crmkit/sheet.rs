//! The three ways to write tables.

use crmkit::engine::Value;
use crmkit::table::{Cell, ColumnKind, Table, TableColumn};
use serde_json::{Map, Value as Json, json};

use crate::arguments::Format;

/// A table without rows, of columns that need no other label.
pub(crate) fn table<const N: usize>(title: impl Into<String>, columns: [(&str, ColumnKind); N]) -> Table {
    Table::new(title, columns.map(|(name, kind)| TableColumn::new(name, kind)))
}

/// The table as a person, a program or a spreadsheet reads it; totals are for people.
pub(crate) fn written(table: &Table, format: Format) -> String {
    match format {
        Format::Table => table.to_string(),
        Format::Json => format!("{:#}\n", json(table)),
        Format::Csv => csv(table),
    }
}

/// Several tables: below each other, as an object of JSON by their titles, and of CSV the first one alone.
pub(crate) fn all_written(tables: &[Table], format: Format) -> String {
    match format {
        Format::Table => tables.iter().map(Table::to_string).collect::<Vec<_>>().join("\n"),
        Format::Json => {
            let by_title = tables.iter().map(|table| (table.title.clone(), json(table)));
            format!("{:#}\n", Json::Object(by_title.collect()))
        }
        Format::Csv => tables.first().map(csv).unwrap_or_default(),
    }
}

fn json(table: &Table) -> Json {
    let rows = table.rows.iter().map(|row| {
        let names = table.columns.iter().map(|column| column.name.clone());
        Json::Object(names.zip(row.iter().map(for_programs)).collect::<Map<_, _>>())
    });
    Json::Array(rows.collect())
}

/// As RFC 4180 has it, with LF.
fn csv(table: &Table) -> String {
    let line = |cells: Vec<String>| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n";
    let rows = table.rows.iter().map(|row| line(row.iter().map(plain).collect()));
    line(table.columns.iter().map(|column| column.name.clone()).collect()) + &rows.collect::<String>()
}

fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Amounts(amounts) => amounts.to_string(),
        Cell::Value(Value::Null) => String::new(),
        Cell::Value(Value::Text(text)) => text.clone(),
        Cell::Value(Value::Integer(number)) => number.to_string(),
        Cell::Value(Value::Bool(yes)) => yes.to_string(),
        Cell::Value(Value::Decimal(number)) => number.to_string(),
        Cell::Value(Value::Money(amount)) => amount.to_string(),
        Cell::Value(Value::Instant(at)) => at.to_string(),
        Cell::Value(Value::Date(_) | Value::Id(_) | Value::Custom(_)) => cell.to_string(),
    }
}

/// Amounts as text with their currency, since a number of JSON is a float to many who read it.
fn for_programs(cell: &Cell) -> Json {
    match cell {
        Cell::Value(Value::Null) => Json::Null,
        Cell::Value(Value::Integer(number)) => json!(number),
        Cell::Value(Value::Bool(yes)) => json!(yes),
        Cell::Amounts(amounts) => amounts.iter().map(|amount| json!(amount.to_string())).collect(),
        _ => json!(plain(cell)),
    }
}
