//! Records as they were at a time, from the change log.

use std::collections::HashMap;
use std::ops::ControlFlow;

use uuid::Uuid;

use super::clock::Stamp;
use super::entity::Row;
use super::entity::{Entity, EntityDef, FieldDef, RecordId, managed};
use super::log::{Change, ChangeKind, Commit, LogQuery};
use super::memory::MemoryStore;
use super::read::Reader;
use super::store::{Access, Store};
use super::value::Value;
use super::{CrmError, Result, watched_txn};
use crate::values::Timestamp;

impl Reader<'_> {
    /// One record as it was at the end of this millisecond; nothing where it was not there, or deleted.
    ///
    /// # Errors
    /// Of the storage.
    pub fn get_as_of<I: RecordId>(&mut self, id: I, at: Timestamp) -> Result<Option<I::Entity>> {
        let mut row = None;
        let query = LogQuery {
            record: Some(id.uuid()),
            ..LogQuery::default()
        };
        self.txn.read_log(&query, &mut |commit, change| {
            if commit.stamp > Stamp::last_of(at) {
                return Ok(ControlFlow::Break(()));
            }
            // Callers make ids, so records of two tables may have the same one.
            if change.table != I::Entity::DEF.table {
                return Ok(ControlFlow::Continue(()));
            }
            row = replayed(I::Entity::DEF, row.take(), commit, &change);
            Ok(ControlFlow::Continue(()))
        })?;
        let alive = row.filter(|row| row[managed::DELETED_AT].is_null());
        alive.map(|row| I::Entity::from_row(&row)).transpose()
    }

    /// All records as they were at the end of this millisecond, to be read like the present.
    ///
    /// Replays the change log up to that time into memory: its cost grows with the number of changes until then.
    ///
    /// # Errors
    /// Of the storage.
    pub fn as_of(&mut self, at: Timestamp) -> Result<Reader<'static>> {
        let schema = self.schema();
        let mut rows: HashMap<(&'static str, Uuid), Row> = HashMap::new();
        self.txn.read_log(&LogQuery::default(), &mut |commit, change| {
            if commit.stamp > Stamp::last_of(at) {
                return Ok(ControlFlow::Break(()));
            }
            // A table of an entity that this version does not know any more is left out.
            if let Some(entity) = schema.entity(&change.table) {
                let key = (entity.table, change.record);
                let before = rows.remove(&key);
                if let Some(after) = replayed(entity, before, commit, &change) {
                    rows.insert(key, after);
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let store = MemoryStore::new(schema);
        let mut txn = watched_txn::begin(&store, Access::Write, self.watch())?;
        for ((table, _), row) in rows {
            let entity = schema.entity(table).ok_or_else(|| CrmError::Corrupt {
                reason: format!("the change log names the table {table}"),
            })?;
            txn.insert(entity, &row)?;
        }
        txn.commit()?;
        Ok(Reader {
            txn: watched_txn::begin(&store, Access::Read, self.watch())?,
            watch: self.watch.clone(),
            capabilities: store.capabilities(),
            custom_fields: None,
            now: at,
            zone: self.zone,
            phones: self.phones.clone(),
            region: self.region,
        })
    }
}

/// The row after a change.
fn replayed(entity: &'static EntityDef, before: Option<Row>, commit: &Commit, change: &Change) -> Option<Row> {
    if change.kind == ChangeKind::Remove {
        return None;
    }
    let time = Value::Instant(commit.stamp.time());
    let mut row = match before {
        Some(row) => row.to_vec(),
        None => {
            // Fields that came later stand empty, as they did in the table when they came.
            let mut row: Vec<Value> = entity.fields.iter().map(FieldDef::unfilled).collect();
            row[managed::ID] = Value::Id(change.record);
            row[managed::REVISION] = Value::Integer(0);
            row[managed::CREATED_AT] = time.clone();
            row
        }
    };
    if let Value::Integer(revision) = row[managed::REVISION] {
        row[managed::REVISION] = Value::Integer(revision + 1);
    }
    row[managed::UPDATED_AT] = time;
    for field in &change.fields {
        if let Some(index) = entity.field_index(&field.field) {
            row[index] = row[index].patched(&field.before, &field.after);
        }
    }
    Some(row.into())
}
