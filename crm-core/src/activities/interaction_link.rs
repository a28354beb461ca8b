use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, CustomerId, InteractionId, InteractionLinkId, OpportunityId, ProductId};

/// That an interaction is about a record: exactly one of the records that this may name. An interaction has as many
/// links as it is about records.
#[entity(table = "interaction_links")]
pub struct InteractionLink {
    /// The interaction.
    #[field(references = "interactions", on_delete = "cascade")]
    pub interaction_id: InteractionId,
    /// The customer that it is about.
    #[field(references = "customers", on_delete = "cascade")]
    pub customer_id: Option<CustomerId>,
    /// The opportunity that it is about.
    #[field(references = "opportunities", on_delete = "cascade")]
    pub opportunity_id: Option<OpportunityId>,
    /// The product that it is about.
    #[field(references = "products", on_delete = "cascade")]
    pub product_id: Option<ProductId>,
    /// The campaign that it is about.
    #[field(references = "campaigns", on_delete = "cascade")]
    pub campaign_id: Option<CampaignId>,
}

impl Validate for InteractionLink {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
