use super::Selection;
use super::figures::{Figures, figures_by_group};
use super::standing::Standing;
use crate::engine::{FieldValue, Reader, Result, Value};
use crate::sales::ForecastCategory;
use crate::values::{NaiveDate, Period};

/// What is expected to close, by period and category.
///
/// ```
/// use crm_core::insight::{Forecast, Selection};
/// use crm_core::values::Period;
/// # use crm_core::{Crm, sales::*};
/// # let crm = Crm::in_memory();
/// # crm.write(|tx| {
/// #     let stages = vec![NewStage::open("Offer", 50), NewStage::won("Won"), NewStage::lost("Lost")];
/// #     Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
/// #     for amount in ["100 EUR", "60 EUR"] {
/// #         let amount = amount.parse().ok();
/// #         tx.create(OpportunityDraft { amount, ..OpportunityDraft::new("A deal") })?;
/// #     }
/// #     Ok(())
/// # })?;
/// let forecast = crm.read(|reader| Forecast::now(reader, Period::Quarter, &Selection::default()))?;
/// let row = &forecast.rows[0];
/// assert_eq!((row.starts_on, row.category), (None, Some(ForecastCategory::Pipeline)));
/// assert_eq!(row.figures.weighted.to_string(), "80.00 EUR");
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The length of the periods.
    pub period: Period,
    /// The day at whose end it stood like this.
    pub day: NaiveDate,
    /// By period, and in each by category; at the end what has no day of closing.
    pub rows: Vec<ForecastRow>,
}

/// The opportunities of one category that are to close in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct ForecastRow {
    /// The first day of the period; `None` for those without a day of closing.
    pub starts_on: Option<NaiveDate>,
    /// The category; `None` for those without one.
    pub category: Option<ForecastCategory>,
    /// How many they are, and what they are worth.
    pub figures: Figures,
}

impl Forecast {
    /// The forecast as it is. Won opportunities are in [`ForecastCategory::Closed`], lost ones in
    /// [`ForecastCategory::Omitted`], each in the period in which it closed.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn now(reader: &mut Reader<'_>, period: Period, selection: &Selection) -> Result<Self> {
        let today = reader.today();
        Self::standing(reader, Standing::Now, today, period, selection)
    }

    /// The forecast as it was at the end of a day in the reader's zone, by when things happened.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn on(reader: &mut Reader<'_>, day: NaiveDate, period: Period, selection: &Selection) -> Result<Self> {
        let standing = Standing::at_end_of(day, reader.zone());
        Self::standing(reader, standing, day, period, selection)
    }

    fn standing(
        reader: &mut Reader<'_>,
        standing: Standing,
        day: NaiveDate,
        period: Period,
        selection: &Selection,
    ) -> Result<Self> {
        let by_period_and_category = standing
            .aggregate(selection.condition())
            .group_by_period(standing.close_on(), period, reader.zone())
            .group_by(standing.forecast_category());
        let mut rows: Vec<ForecastRow> = figures_by_group(reader, standing, &by_period_and_category)?
            .into_iter()
            .map(|(keys, figures)| ForecastRow {
                starts_on: keys.first().cloned().and_then(known),
                category: keys.get(1).cloned().and_then(known),
                figures,
            })
            .collect();
        rows.sort_by_key(|row| (row.starts_on.is_none(), row.starts_on, row.category));
        Ok(Self { period, day, rows })
    }
}

fn known<T: FieldValue>(key: Value) -> Option<T> {
    T::from_value(key).ok()
}
