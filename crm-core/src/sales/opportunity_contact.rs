use crate::customers::BuyingRole;
use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{CustomerId, OpportunityContactId, OpportunityId};

/// That a person has a part in an opportunity: a contact role.
#[entity(table = "opportunity_contacts")]
pub struct OpportunityContact {
    /// The opportunity.
    #[field(references = "opportunities", on_delete = "cascade")]
    pub opportunity_id: OpportunityId,
    /// The person.
    #[field(references = "customers", on_delete = "cascade")]
    pub customer_id: CustomerId,
    /// What part.
    pub role: Option<BuyingRole>,
    /// Whether this is the main contact; one at most.
    #[field(default)]
    pub is_primary: bool,
}

impl Validate for OpportunityContact {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
