//! The answers as tables.

use crmkit::table::{Table, Tabular};

use crate::report::Report;

/// The whole report.
pub(crate) fn report(report: &Report) -> String {
    let named = |title: &str, answer: &dyn Tabular| Table {
        title: title.into(),
        ..answer.table()
    };
    let tables = [
        named("Sales", &report.total),
        report.board.table(),
        named("Funnel", &report.funnel),
        report.days_to_close.table(),
        named("By quarter of closing", &report.by_quarter),
        named("By office", &report.by_office),
        named("By manager", &report.by_manager),
        named("By agent", &report.by_agent),
        named("By product", &report.by_product),
        named("By sector", &report.by_sector),
    ];
    tables.map(|table| table.to_string()).join("\n")
}
