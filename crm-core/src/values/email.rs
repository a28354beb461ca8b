use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::ValueError;
use super::fold::half_width;

/// The longest address that a mail system takes, in bytes (RFC 5321, 4.5.3.1.3, without the angle brackets).
const LONGEST: usize = 254;
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_LABEL: usize = 63;

/// An e-mail address that mail systems accept: `local@domain` of RFC 5321, in any script (RFC 6531). No comments, no
/// quotes, no bare host, no number as a host: nobody is reached by those, and all of them are typing errors.
///
/// ```
/// use crm_core::values::Email;
/// let email: Email = " José@Example.COM ".parse()?;
/// assert_eq!(email.to_string(), "José@Example.COM");
/// assert_eq!(email.key(), "josé@example.com");
/// assert!("José <jose@example.com>".parse::<Email>().is_err());
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email {
    typed: String,
    address: String,
}

impl Email {
    /// What was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The address to write to: trimmed, full-width signs made plain, capitals as they were.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The form in which equal addresses are equal: composed (NFC) and in lower case. RFC 5321 leaves it to each
    /// domain whether capitals before the `@` matter; none of the large ones does, people write them as they please,
    /// and two people who differ in nothing else are less likely than one written twice. Dots and `+` stay: those
    /// are rules of single providers.
    pub fn key(&self) -> String {
        self.address.to_lowercase().nfc().collect()
    }

    /// What stands behind the `@`, in lower case.
    pub fn domain(&self) -> String {
        let key = self.key();
        key.rsplit_once('@')
            .map_or(String::new(), |(_, domain)| domain.to_owned())
    }
}

impl FromStr for Email {
    type Err = ValueError;

    fn from_str(typed: &str) -> Result<Self, ValueError> {
        let address: String = typed.trim().chars().map(half_width).collect();
        let address = address.trim().to_owned();
        refuse_wrapping(&address)?;
        let (local, domain) = address
            .rsplit_once('@')
            .ok_or_else(|| refused("it has no @", "Write it as in name@example.com"))?;
        if address.len() > LONGEST || local.len() > LONGEST_LOCAL_PART {
            return Err(refused(
                "it is longer than mail systems accept",
                "Use at most 64 bytes before the @ and 254 in all",
            ));
        }
        check_local_part(local)?;
        // The full stop of Chinese and Japanese keyboards separates labels as well (RFC 3490, 3.1).
        let domain = domain.replace(['。', '｡'], ".");
        check_domain(&domain)?;
        Ok(Self {
            address: format!("{local}@{domain}"),
            typed: typed.to_owned(),
        })
    }
}

/// An address in something else is not taken apart: the rest of it would be lost unseen.
fn refuse_wrapping(text: &str) -> Result<(), ValueError> {
    let is_link = text
        .split_at_checked(7)
        .is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("mailto:"));
    if is_link {
        return Err(refused("it is a mailto: link", "Give the address behind mailto: alone"));
    }
    if text.contains(['<', '>']) {
        return Err(refused(
            "it is an address with a name",
            "Give what stands between < and > alone, and the name where names belong",
        ));
    }
    if text.contains([',', ';']) {
        return Err(refused("it is more than one address", "Give each address by itself"));
    }
    Ok(())
}

/// `Dot-string` of RFC 5321 with the letters of RFC 6531.
fn check_local_part(local: &str) -> Result<(), ValueError> {
    if local.is_empty() {
        return Err(refused(
            "nothing stands before the @",
            "Write it as in name@example.com",
        ));
    }
    if local.split('.').any(str::is_empty) {
        return Err(refused(
            "a full stop stands at an end of its first part, or next to another",
            "Take the full stop out",
        ));
    }
    let is_atom = |sign: char| match sign {
        '.' => true,
        _ if sign.is_ascii() => sign.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(sign),
        _ => is_visible(sign),
    };
    if !local.chars().all(is_atom) {
        return Err(refused(
            "it holds a space or sign that addresses do not have before the @",
            "Take it out, or check the address",
        ));
    }
    Ok(())
}

/// Labels of letters, digits and inner hyphens (RFC 1123), or of letters beyond ASCII (RFC 5890), two at least, and
/// the last one a name.
fn check_domain(domain: &str) -> Result<(), ValueError> {
    let labels: Vec<&str> = domain.split('.').collect();
    let is_letter = |sign: char| {
        if sign.is_ascii() {
            sign.is_ascii_alphanumeric() || sign == '-'
        } else {
            is_visible(sign)
        }
    };
    let is_label = |label: &&str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(is_letter)
    };
    if !labels.iter().all(is_label) {
        return Err(refused(
            "what stands behind the @ is not the name of a domain",
            "Write it as in example.com",
        ));
    }
    let top = labels.last().copied().unwrap_or_default();
    if labels.len() < 2 || top.len() < 2 || top.bytes().all(|sign| sign.is_ascii_digit()) {
        return Err(refused(
            "its domain has no ending such as .com",
            "Write the domain in full, as in example.com",
        ));
    }
    Ok(())
}

