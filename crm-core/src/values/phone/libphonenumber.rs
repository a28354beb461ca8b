use rlibphonenumber::{PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberType, ValidationError};

use super::international::is_e164;
use super::typed::Typed;
use super::{Phone, PhoneKind, PhoneParser, PhoneValidity, not_a_number, too_long, too_short, unknown_country};
use crate::values::{Region, ValueError};

/// Understands numbers by the rules of every country, as libphonenumber collects them.
///
/// ```
/// use crm_core::values::{Libphonenumber, PhoneKind, PhoneParser, Region};
/// let germany = Some(Region::from_code("DE")?);
/// let phone = Libphonenumber.parse("0151 23456789", germany)?;
/// assert_eq!((phone.e164(), phone.kind()), ("+4915123456789", PhoneKind::Mobile));
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Libphonenumber;

impl PhoneParser for Libphonenumber {
    fn parse(&self, typed: &str, default_region: Option<Region>) -> Result<Phone, ValueError> {
        let Typed { number, extension } = Typed::of(typed);
        let read = read(&number, default_region);
        if read.as_ref().is_ok_and(Phone::is_valid) {
            return read.map(|phone| as_typed(phone, typed, extension));
        }
        // 00 stands for + in writing even where another prefix is dialled for calls abroad.
        let abroad = number.strip_prefix("00").and_then(|abroad| {
            let phone = self::read(&format!("+{abroad}"), None).ok()?;
            phone.is_valid().then_some(phone)
        });
        abroad.map_or(read, Ok).map(|phone| as_typed(phone, typed, extension))
    }
}

fn as_typed(phone: Phone, typed: &str, extension: Option<String>) -> Phone {
    Phone {
        typed: typed.to_owned(),
        extension: extension.or(phone.extension),
        ..phone
    }
}

fn read(number: &str, default_region: Option<Region>) -> Result<Phone, ValueError> {
    // A region without a numbering plan of its own says as little as none.
    let region = default_region.and_then(|region| rlibphonenumber::Region::from_code(region.code()).ok());
    let read = PHONE_NUMBER_UTIL.parse(number, region).map_err(refusal)?;
    if let Err(reason) = PHONE_NUMBER_UTIL.is_possible_number_with_reason(&read) {
        return Err(match reason {
            ValidationError::InvalidCountryCode => unknown_country(),
            ValidationError::TooShort => too_short(),
            ValidationError::TooLong => too_long(),
            ValidationError::InvalidLength => not_a_number(),
        });
    }
    let e164 = e164(&read);
    if !is_e164(&e164) {
        return Err(not_a_number());
    }
    let valid = PHONE_NUMBER_UTIL.is_valid_number(&read);
    Ok(Phone {
        e164,
        extension: read.extension.clone().filter(|extension| !extension.is_empty()),
        typed: String::new(),
        kind: kind(PHONE_NUMBER_UTIL.get_number_type(&read)),
        // Networks of no country are of the region 001, which is not one of ISO 3166.
        region: PHONE_NUMBER_UTIL
            .get_region_for_number(&read)
            .and_then(|region| Region::from_code(&region.as_region_str()).ok()),
        validity: if valid {
            PhoneValidity::Valid
        } else {
            PhoneValidity::Possible
        },
    })
}

fn e164(number: &PhoneNumber) -> String {
    let national = rlibphonenumber::get_national_significant_number_owned(number);
    format!("+{}{national}", number.country_code)
}

fn refusal(error: ParseError) -> ValueError {
    match error {
        ParseError::InvalidCountryCode => unknown_country(),
        ParseError::NotANumber(_) => not_a_number(),
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => too_short(),
        ParseError::TooLongNsn => too_long(),
    }
}

fn kind(kind: PhoneNumberType) -> PhoneKind {
    match kind {
        PhoneNumberType::FixedLine => PhoneKind::FixedLine,
        PhoneNumberType::Mobile => PhoneKind::Mobile,
        PhoneNumberType::FixedLineOrMobile => PhoneKind::FixedLineOrMobile,
        PhoneNumberType::TollFree => PhoneKind::TollFree,
        PhoneNumberType::PremiumRate => PhoneKind::PremiumRate,
        PhoneNumberType::SharedCost => PhoneKind::SharedCost,
        PhoneNumberType::VoIP => PhoneKind::Voip,
        PhoneNumberType::PersonalNumber => PhoneKind::PersonalNumber,
        PhoneNumberType::Pager => PhoneKind::Pager,
        PhoneNumberType::UAN => PhoneKind::Uan,
        PhoneNumberType::VoiceMail => PhoneKind::Voicemail,
        PhoneNumberType::Unknown => PhoneKind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str, region: &str) -> Result<Phone, ValueError> {
        Libphonenumber.parse(text, Region::from_code(region).ok())
    }

    #[test]
    fn a_number_keeps_its_digits_and_says_what_it_is() {
        for (text, region, e164, national) in [
            ("8 (912) 345-67-89", "RU", "+79123456789", "9123456789"),
            ("+375 152 450911", "", "+375152450911", "152450911"),
            ("+370 800 12345", "", "+37080012345", "80012345"),
            ("02 1234 5678", "IT", "+390212345678", "0212345678"),
            ("(010) 6555 1234 转 801", "CN", "+861065551234", "1065551234"),
            ("0086 138 0013 8000", "US", "+8613800138000", "13800138000"),
            ("0086 138 0013 8000", "", "+8613800138000", "13800138000"),
        ] {
            let phone = parse(text, region).expect(text);
            assert_eq!((phone.e164(), phone.national()), (e164, national), "{text}");
            assert!(phone.is_valid(), "{text}");
        }
    }

    #[test]
    fn an_invalid_number_that_could_be_one_is_kept_and_marked() {
        let phone = parse("264-600-4031", "US").expect("a number");
        assert_eq!(phone.validity(), PhoneValidity::Possible);
        assert_eq!(parse("1", "US"), Err(not_a_number()));
        assert_eq!(parse("123", "US"), Err(too_short()));
        assert_eq!(parse("044 668 18 00", "ZZ"), Err(unknown_country()));
    }

    proptest! {
        #[test]
        fn anything_can_be_typed_anywhere(text: String, region in "[A-Z]{2}") {
            if let Ok(phone) = parse(&text, &region) {
                prop_assert!(phone.e164().ends_with(phone.national()));
            }
        }

        // Of a number that is none, a leading 0 may be taken for the prefix of a call at home.
        #[test]
        fn the_form_of_a_valid_number_reads_back_as_the_number(
            text in "[+0]{0,2}[0-9]{2,4}[ /.-]?[0-9 ()-]{4,12}( x[0-9]{1,4})?",
            region in prop::sample::select(vec!["CN", "DE", "US", "IT", "RU", "JP", "GB", "AR", "MX"]),
        ) {
            if let Ok(phone) = parse(&text, region) && phone.is_valid() {
                let again = parse(&phone.to_string(), "").expect("the same number");
                prop_assert_eq!((again.e164(), again.extension()), (phone.e164(), phone.extension()));
            }
        }
    }
}
