use std::collections::HashMap;
use std::sync::Arc;

use rpds::RedBlackTreeMapSync;
use uuid::Uuid;

use crate::engine::Schema;
use crate::engine::entity::Row;
use crate::engine::entity::{EntityDef, Field, managed};
use crate::engine::eval::Records;
use crate::engine::log::{Change, Commit};
use crate::engine::search::SearchQuery;
use crate::engine::value::Value;

use super::search_index::SearchIndex;

/// Everything that is in a memory store at one moment.
#[derive(Debug, Clone)]
pub(super) struct State {
    tables: HashMap<&'static str, Table>,
    pub(super) log: RedBlackTreeMapSync<i64, (Arc<Commit>, Arc<Change>)>,
    /// The numbers of a record's changes.
    pub(super) log_of_record: RedBlackTreeMapSync<(Uuid, i64), ()>,
    /// The numbers of a batch's changes.
    pub(super) log_of_batch: RedBlackTreeMapSync<(Uuid, i64), ()>,
}

/// The rows of one entity, and for each indexed field its values in order.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) rows: RedBlackTreeMapSync<Uuid, Row>,
    index: RedBlackTreeMapSync<(usize, Value, Uuid), ()>,
    search: SearchIndex,
}

impl State {
    pub(super) fn empty(schema: Schema) -> Self {
        let table = || Table {
            rows: RedBlackTreeMapSync::new_sync(),
            index: RedBlackTreeMapSync::new_sync(),
            search: SearchIndex::default(),
        };
        Self {
            tables: schema.entities().map(|entity| (entity.table, table())).collect(),
            log: RedBlackTreeMapSync::new_sync(),
            log_of_record: RedBlackTreeMapSync::new_sync(),
            log_of_batch: RedBlackTreeMapSync::new_sync(),
        }
    }

    pub(super) fn table(&self, entity: &'static EntityDef) -> Option<&Table> {
        self.tables.get(entity.table)
    }

    /// Puts a row in, in the place of the one with its id.
    pub(super) fn put(&mut self, entity: &'static EntityDef, id: Uuid, row: Row) {
        let before = self.take_out(entity, id);
        if let Some(table) = self.tables.get_mut(entity.table) {
            table.search.renew(entity, id, before.as_ref(), Some(&row));
            for field in indexed(entity) {
                table.index.insert_mut((field, row[field].clone(), id), ());
            }
            table.rows.insert_mut(id, row);
        }
    }

    /// Takes a row out; false where there was none.
    pub(super) fn remove(&mut self, entity: &'static EntityDef, id: Uuid) -> bool {
        let before = self.take_out(entity, id);
        if let Some(table) = self.tables.get_mut(entity.table) {
            table.search.renew(entity, id, before.as_ref(), None);
        }
        before.is_some()
    }

    /// Takes a row out of all but the search index, and returns it.
    fn take_out(&mut self, entity: &'static EntityDef, id: Uuid) -> Option<Row> {
        let table = self.tables.get_mut(entity.table)?;
        let row = table.rows.get(&id).cloned()?;
        for field in indexed(entity) {
            table.index.remove_mut(&(field, row[field].clone(), id));
        }
        table.rows.remove_mut(&id);
        Some(row)
    }
}

impl Table {
    /// The rows that a search may find.
    pub(super) fn searched(&self, search: &SearchQuery) -> Vec<Row> {
        let candidates = self.search.candidates(search).into_iter();
        candidates.filter_map(|id| self.rows.get(&id).cloned()).collect()
    }

    /// The rows whose field has this value.
    pub(super) fn with_value(&self, entity: &'static EntityDef, field: usize, value: &Value) -> Vec<Row> {
        if entity.fields[field].indexed {
            let key = |id| (field, value.clone(), id);
            let found = self.index.range(key(Uuid::nil())..=key(Uuid::max()));
            found
                .filter_map(|((_, _, id), ())| self.rows.get(id).cloned())
                .collect()
        } else {
            self.rows.values().filter(|row| row[field] == *value).cloned().collect()
        }
    }
}

impl Records for State {
    fn row(&self, entity: &'static EntityDef, id: Uuid) -> Option<Row> {
        self.table(entity)?.rows.get(&id).cloned()
    }

    fn referring(&self, field: Field, id: Uuid) -> Vec<Row> {
        self.table(field.entity)
            .map(|table| table.with_value(field.entity, field.index, &Value::Id(id)))
            .unwrap_or_default()
    }
}

fn indexed(entity: &'static EntityDef) -> impl Iterator<Item = usize> {
    (managed::COUNT..entity.fields.len()).filter(|field| entity.fields[*field].indexed)
}
