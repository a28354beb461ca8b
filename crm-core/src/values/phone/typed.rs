use crate::values::fold::half_width;

/// What stands between a number and its extension, in lower case; longer words before those they end with.
const EXTENSION_WORDS: [&str; 17] = [
    "extension",
    "extn.",
    "extn",
    "ext.",
    "ext",
    "x",
    "#",
    "доб.",
    "доб",
    "转接",
    "转",
    "轉",
    "分机",
    "分機",
    "内线",
    "內線",
    "内線",
];
/// No exchange has longer extensions.
const LONGEST_EXTENSION: usize = 9;

/// What was typed, taken apart: the number and what is dialled after it, full-width signs made plain.
pub(super) struct Typed {
    pub(super) number: String,
    pub(super) extension: Option<String>,
}

impl Typed {
    pub(super) fn of(text: &str) -> Self {
        let plain: String = text.trim().chars().map(half_width).collect();
        match plain.split_at_checked(4) {
            Some((scheme, uri)) if scheme.eq_ignore_ascii_case("tel:") => Self::of_uri(uri),
            _ => Self::of_written(plain.trim()),
        }
    }

    /// What follows `tel:` (RFC 3966): a number, `;ext=`, and the `;phone-context=` of one that lacks its beginning.
    fn of_uri(uri: &str) -> Self {
        let mut parts = uri.split(';');
        let mut number = parts.next().unwrap_or_default().to_owned();
        let mut extension = None;
        for parameter in parts {
            match parameter.split_once('=') {
                Some((name, digits)) if name.eq_ignore_ascii_case("ext") => extension = Some(digits.to_owned()),
                Some((name, context)) if name.eq_ignore_ascii_case("phone-context") && context.starts_with('+') => {
                    number.insert_str(0, context);
                }
                _ => {}
            }
        }
        Self { number, extension }
    }

    fn of_written(text: &str) -> Self {
        let whole = || Self {
            number: text.to_owned(),
            extension: None,
        };
        let closed = text.trim_end_matches([')', ' ']);
        let before = closed.trim_end_matches(|sign: char| sign.is_ascii_digit());
        let digits = &closed[before.len()..];
        let before = before.trim_end_matches([' ', ':', '.', '-', '\u{a0}']);
        let lower = before.to_ascii_lowercase();
        let Some(word) = EXTENSION_WORDS.iter().find(|word| {
            lower.ends_with(word.trim_end_matches('.')) && (1..=LONGEST_EXTENSION).contains(&digits.len())
        }) else {
            return whole();
        };
        let word = word.trim_end_matches('.');
        let number = before[..before.len() - word.len()].trim_end_matches([' ', ',', ';', '(', '.', '-', '\u{a0}']);
        // Letters before the word are a number spelled in letters, or no number at all.
        if !number.ends_with(|sign: char| sign.is_ascii_digit() || sign == ')') {
            return whole();
        }
        Self {
            number: number.to_owned(),
            extension: Some(digits.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn extensions_are_taken_from_the_end_in_every_way_they_are_written() {
        for (text, number, extension) in [
            ("415.555.2671 x123", "415.555.2671", Some("123")),
            ("+1 415 555 2671 ext. 9", "+1 415 555 2671", Some("9")),
            ("+1 415 555 2671, Ext.: 9", "+1 415 555 2671", Some("9")),
            ("(010) 6555 1234 转 801", "(010) 6555 1234", Some("801")),
            ("(010) 6555 1234（分机８０１）", "(010) 6555 1234", Some("801")),
            ("030 901820 #12", "030 901820", Some("12")),
            ("tel:+1-201-555-0123;ext=45", "+1-201-555-0123", Some("45")),
            ("TEL:8208820;phone-context=+86-400", "+86-4008208820", None),
            ("1-800-FEDEX 12", "1-800-FEDEX 12", None),
            ("０３（１２３４）５６７８", "03(1234)5678", None),
            ("138 0013 8000", "138 0013 8000", None),
        ] {
            let typed = Typed::of(text);
            assert_eq!(
                (typed.number.as_str(), typed.extension.as_deref()),
                (number, extension),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn anything_can_be_typed(text: String) {
            Typed::of(&text);
        }
    }
}
