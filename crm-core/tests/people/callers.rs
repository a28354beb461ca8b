use crm_core::Crm;
use crm_core::customers::{Caller, CallerCertainty, ContactPoint};

use crate::person;
use crate::refusals::crm;

fn callers(crm: &Crm, number: &str) -> Vec<(String, CallerCertainty)> {
    let found = crm.read(|reader| Caller::find(reader, number)).expect("it works");
    found
        .into_iter()
        .map(|caller| (caller.customer.name, caller.certainty))
        .collect()
}

fn number(crm: &Crm, name: &str, number: &str) {
    let customer = person(crm, name);
    crm.write(|tx| ContactPoint::add(tx, customer, number))
        .expect("it works");
}

#[test]
fn a_caller_is_known_by_the_whole_number_however_it_is_written() {
    let (crm, _) = crm();
    number(&crm, "李明", "+86 138 0013 8000");
    let li = vec![("李明".to_owned(), CallerCertainty::Number)];
    for arrived in [
        "+8613800138000",
        "+86-138-0013-8000",
        "tel:+8613800138000",
        "008613800138000",
        "8613800138000",
    ] {
        assert_eq!(callers(&crm, arrived), li, "{arrived}");
    }
}

#[test]
fn a_caller_is_known_by_the_national_digits_with_zeros_in_front_or_without() {
    let (crm, _) = crm();
    number(&crm, "李明", "+86 138 0013 8000");
    let li = vec![("李明".to_owned(), CallerCertainty::National)];
    for arrived in ["13800138000", "013800138000", "0013800138000"] {
        assert_eq!(callers(&crm, arrived), li, "{arrived}");
    }
}

#[test]
fn a_number_that_was_typed_without_its_country_is_found_by_its_digits() {
    let (crm, _) = crm();
    number(&crm, "Ana", "030 901820");
    assert_eq!(callers(&crm, "030901820")[0].0, "Ana");
    assert_eq!(
        callers(&crm, "+4930901820"),
        [("Ana".to_owned(), CallerCertainty::Ending(8))]
    );
}

#[test]
fn the_end_of_a_number_counts_where_it_is_of_one_customer_only() {
    let (crm, _) = crm();
    number(&crm, "李明", "+86 10 6555 1234");
    // Another city in front, the last eight digits the same.
    assert_eq!(
        callers(&crm, "02165551234"),
        [("李明".to_owned(), CallerCertainty::Ending(8))]
    );
    assert_eq!(
        callers(&crm, "5551234"),
        [("李明".to_owned(), CallerCertainty::National)]
    );
    assert_eq!(callers(&crm, "551234"), []);
    number(&crm, "Ana", "+86 20 6555 1234");
    assert_eq!(callers(&crm, "02165551234"), []);
}

#[test]
fn all_who_share_a_number_are_named() {
    let (crm, _) = crm();
    number(&crm, "李明", "+86 10 6555 1234");
    number(&crm, "王芳", "+861065551234");
    assert_eq!(callers(&crm, "+861065551234").len(), 2);
}

#[test]
fn who_shows_no_number_is_nobody() {
    let (crm, _) = crm();
    number(&crm, "李明", "+86 138 0013 8000");
    for arrived in ["", "anonymous", "+", "000000000"] {
        assert_eq!(callers(&crm, arrived), [], "{arrived}");
    }
}
