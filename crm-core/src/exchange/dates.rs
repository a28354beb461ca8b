//! Dates and instants as people write them in files, where the order of day and month may be either.

use chrono::{NaiveDateTime, NaiveTime, TimeZone};

use super::header::narrow;
use super::target::DateOrder;
use super::worded_dates::worded;
use crate::values::{NaiveDate, Timestamp, Tz, ValueError, local_date, start_of_day};

/// Three numbers as they stand in a date that does not begin with the year.
struct TwoAndYear {
    first: u32,
    second: u32,
    year: i32,
}

/// What a cell holds: a date, alone or with a time.
enum Written {
    Date(NaiveDate),
    Local(NaiveDateTime),
    Instant(Timestamp),
}

/// Reads a date; of an instant, the date that clocks in `zone` show then.
pub(super) fn date(cell: &str, order: Option<DateOrder>, zone: Tz) -> Result<NaiveDate, ValueError> {
    Ok(match read(cell, order)? {
        Written::Date(date) => date,
        Written::Local(local) => local.date(),
        Written::Instant(at) => local_date(at, zone),
    })
}

/// Reads an instant: with its offset, or by the clocks of `zone`; of a date, its beginning there.
pub(super) fn instant(cell: &str, order: Option<DateOrder>, zone: Tz) -> Result<Timestamp, ValueError> {
    match read(cell, order)? {
        Written::Date(date) => Ok(start_of_day(date, zone)),
        Written::Instant(at) => Ok(at),
        Written::Local(local) => zone
            .from_local_datetime(&local)
            .earliest()
            .map(|at| Timestamp::from_milliseconds(at.timestamp_millis()))
            .ok_or_else(|| {
                ValueError::new(
                    "the clocks skipped this time",
                    "Write it with its offset, as in 2026-12-31T17:00:00+08:00",
                )
            }),
    }
}

/// What a cell tells about the order in which its file writes day and month.
pub(super) fn evidence(cell: &str) -> Option<DateOrder> {
    let narrowed: String = cell.chars().map(narrow).collect();
    let (day, _) = split_time(narrowed.trim());
    let date = two_and_year(day)?;
    let could_be = |order| date.in_order(order).is_some();
    match (could_be(DateOrder::DayMonthYear), could_be(DateOrder::MonthDayYear)) {
        (true, false) => Some(DateOrder::DayMonthYear),
        (false, true) => Some(DateOrder::MonthDayYear),
        _ => None,
    }
}

fn read(cell: &str, order: Option<DateOrder>) -> Result<Written, ValueError> {
    let narrowed: String = cell.chars().map(narrow).collect();
    let text = narrowed.trim();
    if let Some(at) = with_offset(text) {
        return Ok(Written::Instant(at));
    }
    let (date, time) = match worded(text) {
        Some((date, rest)) => (date.ok_or_else(no_date)?, (!rest.is_empty()).then_some(rest)),
        None => {
            let (day, time) = split_time(text);
            (calendar_date(day, order)?, time)
        }
    };
    match time.map(local_time) {
        None => Ok(Written::Date(date)),
        Some(Some(time)) => Ok(Written::Local(date.and_time(time))),
        Some(None) => Err(no_date()),
    }
}

/// An instant with its offset, which some write without a colon: `+0000`.
fn with_offset(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse() {
        return Some(at);
    }
    let (rest, offset) = text.split_at_checked(text.len().checked_sub(4)?)?;
    let (hours, minutes) = offset.split_at_checked(2)?;
    let signed = rest.ends_with(['+', '-']) && offset.bytes().all(|byte| byte.is_ascii_digit());
    signed.then(|| format!("{rest}{hours}:{minutes}").parse().ok())?
}

fn split_time(text: &str) -> (&str, Option<&str>) {
    match text.split_once(['T', ' ']) {
        Some((day, time)) => (day.trim_end_matches(','), Some(time.trim())),
        None => (text, None),
    }
}

fn local_time(text: &str) -> Option<NaiveTime> {
    ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}

