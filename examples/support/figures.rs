//! How figures are written for people.

use crmkit::engine::Value;
use crmkit::insight::{Board, Grouped, WinRate};
use crmkit::values::Decimal;

use crate::amounts::amounts;
use crate::table::Table;

/// A rate in percent with one digit, or a dash.
fn percent(rate: Option<Decimal>) -> String {
    rate.map_or_else(
        || "-".into(),
        |rate| format!("{:.1} %", (rate * Decimal::ONE_HUNDRED).round_dp(1)),
    )
}

/// Win rates, one a row; `group` is what the keys are.
pub(crate) fn win_rate_table<'r>(
    title: &str,
    group: &str,
    rates: impl IntoIterator<Item = (String, &'r WinRate)>,
) -> Table {
    let mut table = Table::new(title, &[group, "deals", "won", "lost", "open", "win rate", "won value"]);
    for (key, rate) in rates {
        table.row([
            key,
            rate.opportunities.to_string(),
            rate.won.to_string(),
            rate.lost.to_string(),
            rate.open.to_string(),
            percent(rate.rate),
            amounts(&rate.won_value),
        ]);
    }
    table
}

/// The same, by the value of a field.
pub(crate) fn win_rate_table_by_value(title: &str, group: &str, rates: &[Grouped<Value, WinRate>]) -> Table {
    win_rate_table(title, group, rates.iter().map(|rate| (value(&rate.key), &rate.answer)))
}

fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Null => "(none)".into(),
        other => other.kind_name().into(),
    }
}

/// A board: its stages, and below them what is open.
pub(crate) fn board_table(board: &Board) -> Table {
    let header = ["stage", "deals", "amount", "list value", "weighted", "rotten"];
    let mut table = Table::new(format!("Pipeline on {}", board.day), &header);
    let columns = board
        .columns
        .iter()
        .map(|column| (column.name.as_str(), &column.figures, column.rotten));
    for (name, figures, rotten) in columns.chain([("open", &board.open, board.rotten)]) {
        table.row([
            name.into(),
            figures.count.to_string(),
            amounts(&figures.amounts),
            amounts(&figures.list_amounts),
            amounts(&figures.weighted),
            rotten.to_string(),
        ]);
    }
    table
}
