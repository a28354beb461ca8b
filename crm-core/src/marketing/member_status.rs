use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, MemberStatusId};

/// How a member of a campaign may stand: `Sent`, `Responded`. Each campaign has its own.
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

impl Validate for MemberStatus {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
