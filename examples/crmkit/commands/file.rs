use std::ops::ControlFlow;

use crmkit::table::{Cell, ColumnKind, Table, TableColumn};
use crmkit::{BackupOptions, Crm, CrmFile, SqlOptions, SqlValue};

use super::Answer;
use crate::arguments::{self, Global};
use crate::failure::Failure;
use crate::progress;
use crate::sheet::{table, written};

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
    let mut sheet = table(
        "Backup, checked",
        [
            ("file", ColumnKind::Text),
            ("bytes", ColumnKind::Integer),
            ("tables", ColumnKind::Integer),
            ("rows", ColumnKind::Integer),
        ],
    );
    sheet.row([
        report.path.display().to_string().into(),
        number(report.bytes),
        number(report.tables as u64),
        number(report.rows),
    ]);
    Ok(written(&sheet, global.format))
}

/// Looks the file over; exit code 1 says that something was found.
pub(super) fn verify(global: &Global, crm: &Crm) -> Result<Answer, Failure> {
    let verification = crm.verify()?;
    let mut sheet = table(
        "Findings",
        [
            ("code", ColumnKind::Text),
            ("table", ColumnKind::Text),
            ("id", ColumnKind::Id),
            ("finding", ColumnKind::Text),
            ("fix", ColumnKind::Text),
        ],
    );
    for finding in &verification.findings {
        sheet.row([
            finding.code.into(),
            finding.table.into(),
            finding.id.into(),
            finding.sentence.as_str().into(),
            finding.fix.into(),
        ]);
    }
    if !verification.is_sound() {
        return Ok(Answer {
            text: written(&sheet, global.format),
            code: 1,
        });
    }
    let mut sheet = table(
        "Nothing is wrong",
        [("records", ColumnKind::Integer), ("changes", ColumnKind::Integer)],
    );
    sheet.row([number(verification.records), number(verification.changes)]);
    Ok(written(&sheet, global.format).into())
}

/// Runs a statement that reads.
pub(super) fn sql(crm: &Crm, arguments: &arguments::Sql) -> Result<Table, Failure> {
    let options = SqlOptions::default().row_limit(arguments.limit);
    let answer = crm.sql_with(&arguments.statement, &[], &options)?;
    let title = if answer.truncated { "The first rows" } else { "Rows" };
    let is_of_numbers = |place: usize| {
        let mut cells = answer.rows.iter().map(|row| &row[place]);
        cells.all(|cell| matches!(cell, SqlValue::Integer(_) | SqlValue::Null))
    };
    let columns = answer.columns.iter().enumerate().map(|(place, name)| {
        let kind = match is_of_numbers(place) {
            true => ColumnKind::Integer,
            false => ColumnKind::Text,
        };
        TableColumn::new(name, kind).labelled(name)
    });
    let mut rows = Table::new(title, columns);
    for row in answer.rows {
        rows.row(row.into_iter().map(cell));
    }
    Ok(rows)
}

fn cell(value: SqlValue) -> Cell {
    match value {
        SqlValue::Null => Cell::EMPTY,
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
