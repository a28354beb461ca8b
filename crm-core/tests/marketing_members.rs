//! Members of campaigns: once a campaign, and one first response.

mod refusals;

use crm_core::Crm;
use crm_core::customers::CustomerDraft;
use crm_core::engine::{Clock, Conditions, CrmError, Query, Result};
use crm_core::ids::{CampaignId, CampaignMemberId, CustomerId, MemberStatusId};
use crm_core::marketing::{
    Campaign, CampaignChange, CampaignDraft, CampaignMember, CampaignMemberChange, CampaignMemberDraft, CampaignStatus,
    MemberStatus,
};
use crm_core::values::{NaiveDate, Timestamp};
use refusals::{crm, message, refusal};

const HOUR: i64 = 3_600_000;

/// A campaign with its statuses `Sent` and `Responded`.
fn campaign(crm: &Crm) -> (CampaignId, MemberStatusId, MemberStatusId) {
    crm.write(|tx| {
        let id = tx.create(CampaignDraft::new("Spring"))?.id;
        let statuses = MemberStatus::of_campaign(tx, id)?;
        Ok((id, statuses[0].id, statuses[1].id))
    })
    .expect("it may be created")
}

fn person(crm: &Crm) -> CustomerId {
    crm.write(|tx| tx.create(CustomerDraft::person("Li Ming")))
        .expect("it may be created")
        .id
}

fn member(crm: &Crm, campaign: CampaignId) -> CampaignMemberId {
    let customer = person(crm);
    crm.write(|tx| tx.create(CampaignMemberDraft::new(campaign, customer)))
        .expect("it may be created")
        .id
}

fn move_to(crm: &Crm, id: CampaignMemberId, status: MemberStatusId) -> Result<CampaignMember> {
    crm.write(|tx| tx.update(id, [CampaignMemberChange::StatusId(Some(status))], None))
}

#[test]
fn a_member_begins_with_the_default_status_and_has_not_responded() {
    let (crm, _) = crm();
    let (spring, sent, _) = campaign(&crm);
    let id = member(&crm, spring);
    let member = crm.read(|reader| reader.get(id)).unwrap();
    assert_eq!((member.status_id, member.first_responded_at), (Some(sent), None));
}

#[test]
fn a_member_without_a_status_gets_the_default_again() {
    let (crm, _) = crm();
    let (spring, sent, responded) = campaign(&crm);
    let id = member(&crm, spring);
    move_to(&crm, id, responded).unwrap();
    let emptied = crm.write(|tx| tx.update(id, [CampaignMemberChange::StatusId(None)], None));
    assert_eq!(emptied.unwrap().status_id, Some(sent));
}

#[test]
fn a_customer_is_a_member_once_a_campaign() {
    let (crm, _) = crm();
    let ((spring, ..), (autumn, ..)) = (campaign(&crm), campaign(&crm));
    let customer = person(&crm);
    let first = crm
        .write(|tx| tx.create(CampaignMemberDraft::new(spring, customer)))
        .unwrap();
    let refused = refusal(&crm, |tx| tx.create(CampaignMemberDraft::new(spring, customer)));
    assert_eq!(
        refused,
        CrmError::Duplicate {
            entity: "campaign_member",
            field: "customer_id".into(),
            matches: vec![first.id.0],
        }
    );
    assert!(
        crm.write(|tx| tx.create(CampaignMemberDraft::new(autumn, customer)))
            .is_ok()
    );
}

#[test]
fn a_member_that_was_replaced_does_not_come_back_as_the_second() {
    let (crm, _) = crm();
    let (spring, ..) = campaign(&crm);
    let customer = person(&crm);
    let draft = CampaignMemberDraft::new(spring, customer);
    let first = crm.write(|tx| tx.create(draft.clone())).unwrap();
    crm.write(|tx| tx.delete(first.id)).unwrap();
    let second = crm.write(|tx| tx.create(draft.clone())).unwrap();
    let refused = refusal(&crm, |tx| tx.restore(first.id));
    assert!(matches!(&refused, CrmError::Duplicate { matches, .. } if *matches == [second.id.0]));
}

