use std::collections::BTreeMap;
use std::fmt;

use crate::engine::{CrmError, Result, Value};
use crate::values::{Currency, Money};

/// Sums by currency, in the order of the codes: amounts of two currencies are never added.
///
/// ```
/// use crm_core::insight::Amounts;
/// use crm_core::values::Money;
/// let mut amounts = Amounts::default();
/// for amount in ["2 USD", "0.50 EUR", "1 EUR"] {
///     amounts.add(amount.parse::<Money>()?)?;
/// }
/// assert_eq!(amounts.to_string(), "1.50 EUR, 2.00 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Amounts(BTreeMap<Currency, Money>);

impl Amounts {
    /// Adds an amount to the sum of its currency.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] when the sum is too large.
    pub fn add(&mut self, amount: Money) -> Result<()> {
        let sum = self.in_currency(amount.currency());
        let sum = sum.plus(amount).map_err(too_large)?;
        self.0.insert(amount.currency(), sum);
        Ok(())
    }

    /// One sum alone.
    pub(super) fn of(sum: Money) -> Self {
        Self(BTreeMap::from([(sum.currency(), sum)]))
    }

    /// Adds what a measure found: an amount, or nothing.
    pub(super) fn add_measured(&mut self, measured: &Value) -> Result<()> {
        match measured {
            Value::Money(amount) => self.add(*amount),
            _ => Ok(()),
        }
    }

    /// The sum in a currency; zero where there is none.
    pub fn in_currency(&self, currency: Currency) -> Money {
        self.0.get(&currency).copied().unwrap_or(Money::zero(currency))
    }

    /// The sums, one a currency.
    pub fn iter(&self) -> impl Iterator<Item = Money> + '_ {
        self.0.values().copied()
    }

    /// Whether there is no sum at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sums with those of others added.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] when a sum is too large.
    pub fn plus(mut self, others: &Self) -> Result<Self> {
        for amount in others.iter() {
            self.add(amount)?;
        }
        Ok(self)
    }

    /// The sums with those of others taken away.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] when a difference is too large.
    pub fn minus(mut self, others: &Self) -> Result<Self> {
        for amount in others.iter() {
            let difference = self.in_currency(amount.currency()).minus(amount).map_err(too_large)?;
            self.0.insert(amount.currency(), difference);
        }
        Ok(self)
    }

    /// The sums that are not zero.
    #[must_use]
    pub(super) fn without_zeros(mut self) -> Self {
        self.0.retain(|_, amount| amount.minor() != 0);
        self
    }
}

pub(super) fn too_large(error: crate::values::ValueError) -> CrmError {
    CrmError::invalid_value("opportunity", "amount", error)
}

/// One sum after the other, as `1.50 EUR, 2.00 USD`.
impl fmt::Display for Amounts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, amount) in self.iter().enumerate() {
            let separator = if position == 0 { "" } else { ", " };
            write!(formatter, "{separator}{amount}")?;
        }
        Ok(())
    }
}
