//! Changes of a value that has parts: of custom fields, each is set, logged and undone alone.

use super::CustomValues;
use crate::engine::{FieldValue, Value};

impl Value {
    /// This value changed to another, as [`FieldValue::change`] does it.
    pub(in crate::engine) fn changed(self, new: Self) -> Self {
        let Self::Custom(new) = new else { return new };
        let mut values = custom(&self);
        values.change(new);
        values.to_value()
    }

    /// What the change log keeps of a change: of custom fields those that differ, of everything else the whole.
    pub(in crate::engine) fn change_of(before: Self, after: Self) -> (Self, Self) {
        if !are_custom(&before, &after) {
            return (before, after);
        }
        let (before, after) = (custom(&before), custom(&after));
        (beyond(&before, &after).to_value(), beyond(&after, &before).to_value())
    }

    /// This value after a change: of custom fields, those that the change took away are gone, those that it put are
    /// there, and the others are as they were.
    pub(in crate::engine) fn patched(&self, taken: &Self, put: &Self) -> Self {
        if !are_custom(taken, put) {
            return put.clone();
        }
        let mut values = custom(self);
        for (key, _) in custom(taken).iter() {
            values.put(key, Self::Null);
        }
        for (key, value) in custom(put).iter() {
            values.put(key, value.clone());
        }
        values.to_value()
    }

    /// Whether this value still is as a change left it; custom fields that it did not change do not count.
    pub(in crate::engine) fn stands(&self, before: &Self, after: &Self) -> bool {
        if !are_custom(before, after) {
            return self == after;
        }
        let (current, before, after) = (custom(self), custom(before), custom(after));
        let mut changed = before.iter().chain(after.iter()).map(|(key, _)| key);
        changed.all(|key| current.get(key) == after.get(key))
    }
}

fn are_custom(one: &Value, other: &Value) -> bool {
    matches!((one, other), (Value::Custom(_), _) | (_, Value::Custom(_)))
}

/// The custom values of a field; none where there is nothing.
fn custom(value: &Value) -> CustomValues {
    match value {
        Value::Custom(values) => values.clone(),
        _ => CustomValues::new(),
    }
}

/// The values of the first that the second does not have as well.
fn beyond(values: &CustomValues, others: &CustomValues) -> CustomValues {
    let differing = values.iter().filter(|(key, value)| others.get(*key) != Some(*value));
    differing.map(|(key, value)| (key, value.clone())).collect()
}
