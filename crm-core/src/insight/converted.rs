use super::Amounts;
use crate::engine::Result;
use crate::sales::{Rate, Rates};
use crate::values::{Currency, Money};

/// Sums of several currencies in one, and how they got there.
///
/// It is always computed from the original amounts, and there is no way back from it: a sum that was converted twice
/// would be another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Converted {
    /// The sum: each currency's own sum was converted once and rounded once to the minor unit.
    pub amount: Money,
    /// The rates that were used, with the days from which on they hold; none for what was locked at closing.
    pub rates: Vec<Rate>,
    /// What is not in the sum, since no rate is known.
    pub unconverted: Amounts,
}

impl Converted {
    /// Nothing yet.
    pub(super) fn zero(currency: Currency) -> Self {
        Self {
            amount: Money::zero(currency),
            rates: Vec::new(),
            unconverted: Amounts::default(),
        }
    }

    /// Adds an amount of the same currency.
    pub(super) fn add(&mut self, amount: Money) -> Result<()> {
        self.amount = self.amount.plus(amount).map_err(super::amounts::too_large)?;
        Ok(())
    }

    /// This and another, of the same currency.
    pub(super) fn plus(mut self, other: Self) -> Result<Self> {
        self.add(other.amount)?;
        for rate in other.rates {
            if !self.rates.contains(&rate) {
                self.rates.push(rate);
            }
        }
        self.unconverted = self.unconverted.plus(&other.unconverted)?;
        Ok(self)
    }
}

impl Amounts {
    /// These sums in the currency of the rates; what has no rate is left out of the sum and named.
    ///
    /// ```
    /// use crm_core::{Crm, insight::Amounts, sales::{ExchangeRateDraft, Rates}, values::{Currency, Decimal, NaiveDate}};
    /// let crm = Crm::in_memory();
    /// let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
    /// crm.write(|tx| tx.create(ExchangeRateDraft::new("USD", "EUR", day, Decimal::new(9, 1))))?;
    /// let mut amounts = Amounts::default();
    /// for amount in ["10.00 USD", "1.00 EUR", "5 JPY"] {
    ///     amounts.add(amount.parse()?)?;
    /// }
    /// let rates = crm.read(|reader| Rates::on(reader, day, Currency::from_code("EUR").expect("a currency")))?;
    /// let converted = amounts.converted(&rates)?;
    /// assert_eq!(converted.amount, "10.00 EUR".parse()?);
    /// assert_eq!(converted.unconverted.to_string(), "5 JPY");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] when a sum is too large.
    pub fn converted(&self, rates: &Rates) -> Result<Converted> {
        let mut converted = Converted::zero(rates.to);
        for sum in self.iter() {
            match rates.of(sum.currency()) {
                Ok(rate) => {
                    converted.add(rate.convert(sum)?)?;
                    if rate.from != rate.to {
                        converted.rates.push(rate);
                    }
                }
                Err(_) => converted.unconverted.add(sum)?,
            }
        }
        Ok(converted)
    }
}
