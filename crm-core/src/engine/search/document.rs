use std::collections::BTreeSet;

use super::numbers;
use super::sounds::Sounds;
use super::tokens::{BOUNDARY, Piece, PieceKind, beginning, cut, folded, is_compound_gap, pieces};
use crate::engine::Result;
use crate::engine::entity::{EntityDef, RowSource};
use crate::engine::value::Value;

/// What full-text search knows of a record: its tokens, in the two lists that a store indexes.
///
/// ```
/// use crm_core::engine::SearchDocument;
/// let document = SearchDocument::of_texts(["Jean-Luc Müller", "李明"]);
/// assert_eq!(document.words(), " jean luc muller ¦ 李 明 ");
/// assert!(document.keys().contains(" jeanluc ") && document.keys().contains(" liming "));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SearchDocument {
    words: String,
    keys: String,
}

/// Shows how much there is, never what.
impl std::fmt::Debug for SearchDocument {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SearchDocument")
            .field("words", &self.words.len())
            .field("keys", &self.keys.len())
            .finish()
    }
}

impl SearchDocument {
    /// The document of some texts.
    pub fn of_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut words = String::from(" ");
        let mut keys = BTreeSet::new();
        for text in texts {
            let tokens = TextTokens::of(text);
            if words.len() > 1 && tokens.words.len() > 1 {
                words.push(BOUNDARY);
                words.push(' ');
            }
            words.push_str(&tokens.words[1..]);
            keys.extend(tokens.into_keys());
        }
        let mut spaced = String::from(" ");
        for key in keys {
            spaced.push_str(&key);
            spaced.push(' ');
        }
        Self { words, keys: spaced }
    }

    /// The document of a row: of all its searched fields.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn of_row(entity: &'static EntityDef, row: &dyn RowSource) -> Result<Self> {
        let texts = searched_texts(entity, row)?;
        Ok(Self::of_texts(texts.iter().map(|(_, text)| text.as_str())))
    }

    /// The words in their order, those of each text behind a `¦`: tokens with a space before, between and after them.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// What else finds the record, in no order: pinyin, initials, parts of numbers, compounds, and how each text begins.
    /// Tokens with a space before, between and after them.
    pub fn keys(&self) -> &str {
        &self.keys
    }

    /// All tokens, some of them more than once.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        let tokens = self.words.split(' ').chain(self.keys.split(' '));
        tokens.filter(|token| !token.is_empty())
    }
}

/// The texts of a row that search looks into, each with its field; of custom fields, those that hold text.
pub(crate) fn searched_texts(entity: &'static EntityDef, row: &dyn RowSource) -> Result<Vec<(usize, String)>> {
    let mut texts = Vec::new();
    for field in entity.searched_fields() {
        match row.value(field)? {
            Value::Text(text) => texts.push((field, text)),
            Value::Custom(values) => texts.extend(values.iter().filter_map(|(_, value)| match value {
                Value::Text(text) => Some((field, text.clone())),
                _ => None,
            })),
            _ => {}
        }
    }
    Ok(texts)
}

/// The tokens of one text, by what they are.
#[derive(Debug)]
pub(super) struct TextTokens {
    pub(super) words: String,
    pub(super) beginning: String,
    pub(super) compounds: BTreeSet<String>,
    pub(super) sounds: Sounds,
    pub(super) numbers: BTreeSet<String>,
}

impl TextTokens {
    pub(super) fn of(text: &str) -> Self {
        let folded = folded(text);
        let pieces = pieces(&folded);
        let mut words = String::with_capacity(folded.len() + pieces.len() + 1);
        words.push(' ');
        for piece in &pieces {
            words.push_str(cut(piece.text));
            words.push(' ');
        }
        Self {
            words,
            beginning: beginning(&pieces),
            compounds: compounds(&pieces),
            sounds: Sounds::of(&pieces),
            numbers: numbers::endings(&pieces),
        }
    }

    fn into_keys(self) -> impl Iterator<Item = String> {
        let beginning = Some(self.beginning).filter(|beginning| !beginning.is_empty());
        (beginning.into_iter())
            .chain(self.compounds)
            .chain(self.sounds.full)
            .chain(self.sounds.initials)
            .chain(self.numbers)
    }
}

/// Words that some write as one, joined.
fn compounds(pieces: &[Piece<'_>]) -> BTreeSet<String> {
    let is_part = |piece: &Piece<'_>| piece.kind == PieceKind::Letters;
    pieces
        .chunk_by(|left, right| is_part(left) && is_part(right) && is_compound_gap(right.gap))
        .filter(|parts| parts.len() > 1)
        .map(|parts| {
            let joined: String = parts.iter().map(|part| part.text).collect();
            cut(&joined).to_owned()
        })
        .collect()
}
