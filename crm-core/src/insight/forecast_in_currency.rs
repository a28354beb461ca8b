use std::collections::BTreeMap;

use super::closed_worth::{closed_worth, open_ones};
use super::{Converted, Forecast, Selection};
use crate::engine::{FieldValue, Group, Reader, Result};
use crate::sales::{ForecastCategory, Opportunity, Outcome, Rates};
use crate::values::{NaiveDate, Period};

/// What is expected of one period and category, in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastRowInCurrency {
    /// The first day of the period; `None` for what has no day of closing.
    pub starts_on: Option<NaiveDate>,
    /// The category.
    pub category: Option<ForecastCategory>,
    /// What it is worth.
    pub amount: Converted,
    /// The same with what is open weighted by its probability; what was won counts in full, what was lost not at all.
    pub weighted: Converted,
}

impl Forecast {
    /// The rows of the forecast as it is, in the currency of the rates, in the order of [`Forecast::rows`].
    ///
    /// # Errors
    /// As [`Forecast::now`].
    pub fn in_currency(
        reader: &mut Reader<'_>,
        period: Period,
        selection: &Selection,
        rates: &Rates,
    ) -> Result<Vec<ForecastRowInCurrency>> {
        type Key = (bool, Option<NaiveDate>, Option<ForecastCategory>);
        let mut rows: BTreeMap<Key, (Converted, Converted)> = BTreeMap::new();
        let zero = || (Converted::zero(rates.to), Converted::zero(rates.to));
        for row in Self::now(reader, period, &open_ones(selection))?.rows {
            let key = (row.starts_on.is_none(), row.starts_on, row.category);
            let (amount, weighted) = rows.entry(key).or_insert_with(zero);
            *amount = row.figures.amounts.converted(rates)?;
            *weighted = row.figures.weighted.converted(rates)?;
        }
        let groups = [
            Group::Period {
                path: Opportunity::CLOSE_ON.into(),
                period,
                zone: reader.zone(),
            },
            Group::Path(Opportunity::FORECAST_CATEGORY.into()),
            Group::Path(Opportunity::OUTCOME.into()),
        ];
        for (keys, worth) in closed_worth(reader, selection, &groups, rates.to)? {
            let [starts_on, category, outcome] = &keys[..] else {
                continue;
            };
            let starts_on = NaiveDate::from_value(starts_on.clone()).ok();
            let category = ForecastCategory::from_value(category.clone()).ok();
            let (amount, weighted) = rows
                .entry((starts_on.is_none(), starts_on, category))
                .or_insert_with(zero);
            if *outcome == Outcome::Won.to_value() {
                *weighted = weighted.clone().plus(worth.clone())?;
            }
            *amount = amount.clone().plus(worth)?;
        }
        Ok(rows
            .into_iter()
            .map(|((_, starts_on, category), (amount, weighted))| ForecastRowInCurrency {
                starts_on,
                category,
                amount,
                weighted,
            })
            .collect())
    }
}
