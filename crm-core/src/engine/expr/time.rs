//! The texts in `duration("72h")`, `timestamp("2026-01-31T00:00:00Z")` and `date("2026-01-31")`.

use chrono::DateTime;

use super::{Result, fault};
use crate::values::{NaiveDate, Timestamp};

pub(super) const MILLISECONDS_A_DAY: i64 = 86_400_000;

/// The longest duration, 10,000 years, as the protocol buffers of CEL have it.
const LONGEST_DURATION: i128 = 315_576_000_000 * 1000;

/// Nanoseconds of the units, the longer names first, so that `ms` is not taken for `m`.
const UNITS: [(&str, i128); 6] = [
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
];

/// The milliseconds of a duration as CEL writes it: `72h`, `-1h30m`, `1.5s`.
pub(super) fn duration(text: &str, column: usize) -> Result<i64> {
    let unreadable = || {
        fault(
            column,
            "this is not a duration as CEL writes it",
            "Write hours, minutes, seconds or milliseconds, as in duration(\"72h\") or duration(\"1h30m\"); a day is 24h",
        )
    };
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut nanoseconds: i128 = 0;
    if rest.is_empty() {
        return Err(unreadable());
    }
    while !rest.is_empty() {
        let (part, behind) = duration_part(rest).ok_or_else(unreadable)?;
        nanoseconds += part;
        if nanoseconds > LONGEST_DURATION * 1_000_000 {
            return Err(fault(
                column,
                "the duration is longer than 10,000 years",
                "Use a shorter one",
            ));
        }
        rest = behind;
    }
    if nanoseconds % 1_000_000 != 0 {
        return Err(finer_than_milliseconds(column));
    }
    let milliseconds = i64::try_from(nanoseconds / 1_000_000).map_err(|_| unreadable())?;
    Ok(if negative { -milliseconds } else { milliseconds })
}

/// The nanoseconds of one number with its unit, and what is behind it.
fn duration_part(text: &str) -> Option<(i128, &str)> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (whole, mut rest) = text.split_at(digits(text));
    let mut fraction = "";
    if let Some(behind_point) = rest.strip_prefix('.') {
        (fraction, rest) = behind_point.split_at(digits(behind_point));
        if fraction.is_empty() {
            return None;
        }
    }
    let (unit, nanoseconds) = UNITS.iter().find(|(unit, _)| rest.starts_with(unit))?;
    // 18 digits of hours stay far below 128 bits.
    if whole.is_empty() || whole.len() + fraction.len() > 18 {
        return None;
    }
    let places = u32::try_from(fraction.len()).ok()?;
    let scaled = format!("{whole}{fraction}").parse::<i128>().ok()? * nanoseconds;
    let scale = 10_i128.pow(places);
    // What is left below a nanosecond counts as one, so that it is refused with all that is below a millisecond.
    let rounded = scaled.div_euclid(scale) + i128::from(scaled % scale != 0);
    Some((rounded, &rest[unit.len()..]))
}

/// The instant that RFC 3339 writes like this.
pub(super) fn timestamp(text: &str, column: usize) -> Result<Timestamp> {
    let at: Timestamp = text
        .parse()
        .map_err(|error: crate::values::ValueError| fault(column, error.reason, error.hint))?;
    let nanoseconds = DateTime::parse_from_rfc3339(text).map_or(0, |at| at.timestamp_subsec_nanos());
    if !nanoseconds.is_multiple_of(1_000_000) {
        return Err(finer_than_milliseconds(column));
    }
    Ok(at)
}

/// The date that ISO 8601 writes like this.
pub(super) fn date(text: &str, column: usize) -> Result<NaiveDate> {
    let written_out = text.len() == "2026-12-31".len()
        && text.char_indices().all(|(at, c)| {
            if matches!(at, 4 | 7) {
                c == '-'
            } else {
                c.is_ascii_digit()
            }
        });
    text.parse().ok().filter(|_| written_out).ok_or_else(|| {
        fault(
            column,
            "this is not a date of the calendar",
            "Write year, month and day, as in date(\"2026-12-31\")",
        )
    })
}

fn finer_than_milliseconds(column: usize) -> crate::engine::CrmError {
    fault(
        column,
        "times are kept in milliseconds, and this is finer",
        "Round it to whole milliseconds",
    )
}
