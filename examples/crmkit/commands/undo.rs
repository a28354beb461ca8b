use crmkit::Crm;
use crmkit::engine::{BatchId, LogEntry, LogQuery};

use super::history;
use crate::arguments::{self, Format, Global};
use crate::failure::Failure;
use crate::sheet::written;

/// Shows what a batch changed, and takes it back. An undo is a batch too: undone, what was taken back is there again.
pub(super) fn run(global: &Global, crm: &Crm, arguments: &arguments::Undo) -> Result<String, Failure> {
    let entries: Vec<LogEntry> = crm.read(|reader| {
        let batch = match arguments.batch {
            Some(batch) => Some(BatchId(batch)),
            None => {
                let last = LogQuery {
                    newest_first: true,
                    limit: Some(1),
                    ..LogQuery::default()
                };
                reader.log(&last)?.pop().map(|entry| entry.commit.batch)
            }
        };
        match batch {
            Some(batch) => reader.log(&LogQuery {
                batch: Some(batch),
                ..LogQuery::default()
            }),
            None => Ok(Vec::new()),
        }
    })?;
    let Some(first) = entries.first() else {
        return Err(Failure::not_found(
            "there is no such batch. `crmkit history` shows the batches that there are.",
        ));
    };
    let mut told = written(&history::by_record(&entries), global.format);
    let batch = first.commit.batch;
    if !arguments.dry_run {
        let undo = crm.undo(batch)?;
        if global.format == Format::Table && !global.quiet {
            told += &format!("\nTaken back. `crmkit undo {undo}` brings it again.\n");
        }
    }
    Ok(told)
}
