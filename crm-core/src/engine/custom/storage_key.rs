use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::FieldKind;
use crate::values::ValueError;

crate::choice! {
    /// What a custom field holds.
    pub enum CustomFieldKind {
        /// Text.
        Text = "text",
        /// An exact decimal number with up to six digits after its point.
        Number = "number",
        /// An amount of one currency.
        Money = "money",
        /// A date.
        Date = "date",
        /// An instant.
        Instant = "instant",
        /// Yes or no.
        Boolean = "boolean",
        /// One of the options of its definition.
        Choice = "choice",
        /// The id of a record.
        Reference = "reference",
    }
}

impl CustomFieldKind {
    /// The kind of its values; those of a choice are the codes of its options.
    pub const fn field_kind(self) -> FieldKind {
        match self {
            Self::Text | Self::Choice => FieldKind::Text,
            Self::Number => FieldKind::Decimal { scale: 6 },
            Self::Money => FieldKind::Money,
            Self::Date => FieldKind::Date,
            Self::Instant => FieldKind::Instant,
            Self::Boolean => FieldKind::Bool,
            Self::Reference => FieldKind::Id,
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::Text => 't',
            Self::Number => 'n',
            Self::Money => 'm',
            Self::Date => 'd',
            Self::Instant => 'i',
            Self::Boolean => 'b',
            Self::Choice => 'c',
            Self::Reference => 'r',
        }
    }
}

/// Under which a custom field keeps its values, whatever it is called: a letter for its kind, and the last twelve digits
/// of the id of its definition, which are random.
///
/// The kind is a part of it so that values can be read without their definitions.
///
/// ```
/// use crm_core::engine::{CustomFieldKind, StorageKey};
/// let id = "01980000-0000-7000-8000-00c0ffee0000".parse().unwrap();
/// let key = StorageKey::new(CustomFieldKind::Date, id);
/// assert_eq!(key.to_string(), "d00c0ffee0000");
/// assert_eq!("d00c0ffee0000".parse(), Ok(key));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StorageKey {
    kind: CustomFieldKind,
    number: u64,
}

impl StorageKey {
    const DIGITS: usize = 12;

    /// The key of a field whose definition has this id.
    pub fn new(kind: CustomFieldKind, id: Uuid) -> Self {
        Self {
            kind,
            number: id.as_u64_pair().1 & 0xffff_ffff_ffff,
        }
    }

    /// What the field holds.
    pub const fn kind(self) -> CustomFieldKind {
        self.kind
    }
}

impl fmt::Display for StorageKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}{:0width$x}",
            self.kind.letter(),
            self.number,
            width = Self::DIGITS
        )
    }
}

impl fmt::Debug for StorageKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "StorageKey({self})")
    }
}

impl FromStr for StorageKey {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let read = || {
            let kind = CustomFieldKind::ALL
                .iter()
                .find(|kind| text.starts_with(kind.letter()))?;
            let digits = &text[1..];
            let plain =
                digits.len() == Self::DIGITS && digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
            let number = u64::from_str_radix(digits, 16).ok().filter(|_| plain)?;
            Some(Self { kind: *kind, number })
        };
        read().ok_or_else(|| {
            ValueError::new(
                "this is not the storage key of a custom field",
                "Give a letter and twelve digits, as a definition has them",
            )
        })
    }
}

impl TryFrom<String> for StorageKey {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<StorageKey> for String {
    fn from(key: StorageKey) -> Self {
        key.to_string()
    }
}
