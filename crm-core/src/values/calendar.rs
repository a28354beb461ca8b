use chrono::{Datelike, Days, LocalResult, NaiveDate, NaiveTime, Offset, TimeZone, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Timestamp, ValueError};

const UNIX_EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(1970, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Days since 1970-01-01, the form in which stores keep a date.
pub fn day_number(day: NaiveDate) -> i64 {
    day.signed_duration_since(UNIX_EPOCH).num_days()
}

/// The date that is this many days after 1970-01-01.
///
/// # Errors
/// When the number lies outside the calendar.
pub fn day_of_number(number: i64) -> Result<NaiveDate, ValueError> {
    chrono::Duration::try_days(number)
        .and_then(|days| UNIX_EPOCH.checked_add_signed(days))
        .ok_or_else(|| {
            ValueError::new(
                format!("day {number} lies outside the calendar"),
                "Use a date between the years -262143 and 262142",
            )
        })
}

/// The date that the clocks of `zone` show at this instant.
///
/// ```
/// use crm_core::values::{Tz, local_date};
/// let at = "2026-12-31T17:00:00Z".parse()?;
/// assert_eq!(local_date(at, Tz::Asia__Shanghai).to_string(), "2027-01-01");
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
pub fn local_date(at: Timestamp, zone: Tz) -> NaiveDate {
    let local = at.to_utc().and_then(|utc| {
        let utc = utc.naive_utc();
        utc.checked_add_offset(zone.offset_from_utc_datetime(&utc).fix())
    });
    match local {
        Some(local) => local.date(),
        None if at.milliseconds() < 0 => NaiveDate::MIN,
        None => NaiveDate::MAX,
    }
}

/// The first instant of a date in `zone`; where the clocks skip midnight, the first one after the gap.
pub fn start_of_day(day: NaiveDate, zone: Tz) -> Timestamp {
    let midnight = day.and_time(NaiveTime::MIN);
    // No zone has ever skipped more than a day, and every gap ends on a quarter of an hour.
    for quarter in 0..=96 {
        let local = midnight + chrono::Duration::minutes(15 * quarter);
        match zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => {
                return Timestamp::from_milliseconds(at.timestamp_millis());
            }
            LocalResult::None => {}
        }
    }
    Timestamp::from_milliseconds(midnight.and_utc().timestamp_millis())
}

/// A stretch of the calendar by which reports group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A calendar day.
    Day,
    /// A week from Monday to Sunday (ISO 8601).
    Week,
    /// A calendar month.
    Month,
    /// A quarter of the calendar year.
    Quarter,
    /// A calendar year.
    Year,
    /// A quarter of the year that begins with this month (1 to 12).
    FiscalQuarter(u8),
    /// The year that begins with this month (1 to 12).
    FiscalYear(u8),
}

impl Period {
    /// The first day of the period that holds `day`.
    ///
    /// ```
    /// use crm_core::values::{NaiveDate, Period};
    /// let day: NaiveDate = "2024-02-29".parse().unwrap();
    /// assert_eq!(Period::Quarter.start(day).to_string(), "2024-01-01");
    /// assert_eq!(Period::FiscalYear(4).start(day).to_string(), "2023-04-01");
    /// ```
    pub fn start(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => day,
            Self::Week => day.week(Weekday::Mon).checked_first_day().unwrap_or(day),
            Self::Month => months_start(day, 1, 1),
            Self::Quarter => months_start(day, 1, 3),
            Self::Year => months_start(day, 1, 12),
            Self::FiscalQuarter(first) => months_start(day, first, 3),
            Self::FiscalYear(first) => months_start(day, first, 12),
        }
    }

    /// The first day of the period after the one that holds `day`.
    pub fn next(self, day: NaiveDate) -> NaiveDate {
        let start = self.start(day);
        let months = match self {
            Self::Day => return start.checked_add_days(Days::new(1)).unwrap_or(start),
            Self::Week => return start.checked_add_days(Days::new(7)).unwrap_or(start),
            Self::Month => 1,
            Self::Quarter | Self::FiscalQuarter(_) => 3,
            Self::Year | Self::FiscalYear(_) => 12,
        };
        start.checked_add_months(chrono::Months::new(months)).unwrap_or(start)
    }

    /// The short name of the period that holds `day`: `2026-12-31`, `2026-W53`, `2026-12`, `2026Q4`, `2026`,
    /// and for fiscal periods, named by the year in which they end, `FY2027Q1`, `FY2027`.
    pub fn label(self, day: NaiveDate) -> String {
        let start = self.start(day);
        match self {
            Self::Day => start.to_string(),
            Self::Week => {
                let week = start.iso_week();
                format!("{}-W{:02}", week.year(), week.week())
            }
            Self::Month => format!("{}-{:02}", start.year(), start.month()),
            Self::Quarter => format!("{}Q{}", start.year(), start.month0() / 3 + 1),
            Self::Year => start.year().to_string(),
            Self::FiscalQuarter(first) => {
                let quarter = (start.month0() + 12 - first_month0(first)) % 12 / 3 + 1;
                format!("FY{}Q{quarter}", fiscal_year_name(day, first))
            }
            Self::FiscalYear(first) => format!("FY{}", fiscal_year_name(day, first)),
        }
    }

    /// The word by which configuration and files name this period, the inverse of [`Period::from_code`].
    pub fn code(self) -> String {
        match self {
            Self::Day => "day".into(),
            Self::Week => "week".into(),
            Self::Month => "month".into(),
            Self::Quarter => "quarter".into(),
            Self::Year => "year".into(),
            Self::FiscalQuarter(first) => format!("fiscal_quarter_{first}"),
            Self::FiscalYear(first) => format!("fiscal_year_{first}"),
        }
    }

    /// The period of a [`Period::code`]; `None` for any other word.
    pub fn from_code(code: &str) -> Option<Self> {
        let month = |text: &str| text.parse().ok().filter(|month| (1..=12).contains(month));
        match code {
            "day" => Some(Self::Day),
            "week" => Some(Self::Week),
            "month" => Some(Self::Month),
            "quarter" => Some(Self::Quarter),
            "year" => Some(Self::Year),
            _ => match code.strip_prefix("fiscal_year_") {
                Some(first) => month(first).map(Self::FiscalYear),
                None => month(code.strip_prefix("fiscal_quarter_")?).map(Self::FiscalQuarter),
            },
        }
    }
}

