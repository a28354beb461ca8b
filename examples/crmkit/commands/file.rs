use std::ops::ControlFlow;

use crmkit::{BackupOptions, Crm, CrmFile, SqlOptions, SqlValue};

use super::{Answer, written};
use crate::arguments::{self, Global};
use crate::failure::Failure;
use crate::progress;
use crate::sheet::{Cell, Sheet};

/// Copies the file.
pub(super) fn backup(global: &Global, crm: &Crm, arguments: &arguments::Backup) -> Result<String, Failure> {
    let bar = progress::bar(global, "copying");
    let shown = bar.clone();
    let options = BackupOptions::default()
        .replace(arguments.replace)
        .watch(move |progress| {
            shown.set_length(progress.pages);
            shown.set_position(progress.done);
            ControlFlow::Continue(())
        });
    let report = crm.backup_with(&arguments.target, &options)?;
    bar.finish_and_clear();
    let mut sheet = Sheet::new("Backup, checked", ["file", "bytes", "tables", "rows"]);
    sheet.row([
        report.path.display().to_string().into(),
        number(report.bytes),
        number(report.tables as u64),
        number(report.rows),
    ]);
    Ok(written(global, &sheet))
}

/// Looks the file over; exit code 1 says that something was found.
pub(super) fn verify(global: &Global, crm: &Crm) -> Result<Answer, Failure> {
    let verification = crm.verify()?;
    let mut sheet = Sheet::new("Findings", ["code", "table", "id", "finding", "fix"]);
    for finding in &verification.findings {
        sheet.row([
            finding.code.into(),
            finding.table.map_or(Cell::Empty, Into::into),
            finding.id.map_or(Cell::Empty, |id| id.to_string().into()),
            finding.sentence.as_str().into(),
            finding.fix.into(),
        ]);
    }
    if !verification.is_sound() {
        return Ok(Answer {
            text: written(global, &sheet),
            code: 1,
        });
    }
    let mut sheet = Sheet::new("Nothing is wrong", ["records", "changes"]);
    sheet.row([number(verification.records), number(verification.changes)]);
    Ok(written(global, &sheet).into())
}

/// Runs a statement that reads.
pub(super) fn sql(crm: &Crm, arguments: &arguments::Sql) -> Result<Sheet, Failure> {
    let options = SqlOptions::default().row_limit(arguments.limit);
    let answer = crm.sql_with(&arguments.statement, &[], &options)?;
    let title = if answer.truncated { "The first rows" } else { "Rows" };
    let mut sheet = Sheet::new(title, answer.columns);
    for row in answer.rows {
        sheet.row(row.into_iter().map(cell).collect::<Vec<_>>());
    }
    Ok(sheet)
}

fn cell(value: SqlValue) -> Cell {
    match value {
        SqlValue::Null => Cell::Empty,
        SqlValue::Integer(number) => number.into(),
        SqlValue::Real(number) => number.to_string().into(),
        SqlValue::Text(text) => text.into(),
        SqlValue::Blob(bytes) => bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
            .into(),
    }
}

fn number(number: u64) -> Cell {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}
