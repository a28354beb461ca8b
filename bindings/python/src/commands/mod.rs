//! The named commands of the domain, each one function over the one of the engine; a room a file.
//!
//! What only reads another collection, or creates one record of it, is written in Python.

mod campaigns;
mod contact_points;
mod currencies;
mod custom_fields;
mod customers;
mod details;
mod external_ids;
mod interactions;
mod opportunities;
mod pipelines;
mod tags;
mod tasks;

pub(crate) use campaigns::{
    add_members, campaign_member, campaign_statuses, create_campaign, respond, respond_as_member,
};
pub(crate) use contact_points::{
    add_contact_point, addresses_of, callers, contact_points_of, contact_points_with, create_unchecked,
};
pub(crate) use currencies::{Rates, rates_on, write_missing_closing_rates};
pub(crate) use custom_fields::{create_custom_field, reinstate_custom_field, retire_custom_field, set_options};
pub(crate) use customers::{affiliations_of, create_customer, end_affiliation};
pub(crate) use external_ids::{external_ids_of, link_external_id, record_known_as};
pub(crate) use interactions::{
    create_interaction, interaction_known_as, link_interaction, unlink_interaction, update_or_create_interaction,
};
pub(crate) use opportunities::{
    create_opportunity, lines_of, lose_opportunity, move_opportunity, reopen_opportunity, stage_history,
    win_opportunity,
};
pub(crate) use pipelines::{
    add_stage, create_pipeline, create_standard_pipeline, default_pipeline, delete_stage, new_stage, pipeline_named,
    reorder_stages, stage_named, stages_of,
};
pub(crate) use tags::{merge_tags, tag_named, tag_record, tags_of, untag_record};
pub(crate) use tasks::{cancel_task, complete_task, create_task, reminders, reopen_task, tasks_due};

