use crm_core::SCHEMA;
use crm_core::customers::Customer;
use crm_core::customization::CustomFieldChange;
use crm_core::engine::{Conditions, Entity, Query};

use crate::desk::Desk;

#[test]
fn a_query_kept_as_json_means_the_same_after_a_renaming() {
    let desk = Desk::open();
    desk.customer_with("Acme", "colour", "red");
    desk.customer_with("Globex", "colour", "blue");
    let query = desk.read(|reader| {
        let colour = reader.custom_field(Customer::DEF, "colour")?;
        Ok(Query::of::<Customer>()
            .filter(colour.clone().is("red"))
            .order_by(colour))
    });
    let json = query.to_json().expect("JSON");
    let id = desk.field_id("colour");
    desk.write(|tx| tx.update(id, [CustomFieldChange::Key("shade".into())], None));
    let read = Query::from_json(&json, SCHEMA).expect("a query");
    assert_eq!(read, query);
    let found: Vec<Customer> = desk.read(|reader| reader.find(&read));
    assert_eq!(found.len(), 1);
}

#[test]
fn the_currency_of_an_amount_is_kept_in_json_as_well() {
    let desk = Desk::open();
    let query = desk.read(|reader| {
        let currency = reader.custom_field(Customer::DEF, "budget_currency")?;
        Ok(Query::of::<Customer>().filter(currency.is("EUR")))
    });
    let json = query.to_json().expect("JSON");
    assert_eq!(Query::from_json(&json, SCHEMA), Ok(query));
}
