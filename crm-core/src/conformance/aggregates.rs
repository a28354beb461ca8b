use super::Factory;
use super::sample::{Sample, date, groups, id, instant, money, shown_rows, write};
use crate::customers::{Customer, Team, User};
use crate::engine::{
    Aggregate, Conditions, Deleted, Expression, Measure, PathConditions, Quartile, Result, Store, Value,
};
use crate::sales::{Opportunity, OpportunityLine};
use crate::values::{Decimal, Money, Tz};

/// Groups and measures: each measure over each kind that it takes, groups by values and along references, measures of
/// some records only, and no records at all.
///
/// # Errors
/// Of the store; a wrong answer panics.
pub fn groups_and_measures(factory: Factory<'_>) -> Result<()> {
    let store = factory()?;
    no_records(&*store)?;
    write(&*store, &opportunities()?)?;
    measures(&*store)?;
    measures_of_some(&*store)?;
    groups_by_values(&*store)?;
    shares_and_durations(&*store)?;
    quartiles(&*factory()?)
}

/// What cannot be added up is refused: two currencies, and results beyond 64 bits.
///
/// # Errors
/// Of the store; a sum that should not be panics.
pub fn refused_sums(factory: Factory<'_>) -> Result<()> {
    two_currencies(&*factory()?)?;
    overflow(&*factory()?)
}

fn expect(store: &dyn Store, aggregate: &Aggregate, expected: &[Vec<Value>]) -> Result<()> {
    let found = groups(store, aggregate)?;
    assert_eq!(shown_rows(&found), shown_rows(expected), "{aggregate:?}");
    Ok(())
}

fn decimal(text: &str) -> Value {
    text.parse::<Decimal>().map_or(Value::Null, Value::from)
}

/// Users 11 (of team 1) and 12; opportunities 1 to 5, of which 5 is deleted.
fn opportunities() -> Result<Vec<Sample>> {
    let row = |number, source: &str, amount: Money, percent: &str, owner| {
        Sample::of::<Opportunity>(number)
            .with(Opportunity::SOURCE, source)
            .with(Opportunity::AMOUNT, amount)
            .with(Opportunity::PROBABILITY, decimal(percent))
            .with(Opportunity::OWNER_ID, id(owner))
            .with(Opportunity::CLOSE_ON, date("2024-02-29"))
            .with(Opportunity::OPENED_AT, instant("2024-02-28T15:00:00Z"))
            .with(Opportunity::CLOSED_AT, instant("2024-02-29T17:00:00Z"))
    };
    Ok(vec![
        Sample::of::<Team>(1).with(Team::NAME, "North"),
        Sample::of::<User>(11).with(User::NAME, "Li").with(User::TEAM_ID, id(1)),
        Sample::of::<User>(12).with(User::NAME, "Eva"),
        row(1, "fair", money(100, "EUR")?, "50", 11),
        row(2, "web", money(201, "EUR")?, "50", 12),
        row(3, "web", money(-50, "EUR")?, "12.5", 12).with(Opportunity::CLOSE_ON, date("1969-12-31")),
        Sample::of::<Opportunity>(4),
        row(5, "web", money(9_000, "USD")?, "99", 12).with(Opportunity::DELETED_AT, instant("2024-05-01T00:00:00Z")),
    ])
}

fn no_records(store: &dyn Store) -> Result<()> {
    let all = Aggregate::of::<Opportunity>()
        .measure(Measure::count())
        .measure(Measure::count_distinct(Opportunity::SOURCE))
        .measure(Measure::sum(Opportunity::AMOUNT))
        .measure(Measure::average(Opportunity::PROBABILITY))
        .measure(Measure::minimum(Opportunity::NAME))
        .measure(Measure::maximum(Opportunity::CLOSE_ON))
        .measure(Measure::median(Opportunity::AMOUNT));
    let none = [
        Value::Integer(0),
        Value::Integer(0),
        Value::Null,
        Value::Null,
        Value::Null,
        Value::Null,
        Value::Null,
    ];
    expect(store, &all, &[none.to_vec()])?;
    expect(store, &all.group_by(Opportunity::SOURCE), &[])
}

