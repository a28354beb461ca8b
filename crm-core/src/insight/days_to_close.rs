use super::{Groups, Selection, Unknown};
use crate::engine::{
    Aggregate, AggregateRow, Conditions, Expression, Filter, Measure, Path, PathConditions, Quartile, Reader, Result,
    Value,
};
use crate::sales::{Opportunity, Outcome};
use crate::values::Decimal;

/// How long opportunities took from entering the pipeline to being won or lost, in days of the reader's zone.
///
/// ```
/// use crm_core::{engine::Query, insight::{DaysToClose, Selection}};
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
/// let deals = crm.read(|reader| reader.find::<Opportunity>(&Query::of::<Opportunity>()))?;
/// crm.write(|tx| Opportunity::win(tx, deals[0].id, Closing::default()))?;
/// let days = crm.read(|reader| DaysToClose::of(reader, &Selection::default()))?;
/// assert_eq!((days.won.count, days.lost.count, days.lost.median), (1, 0, None));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DaysToClose {
    /// All that were closed.
    pub all: Spread,
    /// Those that were won.
    pub won: Spread,
    /// Those that were lost.
    pub lost: Spread,
}

/// How numbers spread; all but the count are `None` where there is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spread {
    /// How many there are.
    pub count: i64,
    /// Their arithmetic mean, to 28 digits.
    pub mean: Option<Decimal>,
    /// Half of them lie below. Quartiles are by linear interpolation (type 7 of Hyndman and Fan, 1996).
    pub median: Option<Decimal>,
    /// A quarter of them lies below.
    pub first_quartile: Option<Decimal>,
    /// Three quarters of them lie below.
    pub third_quartile: Option<Decimal>,
    /// The smallest.
    pub minimum: Option<i64>,
    /// The largest.
    pub maximum: Option<i64>,
}

/// How many measures make up a [`Spread`].
const MEASURES: usize = 7;

impl DaysToClose {
    /// The days of all opportunities of the selection. Only those count that have both dates; of a reopened one, the
    /// last closing.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn of(reader: &mut Reader<'_>, selection: &Selection) -> Result<Self> {
        let rows = reader.aggregate(&closed(reader, selection))?;
        Ok(rows.first().map(Self::of_row).unwrap_or_default())
    }

    /// The same by fields of opportunities, or of records that they refer to.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a path that begins elsewhere, or a selection that is no condition on
    /// opportunities.
    pub fn by(
        reader: &mut Reader<'_>,
        by: impl IntoIterator<Item: Into<Path>>,
        unknown: Unknown,
        selection: &Selection,
    ) -> Result<Groups<Self>> {
        let by: Vec<Path> = by.into_iter().map(Into::into).collect();
        let rows = by.iter().cloned().fold(closed(reader, selection), Aggregate::group_by);
        let rows = reader.aggregate(&rows)?.into_iter();
        Ok(Groups::new(
            by,
            unknown,
            rows.map(|row| {
                let answer = Self::of_row(&row);
                (row.keys, answer)
            }),
        ))
    }

    fn of_row(row: &AggregateRow) -> Self {
        Self {
            all: Spread::of_measures(row, 0),
            won: Spread::of_measures(row, MEASURES),
            lost: Spread::of_measures(row, 2 * MEASURES),
        }
    }
}

impl Spread {
    /// The measures of the spread of an expression, over the records for which `only` holds.
    pub(super) fn measures(aggregate: Aggregate, expression: &Expression, only: &Filter) -> Aggregate {
        let quartile = |quartile| Measure::quartile(expression.clone(), quartile);
        let measures: [Measure; MEASURES] = [
            Measure::count(),
            Measure::average(expression.clone()),
            quartile(Quartile::Median),
            quartile(Quartile::First),
            quartile(Quartile::Third),
            Measure::minimum(expression.clone()),
            Measure::maximum(expression.clone()),
        ];
        measures.into_iter().fold(aggregate, |aggregate, measure| {
            aggregate.measure(measure.only(only.clone()))
        })
    }

    /// The spread that begins at a place among the measures of a row.
    pub(super) fn of_measures(row: &AggregateRow, first: usize) -> Self {
        let decimal = |place: usize| match row.measures.get(first + place) {
            Some(Value::Decimal(number)) => Some(*number),
            _ => None,
        };
        let integer = |place: usize| match row.measures.get(first + place) {
            Some(Value::Integer(number)) => Some(*number),
            _ => None,
        };
        Self {
            count: row.count(first),
            mean: decimal(1),
            median: decimal(2),
            first_quartile: decimal(3),
            third_quartile: decimal(4),
            minimum: integer(5),
            maximum: integer(6),
        }
    }
}

/// Closed opportunities with both dates, measured over all, the won and the lost ones.
fn closed(reader: &Reader<'_>, selection: &Selection) -> Aggregate {
    let days = Expression::DaysBetween {
        from: Opportunity::OPENED_AT.into(),
        to: Opportunity::CLOSED_AT.into(),
        zone: reader.zone(),
    };
    let dated = selection
        .clone()
        .filter(Opportunity::OPENED_AT.present())
        .filter(Opportunity::CLOSED_AT.present());
    let rows = match dated.condition() {
        Some(condition) => Aggregate::of::<Opportunity>().filter(condition),
        None => Aggregate::of::<Opportunity>(),
    };
    let rows = Spread::measures(rows, &days, &Filter::everything());
    let rows = Spread::measures(rows, &days, &Opportunity::OUTCOME.is(Outcome::Won));
    Spread::measures(rows, &days, &Opportunity::OUTCOME.is(Outcome::Lost))
}