#[test]
fn the_status_is_one_of_the_members_own_campaign() {
    let (crm, _) = crm();
    let ((spring, ..), (_, sent_of_autumn, responded_of_autumn)) = (campaign(&crm), campaign(&crm));
    let id = member(&crm, spring);
    let customer = person(&crm);
    let refused = [
        refusal(&crm, |tx| {
            tx.update(id, [CampaignMemberChange::StatusId(Some(sent_of_autumn))], None)
        }),
        refusal(&crm, |tx| {
            tx.create(CampaignMemberDraft {
                status_id: Some(sent_of_autumn),
                ..CampaignMemberDraft::new(spring, customer)
            })
        }),
        refusal(&crm, |tx| {
            CampaignMember::respond(tx, id, Some(responded_of_autumn), None)
        }),
    ];
    for refused in refused {
        assert_eq!(refused.rule(), Some("member.status_of_campaign"));
        assert_eq!(refused.hint(), "Choose a status of the member's own campaign");
    }
}

#[test]
fn a_responded_status_sets_the_time_of_the_first_response() {
    let (crm, clock) = crm();
    let (spring, _, responded) = campaign(&crm);
    let id = member(&crm, spring);
    clock.advance(HOUR);
    let moved = move_to(&crm, id, responded).unwrap();
    assert_eq!(moved.first_responded_at, Some(clock.now()));
}

#[test]
fn the_time_of_the_first_response_never_changes() {
    let (crm, clock) = crm();
    let (spring, sent, responded) = campaign(&crm);
    let id = member(&crm, spring);
    let first = move_to(&crm, id, responded).unwrap().first_responded_at;
    assert!(first.is_some());
    clock.advance(HOUR);
    assert_eq!(move_to(&crm, id, sent).unwrap().first_responded_at, first);
    clock.advance(HOUR);
    assert_eq!(move_to(&crm, id, responded).unwrap().first_responded_at, first);
    let earlier = first.map(|first| first.plus_milliseconds(-HOUR));
    let again = crm.write(|tx| CampaignMember::respond(tx, id, None, earlier)).unwrap();
    assert_eq!(again.first_responded_at, first);
}

#[test]
fn responding_moves_to_the_first_status_that_means_it_and_keeps_the_given_time() {
    let (crm, clock) = crm();
    let (spring, _, responded) = campaign(&crm);
    let id = member(&crm, spring);
    let at = clock.now().plus_milliseconds(-HOUR);
    let member = crm.write(|tx| CampaignMember::respond(tx, id, None, Some(at))).unwrap();
    assert_eq!(
        (member.status_id, member.first_responded_at),
        (Some(responded), Some(at))
    );
}

#[test]
fn responding_again_without_a_status_changes_nothing() {
    let (crm, clock) = crm();
    let (spring, ..) = campaign(&crm);
    let id = member(&crm, spring);
    let first = crm.write(|tx| CampaignMember::respond(tx, id, None, None)).unwrap();
    clock.advance(HOUR);
    let again = crm.write(|tx| CampaignMember::respond(tx, id, None, None)).unwrap();
    assert_eq!(first, again);
}

#[test]
fn a_response_has_a_status_that_means_one() {
    let (crm, _) = crm();
    let (spring, sent, _) = campaign(&crm);
    let id = member(&crm, spring);
    let refused = refusal(&crm, |tx| CampaignMember::respond(tx, id, Some(sent), None));
    assert_eq!(refused.rule(), Some("member.status_means_response"));
    assert_eq!(refused.hint(), "Choose a status that does, or name none");
}

#[test]
fn a_response_does_not_lie_in_the_future() {
    let (crm, clock) = crm();
    let (spring, ..) = campaign(&crm);
    let id = member(&crm, spring);
    let tomorrow = clock.now().plus_milliseconds(24 * HOUR);
    let refused = refusal(&crm, |tx| CampaignMember::respond(tx, id, None, Some(tomorrow)));
    assert_eq!(
        (refused.code(), refused.field()),
        ("invalid", Some("first_responded_at"))
    );
    assert_eq!(refused.hint(), "Give a time up to now, or none");
}

#[test]
fn a_response_after_the_end_of_the_campaign_counts() {
    let (crm, clock) = crm();
    let (spring, ..) = campaign(&crm);
    let id = member(&crm, spring);
    crm.write(|tx| {
        tx.update(
            spring,
            [
                CampaignChange::EndsOn(NaiveDate::from_ymd_opt(2026, 1, 31)),
                CampaignChange::Status(CampaignStatus::Aborted),
            ],
            None,
        )
    })
    .unwrap();
    let member = crm.write(|tx| CampaignMember::respond(tx, id, None, None)).unwrap();
    assert_eq!(member.first_responded_at, Some(clock.now()));
}

#[test]
fn an_imported_member_brings_the_time_of_its_response() {
    let (crm, _) = crm();
    let (spring, sent, _) = campaign(&crm);
    let customer = person(&crm);
    let long_ago: Timestamp = "2019-05-01T12:00:00Z".parse().unwrap();
    let member = crm
        .write(|tx| {
            tx.create(CampaignMemberDraft {
                first_responded_at: Some(long_ago),
                ..CampaignMemberDraft::new(spring, customer)
            })
        })
        .unwrap();
    assert_eq!(
        (member.status_id, member.first_responded_at),
        (Some(sent), Some(long_ago))
    );
}

