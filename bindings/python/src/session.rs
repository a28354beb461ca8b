//! The native handle behind `crmkit.Crm`: the CRM as it is, as it was, or within an open transaction.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crmkit::engine::{
    Assignment, Cause, CrmError, Cursor, CustomFields, CustomValues, Deleted, EntityDef, FieldValue, Query, Reader,
    Result, Row, Tx, Watch, managed,
};
use crmkit::values::{Region, Tz, Uuid, ValueError};
use crmkit::{Crm, Durability, OpenOptions, SCHEMA};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::errors::{exception, invalid, wrong_type};
use crate::logging;
use crate::records::{Record, wrap_of};
use crate::signals;
use crate::transaction::Transaction;
use crate::values::{instant, of_any_kind, record_id, value};

/// One view on one CRM.
#[pyclass(frozen, module = "crmkit._native")]
pub(crate) struct Session {
    slot: Arc<Slot>,
    actor: Option<String>,
    view: View,
}

/// Where all views on one CRM find it.
struct Slot {
    /// Nothing once it is closed.
    crm: Mutex<Option<Crm>>,
    /// The threads that have a transaction open: another write of theirs would wait for its end for ever.
    transacting: Mutex<HashSet<ThreadId>>,
}

/// That a thread has a transaction open, until this is dropped.
struct Holding(Arc<Slot>, ThreadId);

impl Drop for Holding {
    fn drop(&mut self) {
        let mut transacting = self.0.transacting.lock().unwrap_or_else(PoisonError::into_inner);
        transacting.remove(&self.1);
    }
}

enum View {
    Now,
    /// As it was: a copy of the records of then.
    Past(Mutex<Reader<'static>>),
    Within(Transaction, Mutex<Option<Holding>>),
}

impl Session {
    /// Reads; other Python threads go on meanwhile, and Ctrl-C stops it.
    pub(crate) fn read<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Reader<'_>) -> Result<T> + Send + 'static,
    ) -> PyResult<T> {
        match &self.view {
            View::Now => {
                let crm = self.crm(py)?;
                detached(py, || crm.read(work))
            }
            View::Past(then) => detached(py, || work(&mut then.lock().unwrap_or_else(PoisonError::into_inner))),
            View::Within(transaction, _) => transaction.run(py, |tx| work(tx)),
        }
    }

    /// Writes, in a transaction of its own or in the one that is open.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> PyResult<T> {
        self.write_with_cause(py, Cause::Edit, work)
    }

    /// The same with another cause; a transaction that is open has its own.
    pub(crate) fn write_with_cause<T: Send + 'static>(
        &self,
        py: Python<'_>,
        cause: Cause,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> PyResult<T> {
        match &self.view {
            View::Now => {
                let crm = self.now(py)?.with_cause(cause);
                detached(py, || crm.write(work))
            }
            View::Past(_) => Err(exception(py, &past_is_read_only())),
            View::Within(transaction, _) => transaction.run(py, move |tx| work(tx)),
        }
    }

    /// The CRM as it is, stopped by signals: for what opens its transactions itself, such as an import.
    pub(crate) fn now(&self, py: Python<'_>) -> PyResult<Crm> {
        let transacting = || self.slot.transacting.lock().unwrap_or_else(PoisonError::into_inner);
        match &self.view {
            View::Past(_) => Err(exception(py, &past_is_read_only())),
            View::Now if !transacting().contains(&thread::current().id()) => self.crm(py),
            View::Now | View::Within(..) => {
                let error = CrmError::refused(
                    "transaction.nested",
                    "this thread has a transaction open on this CRM",
                    "Do this before it or after it, or within it through the CRM that began it",
                );
                Err(exception(py, &error))
            }
        }
    }

    /// The CRM itself, in which this view's actor writes, and which signals stop.
    pub(crate) fn crm(&self, py: Python<'_>) -> PyResult<Crm> {
        let crm = self.slot.crm.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let crm = crm
            .ok_or_else(|| exception(py, &closed()))?
            .with_watch(Watch::new(signals::ask));
        Ok(match &self.actor {
            Some(actor) => crm.with_actor(actor.as_str()),
            None => crm,
        })
    }

    fn viewed(&self, view: View) -> Self {
        Self {
            slot: Arc::clone(&self.slot),
            actor: self.actor.clone(),
            view,
        }
    }
}

