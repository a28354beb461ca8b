use std::collections::BTreeMap;

use super::Amounts;
use super::standing::Standing;
use crate::engine::{Aggregate, Expression, Measure, Reader, Result, Value};

/// How many opportunities there are, and what they are worth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many.
    pub count: i64,
    /// The sum of their amounts.
    pub amounts: Amounts,
    /// What their lines cost by the list.
    pub list_amounts: Amounts,
    /// The sum of amount × probability / 100, exact and rounded once to the minor unit.
    pub weighted: Amounts,
}

/// The figures of each group of an aggregate that has no measures yet, by the keys of the group.
///
/// Two aggregates: an opportunity's amount and the list price of its lines may be of two currencies.
pub(super) fn figures_by_group(
    reader: &mut Reader<'_>,
    standing: Standing,
    rows: &Aggregate,
) -> Result<BTreeMap<Vec<Value>, Figures>> {
    let mut figures: BTreeMap<Vec<Value>, Figures> = BTreeMap::new();
    let weighted = Expression::Share {
        of: standing.amount(),
        percent: standing.probability(),
    };
    let by_amount = rows
        .clone()
        .group_by(standing.amount().currency())
        .measure(Measure::count())
        .measure(Measure::sum(standing.amount()))
        .measure(Measure::sum(weighted));
    for mut row in reader.aggregate(&by_amount)? {
        row.keys.truncate(rows.groups.len());
        let count = row.count(0);
        let group = figures.entry(row.keys).or_default();
        group.count += count;
        group.amounts.add_measured(&row.measures[1])?;
        group.weighted.add_measured(&row.measures[2])?;
    }
    let by_list_amount = rows
        .clone()
        .group_by(standing.list_amount().currency())
        .measure(Measure::sum(standing.list_amount()));
    for mut row in reader.aggregate(&by_list_amount)? {
        row.keys.truncate(rows.groups.len());
        let group = figures.entry(row.keys).or_default();
        group.list_amounts.add_measured(&row.measures[0])?;
    }
    Ok(figures)
}

/// The figures of all rows of an aggregate that has neither groups nor measures yet.
pub(super) fn figures(reader: &mut Reader<'_>, standing: Standing, rows: &Aggregate) -> Result<Figures> {
    Ok(figures_by_group(reader, standing, rows)?
        .remove([].as_slice())
        .unwrap_or_default())
}
