//! Undo of a batch: every record is put back as it was, and if one of them was touched since, nothing is.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::entity::Row;
use super::entity::{EntityDef, OnDelete, SetBy, managed};
use super::log::{BatchId, ChangeKind, FieldChange, LogEntry, LogQuery, LogSequence};
use super::path::Conditions;
use super::query::{Deleted, Query};
use super::value::Value;
use super::{CrmError, Result, Tx};

/// How many collisions a refusal names.
const NAMED_COLLISIONS: usize = 10;

impl Tx<'_> {
    /// Puts back everything that a batch changed; what it created is taken out again.
    ///
    /// An undo is a batch of its own and can be undone.
    ///
    /// # Errors
    /// [`CrmError::Refused`] with the rule `undo.collision` that names what was changed since, or `undo.unknown_batch`.
    pub fn undo(&mut self, batch: BatchId) -> Result<()> {
        let mut undoing = Undoing::default();
        let mut before = None;
        // In pieces, so that undoing a large import needs little memory.
        loop {
            let piece = self.newest_of_batch(batch, before)?;
            let Some(oldest) = piece.last() else { break };
            before = Some(oldest.change.sequence);
            for entry in &piece {
                self.undo_change(entry, &mut undoing)?;
            }
        }
        if before.is_none() {
            return Err(CrmError::refused(
                "undo.unknown_batch",
                format!("the change log has no batch {batch}"),
                "Take the batch from an import's result or a record's history",
            ));
        }
        for (entity, ids) in std::mem::take(&mut undoing.removed).into_values() {
            for id in ids {
                self.check_unreferenced(entity, id, Deleted::Shown, &mut undoing)?;
            }
        }
        for (entity, ids) in std::mem::take(&mut undoing.put_back).into_values() {
            for id in ids {
                self.check_put_back(entity, id, &mut undoing)?;
            }
        }
        undoing.refusal().map_or(Ok(()), Err)
    }

    fn newest_of_batch(&mut self, batch: BatchId, before: Option<LogSequence>) -> Result<Vec<LogEntry>> {
        const PIECE: u32 = 1024;
        self.log(&LogQuery {
            batch: Some(batch),
            before,
            newest_first: true,
            limit: Some(PIECE),
            ..LogQuery::default()
        })
    }

    fn undo_change(&mut self, entry: &LogEntry, undoing: &mut Undoing) -> Result<()> {
        let change = &entry.change;
        let Some(entity) = self.schema().entity(&change.table) else {
            return Ok(());
        };
        let row = self.row_with_deleted(entity, change.record)?;
        match (change.kind, row) {
            (ChangeKind::Create, Some(row)) => {
                if undoing.unchanged(entity, change.record, &row, &change.fields, true) {
                    self.remove_row(entity, &row)?;
                    note(&mut undoing.removed, entity, change.record);
                }
            }
            (ChangeKind::Remove, None) => {
                let after = row_of(entity, entry);
                self.put_row(entity, None, &after)?;
                note(&mut undoing.put_back, entity, change.record);
            }
            (ChangeKind::Update | ChangeKind::Delete | ChangeKind::Restore, Some(row)) => {
                if undoing.unchanged(entity, change.record, &row, &change.fields, false) {
                    let mut after = row.to_vec();
                    for field in &change.fields {
                        if let Some(index) = entity.field_index(&field.field) {
                            after[index] = row[index].patched(&field.after, &field.before);
                        }
                    }
                    self.put_row(entity, Some(&row), &after.into())?;
                    note(&mut undoing.put_back, entity, change.record);
                }
            }
            (ChangeKind::Create | ChangeKind::Update | ChangeKind::Delete | ChangeKind::Restore, None) => {
                undoing.collide(format!("{} {} is gone", entity.name, change.record));
            }
            (ChangeKind::Remove, Some(_)) => {
                undoing.collide(format!("{} {} is there again", entity.name, change.record));
            }
        }
        Ok(())
    }

    /// What was taken out or deleted again may not leave a reference behind.
    fn check_unreferenced(
        &mut self,
        entity: &'static EntityDef,
        id: Uuid,
        by: Deleted,
        undoing: &mut Undoing,
    ) -> Result<()> {
        for (field, reference) in self.schema().references_to(entity.table) {
            if reference.on_delete == OnDelete::Keep && by == Deleted::Hidden {
                continue;
            }
            let query = Query::of_entity(field.entity).filter(field.is(id)).deleted(by).limit(1);
            if let Some(other) = self.ids(&query)?.first() {
                undoing.collide(format!("{} {other} refers to {} {id}", field.entity.name, entity.name));
            }
        }
        for path in self.custom_references_to(entity.table)? {
            let referring = path.root();
            let query = Query::of_entity(referring).filter(path.is(id)).deleted(by).limit(1);
            if let Some(other) = self.ids(&query)?.first() {
                undoing.collide(format!("{} {other} refers to {} {id}", referring.name, entity.name));
            }
        }
        Ok(())
    }

    /// What was put back refers to what is still there; what was deleted again is referred to by nothing.
    fn check_put_back(&mut self, entity: &'static EntityDef, id: Uuid, undoing: &mut Undoing) -> Result<()> {
        let Some(row) = self.row_with_deleted(entity, id)? else {
            return Ok(());
        };
        if !row[managed::DELETED_AT].is_null() {
            return self.check_unreferenced(entity, id, Deleted::Hidden, undoing);
        }
        let mut gone = Vec::new();
        for (field, reference) in entity.references() {
            if let Value::Id(other) = row[field.index]
                && !self.is_there(reference, other)?
            {
                gone.push((reference.table, other));
            }
        }
        if let Some(Value::Custom(values)) = entity.custom_field().map(|field| &row[field]) {
            let dangling = self.dangling_custom(entity, values)?;
            gone.extend(dangling.map(|(_, table, other)| (table, other)));
        }
        for (table, other) in gone {
            undoing.collide(format!(
                "{} {id} would refer to {other} in {table}, which is deleted",
                entity.name
            ));
        }
        Ok(())
    }
}

