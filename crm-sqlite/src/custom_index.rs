//! Indexes on custom fields, made and dropped as their definitions ask.

use std::collections::BTreeMap;

use crm_core::engine::{CustomFieldKind, CustomIndex, Part, Result};
use rusqlite::Connection;

use crate::custom::expression;
use crate::error::Refusal;

const OPERATION: &str = "keeping the indexes of custom fields";

/// Makes the indexes that are wanted and not there, and drops those that are not wanted any more.
pub(crate) fn keep(connection: &Connection, wanted: &[CustomIndex]) -> Result<()> {
    let mut wanted: BTreeMap<String, &CustomIndex> = wanted.iter().map(|index| (name(index), index)).collect();
    for existing in existing(connection).during(OPERATION)? {
        if wanted.remove(&existing).is_none() {
            let drop = format!("DROP INDEX \"{existing}\"");
            connection.execute_batch(&drop).during(OPERATION)?;
        }
    }
    for (name, index) in wanted {
        connection.execute_batch(&create(&name, index)).during(OPERATION)?;
    }
    Ok(())
}

fn name(index: &CustomIndex) -> String {
    format!("custom_value_{}_{}", index.entity.table, index.key)
}

fn existing(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND name GLOB 'custom_value_*'")?;
    statement.query_map((), |row| row.get(0))?.collect()
}

/// On what queries compare, then on the id, by which equal ones are ordered.
fn create(name: &str, index: &CustomIndex) -> String {
    let parts: &[Part] = match index.key.kind() {
        CustomFieldKind::Money => &[Part::Currency, Part::Minor],
        _ => &[Part::Whole],
    };
    let mut columns: Vec<String> = parts
        .iter()
        .map(|part| expression("\"custom\"", index.key, *part))
        .collect();
    columns.push("\"id\"".to_owned());
    format!(
        "CREATE INDEX \"{name}\" ON \"{}\" ({})",
        index.entity.table,
        columns.join(", ")
    )
}
