use crate::insight::Figures;
use crate::table::{Cell, ColumnKind, TableColumn};

/// The columns of figures.
pub(super) fn figure_columns() -> [TableColumn; 4] {
    [
        TableColumn::new("count", ColumnKind::Integer).labelled("deals"),
        TableColumn::new("amounts", ColumnKind::Amounts).labelled("amount"),
        TableColumn::new("list_amounts", ColumnKind::Amounts).labelled("list value"),
        TableColumn::new("weighted", ColumnKind::Amounts),
    ]
}

/// The cells of figures, in the order of their columns.
pub(super) fn figure_cells(figures: &Figures) -> [Cell; 4] {
    [
        figures.count.into(),
        figures.amounts.clone().into(),
        figures.list_amounts.clone().into(),
        figures.weighted.clone().into(),
    ]
}
