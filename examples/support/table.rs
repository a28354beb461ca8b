//! Tables for a terminal: texts to the left, numbers to the right, wide characters counted as two.

use std::fmt;

use unicode_width::UnicodeWidthStr;

/// A table with a title.
pub(crate) struct Table {
    title: String,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new(title: impl Into<String>, header: &[&str]) -> Self {
        Self {
            title: title.into(),
            header: header.iter().map(|cell| (*cell).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl Into<Vec<String>>) {
        self.rows.push(cells.into());
    }

    /// Whether a column is of numbers, amounts or dashes alone.
    fn is_of_numbers(&self, column: usize) -> bool {
        let mut cells = self.rows.iter().filter_map(|row| row.get(column));
        column > 0 && cells.all(|cell| cell.starts_with(|first: char| first == '-' || first.is_ascii_digit()))
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.header.iter().map(|cell| cell.width()).collect();
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.width().max(*width);
            }
        }
        widths
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        let to_the_right: Vec<bool> = (0..self.header.len())
            .map(|column| self.is_of_numbers(column))
            .collect();
        let line = |cells: &[String]| -> String {
            let padded = cells.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
                let padding = " ".repeat(width.saturating_sub(cell.width()));
                match to_the_right[column] {
                    true => format!("{padding}{cell}"),
                    false => format!("{cell}{padding}"),
                }
            });
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        let whole_width = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
        writeln!(formatter, "{}", self.title)?;
        writeln!(formatter, "{}", line(&self.header))?;
        writeln!(formatter, "{}", "-".repeat(whole_width))?;
        for row in &self.rows {
            writeln!(formatter, "{}", line(row))?;
        }
        Ok(())
    }
}
