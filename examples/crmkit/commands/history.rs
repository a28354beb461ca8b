use crmkit::Crm;
use crmkit::engine::{LogEntry, LogQuery, Value};

use super::show;
use crate::arguments;
use crate::failure::Failure;
use crate::sheet::Sheet;

/// What changed, the latest last: of one record by field, of all by record.
pub(super) fn run(crm: &Crm, arguments: &arguments::History) -> Result<Sheet, Failure> {
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
fn by_field(entries: &[LogEntry]) -> Sheet {
    let columns = ["time", "actor", "cause", "change", "field", "before", "after", "batch"];
    let mut sheet = Sheet::new("History", columns);
    for LogEntry { commit, change } in entries {
        let mut row = |field: &str, before: Value, after: Value| {
            sheet.row([
                Value::from(commit.stamp.time()).into(),
                commit.actor.as_str().into(),
                commit.cause.code().into(),
                change.kind.code().into(),
                field.into(),
                before.into(),
                after.into(),
                commit.batch.to_string().into(),
            ]);
        };
        for field in &change.fields {
            row(&field.field, field.before.clone(), field.after.clone());
        }
        if change.fields.is_empty() {
            row("", Value::Null, Value::Null);
        }
    }
    sheet
}

/// Entries of the change log, a row for each record.
pub(super) fn by_record(entries: &[LogEntry]) -> Sheet {
    let mut sheet = Sheet::new(
        "Changes",
        ["time", "actor", "cause", "change", "table", "fields", "record", "batch"],
    );
    for LogEntry { commit, change } in entries {
        let fields = match change.fields.as_slice() {
            [first] => first.field.to_string(),
            fields => format!("{} fields", fields.len()),
        };
        sheet.row([
            Value::from(commit.stamp.time()).into(),
            commit.actor.as_str().into(),
            commit.cause.code().into(),
            change.kind.code().into(),
            change.table.as_ref().into(),
            fields.into(),
            change.record.to_string().into(),
            commit.batch.to_string().into(),
        ]);
    }
    sheet
}
