//! What can be found out about a file before anything is known of it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::decode::Decoding;
use super::header::Column;
use super::import::Import;
use super::records::{MOST_FIELDS, Records};
use super::source::ByteStream;
use crate::engine::{CrmError, Result, Watch};

/// How many bytes are looked at to find the delimiter, and how the file writes numbers and dates.
const SAMPLE: usize = 256 * 1024;
/// How many rows of them.
const SAMPLED_ROWS: usize = 1_000;

/// The signs between cells that are looked for, the commonest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How a file writes its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// The encoding, by its name on the web.
    pub encoding: &'static str,
    /// The sign between cells.
    pub delimiter: u8,
    /// The sign around cells in which delimiters and line ends are text.
    pub quote: u8,
    /// Whether the first line only names the delimiter, as in `sep=;`.
    pub names_delimiter: bool,
}

/// What a first reading of a file found out.
pub(super) struct Survey {
    pub(super) dialect: Dialect,
    pub(super) columns: Vec<Column>,
    pub(super) rows: u64,
}

impl Dialect {
    /// The rows of a file of this dialect, with its header as the first.
    pub(super) fn records(&self, input: ByteStream) -> Result<Records> {
        let encoding = Encoding::for_label(self.encoding.as_bytes()).unwrap_or(UTF_8);
        Records::new(input, encoding, self)
    }
}

/// Reads the file twice: as bytes to find its encoding, and as rows to count them and see how they are written.
pub(super) fn survey(import: &Import, watch: Option<&Watch>) -> Result<Survey> {
    let encoding = match &import.encoding {
        Some(label) => Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            CrmError::invalid(
                "import",
                "encoding",
                "this is not the name of an encoding",
                "Use a name as the web does: utf-8, gb18030, windows-1252",
            )
        })?,
        None => encoding(&mut import.source.open(watch)?)?,
    };
    let sample = sample(import.source.open(watch)?, encoding)?;
    let dialect = dialect(&sample, encoding, import.delimiter)?;
    let mut records = dialect.records(import.source.open(watch)?)?;
    let mut columns = header(&mut records)?;
    let mut rows = 0;
    while let Some(record) = records.next()? {
        if rows < SAMPLED_ROWS as u64 {
            for (cell, column) in record.cells().zip(&mut columns) {
                column.evidence.take(cell);
            }
        }
        rows += 1;
    }
    Ok(Survey { dialect, columns, rows })
}

/// The columns that the first row names.
fn header(records: &mut Records) -> Result<Vec<Column>> {
    let refused = |reason: String, hint: &str| CrmError::invalid("import", "header", reason, hint);
    match records.next()? {
        None => Err(refused(
            "the file has no rows".into(),
            "Give a file whose first row names the columns",
        )),
        Some(record) => match record.fault {
            Some(fault) => Err(refused(
                format!("the header cannot be read: {fault}"),
                &format!("Give a header of at most {MOST_FIELDS} names, and the right encoding and delimiter"),
            )),
            None => Ok(Column::all(record.cells())),
        },
    }
}

/// The encoding, from a byte order mark, else from what the bytes look like.
pub(super) fn encoding(input: &mut ByteStream) -> Result<&'static Encoding> {
    let mut buffer = vec![0; 64 * 1024];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut first, mut foreign) = (true, false);
    loop {
        let read = input.read(&mut buffer)?;
        let chunk = &buffer[..read];
        if std::mem::take(&mut first)
            && let Some(marked) = Encoding::for_bom(chunk)
                .map(|(encoding, _)| encoding)
                .or_else(|| wide(chunk))
        {
            return Ok(marked);
        }
        foreign |= detector.feed(chunk, read == 0);
        if read == 0 {
            break;
        }
    }
    Ok(match foreign.then(|| detector.guess(None, Utf8Detection::Allow)) {
        None => UTF_8,
        // The larger one, which reads all of the smaller.
        Some(found) if found == GBK => GB18030,
        Some(found) => found,
    })
}

/// UTF-16 without a mark: every second byte of the names in a header is zero.
fn wide(chunk: &[u8]) -> Option<&'static Encoding> {
    let head = &chunk[..chunk.len().min(256)];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match half {
        0 | 1 => None,
        _ if odd * 10 >= half * 9 && even == 0 => Some(UTF_16LE),
        _ if even * 10 >= half * 9 && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// The beginning of a file as text.
fn sample(input: ByteStream, encoding: &'static Encoding) -> Result<Vec<u8>> {
    let mut decoding = Decoding::new(input, encoding);
    let mut sample = Vec::new();
    while sample.len() < SAMPLE {
        let piece = decoding.next()?;
        if piece.is_empty() {
            break;
        }
        sample.extend_from_slice(piece);
    }
    Ok(sample)
}

fn dialect(sample: &[u8], encoding: &'static Encoding, given: Option<u8>) -> Result<Dialect> {
    let line = sample
        .split(|byte| matches!(byte, b'\r' | b'\n'))
        .next()
        .unwrap_or_default();
    let named = match line {
        [b's', b'e', b'p', b'=', delimiter] if delimiter.is_ascii() => Some(*delimiter),
        _ => None,
    };
    let with = |delimiter| Dialect {
        encoding: encoding.name(),
        delimiter,
        quote: if single_quoted(line, delimiter) { b'\'' } else { b'"' },
        names_delimiter: named.is_some(),
    };
    if let Some(delimiter) = given.or(named) {
        return Ok(with(delimiter));
    }
    let mut best = (with(DELIMITERS[0]), 0);
    for dialect in DELIMITERS.map(with) {
        let regularity = regularity(sample, dialect)?;
        if regularity > best.1 {
            best = (dialect, regularity);
        }
    }
    Ok(best.0)
}

/// How well a delimiter explains the rows: the share of rows, in percent, that have as many cells as the header, where
/// that is more than one; of two that explain them equally well, the one with more cells.
fn regularity(sample: &[u8], dialect: Dialect) -> Result<usize> {
    const LOOKED_AT: usize = 100;
    let mut records = Records::new(sample.to_vec().into(), UTF_8, &dialect)?;
    let cells = match records.next()? {
        Some(record) if record.fault.is_none() => record.len(),
        _ => return Ok(0),
    };
    if cells < 2 {
        return Ok(0);
    }
    let (mut rows, mut alike) = (1, 1);
    while rows < LOOKED_AT
        && let Some(record) = records.next()?
    {
        rows += 1;
        alike += usize::from(record.len() == cells);
    }
    Ok(alike * 100 / rows * (MOST_FIELDS + 1) + cells)
}

/// Whether every name in the header stands in single quotes.
fn single_quoted(line: &[u8], delimiter: u8) -> bool {
    let quoted = |cell: &[u8]| cell.len() >= 2 && cell.first() == Some(&b'\'') && cell.last() == Some(&b'\'');
    line.split(|byte| *byte == delimiter).all(quoted)
}
