use super::cell::Evidence;
use super::target::Target;

/// A column of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its header; `column 3` where it has none, `Name (2)` where another before it has the same.
    pub header: String,
    /// Where its cells go; nowhere where there is no target.
    pub targets: Vec<Target>,
    /// Whether the targets were guessed from the header.
    pub guessed: bool,
    /// Whether a column before it has the same header.
    pub(super) repeats: bool,
    pub(super) evidence: Evidence,
}

impl Column {
    /// The columns of a header row.
    pub(super) fn all<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<Self> {
        let mut columns: Vec<Self> = Vec::new();
        let mut seen = std::collections::HashMap::new();
        for (place, cell) in cells.enumerate() {
            let mut header = cell.trim().to_owned();
            if header.is_empty() {
                header = format!("column {}", place + 1);
            }
            let count = seen.entry(normalised(&header)).or_insert(0_usize);
            *count += 1;
            if *count > 1 {
                header = format!("{header} ({count})");
            }
            columns.push(Self {
                header,
                targets: Vec::new(),
                guessed: false,
                repeats: *count > 1,
                evidence: Evidence::default(),
            });
        }
        columns
    }
}

/// The place of the column that a caller means: by its header as it stands, else by its normal form.
pub(super) fn find_column(columns: &[Column], header: &str) -> Option<usize> {
    if let Some(place) = columns.iter().position(|column| column.header == header) {
        return Some(place);
    }
    let wanted = normalised(header);
    let mut places = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| normalised(&column.header) == wanted);
    match (places.next(), places.next()) {
        (Some((place, _)), None) => Some(place),
        _ => None,
    }
}

/// The normal form of a header: letters and digits only, in small letters, full-width forms (U+FF01 to U+FF5E) as the
/// plain ones that NFKC makes of them.
pub(super) fn normalised(header: &str) -> String {
    header
        .chars()
        .map(narrow)
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The plain form of a full-width character; every other character as it is.
pub(super) fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{3000}' | '\u{a0}' | '\u{202f}' => ' ',
        other => other,
    }
}
