use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::ExchangeRateId;
use crate::values::{Decimal, NaiveDate};

/// What one unit of a currency is worth in another from a day on, until the next rate of the two.
#[entity(table = "exchange_rates")]
pub struct ExchangeRate {
    /// The ISO 4217 code of the currency that is converted.
    #[field(index)]
    pub from_currency: String,
    /// The ISO 4217 code of the currency that it is converted to.
    pub to_currency: String,
    /// The first day on which the rate holds.
    #[field(index)]
    pub valid_from: NaiveDate,
    /// Units of the second currency for one unit of the first, above zero.
    #[field(scale = 10)]
    pub rate: Decimal,
    /// Who says so: `ecb`, `bank`.
    pub source: Option<String>,
}

impl Validate for ExchangeRate {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
