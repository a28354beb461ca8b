//! Conditions of a size at which SQL has limits mean what they mean in memory.

#![cfg(test)]

use std::collections::BTreeSet;

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::engine::{Conditions, Filter, PathConditions, Query};
use crm_core::ids::CustomerId;
use crm_sqlite::OpenOptions;
use proptest::prelude::*;

/// Names with everything that a pattern would trip over.
const NAMES: [&str; 12] = [
    "%",
    "%a",
    "_",
    "a",
    "a%",
    "a\u{0}b",
    "ab",
    "A",
    "\u{D7FF}x",
    "\u{E000}",
    "\u{10FFFF}",
    "\u{10FFFF}\u{10FFFF}z",
];

/// The same customers in SQLite and in memory.
fn both() -> [Crm; 2] {
    [OpenOptions::in_memory().open().unwrap(), Crm::in_memory()].map(|crm| {
        crm.write(|tx| {
            for (number, name) in (1..).zip(NAMES) {
                tx.create(CustomerDraft {
                    id: Some(CustomerId(uuid::Uuid::from_u128(number))),
                    ..CustomerDraft::organization(name)
                })?;
            }
            Ok(())
        })
        .unwrap();
        crm
    })
}

fn names(crm: &Crm, filter: Filter) -> BTreeSet<String> {
    let query = Query::of::<Customer>().filter(filter);
    let found = crm.read(|reader| reader.find::<Customer>(&query)).unwrap();
    found.into_iter().map(|customer| customer.name).collect()
}

fn assert_same(filter: &Filter, expected: &[&str]) {
    let expected: BTreeSet<String> = expected.iter().map(|name| (*name).to_owned()).collect();
    for crm in both() {
        assert_eq!(names(&crm, filter.clone()), expected);
    }
}

#[test]
fn a_list_may_hold_more_values_than_sqlite_takes_parameters() {
    let texts = (0..40_000).map(|number| format!("name {number}"));
    let with_two = texts.chain(["a\u{0}b".to_owned(), "%".to_owned()]);
    assert_same(&Customer::NAME.one_of(with_two), &["%", "a\u{0}b"]);
    let ids = (2..40_000).map(|number| CustomerId(uuid::Uuid::from_u128(number)));
    assert_same(&Customer::ID.one_of(ids), &NAMES[1..]);
}

#[test]
fn alternatives_may_be_more_than_sqlite_nests() {
    let any = (0..5_000).map(|number| Customer::NAME.is(format!("name {number}")));
    let any = Filter::Any(any.chain([Customer::NAME.is("ab")]).collect());
    assert_same(&any, &["ab"]);
    let all = (0..5_000).map(|number| Customer::NAME.differs(format!("name {number}")));
    let all = Filter::All(all.chain([Customer::NAME.differs("ab")]).collect());
    assert_same(&all.negated(), &["ab"]);
}

proptest! {
    #[test]
    fn a_text_begins_with_a_prefix_as_in_rust(prefix in "[%_aAb\u{0}\u{D7FE}\u{D7FF}\u{E000}\u{10FFFE}\u{10FFFF}]{0,3}") {
        static BOTH: std::sync::LazyLock<[Crm; 2]> = std::sync::LazyLock::new(both);
        let expected: BTreeSet<String> = NAMES
            .into_iter()
            .filter(|name| name.starts_with(&*prefix))
            .map(str::to_owned)
            .collect();
        for crm in &*BOTH {
            prop_assert_eq!(&names(crm, Customer::NAME.starts_with(prefix.clone())), &expected);
        }
    }
}
