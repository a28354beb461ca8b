//! Undo brings back states that met the rules one by one; what must hold between records is checked before it stands.

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerChange, CustomerDraft};
use crm_core::engine::{BatchId, Conditions, Query};
use crm_core::ids::CustomerId;
use crm_core::marketing::{CampaignDraft, MemberStatus, MemberStatusChange, MemberStatusDraft};

fn set_parent(crm: &Crm, child: CustomerId, parent: Option<CustomerId>) -> BatchId {
    crm.write(|tx| {
        tx.update(child, [CustomerChange::ParentId(parent)], None)?;
        Ok(tx.batch())
    })
    .expect("the parent may be set")
}

#[test]
fn an_undo_that_would_close_a_circle_of_parents_is_refused_and_writes_nothing() {
    let crm = Crm::in_memory();
    let [a, b] = ["A", "B"].map(|name| {
        let draft = CustomerDraft::organization(name);
        crm.write(|tx| tx.create(draft.clone())).unwrap().id
    });
    set_parent(&crm, a, Some(b));
    let freed = set_parent(&crm, a, None);
    set_parent(&crm, b, Some(a));
    let refusal = crm.undo(freed).unwrap_err();
    assert_eq!(refusal.rule(), Some("customer.parent_acyclic"), "{refusal}");
    let parentless = Query::of::<Customer>().filter(Customer::PARENT_ID.is(b));
    assert_eq!(crm.read(|reader| reader.count(&parentless)).unwrap(), 0);
}

#[test]
fn an_undo_that_would_leave_a_campaign_without_a_status_of_response_is_refused() {
    let crm = Crm::in_memory();
    let campaign = crm.write(|tx| tx.create(CampaignDraft::new("Spring fair"))).unwrap();
    let of_campaign = Query::of::<MemberStatus>().filter(MemberStatus::CAMPAIGN_ID.is(campaign.id));
    let statuses: Vec<MemberStatus> = crm.read(|reader| reader.find(&of_campaign)).unwrap();
    let old = statuses
        .iter()
        .find(|status| status.has_responded)
        .expect("a status of response")
        .id;
    let added = crm
        .write(|tx| {
            let mut draft = MemberStatusDraft::new(campaign.id, "Visited");
            draft.has_responded = Some(true);
            tx.create(draft)?;
            Ok(tx.batch())
        })
        .unwrap();
    crm.write(|tx| tx.update(old, [MemberStatusChange::HasResponded(false)], None))
        .unwrap();
    let refusal = crm.undo(added).unwrap_err();
    assert_eq!(refusal.rule(), Some("campaign.needs_responded_status"), "{refusal}");
}
