use crm_core::customers::CustomerDraft;
use crm_core::customization::{CustomField, CustomFieldChange, CustomFieldDraft};
use crm_core::engine::{CrmError, CustomFieldKind, RecordId};

use crate::desk::Desk;

fn text(table: &str, key: &str) -> CustomFieldDraft {
    CustomFieldDraft::new(table, key, "A field", CustomFieldKind::Text)
}

#[test]
fn a_key_is_a_name_and_no_field_of_the_record() {
    let desk = Desk::open();
    for key in ["", "2nd", "two words", "näher", "name", "customer_id"] {
        let table = if key == "customer_id" {
            "opportunities"
        } else {
            "customers"
        };
        let refusal = desk.refusal(|tx| tx.create(text(table, key)));
        assert_eq!((refusal.code(), refusal.field()), ("invalid", Some("key")), "{key}");
    }
}

#[test]
fn two_fields_of_one_kind_of_record_have_two_keys() {
    let desk = Desk::open();
    let refusal = desk.refusal(|tx| tx.create(text("customers", "Colour")));
    let CrmError::Duplicate { field, matches, .. } = refusal else {
        panic!("{refusal}");
    };
    assert_eq!((&*field, matches), ("key", vec![desk.field_id("colour").uuid()]));
    desk.write(|tx| tx.create(text("products", "colour")));
}

#[test]
fn records_that_have_no_custom_fields_get_none_defined() {
    let desk = Desk::open();
    let refusal = desk.refusal(|tx| tx.create(text("stages", "colour")));
    assert_eq!(refusal.field(), Some("record_table"));
    assert!(refusal.hint().contains("customers"), "{refusal}");
}

#[test]
fn options_belong_to_choices_and_a_table_to_references() {
    let desk = Desk::open();
    let draft = |kind, options: Option<&str>, refers_to: Option<&str>| {
        let mut draft = CustomFieldDraft::new("customers", "other", "Other", kind);
        draft.options = options.map(Into::into);
        draft.refers_to = refers_to.map(Into::into);
        draft
    };
    let twice = r#"[{"code":"a","label":"A"},{"code":"a","label":"B"}]"#;
    for (draft, field) in [
        (draft(CustomFieldKind::Choice, None, None), "options"),
        (draft(CustomFieldKind::Choice, Some("gold"), None), "options"),
        (draft(CustomFieldKind::Choice, Some(twice), None), "options"),
        (draft(CustomFieldKind::Text, Some("[]"), None), "options"),
        (draft(CustomFieldKind::Reference, None, None), "refers_to"),
        (draft(CustomFieldKind::Reference, None, Some("nowhere")), "refers_to"),
        (draft(CustomFieldKind::Text, None, Some("customers")), "refers_to"),
    ] {
        let refusal = desk.refusal(|tx| tx.create(draft.clone()));
        assert_eq!(refusal.field(), Some(field), "{refusal}");
    }
}

#[test]
fn what_is_retired_is_written_no_more_and_comes_back_with_all_its_values() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    let colour = desk.field_id("colour");
    desk.write(|tx| CustomField::retire(tx, colour));
    let refusal = desk.refusal(|tx| tx.set_custom(acme.id, "colour", "blue"));
    assert_eq!(refusal.field(), Some("custom.colour"));
    assert_eq!(desk.value(acme.id, "colour"), "red".into());
    assert_eq!(desk.found("custom.colour == 'red'"), ["Acme"]);
    assert!(desk.read(|reader| reader.custom_values(&acme)).is_empty());
    // Other fields change beside it.
    desk.set(acme.id, "vip", true);
    desk.write(|tx| CustomField::reinstate(tx, colour));
    desk.set(acme.id, "colour", "blue");
    assert_eq!(desk.value(acme.id, "colour"), "blue".into());
}

#[test]
fn the_key_of_a_retired_field_is_free_until_the_field_comes_back() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    let old = desk.field_id("colour");
    desk.write(|tx| {
        CustomField::retire(tx, old)?;
        tx.create(text("customers", "colour"))
    });
    assert!(desk.value(acme.id, "colour").is_null(), "the new field begins empty");
    let refusal = desk.refusal(|tx| CustomField::reinstate(tx, old));
    assert_eq!((refusal.code(), refusal.field()), ("duplicate", Some("key")));
    desk.write(|tx| {
        tx.update(old, [CustomFieldChange::Key("old_colour".into())], None)?;
        CustomField::reinstate(tx, old)
    });
    assert_eq!(desk.value(acme.id, "old_colour"), "red".into());
}

#[test]
fn a_field_can_be_used_in_the_transaction_that_defines_it() {
    let desk = Desk::open();
    let loom = desk.write(|tx| {
        // The definitions were read before this one is made.
        tx.custom_fields()?;
        tx.create(text("products", "colour"))?;
        let mut draft = crm_core::sales::ProductDraft::new("Loom");
        draft.custom.set("colour", "red");
        tx.create(draft)
    });
    assert_eq!(desk.read(|reader| reader.custom_value(&loom, "colour")), "red".into());
}

#[test]
fn a_definition_that_was_taken_back_is_not_remembered() {
    let desk = Desk::open();
    let refusal = desk.refusal(|tx| {
        let tried = tx.attempt(|tx| {
            tx.create(text("customers", "shade"))?;
            tx.create(CustomerDraft::organization(" "))
        });
        assert!(tried.is_err());
        let mut draft = CustomerDraft::organization("Acme");
        draft.custom.set("shade", "dark");
        tx.create(draft)
    });
    assert_eq!(refusal.field(), Some("custom.shade"));
}

#[test]
fn options_are_given_to_a_draft_of_any_kind_and_only_a_choice_takes_them() {
    let desk = Desk::open();
    let of_kind = |kind| {
        let draft = CustomFieldDraft::new("customers", "grade", "Grade", kind);
        draft.with_options([("a", "First"), ("b", "Second")]).expect("options")
    };
    let grade = desk.write(|tx| tx.create(of_kind(CustomFieldKind::Choice)));
    assert_eq!(grade.read_options().expect("options").len(), 2);
    desk.write(|tx| tx.delete(grade.id));
    let refusal = desk.refusal(|tx| tx.create(of_kind(CustomFieldKind::Text)));
    assert_eq!((refusal.code(), refusal.field()), ("invalid", Some("options")));
}
