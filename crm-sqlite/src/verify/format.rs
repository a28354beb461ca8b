use std::collections::BTreeSet;

use crm_core::engine::{EntityDef, Result};

use super::{Check, Kind, OPERATION, RESTORE};
use crate::error::Refusal;
use crate::migrate::{self, FORMAT, Found};
use crate::schema;

const VERSION: Kind = Kind {
    code: "format.version",
    fix: RESTORE,
};
const MISSING: Kind = Kind {
    code: "format.missing",
    fix: RESTORE,
};
const INDEX: Kind = Kind {
    code: "format.index",
    fix: "Nothing is lost, but reading is slow: export the records, or restore the newest backup that verifies.",
};

const VIEW: Kind = Kind {
    code: "format.view",
    fix: "Nothing is lost; what reads the view needs the newest backup that verifies, or an export.",
};

/// The file is of this format: the tables, columns, indexes and views of the definitions are there.
pub(super) fn check(check: &mut Check<'_>) -> Result<()> {
    let found = migrate::inspect(check.connection).during(OPERATION)?;
    if found != Found::Format(FORMAT) {
        check.find(
            VERSION,
            None,
            None,
            "The marks in the file's header are not those of this format.",
        );
    }
    for entity in check.schema.entities() {
        check_table(check, entity)?;
    }
    Ok(())
}

fn check_table(check: &mut Check<'_>, entity: &'static EntityDef) -> Result<()> {
    let table = entity.table;
    if !check.has_table(table) {
        check.find(MISSING, Some(table), None, "The table is not there.");
        return Ok(());
    }
    let columns = names(check, "SELECT name FROM pragma_table_xinfo(?1)", table)?;
    for column in schema::columns(entity) {
        if !columns.contains(&column.name) {
            check.find(
                MISSING,
                Some(table),
                None,
                format!("The column {} is not there.", column.name),
            );
        }
    }
    let view = format!("v_{}", entity.name);
    if names(
        check,
        "SELECT name FROM sqlite_schema WHERE type = 'view' AND name = ?1",
        &view,
    )?
    .is_empty()
    {
        check.find(VIEW, Some(table), None, format!("The view {view} is not there."));
    }
    let indexes = names(check, "SELECT name FROM pragma_index_list(?1)", table)?;
    for field in entity.fields.iter().filter(|field| field.indexed) {
        let index = format!("{table}_{}", field.name);
        if !indexes.contains(&index) {
            check.find(INDEX, Some(table), None, format!("The index {index} is not there."));
        }
    }
    Ok(())
}

fn names(check: &Check<'_>, sql: &str, table: &str) -> Result<BTreeSet<String>> {
    let mut statement = check.connection.prepare(sql).during(OPERATION)?;
    statement
        .query_map([table], |row| row.get(0))
        .and_then(Iterator::collect)
        .during(OPERATION)
}