/// Records by their tables.
type Noted = BTreeMap<&'static str, (&'static EntityDef, BTreeSet<Uuid>)>;

fn note(noted: &mut Noted, entity: &'static EntityDef, id: Uuid) {
    let (_, ids) = noted.entry(entity.table).or_insert_with(|| (entity, BTreeSet::new()));
    ids.insert(id);
}

/// What an undo took out and put back, and what stands in its way.
#[derive(Default)]
struct Undoing {
    removed: Noted,
    put_back: Noted,
    collisions: Vec<String>,
    more: usize,
}

impl Undoing {
    fn collide(&mut self, collision: String) {
        if self.collisions.len() < NAMED_COLLISIONS {
            self.collisions.push(collision);
        } else {
            self.more += 1;
        }
    }

    /// Whether a row still is as the change left it; of a created record every field counts.
    fn unchanged(
        &mut self,
        entity: &'static EntityDef,
        id: Uuid,
        row: &Row,
        changes: &[FieldChange],
        whole: bool,
    ) -> bool {
        let touched = std::iter::once(managed::DELETED_AT)
            .chain(managed::COUNT..entity.fields.len())
            .find(|field| {
                let name = entity.fields[*field].name;
                match changes.iter().find(|change| change.field == name) {
                    Some(change) if whole => row[*field] != change.after,
                    Some(change) => !row[*field].stands(&change.before, &change.after),
                    // What the engine keeps follows from the others; an older version may not have had it.
                    None => whole && !row[*field].is_null() && entity.fields[*field].set_by != SetBy::Engine,
                }
            });
        if let Some(field) = touched {
            self.collide(format!(
                "{} {id} had {} changed since",
                entity.name, entity.fields[field].name
            ));
        }
        touched.is_none()
    }

    fn refusal(self) -> Option<CrmError> {
        if self.collisions.is_empty() {
            return None;
        }
        let more = if self.more == 0 {
            String::new()
        } else {
            format!(", and {} more", self.more)
        };
        Some(CrmError::refused(
            "undo.collision",
            format!("{}{more}", self.collisions.join("; ")),
            "Undo the later batches first, or change these records by hand",
        ))
    }
}

/// The row that a removal took out.
fn row_of(entity: &'static EntityDef, entry: &LogEntry) -> Row {
    let mut row = vec![Value::Null; entity.fields.len()];
    let now = Value::Instant(entry.commit.stamp.time());
    row[managed::ID] = Value::Id(entry.change.record);
    row[managed::REVISION] = Value::Integer(1);
    row[managed::CREATED_AT] = now.clone();
    row[managed::UPDATED_AT] = now;
    for change in &entry.change.fields {
        if let Some(field) = entity.field_index(&change.field) {
            row[field] = change.before.clone();
        }
    }
    row.into()
}
