//! What the change log says, by the names that people know fields by.

use std::collections::BTreeMap;

use super::custom::{CustomFields, CustomValues, StorageKey};
use super::entity::EntityDef;
use super::log::Change;
use super::value::{FieldKind, Value};
use super::{FieldChange, Schema};

/// A field that changed, by the name that people know it by.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedChange {
    /// The name of the field; of a custom field its key behind `custom.`, or where it keeps its values if nobody knows
    /// the field any more.
    pub field: String,
    /// What the field holds; nothing where no field has the name any more.
    pub kind: Option<FieldKind>,
    /// Its value before; nothing where the record was created.
    pub before: Value,
    /// Its value after; nothing where the record was removed.
    pub after: Value,
}

impl Change {
    /// The fields that changed, each custom field for itself.
    ///
    /// ```
    /// use crm_core::{Crm, customers::CustomerDraft};
    /// let crm = Crm::in_memory();
    /// let acme = crm.write(|tx| tx.create(CustomerDraft::organization("Acme GmbH")))?;
    /// let named = crm.read(|reader| {
    ///     let history = reader.history(acme.id)?;
    ///     let custom = reader.custom_fields()?;
    ///     Ok(history[0].change.by_name(reader.schema(), &custom))
    /// })?;
    /// assert!(named.iter().any(|change| change.field == "name" && change.before.is_null()));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    pub fn by_name(&self, schema: Schema, custom: &CustomFields) -> Vec<NamedChange> {
        let entity = schema.entity(&self.table);
        self.fields
            .iter()
            .flat_map(|change| match (&change.before, &change.after, entity) {
                (Value::Custom(_), _, Some(entity)) | (_, Value::Custom(_), Some(entity)) => {
                    of_custom(entity, change, custom)
                }
                _ => vec![of_field(entity, change)],
            })
            .collect()
    }
}

fn of_field(entity: Option<&'static EntityDef>, change: &FieldChange) -> NamedChange {
    let place = entity.and_then(|entity| entity.field_index(&change.field));
    NamedChange {
        field: change.field.to_string(),
        kind: place.zip(entity).map(|(place, entity)| entity.fields[place].kind),
        before: change.before.clone(),
        after: change.after.clone(),
    }
}

fn of_custom(entity: &'static EntityDef, change: &FieldChange, custom: &CustomFields) -> Vec<NamedChange> {
    let mut values: BTreeMap<StorageKey, (Value, Value)> = BTreeMap::new();
    for (key, value) in held(&change.before) {
        values.entry(key).or_default().0 = value;
    }
    for (key, value) in held(&change.after) {
        values.entry(key).or_default().1 = value;
    }
    values
        .into_iter()
        .map(|(key, (before, after))| {
            let field = custom.by_storage_key(entity, key);
            let name = field.map_or_else(|| key.to_string(), |field| field.key.clone());
            NamedChange {
                field: format!("{}.{name}", change.field),
                kind: Some(key.kind().field_kind()),
                before,
                after,
            }
        })
        .collect()
}

fn held(value: &Value) -> Vec<(StorageKey, Value)> {
    match value {
        Value::Custom(values) => CustomValues::iter(values)
            .map(|(key, value)| (key, value.clone()))
            .collect(),
        _ => Vec::new(),
    }
}
