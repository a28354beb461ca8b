//! How figures are written for people.

use crmkit::engine::Value;
use crmkit::insight::{Amounts, Board, WinRate};
use crmkit::values::{Decimal, Money};

use crate::table::Table;

/// An amount with its thousands apart: `1,234,567.80 EUR`.
pub fn money(amount: Money) -> String {
    let digits = amount.amount().abs().to_string();
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (digits.as_str(), String::new()),
    };
    let mut apart = String::new();
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            apart.push(',');
        }
        apart.push(digit);
    }
    let sign = if amount.minor() < 0 { "-" } else { "" };
    format!("{sign}{apart}{fraction} {}", amount.currency())
}

/// Sums by currency, or a dash.
pub fn amounts(amounts: &Amounts) -> String {
    if amounts.is_empty() {
        return "-".into();
    }
    amounts.iter().map(money).collect::<Vec<_>>().join(" + ")
}

/// A rate in percent with one digit, or a dash.
pub fn percent(rate: Option<Decimal>) -> String {
    rate.map_or_else(|| "-".into(), |rate| format!("{:.1} %", rate * Decimal::from(100)))
}

/// The key of a group, as it is written.
pub fn key(key: &Value) -> String {
    match key {
        Value::Text(text) => text.clone(),
        Value::Null => "(none)".into(),
        other => other.kind_name().into(),
    }
}

/// The cells of a win rate behind its key.
pub fn win_rate_row(key: String, rate: &WinRate) -> [String; 7] {
    [
        key,
        rate.opportunities.to_string(),
        rate.won.to_string(),
        rate.lost.to_string(),
        rate.open.to_string(),
        percent(rate.rate),
        amounts(&rate.won_value),
    ]
}

/// The header of a table of win rates, behind the name of its key.
pub fn win_rate_header(key: &str) -> [&str; 7] {
    [key, "deals", "won", "lost", "open", "win rate", "won value"]
}

/// A board: its stages, and below them what is open.
pub fn board_table(board: &Board) -> Table {
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
