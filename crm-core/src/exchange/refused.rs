use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::header::Column;
use super::records::Record;
use crate::engine::{CrmError, Result};

/// The column of the file of refused rows that says why; an import leaves it out.
pub(super) const REASON: &str = "crmkit_reason";

/// The file of refused rows: as the rows were, with the reason before them. It is UTF-8 with a byte order mark, and has
/// the delimiter of the file that was imported, so that the spreadsheet that wrote that one reads it right. It takes
/// its name only when it is whole.
pub(super) struct RefusedFile {
    path: PathBuf,
    header: Vec<String>,
    delimiter: u8,
    writer: Option<csv::Writer<BufWriter<File>>>,
}

impl RefusedFile {
    /// A file that is made when the first row is refused.
    pub(super) fn at(path: &Path, columns: &[Column], delimiter: u8) -> Self {
        let header = columns.iter().map(|column| column.header.clone());
        Self {
            path: path.to_owned(),
            header: header.filter(|header| header != REASON).collect(),
            delimiter,
            writer: None,
        }
    }

    pub(super) fn write(&mut self, record: &Record, columns: &[Column], reason: &str) -> Result<()> {
        let unfinished = self.unfinished();
        let writer = match &mut self.writer {
            Some(writer) => writer,
            None => self.writer.insert(begin(&unfinished, &self.header, self.delimiter)?),
        };
        let reason = format!("line {}: {reason}", record.line);
        let is_reason = |place: usize| columns.get(place).is_some_and(|column| column.header == REASON);
        let cells = record.cells().enumerate().filter(|(place, _)| !is_reason(*place));
        let row = std::iter::once(reason.as_str()).chain(cells.map(|(_, cell)| cell));
        writer.write_record(row).map_err(|error| failed(&error.to_string()))
    }

    /// Gives the file its name, and returns it, where any row was refused.
    pub(super) fn finish(mut self) -> Result<Option<PathBuf>> {
        let Some(mut writer) = self.writer.take() else {
            return Ok(None);
        };
        writer.flush().map_err(|error| failed(&error.to_string()))?;
        drop(writer);
        std::fs::rename(self.unfinished(), &self.path).map_err(|error| failed(&error.to_string()))?;
        Ok(Some(self.path.clone()))
    }

    fn unfinished(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".part");
        name.into()
    }
}

impl Drop for RefusedFile {
    /// What was begun and not finished belongs to an import that failed.
    fn drop(&mut self) {
        if self.writer.take().is_some()
            && let Err(error) = std::fs::remove_file(self.unfinished())
        {
            tracing::warn!(%error, "an unfinished file of refused rows is left");
        }
    }
}

fn begin(path: &Path, header: &[String], delimiter: u8) -> Result<csv::Writer<BufWriter<File>>> {
    let mut file = File::create(path).map_err(|error| failed(&error.to_string()))?;
    file.write_all("\u{feff}".as_bytes())
        .map_err(|error| failed(&error.to_string()))?;
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_writer(BufWriter::new(file));
    let row = std::iter::once(REASON).chain(header.iter().map(String::as_str));
    writer.write_record(row).map_err(|error| failed(&error.to_string()))?;
    Ok(writer)
}

fn failed(reason: &str) -> CrmError {
    CrmError::storage(
        "keeping the refused rows",
        reason,
        "Give a file that can be written with refused_to, or keep none with without_refused_file",
    )
}
