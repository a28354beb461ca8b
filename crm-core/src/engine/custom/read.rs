//! Custom fields by the keys that people type.

use std::sync::Arc;

use super::complete::{custom_field_of, values_of};
use super::{CustomFieldDef, CustomFields};
use crate::engine::{Entity, EntityDef, Path, Reader, Result, Value};

impl Reader<'_> {
    /// The custom fields of all kinds of records; read once a transaction, when they are asked for first.
    ///
    /// # Errors
    /// Of the storage.
    pub fn custom_fields(&mut self) -> Result<CustomFields> {
        if let Some(fields) = &self.custom_fields {
            return Ok(fields.clone());
        }
        let fields = match self.schema().custom_fields() {
            Some(source) => CustomFields::new((source.read)(self)?),
            None => CustomFields::default(),
        };
        self.custom_fields = Some(fields.clone());
        Ok(fields)
    }

    /// The path to a custom field, for filters, orders and aggregates: `custom_field(Customer::DEF, "colour")`.
    /// `_currency` behind the key of an amount leads to its currency.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] where the entity has no such field.
    pub fn custom_field(&mut self, entity: &'static EntityDef, key: &str) -> Result<Path> {
        let fields = self.custom_fields()?;
        fields.path(entity, key).ok_or_else(|| fields.unknown(entity, key))
    }

    /// What a record holds in a custom field, by its key; nothing where it is empty.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] where the entity has no such field.
    pub fn custom_value<E: Entity>(&mut self, record: &E, key: &str) -> Result<Value> {
        let fields = self.custom_fields()?;
        let values = values_of(record, custom_field_of(E::DEF)?)?;
        let field = fields.by_key(E::DEF, key).ok_or_else(|| fields.unknown(E::DEF, key))?;
        Ok(values.get(field.storage_key).cloned().unwrap_or_default())
    }

    /// What a record holds in its custom fields, in the order in which people see them; retired ones are left out.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] where the entity has no custom fields.
    pub fn custom_values<E: Entity>(&mut self, record: &E) -> Result<Vec<(Arc<CustomFieldDef>, Value)>> {
        let fields = self.custom_fields()?;
        let values = values_of(record, custom_field_of(E::DEF)?)?;
        let shown = fields.of(E::DEF).filter(|field| !field.retired);
        let held = shown.filter_map(|field| Some((Arc::clone(field), values.get(field.storage_key)?.clone())));
        Ok(held.collect())
    }
}
