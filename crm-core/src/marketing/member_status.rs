use super::CampaignMember;
use crate::customers::trim;
use crate::engine::{Conditions, CrmError, Entity, Query, Reader, RecordId, Result, Tx, Use, Validate};
use crate::entity;
use crate::ids::{CampaignId, MemberStatusId};

/// A member status for a campaign that is about to be created ([`super::Campaign::create`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMemberStatus {
    /// Its name, unique in the campaign.
    pub name: String,
    /// Whether new members begin with it.
    pub is_default: bool,
    /// Whether it means that the member responded.
    pub has_responded: bool,
}

impl NewMemberStatus {
    /// A status that is not the default and does not mean that the member responded.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            is_default: false,
            has_responded: false,
        }
    }

    /// The same as the default.
    #[must_use]
    pub fn default_status(mut self) -> Self {
        self.is_default = true;
        self
    }

    /// The same, meaning that the member responded.
    #[must_use]
    pub fn responded(mut self) -> Self {
        self.has_responded = true;
        self
    }
}

/// How a member of a campaign may stand: `Sent`, `Responded`. Each campaign has its own.
///
/// Another that becomes the default takes that from the first. The default cannot be deleted, nor one that members
/// have, whose meaning stays as well, so that every member with a responded status has the time of its response.
#[entity(table = "member_statuses")]
pub struct MemberStatus {
    /// The campaign.
    #[field(references = "campaigns", on_delete = "cascade", set_by = "command")]
    pub campaign_id: CampaignId,
    /// Its name, unique in the campaign.
    pub name: String,
    /// Whether new members begin with it; exactly one of a campaign is.
    #[field(default)]
    pub is_default: bool,
    /// Whether it means that the member responded; at least one of a campaign does.
    #[field(default)]
    pub has_responded: bool,
    /// Its place among the statuses, from 0.
    #[field(default)]
    pub position: i64,
}

impl MemberStatus {
    /// The statuses of a campaign, in their order.
    ///
    /// # Errors
    /// Of the storage.
    pub fn of_campaign(reader: &mut Reader<'_>, campaign: CampaignId) -> Result<Vec<Self>> {
        let query = Query::of::<Self>()
            .filter(Self::CAMPAIGN_ID.is(campaign))
            .order_by(Self::POSITION);
        reader.find(&query)
    }

    /// The status of a campaign that has this name, in capitals or not.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] that lists the statuses where none has the name.
    pub fn named(reader: &mut Reader<'_>, campaign: CampaignId, name: &str) -> Result<Self> {
        let mut statuses = Self::of_campaign(reader, campaign)?;
        let meant = name.trim().to_lowercase();
        if let Some(found) = statuses.iter().position(|status| status.name.to_lowercase() == meant) {
            return Ok(statuses.swap_remove(found));
        }
        let names: Vec<_> = statuses.iter().map(|status| status.name.as_str()).collect();
        Err(CrmError::invalid(
            Self::DEF.name,
            "name",
            format!("the campaign {campaign} has no member status of this name"),
            format!("Use one of {}", names.join(", ")),
        ))
    }

    /// The status with which new members of a campaign begin; nothing where there is no such campaign.
    pub(super) fn default_of(reader: &mut Reader<'_>, campaign: CampaignId) -> Result<Option<MemberStatusId>> {
        let query = Query::of::<Self>()
            .filter(Self::CAMPAIGN_ID.is(campaign))
            .filter(Self::IS_DEFAULT.is(true));
        Ok(reader.first::<Self>(&query)?.map(|status| status.id))
    }

    pub(super) fn create_all(tx: &mut Tx<'_>, campaign: CampaignId, statuses: Vec<NewMemberStatus>) -> Result<()> {
        for (position, status) in (0..).zip(statuses) {
            let mut draft = MemberStatusDraft::new(campaign, status.name);
            draft.is_default = Some(status.is_default);
            draft.has_responded = Some(status.has_responded);
            draft.position = Some(position);
            tx.create(draft)?;
        }
        Ok(())
    }

    fn check_name(&self, tx: &mut Tx<'_>) -> Result<()> {
        let name = self.name.to_lowercase();
        let same = |other: &Self| other.id != self.id && other.name.to_lowercase() == name;
        let others = Self::of_campaign(tx, self.campaign_id)?;
        let matches: Vec<_> = others
            .iter()
            .filter(|other| same(other))
            .map(|other| other.id.uuid())
            .collect();
        if matches.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "name".into(),
            matches,
        })
    }

    fn check_meaning(&self, before: &Self, tx: &mut Tx<'_>) -> Result<()> {
        if before.has_responded == self.has_responded {
            return Ok(());
        }
        let count = tx.count(&Query::of::<CampaignMember>().filter(CampaignMember::STATUS_ID.is(self.id)))?;
        if count == 0 {
            return Ok(());
        }
        let entity = CampaignMember::DEF.name;
        Err(CrmError::InUse {
            entity: Self::DEF.name,
            id: self.id.uuid(),
            by: vec![Use { entity, count }],
            hint: "Create another status with the other meaning, and move the members there".into(),
        })
    }
}

impl Validate for MemberStatus {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.name);
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if self.position < 0 {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "position",
                "it is negative",
                "Count from 0",
            ));
        }
        self.check_name(tx)?;
        before.map_or(Ok(()), |before| self.check_meaning(before, tx))
    }

    fn written(&self, _before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        tx.settle_before_commit(self.campaign_id);
        if !self.is_default || self.deleted_at.is_some() {
            return Ok(());
        }
        let others = Query::of::<Self>()
            .filter(Self::CAMPAIGN_ID.is(self.campaign_id))
            .filter(Self::IS_DEFAULT.is(true))
            .filter(Self::ID.differs(self.id));
        for other in tx.find::<Self>(&others)? {
            tx.update(other.id, [MemberStatusChange::IsDefault(false)], None)?;
        }
        Ok(())
    }
}
