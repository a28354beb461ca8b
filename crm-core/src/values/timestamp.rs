use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::ValueError;

/// An instant: milliseconds since 1970-01-01T00:00:00Z, in UTC.
///
/// ```
/// use crm_core::values::Timestamp;
/// let at: Timestamp = "2026-02-28T23:30:00+08:00".parse()?;
/// assert_eq!(at.to_string(), "2026-02-28T15:30:00.000Z");
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant this many milliseconds after 1970-01-01T00:00:00Z.
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    /// The instant this many milliseconds later (earlier, where negative); stops at the ends of time.
    pub const fn plus_milliseconds(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// The same instant for `chrono`; `None` outside the years that `chrono` knows.
    pub fn to_utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0)
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_millis())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_utc() {
            Some(at) => formatter.write_str(&at.to_rfc3339_opts(SecondsFormat::Millis, true)),
            None => write!(formatter, "{} ms", self.0),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for Timestamp {
    type Err = ValueError;

    /// Reads RFC 3339. A time without an offset is refused: it would be a guess.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        DateTime::parse_from_rfc3339(text)
            .map(|at| Self(at.timestamp_millis()))
            .map_err(|_| {
                ValueError::new(
                    "this is not an instant as RFC 3339 writes it",
                    "Write it with its offset, as in 2026-12-31T17:00:00Z or 2026-12-31T17:00:00+08:00",
                )
            })
    }
}
