//! What other systems call our records.

mod refusals;

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft, ExternalId, ExternalIdDraft, UserDraft};
use crm_core::engine::{CrmError, Entity, Query};
use crm_core::ids::{CustomerId, UserId};
use refusals::{crm, message, refusal};
use uuid::Uuid;

fn organization(crm: &Crm, name: &str) -> CustomerId {
    crm.write(|tx| tx.create(CustomerDraft::organization(name)))
        .expect("it may be created")
        .id
}

fn found(crm: &Crm, external_id: &str) -> Option<CustomerId> {
    crm.read(|reader| ExternalId::record(reader, "erp", external_id))
        .expect("reading works")
}

#[test]
fn a_record_is_found_by_what_another_system_calls_it() {
    let (crm, _) = crm();
    let acme = organization(&crm, "Acme");
    crm.write(|tx| ExternalId::link(tx, " erp ", " 4711 ", acme)).unwrap();
    assert_eq!(found(&crm, "4711"), Some(acme));
    let untyped = crm.read(|reader| ExternalId::find(reader, "erp", Customer::DEF, "4711"));
    assert_eq!(untyped.unwrap(), Some(acme.0));
    assert_eq!(found(&crm, "4712"), None);
}

#[test]
fn the_same_id_names_another_record_in_another_system_or_table() {
    let (crm, _) = crm();
    let (acme, globex) = (organization(&crm, "Acme"), organization(&crm, "Globex"));
    let user = crm.write(|tx| tx.create(UserDraft::new("Li Wei"))).unwrap().id;
    crm.write(|tx| {
        ExternalId::link(tx, "erp", "1", acme)?;
        ExternalId::link(tx, "shop", "1", globex)?;
        ExternalId::link(tx, "erp", "1", user)
    })
    .unwrap();
    let (in_erp, in_shop, of_user) = crm
        .read(|reader| {
            Ok((
                ExternalId::record::<CustomerId>(reader, "erp", "1")?,
                ExternalId::record::<CustomerId>(reader, "shop", "1")?,
                ExternalId::record::<UserId>(reader, "erp", "1")?,
            ))
        })
        .unwrap();
    assert_eq!((in_erp, in_shop, of_user), (Some(acme), Some(globex), Some(user)));
}

#[test]
fn linking_again_writes_nothing() {
    let (crm, _) = crm();
    let acme = organization(&crm, "Acme");
    let first = crm.write(|tx| ExternalId::link(tx, "erp", "4711", acme)).unwrap();
    let again = crm.write(|tx| ExternalId::link(tx, "erp", "4711", acme)).unwrap();
    assert_eq!(first, again);
    assert_eq!(crm.read(|reader| reader.history(first.id)).unwrap().len(), 1);
}

#[test]
fn an_id_does_not_name_two_records() {
    let (crm, _) = crm();
    let (acme, globex) = (organization(&crm, "Acme"), organization(&crm, "Globex"));
    let link = crm.write(|tx| ExternalId::link(tx, "erp", "4711", acme)).unwrap();
    let refused = refusal(&crm, |tx| ExternalId::link(tx, "erp", "4711", globex));
    assert_eq!(
        refused,
        CrmError::Duplicate {
            entity: "external_id",
            field: "external_id".into(),
            matches: vec![link.id.0],
        }
    );
}

#[test]
fn a_record_has_several_ids_even_in_one_system() {
    let (crm, _) = crm();
    let acme = organization(&crm, "Acme");
    crm.write(|tx| {
        ExternalId::link(tx, "erp", "4711", acme)?;
        ExternalId::link(tx, "erp", "4712", acme)
    })
    .unwrap();
    assert_eq!((found(&crm, "4711"), found(&crm, "4712")), (Some(acme), Some(acme)));
}

#[test]
fn the_case_of_an_id_matters() {
    let (crm, _) = crm();
    let (upper, lower) = (organization(&crm, "Upper"), organization(&crm, "Lower"));
    crm.write(|tx| {
        ExternalId::link(tx, "erp", "001A", upper)?;
        ExternalId::link(tx, "erp", "001a", lower)
    })
    .unwrap();
    assert_eq!((found(&crm, "001A"), found(&crm, "001a")), (Some(upper), Some(lower)));
}

#[test]
fn the_id_of_a_deleted_record_is_free_for_the_one_in_its_place() {
    let (crm, _) = crm();
    let (old, new) = (organization(&crm, "Old"), organization(&crm, "New"));
    crm.write(|tx| ExternalId::link(tx, "erp", "4711", old)).unwrap();
    crm.write(|tx| tx.delete(old)).unwrap();
    assert_eq!(found(&crm, "4711"), None);
    crm.write(|tx| ExternalId::link(tx, "erp", "4711", new)).unwrap();
    crm.write(|tx| tx.restore(old)).unwrap();
    assert_eq!(found(&crm, "4711"), Some(new));
    let links = crm.read(|reader| reader.count(&Query::of::<ExternalId>())).unwrap();
    assert_eq!(links, 1);
}

#[test]
fn a_deleted_record_comes_back_with_its_id_where_nobody_took_it() {
    let (crm, _) = crm();
    let acme = organization(&crm, "Acme");
    crm.write(|tx| ExternalId::link(tx, "erp", "4711", acme)).unwrap();
    crm.write(|tx| tx.delete(acme)).unwrap();
    crm.write(|tx| tx.restore(acme)).unwrap();
    assert_eq!(found(&crm, "4711"), Some(acme));
}

#[test]
fn an_id_names_a_record_that_is_there() {
    let (crm, _) = crm();
    let acme = organization(&crm, "Acme");
    let no_table = refusal(&crm, |tx| {
        tx.create(ExternalIdDraft::new("erp", "1", "invoices", acme.0))
    });
    assert_eq!((no_table.code(), no_table.field()), ("invalid", Some("record_table")));
    assert_eq!(no_table.hint(), "Name the table of the record, as in customers");
    let no_record = refusal(&crm, |tx| tx.create(ExternalIdDraft::new("erp", "1", "users", acme.0)));
    assert_eq!((no_record.code(), no_record.field()), ("invalid", Some("record_id")));
    assert_eq!(no_record.hint(), "Create the record first, or name another");
}

#[test]
fn an_id_and_its_system_are_never_blank() {
    let (crm, _) = crm();
    let acme = organization(&crm, "Acme");
    for (system, external_id, field) in [(" ", "1", "system"), ("erp", " ", "external_id")] {
        let refused = refusal(&crm, |tx| ExternalId::link(tx, system, external_id, acme));
        assert_eq!((refused.code(), refused.field()), ("invalid", Some(field)));
    }
}

#[test]
fn the_refusals_read_as_recorded() {
    let (crm, _) = crm();
    let (acme, globex) = (organization(&crm, "Acme"), organization(&crm, "Globex"));
    crm.write(|tx| ExternalId::link(tx, "erp", "secret 4711", acme))
        .unwrap();
    let refused = [
        refusal(&crm, |tx| ExternalId::link(tx, "erp", "secret 4711", globex)),
        refusal(&crm, |tx| ExternalId::link(tx, "erp", "1", CustomerId(Uuid::nil()))),
        refusal(&crm, |tx| {
            tx.create(ExternalIdDraft::new("erp", "1", "invoices", acme.0))
        }),
        refusal(&crm, |tx| ExternalId::link(tx, "erp", " ", acme)),
    ];
    let text = refused.iter().map(message).collect::<Vec<_>>().join("\n");
    assert!(!text.contains("secret"), "a message tells what a record says");
    insta::assert_snapshot!(text);
}
