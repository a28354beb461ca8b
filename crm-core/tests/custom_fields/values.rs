use crm_core::customers::{CustomerChange, CustomerDraft};
use crm_core::customization::CustomField;
use crm_core::engine::{CustomOption, CustomValues, Value};
use crm_core::values::{Currency, Decimal, Money, NaiveDate, Timestamp};

use crate::desk::Desk;

fn money(minor: i64) -> Value {
    Money::from_minor(minor, Currency::from_code("EUR").expect("a currency")).into()
}

#[test]
fn a_value_of_each_kind_is_kept_and_read_by_its_key() {
    let desk = Desk::open();
    let partner = desk.customer("Globex");
    let given: [(&str, Value); 8] = [
        ("colour", "red".into()),
        ("score", Decimal::new(62_500, 3).into()),
        ("budget", money(41_000)),
        ("since", NaiveDate::default().into()),
        ("called", Timestamp::from_milliseconds(7).into()),
        ("vip", true.into()),
        ("segment", "gold".into()),
        ("partner", partner.id.into()),
    ];
    let acme = desk.write(|tx| {
        let mut draft = CustomerDraft::organization("Acme");
        for (key, value) in &given {
            draft.custom.set(*key, value.clone());
        }
        tx.create(draft)
    });
    for (key, value) in given {
        assert_eq!(desk.value(acme.id, key), value, "{key}");
    }
    let shown = desk.read(|reader| reader.custom_values(&acme));
    let labels: Vec<&str> = shown.iter().map(|(field, _)| field.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "COLOUR", "SCORE", "BUDGET", "SINCE", "CALLED", "VIP", "Segment", "Partner"
        ]
    );
}

#[test]
fn setting_one_field_leaves_the_others_as_they_are() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    desk.set(acme.id, "score", 5_i64);
    desk.write(|tx| {
        let changes = [
            CustomerChange::Custom(CustomValues::new().with("vip", true)),
            CustomerChange::Custom(CustomValues::new().with("segment", "basic")),
        ];
        tx.update(acme.id, changes, None)
    });
    desk.set(acme.id, "score", Value::Null);
    assert_eq!(desk.value(acme.id, "colour"), "red".into());
    assert_eq!(desk.value(acme.id, "score"), Value::Null);
    assert_eq!(desk.value(acme.id, "vip"), true.into());
    assert_eq!(desk.value(acme.id, "segment"), "basic".into());
}

#[test]
fn setting_what_is_there_already_writes_nothing() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "score", Decimal::new(50, 1));
    let again = desk.write(|tx| tx.set_custom(acme.id, "score", 5_i64));
    assert_eq!(again.revision, acme.revision);
}

#[test]
fn a_change_without_any_value_leaves_all_as_they_are() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    let none = CustomerChange::Custom(CustomValues::new());
    let same = desk.write(|tx| tx.update(acme.id, [none.clone()], None));
    assert_eq!(same.revision, acme.revision);
}

#[test]
fn an_unknown_key_is_refused_with_the_one_that_was_meant() {
    let desk = Desk::open();
    let acme = desk.customer("Acme");
    let refusal = desk.refusal(|tx| tx.set_custom(acme.id, "color", "red"));
    assert_eq!(refusal.field(), Some("custom.color"));
    assert!(
        refusal.hint().starts_with("Did you mean colour? It has colour, score"),
        "{refusal}"
    );
    let none = desk.refusal(|tx| {
        let mut draft = crm_core::sales::ProductDraft::new("Loom");
        draft.custom.set("colour", "red");
        tx.create(draft)
    });
    assert_eq!(none.hint(), "Define it first: product has no custom fields");
}

#[test]
fn a_value_of_another_kind_is_refused() {
    let desk = Desk::open();
    let acme = desk.customer("Acme");
    for (key, value, hint) in [
        ("colour", Value::Integer(5), "Give text"),
        (
            "score",
            "five".into(),
            "Give a decimal number with up to 6 digits after its point",
        ),
        (
            "score",
            Decimal::new(1, 7).into(),
            "Give a decimal number with up to 6 digits after its point",
        ),
        ("since", Timestamp::from_milliseconds(7).into(), "Give a date"),
        ("vip", Value::Integer(1), "Give yes or no"),
        ("segment", "platinum".into(), "Use one of gold, silver, basic"),
    ] {
        let refusal = desk.refusal(|tx| tx.set_custom(acme.id, key, value.clone()));
        assert_eq!(refusal.field(), Some(&*format!("custom.{key}")));
        assert_eq!(refusal.hint(), hint);
    }
}

#[test]
fn a_required_field_is_demanded_of_new_records_and_when_custom_fields_change() {
    let desk = Desk::open();
    let old = desk.customer_with("Old", "colour", "red");
    desk.write(|tx| {
        let required = crm_core::customization::CustomFieldChange::Required(true);
        tx.update(desk.field_id("segment"), [required], None)
    });
    let refusal = desk.refusal(|tx| tx.create(CustomerDraft::organization("New")));
    assert_eq!(refusal.field(), Some("custom.segment"));
    let refusal = desk.refusal(|tx| tx.set_custom(old.id, "colour", "blue"));
    assert_eq!(refusal.field(), Some("custom.segment"));
    // What has nothing to do with it goes on.
    desk.write(|tx| tx.update(old.id, [CustomerChange::Country(Some("DE".into()))], None));
    desk.set(old.id, "segment", "gold");
    desk.set(old.id, "colour", "blue");
    let refusal = desk.refusal(|tx| tx.set_custom(old.id, "segment", Value::Null));
    assert_eq!(refusal.field(), Some("custom.segment"));
    desk.customer_with("New", "segment", "basic");
}

#[test]
fn an_option_that_is_left_out_is_chosen_no_more_and_stays_where_it_is() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "segment", "silver");
    desk.write(|tx| {
        let options = [CustomOption::new("gold", "Gold"), CustomOption::new("basic", "Basic")];
        CustomField::set_options(tx, desk.field_id("segment"), options)
    });
    assert_eq!(desk.value(acme.id, "segment"), "silver".into());
    assert_eq!(desk.found("custom.segment == 'silver'"), ["Acme"]);
    desk.set(acme.id, "colour", "red");
    let globex = desk.customer("Globex");
    let refusal = desk.refusal(|tx| tx.set_custom(globex.id, "segment", "silver"));
    assert_eq!(refusal.hint(), "Use one of gold, basic");
}

#[test]
fn nothing_of_a_value_is_shown_by_debug() {
    let values = CustomValues::new().with("colour", "secret");
    assert_eq!(format!("{values:?}"), "{\"colour\"}");
}