/// January is 0; a month out of range counts as January.
fn first_month0(first: u8) -> u32 {
    u32::from(first.clamp(1, 12)) - 1
}

fn months_start(day: NaiveDate, first: u8, length: u32) -> NaiveDate {
    let into_period = (day.month0() + 12 - first_month0(first)) % length;
    day.with_day(1)
        .and_then(|month| month.checked_sub_months(chrono::Months::new(into_period)))
        .unwrap_or(day)
}

fn fiscal_year_name(day: NaiveDate, first: u8) -> i32 {
    let start = months_start(day, first, 12);
    start.year() + i32::from(start.month() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_leap_day_belongs_to_its_month_quarter_and_year() {
        let leap = day("2024-02-29");
        assert_eq!(Period::Month.label(leap), "2024-02");
        assert_eq!(Period::Month.next(leap), day("2024-03-01"));
        assert_eq!(Period::Quarter.label(leap), "2024Q1");
        assert_eq!(Period::Year.next(leap), day("2025-01-01"));
    }

    #[test]
    fn weeks_are_iso_weeks_across_the_new_year() {
        assert_eq!(Period::Week.start(day("2027-01-01")), day("2026-12-28"));
        assert_eq!(Period::Week.label(day("2027-01-01")), "2026-W53");
    }

    #[test]
    fn fiscal_periods_are_named_by_the_year_in_which_they_end() {
        assert_eq!(Period::FiscalYear(4).label(day("2026-04-01")), "FY2027");
        assert_eq!(Period::FiscalYear(4).label(day("2026-03-31")), "FY2026");
        assert_eq!(Period::FiscalYear(1).label(day("2026-03-31")), "FY2026");
        assert_eq!(Period::FiscalQuarter(10).label(day("2026-01-15")), "FY2026Q2");
        assert_eq!(Period::FiscalQuarter(2).start(day("2026-01-15")), day("2025-11-01"));
    }

    #[test]
    fn a_day_begins_after_the_gap_where_midnight_is_skipped() {
        // Brazil moved its clocks at midnight on 2018-11-04.
        let start = start_of_day(day("2018-11-04"), Tz::America__Sao_Paulo);
        assert_eq!(start.to_string(), "2018-11-04T03:00:00.000Z");
        assert_eq!(local_date(start, Tz::America__Sao_Paulo), day("2018-11-04"));
    }

    #[test]
    fn the_ends_of_time_have_a_date_in_every_zone() {
        let ends = [
            chrono::DateTime::<chrono::Utc>::MIN_UTC,
            chrono::DateTime::<chrono::Utc>::MAX_UTC,
        ];
        for at in ends
            .map(Timestamp::from)
            .into_iter()
            .chain([i64::MIN, i64::MAX].map(Timestamp::from_milliseconds))
        {
            let end = if at.milliseconds() < 0 {
                NaiveDate::MIN
            } else {
                NaiveDate::MAX
            };
            for zone in [Tz::Asia__Shanghai, Tz::America__New_York] {
                let apart = local_date(at, zone).signed_duration_since(end).num_days().abs();
                assert!(apart <= 2, "{at} in {zone}");
            }
        }
    }

    #[test]
    fn codes_and_day_numbers_read_back() {
        for period in [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year] {
            assert_eq!(Period::from_code(&period.code()), Some(period));
        }
        assert_eq!(Period::from_code("fiscal_year_7"), Some(Period::FiscalYear(7)));
        assert_eq!(Period::from_code("fiscal_year_13"), None);
        assert_eq!(day_of_number(day_number(day("1969-12-31"))), Ok(day("1969-12-31")));
        assert!(day_of_number(i64::MAX).is_err());
    }
}
