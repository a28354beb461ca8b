use super::typed::Typed;
use super::{Phone, PhoneKind, PhoneParser, PhoneValidity, not_a_number, too_long, too_short, unknown_country};
use crate::values::{Region, ValueError};

/// ITU-T E.164 allows 15 digits; the numbering plans in use go somewhat beyond in a few countries.
const LONGEST: usize = 15;
const SHORTEST: usize = 7;

/// Understands what is written with its country code, behind `+` or `00`, and knows no country's rules beside.
///
/// ```
/// use crm_core::values::{InternationalOnly, PhoneParser};
/// assert_eq!(InternationalOnly.parse("0049 (0)30 901820", None)?.e164(), "+4930901820");
/// assert!(InternationalOnly.parse("030 901820", None).is_err());
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct InternationalOnly;

impl PhoneParser for InternationalOnly {
    fn parse(&self, typed: &str, _default_region: Option<Region>) -> Result<Phone, ValueError> {
        let Typed { number, extension } = Typed::of(typed);
        let written = number.trim_start().trim_start_matches('(');
        let abroad = written.strip_prefix('+').or_else(|| written.strip_prefix("00"));
        let Some(abroad) = abroad else {
            let some_digit = number.contains(|sign: char| sign.is_ascii_digit());
            return Err(if some_digit { unknown_country() } else { not_a_number() });
        };
        let abroad = abroad.trim_start();
        // The zone of +39 dials the 0 from abroad as well.
        let without_trunk = if abroad.starts_with("39") {
            abroad.to_owned()
        } else {
            abroad.replacen("(0)", "", 1)
        };
        if without_trunk.contains(|sign: char| !sign.is_ascii_digit() && !is_separator(sign)) {
            return Err(not_a_number());
        }
        let digits: String = without_trunk.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return Err(not_a_number());
        }
        if digits.starts_with('0') {
            return Err(unknown_country());
        }
        match digits.len() {
            ..SHORTEST => Err(too_short()),
            SHORTEST..=LONGEST => Ok(Phone {
                e164: format!("+{digits}"),
                extension,
                typed: typed.to_owned(),
                kind: PhoneKind::Unknown,
                region: None,
                validity: PhoneValidity::Possible,
            }),
            _ => Err(too_long()),
        }
    }
}

fn is_separator(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '-' | '.' | '/' | '(' | ')' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// How many of these digits are the country code: 1 and 7 alone, two digits in the zones that ITU-T E.164.1 gave to
/// large countries, three everywhere else.
pub(super) fn calling_code_length(digits: &str) -> usize {
    let mut leading = digits.bytes();
    match (leading.next(), leading.next()) {
        (Some(b'1' | b'7'), _) => 1,
        (Some(b'2'), Some(b'0' | b'7'))
        | (Some(b'3'), Some(b'0'..=b'4' | b'6' | b'9'))
        | (Some(b'4'), Some(b'0' | b'1' | b'3'..=b'9'))
        | (Some(b'5'), Some(b'1'..=b'8'))
        | (Some(b'6'), Some(b'0'..=b'6'))
        | (Some(b'8'), Some(b'1' | b'2' | b'4' | b'6'))
        | (Some(b'9'), Some(b'0'..=b'5' | b'8')) => 2,
        _ => 3,
    }
}

/// Whether a text is `+`, a country code and at least one more digit.
pub(super) fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        digits.len() > 3 && !digits.starts_with('0') && digits.bytes().all(|digit| digit.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<Phone, ValueError> {
        InternationalOnly.parse(text, None)
    }

    #[test]
    fn what_is_written_for_abroad_is_understood() {
        for (text, e164, national) in [
            ("+86 138-0013-8000", "+8613800138000", "13800138000"),
            ("００８６ １３８００１３８０００", "+8613800138000", "13800138000"),
            ("(+44) (0)20 7946.0018", "+442079460018", "2079460018"),
            ("+39 (0)2 1234 5678", "+390212345678", "0212345678"),
            ("tel:+1-201-555-0123", "+12015550123", "2015550123"),
            ("+7 912 345-67-89", "+79123456789", "9123456789"),
            ("+375 152 450911", "+375152450911", "152450911"),
            ("+370 800 12345", "+37080012345", "80012345"),
        ] {
            let phone = parse(text).expect(text);
            assert_eq!((phone.e164(), phone.national()), (e164, national), "{text}");
            assert_eq!(phone.validity(), PhoneValidity::Possible);
        }
    }

    #[test]
    fn what_is_not_is_refused_with_the_reason() {
        for (text, refused) in [
            ("", not_a_number()),
            ("abc", not_a_number()),
            ("+", not_a_number()),
            ("+1 800 FLOWERS", not_a_number()),
            ("138 0013 8000", unknown_country()),
            ("+0 123 456 789", unknown_country()),
            ("+86 138", too_short()),
            ("+86 138 0013 8000 1234 5678", too_long()),
        ] {
            assert_eq!(parse(text), Err(refused), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_form_of_a_number_reads_back_as_the_number(text in "\\+[1-9][0-9 ()-]{5,18}( x[0-9]{1,4})?") {
            if let Ok(phone) = parse(&text) {
                prop_assert!(is_e164(phone.e164()));
                let again = parse(&phone.to_string()).expect("the same number");
                prop_assert_eq!((again.e164(), again.extension()), (phone.e164(), phone.extension()));
            }
        }

        #[test]
        fn anything_can_be_typed(text: String) {
            if let Ok(phone) = parse(&text) {
                prop_assert!(phone.e164().ends_with(phone.national()));
            }
        }
    }
}
