//! Contact roles: persons, each once, one of them the main contact.

use crm_core::customers::{BuyingRole, CustomerDraft};
use crm_core::engine::{Conditions, Query};
use crm_core::ids::{CustomerId, OpportunityId};
use crm_core::sales::{OpportunityContact, OpportunityContactChange, OpportunityContactDraft};

use crate::desk::{Desk, invalid, rule};

fn primary(deal: OpportunityId, person: CustomerId) -> OpportunityContactDraft {
    OpportunityContactDraft {
        is_primary: Some(true),
        ..OpportunityContactDraft::new(deal, person)
    }
}

fn primaries(desk: &Desk) -> Vec<CustomerId> {
    let query = Query::of::<OpportunityContact>().filter(OpportunityContact::IS_PRIMARY.is(true));
    let contacts = desk.read(|reader| reader.find::<OpportunityContact>(&query));
    contacts.into_iter().map(|contact| contact.customer_id).collect()
}

#[test]
fn a_contact_is_a_person() {
    let desk = Desk::open();
    let deal = desk.deal();
    let acme = desk.write(|tx| tx.create(CustomerDraft::organization("Acme GmbH")));
    let error = desk.refusal(|tx| tx.create(OpportunityContactDraft::new(deal.id, acme.id)));
    assert_eq!(rule(&error), invalid("customer_id"));
}

#[test]
fn a_person_has_one_part_in_an_opportunity() {
    let desk = Desk::open();
    let (deal, other, li) = (desk.deal(), desk.deal(), desk.person("Li Ming"));
    let first = desk.write(|tx| tx.create(OpportunityContactDraft::new(deal.id, li.id)));
    let error = desk.refusal(|tx| tx.create(OpportunityContactDraft::new(deal.id, li.id)));
    assert_eq!(rule(&error), ("duplicate", "customer_id".into()));
    desk.write(|tx| tx.create(OpportunityContactDraft::new(other.id, li.id)));
    desk.write(|tx| tx.delete(first.id));
    desk.write(|tx| tx.create(OpportunityContactDraft::new(deal.id, li.id)));
    let restored = desk.refusal(|tx| tx.restore(first.id));
    assert_eq!(rule(&restored), ("duplicate", "customer_id".into()));
}

#[test]
fn the_role_changes_freely() {
    let desk = Desk::open();
    let (deal, li) = (desk.deal(), desk.person("Li Ming"));
    let contact = desk.write(|tx| tx.create(OpportunityContactDraft::new(deal.id, li.id)));
    let champion = [OpportunityContactChange::Role(Some(BuyingRole::Champion))];
    let changed = desk.write(|tx| tx.update(contact.id, champion.clone(), None));
    assert_eq!(changed.role, Some(BuyingRole::Champion));
}

#[test]
fn one_contact_at_most_is_the_main_one_and_another_takes_it_over() {
    let desk = Desk::open();
    let (deal, other, li, ann) = (desk.deal(), desk.deal(), desk.person("Li Ming"), desk.person("Ann Lee"));
    let first = desk.write(|tx| tx.create(primary(deal.id, li.id)));
    desk.write(|tx| tx.create(primary(deal.id, ann.id)));
    assert_eq!(primaries(&desk), [ann.id]);
    desk.write(|tx| tx.create(primary(other.id, li.id)));
    assert_eq!(primaries(&desk), [ann.id, li.id], "each opportunity has its own");
    desk.write(|tx| tx.update(first.id, [OpportunityContactChange::IsPrimary(true)], None));
    assert_eq!(primaries(&desk), [li.id, li.id]);
}

#[test]
fn a_restored_contact_yields_to_the_main_one_that_came_after_it() {
    let desk = Desk::open();
    let (deal, li, ann) = (desk.deal(), desk.person("Li Ming"), desk.person("Ann Lee"));
    let first = desk.write(|tx| tx.create(primary(deal.id, li.id)));
    desk.write(|tx| tx.delete(first.id));
    desk.write(|tx| tx.create(primary(deal.id, ann.id)));
    desk.write(|tx| tx.restore(first.id));
    assert_eq!(primaries(&desk), [ann.id]);
}
