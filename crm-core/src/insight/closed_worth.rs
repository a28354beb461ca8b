use std::collections::BTreeMap;

use super::{Converted, Selection};
use crate::engine::{Aggregate, Conditions, Filter, Group, Measure, Path, Query, Reader, Result, Value};
use crate::ids::OpportunityId;
use crate::sales::{ClosingRate, Opportunity, Outcome};
use crate::values::Currency;

/// What closed opportunities were worth in a reporting currency by the rates that were locked when they were closed: by
/// the keys of groups of opportunities.
pub(super) fn closed_worth(
    reader: &mut Reader<'_>,
    selection: &Selection,
    groups: &[Group],
    currency: Currency,
) -> Result<BTreeMap<Vec<Value>, Converted>> {
    let mut worth: BTreeMap<Vec<Value>, Converted> = BTreeMap::new();
    let zero = || Converted::zero(currency);
    let mut locked = Aggregate::of::<ClosingRate>()
        .filter(ClosingRate::CURRENCY.is(currency.code()))
        .measure(Measure::sum(ClosingRate::AMOUNT));
    locked.groups.extend(groups.iter().map(of_closing_rate));
    if let Some(condition) = selection.condition() {
        locked = locked.filter(Filter::refers_to(ClosingRate::OPPORTUNITY_ID, condition));
    }
    for row in reader.aggregate(&locked)? {
        let sum = worth.entry(row.keys).or_insert_with(zero);
        if let Value::Money(amount) = row.measures[0] {
            sum.add(amount)?;
        }
    }
    let mut missing = Aggregate::of::<Opportunity>().filter(without_rate(selection, currency));
    missing.groups.extend(groups.iter().cloned());
    let missing = missing
        .group_by(Opportunity::AMOUNT.currency())
        .measure(Measure::sum(Opportunity::AMOUNT));
    for mut row in reader.aggregate(&missing)? {
        row.keys.truncate(groups.len());
        let sum = worth.entry(row.keys).or_insert_with(zero);
        sum.unconverted.add_measured(&row.measures[0])?;
    }
    Ok(worth)
}

/// The closed opportunities that have an amount and no locked rate, in the order in which they were closed.
pub(super) fn deals_without_rate(
    reader: &mut Reader<'_>,
    selection: &Selection,
    currency: Currency,
) -> Result<Vec<OpportunityId>> {
    let query = Query::of::<Opportunity>()
        .filter(without_rate(selection, currency))
        .order_by(Opportunity::CLOSED_AT);
    Ok(reader.ids(&query)?.into_iter().map(OpportunityId).collect())
}

/// The same selection of what is open.
pub(super) fn open_ones(selection: &Selection) -> Selection {
    selection.clone().filter(Opportunity::OUTCOME.is(Outcome::Open))
}

fn without_rate(selection: &Selection, currency: Currency) -> Filter {
    let missing = ClosingRate::is_missing(currency);
    match selection.condition() {
        Some(condition) => missing.and(condition),
        None => missing,
    }
}

/// A group of opportunities, as one of their closing rates.
fn of_closing_rate(group: &Group) -> Group {
    match group {
        Group::Path(path) => Group::Path(through_closing_rate(path)),
        Group::Period { path, period, zone } => Group::Period {
            path: through_closing_rate(path),
            period: *period,
            zone: *zone,
        },
    }
}

fn through_closing_rate(path: &Path) -> Path {
    ClosingRate::OPPORTUNITY_ID.to(path.clone())
}
