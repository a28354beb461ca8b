use super::CustomField;
use crate::engine::{CrmError, CustomFieldDef, CustomFieldSource, Entity, Query, Reader, RecordId, Result};

/// Where the engine finds the definitions.
pub(crate) const DEFINITIONS: CustomFieldSource = CustomFieldSource {
    entity: CustomField::DEF,
    read: definitions,
};

fn definitions(reader: &mut Reader<'_>) -> Result<Vec<CustomFieldDef>> {
    let in_order = Query::of::<CustomField>().order_by(CustomField::POSITION);
    let fields = reader.find::<CustomField>(&in_order)?;
    fields.iter().map(CustomField::definition).collect()
}

impl CustomField {
    fn definition(&self) -> Result<CustomFieldDef> {
        Ok(CustomFieldDef {
            id: self.id.uuid(),
            table: self.record_table.clone(),
            storage_key: self.storage_key.parse().map_err(|_| CrmError::Corrupt {
                reason: format!("the custom field {} has no storage key", self.id),
            })?,
            key: self.key.clone(),
            label: self.label.clone(),
            refers_to: self.refers_to.clone(),
            options: self.read_options()?,
            required: self.required,
            indexed: self.indexed,
            retired: self.retired_at.is_some(),
        })
    }
}
