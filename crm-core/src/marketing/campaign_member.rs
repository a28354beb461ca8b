use std::collections::HashSet;

use super::{Campaign, MemberStatus};
use crate::engine::{Conditions, CrmError, Entity, PathConditions, Query, Reader, Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, CampaignMemberId, CustomerId, MemberStatusId};
use crate::values::Timestamp;

/// What became of customers that were added to a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AddedMembers {
    /// The new members, in the order of their customers.
    pub added: Vec<CampaignMemberId>,
    /// The customers that were members before; nothing about them was changed.
    pub already: Vec<CustomerId>,
}

/// That a campaign addresses a customer; once a campaign.
///
/// The first response is kept whatever happens to the member's status, and counts after the campaign's end as well.
#[entity(table = "campaign_members")]
pub struct CampaignMember {
    /// The campaign.
    #[field(references = "campaigns", on_delete = "cascade", set_by = "command")]
    pub campaign_id: CampaignId,
    /// The customer.
    #[field(references = "customers", on_delete = "cascade", set_by = "command")]
    pub customer_id: CustomerId,
    /// How the member stands; the campaign's default where none is given.
    #[field(references = "member_statuses", on_delete = "restrict")]
    pub status_id: Option<MemberStatusId>,
    /// When the member responded first; set once.
    #[field(set_by = "command")]
    pub first_responded_at: Option<Timestamp>,
}

/// How many customers one query looks up.
const CUSTOMERS_AT_A_TIME: usize = 500;

impl Campaign {
    /// Makes customers members of a campaign, with its default status. One given twice becomes a member once.
    ///
    /// # Errors
    /// [`CrmError::NotFound`] for the campaign, [`CrmError::Invalid`] for a customer that is not there.
    pub fn add_members(tx: &mut Tx<'_>, campaign: CampaignId, customers: &[CustomerId]) -> Result<AddedMembers> {
        tx.get(campaign)?;
        let status = MemberStatus::default_of(tx, campaign)?;
        let mut seen = HashSet::with_capacity(customers.len());
        let mut outcome = AddedMembers::default();
        for some in customers.chunks(CUSTOMERS_AT_A_TIME) {
            let query = Query::of::<CampaignMember>()
                .filter(CampaignMember::CAMPAIGN_ID.is(campaign))
                .filter(CampaignMember::CUSTOMER_ID.one_of(some.iter().copied()));
            let members: HashSet<_> = tx
                .find::<CampaignMember>(&query)?
                .iter()
                .map(|member| member.customer_id)
                .collect();
            for customer in some {
                if !seen.insert(*customer) {
                    continue;
                }
                if members.contains(customer) {
                    outcome.already.push(*customer);
                    continue;
                }
                let mut draft = CampaignMemberDraft::new(campaign, *customer);
                draft.status_id = status;
                outcome.added.push(tx.create(draft)?.id);
            }
        }
        Ok(outcome)
    }

    /// Notes that a customer responded to a campaign, as [`CampaignMember::respond`]; one that was no member becomes it.
    ///
    /// ```
    /// use crm_core::{Crm, customers::CustomerDraft, marketing::{Campaign, CampaignDraft}};
    /// let crm = Crm::in_memory();
    /// let member = crm.write(|tx| {
    ///     let fair = tx.create(CampaignDraft::new("Fair 2026"))?;
    ///     let li = tx.create(CustomerDraft::person("李明"))?;
    ///     Campaign::respond(tx, fair.id, li.id, None, None)
    /// })?;
    /// assert!(member.first_responded_at.is_some());
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// As [`CampaignMember::respond`], and [`CrmError::Invalid`] for a campaign or customer that is not there.
    pub fn respond(
        tx: &mut Tx<'_>,
        campaign: CampaignId,
        customer: CustomerId,
        status: Option<MemberStatusId>,
        at: Option<Timestamp>,
    ) -> Result<CampaignMember> {
        let member = match CampaignMember::of(tx, campaign, customer)? {
            Some(member) => member,
            None => tx.create(CampaignMemberDraft::new(campaign, customer))?,
        };
        CampaignMember::respond(tx, member.id, status, at)
    }
}

