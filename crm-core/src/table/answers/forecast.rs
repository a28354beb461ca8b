use super::figures::{figure_cells, figure_columns};
use crate::engine::FieldValue;
use crate::insight::{Forecast, ForecastInCurrency};
use crate::sales::ForecastCategory;
use crate::table::{Cell, ColumnKind, Table, TableColumn, Tabular};
use crate::values::Period;

/// The columns that tell which period and category a row is about.
fn key_columns(period: Period) -> [TableColumn; 2] {
    [
        TableColumn::periods("starts_on", period),
        TableColumn::new("category", ForecastCategory::KIND.into()),
    ]
}

/// A row for each period and category.
impl Tabular for Forecast {
    fn table(&self) -> Table {
        let columns = key_columns(self.period).into_iter().chain(figure_columns());
        let mut table = Table::new(format!("Forecast on {}", self.day), columns);
        for row in &self.rows {
            let key: [Cell; 2] = [row.starts_on.into(), row.category.into()];
            table.row(key.into_iter().chain(figure_cells(&row.figures)));
        }
        table
    }
}

/// The same in one currency.
impl Tabular for ForecastInCurrency {
    fn table(&self) -> Table {
        let currency = self.currency;
        let worth = [
            TableColumn::new("amount", ColumnKind::Money),
            TableColumn::new("unconverted", ColumnKind::Amounts).labelled("without rate"),
            TableColumn::new("weighted", ColumnKind::Money),
            TableColumn::new("weighted_unconverted", ColumnKind::Amounts).labelled("weighted without rate"),
        ];
        let title = format!(
            "Forecast on {}, in {currency} at the rates of {}",
            self.day, self.rates_on
        );
        let mut table = Table::new(title, key_columns(self.period).into_iter().chain(worth));
        for row in &self.rows {
            table.row([
                row.starts_on.into(),
                row.category.into(),
                row.amount.amount.into(),
                row.amount.unconverted.clone().into(),
                row.weighted.amount.into(),
                row.weighted.unconverted.clone().into(),
            ]);
        }
        table
    }
}