/// Runs work of the engine without the interpreter; what a signal raised comes before what the engine says of it.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    let result = py.detach(work);
    logging::flush(py);
    if let Some(error) = signals::raised() {
        return Err(error);
    }
    result.map_err(|error| exception(py, &error))
}

fn closed() -> CrmError {
    CrmError::refused("crm.closed", "this CRM was closed", "Open it again")
}

fn past_is_read_only() -> CrmError {
    CrmError::refused(
        "past.read_only",
        "this is the CRM as it was, which cannot be changed",
        "Write to the CRM itself",
    )
}

/// Opens a CRM in a file.
#[pyfunction]
#[pyo3(signature = (path, *, region, timezone, actor, durability, read_only, busy_deadline))]
#[allow(clippy::too_many_arguments, reason = "one for each option of the Python function")]
pub(crate) fn open(
    py: Python<'_>,
    path: std::path::PathBuf,
    region: Option<&str>,
    timezone: &str,
    actor: Option<String>,
    durability: &str,
    read_only: bool,
    busy_deadline: Duration,
) -> PyResult<Session> {
    let options = OpenOptions::new(path).read_only(read_only).busy_deadline(busy_deadline);
    let options = options.durability(match durability {
        "full" => Durability::Full,
        "normal" => Durability::Normal,
        _ => {
            let error = ValueError::new("there is no such durability", "Give \"full\" or \"normal\"");
            return Err(wrong_type(py, "open", "durability", error));
        }
    });
    finish(py, options, region, timezone, actor)
}

/// Opens a CRM in memory.
#[pyfunction]
#[pyo3(signature = (*, region, timezone, actor))]
pub(crate) fn in_memory(
    py: Python<'_>,
    region: Option<&str>,
    timezone: &str,
    actor: Option<String>,
) -> PyResult<Session> {
    finish(py, OpenOptions::in_memory(), region, timezone, actor)
}

fn finish(
    py: Python<'_>,
    mut options: OpenOptions,
    region: Option<&str>,
    timezone: &str,
    actor: Option<String>,
) -> PyResult<Session> {
    if let Some(region) = region {
        let region = Region::from_code(region).map_err(|error| wrong_type(py, "open", "region", error))?;
        options = options.region(region);
    }
    let zone: Tz = timezone.parse().map_err(|_| {
        let error = ValueError::new("there is no such zone", "Give an IANA name like \"Asia/Shanghai\"");
        wrong_type(py, "open", "timezone", error)
    })?;
    options = options.time_zone(zone);
    if let Some(actor) = actor {
        options = options.actor(actor);
    }
    let crm = detached(py, || options.open())?;
    Ok(Session {
        slot: Arc::new(Slot {
            crm: Mutex::new(Some(crm)),
            transacting: Mutex::default(),
        }),
        actor: None,
        view: View::Now,
    })
}

/// A record as it was read, with what is needed to show its custom fields.
pub(crate) type Read = (Row, Option<CustomFields>);

pub(crate) fn read_of(reader: &mut Reader<'_>, entity: &'static EntityDef, row: Row) -> Result<Read> {
    let has_custom = entity.custom_field().is_some_and(|field| !row[field].is_null());
    let fields = if has_custom {
        Some(reader.custom_fields()?)
    } else {
        None
    };
    Ok((row, fields))
}

pub(crate) fn wrapped(py: Python<'_>, entity: &'static EntityDef, (row, fields): Read) -> PyResult<Py<PyAny>> {
    wrap_of(entity)(py, Record::new(entity, row, fields.as_ref()))
}

