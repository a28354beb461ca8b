//! Deleting is a state: the record and what goes along with it leave together, and come back together.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use uuid::Uuid;

use super::entity::{Entity, EntityDef, Field, OnDelete, RecordId, Row, managed};
use super::log::{BatchId, ChangeKind, FieldChange, LogEntry, LogQuery};
use super::path::Conditions;
use super::query::Query;
use super::read::not_found;
use super::store::Assignment;
use super::value::Value;
use super::{CrmError, Result, Tx, Use};

/// What deleting one record does to others.
#[derive(Default)]
struct Plan {
    /// The record, and those that go along, in the order in which they were found.
    delete: Vec<(&'static EntityDef, Uuid)>,
    /// The references that become empty.
    clear: Vec<(Field, Uuid)>,
    /// The records that forbid it unless they go along, by the one they need.
    needed_by: Vec<(&'static EntityDef, Uuid)>,
}

impl Tx<'_> {
    /// Deletes a record: it is hidden and can be restored. What refers to it goes along, lets go of it, or forbids
    /// it, as its definition says.
    ///
    /// # Errors
    /// [`CrmError::InUse`] that counts the records which need it.
    pub fn delete<I: RecordId>(&mut self, id: I) -> Result<()> {
        self.delete_row(I::Entity::DEF, id.uuid())
    }

    /// The same for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// As [`Tx::delete`].
    pub fn delete_row(&mut self, entity: &'static EntityDef, id: Uuid) -> Result<()> {
        self.get_row(entity, id)?;
        let plan = self.plan_delete(entity, id)?;
        let going: BTreeSet<_> = plan.delete.iter().map(|(entity, id)| (entity.name, *id)).collect();
        // A record may need several of those that go, and counts once.
        let needing: BTreeSet<_> = plan.needed_by.iter().map(|(entity, id)| (entity.name, *id)).collect();
        let mut by: BTreeMap<&'static str, u64> = BTreeMap::new();
        for (entity, _) in needing.difference(&going) {
            *by.entry(entity).or_default() += 1;
        }
        if !by.is_empty() {
            return Err(CrmError::InUse {
                entity: entity.name,
                id,
                by: by.into_iter().map(|(entity, count)| Use { entity, count }).collect(),
                hint: "Delete them first, or let them refer to another record".into(),
            });
        }
        for (field, record) in plan.clear {
            let cleared = Assignment {
                field: field.index,
                value: Value::Null,
            };
            (field.entity.operations.set_field)(self, record, cleared)?;
        }
        // The last found first, so that each is deleted while what it belongs to is still there.
        for (entity, record) in plan.delete.into_iter().rev() {
            (entity.operations.set_deleted)(self, record, true)?;
        }
        Ok(())
    }

    /// Brings a deleted record back, with all that went along with it.
    ///
    /// # Errors
    /// [`CrmError::NotFound`] where it is not deleted, or the rule that forbids it now.
    pub fn restore<I: RecordId>(&mut self, id: I) -> Result<I::Entity> {
        I::Entity::from_row(&self.restore_row(I::Entity::DEF, id.uuid())?)
    }

    /// The same for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// As [`Tx::restore`].
    pub fn restore_row(&mut self, entity: &'static EntityDef, id: Uuid) -> Result<Row> {
        self.row_with_deleted(entity, id)?
            .filter(|row| !row[managed::DELETED_AT].is_null())
            .ok_or_else(|| not_found(entity, id))?;
        let deletion = self
            .newest_entries(&LogQuery {
                record: Some(id),
                ..LogQuery::default()
            })?
            .into_iter()
            .find(|entry| entry.change.kind == ChangeKind::Delete && entry.change.table == entity.table)
            .ok_or_else(|| not_found(entity, id))?;
        self.restore_batch(deletion.commit.batch, id, deletion.change.sequence)?;
        self.get_row(entity, id)
    }

    /// Takes back what a batch deleted with a record, and only that: it may have deleted others as well.
    ///
    /// A deletion empties references first, then deletes what goes along, and the record itself last; so the newest
    /// entries come first here, and what a record belongs to is back before it.
    fn restore_batch(&mut self, batch: BatchId, root: Uuid, up_to: i64) -> Result<()> {
        let entries = self.newest_entries(&LogQuery {
            batch: Some(batch),
            ..LogQuery::default()
        })?;
        let mut restored = HashSet::from([root]);
        for LogEntry { change, .. } in entries.iter().filter(|entry| entry.change.sequence <= up_to) {
            let Some(entity) = self.schema().entity(&change.table) else {
                continue;
            };
            let Some(row) = self.row_with_deleted(entity, change.record)? else {
                continue;
            };
            match change.kind {
                ChangeKind::Delete if change.record == root || goes_along(entity, &row, &restored) => {
                    (entity.operations.set_deleted)(self, change.record, false)?;
                    restored.insert(change.record);
                }
                ChangeKind::Update if row[managed::DELETED_AT].is_null() => {
                    for refilled in emptied_references(entity, &row, &change.fields, &restored) {
                        (entity.operations.set_field)(self, change.record, refilled)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn plan_delete(&mut self, entity: &'static EntityDef, id: Uuid) -> Result<Plan> {
        let mut plan = Plan {
            delete: vec![(entity, id)],
            ..Plan::default()
        };
        let mut next = 0;
        while let Some((entity, id)) = plan.delete.get(next).copied() {
            next += 1;
            for (field, reference) in self.schema().references_to(entity.table) {
                if reference.on_delete == OnDelete::Keep {
                    continue;
                }
                let query = Query::of_entity(field.entity).filter(field.is(id));
                for record in self.ids(&query)? {
                    let found = (field.entity, record);
                    match reference.on_delete {
                        OnDelete::Restrict => plan.needed_by.push(found),
                        OnDelete::Cascade if plan.delete.contains(&found) => {}
                        OnDelete::Cascade => plan.delete.push(found),
                        OnDelete::SetNull => plan.clear.push((field, record)),
                        OnDelete::Keep => {}
                    }
                }
            }
            for path in self.custom_references_to(entity.table)? {
                let referring = path.root();
                let found = self.ids(&Query::of_entity(referring).filter(path.is(id)))?;
                plan.needed_by
                    .extend(found.into_iter().map(|record| (referring, record)));
            }
        }
        // What is deleted along need not let go of anything.
        let delete = &plan.delete;
        plan.clear
            .retain(|(field, record)| !delete.contains(&(field.entity, *record)));
        Ok(plan)
    }
}

/// Whether a row belongs to one that is back.
fn goes_along(entity: &'static EntityDef, row: &Row, restored: &HashSet<Uuid>) -> bool {
    entity.references().any(|(field, reference)| {
        reference.on_delete == OnDelete::Cascade && matches!(row[field.index], Value::Id(id) if restored.contains(&id))
    })
}

/// The references to what is back that were emptied and are still empty.
fn emptied_references(
    entity: &'static EntityDef,
    row: &Row,
    changes: &[FieldChange],
    restored: &HashSet<Uuid>,
) -> Vec<Assignment> {
    entity
        .references()
        .filter(|(field, reference)| reference.on_delete == OnDelete::SetNull && row[field.index].is_null())
        .filter_map(|(field, _)| {
            let emptied = changes
                .iter()
                .find(|change| change.field == field.def().name && change.after.is_null())?;
            let was_restored = matches!(emptied.before, Value::Id(id) if restored.contains(&id));
            was_restored.then(|| Assignment {
                field: field.index,
                value: emptied.before.clone(),
            })
        })
        .collect()
}
