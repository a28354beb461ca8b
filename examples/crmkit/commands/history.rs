use crmkit::Crm;
use crmkit::engine::{LogEntry, LogQuery};

use super::show;
use crate::arguments;
use crate::failure::Failure;
use crate::sheet::{Cell, Sheet};

/// What changed, a row for each field, the latest last.
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
        Ok(Ok(sheet(&entries)))
    })?
}

/// Entries of the change log as rows.
pub(super) fn sheet(entries: &[LogEntry]) -> Sheet {
    let columns = [
        "time", "actor", "cause", "change", "table", "field", "before", "after", "record", "batch",
    ];
    let mut sheet = Sheet::new("Changes", columns);
    for LogEntry { commit, change } in entries {
        let mut row = |field: Cell, before: Cell, after: Cell| {
            sheet.row([
                commit.stamp.time().to_string().into(),
                commit.actor.as_str().into(),
                commit.cause.code().into(),
                change.kind.code().into(),
                change.table.as_ref().into(),
                field,
                before,
                after,
                change.record.to_string().into(),
                commit.batch.to_string().into(),
            ]);
        };
        for field in &change.fields {
            row(
                field.field.as_ref().into(),
                field.before.clone().into(),
                field.after.clone().into(),
            );
        }
        if change.fields.is_empty() {
            row(Cell::Empty, Cell::Empty, Cell::Empty);
        }
    }
    sheet
}
