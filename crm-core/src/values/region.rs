use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ValueError;

/// A country or territory, by its two-letter code of ISO 3166-1.
///
/// ```
/// use crm_core::values::Region;
/// assert_eq!(Region::from_code("cn")?.code(), "CN");
/// assert!(Region::from_code("CHN").is_err());
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region([u8; 2]);

impl Region {
    /// The region of a two-letter code, in capitals or not. Whether the code is assigned is not asked: lists of
    /// countries change.
    ///
    /// # Errors
    /// When it is not two Latin letters.
    pub fn from_code(code: &str) -> Result<Self, ValueError> {
        match code.trim().as_bytes() {
            [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Ok(Self([first.to_ascii_uppercase(), second.to_ascii_uppercase()]))
            }
            _ => Err(ValueError::new(
                "this is not the code of a country in ISO 3166",
                "Use two letters, as in CN, DE or US",
            )),
        }
    }

    /// The two letters, in capitals.
    pub fn code(&self) -> &str {
        // Two ASCII letters are always a text.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl FromStr for Region {
    type Err = ValueError;

    fn from_str(code: &str) -> Result<Self, ValueError> {
        Self::from_code(code)
    }
}

impl Serialize for Region {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Region {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}
