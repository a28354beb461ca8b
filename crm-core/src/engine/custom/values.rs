use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::StorageKey;
use crate::engine::{FieldKind, FieldValue, Value, wrong_kind};
use crate::values::ValueError;

/// The custom fields of a record: those that hold something, and those that were set and are not written yet.
///
/// What is set goes by the key that people type; when the record is written, each is checked against its definition and
/// kept under the storage key of it. A set of custom values in a draft or a change names what changes, and leaves the
/// rest as it is.
///
/// ```
/// use crm_core::engine::CustomValues;
/// let values = CustomValues::new().with("colour", "red").with("answered", true).without("budget");
/// assert_eq!(values.iter().count(), 0, "nothing of it is written yet");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CustomValues(Option<Arc<Content>>);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
struct Content {
    stored: BTreeMap<StorageKey, Value>,
    /// By the key that people type; nothing where the field is to be emptied.
    given: BTreeMap<String, Value>,
}

impl CustomValues {
    /// None.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Sets a field by its key; nothing empties it.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<Value>) -> &mut Self {
        self.content().given.insert(key.into(), value.into());
        self
    }

    /// The same values with a field set.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set(key, value);
        self
    }

    /// The same values with a field emptied.
    #[must_use]
    pub fn without(self, key: impl Into<String>) -> Self {
        self.with(key, Value::Null)
    }

    /// The written value under a storage key, where there is one. [`crate::engine::Reader::custom_value`] finds it by
    /// the key that people type.
    pub fn get(&self, key: StorageKey) -> Option<&Value> {
        self.0.as_ref()?.stored.get(&key)
    }

    /// The written values, in the order of their storage keys.
    pub fn iter(&self) -> impl Iterator<Item = (StorageKey, &Value)> {
        let stored = self.0.iter().flat_map(|content| &content.stored);
        stored.map(|(key, value)| (*key, value))
    }

    /// Whether nothing is written and nothing set.
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// What was set and is not written yet, by the keys that people type.
    pub(super) fn given(&self) -> impl Iterator<Item = (&str, &Value)> {
        let given = self.0.iter().flat_map(|content| &content.given);
        given.map(|(key, value)| (key.as_str(), value))
    }

    /// The written values alone.
    pub(super) fn written(&self) -> Self {
        self.iter().map(|(key, value)| (key, value.clone())).collect()
    }

    /// Puts a written value under its key; nothing takes it away.
    pub(super) fn put(&mut self, key: StorageKey, value: Value) {
        if value.is_null() {
            if self.get(key).is_some() {
                self.content().stored.remove(&key);
            }
        } else {
            self.content().stored.insert(key, value);
        }
        self.normalize();
    }

    fn content(&mut self) -> &mut Content {
        Arc::make_mut(self.0.get_or_insert_default())
    }

    /// Nothing is the same nothing, however it came about.
    fn normalize(&mut self) {
        if self
            .0
            .as_ref()
            .is_some_and(|content| content.stored.is_empty() && content.given.is_empty())
        {
            self.0 = None;
        }
    }
}

/// Values as they are written; nothing is left out.
impl FromIterator<(StorageKey, Value)> for CustomValues {
    fn from_iter<I: IntoIterator<Item = (StorageKey, Value)>>(values: I) -> Self {
        let stored: BTreeMap<_, _> = values.into_iter().filter(|(_, value)| !value.is_null()).collect();
        let mut values = Self(Some(Arc::new(Content {
            stored,
            given: BTreeMap::new(),
        })));
        values.normalize();
        values
    }
}

/// Shows which fields there are, and nothing of what they hold.
impl fmt::Debug for CustomValues {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_set()
            .entries(self.iter().map(|(key, _)| key))
            .entries(self.given().map(|(key, _)| key))
            .finish()
    }
}

impl FieldValue for CustomValues {
    const KIND: FieldKind = FieldKind::Custom;
    const NULLABLE: bool = true;

    fn to_value(&self) -> Value {
        if self.is_empty() {
            Value::Null
        } else {
            Value::Custom(self.clone())
        }
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Null => Ok(Self::new()),
            Value::Custom(values) => Ok(values),
            other => Err(wrong_kind(Self::KIND, &other)),
        }
    }

    fn change(&mut self, new: Self) {
        let Some(new) = new.0 else { return };
        let content = self.content();
        content.stored.extend(new.stored.clone());
        content.given.extend(new.given.clone());
    }
}

impl From<CustomValues> for Value {
    fn from(values: CustomValues) -> Self {
        values.to_value()
    }
}

/// The written values, as the change log keeps them.
impl Serialize for CustomValues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for CustomValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(|stored: BTreeMap<StorageKey, Value>| stored.into_iter().collect())
    }
}
