//! Chinese by how it is read.

use std::collections::BTreeSet;

use super::tokens::{LONGEST_TOKEN, Piece, PieceKind};
use crate::values::pinyin;

/// How many characters of a text are found by their pinyin; a name or a title is shorter.
const CHARACTERS_OF_A_TEXT: usize = 64;
/// How many ways to read it are kept from each character on: the likeliest.
const WAYS_TO_READ: usize = 16;
/// How many readings of one character are considered: the usual first.
const READINGS: usize = 4;

/// The pinyin of a text from each of its characters on.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sounds {
    /// Whole syllables: `liming`, `ming`.
    pub(super) full: BTreeSet<String>,
    /// The first letter of each: `lm`, `m`.
    pub(super) initials: BTreeSet<String>,
}

/// How a stretch of characters may be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    text: String,
    /// How far it is from the usual reading of each character.
    distance: usize,
}

impl Sounds {
    /// The sounds of a text.
    pub(super) fn of(pieces: &[Piece<'_>]) -> Self {
        let mut sounds = Self::default();
        let mut left = CHARACTERS_OF_A_TEXT;
        for run in pieces.chunk_by(|_, next| is_han(next) && is_within_name(next.gap)) {
            let characters: Vec<char> = run
                .iter()
                .filter(|piece| is_han(piece))
                .take(left)
                .flat_map(|piece| piece.text.chars())
                .collect();
            left -= characters.len();
            sounds.add(&characters);
        }
        sounds
    }

    fn add(&mut self, characters: &[char]) {
        // What follows the last character: nothing.
        let (mut full, mut initials) = (vec![nothing_more()], vec![nothing_more()]);
        for character in characters.iter().rev() {
            let syllables = syllables(*character);
            full.push(read_before(&syllables, &full[full.len() - 1]));
            let letters: Vec<_> = syllables
                .iter()
                .map(|(syllable, distance)| (&syllable[..1], *distance))
                .collect();
            initials.push(read_before(&letters, &initials[initials.len() - 1]));
        }
        let name: String = characters.iter().collect();
        if let Some((length, syllables)) = pinyin::surname(&name) {
            let (mut full_name, mut initials_of_name) = (
                full[characters.len() - length].clone(),
                initials[characters.len() - length].clone(),
            );
            for syllable in syllables.into_iter().rev() {
                let spellings: Vec<_> = pinyin::spellings(syllable)
                    .into_iter()
                    .map(|spelling| (spelling, 0))
                    .collect();
                full_name = read_before(&spellings, &full_name);
                initials_of_name = read_before(&[(&syllable[..1], 0)], &initials_of_name);
            }
            full.push(full_name);
            initials.push(initials_of_name);
        }
        let texts = |readings: Vec<Vec<Reading>>| {
            readings
                .into_iter()
                .flatten()
                .map(|reading| reading.text)
                .filter(|text| !text.is_empty())
        };
        self.full.extend(texts(full));
        self.initials.extend(texts(initials));
    }
}

fn is_han(piece: &Piece<'_>) -> bool {
    piece.kind == PieceKind::Character { han: true }
}

/// Whether characters on both sides of this may belong to one name.
fn is_within_name(gap: &str) -> bool {
    matches!(gap, "" | " " | "·" | "・")
}

/// The stretch behind the last character, which is read in no way but one.
fn nothing_more() -> Vec<Reading> {
    vec![Reading {
        text: String::new(),
        distance: 0,
    }]
}

/// How one character may be typed, each with its distance from the usual.
fn syllables(character: char) -> Vec<(&'static str, usize)> {
    let readings = pinyin::readings(character).take(READINGS).enumerate();
    readings
        .flat_map(|(distance, syllable)| {
            pinyin::spellings(syllable)
                .into_iter()
                .map(move |spelling| (spelling, distance))
        })
        .collect()
}

/// The likeliest ways to read one more character before what follows it. A character that is not read ends the stretch:
/// what is before it does not go on behind it.
fn read_before(syllables: &[(&str, usize)], following: &[Reading]) -> Vec<Reading> {
    if syllables.is_empty() {
        return nothing_more();
    }
    let mut readings: Vec<Reading> = Vec::with_capacity(syllables.len() * following.len());
    for (syllable, distance) in syllables {
        for reading in following {
            let mut text = format!("{syllable}{}", reading.text);
            text.truncate(LONGEST_TOKEN);
            readings.push(Reading {
                text,
                distance: distance + reading.distance,
            });
        }
    }
    readings.sort();
    readings.dedup_by(|later, earlier| later.text == earlier.text);
    readings.sort_by_key(|reading| reading.distance);
    readings.truncate(WAYS_TO_READ);
    readings
}

#[cfg(test)]
mod tests {
    use super::super::tokens::pieces;
    use super::*;

    fn has(text: &str, typed: &str) -> bool {
        let sounds = Sounds::of(&pieces(text));
        sounds
            .full
            .iter()
            .chain(&sounds.initials)
            .any(|sound| sound.starts_with(typed))
    }

    #[test]
    fn a_name_sounds_from_each_character_on() {
        for typed in ["wangxiaohong", "wangxiao", "xiaohong", "hong", "wxh", "xh"] {
            assert!(has("王小红", typed), "{typed}");
        }
        assert!(!has("王小红", "angxiao") && !has("王小红", "wh"));
    }

    #[test]
    fn a_character_of_several_readings_is_found_by_each() {
        for typed in ["zengguofan", "cengguofan", "zgf", "cgf", "guofan"] {
            assert!(has("曾国藩", typed), "{typed}");
        }
        for typed in ["yuchigong", "weichi", "chigong", "ycg"] {
            assert!(has("尉迟恭", typed), "{typed}");
        }
        for typed in ["chongqing", "zhongqing", "changan", "zhangan", "qingchang"] {
            assert!(has("重庆长安汽车", typed), "{typed}");
        }
    }

    #[test]
    fn u_with_dots_is_typed_in_three_ways() {
        for typed in ["lv", "lu", "lyu", "lvbu", "lubu", "lyubu", "lb"] {
            assert!(has("吕布", typed), "{typed}");
        }
    }

    #[test]
    fn names_go_on_over_spaces_and_dots_and_end_at_other_scripts() {
        assert!(has("李 明", "liming"));
        assert!(has("阿·明", "aming"));
        assert!(!has("李,明", "liming"));
        assert!(!has("李a明", "liming"));
        assert!(has("李a明", "ming"));
    }

    #[test]
    fn the_sounds_of_a_long_text_are_bounded() {
        let sounds = Sounds::of(&pieces(&"长行重".repeat(50_000)));
        assert!(sounds.full.len() <= CHARACTERS_OF_A_TEXT * WAYS_TO_READ);
        assert!(sounds.full.iter().all(|sound| sound.len() <= LONGEST_TOKEN));
    }
}
