use std::collections::BTreeMap;

use super::closed_worth::{closed_worth, open_ones};
use super::{Converted, Forecast, Selection};
use crate::engine::{FieldValue, Group, Reader, Result};
use crate::sales::{ForecastCategory, Opportunity, Outcome, Rates};
use crate::values::{Currency, NaiveDate, Period};

/// What is expected to close, in one currency: what is open at the rates of a day, what is closed at those that were
/// locked when it was closed.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastInCurrency {
    /// The length of the periods.
    pub period: Period,
    /// The day on which it stood like this.
    pub day: NaiveDate,
    /// The currency.
    pub currency: Currency,
    /// The day of the rates by which what is open was converted.
    pub rates_on: NaiveDate,
    /// In the order of [`Forecast::rows`].
    pub rows: Vec<ForecastRowInCurrency>,
}

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

impl ForecastInCurrency {
    /// The forecast as it is, in the currency of the rates.
    ///
    /// # Errors
    /// As [`Forecast::now`].
    pub fn now(reader: &mut Reader<'_>, period: Period, selection: &Selection, rates: &Rates) -> Result<Self> {
        type Key = (bool, Option<NaiveDate>, Option<ForecastCategory>);
        let mut rows: BTreeMap<Key, (Converted, Converted)> = BTreeMap::new();
        let zero = || (Converted::zero(rates.to), Converted::zero(rates.to));
        for row in Forecast::now(reader, period, &open_ones(selection))?.rows {
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
        let rows = rows
            .into_iter()
            .map(|((_, starts_on, category), (amount, weighted))| ForecastRowInCurrency {
                starts_on,
                category,
                amount,
                weighted,
            });
        Ok(Self {
            period,
            day: reader.today(),
            currency: rates.to,
            rates_on: rates.day,
            rows: rows.collect(),
        })
    }
}
