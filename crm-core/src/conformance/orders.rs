use super::Factory;
use super::sample::{Sample, date, id, money, numbers, write};
use crate::Crm;
use crate::customers::{Customer, User};
use crate::engine::{Conditions, Cursor, Entity, Environment, Query, Result, Value};
use crate::sales::Opportunity;
use crate::values::Decimal;

/// Orders: by several keys in either direction, nothing first, amounts by currency and size, equal ones by id in
/// the direction of the last key; limits.
///
/// # Errors
/// Of the store; a wrong order panics.
pub fn orders(factory: Factory<'_>) -> Result<()> {
    let store = factory()?;
    write(&*store, &opportunities()?)?;
    let all = Query::of::<Opportunity>;
    let owner = || Opportunity::OWNER_ID.to(User::NAME);
    let cases: [(Query, &[u128]); 9] = [
        (all(), &[1, 2, 3, 4, 5, 6]),
        (all().order_by_descending(Opportunity::ID), &[6, 5, 4, 3, 2, 1]),
        (all().order_by(Opportunity::AMOUNT), &[3, 4, 1, 5, 2, 6]),
        (all().order_by_descending(Opportunity::AMOUNT), &[6, 2, 5, 1, 4, 3]),
        (all().order_by(Opportunity::NAME), &[4, 3, 1, 2, 6, 5]),
        (
            all()
                .order_by(Opportunity::CLOSE_ON)
                .order_by_descending(Opportunity::PROBABILITY),
            &[6, 5, 1, 2, 3, 4],
        ),
        (all().order_by(owner()), &[4, 5, 2, 1, 3, 6]),
        (all().order_by_descending(owner()).limit(3), &[6, 3, 1]),
        (all().limit(0), &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(numbers(&*store, &query)?, expected, "{query:?}");
    }
    let limited = all().filter(Opportunity::AMOUNT.above(money(0, "EUR")?)).limit(2);
    assert_eq!(
        numbers(&*store, &limited)?,
        [1, 5],
        "the limit counts what the filter lets through"
    );
    Ok(())
}

/// Pages: whatever the order and the size, each record comes once, also while others come in.
///
/// # Errors
/// Of the store; a record that is skipped or comes twice panics.
pub fn pages(factory: Factory<'_>) -> Result<()> {
    let crm = Crm::new(factory()?, Environment::default());
    write(crm.engine().store(), &opportunities()?)?;
    let mut newcomer = 1_000;
    for query in all_orders() {
        for size in 1..=7 {
            let before = numbers(crm.engine().store(), &query)?;
            let mut comes_in = || {
                newcomer += 1;
                let amount = money(i64::from(newcomer % 7) * 100, "EUR")?;
                let row = Sample::of::<Opportunity>(newcomer).with(Opportunity::AMOUNT, amount);
                write(crm.engine().store(), &[row])
            };
            let mut found = walk(&crm, &query.clone().limit(size), &mut comes_in)?;
            let mut once = found.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(
                once.len(),
                found.len(),
                "a record came twice: {query:?}, pages of {size}"
            );
            found.retain(|number| before.contains(number));
            assert_eq!(found, before, "{query:?}, pages of {size}");
        }
        clear_newcomers(&crm)?;
    }
    a_cursor_fits_its_query_only(&crm)
}

fn opportunities() -> Result<Vec<Sample>> {
    let row = |number, name: &str| Sample::of::<Opportunity>(number).with(Opportunity::NAME, name);
    let user = |number, name: &str| Sample::of::<User>(number).with(User::NAME, name);
    let percent = |number| Value::Decimal(Decimal::from(number));
    Ok(vec![
        user(11, "Ann"),
        user(12, "Li"),
        row(1, "b")
            .with(Opportunity::AMOUNT, money(500, "EUR")?)
            .with(Opportunity::OWNER_ID, id(12))
            .with(Opportunity::CLOSE_ON, date("2024-02-29"))
            .with(Opportunity::PROBABILITY, percent(50)),
        row(2, "b")
            .with(Opportunity::AMOUNT, money(-500, "JPY")?)
            .with(Opportunity::OWNER_ID, id(11))
            .with(Opportunity::CLOSE_ON, date("2024-02-29"))
            .with(Opportunity::PROBABILITY, percent(10)),
        row(3, "a")
            .with(Opportunity::OWNER_ID, id(12))
            .with(Opportunity::CLOSE_ON, date("2024-02-29")),
        row(4, "Z")
            .with(Opportunity::AMOUNT, money(-1, "EUR")?)
            .with(Opportunity::CLOSE_ON, date("2024-03-01")),
        row(5, "李")
            .with(Opportunity::AMOUNT, money(500, "EUR")?)
            .with(Opportunity::OWNER_ID, id(99)),
        row(6, "b\0")
            .with(Opportunity::AMOUNT, money(1, "KWD")?)
            .with(Opportunity::OWNER_ID, id(12)),
    ])
}

fn all_orders() -> Vec<Query> {
    let all = Query::of::<Opportunity>;
    let owner = || Opportunity::OWNER_ID.to(User::NAME);
    vec![
        all(),
        all().order_by_descending(Opportunity::ID),
        all().order_by(Opportunity::AMOUNT),
        all().order_by_descending(Opportunity::AMOUNT),
        all()
            .order_by_descending(Opportunity::CLOSE_ON)
            .order_by(Opportunity::PROBABILITY),
        all()
            .order_by(Opportunity::NAME)
            .order_by_descending(Opportunity::AMOUNT),
        all().order_by(owner()),
        all().order_by_descending(owner()).order_by(Opportunity::CLOSE_ON),
        all().order_by(Opportunity::OUTCOME).order_by(Opportunity::OPENED_AT),
        all().order_by(Opportunity::CUSTOMER_ID.to(Customer::ANNUAL_REVENUE)),
    ]
}

/// The numbers of all records of a query, page by page; in between, something happens.
fn walk(crm: &Crm, query: &Query, between: &mut dyn FnMut() -> Result<()>) -> Result<Vec<u128>> {
    let mut found = Vec::new();
    let mut query = query.clone();
    loop {
        let page = crm.read(|reader| reader.page::<Opportunity>(&query))?;
        assert!(page.records.len() <= query.limit.unwrap_or(0) as usize);
        found.extend(page.records.iter().map(|record| record.id.0.as_u128()));
        // Newcomers behind the cursor come as well, so only a few come in.
        if found.len() <= 12 {
            between()?;
        }
        let Some(next) = page.next else { return Ok(found) };
        query = query.after(next);
    }
}

fn clear_newcomers(crm: &Crm) -> Result<()> {
    let store = crm.engine().store();
    let newcomers = Query::of::<Opportunity>().filter(Opportunity::ID.above(id(1_000)));
    let found = numbers(store, &newcomers)?;
    let mut txn = store.begin(crate::engine::Access::Write, None)?;
    for number in found {
        let key = crate::engine::RowKey {
            entity: Opportunity::DEF,
            id: uuid::Uuid::from_u128(number),
            revision: None,
        };
        txn.delete(&key)?;
    }
    txn.commit()
}

fn a_cursor_fits_its_query_only(crm: &Crm) -> Result<()> {
    let by_name = Query::of::<Opportunity>().order_by(Opportunity::NAME).limit(2);
    let Some(next) = crm.read(|reader| reader.page::<Opportunity>(&by_name))?.next else {
        panic!("there is a second page");
    };
    let other_order = Query::of::<Opportunity>()
        .order_by(Opportunity::AMOUNT)
        .after(next.clone());
    let other_entity = Query::of::<Customer>().order_by(Customer::NAME).after(next.clone());
    let cut = Cursor::from_token(&next.token()[..next.token().len() - 2]);
    let refusals = [
        crm.read(|reader| reader.page::<Opportunity>(&other_order)).map(drop),
        crm.read(|reader| reader.page::<Customer>(&other_entity)).map(drop),
        crm.read(|reader| reader.page::<Opportunity>(&by_name.clone().after(cut)))
            .map(drop),
    ];
    for refusal in refusals {
        let refusal = refusal
            .err()
            .map(|error| (error.code(), error.field().map(str::to_owned)));
        assert_eq!(refusal, Some(("invalid", Some("cursor".to_owned()))));
    }
    let sent = Cursor::from_token(next.token());
    let rest = crm.read(|reader| reader.page::<Opportunity>(&by_name.clone().after(sent)))?;
    let rest: Vec<u128> = rest.records.iter().map(|record| record.id.0.as_u128()).collect();
    assert_eq!(
        rest,
        [1, 2],
        "a cursor that was sent and came back goes on where the page ended"
    );
    Ok(())
}
