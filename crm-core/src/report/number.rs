//! Numbers as the page shows them. Geometry and short labels are floats; what is told exactly stays exact.

use rust_decimal::prelude::ToPrimitive;

use crate::insight::Amounts;
pub(super) use crate::table::exact;
use crate::values::{Decimal, Money, thousands_apart};

/// The place of a number on a scale.
pub(super) fn size(number: Decimal) -> f64 {
    number.to_f64().unwrap_or_default()
}

/// A count with its thousands apart.
pub(super) fn count(number: i64) -> String {
    thousands_apart(number.into())
}

/// An amount to the major unit: `1,235 EUR`.
pub(super) fn rounded(amount: Money) -> String {
    format!("{} {}", thousands_apart(amount.amount().round()), amount.currency())
}

/// Sums by currency to the minor unit, one after the other, or a dash.
pub(super) fn all_exact(amounts: &Amounts) -> String {
    if amounts.is_empty() {
        return "–".into();
    }
    amounts.iter().map(exact).collect::<Vec<_>>().join(" · ")
}

/// A number in at most four signs and a sign for its thousands: `840`, `12.5k`, `1.2M`.
pub(super) fn compact(number: f64) -> String {
    const UNITS: [&str; 5] = ["", "k", "M", "B", "T"];
    let mut scaled = number;
    let mut unit = 0;
    // From 999.5 on the rounded number would have four digits.
    while scaled.abs() >= 999.5 && unit + 1 < UNITS.len() {
        scaled /= 1000.0;
        unit += 1;
    }
    let digits = usize::from(scaled.abs() < 9.95 && (scaled - scaled.round()).abs() >= 0.05);
    format!("{scaled:.digits$}{}", UNITS[unit])
}

/// A rate in whole percent, or a dash.
pub(super) fn percent(rate: Option<Decimal>) -> String {
    rate.map_or_else(
        || "–".into(),
        |rate| format!("{} %", (rate * Decimal::ONE_HUNDRED).round()),
    )
}

/// Days to one digit, or a dash.
pub(super) fn days(days: Option<Decimal>) -> String {
    days.map_or_else(|| "–".into(), |days| format!("{} d", days.round_dp(1).normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_label_has_at_most_four_signs() {
        let shown: Vec<String> = [
            0.0, 0.5, 7.0, 840.0, 999.6, 1234.0, 12_500.0, 545_000.0, 999_950.0, 1.0e6, 1.24e9,
        ]
        .map(compact)
        .into();
        let expected = ["0", "0.5", "7", "840", "1k", "1.2k", "12k", "545k", "1M", "1M", "1.2B"];
        assert_eq!(shown, expected);
    }
}
