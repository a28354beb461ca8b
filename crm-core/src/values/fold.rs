use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A text as keys and searches compare it: compatibility forms made plain (full-width letters, ligatures, half-width
/// kana), accents dropped, lower case, and letters that no accent explains written in the plain ones nearest to them.
///
/// Hangul stays in whole syllables, and the marks that kana and Indic letters cannot be read without stay on them.
/// Folding twice changes nothing more.
///
/// ```
/// use crm_core::values::fold;
/// assert_eq!(fold("José Müller-Strauß"), "jose muller-strauss");
/// assert_eq!(fold("ＡＣＭＥ　Łódź"), "acme lodz");
/// assert_eq!(fold("김민준 ガラス 李明"), "김민준 ガラス 李明");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    let plain = text
        .nfkd()
        .filter(|letter| !is_dropped(*letter))
        .flat_map(char::to_lowercase);
    for letter in plain.nfkd().filter(|letter| !is_dropped(*letter)) {
        match spelled(letter) {
            Some(spelling) => folded.push_str(spelling),
            None => folded.push(letter),
        }
    }
    folded.nfc().collect()
}

/// The plain form of a full-width sign, as East Asian keyboards write them.
pub(super) fn half_width(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// Accents, vowel points that are left out in everyday Hebrew and Arabic, and what is not seen at all. Never the marks
/// of other scripts: in kana, Thai and Indic letters they are sounds of their own.
fn is_dropped(letter: char) -> bool {
    match letter {
        '\u{300}'..='\u{36f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' => true,
        '\u{483}'..='\u{489}' => true,
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {
            canonical_combining_class(letter) != 0
        }
        // Soft hyphen, joiners and directions, variation selectors.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => true,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => true,
        _ => false,
    }
}

/// How a lower-case letter that Unicode does not take apart is written without its bar, hook or tie.
fn spelled(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' | 'ɗ' | 'ɖ' => "d",
        'þ' => "th",
        'ł' | 'ƚ' => "l",
        'ħ' => "h",
        'ı' | 'ɨ' => "i",
        'ĸ' | 'ƙ' => "k",
        'ŋ' | 'ɲ' => "n",
        'ŧ' | 'ƭ' => "t",
        'ƀ' | 'ɓ' => "b",
        'ɛ' | 'ə' | 'ǝ' => "e",
        'ƒ' => "f",
        'ɠ' | 'ǥ' => "g",
        'ɔ' => "o",
        'ʉ' => "u",
        'ƴ' => "y",
        'ƶ' | 'ȥ' => "z",
        'ς' => "σ",
        // Typographic apostrophes and hyphens: O’Neil is O'Neil.
        '‘' | '’' | '‛' | 'ʻ' | 'ʼ' | 'ʹ' | '′' => "'",
        '‐' | '‒' | '–' | '—' | '―' | '−' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_width_and_case_are_folded() {
        for (text, folded) in [
            ("José", "jose"),
            ("Jose\u{301}", "jose"),
            ("Ærøskøbing", "aeroskobing"),
            ("Þórður Đorđević", "thordur dordevic"),
            ("IŞIL ışık İzmir", "isil isik izmir"),
            ("ΟΔΥΣΣΕΎΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ"),
            ("ﬁnance Ⅷ ①", "finance viii 1"),
            ("O’Neil – Ｌｔｄ．", "o'neil - ltd."),
            ("STRAẞE", "strasse"),
            ("Йорк Ёлка", "иорк елка"),
            ("soft\u{ad}hyphen", "softhyphen"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn scripts_whose_marks_are_sounds_keep_them() {
        for text in ["김민준", "がんばる", "パーティー", "हिन्दी", "ไทย", "李明", "𠮷野"]
        {
            assert_eq!(fold(text), text.nfc().collect::<String>(), "{text}");
        }
        assert_eq!(fold("ｶﾞﾗｽ"), "ガラス");
        assert_eq!(fold("\u{1100}\u{1161}"), "가");
        assert_eq!(fold("שָׁלוֹם"), "שלום");
    }

    #[test]
    fn every_letter_is_folded_once_and_for_all() {
        for letter in (char::MIN..=char::MAX).filter(|letter| !letter.is_control()) {
            let once = fold(&letter.to_string());
            assert_eq!(fold(&once), once, "U+{:04X}", u32::from(letter));
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text: String) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn capitals_and_composition_make_no_difference(text in "[a-zA-ZÀ-ɏΑ-ωЀ-ӿ 가-힣ぁ-ヾ一-龥]{0,20}") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text.to_lowercase()));
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), fold(&text));
        }
    }
}
