//! An order as text.

use crm_core::SCHEMA;
use crm_core::customers::{Customer, User};
use crm_core::engine::{CrmError, Order, Result, expr};
use crm_core::sales::Opportunity;
use proptest::prelude::*;

use crate::world::entity;

fn order(table: &str, text: &str) -> Result<Vec<Order>> {
    expr::order(text, entity(table), SCHEMA)
}

#[test]
fn names_with_commas_between_them_are_the_keys_and_a_minus_turns_one_around() {
    let keys = order("opportunities", "customer.owner.name,-amount , - created_at").expect("an order");
    let expected = [
        (Opportunity::CUSTOMER_ID.to(Customer::OWNER_ID).to(User::NAME), false),
        (Opportunity::AMOUNT.into(), true),
        (Opportunity::CREATED_AT.into(), true),
    ];
    let expected = expected.map(|(path, descending)| Order { path, descending });
    assert_eq!(keys, expected);
    let keys = order("opportunities", "amount_currency, customer_id").expect("an order");
    assert_eq!(keys[0].path.to_string(), "amount_currency");
    assert!(keys.iter().all(|key| !key.descending));
}

#[test]
fn a_wrong_order_is_refused_with_its_column_the_reason_and_a_hint() {
    let mut page = String::new();
    let many = ["name"; 17].join(",");
    for text in [
        "",
        "-",
        "name,",
        ",name",
        "name amount",
        "created_at desc",
        "created_at ASC",
        "--name",
        "+name",
        "amuont",
        "customer",
        "customer.nam",
        "opportunity_lines",
        "tags",
        "custom.colour",
        "name == \"x\"",
        "name.startsWith(\"A\")",
        "customer.",
        "\"name\"",
        "name; amount",
        many.as_str(),
    ] {
        let error = order("opportunities", text).expect_err(text);
        assert_eq!((error.code(), error.field()), ("expression", Some("order")), "{text}");
        let CrmError::Expression {
            column, reason, hint, ..
        } = error
        else {
            panic!("another error for {text}");
        };
        page.push_str(&format!("{text}\n{}^\n{reason}.\n{hint}.\n\n", " ".repeat(column - 1)));
    }
    insta::assert_snapshot!(page);
}

proptest! {
    #[test]
    fn any_text_is_an_order_or_refused_within_it(text in "[-a-z_., \"]{0,40}|(-?(name|amount|customer\\.name)[, ]{0,2}){0,6}") {
        if let Err(error) = order("opportunities", &text) {
            let CrmError::Expression { column, .. } = error else {
                panic!("another error for {text}");
            };
            prop_assert!((1..=text.chars().count() + 1).contains(&column));
        }
    }
}
