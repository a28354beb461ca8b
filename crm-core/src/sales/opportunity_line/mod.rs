use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{OpportunityId, OpportunityLineId, ProductId};
use crate::values::{Decimal, Money};

/// What is to be sold in an opportunity, and for how much.
#[entity(table = "opportunity_lines")]
pub struct OpportunityLine {
    /// The opportunity.
    #[field(references = "opportunities", on_delete = "cascade", set_by = "command")]
    pub opportunity_id: OpportunityId,
    /// The product.
    #[field(references = "products", on_delete = "restrict")]
    pub product_id: ProductId,
    /// How many; one where nothing is given.
    pub quantity: Option<Decimal>,
    /// The price of one unit, an exact decimal; the list price where nothing is given.
    pub unit_price: Option<Decimal>,
    /// The currency of the price by its ISO 4217 code; that of the list price where nothing is given.
    pub currency: Option<String>,
    /// Quantity times price, rounded once to the minor unit.
    #[field(set_by = "engine")]
    pub total: Option<Money>,
    /// Quantity times the product's list price at the time of writing.
    #[field(set_by = "engine")]
    pub list_total: Option<Money>,
}

impl Validate for OpportunityLine {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
