use crm_core::customers::Customer;
use crm_core::customization::CustomField;
use crm_core::engine::{Conditions, Query, Value};
use crm_core::exchange::{Import, Target};
use crm_core::values::{Currency, Decimal, Money, NaiveDate};

use crate::desk::Desk;

const CSV: &str = "Name;Colour;Score;Budget;Curr.;Since;VIP;Segment\n\
                   Acme;red;1.234,50;410,00;EUR;28.02.2026;yes;Gold\n\
                   Globex;blue;;;;;;basic\n";

fn customer(desk: &Desk, name: &str) -> Customer {
    let of_name = Query::of::<Customer>().filter(Customer::NAME.is(name));
    desk.read(|reader| reader.first(&of_name)).expect("a customer")
}

#[test]
fn columns_go_to_custom_fields_by_their_keys_and_labels() {
    let desk = Desk::open();
    let mut plan = Import::bytes(CSV).into::<Customer>().plan(&desk.crm).expect("a plan");
    assert_eq!(plan.unmapped().collect::<Vec<_>>(), ["Curr."]);
    plan.map("Curr.", Target::currency_of("custom.budget"))
        .and_then(|plan| plan.map("Name", Target::field("name").key()))
        .and_then(|plan| plan.set(Target::field("kind"), "organization"))
        .expect("a mapping");
    let result = plan.run(&desk.crm).expect("a run");
    assert_eq!(result.counts.created, 2, "{result}");
    let acme = customer(&desk, "Acme").id;
    let euro = Currency::from_code("EUR").expect("a currency");
    for (key, value) in [
        ("colour", Value::from("red")),
        ("score", Decimal::new(123_450, 2).into()),
        ("budget", Money::from_minor(41_000, euro).into()),
        ("since", NaiveDate::from_ymd_opt(2026, 2, 28).expect("a day").into()),
        ("vip", true.into()),
        ("segment", "gold".into()),
    ] {
        assert_eq!(desk.value(acme, key), value, "{key}");
    }
    let globex = customer(&desk, "Globex").id;
    assert_eq!(desk.value(globex, "score"), Value::Null);
    assert_eq!(plan.run(&desk.crm).expect("a run").counts.unchanged, 2);
}

#[test]
fn a_blank_cell_and_a_missing_column_leave_a_custom_field_as_it_is() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    desk.set(acme.id, "vip", true);
    let csv = "Name,Colour,Segment\nAcme,,gold\n";
    let mut plan = Import::bytes(csv).into::<Customer>().plan(&desk.crm).expect("a plan");
    plan.map("Name", Target::field("name").key()).expect("a mapping");
    assert_eq!(plan.run(&desk.crm).expect("a run").counts.updated, 1);
    assert_eq!(desk.value(acme.id, "colour"), "red".into());
    assert_eq!(desk.value(acme.id, "vip"), true.into());
    assert_eq!(desk.value(acme.id, "segment"), "gold".into());
}

#[test]
fn a_cell_that_breaks_the_rules_of_a_custom_field_refuses_its_row() {
    let desk = Desk::open();
    let csv = "Name,Segment\nAcme,platinum\nGlobex,silver\n";
    let mut plan = Import::bytes(csv).into::<Customer>().plan(&desk.crm).expect("a plan");
    plan.set(Target::field("kind"), "organization").expect("a mapping");
    let result = plan.run(&desk.crm).expect("a run");
    assert_eq!((result.counts.created, result.counts.refused), (1, 1));
    assert!(
        result.refused[0]
            .reason
            .starts_with("customer.custom.segment: this is none of the choices."),
        "{}",
        result.refused[0].reason
    );
}

#[test]
fn a_column_goes_to_no_custom_field_that_is_not_in_use() {
    let desk = Desk::open();
    desk.write(|tx| CustomField::retire(tx, desk.field_id("colour")));
    let mut plan = Import::bytes(CSV).into::<Customer>().plan(&desk.crm).expect("a plan");
    assert_eq!(plan.unmapped().collect::<Vec<_>>(), ["Colour", "Curr."]);
    for name in ["custom.colour", "custom.color", "custom"] {
        let refusal = plan.map("Colour", Target::field(name)).unwrap_err();
        assert_eq!(refusal.field(), Some("mapping"), "{refusal}");
    }
}
