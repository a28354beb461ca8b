use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use uuid::Uuid;

use super::aggregate::{Aggregate, AggregateRow};
use super::custom::CustomFields;
use super::entity::Row;
use super::entity::{Entity, EntityDef, Managed, RecordId, RowSource, managed};
use super::log::{LogEntry, LogQuery, LogSequence};
use super::query::{Cursor, Order, Page, Query};
use super::store::{Capabilities, Txn};
use super::value::Value;
use super::watch::Watch;
use super::{CrmError, Result, Schema, expr};
use crate::values::{NaiveDate, PhoneParser, Region, Timestamp, Tz, local_date};

/// Reads records from one state of the database, and tells the time by which they are read.
pub struct Reader<'e> {
    pub(super) txn: Box<dyn Txn + 'e>,
    pub(super) watch: Option<Watch>,
    pub(super) capabilities: Capabilities,
    /// Those that were read; nothing while nobody has asked for them.
    pub(super) custom_fields: Option<CustomFields>,
    pub(super) now: Timestamp,
    pub(super) zone: Tz,
    pub(super) phones: Arc<dyn PhoneParser>,
    pub(super) region: Option<Region>,
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Reader")
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}

impl Reader<'_> {
    /// The time of this transaction.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The zone in which days begin and end.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The date of [`Reader::now`] in [`Reader::zone`].
    pub fn today(&self) -> NaiveDate {
        local_date(self.now, self.zone)
    }

    /// By what rules telephone numbers are read.
    pub fn phones(&self) -> &dyn PhoneParser {
        &*self.phones
    }

    /// The region of a telephone number that is written without a country code.
    pub fn region(&self) -> Option<Region> {
        self.region
    }

    /// What stops this transaction, latched; for work that takes long without the store.
    pub(crate) fn watch(&self) -> Option<&Watch> {
        self.watch.as_ref()
    }

    /// All kinds of records.
    pub fn schema(&self) -> Schema {
        self.capabilities.schema
    }

    /// The record with this id.
    ///
    /// # Errors
    /// [`CrmError::NotFound`] where there is none, or it is deleted.
    pub fn get<I: RecordId>(&mut self, id: I) -> Result<I::Entity> {
        self.try_get(id)?.ok_or_else(|| not_found(I::Entity::DEF, id.uuid()))
    }

    /// The record with this id, where there is one that is not deleted.
    ///
    /// # Errors
    /// Of the storage.
    pub fn try_get<I: RecordId>(&mut self, id: I) -> Result<Option<I::Entity>> {
        let found = self.get_with_deleted(id)?;
        Ok(found.filter(|record| record.managed().deleted_at.is_none()))
    }

    /// The record with this id, deleted or not.
    ///
    /// # Errors
    /// Of the storage.
    pub fn get_with_deleted<I: RecordId>(&mut self, id: I) -> Result<Option<I::Entity>> {
        let mut found = None;
        self.txn.get(I::Entity::DEF, id.uuid(), &mut |row| {
            found = Some(I::Entity::from_row(row)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// All values of the record with this id, for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// [`CrmError::NotFound`] where there is none, or it is deleted.
    pub fn get_row(&mut self, entity: &'static EntityDef, id: Uuid) -> Result<Row> {
        self.row_with_deleted(entity, id)?
            .filter(|row| row[managed::DELETED_AT].is_null())
            .ok_or_else(|| not_found(entity, id))
    }

    /// All values of the record with this id, deleted or not.
    ///
    /// # Errors
    /// Of the storage.
    pub fn row_with_deleted(&mut self, entity: &'static EntityDef, id: Uuid) -> Result<Option<Row>> {
        let mut found = None;
        self.txn.get(entity, id, &mut |row| {
            found = Some(all_values(entity, row)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// Whether there is such a record that is not deleted.
    ///
    /// # Errors
    /// Of the storage.
    pub fn exists(&mut self, entity: &'static EntityDef, id: Uuid) -> Result<bool> {
        let mut alive = false;
        self.txn.get(entity, id, &mut |row| {
            alive = row.value(managed::DELETED_AT)?.is_null();
            Ok(ControlFlow::Break(()))
        })?;
        Ok(alive)
    }

    /// The records of a query, in its order.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for a query that does not fit its entity.
    pub fn find<E: Entity>(&mut self, query: &Query) -> Result<Vec<E>> {
        let mut records = Vec::new();
        self.each(query, &mut |record| {
            records.push(record);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(records)
    }

    /// The same with all values of each record, for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// As [`Reader::find`].
    pub fn rows(&mut self, query: &Query) -> Result<Vec<Row>> {
        let prepared = query.prepared(self.schema())?;
        let mut rows = Vec::new();
        self.txn.query(&prepared, &mut |row| {
            rows.push(all_values(prepared.entity, row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    /// The first record of a query.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for a query that does not fit its entity.
    pub fn first<E: Entity>(&mut self, query: &Query) -> Result<Option<E>> {
        Ok(self.find(&query.clone().limit(1))?.pop())
    }

    /// Hands the records of a query over one at a time, so that memory stays small however many there are.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for a query that does not fit its entity, and what `work` returns.
    pub fn each<E: Entity>(&mut self, query: &Query, work: &mut dyn FnMut(E) -> Result<ControlFlow<()>>) -> Result<()> {
        same_entity(E::DEF, query.entity)?;
        let prepared = query.prepared(self.schema())?;
        self.txn.query(&prepared, &mut |row| work(E::from_row(row)?))
    }

    /// A page of records, and where it ended; `query.limit` is the size of the page, 100 where it is not set.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for a query that does not fit its entity, or a cursor of another query.
    pub fn page<E: Entity>(&mut self, query: &Query) -> Result<Page<E>> {
        same_entity(E::DEF, query.entity)?;
        let values = |record: &E| (0..E::DEF.fields.len()).map(|field| record.value(field)).collect();
        self.page_with(query, &|row| E::from_row(row), &values)
    }

    /// The same with the values of the records, for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// As [`Reader::page`].
    pub fn page_of_rows(&mut self, query: &Query) -> Result<Page<Row>> {
        self.page_with(query, &|row| all_values(query.entity, row), &Clone::clone)
    }

    fn page_with<T>(
        &mut self,
        query: &Query,
        read: &dyn Fn(&dyn RowSource) -> Result<T>,
        values: &dyn Fn(&T) -> Row,
    ) -> Result<Page<T>> {
        let size = query.limit.unwrap_or(100) as usize;
        let prepared = query.clone().limit(size as u32).prepared(self.schema())?;
        let mut records = Vec::with_capacity(size.min(1000));
        let mut keys: Vec<Value> = Vec::new();
        let direct = prepared.order.iter().all(|key| key.path.hops().is_empty());
        self.txn.query(&prepared, &mut |row| {
            records.push(read(row)?);
            if direct && records.len() == size {
                keys = order_keys(&prepared, row)?;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        if records.len() < size || size == 0 {
            return Ok(Page { records, next: None });
        }
        if !direct {
            keys = self.order_keys_by_reference(&prepared, records.last().map(values))?;
        }
        let next = Some(Cursor::behind(prepared.entity, &prepared.order, &keys)?);
        Ok(Page { records, next })
    }

    /// How many records a query means, whatever its order and limit.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for a query that does not fit its entity.
    pub fn count(&mut self, query: &Query) -> Result<u64> {
        let aggregate = Aggregate::of_entity(query.entity)
            .filter(query.filter.clone())
            .deleted(query.deleted)
            .measure(super::Measure::count());
        let rows = self.aggregate(&aggregate)?;
        Ok(rows.first().map_or(0, |row| row.count(0).cast_unsigned()))
    }

    /// The groups of an aggregate, ordered by their keys.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for an aggregate that does not fit its entity, or a sum of two currencies.
    pub fn aggregate(&mut self, aggregate: &Aggregate) -> Result<Vec<AggregateRow>> {
        let prepared = aggregate.prepared(self.schema())?;
        let (keys, measures) = (prepared.groups.len(), prepared.measures.len());
        let mut rows = Vec::new();
        self.txn.aggregate(&prepared, &mut |row| {
            rows.push(AggregateRow {
                keys: (0..keys).map(|key| row.value(key)).collect::<Result<_>>()?,
                measures: (keys..keys + measures)
                    .map(|measure| row.value(measure))
                    .collect::<Result<_>>()?,
            });
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    /// Reads a text filter, with this transaction's time for `now` and `today`.
    ///
    /// # Errors
    /// [`CrmError::Expression`] that points at the column.
    pub fn parse_filter(&mut self, entity: &'static EntityDef, text: &str) -> Result<super::Filter> {
        let scope = expr::Scope {
            now: self.now,
            zone: self.zone,
        };
        expr::parse_with(text, entity, self.schema(), scope, &mut || self.custom_fields())
    }

    /// Reads an order: names as text filters write them with commas between them, `-` before one for the largest first.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{Customer, CustomerDraft}, engine::{Entity, Query}};
    /// let crm = Crm::in_memory();
    /// crm.write(|tx| {
    ///     tx.create(CustomerDraft::organization("Acme GmbH"))?;
    ///     tx.create(CustomerDraft::organization("Globex"))
    /// })?;
    /// let found: Vec<Customer> = crm.read(|reader| {
    ///     let order = reader.parse_order(Customer::DEF, "country, -name")?;
    ///     reader.find(&Query::of::<Customer>().order(order))
    /// })?;
    /// assert_eq!(found[0].name, "Globex");
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::Expression`] that points at the column.
    pub fn parse_order(&mut self, entity: &'static EntityDef, text: &str) -> Result<Vec<Order>> {
        expr::order_with(text, entity, self.schema(), &mut || self.custom_fields())
    }

    /// Reads a dotted name as text filters write it, custom fields included: `customer.custom.segment`.
    ///
    /// # Errors
    /// [`CrmError::Expression`] that points at the column.
    pub fn parse_path(&mut self, entity: &'static EntityDef, text: &str) -> Result<super::Path> {
        expr::path_with(text, entity, self.schema(), &mut || self.custom_fields())
    }

    /// What happened to a record, the oldest first.
    ///
    /// # Errors
    /// Of the storage.
    pub fn history<I: RecordId>(&mut self, id: I) -> Result<Vec<LogEntry>> {
        self.row_history(I::Entity::DEF, id.uuid())
    }

    /// The same for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// Of the storage.
    pub fn row_history(&mut self, entity: &'static EntityDef, id: Uuid) -> Result<Vec<LogEntry>> {
        let mut entries = self.log(&LogQuery {
            record: Some(id),
            ..LogQuery::default()
        })?;
        // Callers make ids, so records of two tables may have the same one.
        entries.retain(|entry| entry.change.table == entity.table);
        Ok(entries)
    }

    /// The feed of changes for other systems: what was committed after a number, in order, with nothing skipped.
    ///
    /// # Errors
    /// Of the storage.
    pub fn changes(&mut self, after: LogSequence, limit: u32) -> Result<Vec<LogEntry>> {
        self.log(&LogQuery {
            after,
            limit: Some(limit),
            ..LogQuery::default()
        })
    }

    /// Entries of the change log.
    ///
    /// # Errors
    /// Of the storage.
    pub fn log(&mut self, query: &LogQuery) -> Result<Vec<LogEntry>> {
        let mut entries = Vec::new();
        self.txn.read_log(query, &mut |commit, change| {
            let commit = commit.clone();
            entries.push(LogEntry { commit, change });
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(entries)
    }

    /// The ids of the records that a query means.
    pub(crate) fn ids(&mut self, query: &Query) -> Result<Vec<Uuid>> {
        let prepared = query.prepared(self.schema())?;
        let mut ids = Vec::new();
        self.txn.query(&prepared, &mut |row| {
            ids.push(Managed::from_row(prepared.entity, row)?.id);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(ids)
    }

    /// The keys of the last row of a page whose order follows references.
    fn order_keys_by_reference(&mut self, query: &Query, last: Option<Row>) -> Result<Vec<Value>> {
        let Some(last) = last else { return Ok(Vec::new()) };
        let mut keys = Vec::with_capacity(query.order.len());
        for key in &query.order {
            let mut value = Value::Null;
            let mut row = Some(last.clone());
            for hop in key.path.hops() {
                let target = hop
                    .def()
                    .reference
                    .and_then(|reference| self.schema().entity(reference.table));
                row = match (row.map(|row| row[hop.index].clone()), target) {
                    (Some(Value::Id(id)), Some(target)) => self.row_with_deleted(target, id)?,
                    _ => None,
                };
            }
            if let Some(row) = row {
                value = key.path.of(row[key.path.field().index].clone());
            }
            keys.push(value);
        }
        Ok(keys)
    }
}

fn order_keys(query: &Query, row: &dyn RowSource) -> Result<Vec<Value>> {
    query
        .order
        .iter()
        .map(|key| Ok(key.path.of(row.value(key.path.field().index)?)))
        .collect()
}

pub(super) fn all_values(entity: &'static EntityDef, row: &dyn RowSource) -> Result<Row> {
    (0..entity.fields.len()).map(|field| row.value(field)).collect()
}

pub(super) fn not_found(entity: &'static EntityDef, id: Uuid) -> CrmError {
    CrmError::NotFound {
        entity: entity.name,
        id,
    }
}

fn same_entity(expected: &'static EntityDef, found: &'static EntityDef) -> Result<()> {
    if expected == found {
        return Ok(());
    }
    Err(CrmError::invalid(
        expected.name,
        "query",
        format!("the query is about {}", found.table),
        format!("Build it with Query::of for {}", expected.table),
    ))
}
