use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, CampaignMemberId, CustomerId, MemberStatusId};
use crate::values::Timestamp;

/// That a campaign addresses a customer; once a campaign.
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

impl Validate for CampaignMember {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
