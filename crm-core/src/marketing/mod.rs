//! Marketing: campaigns, and who was addressed and who responded.

mod campaign;
mod campaign_member;
mod member_status;

pub use campaign::{Campaign, CampaignChange, CampaignDraft, CampaignKind, CampaignStatus};
pub use campaign_member::{AddedMembers, CampaignMember, CampaignMemberChange, CampaignMemberDraft};
pub use member_status::{MemberStatus, MemberStatusChange, MemberStatusDraft, NewMemberStatus};
