use crm_core::engine::{CrmError, RecordId, Use};
use crm_core::ids::CustomerId;
use crm_core::values::Uuid;

use crate::desk::Desk;

#[test]
fn what_a_custom_field_refers_to_is_there() {
    let desk = Desk::open();
    let acme = desk.customer("Acme");
    let refusal = desk.refusal(|tx| tx.set_custom(acme.id, "partner", CustomerId(Uuid::from_u128(5))));
    assert_eq!(refusal.field(), Some("custom.partner"));
}

#[test]
fn what_a_custom_field_refers_to_is_not_deleted_before_it() {
    let desk = Desk::open();
    let acme = desk.customer("Acme");
    let globex = desk.customer_with("Globex", "partner", acme.id);
    let refusal = desk.refusal(|tx| tx.delete(acme.id));
    let CrmError::InUse { id, by, .. } = refusal else {
        panic!("{refusal}");
    };
    let entity = "customer";
    assert_eq!((id, by), (acme.id.uuid(), vec![Use { entity, count: 1 }]));
    desk.set(globex.id, "partner", crm_core::engine::Value::Null);
    desk.write(|tx| tx.delete(acme.id));
}

#[test]
fn a_record_does_not_come_back_to_refer_to_a_deleted_one() {
    let desk = Desk::open();
    let acme = desk.customer("Acme");
    let globex = desk.customer_with("Globex", "partner", acme.id);
    desk.write(|tx| {
        tx.delete(globex.id)?;
        tx.delete(acme.id)
    });
    let refusal = desk.refusal(|tx| tx.restore(globex.id));
    assert_eq!(refusal.field(), Some("custom.partner"));
    desk.write(|tx| {
        tx.restore(acme.id)?;
        tx.restore(globex.id)
    });
}

#[test]
fn an_undo_leaves_no_custom_field_that_refers_to_nothing() {
    let desk = Desk::open();
    let mut acme = None;
    let created = desk.batch(|tx| {
        acme = Some(tx.create(crm_core::customers::CustomerDraft::organization("Acme"))?.id);
        Ok(())
    });
    let acme = acme.expect("a customer");
    let globex = desk.customer_with("Globex", "partner", acme);
    let refusal = desk.crm.undo(created).unwrap_err();
    assert_eq!(refusal.rule(), Some("undo.collision"), "{refusal}");
    let emptied = desk.set(globex.id, "partner", crm_core::engine::Value::Null);
    desk.write(|tx| tx.delete(acme));
    let refusal = desk.crm.undo(emptied).unwrap_err();
    assert_eq!(refusal.rule(), Some("undo.collision"), "{refusal}");
}