fn measures(store: &dyn Store) -> Result<()> {
    let all = Aggregate::of::<Opportunity>;
    let amount = Opportunity::AMOUNT;
    let cases: [(Measure, Value); 19] = [
        (Measure::count(), Value::Integer(4)),
        (Measure::count_distinct(Opportunity::SOURCE), Value::Integer(2)),
        (Measure::count_distinct(amount), Value::Integer(3)),
        (
            Measure::count_distinct(Opportunity::OWNER_ID.to(User::NAME)),
            Value::Integer(2),
        ),
        (Measure::sum(amount), money(251, "EUR")?.into()),
        (Measure::average(amount), money(84, "EUR")?.into()),
        (Measure::minimum(amount), money(-50, "EUR")?.into()),
        (Measure::maximum(amount), money(201, "EUR")?.into()),
        (Measure::median(amount), money(100, "EUR")?.into()),
        (Measure::quartile(amount, Quartile::Third), money(151, "EUR")?.into()),
        (Measure::sum(Opportunity::PROBABILITY), decimal("112.5")),
        (Measure::average(Opportunity::PROBABILITY), decimal("37.5")),
        (
            Measure::quartile(Opportunity::PROBABILITY, Quartile::First),
            decimal("31.25"),
        ),
        (Measure::minimum(Opportunity::SOURCE), "fair".into()),
        (Measure::maximum(Opportunity::SOURCE), "web".into()),
        (Measure::minimum(Opportunity::CLOSE_ON), date("1969-12-31").into()),
        (
            Measure::maximum(Opportunity::CLOSED_AT),
            instant("2024-02-29T17:00:00Z").into(),
        ),
        (Measure::sum(Opportunity::REVISION), Value::Integer(4)),
        (Measure::average(Opportunity::REVISION), decimal("1")),
    ];
    for (measure, expected) in cases {
        expect(store, &all().measure(measure), &[vec![expected]])?;
    }
    let with_deleted = all().deleted(Deleted::Shown).measure(Measure::count());
    expect(store, &with_deleted, &[vec![Value::Integer(5)]])
}

fn measures_of_some(store: &dyn Store) -> Result<()> {
    let web = || Opportunity::SOURCE.is("web");
    let aggregate = Aggregate::of::<Opportunity>()
        .filter(Opportunity::AMOUNT.present())
        .group_by(Opportunity::SOURCE)
        .measure(Measure::count())
        .measure(Measure::count().only(web()))
        .measure(Measure::sum(Opportunity::AMOUNT).only(web()))
        .measure(Measure::minimum(Opportunity::NAME).only(Opportunity::OWNER_ID.to(User::TEAM_ID).present()));
    let expected = [
        vec![
            "fair".into(),
            Value::Integer(1),
            Value::Integer(0),
            Value::Null,
            "x".into(),
        ],
        vec![
            "web".into(),
            Value::Integer(2),
            Value::Integer(2),
            money(151, "EUR")?.into(),
            Value::Null,
        ],
    ];
    expect(store, &aggregate, &expected)
}

/// Groups come in the order of their keys, with nothing first; records that lack the key are a group of their own.
fn groups_by_values(store: &dyn Store) -> Result<()> {
    let count = |aggregate: Aggregate| aggregate.measure(Measure::count());
    let all = Aggregate::of::<Opportunity>;
    let one = || Value::Integer(1);
    let two = || Value::Integer(2);
    expect(
        store,
        &count(all().group_by(Opportunity::AMOUNT)),
        &[vec![Value::Null, one()], vec!["EUR".into(), Value::Integer(3)]],
    )?;
    expect(
        store,
        &count(all().group_by(Opportunity::OWNER_ID.to(User::TEAM_ID).to(Team::NAME))),
        &[vec![Value::Null, Value::Integer(3)], vec!["North".into(), one()]],
    )?;
    expect(
        store,
        &count(all().group_by(Opportunity::PROBABILITY).group_by(Opportunity::OWNER_ID)),
        &[
            vec![Value::Null, Value::Null, one()],
            vec![decimal("12.5"), id(12).into(), one()],
            vec![decimal("50"), id(11).into(), one()],
            vec![decimal("50"), id(12).into(), one()],
        ],
    )?;
    expect(
        store,
        &count(
            all()
                .group_by(Opportunity::CLOSE_ON)
                .filter(Opportunity::CLOSE_ON.present()),
        ),
        &[
            vec![date("1969-12-31").into(), one()],
            vec![date("2024-02-29").into(), two()],
        ],
    )?;
    let customers = Aggregate::of::<Customer>()
        .group_by(Customer::COUNTRY)
        .measure(Measure::count());
    expect(store, &customers, &[])
}

/// A share is rounded once, after the sum; days are those of a zone.
fn shares_and_durations(store: &dyn Store) -> Result<()> {
    let share = || Expression::Share {
        of: Opportunity::AMOUNT.into(),
        percent: Opportunity::PROBABILITY.into(),
    };
    let days = |zone| Expression::DaysBetween {
        from: Opportunity::OPENED_AT.into(),
        to: Opportunity::CLOSED_AT.into(),
        zone,
    };
    let aggregate = Aggregate::of::<Opportunity>()
        .measure(Measure::sum(share()))
        .measure(Measure::maximum(days(Tz::UTC)))
        .measure(Measure::median(days(Tz::Asia__Shanghai)))
        .measure(Measure::sum(Expression::MillisecondsBetween {
            from: Opportunity::OPENED_AT.into(),
            to: Opportunity::CLOSED_AT.into(),
        }));
    // 0.50 + 1.005 - 0.0625 = 1.4425 euros.
    let expected = vec![
        money(144, "EUR")?.into(),
        Value::Integer(1),
        decimal("2"),
        Value::Integer(3 * 26 * 3_600_000),
    ];
    expect(store, &aggregate, &[expected])
}