/// A letter, digit or mark of any script, as internationalised names are made of (RFC 5892): no space, no sign that
/// nobody sees.
fn is_visible(sign: char) -> bool {
    sign.is_alphanumeric() || is_combining_mark(sign)
}

fn refused(what: &str, hint: &str) -> ValueError {
    ValueError::new(format!("this is not an e-mail address: {what}"), hint)
}

impl fmt::Display for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.address)
    }
}

/// Leaves the address out: it is a customer's.
impl fmt::Debug for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Email")
    }
}

impl Serialize for Email {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.typed)
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> String {
        text.parse::<Email>().expect(text).key()
    }

    #[test]
    fn equal_addresses_have_one_key() {
        assert_eq!(key(" Li.Ming@Example.COM\n"), "li.ming@example.com");
        assert_eq!(key("ｌｉ．ｍｉｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ"), "li.ming@example.com");
        assert_eq!(key("info@MÜNCHEN.de"), key("info@mu\u{308}nchen.de"));
        assert_eq!(key("李明@例子。中国"), "李明@例子.中国");
        assert_ne!(key("li.ming@example.com"), key("liming@example.com"));
        assert_ne!(key("li+a@example.com"), key("li@example.com"));
    }

    #[test]
    fn what_was_typed_is_kept() {
        let email: Email = " Li@Example.com ".parse().expect("an address");
        assert_eq!((email.typed(), email.address()), (" Li@Example.com ", "Li@Example.com"));
        assert_eq!(email.domain(), "example.com");
        let json = serde_json::to_string(&email).expect("JSON");
        assert_eq!(serde_json::from_str::<Email>(&json).expect("an address"), email);
        assert_eq!(format!("{email:?}"), "Email");
    }

    #[test]
    fn what_mail_systems_accept_is_accepted() {
        for text in [
            "a@b.co",
            "o'neil+news@mail.example.co.uk",
            "!#$%&'*+-/=?^_`{|}~@example.org",
            "1@2.example",
            "x@xn--mnchen-3ya.de",
            "用户@例子.广告",
            "अजय@डाटा.भारत",
        ] {
            assert!(text.parse::<Email>().is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_address_is_refused_without_telling_it() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long_label = format!("a@{}.com", "b".repeat(64));
        for text in [
            "",
            "@",
            "a",
            "a@",
            "@b.com",
            "a@b",
            "a@localhost",
            "a b@c.com",
            "a@b c.com",
            "a@@b.com",
            "a.@b.com",
            ".a@b.com",
            "a..b@c.com",
            "a@-b.com",
            "a@b-.com",
            "a@b..com",
            "a@b.com.",
            "a@.com",
            "a@b.1",
            "a@127.0.0.1",
            "a@[127.0.0.1]",
            "\"a b\"@c.com",
            "a(b)@c.com",
            "mailto:a@b.com",
            "Ann <a@b.com>",
            "a@b.com, c@d.com",
            "a@b.com;c@d.com",
            "a@b_c.com",
            "a@b.com\u{200b}x",
            "a\u{202e}b@c.com",
            &long_local,
            &long_label,
        ] {
            let refusal = text.parse::<Email>().expect_err(text).to_string();
            assert!(text.len() < 5 || !refusal.contains(text), "{refusal}");
        }
        for (text, hint) in [
            ("MailTo:a@b.com", "Give the address behind mailto: alone"),
            (
                "Ann <a@b.com>",
                "Give what stands between < and > alone, and the name where names belong",
            ),
        ] {
            assert_eq!(text.parse::<Email>().expect_err(text).hint, hint);
        }
    }

    proptest! {
        #[test]
        fn an_address_and_its_key_are_addresses_with_the_same_key(
            text in "[a-zA-Zéß李.+_-]{1,12}@[a-zA-Z0-9ü例-]{1,8}\\.(com|DE|中国)"
        ) {
            if let Ok(email) = text.parse::<Email>() {
                let again = |text: &str| text.parse::<Email>().map(|email| email.key());
                prop_assert_eq!(again(email.address()), Ok(email.key()));
                prop_assert_eq!(again(&email.key()), Ok(email.key()));
            }
        }

        #[test]
        fn anything_can_be_typed(text: String, domain in "[a-z@.]{0,10}") {
            if let Ok(email) = format!("{text}@{domain}").parse::<Email>() {
                prop_assert!(!email.address().contains(char::is_whitespace));
            }
        }
    }
}
