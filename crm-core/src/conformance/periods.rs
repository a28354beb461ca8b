use super::Factory;
use super::sample::{Sample, date, groups, instant, shown_rows, write};
use crate::engine::{Aggregate, Measure, Result, Store, Value};
use crate::sales::Opportunity;
use crate::values::{Period, Tz};

/// The first days of periods, and how many records each holds.
type Counts<'c> = &'c [(&'c str, i64)];

/// Groups by period: days begin at midnight of the zone, whatever its clocks do; weeks are ISO weeks; fiscal years
/// begin with their month.
///
/// # Errors
/// Of the store; a record in the wrong period panics.
pub fn periods(factory: Factory<'_>) -> Result<()> {
    instants(&*factory()?)?;
    dates(&*factory()?)
}

fn instants(store: &dyn Store) -> Result<()> {
    let instants = [
        // Midnight of a new year in Shanghai, and the millisecond before.
        "2026-12-31T15:59:59.999Z",
        "2026-12-31T16:00:00Z",
        // The clocks of New York go forward on 8 March and back on 1 November 2026.
        "2026-03-08T04:59:59Z",
        "2026-03-09T03:59:59Z",
        "2026-11-01T03:59:59Z",
        "2026-11-02T04:59:59Z",
        // Before the epoch.
        "1969-12-31T23:59:59.999Z",
    ];
    let mut rows: Vec<Sample> = (1..)
        .zip(instants)
        .map(|(number, at)| Sample::of::<Opportunity>(number).with(Opportunity::OPENED_AT, instant(at)))
        .collect();
    rows.push(Sample::of::<Opportunity>(8));
    write(store, &rows)?;
    let cases: [(Period, Tz, Counts<'_>); 3] = [
        (
            Period::Day,
            Tz::Asia__Shanghai,
            &[
                ("1970-01-01", 1),
                ("2026-03-08", 1),
                ("2026-03-09", 1),
                ("2026-11-01", 1),
                ("2026-11-02", 1),
                ("2026-12-31", 1),
                ("2027-01-01", 1),
            ],
        ),
        (
            Period::Day,
            Tz::America__New_York,
            &[
                ("1969-12-31", 1),
                ("2026-03-07", 1),
                ("2026-03-08", 1),
                ("2026-10-31", 1),
                ("2026-11-01", 1),
                ("2026-12-31", 2),
            ],
        ),
        (Period::Year, Tz::UTC, &[("1969-01-01", 1), ("2026-01-01", 6)]),
    ];
    for (period, zone, expected) in cases {
        expect(store, Opportunity::OPENED_AT, period, zone, expected)?;
    }
    Ok(())
}

fn dates(store: &dyn Store) -> Result<()> {
    let days = [
        "2024-02-29",
        "2024-03-31",
        "2024-04-01",
        "2024-12-30",
        "2027-01-01",
        "1969-12-31",
    ];
    let mut rows: Vec<Sample> = (1..)
        .zip(days)
        .map(|(number, day)| Sample::of::<Opportunity>(number).with(Opportunity::CLOSE_ON, date(day)))
        .collect();
    rows.push(Sample::of::<Opportunity>(8));
    write(store, &rows)?;
    let cases: [(Period, Counts<'_>); 6] = [
        (
            Period::Week,
            &[
                ("1969-12-29", 1),
                ("2024-02-26", 1),
                ("2024-03-25", 1),
                ("2024-04-01", 1),
                ("2024-12-30", 1),
                ("2026-12-28", 1),
            ],
        ),
        (
            Period::Month,
            &[
                ("1969-12-01", 1),
                ("2024-02-01", 1),
                ("2024-03-01", 1),
                ("2024-04-01", 1),
                ("2024-12-01", 1),
                ("2027-01-01", 1),
            ],
        ),
        (
            Period::Quarter,
            &[
                ("1969-10-01", 1),
                ("2024-01-01", 2),
                ("2024-04-01", 1),
                ("2024-10-01", 1),
                ("2027-01-01", 1),
            ],
        ),
        (
            Period::FiscalYear(4),
            &[
                ("1969-04-01", 1),
                ("2023-04-01", 2),
                ("2024-04-01", 2),
                ("2026-04-01", 1),
            ],
        ),
        (
            Period::FiscalQuarter(2),
            &[
                ("1969-11-01", 1),
                ("2024-02-01", 3),
                ("2024-11-01", 1),
                ("2026-11-01", 1),
            ],
        ),
        (Period::Year, &[("1969-01-01", 1), ("2024-01-01", 4), ("2027-01-01", 1)]),
    ];
    for (period, expected) in cases {
        // A date has no zone, so no zone moves it.
        for zone in [Tz::UTC, Tz::Pacific__Apia] {
            expect(store, Opportunity::CLOSE_ON, period, zone, expected)?;
        }
    }
    Ok(())
}

fn expect(
    store: &dyn Store,
    field: crate::engine::Field,
    period: Period,
    zone: Tz,
    expected: Counts<'_>,
) -> Result<()> {
    let aggregate = Aggregate::of::<Opportunity>()
        .group_by_period(field, period, zone)
        .measure(Measure::count());
    let mut groups_expected = vec![vec![Value::Null, Value::Integer(1)]];
    groups_expected.extend(
        expected
            .iter()
            .map(|(day, count)| vec![date(day).into(), Value::Integer(*count)]),
    );
    let found = groups(store, &aggregate)?;
    assert_eq!(
        shown_rows(&found),
        shown_rows(&groups_expected),
        "by {} in {zone}",
        period.code()
    );
    Ok(())
}