pub(crate) fn entity(py: Python<'_>, table: &str) -> PyResult<&'static EntityDef> {
    SCHEMA.entity_named(table).map_err(|error| exception(py, &error))
}

/// The kind and the id of a record of a table, of which the record itself, its id or the text of that is given.
pub(crate) fn named(py: Python<'_>, table: &str, record: &Bound<'_, PyAny>) -> PyResult<(&'static EntityDef, Uuid)> {
    let entity = entity(py, table)?;
    Ok((entity, record_id(entity, record)?))
}

/// The values of fields by their names; a reference takes a record too, and custom fields come by their keys.
pub(crate) fn assignments(
    py: Python<'_>,
    entity: &'static EntityDef,
    fields: &Bound<'_, PyDict>,
) -> PyResult<Vec<Assignment>> {
    let mut values = Vec::with_capacity(fields.len());
    let mut custom = CustomValues::new();
    for (name, given) in fields {
        let name: String = name.extract()?;
        let field = match (entity.field_named(&name), entity.custom_field()) {
            (Ok(field), _) => field,
            (Err(_), Some(_)) => {
                let value = of_any_kind(&given).map_err(|error| invalid(py, entity, &name, error))?;
                custom.set(name, value);
                continue;
            }
            (Err(error), None) => return Err(exception(py, &error)),
        };
        values.push(Assignment {
            field: field.index,
            value: value(entity, field.def(), &given)?,
        });
    }
    if let (false, Some(field)) = (custom.is_empty(), entity.custom_field()) {
        let value = custom.into();
        values.push(Assignment { field, value });
    }
    Ok(values)
}

/// The id and the values of a record that is to be created; `None` says nothing.
pub(crate) fn created_from(
    py: Python<'_>,
    entity: &'static EntityDef,
    fields: &Bound<'_, PyDict>,
) -> PyResult<(Option<Uuid>, Vec<Assignment>)> {
    let given = PyDict::new(py);
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_none()) {
        given.set_item(name, value)?;
    }
    let mut values = assignments(py, entity, &given)?;
    let id = values.iter().position(|one| one.field == managed::ID);
    let id = id.map(|place| values.swap_remove(place).value);
    Ok((id.and_then(|id| Uuid::from_value(id).ok()), values))
}

#[pymethods]
impl Session {
    fn create(&self, py: Python<'_>, table: &str, fields: &Bound<'_, PyDict>) -> PyResult<Py<PyAny>> {
        let entity = entity(py, table)?;
        let (id, values) = created_from(py, entity, fields)?;
        let read = self.write(py, move |tx| {
            let id = tx.create_from_values(entity, id, values.clone())?;
            let row = tx.get_row(entity, id)?;
            read_of(tx, entity, row)
        })?;
        wrapped(py, entity, read)
    }

    fn update(
        &self,
        py: Python<'_>,
        table: &str,
        record: &Bound<'_, PyAny>,
        changes: &Bound<'_, PyDict>,
        expected_revision: Option<i64>,
    ) -> PyResult<Py<PyAny>> {
        let (entity, id) = named(py, table, record)?;
        let values = assignments(py, entity, changes)?;
        let read = self.write(py, move |tx| {
            tx.update_from_values(entity, id, expected_revision, values.clone())?;
            let row = tx.get_row(entity, id)?;
            read_of(tx, entity, row)
        })?;
        wrapped(py, entity, read)
    }

    fn get(&self, py: Python<'_>, table: &str, id: &Bound<'_, PyAny>, deleted: bool) -> PyResult<Py<PyAny>> {
        let (entity, id) = named(py, table, id)?;
        let read = self.read(py, move |reader| {
            let row = match deleted {
                true => reader.row_with_deleted(entity, id)?,
                false => None,
            };
            let row = match row {
                Some(row) => row,
                None => reader.get_row(entity, id)?,
            };
            read_of(reader, entity, row)
        })?;
        wrapped(py, entity, read)
    }

    fn delete(&self, py: Python<'_>, table: &str, record: &Bound<'_, PyAny>) -> PyResult<()> {
        let (entity, id) = named(py, table, record)?;
        self.write(py, move |tx| tx.delete_row(entity, id))
    }

    fn restore(&self, py: Python<'_>, table: &str, record: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let (entity, id) = named(py, table, record)?;
        let read = self.write(py, move |tx| {
            let row = tx.restore_row(entity, id)?;
            read_of(tx, entity, row)
        })?;
        wrapped(py, entity, read)
    }

