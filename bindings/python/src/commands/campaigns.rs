//! Campaigns, who was addressed and who responded.

use crmkit::engine::{Reader, Result};
use crmkit::ids::{CampaignId, CampaignMemberId, CustomerId, MemberStatusId};
use crmkit::marketing::{Campaign, CampaignDraft, CampaignMember, MemberStatus, NewMemberStatus};
use crmkit::values::Uuid;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{Reference, argument, command, draft, each, id, record, records, take, unusable};
use crate::session::Session;

/// Creates a campaign from its fields, and from `statuses` where it has its own.
#[pyfunction]
pub(crate) fn create_campaign(py: Python<'_>, session: &Session, fields: &Bound<'_, PyDict>) -> PyResult<Py<PyAny>> {
    let statuses = take(fields, "statuses")?.map(|given| each(&given)).transpose()?;
    let statuses = statuses.map(|some| some.iter().map(new_status).collect::<PyResult<Vec<_>>>());
    let statuses = statuses.transpose()?;
    let draft: CampaignDraft = draft(py, fields)?;
    command(session, py, move |tx| match &statuses {
        Some(statuses) => Campaign::create(tx, draft.clone(), statuses.clone()),
        None => tx.create(draft.clone()),
    })
}

/// A status from the `crmkit.NewMemberStatus` of Python.
fn new_status(given: &Bound<'_, PyAny>) -> PyResult<NewMemberStatus> {
    let wrong = |_| {
        let hint = "Give one such as NewMemberStatus(\"Invited\", is_default=True)";
        unusable(given.py(), "campaign", "statuses", "it is no NewMemberStatus", hint)
    };
    Ok(NewMemberStatus {
        name: given.getattr("name").and_then(|name| name.extract()).map_err(wrong)?,
        is_default: given
            .getattr("is_default")
            .and_then(|yes| yes.extract())
            .map_err(wrong)?,
        has_responded: given
            .getattr("has_responded")
            .and_then(|yes| yes.extract())
            .map_err(wrong)?,
    })
}

/// Makes customers members: the ids of the new members, and those of the customers that were members before.
#[pyfunction]
pub(crate) fn add_members(
    py: Python<'_>,
    session: &Session,
    campaign: &Bound<'_, PyAny>,
    customers: &Bound<'_, PyAny>,
) -> PyResult<(Vec<Uuid>, Vec<Uuid>)> {
    let campaign: CampaignId = id(campaign)?;
    let customers: Vec<CustomerId> = each(customers)?.iter().map(id).collect::<PyResult<_>>()?;
    let members = session.write(py, move |tx| Campaign::add_members(tx, campaign, &customers))?;
    let added = members.added.iter().map(|member| member.0);
    Ok((
        added.collect(),
        members.already.iter().map(|customer| customer.0).collect(),
    ))
}

/// Notes that a customer responded to a campaign.
#[pyfunction]
pub(crate) fn respond(
    py: Python<'_>,
    session: &Session,
    campaign: &Bound<'_, PyAny>,
    customer: &Bound<'_, PyAny>,
    status: Option<&Bound<'_, PyAny>>,
    at: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<PyAny>> {
    let (campaign, customer): (CampaignId, CustomerId) = (id(campaign)?, id(customer)?);
    let status = Reference::optional(status)?;
    let at = argument(CampaignMember::FIRST_RESPONDED_AT, at)?;
    command(session, py, move |tx| {
        let status = status_meant(status.as_ref(), tx, campaign)?;
        Campaign::respond(tx, campaign, customer, status, at)
    })
}

/// Notes that a member responded.
#[pyfunction]
pub(crate) fn respond_as_member(
    py: Python<'_>,
    session: &Session,
    member: &Bound<'_, PyAny>,
    status: Option<&Bound<'_, PyAny>>,
    at: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<PyAny>> {
    let (member, status): (CampaignMemberId, _) = (id(member)?, Reference::optional(status)?);
    let at = argument(CampaignMember::FIRST_RESPONDED_AT, at)?;
    command(session, py, move |tx| {
        let campaign = tx.get(member)?.campaign_id;
        let status = status_meant(status.as_ref(), tx, campaign)?;
        CampaignMember::respond(tx, member, status, at)
    })
}

fn status_meant(
    status: Option<&Reference<MemberStatusId>>,
    reader: &mut Reader<'_>,
    campaign: CampaignId,
) -> Result<Option<MemberStatusId>> {
    let by_name = |status: &Reference<_>| status.resolve(|name| Ok(MemberStatus::named(reader, campaign, name)?.id));
    status.map(by_name).transpose()
}

/// The member that a customer is of a campaign.
#[pyfunction]
pub(crate) fn campaign_member(
    py: Python<'_>,
    session: &Session,
    campaign: &Bound<'_, PyAny>,
    customer: &Bound<'_, PyAny>,
) -> PyResult<Option<Py<PyAny>>> {
    let (campaign, customer) = (id(campaign)?, id(customer)?);
    record(session, py, move |reader| {
        CampaignMember::of(reader, campaign, customer)
    })
}

/// The member statuses of a campaign.
#[pyfunction]
pub(crate) fn campaign_statuses(
    py: Python<'_>,
    session: &Session,
    campaign: &Bound<'_, PyAny>,
) -> PyResult<Vec<Py<PyAny>>> {
    let campaign = id(campaign)?;
    records(session, py, move |reader| MemberStatus::of_campaign(reader, campaign))
}
