use crate::insight::Spread;
use crate::table::{Cell, ColumnKind, TableColumn};

/// The columns of how numbers spread.
pub(super) fn spread_columns() -> [TableColumn; 7] {
    let statistic = |name: &str| TableColumn::new(name, ColumnKind::Statistic);
    let integer = |name: &str| TableColumn::new(name, ColumnKind::Integer);
    [
        integer("count").labelled("deals"),
        statistic("mean"),
        statistic("median"),
        statistic("first_quartile"),
        statistic("third_quartile"),
        integer("minimum").labelled("shortest"),
        integer("maximum").labelled("longest"),
    ]
}

/// The cells of a spread, in the order of their columns.
pub(super) fn spread_cells(spread: &Spread) -> [Cell; 7] {
    [
        spread.count.into(),
        spread.mean.into(),
        spread.median.into(),
        spread.first_quartile.into(),
        spread.third_quartile.into(),
        spread.minimum.into(),
        spread.maximum.into(),
    ]
}
