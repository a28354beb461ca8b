use super::group_keys::{group_column, title_by};
use super::spread::{spread_cells, spread_columns};
use crate::insight::{DaysToClose, Groups};
use crate::table::{Cell, ColumnKind, Table, TableColumn, Tabular};

const TITLE: &str = "Days to close";

fn columns() -> impl Iterator<Item = TableColumn> {
    let outcome = TableColumn::new("outcome", ColumnKind::Text);
    [outcome].into_iter().chain(spread_columns())
}

fn add_rows(table: &mut Table, key: &[Cell], days: &DaysToClose) {
    for (outcome, spread) in [("all", &days.all), ("won", &days.won), ("lost", &days.lost)] {
        table.row(key.iter().cloned().chain([outcome.into()]).chain(spread_cells(spread)));
    }
}

/// A row for all that were closed, for those that were won, and for those that were lost.
impl Tabular for DaysToClose {
    fn table(&self) -> Table {
        let mut table = Table::new(TITLE, columns());
        add_rows(&mut table, &[], self);
        table
    }
}

/// The three rows of each group; the keys stand first.
impl Tabular for Groups<DaysToClose> {
    fn table(&self) -> Table {
        let keys: Vec<TableColumn> = self.by.iter().map(group_column).collect();
        let mut table = Table::new(title_by(TITLE, &keys), keys.into_iter().chain(columns()));
        for group in &self.groups {
            let key: Vec<Cell> = group.key.iter().cloned().map(Cell::Value).collect();
            add_rows(&mut table, &key, &group.answer);
        }
        table
    }
}
