//! Every answer, and records, as one typed table: a terminal prints it, a notebook shows it, data frames are made of it.

mod answers;
mod cell;
mod column;
mod escaped;
mod html;
mod records;
mod terminal;

pub use cell::Cell;
pub(crate) use cell::exact;
pub use column::{ColumnKind, TableColumn};
pub(crate) use escaped::Escaped;

use crate::values::thousands_apart;

/// Rows under typed columns.
///
/// The cells hold values as the engine knows them, and the kinds of the columns are known also where there is no row.
/// How a value is written for people is decided where it is shown.
///
/// ```
/// use crm_core::table::{ColumnKind, Table, TableColumn};
/// use crm_core::values::Decimal;
/// let columns = [TableColumn::new("owner", ColumnKind::Text), TableColumn::new("win_rate", ColumnKind::Rate)];
/// let mut table = Table::new("Win rates", columns);
/// table.row(["李明".into(), Decimal::new(25, 2).into()]);
/// assert_eq!(table.to_string(), "Win rates\nowner  win rate\n---------------\n李明     25.0 %\n");
/// assert!(table.html().starts_with("<table"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it is about.
    pub title: String,
    /// The columns; no two have the same name.
    pub columns: Vec<TableColumn>,
    /// The rows: a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// What stands below the rows and is of all of them together, where there is such a thing.
    pub totals: Option<Vec<Cell>>,
}

impl Table {
    /// A table without rows.
    pub fn new(title: impl Into<String>, columns: impl IntoIterator<Item = TableColumn>) -> Self {
        Self {
            title: title.into(),
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
            totals: None,
        }
    }

    /// Adds a row: a cell for each column.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The same table with only the first rows, and a title that says so where there are more.
    #[must_use]
    pub fn first(&self, rows: usize) -> Self {
        let title = match self.rows.len() > rows {
            true => format!(
                "{} (the first {rows} of {} rows)",
                self.title,
                thousands_apart(self.rows.len().into())
            ),
            false => self.title.clone(),
        };
        Self {
            title,
            columns: self.columns.clone(),
            rows: self.rows.iter().take(rows).cloned().collect(),
            totals: self.totals.clone(),
        }
    }

    /// The columns that people see, by their places. An id that stands beside the name of the same record, as
    /// `stage_id` beside `stage`, is for programs.
    fn shown(&self) -> Vec<(usize, &TableColumn)> {
        let is_named = |column: &TableColumn| {
            let name = column.name.strip_suffix("_id");
            column.kind == ColumnKind::Id && self.columns.iter().any(|other| Some(other.name.as_str()) == name)
        };
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, column)| !is_named(column)).collect()
    }
}

/// What can be told as a table.
///
/// ```
/// use crm_core::Crm;
/// use crm_core::insight::{Selection, WinRate};
/// use crm_core::table::Tabular;
/// let rate = Crm::in_memory().read(|reader| WinRate::total(reader, &Selection::default()))?;
/// assert_eq!(rate.table().columns[4].name, "rate");
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
pub trait Tabular {
    /// The table. Its columns have the names of the fields, and depend on no row.
    fn table(&self) -> Table;
}
