use crm_core::customers::CustomerChange;
use crm_core::engine::{ChangeKind, Clock, FieldChange, Value};

use crate::desk::Desk;

#[test]
fn an_undo_puts_back_one_field_and_leaves_those_that_changed_since() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    let turned_blue = desk.set(acme.id, "colour", "blue");
    desk.set(acme.id, "score", 5_i64);
    desk.write(|tx| tx.update(acme.id, [CustomerChange::Country(Some("DE".into()))], None));
    desk.crm.undo(turned_blue).expect("nobody touched the colour since");
    assert_eq!(desk.value(acme.id, "colour"), "red".into());
    assert_eq!(desk.value(acme.id, "score"), Value::from(number(5)));
}

#[test]
fn an_undo_of_a_field_that_was_set_since_is_refused() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    let turned_blue = desk.set(acme.id, "colour", "blue");
    desk.set(acme.id, "colour", "green");
    let refusal = desk.crm.undo(turned_blue).unwrap_err();
    assert_eq!(refusal.rule(), Some("undo.collision"), "{refusal}");
    let emptied = desk.set(acme.id, "colour", Value::Null);
    desk.crm.undo(emptied).expect("it is still empty");
    assert_eq!(desk.value(acme.id, "colour"), "green".into());
}

#[test]
fn an_undo_of_the_first_value_empties_the_field() {
    let desk = Desk::open();
    let acme = desk.customer("Acme");
    let first = desk.set(acme.id, "colour", "red");
    desk.crm.undo(first).expect("it can be undone");
    assert!(desk.read(|reader| reader.get(acme.id)).custom.is_empty());
}

#[test]
fn an_undo_takes_out_and_puts_back_records_with_their_fields() {
    let desk = Desk::open();
    let mut id = None;
    let created = desk.batch(|tx| {
        let mut draft = crm_core::customers::CustomerDraft::organization("Acme");
        draft.custom.set("colour", "red").set("vip", true);
        id = Some(tx.create(draft)?.id);
        Ok(())
    });
    let id = id.expect("a customer");
    let undone = desk.crm.undo(created).expect("it can be undone");
    desk.crm.undo(undone).expect("the undo can be undone");
    assert_eq!(desk.value(id, "colour"), "red".into());
    assert_eq!(desk.value(id, "vip"), true.into());
}

#[test]
fn a_record_and_its_fields_are_read_as_of_a_time() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    let then = desk.clock.now();
    desk.set(acme.id, "colour", "blue");
    desk.set(acme.id, "score", 5_i64);
    let before_score = desk.clock.now().plus_milliseconds(-1);
    let id = desk.field_id("colour");
    desk.write(|tx| {
        tx.update(
            id,
            [crm_core::customization::CustomFieldChange::Key("shade".into())],
            None,
        )
    });
    let at = |time, key: &str| {
        desk.read(|reader| {
            let mut past = reader.as_of(time)?;
            let customer = past.get(acme.id)?;
            assert_eq!(reader.get_as_of(acme.id, time)?, Some(customer.clone()));
            past.custom_value(&customer, key)
        })
    };
    assert_eq!(at(then, "colour"), "red".into());
    assert_eq!(at(before_score, "colour"), "blue".into());
    assert_eq!(at(before_score, "score"), Value::Null);
    assert_eq!(at(desk.clock.now(), "shade"), "blue".into());
}

#[test]
fn history_tells_which_fields_changed_and_nothing_of_the_others() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    desk.set(acme.id, "vip", true);
    desk.set(acme.id, "colour", "blue");
    desk.set(acme.id, "vip", Value::Null);
    let history = desk.read(|reader| reader.history(acme.id));
    let told: Vec<String> = history
        .iter()
        .filter(|entry| entry.change.kind == ChangeKind::Update)
        .flat_map(|entry| &entry.change.fields)
        .map(|FieldChange { field, before, after }| {
            let shown = |value: &Value| match value {
                Value::Custom(values) => values
                    .iter()
                    .map(|(key, value)| {
                        let field = desk.read(|reader| reader.custom_fields());
                        let def =
                            field.by_storage_key(<crm_core::customers::Customer as crm_core::engine::Entity>::DEF, key);
                        let key = &def.expect("a definition").key;
                        format!("{key}={}", serde_json::to_string(value).expect("JSON"))
                    })
                    .collect::<Vec<_>>()
                    .join(" "),
                _ => "nothing".to_owned(),
            };
            format!("{field}: {} to {}", shown(before), shown(after))
        })
        .collect();
    assert_eq!(
        told,
        [
            "custom: nothing to vip={\"bool\":true}",
            "custom: colour={\"text\":\"red\"} to colour={\"text\":\"blue\"}",
            "custom: vip={\"bool\":true} to nothing",
        ]
    );
}

fn number(number: i64) -> crm_core::values::Decimal {
    number.into()
}
