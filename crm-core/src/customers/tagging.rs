use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, CustomerId, InteractionId, OpportunityId, ProductId, TagId, TaggingId};

/// That a tag marks a record: exactly one of the records that this may name.
#[entity(table = "taggings")]
pub struct Tagging {
    /// The tag.
    #[field(references = "tags", on_delete = "cascade")]
    pub tag_id: TagId,
    /// The customer that it marks.
    #[field(references = "customers", on_delete = "cascade")]
    pub customer_id: Option<CustomerId>,
    /// The opportunity that it marks.
    #[field(references = "opportunities", on_delete = "cascade")]
    pub opportunity_id: Option<OpportunityId>,
    /// The product that it marks.
    #[field(references = "products", on_delete = "cascade")]
    pub product_id: Option<ProductId>,
    /// The campaign that it marks.
    #[field(references = "campaigns", on_delete = "cascade")]
    pub campaign_id: Option<CampaignId>,
    /// The interaction that it marks.
    #[field(references = "interactions", on_delete = "cascade")]
    pub interaction_id: Option<InteractionId>,
}

impl Validate for Tagging {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
