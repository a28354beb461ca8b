//! That what a record refers to is there.

use std::collections::HashSet;

use uuid::Uuid;

use super::custom::not_there;
use super::entity::{EntityDef, OnDelete, Reference};
use super::field_rules::check_value;
use super::query::Query;
use super::store::Assignment;
use super::value::Value;
use super::{Result, Tx};

/// How many records a transaction remembers to be there.
const REMEMBERED: usize = 4096;

/// Records that are there, so that thousands of rows which refer to the same few ask for them once.
#[derive(Default)]
pub(super) struct Presence {
    records: HashSet<(&'static str, Uuid)>,
    /// Tables without a record.
    empty: HashSet<&'static str>,
}

impl Presence {
    fn remembers(&self, table: &'static str, id: Uuid) -> bool {
        self.records.contains(&(table, id))
    }

    pub(super) fn remember(&mut self, table: &'static str, id: Uuid) {
        if self.records.len() == REMEMBERED {
            self.records.clear();
        }
        self.records.insert((table, id));
        self.empty.remove(table);
    }

    pub(super) fn forget(&mut self, table: &'static str, id: Uuid) {
        self.records.remove(&(table, id));
        self.empty.remove(table);
    }

    pub(super) fn forget_all(&mut self) {
        self.records.clear();
        self.empty.clear();
    }
}

impl Tx<'_> {
    /// Checks what holds for every field: kind, length, and that what is referred to is there.
    pub(super) fn check_fields(&mut self, entity: &'static EntityDef, set: &[Assignment]) -> Result<()> {
        for Assignment { field, value } in set {
            let def = &entity.fields[*field];
            check_value(entity, def, value)?;
            if let (Some(reference), Value::Id(id)) = (def.reference, value)
                && !self.is_there(reference, *id)?
            {
                return Err(not_there(entity, def.name, reference.table, *id));
            }
            if let Value::Custom(values) = value
                && let Some((field, table, id)) = self.dangling_custom(entity, values)?
            {
                return Err(not_there(entity, field, table, id));
            }
        }
        Ok(())
    }

    /// Whether there is any record of a kind that is not deleted. While there is none, a transaction asks once.
    pub(crate) fn has_any(&mut self, entity: &'static EntityDef) -> Result<bool> {
        if self.presence.empty.contains(entity.table) {
            return Ok(false);
        }
        let has_any = !self.ids(&Query::of_entity(entity).limit(1))?.is_empty();
        if !has_any {
            self.presence.empty.insert(entity.table);
        }
        Ok(has_any)
    }

    /// Whether a record may be referred to: it is not deleted, or its deletion would change nothing here.
    pub(super) fn is_there(&mut self, reference: Reference, id: Uuid) -> Result<bool> {
        if self.presence.remembers(reference.table, id) {
            return Ok(true);
        }
        let Some(target) = self.schema().entity(reference.table) else {
            return Ok(false);
        };
        if self.exists(target, id)? {
            self.presence.remember(target.table, id);
            return Ok(true);
        }
        Ok(reference.on_delete == OnDelete::Keep && self.row_with_deleted(target, id)?.is_some())
    }
}
