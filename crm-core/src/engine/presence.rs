//! That what a record refers to is there.

use std::collections::HashSet;

use uuid::Uuid;

use super::custom::not_there;
use super::entity::{EntityDef, OnDelete, Reference};
use super::field_rules::check_value;
use super::store::Assignment;
use super::value::Value;
use super::{Result, Tx};

/// How many records a transaction remembers to be there.
const REMEMBERED: usize = 4096;

/// Records that are there, so that thousands of rows which refer to the same few ask for them once.
#[derive(Default)]
pub(super) struct Presence(HashSet<(&'static str, Uuid)>);

impl Presence {
    fn remembers(&self, table: &'static str, id: Uuid) -> bool {
        self.0.contains(&(table, id))
    }

    pub(super) fn remember(&mut self, table: &'static str, id: Uuid) {
        if self.0.len() == REMEMBERED {
            self.0.clear();
        }
        self.0.insert((table, id));
    }

    pub(super) fn forget(&mut self, table: &'static str, id: Uuid) {
        self.0.remove(&(table, id));
    }

    pub(super) fn forget_all(&mut self) {
        self.0.clear();
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
        Ok(reference.on_delete == OnDelete::Keep && self.row(target, id)?.is_some())
    }
}
