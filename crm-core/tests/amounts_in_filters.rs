//! What a bare number means beside an amount.

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::engine::{Conditions, Filter, Query};
use crm_core::values::Decimal;

fn with_revenues(revenues: &[&str]) -> Crm {
    let crm = Crm::in_memory();
    crm.write(|tx| {
        for revenue in revenues {
            let mut draft = CustomerDraft::organization("Acme GmbH");
            draft.annual_revenue = Some(revenue.parse().expect("an amount"));
            tx.create(draft)?;
        }
        tx.create(CustomerDraft::organization("Revenue unknown"))
    })
    .expect("customers");
    crm
}

fn count(crm: &Crm, filter: Filter) -> u64 {
    let query = Query::of::<Customer>().filter(filter);
    crm.read(|reader| reader.count(&query)).expect("a count")
}

#[test]
fn a_bare_number_compares_with_the_major_units_of_every_currency() {
    let crm = with_revenues(&["1000 JPY", "1000.00 EUR", "1000.000 KWD"]);
    assert_eq!(count(&crm, Customer::ANNUAL_REVENUE.is(1000)), 3);
    assert_eq!(count(&crm, Customer::ANNUAL_REVENUE.above(999)), 3);
    assert_eq!(count(&crm, Customer::ANNUAL_REVENUE.above(1000)), 0);
}

#[test]
fn a_number_beyond_every_amount_lies_on_one_side_of_them_all() {
    let crm = with_revenues(&["-5 JPY", "1000.00 EUR", "0.001 KWD"]);
    assert_eq!(count(&crm, Customer::ANNUAL_REVENUE.below(Decimal::MAX)), 3);
    assert_eq!(count(&crm, Customer::ANNUAL_REVENUE.above(Decimal::MAX)), 0);
    assert_eq!(count(&crm, Customer::ANNUAL_REVENUE.above(Decimal::MIN)), 3);
    assert_eq!(count(&crm, Customer::ANNUAL_REVENUE.differs(Decimal::MAX)), 3);
}
