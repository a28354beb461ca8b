use crm_core::customers::Customer;
use crm_core::engine::{Aggregate, Entity, Measure, Query, Value};
use crm_core::sales::{NewStage, Opportunity, OpportunityDraft, Pipeline, PipelineDraft};
use crm_core::values::{Currency, Decimal, Money, NaiveDate};

use crate::desk::Desk;

fn euro(minor: i64) -> Money {
    Money::from_minor(minor, Currency::from_code("EUR").expect("a currency"))
}

/// Acme is red, gold and scores 5; Globex is blue and has a budget; Initech has nothing.
fn three_customers() -> Desk {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    desk.set(acme.id, "segment", "gold");
    desk.set(acme.id, "score", 5_i64);
    desk.set(acme.id, "since", NaiveDate::from_ymd_opt(2026, 2, 28).expect("a day"));
    let globex = desk.customer_with("Globex", "colour", "blue");
    desk.set(globex.id, "budget", euro(41_000));
    desk.set(globex.id, "vip", true);
    desk.set(globex.id, "partner", acme.id);
    desk.customer("Initech");
    desk
}

#[test]
fn a_text_filter_names_custom_fields_like_any_other() {
    let desk = three_customers();
    for (filter, names) in [
        ("custom.colour == 'red'", vec!["Acme"]),
        ("custom.colour != 'red'", vec!["Globex"]),
        ("custom.colour == null", vec!["Initech"]),
        ("custom.colour.startsWith('bl')", vec!["Globex"]),
        ("custom.colour in ['red', 'blue']", vec!["Acme", "Globex"]),
        ("custom.segment in ['gold', 'basic']", vec!["Acme"]),
        ("custom.score > 4.5", vec!["Acme"]),
        ("custom.budget >= 410", vec!["Globex"]),
        ("custom.budget_currency == 'EUR'", vec!["Globex"]),
        ("custom.since < today", vec!["Acme"]),
        ("custom.vip", vec!["Globex"]),
        ("name == 'Initech' || custom.score == 5", vec!["Acme", "Initech"]),
    ] {
        assert_eq!(desk.found(filter), names, "{filter}");
    }
}

#[test]
fn a_custom_field_is_reached_through_a_reference() {
    let desk = three_customers();
    let acme = desk.read(|reader| reader.first::<Customer>(&Query::of::<Customer>().order_by(Customer::NAME)));
    desk.write(|tx| {
        let stages = vec![
            NewStage::open("Lead in", 10),
            NewStage::won("Won"),
            NewStage::lost("Lost"),
        ];
        Pipeline::create(tx, PipelineDraft::new("Direct"), stages)?;
        tx.create(OpportunityDraft {
            customer_id: acme.as_ref().map(|acme| acme.id),
            ..OpportunityDraft::new("Looms")
        })?;
        tx.create(OpportunityDraft::new("No customer"))
    });
    let found: Vec<Opportunity> = desk.read(|reader| {
        let filter = reader.parse_filter(Opportunity::DEF, "customer.custom.segment in ['gold', 'silver']")?;
        reader.find(&Query::of::<Opportunity>().filter(filter))
    });
    assert_eq!(found.len(), 1);
    let path = desk.read(|reader| reader.parse_path(Opportunity::DEF, "customer.custom.segment"));
    assert_eq!(path.to_string(), "customer_id.custom.segment");
    let segment = desk.read(|reader| reader.custom_field(Customer::DEF, "segment"));
    assert_eq!(Opportunity::CUSTOMER_ID.to(segment), path);
}

#[test]
fn a_filter_on_a_custom_field_says_what_is_wrong_with_it() {
    let desk = three_customers();
    for (filter, message) in [
        (
            "custom.color == 'red'",
            "filter, column 8: customer has no custom field color. Did you mean colour? It has colour, score, budget, \
             since, called, vip, segment, partner.",
        ),
        (
            "custom == null",
            "filter, column 1: custom holds all custom fields of a customer. Name one, as in custom.colour. It has \
             colour, score, budget, since, called, vip, segment, partner.",
        ),
        (
            "custom.colour.deep == 'red'",
            "filter, column 15: a custom field leads to no others. End the name with the key of the field, as in \
             custom.colour.",
        ),
        (
            "custom.segment == 'platinum'",
            "filter, column 19: segment has no such choice. Use one of gold, silver, basic.",
        ),
        (
            "custom.since == 'red'",
            "filter, column 17: since holds a date, and is compared with text. Compare it with today or \
             date(\"2026-12-31\").",
        ),
    ] {
        let error = desk
            .crm
            .read(|reader| reader.parse_filter(Customer::DEF, filter))
            .unwrap_err();
        assert_eq!(error.to_string(), message, "{filter}");
    }
}

#[test]
fn records_are_sorted_grouped_and_measured_by_custom_fields() {
    let desk = three_customers();
    let (colours, scores) = desk.read(|reader| {
        let [colour, score, budget] =
            ["colour", "score", "budget"].map(|key| reader.custom_field(Customer::DEF, key).expect("a path"));
        let ordered = Query::of::<Customer>().order_by_descending(colour.clone());
        let read = Query::of::<Customer>().order(reader.parse_order(Customer::DEF, "-custom.colour")?);
        assert_eq!(read, ordered);
        let names: Vec<String> = reader
            .find::<Customer>(&ordered)?
            .into_iter()
            .map(|one| one.name)
            .collect();
        assert_eq!(names, ["Acme", "Globex", "Initech"]);
        let by_colour = Aggregate::of::<Customer>()
            .group_by(colour.clone())
            .measure(Measure::count());
        let totals = Aggregate::of::<Customer>()
            .measure(Measure::sum(score.clone()))
            .measure(Measure::maximum(budget))
            .measure(Measure::minimum(colour.clone()))
            .measure(Measure::count_distinct(colour))
            .measure(Measure::average(score));
        Ok((reader.aggregate(&by_colour)?, reader.aggregate(&totals)?))
    });
    let keys: Vec<Value> = colours.iter().map(|row| row.keys[0].clone()).collect();
    assert_eq!(keys, [Value::Null, "blue".into(), "red".into()]);
    assert_eq!(
        scores[0].measures,
        [
            Decimal::from(5).into(),
            euro(41_000).into(),
            "blue".into(),
            Value::Integer(2),
            Decimal::from(5).into()
        ]
    );
}

#[test]
fn custom_fields_as_a_whole_are_no_value_to_compare() {
    let desk = three_customers();
    let query = Query::of::<Customer>().order_by(Customer::CUSTOM);
    let error = desk.crm.read(|reader| reader.find::<Customer>(&query)).unwrap_err();
    assert_eq!(
        (error.field(), &*error.hint()),
        (Some("custom"), "Name one of them, as in custom.colour")
    );
}
