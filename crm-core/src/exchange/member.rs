//! How a row becomes a member of a campaign.
//!
//! A customer is a member of a campaign once, while exports may name it several times. The rows are then one member:
//! one that responded, if any of them says so, and otherwise the one that came furthest in the order of the statuses.
//! So the order of the rows does not matter, nor how often the file is imported; and a row never takes a member back.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use uuid::Uuid;

use super::landing::Awaited;
use super::program::RowValues;
use crate::engine::{Assignment, CrmError, Entity, RecordId, Result, Tx, field_from_value};
use crate::ids::{CampaignId, CampaignMemberId};
use crate::marketing::{CampaignMember, MemberStatus, MemberStatusDraft};

/// The member statuses of the campaigns that rows were about.
#[derive(Default)]
pub(super) struct MemberStatuses(HashMap<CampaignId, Vec<MemberStatus>>);

impl MemberStatuses {
    fn of(&mut self, campaign: CampaignId, tx: &mut Tx<'_>) -> Result<&mut Vec<MemberStatus>> {
        match self.0.entry(campaign) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(unknown) => Ok(unknown.insert(MemberStatus::of_campaign(tx, campaign)?)),
        }
    }

    /// The status of this name, made where the campaign has none; of a row that names none, the first that means a
    /// response, where it tells of one.
    fn named(
        &mut self,
        values: &RowValues<'_>,
        campaign: CampaignId,
        awaited: &mut dyn Awaited,
        tx: &mut Tx<'_>,
    ) -> Result<Option<MemberStatus>> {
        let statuses = self.of(campaign, tx)?;
        let Some(name) = values.stage else {
            let responded = values.responded == Some(true);
            return Ok(statuses
                .iter()
                .find(|status| responded && status.has_responded)
                .cloned());
        };
        let same = |status: &&MemberStatus| status.name.to_lowercase() == name.to_lowercase();
        if let Some(status) = statuses.iter().find(same) {
            return Ok(Some(status.clone()));
        }
        let status = tx.create(MemberStatusDraft {
            has_responded: Some(values.responded == Some(true)),
            position: Some(statuses.last().map_or(0, |last| last.position + 1)),
            ..MemberStatusDraft::new(campaign, name)
        })?;
        awaited.created_on_the_way(MemberStatus::DEF.table);
        statuses.push(status.clone());
        Ok(Some(status))
    }
}

/// Makes a customer a member.
pub(super) fn create(
    mut values: RowValues<'_>,
    statuses: &mut MemberStatuses,
    awaited: &mut dyn Awaited,
    tx: &mut Tx<'_>,
) -> Result<Uuid> {
    let campaign = values
        .record
        .iter()
        .find(|one| one.field == CampaignMember::CAMPAIGN_ID.index);
    let campaign = campaign.map(|one| field_from_value(CampaignMember::DEF, one.field, one.value.clone()));
    let Some(campaign) = campaign.transpose()? else {
        return Err(CrmError::invalid(
            CampaignMember::DEF.name,
            "campaign_id",
            "the row names no campaign",
            "Map the column that does",
        ));
    };
    if let Some(status) = statuses.named(&values, campaign, awaited, tx)? {
        values.record.push(Assignment {
            field: CampaignMember::STATUS_ID.index,
            value: status.id.into(),
        });
    }
    let id = tx.create_from_values(CampaignMember::DEF, None, values.record)?;
    respond(values.responded, CampaignMemberId::from_uuid(id), tx)?;
    Ok(id)
}

/// Takes a member further; false where it is there already.
pub(super) fn update(
    id: Uuid,
    values: RowValues<'_>,
    statuses: &mut MemberStatuses,
    awaited: &mut dyn Awaited,
    tx: &mut Tx<'_>,
) -> Result<bool> {
    let id = CampaignMemberId::from_uuid(id);
    let before = tx.get(id)?;
    let mut after = before.clone();
    if let Some(status) = statuses.named(&values, before.campaign_id, awaited, tx)? {
        let current = statuses.of(before.campaign_id, tx)?;
        let current = current.iter().find(|one| Some(one.id) == before.status_id);
        let rank = |status: &MemberStatus| (status.has_responded, status.position);
        if current.is_none_or(|current| rank(current) < rank(&status)) {
            after.status_id = Some(status.id);
        }
    }
    let saved = tx.save(&before, after)?;
    let responded = respond(values.responded, id, tx)?;
    Ok(responded || saved.revision > before.revision)
}

/// Notes a response that the status does not tell of; false where it is known.
fn respond(responded: Option<bool>, id: CampaignMemberId, tx: &mut Tx<'_>) -> Result<bool> {
    if responded != Some(true) || tx.get(id)?.first_responded_at.is_some() {
        return Ok(false);
    }
    CampaignMember::respond(tx, id, None, None).map(|_| true)
}
