//! Tables for a terminal: the first column to the left, numbers to the right, wide characters counted as two.

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
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
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
        let line = |cells: &[String]| -> String {
            let padded = cells.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
                let padding = " ".repeat(width.saturating_sub(cell.width()));
                match column {
                    0 => format!("{cell}{padding}"),
                    _ => format!("{padding}{cell}"),
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
