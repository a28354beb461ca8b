//! Numbers as people write them in groups: telephones, accounts, serial numbers.

use std::collections::BTreeSet;

use super::tokens::{Piece, PieceKind, cut};

/// From how many digits on a number is found by its parts.
pub(super) const SHORTEST_NUMBER: usize = 5;
/// How many digits a part that is found has behind its beginning.
const SHORTEST_ENDING: usize = 4;
/// How many digits of a text are found by their parts, so that a text of nothing but digits stays small.
const DIGITS_OF_A_TEXT: usize = 256;

/// The digits of each number in a text, without what groups them.
pub(super) fn numbers(pieces: &[Piece<'_>]) -> Vec<String> {
    let mut numbers = vec![String::new()];
    for piece in pieces {
        let goes_on = piece.kind == PieceKind::Digits && groups_digits(piece.gap);
        match numbers.last_mut() {
            Some(number) if goes_on || number.is_empty() => push_digits(number, piece),
            _ => {
                numbers.push(String::new());
                numbers
                    .last_mut()
                    .into_iter()
                    .for_each(|number| push_digits(number, piece));
            }
        }
    }
    numbers.retain(|number| number.len() >= SHORTEST_NUMBER);
    numbers
}

/// Adds a group to the number that it belongs to, but for the zero of `+49 (0) 30`, which nobody dials with the rest.
pub(super) fn push_digits(number: &mut String, piece: &Piece<'_>) {
    let trunk_zero = piece.text == "0" && piece.gap.ends_with('(') && !number.is_empty();
    if piece.kind == PieceKind::Digits && !trunk_zero {
        number.push_str(piece.text);
    }
}

/// Whether digits on both sides of this belong to one number.
pub(super) fn groups_digits(gap: &str) -> bool {
    gap.len() <= 3 && gap.bytes().all(|byte| b" -()./+".contains(&byte))
}

/// The endings by which the numbers of a text are found: each of them begins a part.
pub(super) fn endings(pieces: &[Piece<'_>]) -> BTreeSet<String> {
    let mut left = DIGITS_OF_A_TEXT;
    let mut endings = BTreeSet::new();
    for number in numbers(pieces) {
        let number = &number[..number.len().min(left)];
        left -= number.len();
        for begin in 0..(number.len() + 1).saturating_sub(SHORTEST_ENDING) {
            endings.insert(cut(&number[begin..]).to_owned());
        }
    }
    endings
}

#[cfg(test)]
mod tests {
    use super::super::tokens::pieces;
    use super::*;

    #[test]
    fn groups_of_digits_are_one_number_until_something_else_stands_between() {
        let of = |text: &str| numbers(&pieces(text));
        assert_eq!(of("+86 138-0013-8000"), ["8613800138000"]);
        assert_eq!(of("+49 (0) 30 / 123.456"), ["4930123456"]);
        assert_eq!(of("tel 030 1234567, fax 030 1234568"), ["0301234567", "0301234568"]);
        assert_eq!(of("room 12, 3 chairs of 2024"), Vec::<String>::new());
    }

    #[test]
    fn an_ending_has_four_digits_or_more() {
        let endings = endings(&pieces("12-34-567"));
        assert_eq!(Vec::from_iter(endings), ["1234567", "234567", "34567", "4567"]);
    }

    #[test]
    fn endings_grow_with_the_digits_and_stop() {
        assert_eq!(endings(&pieces(&"7".repeat(100_000))).len(), LONGEST_DIFFERENT);
        const LONGEST_DIFFERENT: usize = super::super::tokens::LONGEST_TOKEN - SHORTEST_ENDING + 1;
    }
}
