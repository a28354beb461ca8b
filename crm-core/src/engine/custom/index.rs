//! Indexes on demand: the store keeps one on each custom field whose definition asks for it.

use super::StorageKey;
use crate::engine::{EntityDef, Result, Tx};

/// An index on a custom field that a store keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomIndex {
    /// The kind of record that has the field.
    pub entity: &'static EntityDef,
    /// Under which the field keeps its values.
    pub key: StorageKey,
}

impl Tx<'_> {
    /// Whether records of this kind define custom fields.
    pub(in crate::engine) fn defines_custom_fields(&self, entity: &'static EntityDef) -> bool {
        let source = self.schema().custom_fields();
        source.is_some_and(|source| source.entity == entity)
    }

    /// Lets the store keep the indexes that the definitions ask for, where this transaction wrote any of them.
    pub(in crate::engine) fn index_custom_fields(&mut self) -> Result<()> {
        let schema = self.schema();
        let source = schema.custom_fields();
        if !source.is_some_and(|source| self.tables.contains(source.entity.table)) {
            return Ok(());
        }
        let fields = self.custom_fields()?;
        let indexed = fields.iter().filter(|field| field.indexed && !field.retired);
        let wanted: Vec<CustomIndex> = indexed
            .filter_map(|field| {
                let entity = schema.entity(&field.table)?;
                let key = field.storage_key;
                Some(CustomIndex { entity, key })
            })
            .collect();
        self.reader.txn.index_custom_fields(&wanted)
    }
}