fn calendar_date(text: &str, order: Option<DateOrder>) -> Result<NaiveDate, ValueError> {
    if let Some(date) = year_first(text) {
        return date.ok_or_else(no_date);
    }
    let date = two_and_year(text).ok_or_else(no_date)?;
    if let Some(order) = order {
        return date.in_order(order).ok_or_else(|| {
            ValueError::new(
                format!("this is not a date in the order {order}"),
                "Mend the cell, or set the date order of the column",
            )
        });
    }
    let either = [DateOrder::DayMonthYear, DateOrder::MonthDayYear].map(|order| date.in_order(order));
    match either {
        [Some(day_first), Some(month_first)] if day_first != month_first => Err(ValueError::new(
            "this date may begin with the day or with the month",
            "Set the date order of the file or the column",
        )),
        [day_first, month_first] => day_first.or(month_first).ok_or_else(no_date),
    }
}

/// `2026-12-31`, `2026/12/31`, `2026.12.31`; the inner `None` for a day that is not in the calendar.
fn year_first(text: &str) -> Option<Option<NaiveDate>> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [year, month, day] = parts[..] else { return None };
    if year.len() != 4 {
        return None;
    }
    let (year, month, day) = (digits(year)?, digits(month)?, digits(day)?);
    Some(NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day))
}

fn two_and_year(text: &str) -> Option<TwoAndYear> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [first, second, year] = parts[..] else { return None };
    // A year of two digits would be a guess.
    if year.len() != 4 || first.len() > 2 || second.len() > 2 {
        return None;
    }
    Some(TwoAndYear {
        first: digits(first)?,
        second: digits(second)?,
        year: i32::try_from(digits(year)?).ok()?,
    })
}

impl TwoAndYear {
    fn in_order(&self, order: DateOrder) -> Option<NaiveDate> {
        let (day, month) = match order {
            DateOrder::DayMonthYear => (self.first, self.second),
            DateOrder::MonthDayYear => (self.second, self.first),
        };
        NaiveDate::from_ymd_opt(self.year, month, day)
    }
}

pub(super) fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    text.parse().ok()
}

fn no_date() -> ValueError {
    ValueError::new(
        "this is not a date",
        "Write it as 2026-12-31, with a year of four digits",
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, order: Option<DateOrder>) -> Option<String> {
        date(text, order, Tz::UTC).ok().map(|date| date.to_string())
    }

    #[test]
    fn a_date_that_could_be_two_is_refused_until_the_order_is_known() {
        assert_eq!(read("03/04/2026", None), None);
        assert_eq!(
            read("03/04/2026", Some(DateOrder::DayMonthYear)).as_deref(),
            Some("2026-04-03")
        );
        assert_eq!(
            read("03/04/2026", Some(DateOrder::MonthDayYear)).as_deref(),
            Some("2026-03-04")
        );
        assert_eq!(read("13.04.2026", None).as_deref(), Some("2026-04-13"));
        assert_eq!(read("04/13/2026", Some(DateOrder::DayMonthYear)), None);
    }

    #[test]
    fn dates_that_begin_with_the_year_need_no_order() {
        for text in [
            "2026-04-03",
            "2026/4/3",
            "2026.04.03",
            "2026年4月3日",
            "2026-04-03 10:20",
            "2026-04-03, 10:20 PM",
            "2026-04-03T10:20:00.000+0000",
            "２０２６-04-03",
        ] {
            assert_eq!(read(text, None).as_deref(), Some("2026-04-03"), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2026-02-30",
            "31.12.26",
            "12/2026",
            "soon",
            "2026-01-01 noon",
            "2026-1-1-1",
        ] {
            assert_eq!(
                read(text, Some(DateOrder::DayMonthYear)),
                None,
                "{text} was taken for a date"
            );
        }
    }

    #[test]
    fn a_day_begins_and_a_local_time_is_read_in_the_zone() {
        let shanghai = |text| instant(text, None, Tz::Asia__Shanghai).map(|at| at.to_string());
        assert_eq!(shanghai("2026-04-03").as_deref(), Ok("2026-04-02T16:00:00.000Z"));
        assert_eq!(shanghai("2026-04-03 08:30").as_deref(), Ok("2026-04-03T00:30:00.000Z"));
        assert_eq!(
            shanghai("2026-04-03T08:30:00Z").as_deref(),
            Ok("2026-04-03T08:30:00.000Z")
        );
        assert!(instant("2026-03-29 02:30", None, Tz::Europe__Berlin).is_err());
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_cell_reading_it_never_panics(cell in "\\PC{0,24}") {
            let _ = instant(&cell, None, Tz::UTC);
            let _ = evidence(&cell);
        }
    }
}
