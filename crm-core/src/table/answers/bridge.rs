use super::figures::{figure_cells, figure_columns};
use crate::insight::Bridge;
use crate::table::{Cell, ColumnKind, Table, TableColumn, Tabular};

/// A row for each part, in the order in which they add up: opening + added − won − lost + list_change = closing.
impl Tabular for Bridge {
    fn table(&self) -> Table {
        let part = TableColumn::new("part", ColumnKind::Text);
        let title = format!("Open pipeline from {} to {}", self.from, self.to);
        let mut table = Table::new(title, [part].into_iter().chain(figure_columns()));
        let mut row = |part: &str, figures: [Cell; 4]| table.row([part.into()].into_iter().chain(figures));
        for (part, figures) in [
            ("opening", &self.opening),
            ("added", &self.added),
            ("won", &self.won),
            ("lost", &self.lost),
        ] {
            row(part, figure_cells(figures));
        }
        let list_change = self.list_change.clone().into();
        row("list_change", [Cell::EMPTY, Cell::EMPTY, list_change, Cell::EMPTY]);
        row("closing", figure_cells(&self.closing));
        table
    }
}
