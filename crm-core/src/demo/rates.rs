use chrono::{Datelike, Months};

use super::calendar::Calendar;
use crate::engine::{Random, Result, Tx};
use crate::sales::{ExchangeRateDraft, ReportingCurrencyDraft};
use crate::values::Decimal;

/// Currencies with what one unit is worth in euros at first, in units of the fourth digit.
const FIRST: [(&str, i64); 2] = [("CNY", 1_282), ("USD", 9_091)];

/// How many months have a rate.
const MONTHS: u32 = 14;

/// Declares the euro as reporting currency, and gives each month a rate a little off that of the month before.
pub(super) fn create(tx: &mut Tx<'_>, random: &mut Random, calendar: &Calendar) -> Result<()> {
    tx.create(ReportingCurrencyDraft::new("EUR"))?;
    for (currency, first) in FIRST {
        let mut rate = first;
        for months_ago in (0..MONTHS).rev() {
            let first_day = calendar
                .today
                .with_day(1)
                .and_then(|day| day.checked_sub_months(Months::new(months_ago)));
            let Some(first_day) = first_day else { continue };
            tx.create(ExchangeRateDraft {
                source: Some("demo".into()),
                ..ExchangeRateDraft::new(currency, "EUR", first_day, Decimal::new(rate, 4))
            })?;
            rate += random.between(-first / 100, first / 100);
        }
    }
    Ok(())
}
