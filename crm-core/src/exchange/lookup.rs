use std::collections::HashMap;

use uuid::Uuid;

use super::member::MemberStatuses;
use super::opportunity::Stages;
use crate::customers::ExternalId;
use crate::engine::{Assignment, Conditions, CrmError, EntityDef, Query, Result, Tx};
use crate::ids::TagId;

/// How many records a look-up remembers before it forgets the older half of them.
const REMEMBERED: usize = 16 * 1024;

/// What finds the record to which a cell refers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lookup {
    pub(super) entity: &'static EntityDef,
    pub(super) by: LookupKey,
}

/// By what it finds it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LookupKey {
    Field(usize),
    ExternalId { system: String },
}

impl Lookup {
    pub(super) fn by_field(entity: &'static EntityDef, field: usize) -> Self {
        Self {
            entity,
            by: LookupKey::Field(field),
        }
    }

    pub(super) fn by_external_id(entity: &'static EntityDef, system: String) -> Self {
        Self {
            entity,
            by: LookupKey::ExternalId { system },
        }
    }

    /// What a record that is created to be found by this text holds.
    pub(super) fn assignment(&self, text: &str) -> Option<Assignment> {
        match self.by {
            LookupKey::Field(field) => Some(Assignment {
                field,
                value: text.into(),
            }),
            LookupKey::ExternalId { .. } => None,
        }
    }

    /// The system whose ids it takes.
    pub(super) fn system(&self) -> Option<&str> {
        match &self.by {
            LookupKey::Field(_) => None,
            LookupKey::ExternalId { system } => Some(system),
        }
    }

    /// Asks the store.
    fn find(&self, tx: &mut Tx<'_>, text: &str) -> Result<Option<Uuid>> {
        let field = match &self.by {
            LookupKey::ExternalId { system } => return ExternalId::find(tx, system, self.entity, text),
            LookupKey::Field(field) => self.entity.field(*field),
        };
        let found = tx.ids(&Query::of_entity(self.entity).filter(field.is(text)).limit(2))?;
        match found[..] {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(CrmError::Duplicate {
                entity: self.entity.name,
                field: field.def().name.into(),
                matches: found,
            }),
        }
    }
}

/// The records that were found lately, of each look-up: in bounded memory, the ones used least forgotten first.
pub(super) struct Lookups {
    remembered: Vec<Remembered>,
    stages: Stages,
    member_statuses: MemberStatuses,
    tags: HashMap<String, TagId>,
}

struct Remembered {
    lookup: Lookup,
    recent: HashMap<String, Uuid>,
    older: HashMap<String, Uuid>,
    /// What the row at hand created; it goes again when the row is refused.
    fresh: Vec<String>,
}

impl Lookups {
    pub(super) fn new(lookups: &[Lookup]) -> Self {
        let remembered = lookups.iter().map(|lookup| Remembered {
            lookup: lookup.clone(),
            recent: HashMap::new(),
            older: HashMap::new(),
            fresh: Vec::new(),
        });
        Self {
            remembered: remembered.collect(),
            stages: Stages::default(),
            member_statuses: MemberStatuses::default(),
            tags: HashMap::new(),
        }
    }

    /// The record that a cell means, where there is one.
    pub(super) fn find(&mut self, lookup: usize, text: &str, tx: &mut Tx<'_>) -> Result<Option<Uuid>> {
        let remembered = &mut self.remembered[lookup];
        if let Some(id) = remembered.recent.get(text) {
            return Ok(Some(*id));
        }
        let found = match remembered.older.remove(text) {
            Some(id) => Some(id),
            None => remembered.lookup.find(tx, text)?,
        };
        if let Some(id) = found {
            remembered.remember(text, id);
        }
        Ok(found)
    }

    /// The stages of pipelines.
    pub(super) fn stages(&mut self) -> &mut Stages {
        &mut self.stages
    }

    /// The member statuses of campaigns.
    pub(super) fn member_statuses(&mut self) -> &mut MemberStatuses {
        &mut self.member_statuses
    }

    /// The tags that are known by their names in small letters.
    pub(super) fn tags(&mut self) -> &mut HashMap<String, TagId> {
        &mut self.tags
    }

    /// Remembers a record that the row at hand created.
    pub(super) fn created(&mut self, lookup: usize, text: &str, id: Uuid) {
        let remembered = &mut self.remembered[lookup];
        remembered.remember(text, id);
        remembered.fresh.push(text.to_owned());
    }

    /// The row at hand ended: what it created stays, or was taken back.
    pub(super) fn end_row(&mut self, kept: bool) {
        if !kept {
            self.member_statuses = MemberStatuses::default();
            self.stages.forget_default();
            self.tags.clear();
        }
        for remembered in &mut self.remembered {
            for text in remembered.fresh.drain(..) {
                if !kept {
                    remembered.recent.remove(&text);
                    remembered.older.remove(&text);
                }
            }
        }
    }

    /// Forgets the records of a kind, whose names may have changed.
    pub(super) fn forget(&mut self, entity: &'static EntityDef) {
        for remembered in self.remembered.iter_mut().filter(|one| one.lookup.entity == entity) {
            remembered.recent.clear();
            remembered.older.clear();
        }
    }
}

impl Remembered {
    fn remember(&mut self, text: &str, id: Uuid) {
        if self.recent.len() >= REMEMBERED / 2 {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(text.to_owned(), id);
    }
}
