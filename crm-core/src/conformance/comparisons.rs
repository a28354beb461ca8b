use super::Factory;
use super::sample::{Sample, date, id, instant, meant, money, write};
use crate::customers::{Affiliation, Customer};
use crate::engine::{Comparison, Conditions, Expression, Field, Filter, Path, PathConditions, Result, Store, Value};
use crate::sales::{Opportunity, Product};
use crate::values::{Decimal, Tz};

/// Comparisons of every kind of value: each gives what it says, nothing meets none of them, and the negation is the
/// exact complement.
///
/// # Errors
/// Of the store; a wrong answer panics.
pub fn comparisons(factory: Factory<'_>) -> Result<()> {
    let decimal = |last_digits| Value::from(Decimal::new(last_digits, 2));
    let cases: [(Field, [Value; 3]); 8] = [
        (Customer::EMPLOYEES, [i64::MIN, 0, i64::MAX].map(Value::from)),
        (Opportunity::PROBABILITY, [decimal(-1), decimal(1050), decimal(1051)]),
        (Opportunity::SOURCE, ["Z", "a", "ä"].map(Value::from)),
        (
            Opportunity::FORECAST_CATEGORY,
            ["best_case", "closed", "commit"].map(Value::from),
        ),
        (
            Opportunity::AMOUNT,
            [money(-5, "EUR")?, money(0, "EUR")?, money(7, "EUR")?].map(Value::from),
        ),
        (
            Opportunity::CLOSE_ON,
            ["1969-12-31", "2024-02-29", "2024-03-01"].map(|text| date(text).into()),
        ),
        (
            Opportunity::OPENED_AT,
            [
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
            ]
            .map(|text| instant(text).into()),
        ),
        (Opportunity::OWNER_ID, [3, 4, 5].map(|number| id(number).into())),
    ];
    for (field, values) in cases {
        let store = factory()?;
        every_comparison(&*store, field, &values)?;
    }
    yes_and_no(&*factory()?)?;
    amounts(&*factory()?)?;
    numbers_between_two_digits(&*factory()?)?;
    expressions(&*factory()?)
}

/// Which of the records 1, 2 and 3, whose values grow, and 4, which has none, meet each comparison with the second.
fn every_comparison(store: &dyn Store, field: Field, values: &[Value; 3]) -> Result<()> {
    let mut rows: Vec<Sample> = (1..)
        .zip(values)
        .map(|(number, value)| Sample::of_entity(field.entity, id(number)).with(field, value.clone()))
        .collect();
    rows.push(Sample::of_entity(field.entity, id(4)));
    write(store, &rows)?;
    let expected: [(Comparison, &[u128], &[u128]); 6] = [
        (Comparison::Equal, &[2], &[2]),
        (Comparison::NotEqual, &[1, 3], &[1, 3]),
        (Comparison::Below, &[1], &[3]),
        (Comparison::AtMost, &[1, 2], &[2, 3]),
        (Comparison::Above, &[3], &[1]),
        (Comparison::AtLeast, &[2, 3], &[1, 2]),
    ];
    for (comparison, with_the_middle, by_the_middle) in expected {
        meets(store, field.compare(comparison, values[1].clone()), with_the_middle)?;
        let turned = Expression::Literal(values[1].clone()).compare(comparison, field);
        meets(store, turned, by_the_middle)?;
        let with_itself = if comparison.holds(std::cmp::Ordering::Equal) {
            &[1, 2, 3][..]
        } else {
            &[]
        };
        meets(store, field.compare(comparison, field), with_itself)?;
    }
    meets(store, field.one_of([values[0].clone(), values[2].clone()]), &[1, 3])?;
    meets(store, field.one_of(Vec::<Value>::new()), &[])?;
    meets(store, field.empty(), &[4])
}

/// Checks which of the records 1 to 4 a filter means, and that its negation means the others.
fn meets(store: &dyn Store, filter: Filter, expected: &[u128]) -> Result<()> {
    let entity = entity_of(&filter);
    let others: Vec<u128> = (1..=4).filter(|number| !expected.contains(number)).collect();
    assert_eq!(meant(store, entity, filter.clone())?, expected, "{filter:?}");
    assert_eq!(
        meant(store, entity, filter.clone().negated())?,
        others,
        "not {filter:?}"
    );
    assert_eq!(
        meant(store, entity, filter.clone().negated().negated())?,
        expected,
        "not not {filter:?}"
    );
    Ok(())
}

fn entity_of(filter: &Filter) -> &'static crate::engine::EntityDef {
    let path = |path: &Path| path.root();
    match filter {
        Filter::Compare { left, right, .. } => match (left, right) {
            (Expression::Path(one), _) | (_, Expression::Path(one)) => path(one),
            (Expression::DaysBetween { from, .. } | Expression::MillisecondsBetween { from, .. }, _) => path(from),
            (Expression::Moved { base, .. }, _) => entity_of(&base.as_ref().clone().is(false)),
            _ => panic!("a comparison of these tests begins at a field"),
        },
        Filter::OneOf { path: one, .. } | Filter::IsEmpty(one) | Filter::StartsWith { path: one, .. } => path(one),
        _ => panic!("these tests compare"),
    }
}

