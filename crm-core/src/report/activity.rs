use crate::activities::{Interaction, InteractionKind, InteractionStatus};
use crate::engine::{Aggregate, Conditions, FieldValue, Measure, Reader, Result};
use crate::values::{NaiveDate, Period, start_of_day};
use chrono::Days;

/// How many weeks are told, the running one included.
const WEEKS: u64 = 13;

/// How many interactions of one kind took place in one week.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityWeek {
    /// The Monday of the week.
    pub starts_on: NaiveDate,
    /// The kind.
    pub kind: InteractionKind,
    /// How many there were.
    pub count: i64,
}

impl ActivityWeek {
    /// The Mondays of the weeks that end with the one that holds a day.
    pub(super) fn weeks(day: NaiveDate) -> Vec<NaiveDate> {
        let this_week = Period::Week.start(day);
        let before = |weeks: u64| this_week.checked_sub_days(Days::new(7 * weeks));
        (0..WEEKS).rev().filter_map(before).collect()
    }

    /// What took place in these weeks until now, by week and kind; what was only planned, missed or called off is not
    /// counted.
    pub(super) fn until_now(reader: &mut Reader<'_>) -> Result<Vec<Self>> {
        let (now, zone) = (reader.now(), reader.zone());
        let first = Self::weeks(reader.today()).first().copied().unwrap_or(reader.today());
        let by_week_and_kind = Aggregate::of::<Interaction>()
            .filter(Interaction::STATUS.is(InteractionStatus::Held))
            .filter(Interaction::STARTS_AT.at_least(start_of_day(first, zone)))
            .filter(Interaction::STARTS_AT.at_most(now))
            .group_by_period(Interaction::STARTS_AT, Period::Week, zone)
            .group_by(Interaction::KIND)
            .measure(Measure::count());
        let rows = reader.aggregate(&by_week_and_kind)?;
        let weeks = rows.into_iter().filter_map(|row| {
            let count = row.count(0);
            let [week, kind] = <[_; 2]>::try_from(row.keys).ok()?;
            Some(Self {
                starts_on: NaiveDate::from_value(week).ok()?,
                kind: InteractionKind::from_value(kind).ok()?,
                count,
            })
        });
        Ok(weeks.collect())
    }
}
