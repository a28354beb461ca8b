use crate::customers::the_one_named;
use crate::engine::{Conditions, CrmError, Entity, Expression, Query, Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, CustomerId, InteractionId, InteractionLinkId, OpportunityId, ProductId};

/// That an interaction is about a record: exactly one of the records that this may name. An interaction has as many
/// links as it is about records, and those to customers that follow from them are kept beside them.
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
    /// Whether it follows from a participant, or from an opportunity that belongs to the customer.
    #[field(default, set_by = "engine")]
    pub is_implied: bool,
}

impl Validate for InteractionLink {
    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        let (field, record) = the_one_named(self)?;
        let names = |link: &Self| (link.interaction_id, link.value(field.index));
        if before.is_some_and(|before| names(before) == names(self) && before.deleted_at.is_none()) {
            return Ok(());
        }
        let same = Query::of::<Self>()
            .filter(Self::INTERACTION_ID.is(self.interaction_id))
            .filter(field.is(Expression::Literal(record)))
            .filter(Self::IS_IMPLIED.is(self.is_implied))
            .filter(Self::ID.differs(self.id));
        let matches = tx.ids(&same)?;
        if matches.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: field.def().name.into(),
            matches,
        })
    }

    fn written(&self, _before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        tx.settle_before_commit(self.interaction_id);
        Ok(())
    }
}
