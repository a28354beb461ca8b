//! What was set is checked against its definition, and kept under the storage key of it.

use super::{CustomFieldDef, CustomFieldKind, CustomFields, CustomValues};
use crate::engine::choice::no_such_choice;
use crate::engine::field_rules::check_text;
use crate::engine::{CrmError, Entity, EntityDef, FieldValue, RecordId, Result, Tx, Value};
use crate::values::Decimal;

impl Tx<'_> {
    /// Sets one custom field of a record by its key; nothing empties it.
    ///
    /// # Errors
    /// [`CrmError::NotFound`], and [`CrmError::Invalid`] for a field that there is not, that is retired, or of another
    /// kind.
    pub fn set_custom<I: RecordId>(&mut self, id: I, key: &str, value: impl Into<Value>) -> Result<I::Entity> {
        let field = custom_field_of(I::Entity::DEF)?;
        let before = self.get(id)?;
        let mut values = values_of(&before, field)?;
        values.set(key, value);
        let mut after = before.clone();
        after.set(field, values.to_value())?;
        self.save(&before, after)
    }

    /// Resolves what was set to storage keys, and checks it.
    pub(in crate::engine) fn complete_custom<E: Entity>(&mut self, before: Option<&E>, record: &mut E) -> Result<()> {
        let Some(field) = E::DEF.custom_field() else {
            return Ok(());
        };
        let values = values_of(record, field)?;
        let was = before.map_or(Ok(CustomValues::new()), |before| values_of(before, field))?;
        if self.schema().custom_fields().is_none() && values.is_empty() || before.is_some() && values == was {
            return Ok(());
        }
        let fields = self.custom_fields()?;
        let completed = fields.completed(E::DEF, &values, &was)?;
        if before.is_none() || completed != was {
            fields.check_required(E::DEF, &completed)?;
        }
        record.set(field, completed.to_value())
    }
}

impl CustomFields {
    fn completed(&self, entity: &'static EntityDef, values: &CustomValues, was: &CustomValues) -> Result<CustomValues> {
        let mut completed = values.written();
        for (key, value) in completed.iter().filter(|(key, value)| was.get(*key) != Some(*value)) {
            let def = self.by_storage_key(entity, key);
            let def = def.ok_or_else(|| self.unknown(entity, &key.to_string()))?;
            def.check(entity, value)?;
        }
        for (key, value) in values.given() {
            let def = self.by_key(entity, key).ok_or_else(|| self.unknown(entity, key))?;
            let value = def.read(value);
            def.check(entity, &value)?;
            completed.put(def.storage_key, value);
        }
        Ok(completed)
    }

    fn check_required(&self, entity: &'static EntityDef, values: &CustomValues) -> Result<()> {
        let mut required = self.of(entity).filter(|def| def.required && !def.retired);
        let missing = required.find(|def| match values.get(def.storage_key) {
            None => true,
            Some(Value::Text(text)) => text.trim().is_empty(),
            Some(_) => false,
        });
        missing.map_or(Ok(()), |def| {
            Err(def.refused(
                entity,
                "it is required, and there is nothing in it",
                format!("Give {}", def.describe()),
            ))
        })
    }
}

impl CustomFieldDef {
    /// The value in the kind of the field: a whole number is a decimal number as well.
    fn read(&self, value: &Value) -> Value {
        match (self.kind(), value) {
            (CustomFieldKind::Number, Value::Integer(number)) => Value::Decimal(Decimal::from(*number)),
            _ => value.clone(),
        }
    }

    /// Refuses what may not be written into the field.
    fn check(&self, entity: &'static EntityDef, value: &Value) -> Result<()> {
        if self.retired {
            return Err(self.refused(
                entity,
                "the field is retired",
                "Leave it out, or put the field back to use",
            ));
        }
        if !self.kind().field_kind().admits(value) {
            return Err(self.refused(
                entity,
                format!("the value is {} and does not fit", value.kind_name()),
                format!("Give {}", self.describe()),
            ));
        }
        match value {
            Value::Text(code) if self.kind() == CustomFieldKind::Choice => {
                let codes = self.codes_in_use();
                let known = codes.contains(&code.as_str());
                known
                    .then_some(())
                    .ok_or_else(|| CrmError::invalid_value(entity.name, self.name(), no_such_choice(code, &codes)))
            }
            Value::Text(text) => check_text(entity, self.name(), text),
            _ => Ok(()),
        }
    }

    fn refused(&self, entity: &'static EntityDef, reason: impl Into<String>, hint: impl Into<String>) -> CrmError {
        CrmError::invalid(entity.name, self.name(), reason, hint)
    }
}

/// The place of the field that holds the custom ones.
pub(super) fn custom_field_of(entity: &'static EntityDef) -> Result<usize> {
    entity.custom_field().ok_or_else(|| {
        CrmError::invalid(
            entity.name,
            "custom",
            "records of this kind have no custom fields",
            "Define the field on another kind of record",
        )
    })
}

pub(super) fn values_of<E: Entity>(record: &E, field: usize) -> Result<CustomValues> {
    crate::engine::field_from_value(E::DEF, field, record.value(field))
}
