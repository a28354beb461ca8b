use chrono::{Datelike, Days, Weekday};

use crate::engine::{Random, Reader};
use crate::values::{NaiveDate, Timestamp, Tz, local_date, start_of_day};

/// How busy the months of a year are, from January on.
const SEASONS: [usize; 12] = [7, 5, 11, 9, 9, 10, 7, 5, 11, 10, 11, 6];
/// The busiest of them.
const BUSIEST: usize = 11;

/// How much is done in the hours of a day at work.
const HOURS: [(i64, usize); 11] = [
    (8, 3),
    (9, 8),
    (10, 10),
    (11, 9),
    (12, 3),
    (13, 5),
    (14, 9),
    (15, 9),
    (16, 7),
    (17, 4),
    (18, 1),
];

const MINUTE: i64 = 60_000;

/// The year that ends now, with its seasons, weeks and hours of work.
#[derive(Debug)]
pub(super) struct Calendar {
    pub(super) now: Timestamp,
    pub(super) today: NaiveDate,
}

impl Calendar {
    pub(super) fn of(reader: &Reader<'_>) -> Self {
        Self {
            now: reader.now(),
            today: reader.today(),
        }
    }

    /// The day so many days ago, or to come where negative.
    pub(super) fn days_ago(&self, days: i64) -> NaiveDate {
        shifted(self.today, -days)
    }

    /// A working day from one day to another, likelier in busy months; where there is none, the first day.
    pub(super) fn working_day(&self, random: &mut Random, from: NaiveDate, to: NaiveDate) -> NaiveDate {
        const TRIES: usize = 64;
        let span = to.signed_duration_since(from).num_days().max(0);
        for _ in 0..TRIES {
            let day = shifted(from, random.between(0, span));
            if is_working_day(day) && random.below(BUSIEST) < SEASONS[day.month0() as usize] {
                return day;
            }
        }
        from
    }

    /// A time at work on a day, but not after now.
    pub(super) fn at_work(&self, random: &mut Random, day: NaiveDate, zone: Tz) -> Timestamp {
        self.planned(random, day, zone).min(self.now)
    }

    /// A time at work on a day.
    pub(super) fn planned(&self, random: &mut Random, day: NaiveDate, zone: Tz) -> Timestamp {
        let minutes = random.weighted(&HOURS) * 60 + 5 * random.between(0, 11);
        start_of_day(day, zone).plus_milliseconds(minutes * MINUTE)
    }

    /// A time at work between two instants.
    pub(super) fn between(&self, random: &mut Random, from: Timestamp, to: Timestamp, zone: Tz) -> Timestamp {
        let day = self.working_day(random, local_date(from, zone), local_date(to, zone));
        self.planned(random, day, zone).clamp(from, to.max(from))
    }
}

/// So many minutes later.
pub(super) fn minutes_after(at: Timestamp, minutes: i64) -> Timestamp {
    at.plus_milliseconds(minutes * MINUTE)
}

/// The day so many days later, or the Monday after where that is a weekend.
pub(super) fn working_day_after(day: NaiveDate, days: i64) -> NaiveDate {
    let later = shifted(day, days);
    match later.weekday() {
        Weekday::Sat => shifted(later, 2),
        Weekday::Sun => shifted(later, 1),
        _ => later,
    }
}

fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    let distance = Days::new(days.unsigned_abs());
    let there = if days < 0 {
        day.checked_sub_days(distance)
    } else {
        day.checked_add_days(distance)
    };
    there.unwrap_or(day)
}
