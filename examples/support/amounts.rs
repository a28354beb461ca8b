//! How amounts are written for people.

use crmkit::insight::Amounts;
use crmkit::values::{Money, thousands_apart};

/// An amount with its thousands apart: `1,234,567.80 EUR`.
pub(crate) fn money(amount: Money) -> String {
    format!("{} {}", thousands_apart(amount.amount()), amount.currency())
}

/// Sums by currency, or a dash.
pub(crate) fn amounts(amounts: &Amounts) -> String {
    if amounts.is_empty() {
        return "-".into();
    }
    amounts.iter().map(money).collect::<Vec<_>>().join(" + ")
}