    #[pyo3(signature = (table, *, filter, order_by, limit, after, deleted))]
    #[allow(clippy::too_many_arguments, reason = "one for each part of a query")]
    fn find(
        &self,
        py: Python<'_>,
        table: &str,
        filter: Option<String>,
        order_by: Option<String>,
        limit: u32,
        after: Option<String>,
        deleted: &str,
    ) -> PyResult<(Vec<Py<PyAny>>, Option<String>)> {
        let entity = entity(py, table)?;
        let deleted = which_deleted(py, deleted)?;
        let (page, fields) = self.read(py, move |reader| {
            let mut query = query(reader, entity, filter.as_deref(), order_by.as_deref())?;
            query = query.limit(limit).deleted(deleted);
            if let Some(token) = after {
                query = query.after(Cursor::from_token(token));
            }
            let page = reader.page_of_rows(&query)?;
            let fields = match entity.custom_field() {
                Some(_) => Some(reader.custom_fields()?),
                None => None,
            };
            Ok((page, fields))
        })?;
        let wrap = wrap_of(entity);
        let records = page.records.into_iter();
        let records = records.map(|row| wrap(py, Record::new(entity, row, fields.as_ref())));
        let next = page.next.map(|cursor| cursor.token().to_owned());
        Ok((records.collect::<PyResult<_>>()?, next))
    }

    fn count(&self, py: Python<'_>, table: &str, filter: Option<String>, deleted: &str) -> PyResult<u64> {
        let entity = entity(py, table)?;
        let deleted = which_deleted(py, deleted)?;
        self.read(py, move |reader| {
            let query = query(reader, entity, filter.as_deref(), None)?;
            reader.count(&query.deleted(deleted))
        })
    }

    /// The same CRM, in which this person or program writes.
    fn with_actor(&self, py: Python<'_>, actor: String) -> PyResult<Self> {
        self.now(py)?;
        Ok(Self {
            actor: Some(actor),
            ..self.viewed(View::Now)
        })
    }

    /// The CRM as it was.
    fn as_of(&self, py: Python<'_>, at: &Bound<'_, PyAny>) -> PyResult<Self> {
        let at = instant(at).map_err(|error| wrong_type(py, "as_of", "at", error))?;
        let then = self.read(py, move |reader| reader.as_of(at))?;
        Ok(self.viewed(View::Past(Mutex::new(then))))
    }

    /// A view within a new transaction.
    fn begin(&self, py: Python<'_>, note: Option<String>) -> PyResult<Self> {
        let mut crm = self.now(py)?;
        if let Some(note) = note {
            crm = crm.with_note(note);
        }
        let transaction = Transaction::begin(py, crm)?;
        let holder = thread::current().id();
        let mut transacting = self.slot.transacting.lock().unwrap_or_else(PoisonError::into_inner);
        transacting.insert(holder);
        drop(transacting);
        let holding = Holding(Arc::clone(&self.slot), holder);
        Ok(self.viewed(View::Within(transaction, Mutex::new(Some(holding)))))
    }

    /// Closes the CRM for all views on it; what is running ends first.
    fn close(&self, py: Python<'_>) {
        let crm = self.slot.crm.lock().unwrap_or_else(PoisonError::into_inner).take();
        py.detach(|| drop(crm));
    }

    /// Ends the transaction of this view: its batch, or nothing where it is taken back.
    fn end(&self, py: Python<'_>, commit: bool) -> PyResult<Option<Uuid>> {
        match &self.view {
            View::Within(transaction, holding) => {
                // Observers of the commit may write.
                holding.lock().unwrap_or_else(PoisonError::into_inner).take();
                if commit {
                    return transaction.commit(py).map(|batch| Some(batch.0));
                }
                transaction.roll_back(py);
                Ok(None)
            }
            _ => Ok(None),
        }
    }
}

/// The query of a text filter and a text order.
pub(crate) fn query(
    reader: &mut Reader<'_>,
    entity: &'static EntityDef,
    filter: Option<&str>,
    order_by: Option<&str>,
) -> Result<Query> {
    let mut query = Query::of_entity(entity);
    if let Some(filter) = filter {
        query = query.filter(reader.parse_filter(entity, filter)?);
    }
    if let Some(order) = order_by {
        query.order = reader.parse_order(entity, order)?;
    }
    Ok(query)
}

fn which_deleted(py: Python<'_>, deleted: &str) -> PyResult<Deleted> {
    match deleted {
        "hidden" => Ok(Deleted::Hidden),
        "shown" => Ok(Deleted::Shown),
        "only" => Ok(Deleted::Only),
        _ => {
            let error = ValueError::new("it is none of the choices", "Give \"hidden\", \"shown\" or \"only\"");
            Err(wrong_type(py, "query", "deleted", error))
        }
    }
}
