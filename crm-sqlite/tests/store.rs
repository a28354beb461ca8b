//! A file behaves as the engine expects of a store.
#![cfg(test)]

use crm_core::customers::{Customer, CustomerChange, CustomerDraft, User, UserDraft};
use crm_core::engine::{Aggregate, Conditions, Filter, LogQuery, Measure, PathConditions, Query};
use crm_core::values::{Currency, Money, Period, Tz};
use crm_sqlite::OpenOptions;

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::from_code("USD").unwrap())
}

#[test]
fn what_is_written_is_there_after_opening_the_file_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sales.db");
    let crm = crm_sqlite::open(&path).unwrap();
    let owner = crm.write(|tx| tx.create(UserDraft::new("Li"))).unwrap();
    let acme = crm
        .write(|tx| {
            tx.create(CustomerDraft {
                country: Some("DE".into()),
                owner_id: Some(owner.id),
                annual_revenue: Some(usd(12_345)),
                ..CustomerDraft::organization("Acme")
            })
        })
        .unwrap();
    let changed = crm
        .write(|tx| tx.update(acme.id, [CustomerChange::AnnualRevenue(Some(usd(7)))], Some(1)))
        .unwrap();
    drop(crm);
    let crm = crm_sqlite::open(&path).unwrap();
    let (found, history) = crm
        .read(|reader| Ok((reader.get(acme.id)?, reader.history(acme.id)?)))
        .unwrap();
    assert_eq!(found, changed);
    assert_eq!(history.len(), 2);
    crm.undo(history[1].commit.batch).unwrap();
    let undone = crm.read(|reader| reader.get(acme.id)).unwrap();
    assert_eq!(undone.annual_revenue, Some(usd(12_345)));
    let query = Query::of::<Customer>()
        .filter(Customer::OWNER_ID.to(User::NAME).is("Li"))
        .filter(Filter::refers_to(Customer::OWNER_ID, User::NAME.starts_with("L")))
        .filter(Customer::COUNTRY.one_of(["DE", "CN"]))
        .order_by(Customer::ANNUAL_REVENUE)
        .limit(3);
    assert_eq!(crm.read(|reader| reader.find::<Customer>(&query)).unwrap(), [undone]);
    let aggregate = Aggregate::of::<Customer>()
        .group_by(Customer::OWNER_ID.to(User::NAME))
        .group_by_period(Customer::CREATED_AT, Period::Year, Tz::Asia__Shanghai)
        .measure(Measure::sum(Customer::ANNUAL_REVENUE))
        .measure(
            Measure::median(Customer::ANNUAL_REVENUE)
                .only(Filter::referred_by(Customer::PARENT_ID, Filter::everything())),
        )
        .measure(Measure::count());
    let rows = crm.read(|reader| reader.aggregate(&aggregate)).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].measures[0], usd(12_345).into());
    assert!(rows[0].measures[1].is_null());
    assert_eq!(rows[0].count(2), 1);
}

#[test]
fn a_database_in_memory_is_one_for_all_its_readers_and_writers() {
    let crm = OpenOptions::in_memory().actor("li").open().unwrap();
    crm.write(|tx| tx.create(UserDraft::new("Li"))).unwrap();
    let count = crm.read(|reader| reader.count(&Query::of::<User>())).unwrap();
    assert_eq!(count, 1);
}

#[test]
fn a_batch_of_many_changes_is_read_in_pieces_and_undone() {
    let crm = OpenOptions::in_memory().open().unwrap();
    let batch = crm
        .write(|tx| {
            for number in 0..2_500 {
                tx.create(CustomerDraft::organization(format!("Customer {number}")))?;
            }
            Ok(tx.batch())
        })
        .unwrap();
    let piece = LogQuery {
        batch: Some(batch),
        before: Some(1_001),
        after: 990,
        newest_first: true,
        limit: Some(3),
        ..LogQuery::default()
    };
    let numbers = crm.read(|reader| reader.log(&piece)).unwrap();
    assert_eq!(
        numbers.iter().map(|entry| entry.change.sequence).collect::<Vec<_>>(),
        [1_000, 999, 998]
    );
    crm.undo(batch).unwrap();
    assert_eq!(crm.read(|reader| reader.count(&Query::of::<Customer>())).unwrap(), 0);
}