#[test]
fn adding_members_tells_which_were_there_already() {
    let (crm, _) = crm();
    let (spring, sent, _) = campaign(&crm);
    let customers: Vec<_> = (0..1200).map(|_| person(&crm)).collect();
    let (present, absent) = customers.split_at(700);
    let first = crm.write(|tx| Campaign::add_members(tx, spring, present)).unwrap();
    assert_eq!((first.added.len(), first.already.len()), (700, 0));
    let second = crm.write(|tx| Campaign::add_members(tx, spring, &customers)).unwrap();
    assert_eq!(second.already, present);
    assert_eq!(second.added.len(), absent.len());
    let with_default = Query::of::<CampaignMember>().filter(CampaignMember::STATUS_ID.is(sent));
    assert_eq!(crm.read(|reader| reader.count(&with_default)).unwrap(), 1200);
}

#[test]
fn a_customer_given_twice_becomes_a_member_once() {
    let (crm, _) = crm();
    let (spring, ..) = campaign(&crm);
    let customer = person(&crm);
    let outcome = crm
        .write(|tx| Campaign::add_members(tx, spring, &[customer, customer]))
        .unwrap();
    assert_eq!((outcome.added.len(), outcome.already.len()), (1, 0));
}

#[test]
fn adding_members_is_all_or_nothing() {
    let (crm, _) = crm();
    let (spring, ..) = campaign(&crm);
    let customers = [person(&crm), CustomerId(uuid::Uuid::from_u128(9))];
    let refused = refusal(&crm, |tx| Campaign::add_members(tx, spring, &customers));
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("customer_id")));
    let nowhere = refusal(&crm, |tx| {
        Campaign::add_members(tx, CampaignId(uuid::Uuid::from_u128(9)), &customers[..1])
    });
    assert_eq!(nowhere.code(), "not_found");
}

#[test]
fn the_refusals_read_as_recorded() {
    let (crm, clock) = crm();
    let ((spring, sent, _), (_, sent_of_autumn, _)) = (campaign(&crm), campaign(&crm));
    let id = member(&crm, spring);
    let customer = crm.read(|reader| reader.get(id)).unwrap().customer_id;
    let tomorrow = clock.now().plus_milliseconds(24 * HOUR);
    let refused = [
        refusal(&crm, |tx| tx.create(CampaignMemberDraft::new(spring, customer))),
        refusal(&crm, |tx| {
            tx.update(id, [CampaignMemberChange::StatusId(Some(sent_of_autumn))], None)
        }),
        refusal(&crm, |tx| CampaignMember::respond(tx, id, Some(sent), None)),
        refusal(&crm, |tx| CampaignMember::respond(tx, id, None, Some(tomorrow))),
        refusal(&crm, |tx| {
            tx.create(CampaignMemberDraft::new(CampaignId::default(), customer))
        }),
    ];
    insta::assert_snapshot!(refused.iter().map(message).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_customer_who_responds_becomes_a_member_and_one_who_is_responds_once() {
    let (crm, _) = crm();
    let (spring, _, responded) = campaign(&crm);
    let li = person(&crm);
    let new = crm.write(|tx| Campaign::respond(tx, spring, li, None, None)).unwrap();
    assert_eq!(new.status_id, Some(responded));
    let again = crm.write(|tx| Campaign::respond(tx, spring, li, None, None)).unwrap();
    assert_eq!((again.id, again.revision), (new.id, new.revision));
    assert_eq!(
        crm.read(|reader| CampaignMember::of(reader, spring, li)),
        Ok(Some(again))
    );
    let nowhere = CampaignId(crm_core::values::Uuid::from_u128(7));
    let error = refusal(&crm, |tx| Campaign::respond(tx, nowhere, li, None, None));
    assert_eq!((error.code(), error.field()), ("invalid", Some("campaign_id")));
}

#[test]
fn a_status_is_found_by_its_name_and_else_the_statuses_are_listed() {
    let (crm, _) = crm();
    let (spring, _, responded) = campaign(&crm);
    let named = |name: &str| crm.read(|reader| MemberStatus::named(reader, spring, name));
    assert_eq!(named(" RESPONDED").map(|status| status.id), Ok(responded));
    assert_eq!(named("Attended").unwrap_err().hint(), "Use one of Sent, Responded");
}
