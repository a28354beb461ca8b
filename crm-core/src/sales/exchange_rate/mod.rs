//! What currencies are worth in each other, from day to day.

mod rates;

pub use rates::{Rate, RateSource, Rates};

use crate::customers::{trim, trim_optional};
use crate::engine::{Conditions, CrmError, Entity, Query, Result, Tx, Validate};
use crate::entity;
use crate::ids::ExchangeRateId;
use crate::values::{Currency, Decimal, NaiveDate};

/// What one unit of a currency is worth in another from a day on, until the next rate of the two.
///
/// One rate a day for each pair of currencies; [`Rates`] finds the one that holds on a day.
///
/// ```
/// use crm_core::{Crm, sales::{ExchangeRateDraft, Rates}, values::{Currency, Money, NaiveDate}};
/// let crm = Crm::in_memory();
/// let day: NaiveDate = "2026-03-02".parse()?;
/// crm.write(|tx| tx.create(ExchangeRateDraft::new("CNY", "EUR", day, "0.1282".parse::<crm_core::values::Decimal>().unwrap_or_default())))?;
/// let euro = Currency::from_code("EUR")?;
/// let rates = crm.read(|reader| Rates::on(reader, "2026-03-31".parse().unwrap_or(day), euro))?;
/// assert_eq!(rates.convert("1000.00 CNY".parse()?)?, "128.20 EUR".parse::<Money>()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.from_currency);
        trim(&mut self.to_currency);
        trim_optional(&mut self.source);
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        check_code(Self::DEF.name, "from_currency", &self.from_currency)?;
        check_code(Self::DEF.name, "to_currency", &self.to_currency)?;
        if self.from_currency == self.to_currency {
            return Err(invalid(
                "to_currency",
                "it is the same as from_currency",
                "Name two currencies",
            ));
        }
        if self.rate <= Decimal::ZERO {
            return Err(invalid("rate", "it is not above zero", "Give a rate above zero"));
        }
        let named = |rate: &Self| (rate.from_currency.clone(), rate.to_currency.clone(), rate.valid_from);
        if before.is_some_and(|before| named(before) == named(self) && before.deleted_at.is_none()) {
            return Ok(());
        }
        self.check_once(tx)
    }
}

impl ExchangeRate {
    fn check_once(&self, tx: &mut Tx<'_>) -> Result<()> {
        let same = Query::of::<Self>()
            .filter(Self::FROM_CURRENCY.is(self.from_currency.as_str()))
            .filter(Self::TO_CURRENCY.is(self.to_currency.as_str()))
            .filter(Self::VALID_FROM.is(self.valid_from))
            .filter(Self::ID.differs(self.id));
        let matches = tx.ids(&same)?;
        if matches.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "valid_from".into(),
            matches,
        })
    }
}

/// Refuses what is not the code of a currency.
pub(super) fn check_code(entity: &'static str, field: &'static str, code: &str) -> Result<Currency> {
    Currency::from_code(code).map_err(|error| CrmError::invalid_value(entity, field, error))
}

fn invalid(field: &'static str, reason: &str, hint: &str) -> CrmError {
    CrmError::invalid(ExchangeRate::DEF.name, field, reason, hint)
}
