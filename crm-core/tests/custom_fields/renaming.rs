use crm_core::customers::Customer;
use crm_core::customization::CustomFieldChange;
use crm_core::engine::{Entity, Query};

use crate::desk::Desk;

fn rename(desk: &Desk, from: &str, to: &str) {
    let id = desk.field_id(from);
    desk.write(|tx| tx.update(id, [CustomFieldChange::Key(to.into())], None));
}

#[test]
fn renaming_a_field_loses_nothing_and_writes_no_record() {
    let desk = Desk::open();
    let acme = desk.customer_with("Acme", "colour", "red");
    let log = desk.read(|reader| reader.changes(0, u32::MAX)).len();
    rename(&desk, "colour", "shade");
    assert_eq!(desk.read(|reader| reader.changes(0, u32::MAX)).len(), log + 1);
    assert_eq!(desk.value(acme.id, "shade"), "red".into());
    assert_eq!(desk.found("custom.shade == 'red'"), ["Acme"]);
    assert_eq!(desk.read(|reader| reader.get(acme.id)).revision, acme.revision);
}

#[test]
fn a_page_goes_on_after_a_renaming() {
    let desk = Desk::open();
    for colour in ["blue", "green", "red"] {
        desk.customer_with(colour, "colour", colour);
    }
    let page = |key: &str, after| {
        desk.read(|reader| {
            let colour = reader.custom_field(Customer::DEF, key)?;
            let mut query = Query::of::<Customer>().order_by(colour).limit(2);
            query.after = after;
            reader.page::<Customer>(&query)
        })
    };
    let first = page("colour", None);
    rename(&desk, "colour", "shade");
    let second = page("shade", first.next);
    let names: Vec<&str> = second.records.iter().map(|customer| customer.name.as_str()).collect();
    assert_eq!(names, ["red"]);
}
