//! Calls, e-mails, meetings, visits, messages and notes.

use crmkit::activities::{About, Interaction, InteractionDraft, InteractionParticipantDraft};
use crmkit::customers::{Customer, User};
use crmkit::engine::Entity;
use crmkit::ids::{CustomerId, UserId};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::{any_record, command, draft, each, id, record, take, unusable};
use crate::errors::{exception, wrong_type};
use crate::records::Record;
use crate::session::Session;
use crate::values::text;

/// What an interaction is written with.
struct Logged {
    draft: InteractionDraft,
    about: Vec<About>,
    participants: Vec<InteractionParticipantDraft>,
}

impl Logged {
    fn of(py: Python<'_>, fields: &Bound<'_, PyDict>) -> PyResult<Self> {
        let about = take(fields, "about")?.map_or(Ok(Vec::new()), |given| about(py, &given))?;
        let participants = take(fields, "participants")?.map_or(Ok(Vec::new()), |given| participants(py, &given))?;
        // What the calendars' standard calls the summary (RFC 5545) is the subject.
        if let Some(summary) = take(fields, "summary")? {
            if fields.contains("subject")? {
                let reason = "the subject is given too, which is the same";
                return Err(unusable(py, "interaction", "summary", reason, "Give one of them"));
            }
            fields.set_item("subject", summary)?;
        }
        Ok(Self {
            draft: draft(py, fields)?,
            about,
            participants,
        })
    }
}

fn about(py: Python<'_>, given: &Bound<'_, PyAny>) -> PyResult<Vec<About>> {
    let one = |one: Bound<'_, PyAny>| {
        let (entity, id) = any_record(Interaction::DEF.name, "about", &one)?;
        About::of(entity, id).map_err(|error| exception(py, &error))
    };
    each(given)?.into_iter().map(one).collect()
}

fn participants(py: Python<'_>, given: &Bound<'_, PyAny>) -> PyResult<Vec<InteractionParticipantDraft>> {
    each(given)?.into_iter().map(|one| participant(py, &one)).collect()
}

/// A customer, a user, an address, or the fields of a participant.
fn participant(py: Python<'_>, given: &Bound<'_, PyAny>) -> PyResult<InteractionParticipantDraft> {
    if let Ok(fields) = given.cast::<PyDict>() {
        return draft(py, &fields.copy()?);
    }
    if given.is_instance_of::<PyString>() {
        let address = text(given).map_err(|error| wrong_type(py, Interaction::DEF.name, "participants", error))?;
        return Ok(InteractionParticipantDraft::address(address));
    }
    let kind = given.cast::<Record>().map(|record| record.get().entity());
    match kind {
        Ok(kind) if kind == Customer::DEF => Ok(InteractionParticipantDraft::customer(id::<CustomerId>(given)?)),
        Ok(kind) if kind == User::DEF => Ok(InteractionParticipantDraft::user(id::<UserId>(given)?)),
        _ => {
            let reason = "it is neither a customer, nor a user, nor an address";
            let hint = "Give such a record, a text, or a dict with the fields of a participant";
            Err(unusable(py, "interaction", "participants", reason, hint))
        }
    }
}

/// Writes an interaction with the records that it is `about` and those who took part.
#[pyfunction]
pub(crate) fn create_interaction(py: Python<'_>, session: &Session, fields: &Bound<'_, PyDict>) -> PyResult<Py<PyAny>> {
    let given = Logged::of(py, fields)?;
    command(session, py, move |tx| {
        Interaction::log(tx, given.draft.clone(), &given.about, given.participants.clone())
    })
}

/// The same where its source has not logged it before; else brings what is there up to date.
#[pyfunction]
pub(crate) fn update_or_create_interaction(
    py: Python<'_>,
    session: &Session,
    fields: &Bound<'_, PyDict>,
) -> PyResult<Py<PyAny>> {
    let given = Logged::of(py, fields)?;
    command(session, py, move |tx| {
        Interaction::log_or_update(tx, given.draft.clone(), &given.about, given.participants.clone())
    })
}

/// Says that an interaction is about these records as well.
#[pyfunction]
pub(crate) fn link_interaction(
    py: Python<'_>,
    session: &Session,
    interaction: &Bound<'_, PyAny>,
    records: &Bound<'_, PyAny>,
) -> PyResult<()> {
    let (interaction, about) = (id(interaction)?, about(py, records)?);
    session.write(py, move |tx| Interaction::link(tx, interaction, &about))
}

/// Says that an interaction is not about this record; tells whether it was.
#[pyfunction]
pub(crate) fn unlink_interaction(
    py: Python<'_>,
    session: &Session,
    interaction: &Bound<'_, PyAny>,
    unlinked: &Bound<'_, PyAny>,
) -> PyResult<bool> {
    let interaction = id(interaction)?;
    let (entity, unlinked) = any_record(Interaction::DEF.name, "record", unlinked)?;
    let about = About::of(entity, unlinked).map_err(|error| exception(py, &error))?;
    session.write(py, move |tx| Interaction::unlink(tx, interaction, about))
}

/// The interaction that another program knows by this id.
#[pyfunction]
pub(crate) fn interaction_known_as(
    py: Python<'_>,
    session: &Session,
    external_uid: String,
    source: Option<String>,
) -> PyResult<Option<Py<PyAny>>> {
    record(session, py, move |reader| {
        Interaction::known_as(reader, source.as_deref(), &external_uid)
    })
}
