use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::ReportingCurrencyId;

/// A currency in which the business reports; what is closed gets its rate into each of these locked.
#[entity(table = "reporting_currencies")]
pub struct ReportingCurrency {
    /// The ISO 4217 code.
    #[field(index)]
    pub code: String,
}

impl Validate for ReportingCurrency {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
