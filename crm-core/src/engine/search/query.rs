use std::fmt;

use super::document::SearchDocument;
use super::numbers::{SHORTEST_NUMBER, groups_digits, push_digits};
use super::tokens::{LONGEST_TOKEN, Piece, PieceKind, beginning, cut, folded, is_compound_gap, pieces};

/// How many characters of what was typed count.
const LONGEST_QUERY: usize = 256;
/// How many words of what was typed count.
const MOST_TERMS: usize = 16;

/// What a person typed to find a record, understood. No character in it has a meaning of its own: quotes, stars and
/// words like `OR` are looked for, or separate words.
///
/// ```
/// use crm_core::engine::{SearchDocument, SearchQuery};
/// let found = |typed: &str, text: &str| SearchQuery::new(typed).matches(&SearchDocument::of_texts([text]));
/// for typed in ["liming", "li ming", "lm", "明", "李明", "ming"] {
///     assert!(found(typed, "李明"), "{typed}");
/// }
/// assert!(found("jose", "José García") && found("gar jos", "José García"));
/// assert!(found("8000", "+86 138-0013-8000") && found("13800138", "+86 138-0013-8000"));
/// assert!(found("jose@acme", "jose@acme.de") && !found("acme@jose", "jose@acme.de"));
/// assert!(!found("", "José García"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SearchQuery {
    typed: String,
    at_beginning: bool,
    terms: Vec<Term>,
}

/// One thing that a record must have, in one of some ways.
#[derive(Clone, PartialEq, Eq)]
pub struct Term {
    ways: Vec<Vec<Phrase>>,
}

/// Tokens that stand side by side among the words of a record; or one token alone, among its words or its keys.
#[derive(Clone, PartialEq, Eq)]
pub struct Phrase {
    /// A space before each token, and one behind the last where that is whole: what a document has in it.
    pattern: String,
    is_prefix: bool,
}

/// Shows nothing of what was typed.
impl fmt::Debug for SearchQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SearchQuery")
            .field("terms", &self.terms.len())
            .finish_non_exhaustive()
    }
}

/// Shows nothing of what was typed.
impl fmt::Debug for Term {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Term")
            .field("ways", &self.ways.len())
            .finish_non_exhaustive()
    }
}

/// Shows nothing of what was typed.
impl fmt::Debug for Phrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Phrase")
            .field("is_prefix", &self.is_prefix)
            .finish_non_exhaustive()
    }
}

impl SearchQuery {
    /// What was typed, each word of which must be found: words of letters by how they begin, characters as they are,
    /// numbers however they are grouped. Its first 256 characters and 16 words count.
    pub fn new(typed: impl Into<String>) -> Self {
        let typed = typed.into();
        let folded = folded_beginning(&typed);
        let mut terms = terms(&pieces(&folded));
        terms.truncate(MOST_TERMS);
        Self {
            typed,
            at_beginning: false,
            terms,
        }
    }

    /// What was typed, with which one of the texts of a record must begin, whatever separates the words.
    ///
    /// ```
    /// use crm_core::engine::{SearchDocument, SearchQuery};
    /// let names = SearchDocument::of_texts(["Jean-Luc Picard"]);
    /// assert!(SearchQuery::at_beginning("jean luc").matches(&names));
    /// assert!(!SearchQuery::at_beginning("picard").matches(&names));
    /// ```
    pub fn at_beginning(typed: impl Into<String>) -> Self {
        let typed = typed.into();
        let folded = folded_beginning(&typed);
        let token = beginning(&pieces(&folded));
        let terms = if token.is_empty() {
            Vec::new()
        } else {
            vec![Term::of(vec![Phrase::beginning([token.as_str()])])]
        };
        Self {
            typed,
            at_beginning: true,
            terms,
        }
    }

    /// The text as it was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether a text must begin with it, as [`SearchQuery::at_beginning`] asks.
    pub fn is_at_beginning(&self) -> bool {
        self.at_beginning
    }

    /// What a record must have: all of these. Where there are none, no record is found.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether a record is found: the definition that the index of every store must agree with.
    pub fn matches(&self, document: &SearchDocument) -> bool {
        !self.terms.is_empty() && self.terms.iter().all(|term| term.matches(document))
    }
}

impl Term {
    fn of(way: Vec<Phrase>) -> Self {
        Self { ways: vec![way] }
    }

    fn or(mut self, way: Vec<Phrase>) -> Self {
        if !self.ways.contains(&way) {
            self.ways.push(way);
        }
        self
    }

    /// The ways in which a record can have it: one is enough, and of that one all phrases are needed.
    pub fn ways(&self) -> &[Vec<Phrase>] {
        &self.ways
    }