fn yes_and_no(store: &dyn Store) -> Result<()> {
    let row = |number, primary: bool| Sample::of::<Affiliation>(number).with(Affiliation::IS_PRIMARY, primary);
    write(store, &[row(1, true), row(2, false), row(3, true), row(4, false)])?;
    let primary = Affiliation::IS_PRIMARY;
    meets(store, primary.is(true), &[1, 3])?;
    meets(store, primary.differs(true), &[2, 4])?;
    meets(store, primary.one_of([false]), &[2, 4])?;
    meets(store, primary.empty(), &[])
}

/// An amount compares with another of its currency only, and with a bare number by its major units.
fn amounts(store: &dyn Store) -> Result<()> {
    let price = Product::LIST_PRICE;
    let rows = [
        Sample::of::<Product>(1).with(price, money(500, "JPY")?),
        Sample::of::<Product>(2).with(price, money(500, "EUR")?),
        Sample::of::<Product>(3).with(price, money(500, "KWD")?),
        Sample::of::<Product>(4),
    ];
    write(store, &rows)?;
    meets(store, price.is(money(500, "EUR")?), &[2])?;
    meets(store, price.differs(money(500, "EUR")?), &[1, 3])?;
    meets(store, price.above(money(1, "KWD")?), &[3])?;
    meets(
        store,
        price.one_of([money(500, "JPY")?, money(500, "KWD")?, money(500, "USD")?]),
        &[1, 3],
    )?;
    meets(store, price.currency().is("JPY"), &[1])?;
    meets(store, price.currency().starts_with("K"), &[3])?;
    // 500 yen, 5 euros, half a dinar.
    meets(store, price.at_least(5_i64), &[1, 2])?;
    meets(store, price.is(Decimal::new(5, 1)), &[3])?;
    meets(store, price.above(Decimal::new(4999, 3)), &[1, 2])?;
    meets(store, price.differs(Decimal::new(49_999, 4)), &[1, 2, 3])
}

/// A number between two values of a field lies between them, whatever the field's digits.
fn numbers_between_two_digits(store: &dyn Store) -> Result<()> {
    let employees = |number, count: i64| Sample::of::<Customer>(number).with(Customer::EMPLOYEES, count);
    write(
        store,
        &[
            employees(1, -1),
            employees(2, 0),
            employees(3, 1),
            Sample::of::<Customer>(4),
        ],
    )?;
    let half = Decimal::new(5, 1);
    meets(store, Customer::EMPLOYEES.above(half), &[3])?;
    meets(store, Customer::EMPLOYEES.at_least(half), &[3])?;
    meets(store, Customer::EMPLOYEES.below(-half), &[1])?;
    meets(store, Customer::EMPLOYEES.at_most(-half), &[1])?;
    meets(store, Customer::EMPLOYEES.is(half), &[])?;
    meets(store, Customer::EMPLOYEES.differs(half), &[1, 2, 3])?;
    meets(store, Customer::EMPLOYEES.below(Decimal::MAX), &[1, 2, 3])?;
    meets(store, Customer::EMPLOYEES.above(Decimal::MAX), &[])
}

/// Moved times, and the time between two.
fn expressions(store: &dyn Store) -> Result<()> {
    const DAY: i64 = 86_400_000;
    let (opened, closed) = (Opportunity::OPENED_AT, Opportunity::CLOSED_AT);
    let row = |number, from: &str, to: &str| {
        Sample::of::<Opportunity>(number)
            .with(opened, instant(from))
            .with(closed, instant(to))
            .with(Opportunity::CLOSE_ON, date(&to[..10]))
    };
    let rows = [
        row(1, "2024-02-28T15:59:59Z", "2024-02-29T16:00:00Z"),
        row(2, "2024-02-28T16:00:00Z", "2024-02-28T16:00:00Z"),
        row(3, "2024-03-02T00:00:00Z", "2024-02-29T00:00:00Z"),
        Sample::of::<Opportunity>(4).with(opened, instant("2024-02-28T16:00:00Z")),
    ];
    write(store, &rows)?;
    let moved = |base: Field, milliseconds| Expression::Moved {
        base: Box::new(base.into()),
        milliseconds,
    };
    let days = |zone| Expression::DaysBetween {
        from: opened.into(),
        to: closed.into(),
        zone,
    };
    let milliseconds = || Expression::MillisecondsBetween {
        from: opened.into(),
        to: closed.into(),
    };
    // In Shanghai, 16:00 UTC is the next day.
    meets(store, days(Tz::UTC).is(1_i64), &[1])?;
    meets(store, days(Tz::Asia__Shanghai).is(2_i64), &[1])?;
    meets(store, days(Tz::Asia__Shanghai).below(0_i64), &[3])?;
    meets(store, days(Tz::UTC).differs(Decimal::new(5, 1)), &[1, 2, 3])?;
    meets(store, milliseconds().at_least(DAY + 1_000), &[1])?;
    meets(store, milliseconds().is(0_i64), &[2])?;
    meets(store, moved(opened, DAY).below(closed), &[1])?;
    meets(store, moved(opened, -2 * DAY).is(instant("2024-02-29T00:00:00Z")), &[3])?;
    meets(store, moved(Opportunity::CLOSE_ON, DAY).is(date("2024-03-01")), &[1, 3])
}
