use std::ops::ControlFlow;
use std::sync::Arc;

use uuid::Uuid;

use super::table::State;
use super::{Permit, Shared, lock};
use crate::engine::aggregate::{Aggregate, Expression};
use crate::engine::custom::{CustomIndex, CustomValues};
use crate::engine::entity::Row;
use crate::engine::entity::{EntityDef, RowSink, RowSource, managed};
use crate::engine::eval::{Evaluator, Records};
use crate::engine::filter::{Comparison, Filter};
use crate::engine::log::{Change, Commit, LogQuery};
use crate::engine::query::Query;
use crate::engine::search::SearchQuery;
use crate::engine::store::{Assignment, ChangeSink, RowKey, Txn};
use crate::engine::value::Value;
use crate::engine::watch::Watch;
use crate::engine::{CrmError, Result, Schema};

/// After how many rows the watch is asked.
const ROWS_BETWEEN_LOOKS: usize = 64;

/// A transaction on a snapshot; committing puts its snapshot in the place of the committed one.
pub(super) struct MemoryTxn {
    schema: Schema,
    state: State,
    shared: Arc<Shared>,
    /// Held by a writer until it is dropped, so that no other writer's snapshot gets lost.
    permit: Option<Permit>,
    watch: Option<Watch>,
}

impl MemoryTxn {
    pub(super) fn new(
        schema: Schema,
        state: State,
        shared: Arc<Shared>,
        permit: Option<Permit>,
        watch: Option<Watch>,
    ) -> Self {
        Self {
            schema,
            state,
            shared,
            permit,
            watch,
        }
    }

    /// The rows that may meet a filter: those of an index where a condition allows it, else all.
    fn candidates(&self, entity: &'static EntityDef, filter: &Filter) -> Vec<Row> {
        let Some(table) = self.state.table(entity) else {
            return Vec::new();
        };
        match (search(filter), indexed_value(filter)) {
            (Some(search), _) => table.searched(search),
            (None, Some((field, value))) => table.with_value(entity, field, value),
            (None, None) => table.rows.values().cloned().collect(),
        }
    }

    /// Works on rows that end where the watch breaks, which is an error then.
    fn watched<T>(&self, rows: Vec<Row>, work: impl FnOnce(&mut dyn Iterator<Item = Row>) -> Result<T>) -> Result<T> {
        let Some(watch) = &self.watch else {
            return work(&mut rows.into_iter());
        };
        let mut stopped = Ok(());
        let mut seen = 0_usize;
        let mut rows = rows.into_iter().take_while(|_| {
            seen += 1;
            if seen.is_multiple_of(ROWS_BETWEEN_LOOKS) {
                stopped = watch.check("reading records");
            }
            stopped.is_ok()
        });
        let done = work(&mut rows);
        drop(rows);
        stopped.and(done)
    }

    fn writable(&self) -> Result<()> {
        if self.permit.is_some() {
            return Ok(());
        }
        Err(CrmError::storage(
            "writing",
            "the transaction was begun for reading",
            "Write within crm.write",
        ))
    }
}

impl Txn for MemoryTxn {
    fn get(&mut self, entity: &'static EntityDef, id: Uuid, sink: RowSink<'_>) -> Result<bool> {
        match self.state.row(entity, id) {
            Some(row) => sink(&row).map(|_| true),
            None => Ok(false),
        }
    }

