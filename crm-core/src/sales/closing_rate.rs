use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{ClosingRateId, OpportunityId};
use crate::values::{Decimal, Money, NaiveDate};

/// What a closed opportunity was worth in a reporting currency, by the rate of the day on which it was closed. It stays
/// as it is, whatever rates come later.
#[entity(table = "closing_rates")]
pub struct ClosingRate {
    /// The opportunity.
    #[field(references = "opportunities", on_delete = "cascade", set_by = "engine")]
    pub opportunity_id: OpportunityId,
    /// The ISO 4217 code of the reporting currency.
    #[field(index, set_by = "engine")]
    pub currency: String,
    /// Units of the reporting currency for one unit of the opportunity's.
    #[field(scale = 10, set_by = "engine")]
    pub rate: Decimal,
    /// The day whose rate it is.
    #[field(set_by = "engine")]
    pub rate_on: NaiveDate,
    /// The amount of the opportunity, converted and rounded once.
    #[field(set_by = "engine")]
    pub amount: Option<Money>,
}

impl Validate for ClosingRate {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
