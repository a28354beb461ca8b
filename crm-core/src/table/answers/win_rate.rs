use super::group_keys::{group_column, title_by};
use crate::insight::{Closings, Groups, WinRate, WinRateInCurrency};
use crate::table::{Cell, ColumnKind, Table, TableColumn, Tabular};

const TITLE: &str = "Win rate";

fn rate_columns() -> [TableColumn; 6] {
    let count = |name: &str| TableColumn::new(name, ColumnKind::Integer);
    [
        count("opportunities").labelled("deals"),
        count("open"),
        count("won"),
        count("lost"),
        TableColumn::new("rate", ColumnKind::Rate).labelled("win rate"),
        TableColumn::new("won_value", ColumnKind::Amounts),
    ]
}

fn rate_cells(rate: &WinRate) -> [Cell; 6] {
    [
        rate.opportunities.into(),
        rate.open.into(),
        rate.won.into(),
        rate.lost.into(),
        rate.rate.into(),
        rate.won_value.clone().into(),
    ]
}

/// One row.
impl Tabular for WinRate {
    fn table(&self) -> Table {
        let mut table = Table::new(TITLE, rate_columns());
        table.row(rate_cells(self));
        table
    }
}

/// A row for each group; the keys stand first.
impl Tabular for Groups<WinRate> {
    fn table(&self) -> Table {
        let keys: Vec<TableColumn> = self.by.iter().map(group_column).collect();
        let mut table = Table::new(title_by(TITLE, &keys), keys.into_iter().chain(rate_columns()));
        for group in &self.groups {
            let key = group.key.iter().cloned().map(Cell::Value);
            table.row(key.chain(rate_cells(&group.answer)));
        }
        table
    }
}

/// A row for each group, with what was won in one currency; the keys stand first.
impl Tabular for Groups<WinRateInCurrency> {
    fn table(&self) -> Table {
        let keys: Vec<TableColumn> = self.by.iter().map(group_column).collect();
        let [counts @ .., _] = rate_columns();
        let worth = [
            TableColumn::new("won_value", ColumnKind::Money),
            TableColumn::new("unconverted", ColumnKind::Amounts).labelled("without rate"),
        ];
        let columns = keys.clone().into_iter().chain(counts).chain(worth);
        let mut table = Table::new(title_by(TITLE, &keys), columns);
        for group in &self.groups {
            let key = group.key.iter().cloned().map(Cell::Value);
            let [counts @ .., _] = rate_cells(&group.answer.answer);
            let won_value = &group.answer.won_value;
            let worth = [won_value.amount.into(), won_value.unconverted.clone().into()];
            table.row(key.chain(counts).chain(worth));
        }
        table
    }
}

/// A row for each period, which its first day tells.
impl Tabular for Closings<WinRate> {
    fn table(&self) -> Table {
        let period = TableColumn::periods("starts_on", self.period);
        let title = format!("{TITLE} by {} of closing", period.label);
        let mut table = Table::new(title, [period].into_iter().chain(rate_columns()));
        for group in &self.groups {
            table.row([group.key.into()].into_iter().chain(rate_cells(&group.answer)));
        }
        table
    }
}
