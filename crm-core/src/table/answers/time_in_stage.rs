use super::spread::{spread_cells, spread_columns};
use crate::insight::TimeInStage;
use crate::table::{Cell, ColumnKind, Table, TableColumn, Tabular};

/// A row for each stage; the days are those of the visits that are over.
impl Tabular for [TimeInStage] {
    fn table(&self) -> Table {
        let stage = [
            TableColumn::new("stage_id", ColumnKind::Id),
            TableColumn::new("stage", ColumnKind::Text),
            TableColumn::new("visits", ColumnKind::Integer),
            TableColumn::new("ongoing", ColumnKind::Integer),
        ];
        let [count, days @ ..] = spread_columns();
        let columns = stage.into_iter().chain([count.labelled("over")]).chain(days);
        let mut table = Table::new("Days in stages", columns);
        for answer in self {
            let stage: [Cell; 4] = [
                answer.stage.into(),
                answer.name.as_str().into(),
                answer.visits.into(),
                answer.ongoing.into(),
            ];
            table.row(stage.into_iter().chain(spread_cells(&answer.days)));
        }
        table
    }
}
