use std::collections::BTreeMap;

use super::{Amounts, Closings, Grouped, Groups, Selection, Unknown};
use crate::engine::{
    Aggregate, Conditions, Entity, FieldValue, Filter, Group, Measure, Path, PathConditions, Reader, Result, Value,
};
use crate::sales::{Opportunity, OpportunityLine, Outcome};
use crate::values::{Decimal, NaiveDate, Period};

/// How many opportunities were won and lost, and what was won.
///
/// ```
/// use crm_core::{engine::Query, insight::{Selection, WinRate}};
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
/// crm.write(|tx| Opportunity::lose(tx, deals[1].id, "price", Closing::default()))?;
/// let rate = crm.read(|reader| WinRate::total(reader, &Selection::default()))?;
/// assert_eq!(rate.rate.map(|rate| rate.to_string()), Some("0.5".into()));
/// assert_eq!(rate.won_value.to_string(), "100.00 EUR");
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WinRate {
    /// How many there are.
    pub opportunities: i64,
    /// How many of them are open.
    pub open: i64,
    /// How many of them were won.
    pub won: i64,
    /// How many of them were lost.
    pub lost: i64,
    /// Won / (won + lost), to 28 digits; `None` where nothing was closed.
    pub rate: Option<Decimal>,
    /// What was won: the sum of the amounts; by product, of its lines.
    pub won_value: Amounts,
}

impl WinRate {
    /// The win rate of all opportunities of the selection.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn total(reader: &mut Reader<'_>, selection: &Selection) -> Result<Self> {
        let mut rates = grouped(reader, Subject::Opportunities, Vec::new(), selection)?;
        Ok(rates.remove([].as_slice()).unwrap_or_default())
    }

    /// Win rates by fields of opportunities, or of records that they refer to: the owner's manager, the customer's
    /// industry. Where a path begins at [`OpportunityLine`], as that to the product, the lines are grouped, by all
    /// paths: then an opportunity counts once for each of its products, and won value is that of the lines.
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
        let subject = Subject::of(&by);
        let groups = by.iter().map(|path| Group::Path(subject.path(path))).collect();
        let rates = grouped(reader, subject, groups, selection)?;
        Ok(Groups::new(by, unknown, rates))
    }

    /// Win rates by the period in which opportunities were closed, in the reader's zone. Open ones are left out.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn by_closing(reader: &mut Reader<'_>, period: Period, selection: &Selection) -> Result<Closings<Self>> {
        let closed = selection.clone().filter(Opportunity::CLOSED_AT.present());
        let group = Group::Period {
            path: Opportunity::CLOSED_AT.into(),
            period,
            zone: reader.zone(),
        };
        let rates = grouped(reader, Subject::Opportunities, vec![group], &closed)?;
        let groups = rates.into_iter().filter_map(|(key, answer)| {
            let key = NaiveDate::from_value(key.into_iter().next()?).ok()?;
            Some(Grouped { key, answer })
        });
        Ok(Closings {
            period,
            groups: groups.collect(),
        })
    }
}

/// What is grouped: opportunities, or their lines.
#[derive(Clone, Copy)]
enum Subject {
    Opportunities,
    Lines,
}

impl Subject {
    /// The lines where one of the paths begins there.
    fn of(paths: &[Path]) -> Self {
        match paths.iter().any(|path| path.root() == OpportunityLine::DEF) {
            true => Self::Lines,
            false => Self::Opportunities,
        }
    }

    /// A path, from what is grouped.
    fn path(self, path: &Path) -> Path {
        match self {
            Self::Lines if path.root() == Opportunity::DEF => OpportunityLine::OPPORTUNITY_ID.to(path.clone()),
            Self::Lines | Self::Opportunities => path.clone(),
        }
    }

    fn rows(self, condition: Option<Filter>) -> Aggregate {
        let (rows, condition) = match self {
            Self::Opportunities => (Aggregate::of::<Opportunity>(), condition),
            Self::Lines => (
                Aggregate::of::<OpportunityLine>(),
                condition.map(|condition| Filter::refers_to(OpportunityLine::OPPORTUNITY_ID, condition)),
            ),
        };
        match condition {
            Some(condition) => rows.filter(condition),
            None => rows,
        }
    }

    fn has_outcome(self, outcome: Outcome) -> Filter {
        self.path(&Opportunity::OUTCOME.into()).is(outcome)
    }

    fn count(self) -> Measure {
        match self {
            Self::Opportunities => Measure::count(),
            Self::Lines => Measure::count_distinct(OpportunityLine::OPPORTUNITY_ID),
        }
    }

    fn value(self) -> Path {
        match self {
            Self::Opportunities => Opportunity::AMOUNT.into(),
            Self::Lines => OpportunityLine::TOTAL.into(),
        }
    }
}

/// The rates of each group: one aggregate counts, and one adds up what was won, by currency.
fn grouped(
    reader: &mut Reader<'_>,
    subject: Subject,
    groups: Vec<Group>,
    selection: &Selection,
) -> Result<BTreeMap<Vec<Value>, WinRate>> {
    let mut rows = subject.rows(selection.condition());
    rows.groups = groups;
    let mut counts = rows.clone().measure(subject.count());
    for outcome in [Outcome::Open, Outcome::Won, Outcome::Lost] {
        counts = counts.measure(subject.count().only(subject.has_outcome(outcome)));
    }
    let groups = rows.groups.len();
    let values = rows
        .filter(subject.has_outcome(Outcome::Won))
        .group_by(subject.value().currency())
        .measure(Measure::sum(subject.value()));
    let mut rates: BTreeMap<Vec<Value>, WinRate> = BTreeMap::new();
    for row in reader.aggregate(&counts)? {
        let rate = WinRate {
            opportunities: row.count(0),
            open: row.count(1),
            won: row.count(2),
            lost: row.count(3),
            rate: rate(row.count(2), row.count(2) + row.count(3)),
            won_value: Amounts::default(),
        };
        rates.insert(row.keys, rate);
    }
    for mut row in reader.aggregate(&values)? {
        row.keys.truncate(groups);
        rates
            .entry(row.keys)
            .or_default()
            .won_value
            .add_measured(&row.measures[0])?;
    }
    Ok(rates)
}

/// A part of a whole without trailing zeros; `None` where there is no whole.
pub(super) fn rate(part: i64, whole: i64) -> Option<Decimal> {
    let rate = Decimal::from(part).checked_div(Decimal::from(whole))?;
    Some(rate.normalize())
}
