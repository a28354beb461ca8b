use crmkit::Crm;
use crmkit::engine::{LogEntry, LogQuery, Value};
use crmkit::table::{ColumnKind, Table};

use super::show;
use crate::arguments;
use crate::failure::Failure;
use crate::sheet::table;

/// What changed, the latest last: of one record by field, of all by record.
pub(super) fn run(crm: &Crm, arguments: &arguments::History) -> Result<Table, Failure> {
    crm.read(|reader| {
        let record = match arguments.what.as_slice() {
            [] => None,
            what => match show::the_one(reader, what)? {
                Ok(record) => Some(record.id),
                Err(failure) => return Ok(Err(failure)),
            },
        };
        let mut entries = reader.log(&LogQuery {
            record,
            newest_first: true,
            limit: Some(arguments.limit),
            ..LogQuery::default()
        })?;
        entries.reverse();
        Ok(Ok(match record {
            Some(_) => by_field(&entries),
            None => by_record(&entries),
        }))
    })?
}

/// Entries of the change log, a row for each field.
fn by_field(entries: &[LogEntry]) -> Table {
    // What was before and after is of the kind of the field.
    let mut history = table(
        "History",
        [
            ("time", ColumnKind::Instant),
            ("actor", ColumnKind::Text),
            ("cause", ColumnKind::Text),
            ("change", ColumnKind::Text),
            ("field", ColumnKind::Text),
            ("before", ColumnKind::Text),
            ("after", ColumnKind::Text),
            ("batch", ColumnKind::Id),
        ],
    );
    for LogEntry { commit, change } in entries {
        let mut row = |field: &str, before: Value, after: Value| {
            history.row([
                commit.stamp.time().into(),
                commit.actor.as_str().into(),
                commit.cause.code().into(),
                change.kind.code().into(),
                field.into(),
                before.into(),
                after.into(),
                commit.batch.0.into(),
            ]);
        };
        for field in &change.fields {
            row(&field.field, field.before.clone(), field.after.clone());
        }
        if change.fields.is_empty() {
            row("", Value::Null, Value::Null);
        }
    }
    history
}

/// Entries of the change log, a row for each record.
pub(super) fn by_record(entries: &[LogEntry]) -> Table {
    let mut changes = table(
        "Changes",
        [
            ("time", ColumnKind::Instant),
            ("actor", ColumnKind::Text),
            ("cause", ColumnKind::Text),
            ("change", ColumnKind::Text),
            ("table", ColumnKind::Text),
            ("fields", ColumnKind::Text),
            ("record", ColumnKind::Id),
            ("batch", ColumnKind::Id),
        ],
    );
    for LogEntry { commit, change } in entries {
        let fields = match change.fields.as_slice() {
            [first] => first.field.to_string(),
            fields => format!("{} fields", fields.len()),
        };
        changes.row([
            commit.stamp.time().into(),
            commit.actor.as_str().into(),
            commit.cause.code().into(),
            change.kind.code().into(),
            change.table.as_ref().into(),
            fields.into(),
            change.record.into(),
            commit.batch.0.into(),
        ]);
    }
    changes
}