    fn query(&mut self, query: &Query, sink: RowSink<'_>) -> Result<()> {
        let evaluator = Evaluator::new(self.schema, &self.state);
        let candidates = self.candidates(query.entity, &query.filter);
        let mut rows = self.watched(candidates, |rows| {
            Ok(rows
                .filter(|row| evaluator.holds(query.entity, &query.filter, row))
                .collect::<Vec<_>>())
        })?;
        rows.sort_by(|left, right| evaluator.order(&query.order, left, right));
        let limit = query.limit.map_or(usize::MAX, |limit| limit as usize);
        for row in rows.iter().take(limit) {
            if sink(row)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn aggregate(&mut self, aggregate: &Aggregate, sink: RowSink<'_>) -> Result<()> {
        let evaluator = Evaluator::new(self.schema, &self.state);
        let rows = self.candidates(aggregate.entity, &aggregate.filter);
        let groups = self.watched(rows, |rows| evaluator.aggregate(aggregate, rows))?;
        for group in groups {
            if sink(&group)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn insert(&mut self, entity: &'static EntityDef, row: &dyn RowSource) -> Result<()> {
        self.writable()?;
        let values: Row = (0..entity.fields.len())
            .map(|field| row.value(field).map(kept))
            .collect::<Result<_>>()?;
        let id = id_of(entity, &values)?;
        if self.state.row(entity, id).is_some() {
            return Err(CrmError::Duplicate {
                entity: entity.name,
                field: "id".into(),
                matches: vec![id],
            });
        }
        self.state.put(entity, id, values);
        Ok(())
    }

    fn update(&mut self, key: &RowKey, set: &[Assignment]) -> Result<u64> {
        self.writable()?;
        let Some(row) = self.matching(key) else { return Ok(0) };
        let mut values = row.to_vec();
        for assignment in set {
            values[assignment.field] = kept(assignment.value.clone());
        }
        self.state.put(key.entity, key.id, values.into());
        Ok(1)
    }

    fn delete(&mut self, key: &RowKey) -> Result<u64> {
        self.writable()?;
        if self.matching(key).is_none() {
            return Ok(0);
        }
        Ok(u64::from(self.state.remove(key.entity, key.id)))
    }

    fn append_log(&mut self, commit: &Commit, changes: &[Change]) -> Result<()> {
        self.writable()?;
        let commit = Arc::new(commit.clone());
        self.note_again(&commit);
        for change in changes {
            let number = change.sequence;
            self.state.log_of_record.insert_mut((change.record, number), ());
            self.state.log_of_batch.insert_mut((commit.batch.0, number), ());
            self.state
                .log
                .insert_mut(number, (Arc::clone(&commit), Arc::new(change.clone())));
        }
        Ok(())
    }

    fn index_custom_fields(&mut self, _wanted: &[CustomIndex]) -> Result<()> {
        self.writable()
    }

    fn read_log(&mut self, query: &LogQuery, sink: ChangeSink<'_>) -> Result<()> {
        let first = query.after.saturating_add(1);
        let last = query.before.map_or(i64::MAX, |before| before.saturating_sub(1));
        // The range of a map may not end before it begins.
        if first > last {
            return Ok(());
        }
        let index = match (query.record, query.batch) {
            (Some(record), _) => Some((&self.state.log_of_record, record)),
            (None, Some(batch)) => Some((&self.state.log_of_batch, batch.0)),
            (None, None) => None,
        };
        let mut numbers: Box<dyn DoubleEndedIterator<Item = i64>> = match index {
            Some((index, id)) => Box::new(index.range((id, first)..=(id, last)).map(|((_, number), ())| *number)),
            None => Box::new(self.state.log.range(first..=last).map(|(number, _)| *number)),
        };
        let mut left = query.limit.unwrap_or(u32::MAX);
        loop {
            let next = if query.newest_first {
                numbers.next_back()
            } else {
                numbers.next()
            };
            let Some((commit, change)) = next.and_then(|number| self.state.log.get(&number)) else {
                break;
            };
            let meant = query.batch.is_none_or(|batch| commit.batch == batch)
                && query.above_stamp.is_none_or(|stamp| commit.stamp > stamp);
            if !meant {
                continue;
            }
            if left == 0 || sink(commit, (**change).clone())? == ControlFlow::Break(()) {
                break;
            }
            left -= 1;
        }
        Ok(())
    }

    fn commit(self: Box<Self>) -> Result<()> {
        self.writable()?;
        *lock(&self.shared.committed) = self.state;
        Ok(())
    }
}

impl MemoryTxn {
    /// Gives the changes that a commit has appended before its note, where it has another by now.
    fn note_again(&mut self, commit: &Arc<Commit>) {
        let of_batch = (commit.batch.0, i64::MIN)..=(commit.batch.0, i64::MAX);
        let numbers = self.state.log_of_batch.range(of_batch).map(|((_, number), ())| *number);
        let noted: Vec<_> = numbers
            .map_while(|number| Some((number, self.state.log.get(&number)?)))
            .take_while(|(_, (known, _))| known.note != commit.note)
            .map(|(number, (_, change))| (number, Arc::clone(change)))
            .collect();
        for (number, change) in noted {
            self.state.log.insert_mut(number, (Arc::clone(commit), change));
        }
    }

    fn matching(&self, key: &RowKey) -> Option<Row> {
        let row = self.state.row(key.entity, key.id)?;
        let at_revision = key
            .revision
            .is_none_or(|revision| row[managed::REVISION] == Value::Integer(revision));
        at_revision.then_some(row)
    }
}

/// A decimal number loses its trailing zeros, as in a store that keeps it as a whole number of its last digit.
fn kept(value: Value) -> Value {
    match value {
        Value::Decimal(number) => Value::Decimal(number.normalize()),
        Value::Custom(values) => {
            let kept = values.iter().map(|(key, value)| (key, kept(value.clone())));
            kept.collect::<CustomValues>().into()
        }
        other => other,
    }
}

fn id_of(entity: &'static EntityDef, values: &[Value]) -> Result<Uuid> {
    match values[managed::ID] {
        Value::Id(id) => Ok(id),
        _ => Err(CrmError::invalid(entity.name, "id", "the row has no id", "Give it one")),
    }
}

/// A search that must find every row.
fn search(filter: &Filter) -> Option<&SearchQuery> {
    match filter {
        Filter::All(all) => all.iter().find_map(search),
        Filter::Matches(search) => Some(search),
        _ => None,
    }
}

/// A condition of the kind `indexed field is value` that every row must meet.
fn indexed_value(filter: &Filter) -> Option<(usize, &Value)> {
    match filter {
        Filter::All(all) => all.iter().find_map(|one| indexed_value(one)),
        Filter::Compare {
            left: Expression::Path(path),
            comparison: Comparison::Equal,
            right: Expression::Literal(value),
        } if path.hops().is_empty() && path.field().def().indexed && path.kind() == path.field().def().kind => {
            Some((path.field().index, value))
        }
        _ => None,
    }
}
