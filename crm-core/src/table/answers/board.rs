use super::figures::{figure_cells, figure_columns};
use crate::engine::FieldValue;
use crate::insight::{Board, BoardColumn, BoardInCurrency, Converted};
use crate::sales::StageKind;
use crate::table::{Cell, ColumnKind, Table, TableColumn, Tabular};

/// The columns that tell which stage a row is about.
fn stage_columns() -> [TableColumn; 3] {
    [
        TableColumn::new("stage_id", ColumnKind::Id),
        TableColumn::new("stage", ColumnKind::Text),
        TableColumn::new("kind", StageKind::KIND.into()),
    ]
}

fn stage_cells(column: &BoardColumn) -> [Cell; 3] {
    [column.stage.into(), column.name.as_str().into(), column.kind.into()]
}

/// What stands for a stage in the row of what is open.
fn open_cells() -> [Cell; 3] {
    [Cell::EMPTY, "open".into(), Cell::EMPTY]
}

fn rotten_column() -> TableColumn {
    TableColumn::new("rotten", ColumnKind::Integer)
}

/// A row for each stage; the totals are what is open.
impl Tabular for Board {
    fn table(&self) -> Table {
        let columns = stage_columns()
            .into_iter()
            .chain(figure_columns())
            .chain([rotten_column()]);
        let mut table = Table::new(format!("Pipeline on {}", self.day), columns);
        for column in &self.columns {
            let figures = figure_cells(&column.figures);
            table.row(
                stage_cells(column)
                    .into_iter()
                    .chain(figures)
                    .chain([column.rotten.into()]),
            );
        }
        let open = open_cells().into_iter().chain(figure_cells(&self.open));
        table.totals = Some(open.chain([self.rotten.into()]).collect());
        table
    }
}

/// The board in the currency, beside the original amounts.
impl Tabular for BoardInCurrency {
    fn table(&self) -> Table {
        let currency = self.open.amount.currency();
        let worth = [
            TableColumn::new("count", ColumnKind::Integer).labelled("deals"),
            TableColumn::new("amounts", ColumnKind::Amounts).labelled("amount"),
            TableColumn::new("amount", ColumnKind::Money).labelled(format!("in {currency}")),
            TableColumn::new("unconverted", ColumnKind::Amounts).labelled("without rate"),
        ];
        let title = format!(
            "Pipeline on {}, in {currency} at the rates of {}",
            self.board.day, self.rates_on
        );
        let mut table = Table::new(title, stage_columns().into_iter().chain(worth).chain([rotten_column()]));
        for (column, converted) in self.board.columns.iter().zip(&self.columns) {
            let figures = [column.figures.count.into(), column.figures.amounts.clone().into()];
            let cells = stage_cells(column).into_iter().chain(figures);
            table.row(cells.chain(converted_cells(converted)).chain([column.rotten.into()]));
        }
        let figures = [self.board.open.count.into(), self.board.open.amounts.clone().into()];
        let open = open_cells()
            .into_iter()
            .chain(figures)
            .chain(converted_cells(&self.open));
        table.totals = Some(open.chain([self.board.rotten.into()]).collect());
        table
    }
}

fn converted_cells(converted: &Converted) -> [Cell; 2] {
    [converted.amount.into(), converted.unconverted.clone().into()]
}
