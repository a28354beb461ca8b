use std::fmt;

use unicode_width::UnicodeWidthStr;

use super::{Cell, ColumnKind, Table};

/// A column as lines of text.
struct Printed {
    kind: ColumnKind,
    label: String,
    cells: Vec<String>,
    total: String,
    width: usize,
}

impl Printed {
    /// The text padded to the width of the column: numbers to the right, wide characters counted as two.
    fn padded(&self, text: &str) -> String {
        let padding = " ".repeat(self.width.saturating_sub(text.width()));
        match self.kind.is_number() {
            true => padding + text,
            false => text.to_owned() + &padding,
        }
    }
}

/// The table for a terminal: a title, labels and rows below each other, then the totals. No row is left out.
impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.printed();
        let rule = columns.iter().map(|column| column.width).sum::<usize>() + 2 * columns.len().saturating_sub(1);
        let rule = "-".repeat(rule);
        if !self.title.is_empty() {
            writeln!(formatter, "{}", self.title.replace(char::is_control, " "))?;
        }
        write_line(formatter, &columns, |column| &column.label)?;
        writeln!(formatter, "{rule}")?;
        for row in 0..self.rows.len() {
            write_line(formatter, &columns, |column| &column.cells[row])?;
        }
        if self.totals.is_some() {
            writeln!(formatter, "{rule}")?;
            write_line(formatter, &columns, |column| &column.total)?;
        }
        Ok(())
    }
}

fn write_line<'c>(
    formatter: &mut fmt::Formatter<'_>,
    columns: &'c [Printed],
    text: impl Fn(&'c Printed) -> &'c str,
) -> fmt::Result {
    let cells: Vec<String> = columns.iter().map(|column| column.padded(text(column))).collect();
    writeln!(formatter, "{}", cells.join("  ").trim_end())
}

impl Table {
    fn printed(&self) -> Vec<Printed> {
        let printed = self.shown().into_iter().map(|(place, column)| {
            let text = |row: &Vec<Cell>| row.get(place).map_or_else(String::new, |cell| cell.text(column.kind));
            let label = column.label.replace(char::is_control, " ");
            let cells: Vec<String> = self.rows.iter().map(text).collect();
            let total = self.total_text(place);
            let texts = cells.iter().chain([&label, &total]);
            Printed {
                width: texts.map(|text| text.width()).max().unwrap_or_default(),
                kind: column.kind,
                label,
                cells,
                total,
            }
        });
        printed.collect()
    }

    /// A total as people read it; nothing where a column has none.
    pub(super) fn total_text(&self, place: usize) -> String {
        let total = self.totals.as_ref().and_then(|totals| totals.get(place));
        total
            .filter(|total| **total != Cell::EMPTY)
            .map_or_else(String::new, |total| total.text(self.columns[place].kind))
    }
}
