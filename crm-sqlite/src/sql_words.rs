//! The words that text filters have for the names of records, in the SQL that the engine runs.

use crm_core::SCHEMA;
use crm_core::engine::{EntityDef, FieldDef};
use rusqlite::Connection;

/// The column of a view that holds the name of the record to which a field refers: `stage_name`.
pub(crate) fn name_column(entity: &EntityDef, field: &FieldDef) -> Option<String> {
    SCHEMA.entity(field.reference?.table)?.field_index("name")?;
    let name = format!("{}_name", field.name.strip_suffix("_id")?);
    entity.field_index(&name).is_none().then_some(name)
}

/// Lets a statement say `stage` for `stage_name`, as filters do. The views of the file have no such columns, so that
/// those that the statement names are covered by views of this connection, until its transaction ends.
pub(crate) fn add(connection: &Connection, statement: &str) -> rusqlite::Result<()> {
    let statement = statement.to_ascii_lowercase();
    for entity in SCHEMA.entities() {
        let view = format!("v_{}", entity.name);
        let words: Vec<String> = entity.fields.iter().filter_map(|field| word(entity, field)).collect();
        if statement.contains(&view) && !words.is_empty() {
            let words = words.join(", ");
            connection.execute_batch(&format!(
                "CREATE TEMP VIEW IF NOT EXISTS \"{view}\" AS SELECT v.*, {words} FROM main.\"{view}\" AS v"
            ))?;
        }
    }
    Ok(())
}

fn word(entity: &EntityDef, field: &FieldDef) -> Option<String> {
    let column = name_column(entity, field)?;
    let word = column.strip_suffix("_name")?;
    let is_free = entity.field_index(word).is_none();
    is_free.then(|| format!("v.\"{column}\" AS \"{word}\""))
}
