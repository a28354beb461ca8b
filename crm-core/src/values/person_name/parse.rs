use super::{NameOrder, PersonName, script};
use crate::values::pinyin;

/// Particles with which a family name begins, in lower case.
const PARTICLES: [&str; 29] = [
    "van", "von", "der", "den", "de", "del", "della", "dela", "di", "da", "dos", "das", "do", "du", "la", "las", "los",
    "le", "ter", "ten", "zu", "zur", "zum", "vom", "af", "av", "bin", "ibn", "al",
];
/// What stands before a name, without full stops and in lower case.
const PREFIXES: [&str; 25] = [
    "dr", "prof", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "rev", "herr", "frau", "hr", "fr", "m", "mme",
    "mlle", "sr", "sra", "srta", "sig", "dott", "ing", "dipl-ing", "mag",
];
/// What stands behind a name, without full stops and in lower case.
const SUFFIXES: [&str; 12] = [
    "jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "esq", "dds", "cpa", "msc",
];
/// What stands behind a name in Chinese, Japanese and Korean.
const HONORIFICS: [&str; 14] = [
    "先生", "女士", "小姐", "太太", "夫人", "博士", "教授", "老师", "老師", "经理", "經理", "様", "さん", "님",
];
/// Korean family names of two syllables.
const KOREAN_COMPOUNDS: [&str; 9] = ["남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "망절"];

pub(super) fn parse(text: &str, order: Option<NameOrder>) -> PersonName {
    let written = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, as_composed) = match written.split_once([',', '，']) {
        // A comma turns the order around, and what is written so is not how the person is called.
        Some((family, rest)) => (with_comma(family, rest), true),
        None => (without_comma(&written, order), false),
    };
    let mut name = name.unwrap_or_else(|| PersonName {
        given: part(&written),
        ..PersonName::default()
    });
    name.order = order;
    if !as_composed && name.display() != written || as_composed && name.display().is_empty() {
        name.written = part(&written);
    }
    name
}

/// `Müller, Hans Peter`, and `John Smith, Jr.`; nothing for more commas than these have.
fn with_comma(before: &str, after: &str) -> Option<PersonName> {
    let (before, after) = (before.trim(), after.trim());
    if is_one_of(&SUFFIXES, after) {
        let name = without_comma(before, None)?;
        return Some(PersonName {
            suffix: part(after),
            ..name
        });
    }
    let (after, suffix) = match after.split_once(',') {
        Some((after, suffix)) if is_one_of(&SUFFIXES, suffix.trim()) => (after.trim(), part(suffix.trim())),
        Some(_) => return None,
        None => (after, None),
    };
    if before.is_empty() || after.is_empty() {
        return None;
    }
    let mut words: Vec<&str> = after.split(' ').collect();
    let prefix = take_prefix(&mut words);
    let (given, middle) = words.split_first()?;
    Some(PersonName {
        prefix,
        given: part(given),
        middle: part(&middle.join(" ")),
        family: part(before),
        suffix,
        ..PersonName::default()
    })
}

fn without_comma(written: &str, order: Option<NameOrder>) -> Option<PersonName> {
    if written.contains(script::is_east_asian) {
        return east_asian(written);
    }
    let mut words: Vec<&str> = written.split(' ').collect();
    let prefix = take_prefix(&mut words);
    let suffix = match words.last() {
        Some(last) if words.len() > 2 && is_one_of(&SUFFIXES, last) => part(words.pop().unwrap_or_default()),
        _ => None,
    };
    let name = match order {
        Some(NameOrder::FamilyFirst) if words.len() > 1 => PersonName {
            family: part(words[0]),
            given: part(words[1]),
            middle: part(&words[2..].join(" ")),
            ..PersonName::default()
        },
        _ => given_first(&words),
    };
    Some(PersonName { prefix, suffix, ..name })
}

/// The last word is the family name, with the particles before it; one word alone is the given name, or the family
/// name where something else says so (`Herr Müller`).
fn given_first(words: &[&str]) -> PersonName {
    let Some((first, rest)) = words.split_first() else {
        return PersonName::default();
    };
    let is_particle = |word: &&str| PARTICLES.contains(&word.trim_start_matches("d'")) && !rest.is_empty();
    let family = match rest.iter().position(is_particle) {
        Some(particle) if particle + 1 < rest.len() => particle,
        _ => rest.len().saturating_sub(1),
    };
    PersonName {
        given: part(first),
        middle: part(&rest[..family].join(" ")),
        family: part(&rest[family..].join(" ")),
        ..PersonName::default()
    }
}

/// A name in Chinese characters, kana or Hangul; nothing where it does not say which part is the family name.
fn east_asian(written: &str) -> Option<PersonName> {
    let honorific = HONORIFICS.iter().find(|honorific| {
        written
            .strip_suffix(**honorific)
            .is_some_and(|rest| !rest.trim().is_empty())
    });
    let bare = honorific
        .and_then(|honorific| written.strip_suffix(honorific))
        .unwrap_or(written)
        .trim();
    let (family, given) = match bare.split_once(' ') {
        Some((family, given))
            if !given.contains(' ') && bare.chars().all(|sign| sign == ' ' || script::is_east_asian(sign)) =>
        {
            (family, given)
        }
        Some(_) => return None,
        None => bare.split_at(family_length(bare, honorific.is_some())?),
    };
    Some(PersonName {
        family: part(family),
        given: part(given),
        suffix: honorific.and_then(|honorific| part(honorific)),
        ..PersonName::default()
    })
}

