//! What there is to know of a customer: the view for a talk, the profile, the timeline.

use crmkit::activities::{Interaction, Task};
use crmkit::customers::BuyingRole;
use crmkit::engine::{CustomFields, Entity};
use crmkit::ids::CustomerId;
use crmkit::insight::{Profile, Timeline, TimelineEntry, TimelineEvent, View360};
use crmkit::sales::Outcome;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::commands::{id, row_of};
use crate::errors::exception;
use crate::object::object;
use crate::records::{Record, wrap_of};
use crate::session::Session;
use crate::table::amounts_of;
use crate::values::{Money, choice, utc};

/// Makes records of Python of those of one state of the database.
struct Records(CustomFields);

impl Records {
    fn one<E: Entity>(&self, py: Python<'_>, record: &E) -> PyResult<Py<PyAny>> {
        wrap_of(E::DEF)(py, Record::new(E::DEF, row_of(record), Some(&self.0)))
    }

    fn all<'py, E: Entity>(&self, py: Python<'py>, records: &[E]) -> PyResult<Bound<'py, PyTuple>> {
        let records: Vec<_> = records.iter().map(|one| self.one(py, one)).collect::<PyResult<_>>()?;
        PyTuple::new(py, records)
    }
}

fn each<'py, T>(
    py: Python<'py>,
    all: &[T],
    one: impl Fn(&T) -> PyResult<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyTuple>> {
    PyTuple::new(py, all.iter().map(one).collect::<PyResult<Vec<_>>>()?)
}

/// What there is to know before talking to a customer.
#[pyfunction]
pub(crate) fn view360<'py>(
    py: Python<'py>,
    session: &Session,
    customer: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let id: CustomerId = id(customer)?;
    let (view, records) = session.read(py, move |reader| {
        Ok((View360::of(reader, id)?, Records(reader.custom_fields()?)))
    })?;
    let tags = each(
        py,
        &view.tags,
        |tag| object!(py, "crmkit.pages", "TagMark", { tag_id: tag.tag.0, name: &tag.name, color: &tag.color }),
    )?;
    let people = each(py, &view.people, |one| {
        let buying_role = one
            .buying_role
            .map(|role| choice(py, BuyingRole::DEF, role.code()))
            .transpose()?;
        object!(py, "crmkit.pages", "AffiliatedCustomer", {
            affiliation_id: one.affiliation.0,
            customer_id: one.customer.0,
            name: &one.name,
            role: &one.role,
            buying_role: buying_role,
            is_primary: one.is_primary,
        })
    })?;
    let open_deals = each(py, &view.open_deals, |deal| {
        object!(py, "crmkit.pages", "OpenDeal", {
            opportunity_id: deal.opportunity.0,
            name: &deal.name,
            stage_id: deal.stage.0,
            stage: &deal.stage_name,
            amount: deal.amount.map(Money::from),
            probability: deal.probability,
            close_on: deal.close_on,
        })
    })?;
    object!(py, "crmkit.pages", "View360", {
        customer: records.one(py, &view.customer)?,
        contact_points: records.all(py, &view.contact_points)?,
        tags: tags,
        people: people,
        open_deals: open_deals,
        open_amounts: amounts_of(py, &view.open_amounts)?,
        last_interactions: records.all::<Interaction>(py, &view.last_interactions)?,
        open_tasks: records.all::<Task>(py, &view.open_tasks)?,
    })
}

/// What stands on file of a customer beside that.
#[pyfunction]
pub(crate) fn profile<'py>(
    py: Python<'py>,
    session: &Session,
    customer: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    let id: CustomerId = id(customer)?;
    let (profile, records) = session.read(py, move |reader| {
        reader.get(id)?;
        Ok((Profile::of(reader, id)?, Records(reader.custom_fields()?)))
    })?;
    let memberships = each(py, &profile.memberships, |one| {
        object!(py, "crmkit.pages", "Membership", {
            member_id: one.member.0,
            campaign_id: one.campaign.0,
            campaign: &one.campaign_name,
            status: &one.status,
            first_responded_at: one.first_responded_at.map(|at| utc(py, at)).transpose()?,
        })
    })?;
    object!(py, "crmkit.pages", "Profile", {
        addresses: records.all(py, &profile.addresses)?,
        parent_name: &profile.parent_name,
        children: profile.children,
        memberships: memberships,
        external_ids: records.all(py, &profile.external_ids)?,
    })
}

/// A page of what happened with a customer, and where the next one begins.
#[pyfunction]
#[pyo3(signature = (session, customer, *, limit, after))]
pub(crate) fn timeline<'py>(
    py: Python<'py>,
    session: &Session,
    customer: &Bound<'py, PyAny>,
    limit: u32,
    after: Option<&str>,
) -> PyResult<(Bound<'py, PyTuple>, Option<String>)> {
    let after = after
        .map(str::parse)
        .transpose()
        .map_err(|error| exception(py, &error))?;
    let timeline = Timeline::of(id(customer)?).limit(limit).after(after);
    let (page, records) = session.read(py, move |reader| {
        Ok((timeline.read(reader)?, Records(reader.custom_fields()?)))
    })?;
    let entries = each(py, &page.entries, |entry| entry_of(py, entry, &records))?;
    Ok((entries, page.next.map(|cursor| cursor.to_string())))
}

fn entry_of<'py>(py: Python<'py>, entry: &TimelineEntry, records: &Records) -> PyResult<Bound<'py, PyAny>> {
    let event = match &entry.event {
        TimelineEvent::Created => object!(py, "crmkit.pages", "BecameKnown", {})?,
        TimelineEvent::Responded {
            member,
            campaign,
            campaign_name,
        } => object!(py, "crmkit.pages", "Responded", {
            member_id: member.0,
            campaign_id: campaign.0,
            campaign: campaign_name,
        })?,
        TimelineEvent::StageEntered {
            opportunity,
            opportunity_name,
            stage,
            stage_name,
            outcome,
        } => object!(py, "crmkit.pages", "StageEntered", {
            opportunity_id: opportunity.0,
            opportunity: opportunity_name,
            stage_id: stage.0,
            stage: stage_name,
            outcome: choice(py, Outcome::DEF, outcome.code())?,
        })?,
        TimelineEvent::TaskDone(task) => records.one(py, task)?.into_bound(py),
        TimelineEvent::Interaction(interaction) => records.one(py, interaction)?.into_bound(py),
    };
    object!(py, "crmkit.pages", "TimelineEntry", { at: utc(py, entry.at)?, event: event })
}