use crmkit::engine::{Draft, Entity, Field, FieldValue, Reader, RecordId, Result, Row, Tx};
use crmkit::values::{Uuid, ValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::errors::{exception, invalid, wrong_type};
use crate::records::Record;
use crate::session::{Read, Session, created_from, read_of, wrapped};
use crate::values::{record_id, text, value};

/// Does a command that ends with one record, and hands it over.
fn command<E: Entity>(
    session: &Session,
    py: Python<'_>,
    mut work: impl FnMut(&mut Tx<'_>) -> Result<E> + Send + 'static,
) -> PyResult<Py<PyAny>> {
    let read = session.write(py, move |tx| {
        let record = work(tx)?;
        read_of(tx, E::DEF, row_of(&record))
    })?;
    wrapped(py, E::DEF, read)
}

/// Reads records, and hands them over in their order.
fn records<E: Entity>(
    session: &Session,
    py: Python<'_>,
    work: impl FnOnce(&mut Reader<'_>) -> Result<Vec<E>> + Send + 'static,
) -> PyResult<Vec<Py<PyAny>>> {
    let read = session.read(py, move |reader| {
        let records = work(reader)?;
        read_all(reader, &records)
    })?;
    read.into_iter().map(|read| wrapped(py, E::DEF, read)).collect()
}

/// Does a command that ends with several records, and hands them over.
fn commands<E: Entity>(
    session: &Session,
    py: Python<'_>,
    mut work: impl FnMut(&mut Tx<'_>) -> Result<Vec<E>> + Send + 'static,
) -> PyResult<Vec<Py<PyAny>>> {
    let read = session.write(py, move |tx| {
        let records = work(tx)?;
        read_all(tx, &records)
    })?;
    read.into_iter().map(|read| wrapped(py, E::DEF, read)).collect()
}

fn read_all<E: Entity>(reader: &mut Reader<'_>, records: &[E]) -> Result<Vec<Read>> {
    let rows = records.iter().map(|record| read_of(reader, E::DEF, row_of(record)));
    rows.collect()
}

/// Reads one record, where there is one.
fn record<E: Entity>(
    session: &Session,
    py: Python<'_>,
    work: impl FnOnce(&mut Reader<'_>) -> Result<Option<E>> + Send + 'static,
) -> PyResult<Option<Py<PyAny>>> {
    let found = records(session, py, move |reader| Ok(work(reader)?.into_iter().collect()))?;
    Ok(found.into_iter().next())
}

pub(crate) fn row_of<E: Entity>(record: &E) -> Row {
    (0..E::DEF.fields.len()).map(|field| record.value(field)).collect()
}

/// The id of a record of this kind.
pub(crate) fn id<I: RecordId>(given: &Bound<'_, PyAny>) -> PyResult<I> {
    record_id(I::Entity::DEF, given).map(I::from_uuid)
}

/// A record of this kind where one is given.
fn optional_id<I: RecordId>(given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<I>> {
    given.map(id).transpose()
}

/// A record of any kind, which tells the kind by itself.
fn any_record(entity: &'static str, argument: &str, given: &Bound<'_, PyAny>) -> PyResult<Named> {
    let record = given.cast::<Record>().map_err(|_| {
        let error = ValueError::new(
            "it is no record, and an id alone does not tell of which kind",
            "Give the record itself, as `get` returns it",
        );
        wrong_type(given.py(), entity, argument, error)
    })?;
    let record = record.get();
    Ok((record.entity(), record.id()))
}

/// A record by its kind and id.
type Named = (&'static crmkit::engine::EntityDef, Uuid);

/// One thing, or each of a sequence of them; a text or a mapping is one thing.
fn each<'py>(given: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let is_one =
        given.is_instance_of::<PyString>() || given.is_instance_of::<PyDict>() || given.is_instance_of::<Record>();
    if is_one {
        return Ok(vec![given.clone()]);
    }
    match given.try_iter() {
        Ok(several) => several.collect(),
        Err(_) => Ok(vec![given.clone()]),
    }
}

/// What an argument says that stands for a field.
fn argument<T: FieldValue>(field: Field, given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<T>> {
    let Some(given) = given else { return Ok(None) };
    let read = value(field.entity, field.def(), given)?;
    let read = Option::<T>::from_value(read);
    read.map_err(|error| invalid(given.py(), field.entity, field.def().name, error))
}

/// The draft that the fields make.
fn draft<D: Draft>(py: Python<'_>, fields: &Bound<'_, PyDict>) -> PyResult<D> {
    let (id, values) = created_from(py, D::Entity::DEF, fields)?;
    D::from_values(id, values).map_err(|error| exception(py, &error))
}

/// Takes an argument out of the fields that go along with it; `None` says nothing.
fn take<'py>(fields: &Bound<'py, PyDict>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    let given = fields.get_item(name)?;
    if given.is_some() {
        fields.del_item(name)?;
    }
    Ok(given.filter(|given| !given.is_none()))
}

/// A record by its id or by its name, as people or programs give it.
#[derive(Clone)]
pub(crate) enum Reference<I> {
    Id(I),
    Name(String),
}

impl<I: RecordId> Reference<I> {
    fn of(given: &Bound<'_, PyAny>) -> PyResult<Self> {
        match given.cast::<PyString>().ok().map(|text| text.to_str()).transpose()? {
            Some(name) if Uuid::parse_str(name).is_err() => Ok(Self::Name(name.to_owned())),
            _ => id(given).map(Self::Id),
        }
    }

    pub(crate) fn optional(given: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Self>> {
        given.map(Self::of).transpose()
    }

    /// The id, for which the name is looked up.
    fn resolve(&self, by_name: impl FnOnce(&str) -> Result<I>) -> Result<I> {
        match self {
            Self::Id(id) => Ok(*id),
            Self::Name(name) => by_name(name),
        }
    }
}

/// The texts of an argument that takes one or several.
fn texts(entity: &'static str, argument: &str, given: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let text = |one: Bound<'_, PyAny>| text(&one).map_err(|error| wrong_type(one.py(), entity, argument, error));
    each(given)?.into_iter().map(text).collect()
}

/// The draft that a mapping of fields makes.
fn draft_of<D: Draft>(given: &Bound<'_, PyAny>, argument: &str, hint: &str) -> PyResult<D> {
    let Ok(fields) = given.cast::<PyDict>() else {
        let reason = "it is no mapping of fields";
        return Err(unusable(given.py(), D::Entity::DEF.name, argument, reason, hint));
    };
    draft(given.py(), &fields.copy()?)
}

/// An error that says which argument was of no use.
fn unusable(py: Python<'_>, entity: &'static str, argument: &str, reason: &str, hint: &str) -> PyErr {
    wrong_type(
        py,
        entity,
        argument,
        ValueError::new(reason.to_owned(), hint.to_owned()),
    )
}
