use std::fmt;
use std::ops::Range;

use csv_core::{ReadRecordResult, ReaderBuilder};
use encoding_rs::Encoding;

use super::decode::Decoding;
use super::sniff::Dialect;
use super::source::ByteStream;
use crate::engine::Result;

/// The most bytes of text in one row.
pub(super) const LARGEST_RECORD: usize = 1 << 20;
/// The most cells in one row.
pub(super) const MOST_FIELDS: usize = 1_000;
/// The most bytes of text in one cell.
pub(super) const LARGEST_FIELD: usize = 256 << 10;

/// Reads the rows of a file one at a time, in memory that does not grow with the file or with what is wrong in it.
pub(super) struct Records {
    input: Decoding,
    parser: csv_core::Reader,
    /// The part of the decoded text that is not parsed yet.
    waiting: Range<usize>,
    ended: bool,
    line: u64,
    record: Record,
}

/// One row: its cells, or what is wrong with it.
pub(super) struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    length: usize,
    fields: usize,
    /// The line on which the row begins, from 1.
    pub(super) line: u64,
    pub(super) fault: Option<Fault>,
}

/// What makes a row unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    RecordTooLong,
    TooManyFields,
    FieldTooLong,
    UnclosedQuote,
    Nul,
    Malformed,
}

impl Fault {
    /// Whether the cells that were read are not the whole row.
    fn is_cut(self) -> bool {
        matches!(self, Self::RecordTooLong | Self::TooManyFields)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::RecordTooLong => "the row is longer than 1 MiB. Look for a quote that is never closed, or split it",
            Self::TooManyFields => "the row has more than 1,000 cells. Look for the wrong delimiter, or split it",
            Self::FieldTooLong => "a cell is longer than 256 KiB. Shorten it",
            Self::UnclosedQuote => "a quote is opened and never closed. Close it, or double it",
            Self::Nul => "there is a NUL character in it. Take it out",
            Self::Malformed => "some bytes are no text in this encoding. Name the encoding of the file, or mend them",
        })
    }
}

impl Records {
    /// The rows of a file, with its header as the first.
    pub(super) fn new(input: ByteStream, encoding: &'static Encoding, dialect: &Dialect) -> Result<Self> {
        let mut records = Self {
            input: Decoding::new(input, encoding),
            parser: ReaderBuilder::new()
                .delimiter(dialect.delimiter)
                .quote(dialect.quote)
                .build(),
            waiting: 0..0,
            ended: false,
            line: 1,
            record: Record {
                text: vec![0; 4096],
                ends: vec![0; 64],
                length: 0,
                fields: 0,
                line: 1,
                fault: None,
            },
        };
        if dialect.names_delimiter {
            records.skip_line()?;
        }
        Ok(records)
    }

    /// Reads the next row; `None` at the end. Empty lines are no rows.
    pub(super) fn next(&mut self) -> Result<Option<&Record>> {
        if !self.skip_empty_lines()? {
            return Ok(None);
        }
        self.record.begin(self.line);
        loop {
            if self.waiting.is_empty() && !self.refill()? {
                self.close()?;
                break;
            }
            let bytes = self.input.text(self.waiting.clone());
            let (result, read) = self.record.parse(&mut self.parser, bytes);
            self.line += lines(&bytes[..read]);
            self.waiting.start += read;
            if result == ReadRecordResult::Record {
                break;
            }
        }
        self.record.finish(self.input.malformed);
        Ok(Some(&self.record))
    }

    /// At the end of the file: a line end closes a row, unless a quote is open.
    fn close(&mut self) -> Result<()> {
        let (mut result, _) = self.record.parse(&mut self.parser, b"\n");
        if result == ReadRecordResult::InputEmpty {
            self.record.fault.get_or_insert(Fault::UnclosedQuote);
        }
        while !matches!(result, ReadRecordResult::Record | ReadRecordResult::End) {
            (result, _) = self.record.parse(&mut self.parser, b"");
        }
        Ok(())
    }

    /// False at the end of the file.
    fn skip_empty_lines(&mut self) -> Result<bool> {
        loop {
            let bytes = self.input.text(self.waiting.clone());
            let empty = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            self.line += lines(&bytes[..empty]);
            self.waiting.start += empty;
            if !self.waiting.is_empty() {
                return Ok(true);
            }
            if !self.refill()? {
                return Ok(false);
            }
        }
    }

    fn skip_line(&mut self) -> Result<()> {
        loop {
            let bytes = self.input.text(self.waiting.clone());
            if let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
                self.waiting.start += end;
                return Ok(());
            }
            if !self.refill()? {
                return Ok(());
            }
        }
    }

    fn refill(&mut self) -> Result<bool> {
        if !self.ended {
            self.waiting = 0..self.input.next()?.len();
            self.ended = self.waiting.is_empty();
        }
        Ok(!self.ended)
    }
}

impl Record {
    fn begin(&mut self, line: u64) {
        (self.length, self.fields) = (0, 0);
        (self.line, self.fault) = (line, None);
    }

    /// Parses until the row or the bytes end. What goes beyond a limit is parsed and forgotten.
    fn parse(&mut self, parser: &mut csv_core::Reader, bytes: &[u8]) -> (ReadRecordResult, usize) {
        let mut read = 0;
        loop {
            let (text, ends) = (&mut self.text[self.length..], &mut self.ends[self.fields..]);
            let (result, taken, written, ended) = parser.read_record(&bytes[read..], text, ends);
            read += taken;
            self.length += written;
            self.fields += ended;
            match result {
                ReadRecordResult::OutputFull if self.text.len() < LARGEST_RECORD => {
                    let length = (2 * self.text.len()).min(LARGEST_RECORD);
                    self.text.resize(length, 0);
                }
                ReadRecordResult::OutputFull => {
                    self.fault = Some(Fault::RecordTooLong);
                    self.length = 0;
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < MOST_FIELDS => {
                    let length = (2 * self.ends.len()).min(MOST_FIELDS);
                    self.ends.resize(length, 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    self.fault.get_or_insert(Fault::TooManyFields);
                    self.fields = 0;
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::Record | ReadRecordResult::End => {
                    return (result, read);
                }
            }
        }
    }

    fn finish(&mut self, malformed: bool) {
        if let Some(fault) = self.fault {
            if fault.is_cut() {
                // What is left would pass for the whole row.
                self.fields = 0;
            }
            return;
        }
        let text = &self.text[..self.length];
        let longest = (0..self.fields).map(|field| self.range(field).len()).max();
        self.fault = if longest > Some(LARGEST_FIELD) {
            Some(Fault::FieldTooLong)
        } else if text.contains(&0) {
            Some(Fault::Nul)
        } else if malformed && text.windows(3).any(|window| window == "\u{fffd}".as_bytes()) {
            Some(Fault::Malformed)
        } else {
            None
        };
    }

    fn range(&self, field: usize) -> Range<usize> {
        let start = if field == 0 { 0 } else { self.ends[field - 1] };
        start..self.ends[field]
    }

    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.fields
    }

    /// A cell, by its place; empty behind the last.
    pub(super) fn cell(&self, field: usize) -> &str {
        if field >= self.fields {
            return "";
        }
        // The text is UTF-8 cut at ASCII signs, so this never fails.
        let text = self.text.get(self.range(field)).unwrap_or_default();
        std::str::from_utf8(text).unwrap_or_default()
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.fields).map(|field| self.cell(field))
    }
}

fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}
