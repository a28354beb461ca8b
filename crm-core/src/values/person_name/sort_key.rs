use super::{NameOrder, PersonName, said, script};
use crate::values::{fold, pinyin};

/// The key by which lists of names of things, such as organizations, are sorted: folded, single spaces, no quotes or
/// other signs in front, Chinese characters by their usual reading.
///
/// ```
/// use crm_core::values::sort_key_of_text;
/// assert_eq!(sort_key_of_text(" „Ärzte  für alle“ e.V."), "arzte fur alle“ e.v.");
/// assert!(sort_key_of_text("华为") < sort_key_of_text("腾讯"));
/// ```
pub fn sort_key_of_text(text: &str) -> String {
    let mut key = String::new();
    push_text(&mut key, text);
    if key.is_empty() {
        return fold(text).trim().to_owned();
    }
    key
}

pub(super) fn of_person(name: &PersonName) -> String {
    let mut key = String::new();
    let (particles, family) = without_particles(said(&name.family));
    push_surname(&mut key, family);
    for part in [said(&name.given), said(&name.middle)] {
        // A Chinese name that is kept whole begins with the surname.
        if key.is_empty() && name.order() == NameOrder::FamilyFirst {
            push_surname(&mut key, part);
        } else {
            push_text(&mut key, part);
        }
    }
    push_text(&mut key, particles);
    if key.is_empty() {
        return sort_key_of_text(&name.display());
    }
    key
}

/// The words in lower case with which a family name begins, and what follows them.
fn without_particles(family: &str) -> (&str, &str) {
    match family.find(char::is_uppercase) {
        Some(capital) if family[..capital].ends_with(' ') => (family[..capital].trim_end(), &family[capital..]),
        _ => ("", family),
    }
}

fn push_surname(key: &mut String, name: &str) {
    let Some((length, syllables)) = pinyin::surname(name) else {
        return push_text(key, name);
    };
    for (character, syllable) in name.chars().zip(syllables) {
        push_reading(key, character, syllable);
    }
    let rest = name.char_indices().nth(length).map_or("", |(start, _)| &name[start..]);
    push_text(key, rest);
}

fn push_text(key: &mut String, text: &str) {
    let text = text.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let mut word = String::new();
    for character in text.chars() {
        let reading = if script::is_han(character) {
            pinyin::readings(character).next()
        } else {
            None
        };
        match reading {
            Some(syllable) => {
                push_words(key, &std::mem::take(&mut word));
                push_reading(key, character, syllable);
            }
            None => word.push(character),
        }
    }
    push_words(key, &word);
}

/// The character stands behind its reading, so that characters read alike stay together: all 李 before the first 黎.
fn push_reading(key: &mut String, character: char, syllable: &str) {
    push_words(key, syllable);
    key.push(' ');
    key.push(character);
}

fn push_words(key: &mut String, words: &str) {
    for word in fold(words).split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(name: &str) -> String {
        PersonName::parse(name).sort_key()
    }

    fn assert_sorted(names: &[&str]) {
        let keys: Vec<_> = names.iter().map(|name| key(name)).collect();
        assert!(keys.is_sorted(), "{keys:?}");
    }

    #[test]
    fn surnames_are_sorted_by_their_reading_as_surnames() {
        for (name, start) in [
            ("曾国藩", "zeng "),
            ("单田芳", "shan "),
            ("仇英", "qiu "),
            ("尉迟恭", "yu 尉 chi 迟 gong"),
            ("解缙", "xie "),
            ("李明", "li 李 ming 明"),
            ("万俟", "mo 万 qi 俟"),
        ] {
            assert!(key(name).starts_with(start), "{}", key(name));
        }
    }

    #[test]
    fn names_of_all_scripts_stand_in_one_order() {
        assert_sorted(&["Éva Ábel", "Hans Adam", "Ludwig van Beethoven", "黎明", "Öztürk Zed"]);
        assert_sorted(&["李安", "李明", "黎安", "林安"]);
        assert_sorted(&["Hans Muller", "Jan Müller", "Ann Mullers"]);
        assert_sorted(&["강감찬", "김민준", "이순신"]);
        assert_sorted(&["あべ しんぞう", "さとう えいさく", "たなか かくえい"]);
        assert_sorted(&["Charles de Gaulle", "Anna Hart"]);
        assert_eq!(key("Jan van der Berg"), "berg jan van der");
        assert_eq!(key("Sukarno"), "sukarno");
    }

    #[test]
    fn other_names_are_sorted_by_their_folded_text() {
        assert_eq!(sort_key_of_text("  \"ACME\u{3000}GmbH"), "acme gmbh");
        assert_eq!(sort_key_of_text("!!!"), "!!!");
        assert_eq!(sort_key_of_text("京东 JD"), "jing 京 dong 东 jd");
    }

    proptest! {
        #[test]
        fn keys_are_folded_and_their_case_does_not_matter(text in "[ a-zA-ZÀ-ž李曾가ぁ'.-]{0,20}") {
            let key = sort_key_of_text(&text);
            prop_assert_eq!(&fold(&key), &key);
            prop_assert_eq!(sort_key_of_text(&text.to_uppercase()), key);
        }

        #[test]
        fn what_says_something_has_a_key(text: String) {
            prop_assert!(key(&text).is_empty() == fold(&text).trim().is_empty());
        }
    }
}
