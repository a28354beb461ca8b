use crate::engine::Value;
use crate::values::NaiveDate;

/// An answer about one group, and the key that its opportunities have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouped<K, T> {
    /// What they have in common: the value of a field, or the first day of a period.
    pub key: K,
    /// The answer.
    pub answer: T,
}

/// What becomes of opportunities that have nothing to be grouped by, such as those without a customer in an answer by
/// industry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unknown {
    /// They are a group of their own, the first one; its key is [`Value::Null`].
    #[default]
    Kept,
    /// They are left out.
    LeftOut,
}

/// The date in a group's key, where there is one.
pub(super) fn date_key(key: &Value) -> Option<NaiveDate> {
    match key {
        Value::Date(day) => Some(*day),
        _ => None,
    }
}
