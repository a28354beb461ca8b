use crate::engine::{FieldKind, Path};
use crate::table::{ColumnKind, TableColumn};

/// The column of what is grouped by: `owner` for the name of the owner, `customer_industry` for that of the customer.
pub(super) fn group_column(path: &Path) -> TableColumn {
    let kind = match path.kind() {
        // Amounts are grouped by their currency.
        FieldKind::Money => ColumnKind::Text,
        kind => kind.into(),
    };
    let text = path.to_string();
    let names: Vec<&str> = text.split('.').filter(|name| *name != "custom").collect();
    let name = match names.as_slice() {
        [records @ .., "name"] if !records.is_empty() => records.join("_").replace("_id", ""),
        [records @ .., last] => records
            .iter()
            .map(|record| record.trim_end_matches("_id"))
            .chain([*last])
            .collect::<Vec<_>>()
            .join("_"),
        [] => text.clone(),
    };
    TableColumn::new(name, kind)
}

/// The title of answers about groups: `Win rate by owner, product`.
pub(super) fn title_by(answer: &str, columns: &[TableColumn]) -> String {
    let labels: Vec<&str> = columns.iter().map(|column| column.label.as_str()).collect();
    match labels.is_empty() {
        true => answer.into(),
        false => format!("{answer} by {}", labels.join(", ")),
    }
}