    fn matches(&self, document: &SearchDocument) -> bool {
        self.ways
            .iter()
            .any(|way| way.iter().all(|phrase| phrase.is_in(document)))
    }
}

impl Phrase {
    fn whole<'t>(tokens: impl IntoIterator<Item = &'t str>) -> Self {
        let mut phrase = Self::beginning(tokens);
        phrase.pattern.push(' ');
        phrase.is_prefix = false;
        phrase
    }

    fn beginning<'t>(tokens: impl IntoIterator<Item = &'t str>) -> Self {
        let pattern = tokens.into_iter().flat_map(|token| [" ", cut(token)]).collect();
        Self {
            pattern,
            is_prefix: true,
        }
    }

    /// The tokens, with a space between them. None of them holds anything but letters, digits and `¦`.
    pub fn tokens(&self) -> &str {
        self.pattern.trim_matches(' ')
    }

    /// Whether the last token may be the beginning of a longer one.
    pub fn is_prefix(&self) -> bool {
        self.is_prefix
    }

    /// Whether there is one token only, which the keys of a record may hold as well as its words.
    pub fn is_one_token(&self) -> bool {
        !self.tokens().contains(' ')
    }

    /// Whether these words have it.
    pub(super) fn is_among(&self, tokens: &str) -> bool {
        tokens.contains(&self.pattern)
    }

    fn is_in(&self, document: &SearchDocument) -> bool {
        self.is_among(document.words()) || self.is_one_token() && self.is_among(document.keys())
    }
}

fn folded_beginning(typed: &str) -> String {
    let end = typed
        .char_indices()
        .nth(LONGEST_QUERY)
        .map_or(typed.len(), |(end, _)| end);
    folded(&typed[..end])
}

fn terms(pieces: &[Piece<'_>]) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut chunks = pieces.chunk_by(|left, right| belong_together(left, right)).peekable();
    while let Some(chunk) = chunks.next() {
        if !is_number(chunk) {
            terms.push(term(chunk));
            continue;
        }
        // A number may be typed in groups, with spaces between them.
        let mut groups = vec![chunk];
        while let Some(next) = chunks.next_if(|next| is_number(next) && groups_digits(next[0].gap)) {
            groups.push(next);
        }
        terms.extend(number_terms(&groups));
    }
    terms
}

/// Whether a piece is of one typed word with the one before it: scripts are looked for by themselves.
fn belong_together(left: &Piece<'_>, right: &Piece<'_>) -> bool {
    let is_character = |piece: &Piece<'_>| matches!(piece.kind, PieceKind::Character { .. });
    is_character(left) == is_character(right) && !right.gap.contains(char::is_whitespace)
}

fn is_number(chunk: &[Piece<'_>]) -> bool {
    let mut kinds = chunk.iter().map(|piece| piece.kind == PieceKind::Digits);
    kinds.all(|digits| digits) && chunk.iter().skip(1).all(|piece| groups_digits(piece.gap))
}

/// A word, or several that were typed without spaces: `jose@acme.de`, `O'Brien`, 李明.
fn term(chunk: &[Piece<'_>]) -> Term {
    let tokens = chunk.iter().map(|piece| piece.text);
    if matches!(chunk[0].kind, PieceKind::Character { .. }) {
        return Term::of(vec![Phrase::whole(tokens.take(LONGEST_TOKEN))]);
    }
    let term = Term::of(vec![Phrase::beginning(tokens)]);
    let is_letters = |piece: &Piece<'_>| piece.kind == PieceKind::Letters;
    if chunk.iter().all(is_letters) && chunk.iter().skip(1).all(|piece| is_compound_gap(piece.gap)) {
        let joined: String = chunk.iter().map(|piece| piece.text).collect();
        return term.or(vec![Phrase::beginning([joined.as_str()])]);
    }
    term
}

/// A long number however it is grouped, and each group by itself, should they be words apart: `2025 2026`.
fn number_terms(groups: &[&[Piece<'_>]]) -> Vec<Term> {
    let alone: Vec<Phrase> = groups
        .iter()
        .map(|group| Phrase::beginning(group.iter().map(|piece| piece.text)))
        .collect();
    let mut number = String::new();
    for piece in groups.iter().copied().flatten() {
        push_digits(&mut number, piece);
    }
    if number.len() < SHORTEST_NUMBER {
        return alone.into_iter().map(|phrase| Term::of(vec![phrase])).collect();
    }
    let term = Term::of(alone).or(vec![Phrase::beginning([number.as_str()])]);
    // A number that is dialled within the country begins with a zero that its international form lacks.
    let zeros = number.bytes().take_while(|digit| *digit == b'0').count();
    let without_zeros = &number[zeros.min(number.len() - SHORTEST_NUMBER)..];
    vec![term.or(vec![Phrase::beginning([without_zeros])])]
}
