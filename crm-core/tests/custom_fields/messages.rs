//! What people read when a custom field or its definition is refused: every message whole, as recorded.

use std::fmt::Debug;

use crm_core::customization::{CustomField, CustomFieldChange, CustomFieldDraft};
use crm_core::engine::{CustomFieldKind, Result, Tx, Value};
use crm_core::ids::CustomerId;
use crm_core::values::Uuid;

use crate::desk::Desk;
use crate::refusals::message;

#[test]
fn the_refusals_read_as_recorded() {
    let desk = Desk::open();
    let acme = desk.customer("Acme").id;
    desk.customer_with("Globex", "partner", acme);
    desk.write(|tx| CustomField::retire(tx, desk.field_id("called")));
    let mut messages = String::new();
    let mut define = |table: &str, key: &str, kind| {
        let draft = CustomFieldDraft::new(table, key, "A field", kind);
        messages.push_str(&refused(&desk, |tx| tx.create(draft.clone())));
    };
    define("stages", "colour", CustomFieldKind::Text);
    define("customers", "two words", CustomFieldKind::Text);
    define("customers", "country", CustomFieldKind::Text);
    define("customers", "COLOUR", CustomFieldKind::Text);
    define("customers", "size", CustomFieldKind::Choice);
    define("customers", "friend", CustomFieldKind::Reference);
    for (key, value) in [
        ("color", Value::from("red")),
        ("called", Value::Null),
        ("colour", Value::Bool(true)),
        ("segment", "platinum".into()),
        ("partner", CustomerId(Uuid::from_u128(5)).into()),
    ] {
        messages.push_str(&refused(&desk, |tx| tx.set_custom(acme, key, value.clone())));
    }
    desk.write(|tx| tx.update(desk.field_id("vip"), [CustomFieldChange::Required(true)], None));
    messages.push_str(&refused(&desk, |tx| tx.set_custom(acme, "colour", "red")));
    messages.push_str(&refused(&desk, |tx| tx.delete(acme)));
    insta::assert_snapshot!(messages);
}

fn refused<T: Debug>(desk: &Desk, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> String {
    message(&desk.refusal(work)) + "\n"
}
