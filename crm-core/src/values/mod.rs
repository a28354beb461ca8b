//! The values that records are made of: money, instants, days, names, addresses, numbers to call. No floats, no naive
//! times, and the keys by which texts are compared.

mod address;
mod calendar;
mod email;
mod fold;
mod money;
mod person_name;
mod phone;
pub mod pinyin;
mod region;
mod script;
mod thousands;
mod timestamp;

pub use address::Address;
pub use calendar::{Period, day_number, day_of_number, local_date, start_of_day};
pub use email::Email;
pub use fold::fold;
pub use money::{Currency, Money};
pub use person_name::{NameOrder, PersonName, sort_key_of_text};
#[cfg(feature = "phones")]
pub use phone::Libphonenumber;
pub use phone::{InternationalOnly, Phone, PhoneKind, PhoneParser, PhoneValidity, caller_keys, phone_parser};
pub use region::Region;
pub use thousands::thousands_apart;
pub use timestamp::Timestamp;

pub use chrono::NaiveDate;
pub use chrono_tz::Tz;
pub use rust_decimal::Decimal;
pub use uuid::Uuid;

/// Why a text or a number is not a value of its type, and what to do about it.
///
/// It never holds the value itself: what a customer typed stays out of messages and logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}. {hint}")]
pub struct ValueError {
    /// What is wrong, as a clause: `the currency XYZ is not in ISO 4217`.
    pub reason: String,
    /// What to do, as a sentence without its full stop.
    pub hint: String,
}

impl ValueError {
    /// A value error from its two sentences.
    pub fn new(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            hint: hint.into(),
        }
    }
}
