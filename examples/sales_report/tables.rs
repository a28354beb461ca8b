//! The answers as tables.

use crmkit::insight::{Board, Bridge, DaysToClose, Funnel};
use crmkit::values::{Decimal, Period};

use crate::amounts::amounts;
use crate::figures::{board_table, win_rate_table, win_rate_table_by_value};
use crate::report::Report;
use crate::table::Table;

/// The whole report.
pub(crate) fn report(report: &Report) -> String {
    let quarters = report.by_quarter.iter();
    let quarters = quarters.map(|group| (Period::Quarter.label(group.key), &group.answer));
    let tables = [
        win_rate_table("Sales", "", [("all".into(), &report.total)]),
        board_table(&report.board),
        funnel(&report.funnel),
        days_to_close(&report.days_to_close),
        win_rate_table("By quarter of closing", "quarter", quarters),
        win_rate_table_by_value("By office", "office", &report.by_office),
        win_rate_table_by_value("By manager", "manager", &report.by_manager),
        win_rate_table_by_value("By agent", "agent", &report.by_agent),
        win_rate_table_by_value("By product", "product", &report.by_product),
        win_rate_table_by_value("By sector", "sector", &report.by_sector),
    ];
    tables.map(|table| table.to_string()).join("\n")
}

/// The pipeline of a day.
pub(crate) fn board(board: &Board) -> String {
    board_table(board).to_string()
}

/// The way from the pipeline of one day to that of another.
pub(crate) fn bridge(bridge: &Bridge) -> String {
    let title = format!("Open pipeline from {} to {}", bridge.from, bridge.to);
    let mut table = Table::new(title, &["", "deals", "list value", "amount"]);
    let parts = [
        (format!("open on {}", bridge.from), &bridge.opening),
        ("+ added".into(), &bridge.added),
        ("- won".into(), &bridge.won),
        ("- lost".into(), &bridge.lost),
        (format!("= open on {}", bridge.to), &bridge.closing),
    ];
    for (name, figures) in parts {
        let (list, amount) = (amounts(&figures.list_amounts), amounts(&figures.amounts));
        table.row([name, figures.count.to_string(), list, amount]);
    }
    table.to_string()
}

fn funnel(funnel: &Funnel) -> Table {
    let mut table = Table::new("Funnel", &["", "deals"]);
    for step in &funnel.steps {
        table.row([step.name.clone(), step.reached.to_string()]);
    }
    table.row(["closed".into(), funnel.closed.to_string()]);
    table.row(["won".into(), funnel.won.to_string()]);
    table
}

fn days_to_close(days: &DaysToClose) -> Table {
    let header = ["", "deals", "mean", "median", "quartiles", "shortest", "longest"];
    let mut table = Table::new("Days to close", &header);
    for (name, spread) in [("all", &days.all), ("won", &days.won), ("lost", &days.lost)] {
        table.row([
            name.into(),
            spread.count.to_string(),
            spread
                .mean
                .map_or_else(|| "-".into(), |mean| format!("{:.1}", mean.round_dp(1))),
            number(spread.median),
            format!("{} to {}", number(spread.first_quartile), number(spread.third_quartile)),
            number(spread.minimum.map(Decimal::from)),
            number(spread.maximum.map(Decimal::from)),
        ]);
    }
    table
}

fn number(number: Option<Decimal>) -> String {
    number.map_or_else(|| "-".into(), |number| number.round_dp(1).normalize().to_string())
}