/// Quartiles lie between the two nearest values: type 7 of Hyndman and Fan.
fn quartiles(store: &dyn Store) -> Result<()> {
    let row = |number, employees: i64, country: &str| {
        Sample::of::<Customer>(number)
            .with(Customer::EMPLOYEES, employees)
            .with(Customer::COUNTRY, country)
    };
    let mut rows: Vec<Sample> = (11..)
        .zip(1..=6)
        .map(|(number, employees)| row(number, employees, "JP"))
        .collect();
    rows.extend([
        row(1, 8, "DE"),
        row(2, 1, "DE"),
        row(3, 4, "DE"),
        row(4, 2, "DE"),
        row(5, i64::MAX, "CN"),
        row(6, i64::MAX - 1, "CN"),
        row(7, i64::MIN, "FR"),
    ]);
    write(store, &rows)?;
    let aggregate = Aggregate::of::<Customer>()
        .group_by(Customer::COUNTRY)
        .measure(Measure::quartile(Customer::EMPLOYEES, Quartile::First))
        .measure(Measure::median(Customer::EMPLOYEES))
        .measure(Measure::quartile(Customer::EMPLOYEES, Quartile::Third));
    let near_the_end = [
        "9223372036854775806.25",
        "9223372036854775806.5",
        "9223372036854775806.75",
    ]
    .map(decimal);
    let expected = [
        [&["CN".into()], &near_the_end[..]].concat(),
        [&["DE".into()], &["1.75", "3", "5"].map(decimal)[..]].concat(),
        [&["FR".into()], &["-9223372036854775808"; 3].map(decimal)[..]].concat(),
        [&["JP".into()], &["2.25", "3.5", "4.75"].map(decimal)[..]].concat(),
    ];
    expect(store, &aggregate, &expected)
}

fn two_currencies(store: &dyn Store) -> Result<()> {
    let row = |number, amount: Money| Sample::of::<Opportunity>(number).with(Opportunity::AMOUNT, amount);
    write(
        store,
        &[
            row(1, money(0, "EUR")?),
            row(2, money(0, "USD")?),
            Sample::of::<Opportunity>(3),
        ],
    )?;
    let amount = Opportunity::AMOUNT;
    for measure in [
        Measure::sum(amount),
        Measure::average(amount),
        Measure::minimum(amount),
        Measure::maximum(amount),
        Measure::median(amount),
    ] {
        refused(store, &Aggregate::of::<Opportunity>().measure(measure))?;
    }
    let apart = Aggregate::of::<Opportunity>()
        .group_by(amount)
        .measure(Measure::sum(amount));
    let expected = [
        vec![Value::Null, Value::Null],
        vec!["EUR".into(), money(0, "EUR")?.into()],
        vec!["USD".into(), money(0, "USD")?.into()],
    ];
    expect(store, &apart, &expected)?;
    let only_one = Measure::sum(amount).only(amount.currency().is("EUR"));
    let aggregate = Aggregate::of::<Opportunity>().measure(only_one);
    expect(store, &aggregate, &[vec![money(0, "EUR")?.into()]])
}

/// A sum may pass 64 bits on the way, and may not end beyond them.
fn overflow(store: &dyn Store) -> Result<()> {
    let row = |number, employees: i64| Sample::of::<Customer>(number).with(Customer::EMPLOYEES, employees);
    write(store, &[row(1, i64::MAX), row(2, i64::MAX), row(3, i64::MIN)])?;
    let sum = || Aggregate::of::<Customer>().measure(Measure::sum(Customer::EMPLOYEES));
    expect(store, &sum(), &[vec![Value::Integer(i64::MAX - 1)]])?;
    refused(store, &sum().filter(Customer::EMPLOYEES.above(0_i64)))?;
    let average = Aggregate::of::<Customer>()
        .filter(Customer::EMPLOYEES.above(0_i64))
        .measure(Measure::average(Customer::EMPLOYEES));
    expect(store, &average, &[vec![decimal("9223372036854775807")]])?;
    let line =
        |number| Sample::of::<OpportunityLine>(number).with(OpportunityLine::UNIT_PRICE, Decimal::new(i64::MIN, 6));
    write(store, &[line(1), line(2)])?;
    refused(
        store,
        &Aggregate::of::<OpportunityLine>().measure(Measure::sum(OpportunityLine::UNIT_PRICE)),
    )
}

fn refused(store: &dyn Store, aggregate: &Aggregate) -> Result<()> {
    let refusal = groups(store, aggregate).map_err(|error| (error.code(), error.field().map(str::to_owned)));
    assert_eq!(
        refusal.map(|rows| shown_rows(&rows)),
        Err(("invalid", Some("measure".to_owned()))),
        "{aggregate:?}"
    );
    Ok(())
}