/// How many bytes of an unspaced name are the family name. Chinese and Korean names have at most two characters behind
/// it. Whoever has more is Japanese, or has two family names, and where those part nobody can see.
fn family_length(name: &str, is_addressed: bool) -> Option<usize> {
    let characters = name.chars().count();
    let compound = if name.chars().all(script::is_hangul) {
        KOREAN_COMPOUNDS.iter().any(|compound| name.starts_with(compound)) && characters > 2
    } else if name.chars().all(script::is_han) {
        pinyin::surname(name).is_some_and(|(length, _)| length == 2)
    } else {
        return None;
    };
    let family = if compound { 2 } else { 1 };
    // 李先生 is addressed by the family name alone; 李 alone may be anything.
    let shortest = if is_addressed { family } else { family + 1 };
    if !(shortest..=family + 2).contains(&characters) {
        return None;
    }
    Some(name.chars().take(family).map(char::len_utf8).sum())
}

/// Titles that words begin with, as long as a name is left behind them.
fn take_prefix(words: &mut Vec<&str>) -> Option<String> {
    let titles = words.iter().take_while(|word| is_title(word)).count();
    let titles = titles.min(words.len().saturating_sub(1));
    let prefix: Vec<&str> = words.drain(..titles).collect();
    part(&prefix.join(" "))
}

/// A title; of one or two letters only with its full stop, else `M` would be one and not an initial.
fn is_title(word: &str) -> bool {
    is_one_of(&PREFIXES, word) && (word.ends_with('.') || word.chars().count() > 1)
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.contains(&word.replace('.', "").to_lowercase().as_str())
}

fn part(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `prefix|given|middle|family|suffix`.
    fn parts(name: &PersonName) -> String {
        [&name.prefix, &name.given, &name.middle, &name.family, &name.suffix]
            .map(|part| part.as_deref().unwrap_or_default())
            .join("|")
    }

    #[test]
    fn a_name_is_taken_apart_where_its_parts_are_plain() {
        for (text, expected) in [
            ("李明", "|明||李|"),
            ("曾国藩", "|国藩||曾|"),
            ("欧阳修", "|修||欧阳|"),
            ("司马相如", "|相如||司马|"),
            ("李先生", "|||李|先生"),
            ("金 민준", "|민준||金|"),
            ("김민준", "|민준||김|"),
            ("남궁민수", "|민수||남궁|"),
            ("山田 太郎", "|太郎||山田|"),
            ("Hans Müller", "|Hans||Müller|"),
            ("Müller, Hans", "|Hans||Müller|"),
            ("von Goethe, Johann Wolfgang", "|Johann|Wolfgang|von Goethe|"),
            ("Dr. Hans Peter Müller Jr.", "Dr.|Hans|Peter|Müller|Jr."),
            ("Prof. Dr. Angela Merkel", "Prof. Dr.|Angela||Merkel|"),
            ("John Smith, PhD", "|John||Smith|PhD"),
            ("Smith, John, Jr.", "|John||Smith|Jr."),
            ("Ludwig van Beethoven", "|Ludwig||van Beethoven|"),
            ("Charles de Gaulle", "|Charles||de Gaulle|"),
            ("Jan van der Berg", "|Jan||van der Berg|"),
            ("John Fitzgerald Kennedy", "|John|Fitzgerald|Kennedy|"),
            ("  Hans\t Müller ", "|Hans||Müller|"),
        ] {
            assert_eq!(parts(&PersonName::parse(text)), expected, "{text}");
        }
        let hungarian = PersonName::parse_in_order("Nagy László", NameOrder::FamilyFirst);
        assert_eq!(parts(&hungarian), "|László||Nagy|");
        assert_eq!(hungarian.display(), "Nagy László");
    }

    #[test]
    fn a_name_that_does_not_say_its_parts_is_kept_whole() {
        for text in [
            "Sukarno",
            "李",
            "田中角栄",
            "山田たろう",
            "阿卜杜拉·买买提",
            "Li 明",
            "A, B, C, D",
        ] {
            let name = PersonName::parse(text);
            assert_eq!((parts(&name), name.display()), (format!("|{text}|||"), text.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn a_name_without_a_comma_is_written_as_it_was(
            text in "([A-Zé]?[a-zß]{1,5}|van|Dr\\.|Jr\\.|李|先生|欧阳|민|さん)( ([A-Z][a-z]{1,3}|de|明|준|II|先生)){0,4}"
        ) {
            prop_assert_eq!(PersonName::parse(&text).display(), text.clone());
            prop_assert_eq!(PersonName::parse_in_order(&text, NameOrder::FamilyFirst).display(), text);
        }

        #[test]
        fn anything_can_be_a_name(text: String) {
            let name = PersonName::parse(&text);
            name.sort_key();
            prop_assert_eq!(name.display().is_empty(), text.trim().is_empty());
            prop_assert_eq!(PersonName::parse(&text), name);
        }
    }
}
