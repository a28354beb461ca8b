use super::one_record::the_one_named;
use crate::engine::{Conditions, CrmError, Entity, Expression, Query, Result, Tx, Validate, Value};
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
    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        let (field, record) = the_one_named(self)?;
        let marks = |tagging: &Self| (tagging.tag_id, tagging.value(field.index));
        if before.is_some_and(|before| marks(before) == marks(self) && before.deleted_at.is_none()) {
            return Ok(());
        }
        let same = Query::of::<Self>()
            .filter(field.is(Expression::Literal(record)))
            .filter(Self::TAG_ID.is(self.tag_id))
            .filter(Self::ID.differs(self.id));
        let matches = tx.ids(&same)?;
        if matches.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "tag_id".into(),
            matches,
        })
    }
}

impl Tagging {
    /// The id of the record that it marks.
    pub(super) fn record(&self) -> Result<Value> {
        the_one_named(self).map(|(_, record)| record)
    }
}