impl CampaignMember {
    /// The member that a customer is of a campaign, where it is one.
    ///
    /// # Errors
    /// Of the storage.
    pub fn of(reader: &mut Reader<'_>, campaign: CampaignId, customer: CustomerId) -> Result<Option<Self>> {
        reader.first(
            &Query::of::<Self>()
                .filter(Self::CUSTOMER_ID.is(customer))
                .filter(Self::CAMPAIGN_ID.is(campaign)),
        )
    }

    /// Notes that a member responded: moves it to `status`, or to the first status of the campaign that means it, and
    /// keeps `at`, or now, as the time of its first response. One that has responded keeps its time, and without a
    /// `status` its status too.
    ///
    /// # Errors
    /// [`CrmError::Refused`] with `member.status_means_response` or `member.status_of_campaign`, and
    /// [`CrmError::Invalid`] for a time that is yet to come.
    pub fn respond(
        tx: &mut Tx<'_>,
        id: CampaignMemberId,
        status: Option<MemberStatusId>,
        at: Option<Timestamp>,
    ) -> Result<Self> {
        let before = tx.get(id)?;
        let statuses = MemberStatus::of_campaign(tx, before.campaign_id)?;
        let responded = |id: MemberStatusId| statuses.iter().any(|status| status.id == id && status.has_responded);
        let mut after = before.clone();
        match status {
            Some(status) if !responded(status) && statuses.iter().any(|own| own.id == status) => {
                return Err(CrmError::refused(
                    "member.status_means_response",
                    format!("status {status} does not mean that the member responded"),
                    "Choose a status that does, or name none",
                ));
            }
            Some(status) => after.status_id = Some(status),
            None if before.status_id.is_some_and(responded) => {}
            None => {
                after.status_id = statuses
                    .iter()
                    .find(|status| status.has_responded)
                    .map(|status| status.id)
            }
        }
        after.first_responded_at = before.first_responded_at.or(at).or(Some(tx.now()));
        tx.save(&before, after)
    }

    fn check_status(&self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(id) = self.status_id else { return Ok(()) };
        // Where it is missing, the check of references says so.
        match tx.try_get(id)? {
            Some(status) if status.campaign_id != self.campaign_id => Err(CrmError::refused(
                "member.status_of_campaign",
                format!("status {id} belongs to another campaign"),
                "Choose a status of the member's own campaign",
            )),
            _ => Ok(()),
        }
    }

    fn check_once(&self, tx: &mut Tx<'_>) -> Result<()> {
        let same = Query::of::<Self>()
            .filter(Self::CUSTOMER_ID.is(self.customer_id))
            .filter(Self::CAMPAIGN_ID.is(self.campaign_id))
            .filter(Self::ID.differs(self.id))
            .limit(1);
        let matches = tx.ids(&same)?;
        if matches.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "customer_id".into(),
            matches,
        })
    }
}

impl Validate for CampaignMember {
    fn complete(&mut self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if self.status_id.is_none() {
            self.status_id = MemberStatus::default_of(tx, self.campaign_id)?;
        }
        let moved = before.is_none_or(|before| before.status_id != self.status_id);
        if let (None, true, Some(id)) = (self.first_responded_at, moved, self.status_id) {
            let responded = tx.try_get(id)?.is_some_and(|status| status.has_responded);
            self.first_responded_at = responded.then(|| tx.now());
        }
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if self.first_responded_at.is_some_and(|first| first > tx.now()) {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "first_responded_at",
                "the response is yet to come",
                "Give a time up to now, or none",
            ));
        }
        if before.is_none_or(|before| before.status_id != self.status_id) {
            self.check_status(tx)?;
        }
        // Campaign and customer never change, so that only a member that is new or comes back can be the second.
        if before.is_none_or(|before| before.deleted_at.is_some()) {
            self.check_once(tx)?;
        }
        Ok(())
    }
}
