use super::{PhoneParser, PhoneValidity};
use crate::values::Region;
use crate::values::fold::half_width;

/// The keys ([`super::Phone::e164`]) by which the number of a caller may be stored, best first. `arrived` is what
/// the network delivers: with or without `+`, `00` or the prefix of calls at home, digits or a `tel:` or `sip:` URI.
/// Empty for a caller who shows no number.
///
/// Digits without any prefix can be read in two ways, as dialled in `region` and with their country code. Both are
/// given, and the later one is to be asked for only where the earlier one is not stored.
///
/// ```
/// use crm_core::values::{Region, caller_keys, phone_parser};
/// let (parser, china) = (phone_parser(), Some(Region::from_code("CN")?));
/// # #[cfg(feature = "phones")]
/// for arrived in ["013800138000", "+8613800138000", "008613800138000", "138 0013 8000", "8613800138000"] {
///     assert_eq!(caller_keys(arrived, china, &*parser)[0], "+8613800138000");
/// }
/// assert!(caller_keys("anonymous", china, &*parser).is_empty());
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
pub fn caller_keys(arrived: &str, region: Option<Region>, parser: &dyn PhoneParser) -> Vec<String> {
    let plain: String = arrived.trim().chars().map(half_width).collect();
    let number = without_sip(&plain);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let with_country_code = digits.strip_prefix("00").unwrap_or(&digits);
    let mut readings: Vec<_> = parser.parse(number, region).into_iter().collect();
    // A 0 in front is the prefix of a call at home, never of a country.
    if !number.contains('+') && !with_country_code.is_empty() && !with_country_code.starts_with('0') {
        readings.extend(parser.parse(&format!("+{with_country_code}"), None));
    }
    readings.sort_by_key(|phone| phone.validity() != PhoneValidity::Valid);
    let mut keys: Vec<String> = Vec::new();
    for phone in readings {
        if !keys.iter().any(|key| key == phone.e164()) {
            keys.push(phone.e164().to_owned());
        }
    }
    keys
}

/// The user part of a SIP URI (RFC 3261), which is the number of a telephone behind it; any other text as it is.
fn without_sip(text: &str) -> &str {
    let (scheme, rest) = text.split_once(':').unwrap_or_default();
    if !scheme.eq_ignore_ascii_case("sip") && !scheme.eq_ignore_ascii_case("sips") {
        return text;
    }
    let user = rest.split('@').next().unwrap_or_default();
    user.split(';').next().unwrap_or_default()
}

#[cfg(all(test, feature = "phones"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::values::phone::Libphonenumber;

    fn keys(arrived: &str, region: &str) -> Vec<String> {
        caller_keys(arrived, Region::from_code(region).ok(), &Libphonenumber)
    }

    #[test]
    fn a_number_is_found_in_every_form_in_which_it_arrives() {
        for (arrived, region, best) in [
            ("013800138000", "CN", "+8613800138000"),
            ("+8613800138000", "CN", "+8613800138000"),
            ("008613800138000", "CN", "+8613800138000"),
            ("138 0013 8000", "CN", "+8613800138000"),
            ("8613800138000", "CN", "+8613800138000"),
            ("8613800138000", "", "+8613800138000"),
            ("008613800138000", "US", "+8613800138000"),
            ("sip:+4930901820@example.com;user=phone", "CN", "+4930901820"),
            ("tel:+49-30-901820", "CN", "+4930901820"),
            ("030901820", "DE", "+4930901820"),
            ("4930901820", "DE", "+4930901820"),
            ("14155552671", "US", "+14155552671"),
            ("4155552671", "US", "+14155552671"),
            ("１３８００１３８０００", "CN", "+8613800138000"),
        ] {
            let keys = keys(arrived, region);
            assert_eq!(keys.first().map(String::as_str), Some(best), "{arrived}: {keys:?}");
        }
    }

    #[test]
    fn who_shows_no_number_has_no_key() {
        for arrived in ["", "anonymous", "sip:anonymous@anonymous.invalid", "Unavailable", "+"] {
            assert_eq!(keys(arrived, "CN"), Vec::<String>::new(), "{arrived}");
        }
    }

    proptest! {
        #[test]
        fn anything_may_arrive(arrived: String) {
            let keys = keys(&arrived, "DE");
            prop_assert!(keys.len() <= 2);
        }

        #[test]
        fn a_stored_mobile_number_is_found_by_its_digits(subscriber in 13_000_000_000_u64..19_999_999_999) {
            if let Ok(stored) = Libphonenumber.parse(&subscriber.to_string(), Region::from_code("CN").ok())
                && stored.is_valid()
            {
                for arrived in [format!("0{subscriber}"), format!("+86{subscriber}"), format!("0086{subscriber}")] {
                    let best = keys(&arrived, "CN").into_iter().next();
                    prop_assert_eq!(best.as_deref(), Some(stored.e164()));
                }
            }
        }
    }
}
