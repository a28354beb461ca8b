//! What SQL cannot say of calendars: local dates, periods, and moves that stop at the ends of time.

use crm_core::values::{NaiveDate, Period, Timestamp, Tz, day_number, day_of_number, local_date};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, Error, Result};

use crate::tally;

/// The date of an instant in a zone: `crm_local_day(milliseconds, zone)`, as days since 1970-01-01.
pub(crate) const LOCAL_DAY: &str = "crm_local_day";
/// The first day of the period that holds a day: `crm_period_start(day, period)`.
pub(crate) const PERIOD_START: &str = "crm_period_start";
/// An instant moved by milliseconds: `crm_moved_instant(milliseconds, by)`.
pub(crate) const MOVED_INSTANT: &str = "crm_moved_instant";
/// A day moved by milliseconds, of which whole days count: `crm_moved_day(day, by)`.
pub(crate) const MOVED_DAY: &str = "crm_moved_day";

/// The same answer for the same values, and never run by what stands in a file.
pub(crate) const FLAGS: FunctionFlags = FunctionFlags::SQLITE_UTF8
    .union(FunctionFlags::SQLITE_DETERMINISTIC)
    .union(FunctionFlags::SQLITE_DIRECTONLY);

/// Makes the functions known to a connection.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    connection.create_scalar_function(LOCAL_DAY, 2, FLAGS, |context| {
        let zone = context.get_or_create_aux(1, |name| parsed(name.as_str()?.parse::<Tz>().ok()))?;
        let at: Option<i64> = context.get(0)?;
        Ok(at.map(|at| day_number(local_date(Timestamp::from_milliseconds(at), *zone))))
    })?;
    connection.create_scalar_function(PERIOD_START, 2, FLAGS, |context| {
        let period = context.get_or_create_aux(1, |code| parsed(Period::from_code(code.as_str()?)))?;
        let day = day(context)?;
        Ok(day.map(|day| day_number(period.start(day))))
    })?;
    connection.create_scalar_function(MOVED_INSTANT, 2, FLAGS, |context| {
        let at: Option<i64> = context.get(0)?;
        let by: i64 = context.get(1)?;
        Ok(at.map(|at| moved_instant(Timestamp::from_milliseconds(at), by).milliseconds()))
    })?;
    connection.create_scalar_function(MOVED_DAY, 2, FLAGS, |context| {
        let by: i64 = context.get(1)?;
        Ok(day(context)?.and_then(|day| moved_day(day, by)).map(day_number))
    })?;
    tally::register(connection)
}

/// An instant moved by milliseconds; it stops at the ends of time.
pub(crate) fn moved_instant(at: Timestamp, milliseconds: i64) -> Timestamp {
    at.plus_milliseconds(milliseconds)
}

/// A day moved by the whole days in these milliseconds; nothing where that leaves the calendar.
pub(crate) fn moved_day(day: NaiveDate, milliseconds: i64) -> Option<NaiveDate> {
    const MILLISECONDS_A_DAY: i64 = 86_400_000;
    day_of_number(day_number(day).saturating_add(milliseconds / MILLISECONDS_A_DAY)).ok()
}

/// The day in the first argument.
fn day(context: &Context<'_>) -> Result<Option<NaiveDate>> {
    let number: Option<i64> = context.get(0)?;
    Ok(number.and_then(|number| day_of_number(number).ok()))
}

fn parsed<T>(parsed: Option<T>) -> std::result::Result<T, Error> {
    parsed.ok_or(Error::InvalidParameterName("zone or period".into()))
}
