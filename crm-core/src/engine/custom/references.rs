//! Custom fields that refer to other records: what they refer to is there, and stays as long as they do.

use uuid::Uuid;

use super::{CustomFieldKind, CustomValues};
use crate::engine::{CrmError, EntityDef, OnDelete, Path, Reader, Reference, Result, Tx, Value};

impl Reader<'_> {
    /// The custom fields by which records refer to those of a table. While they do, these are not deleted.
    pub(in crate::engine) fn custom_references_to(&mut self, table: &str) -> Result<Vec<Path>> {
        let fields = self.custom_fields()?;
        let schema = self.schema();
        let referring = fields.iter().filter(|field| field.refers_to.as_deref() == Some(table));
        Ok(referring
            .filter_map(|field| Path::custom(schema.entity(&field.table)?, field))
            .collect())
    }
}

impl Tx<'_> {
    /// The first of a record's custom references to what is not there: its field's name, the table and the id.
    pub(in crate::engine) fn dangling_custom(
        &mut self,
        entity: &'static EntityDef,
        values: &CustomValues,
    ) -> Result<Option<(String, &'static str, Uuid)>> {
        let references = values
            .iter()
            .filter(|(key, _)| key.kind() == CustomFieldKind::Reference);
        for (key, value) in references {
            let fields = self.custom_fields()?;
            let (Some(field), Value::Id(id)) = (fields.by_storage_key(entity, key), value) else {
                continue;
            };
            let table = field.refers_to.as_deref().and_then(|table| self.schema().entity(table));
            let Some(EntityDef { table, .. }) = table else { continue };
            let on_delete = OnDelete::Restrict;
            if !self.is_there(Reference { table, on_delete }, *id)? {
                return Ok(Some((field.name(), table, *id)));
            }
        }
        Ok(None)
    }
}

/// The refusal of a reference to what is not there.
pub(in crate::engine) fn not_there(
    entity: &'static EntityDef,
    field: impl Into<std::borrow::Cow<'static, str>>,
    table: &str,
    id: Uuid,
) -> CrmError {
    CrmError::invalid(
        entity.name,
        field,
        format!("there is no record {id} in {table}"),
        "Create it first, or refer to another",
    )
}
