mod caller;
mod international;
#[cfg(feature = "phones")]
mod libphonenumber;
mod typed;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

pub use caller::caller_keys;
pub use international::InternationalOnly;
#[cfg(feature = "phones")]
pub use libphonenumber::Libphonenumber;

use super::{Region, ValueError};

/// Reads telephone numbers as people write them.
pub trait PhoneParser: fmt::Debug + Send + Sync + 'static {
    /// The number, which is taken to be one of `default_region` where it is written without a country code. One that
    /// no network has assigned is still a number, and says so ([`Phone::validity`]).
    ///
    /// # Errors
    /// When this is no number, its country cannot be known, or no number of its country is as short or as long.
    fn parse(&self, typed: &str, default_region: Option<Region>) -> Result<Phone, ValueError>;
}

/// The best parser that this build has: the rules of every country with the feature `phones`, else only what is
/// written with its country code.
pub fn phone_parser() -> Arc<dyn PhoneParser> {
    #[cfg(feature = "phones")]
    let parser = Libphonenumber;
    #[cfg(not(feature = "phones"))]
    let parser = InternationalOnly;
    Arc::new(parser)
}

/// A telephone number: the one form in which equal numbers are equal, and what was typed.
///
/// ```
/// use crm_core::values::{InternationalOnly, PhoneParser};
/// let phone = InternationalOnly.parse("+86 (10) 6555-1234 转 801", None)?;
/// assert_eq!(phone.e164(), "+861065551234");
/// assert_eq!(phone.national(), "1065551234");
/// assert_eq!(phone.extension(), Some("801"));
/// assert_eq!(phone.typed(), "+86 (10) 6555-1234 转 801");
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Phone {
    #[serde(deserialize_with = "checked_e164")]
    e164: String,
    extension: Option<String>,
    typed: String,
    kind: PhoneKind,
    region: Option<Region>,
    validity: PhoneValidity,
}

impl Phone {
    /// `+`, the country code and the national number, as ITU-T E.164 writes it.
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The national (significant) number: what follows the country code, without the prefix for calls at home.
    pub fn national(&self) -> &str {
        &self.e164[1 + international::calling_code_length(&self.e164[1..])..]
    }

    /// What is dialled once the call is answered.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What kind of number it is, as far as its digits tell.
    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// The region whose number it is; `None` where its digits do not tell.
    pub fn region(&self) -> Option<Region> {
        self.region
    }

    /// Whether such a number is assigned.
    pub fn validity(&self) -> PhoneValidity {
        self.validity
    }

    /// Whether such a number is assigned, by the numbering plan of its country.
    pub fn is_valid(&self) -> bool {
        self.validity == PhoneValidity::Valid
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.e164)?;
        match &self.extension {
            Some(extension) => write!(formatter, " ext. {extension}"),
            None => Ok(()),
        }
    }
}

/// Leaves the digits out: they are a customer's.
impl fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Phone")
            .field("kind", &self.kind)
            .field("validity", &self.validity)
            .finish_non_exhaustive()
    }
}

/// What a telephone number is for, as far as a numbering plan tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    /// A line to a place.
    FixedLine,
    /// A mobile telephone.
    Mobile,
    /// One of the two, in plans that do not tell them apart, as in North America.
    FixedLineOrMobile,
    /// Free for the caller.
    TollFree,
    /// The caller pays more.
    PremiumRate,
    /// Caller and called share the cost.
    SharedCost,
    /// A telephone on the internet.
    Voip,
    /// A number that follows a person.
    PersonalNumber,
    /// A pager.
    Pager,
    /// One number for all places of a company.
    Uan,
    /// A voice mailbox.
    Voicemail,
    /// Not known.
    Unknown,
}

/// How far a number is known to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneValidity {
    /// Its length fits, and no more is known: the plan of its country has no such number, or was not asked.
    Possible,
    /// The plan of its country has such numbers.
    Valid,
}

fn checked_e164<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if international::is_e164(&text) {
        return Ok(text);
    }
    Err(serde::de::Error::custom(not_a_number()))
}

fn not_a_number() -> ValueError {
    ValueError::new(
        "this is not a telephone number",
        "Write its digits, as in +86 138 0013 8000",
    )
}

fn unknown_country() -> ValueError {
    ValueError::new(
        "the country of the telephone number is not known",
        "Write it with + and the country code, or set the region in which numbers without one are dialled",
    )
}

fn too_short() -> ValueError {
    ValueError::new(
        "the telephone number is shorter than any of its country",
        "Complete it, with its area code",
    )
}

fn too_long() -> ValueError {
    ValueError::new(
        "the telephone number is longer than any of its country",
        "Check its digits, and write an extension behind ext.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_reads_back_from_json_and_broken_ones_do_not() {
        let phone = InternationalOnly.parse("+49 30 901820 x7", None).expect("a number");
        let json = serde_json::to_string(&phone).expect("JSON");
        assert_eq!(serde_json::from_str::<Phone>(&json).expect("a phone"), phone);
        for broken in ["", "+", "4930901820", "+0930901820", "+49é30901820"] {
            let json = json.replace("+4930901820", broken);
            assert!(serde_json::from_str::<Phone>(&json).is_err(), "{json}");
        }
    }

    #[test]
    fn debug_shows_no_digit() {
        let phone = InternationalOnly.parse("+49 30 901820 x7", None).expect("a number");
        assert!(!format!("{phone:?}").contains(|sign: char| sign.is_ascii_digit()));
        assert_eq!(phone.to_string(), "+4930901820 ext. 7");
    }
}
