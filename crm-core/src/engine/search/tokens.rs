//! Texts taken apart.

use unicode_normalization::char::is_combining_mark;

use crate::values::fold;

/// The longest token, in characters: what is longer is compared as far as this, in records and in what is typed.
pub(super) const LONGEST_TOKEN: usize = 32;

/// Stands between the texts of a record, so that no phrase runs from one into the next, and before the token of how a
/// text begins. It is part of no word: it is no letter.
pub(super) const BOUNDARY: char = '¦';

/// One unbroken stretch of a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) kind: PieceKind,
    /// What stands between it and the piece before: spaces, punctuation, or nothing.
    pub(super) gap: &'t str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    Letters,
    Digits,
    /// One character of a script that writes words without spaces between them, or that people search by any part.
    Character {
        han: bool,
    },
}

/// A text as it is compared, for [`pieces`].
pub(super) fn folded(text: &str) -> String {
    fold(text)
}

/// The pieces of a folded text, in order.
pub(super) fn pieces(folded: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let (mut begin, mut gap_begin) = (0, 0);
    let mut letters = folded.char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        let Some(kind) = kind_of(letter) else {
            begin = place + letter.len_utf8();
            continue;
        };
        let end = place + letter.len_utf8();
        let goes_on = letters.peek().is_some_and(|(_, next)| kind_of(*next) == Some(kind));
        if goes_on && !matches!(kind, PieceKind::Character { .. }) {
            continue;
        }
        pieces.push(Piece {
            text: &folded[begin..end],
            kind,
            gap: &folded[gap_begin..begin],
        });
        (begin, gap_begin) = (end, end);
    }
    pieces
}

/// What a character belongs to; nothing where it separates words.
fn kind_of(letter: char) -> Option<PieceKind> {
    if letter.is_ascii() {
        return match letter {
            '0'..='9' => Some(PieceKind::Digits),
            'a'..='z' => Some(PieceKind::Letters),
            _ => None,
        };
    }
    if !letter.is_alphanumeric() && !is_combining_mark(letter) {
        return None;
    }
    Some(match letter {
        '\u{3005}'..='\u{3007}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3fffd}' => PieceKind::Character { han: true },
        // Hangul, kana and bopomofo.
        '\u{1100}'..='\u{11ff}'
        | '\u{3040}'..='\u{31ff}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{1b000}'..='\u{1b16f}' => PieceKind::Character { han: false },
        _ => PieceKind::Letters,
    })
}

/// The beginning of a token, as much of it as is compared.
pub(super) fn cut(token: &str) -> &str {
    token
        .char_indices()
        .nth(LONGEST_TOKEN)
        .map_or(token, |(end, _)| &token[..end])
}

/// The token of how a text begins: its pieces without what separates them. Empty where it has none.
pub(super) fn beginning(pieces: &[Piece<'_>]) -> String {
    let letters = pieces.iter().flat_map(|piece| piece.text.chars());
    let joined: String = letters.take(LONGEST_TOKEN - 1).collect();
    if joined.is_empty() {
        joined
    } else {
        format!("{BOUNDARY}{joined}")
    }
}

/// Whether two words are written as one by some and as two by others: O'Brien, Jean-Luc, xi'an.
pub(super) fn is_compound_gap(gap: &str) -> bool {
    matches!(gap, "'" | "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let folded = folded(text);
        pieces(&folded)
            .iter()
            .map(|piece| piece.text)
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn scripts_digits_and_separators_end_a_piece() {
        assert_eq!(shown("Müller-Lüdenscheidt GmbH"), "muller|ludenscheidt|gmbh");
        assert_eq!(shown("李明Li 山田ひろし"), "李|明|li|山|田|ひ|ろ|し");
        assert_eq!(shown("김민준, GT500!"), "김|민|준|gt|500");
        assert_eq!(shown("José@acme.de"), "jose|acme|de");
        assert_eq!(shown("हिन्दी ไทย"), "हिन्दी|ไทย");
        assert_eq!(shown(" ¦\"*😀() "), "");
    }

    #[test]
    fn a_gap_is_what_stands_before_a_piece() {
        let gaps: Vec<&str> = pieces("+49 (30) 12-3").iter().map(|piece| piece.gap).collect();
        assert_eq!(gaps, ["+", " (", ") ", "-"]);
    }

    #[test]
    fn a_token_is_cut_between_characters() {
        assert_eq!(cut(&"ж".repeat(40)), "ж".repeat(LONGEST_TOKEN));
        assert_eq!(cut("short"), "short");
    }
}
