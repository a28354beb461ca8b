//! Which script a letter is of, as far as names and addresses differ by it.

/// A Chinese character, as Chinese, Japanese and Korean texts share them.
pub(super) fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// A letter of Hiragana or Katakana.
pub(super) fn is_kana(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}')
}

/// A Hangul syllable or letter.
pub(super) fn is_hangul(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}')
}

/// A letter of an East Asian script, whose words are written without spaces between.
pub(super) fn is_east_asian(letter: char) -> bool {
    is_han(letter) || is_kana(letter) || is_hangul(letter)
}
