use crate::insight::Funnel;
use crate::table::{Cell, ColumnKind, Table, TableColumn, Tabular};

/// A row for each open stage, between all opportunities and those that were closed and won, which are no stage.
impl Tabular for Funnel {
    fn table(&self) -> Table {
        let columns = [
            TableColumn::new("stage_id", ColumnKind::Id),
            TableColumn::new("stage", ColumnKind::Text),
            TableColumn::new("reached", ColumnKind::Integer).labelled("deals"),
        ];
        let mut table = Table::new(format!("Funnel on {}", self.day), columns);
        table.row([Cell::EMPTY, "all".into(), self.opportunities.into()]);
        for step in &self.steps {
            table.row([step.stage.into(), step.name.as_str().into(), step.reached.into()]);
        }
        table.row([Cell::EMPTY, "closed".into(), self.closed.into()]);
        table.row([Cell::EMPTY, "won".into(), self.won.into()]);
        table
    }
}
