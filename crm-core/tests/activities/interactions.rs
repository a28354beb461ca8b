use crm_core::Crm;
use crm_core::activities::{
    About, Interaction, InteractionChange, InteractionDraft, InteractionKind, InteractionLink, InteractionLinkDraft,
    InteractionParticipant, InteractionParticipantDraft, InteractionStatus, ParticipantResponse,
};
use crm_core::customers::{ContactPoint, CustomerDraft, UserDraft};
use crm_core::engine::{Conditions, Query};
use crm_core::ids::{CustomerId, InteractionId, OpportunityId};
use crm_core::sales::{NewStage, OpportunityDraft, Pipeline, PipelineDraft};
use crm_core::values::Timestamp;

use crate::refusals::{crm, message, refusal};

const HOUR: i64 = 3_600_000;

fn call() -> InteractionDraft {
    InteractionDraft::new(InteractionKind::Call)
}

fn log(crm: &Crm, about: &[About], participants: &[InteractionParticipantDraft]) -> Interaction {
    crm.write(|tx| Interaction::log(tx, call(), about, participants.to_vec()))
        .expect("it may be logged")
}

fn person(crm: &Crm, name: &str) -> CustomerId {
    crm.write(|tx| tx.create(CustomerDraft::person(name)))
        .expect("it works")
        .id
}

/// A deal of a customer.
fn deal(crm: &Crm, customer: CustomerId) -> OpportunityId {
    crm.write(|tx| {
        let stages = vec![
            NewStage::open("Offer", 50),
            NewStage::won("Won"),
            NewStage::lost("Lost"),
        ];
        Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
        tx.create(OpportunityDraft {
            customer_id: Some(customer),
            ..OpportunityDraft::new("A deal")
        })
    })
    .expect("it works")
    .id
}

fn links(crm: &Crm, id: InteractionId) -> Vec<InteractionLink> {
    let links = Query::of::<InteractionLink>().filter(InteractionLink::INTERACTION_ID.is(id));
    crm.read(|reader| reader.find(&links)).expect("it works")
}

/// The customers whom an interaction concerns, and whether that only follows.
fn concerned(crm: &Crm, id: InteractionId) -> Vec<(CustomerId, bool)> {
    let links = links(crm, id).into_iter();
    let mut concerned: Vec<_> = links
        .filter_map(|link| Some((link.customer_id?, link.is_implied)))
        .collect();
    concerned.sort();
    concerned
}

fn participants(crm: &Crm, id: InteractionId) -> Vec<InteractionParticipant> {
    let of_interaction = InteractionParticipant::INTERACTION_ID.is(id);
    crm.read(|reader| reader.find(&Query::of::<InteractionParticipant>().filter(of_interaction)))
        .expect("it works")
}

#[test]
fn an_interaction_begins_now_and_is_held_unless_it_lies_ahead() {
    let (crm, clock) = crm();
    let now = crm.write(|tx| tx.create(call())).unwrap();
    assert_eq!((now.starts_at, now.status), (now.created_at, InteractionStatus::Held));
    let at = |hours: i64| InteractionDraft {
        starts_at: Some(now.created_at.plus_milliseconds(hours * HOUR)),
        ..call()
    };
    let ahead = crm.write(|tx| tx.create(at(1))).unwrap();
    assert_eq!(ahead.status, InteractionStatus::Planned);
    assert_eq!(
        crm.write(|tx| tx.create(at(-1))).unwrap().status,
        InteractionStatus::Held
    );
    clock.advance(2 * HOUR);
    let held = InteractionChange::Status(InteractionStatus::Held);
    let held = crm.write(|tx| tx.update(ahead.id, [held.clone()], None)).unwrap();
    assert_eq!(held.status, InteractionStatus::Held);
}

#[test]
fn an_interaction_ends_after_it_begins_in_a_zone_that_is_one() {
    let (crm, _) = crm();
    let backwards = InteractionDraft {
        starts_at: Some(Timestamp::from_milliseconds(2)),
        ends_at: Some(Timestamp::from_milliseconds(1)),
        ..call()
    };
    let nowhere = InteractionDraft {
        zone: Some("Asia/Nowhere".into()),
        ..call()
    };
    for (draft, field) in [(backwards, "ends_at"), (nowhere, "zone")] {
        let refused = refusal(&crm, |tx| tx.create(draft.clone()));
        assert_eq!((refused.code(), refused.field()), ("invalid", Some(field)));
    }
}

#[test]
fn a_link_names_exactly_one_record_once() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let call = log(&crm, &[li.into(), li.into()], &[]);
    assert_eq!(concerned(&crm, call.id), [(li, false)]);
    let again = InteractionLinkDraft {
        customer_id: Some(li),
        ..InteractionLinkDraft::new(call.id)
    };
    let refused = refusal(&crm, |tx| tx.create(again.clone()));
    assert_eq!((refused.code(), refused.field()), ("duplicate", Some("customer_id")));
    let refused = refusal(&crm, |tx| tx.create(InteractionLinkDraft::new(call.id)));
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("record")));
    crm.write(|tx| Interaction::link(tx, call.id, &[li.into()])).unwrap();
    assert!(crm.write(|tx| Interaction::unlink(tx, call.id, li)).unwrap());
    assert!(!crm.write(|tx| Interaction::unlink(tx, call.id, li)).unwrap());
    assert_eq!(concerned(&crm, call.id), []);
}

#[test]
fn what_concerns_a_deal_or_a_participant_concerns_the_customer() {
    let (crm, _) = crm();
    let (acme, li) = (person(&crm, "Acme"), person(&crm, "李明"));
    let deal = deal(&crm, acme);
    let call = log(&crm, &[deal.into()], &[InteractionParticipantDraft::customer(li)]);
    assert_eq!(concerned(&crm, call.id), [(acme, true), (li, true)]);
    // What is said outright needs not follow.
    crm.write(|tx| Interaction::link(tx, call.id, &[li.into()])).unwrap();
    assert_eq!(concerned(&crm, call.id), [(acme, true), (li, false)]);
    crm.write(|tx| Interaction::unlink(tx, call.id, deal)).unwrap();
    assert_eq!(concerned(&crm, call.id), [(li, false)]);
}

#[test]
fn who_did_not_take_part_after_all_is_not_concerned() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let call = log(&crm, &[], &[InteractionParticipantDraft::customer(li)]);
    let participant = participants(&crm, call.id)[0].id;
    let batch = crm
        .write(|tx| {
            tx.delete(participant)?;
            Ok(tx.batch())
        })
        .unwrap();
    assert_eq!(concerned(&crm, call.id), []);
    crm.undo(batch).unwrap();
    assert_eq!(concerned(&crm, call.id), [(li, true)]);
}

#[test]
fn an_interaction_leaves_and_returns_with_all_its_links() {
    let (crm, _) = crm();
    let acme = person(&crm, "Acme");
    let deal = deal(&crm, acme);
    let call = log(&crm, &[deal.into()], &[]);
    let before = links(&crm, call.id).len();
    crm.write(|tx| tx.delete(call.id)).unwrap();
    crm.write(|tx| tx.restore(call.id)).unwrap();
    assert_eq!(links(&crm, call.id).len(), before);
    crm.write(|tx| tx.delete(deal)).unwrap();
    assert_eq!(concerned(&crm, call.id), []);
    crm.write(|tx| tx.restore(deal)).unwrap();
    assert_eq!(concerned(&crm, call.id), [(acme, true)]);
}

#[test]
fn a_participant_is_the_one_customer_who_has_the_address() {
    let (crm, _) = crm();
    let (li, ana) = (person(&crm, "李明"), person(&crm, "Ana"));
    crm.write(|tx| {
        ContactPoint::add(tx, li, "li@acme.example")?;
        ContactPoint::add(tx, li, "office@acme.example")?;
        ContactPoint::add(tx, ana, "office@acme.example")
    })
    .unwrap();
    let addresses = ["LI@acme.example", "office@acme.example", "who@acme.example"];
    let call = log(&crm, &[], &addresses.map(InteractionParticipantDraft::address));
    let who: Vec<_> = participants(&crm, call.id).iter().map(|one| one.customer_id).collect();
    assert_eq!(who, [Some(li), None, None]);
}

#[test]
fn a_participant_is_somebody_and_one_of_two() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let user = crm.write(|tx| tx.create(UserDraft::new("Li Wei"))).unwrap().id;
    let nobody = InteractionParticipantDraft::new();
    let both = InteractionParticipantDraft {
        customer_id: Some(li),
        user_id: Some(user),
        ..nobody.clone()
    };
    for (draft, field) in [(nobody, "customer_id"), (both, "user_id")] {
        let refused = refusal(&crm, |tx| Interaction::log(tx, call(), &[], vec![draft.clone()]));
        assert_eq!((refused.code(), refused.field()), ("invalid", Some(field)));
    }
    let alone = InteractionParticipantDraft::customer(li);
    let refused = refusal(&crm, |tx| tx.create(alone.clone()));
    assert_eq!(refused.field(), Some("interaction_id"));
}

#[test]
fn what_a_program_brings_again_is_brought_up_to_date() {
    let (crm, _) = crm();
    let (acme, li) = (person(&crm, "Acme"), person(&crm, "李明"));
    let entry = |subject: Option<&str>| InteractionDraft {
        subject: subject.map(str::to_owned),
        external_uid: Some("7f3a".into()),
        source: Some("calendar".into()),
        ..InteractionDraft::new(InteractionKind::Meeting)
    };
    let invited = |response| InteractionParticipantDraft {
        response: Some(response),
        ..InteractionParticipantDraft::customer(li)
    };
    let bring = |subject: Option<&str>, about: CustomerId, response| {
        crm.write(|tx| Interaction::log_or_update(tx, entry(subject), &[about.into()], vec![invited(response)]))
            .unwrap()
    };
    let first = bring(Some("Demo"), acme, ParticipantResponse::NeedsAction);
    let again = bring(None, acme, ParticipantResponse::Accepted);
    assert_eq!((again.id, again.subject.as_deref()), (first.id, Some("Demo")));
    assert_eq!((again.starts_at, again.revision), (first.starts_at, 1));
    let participants = participants(&crm, first.id);
    assert_eq!(participants.len(), 1);
    assert_eq!(participants[0].response, ParticipantResponse::Accepted);
    assert_eq!(
        bring(Some("Demo, moved"), li, ParticipantResponse::Accepted).revision,
        2
    );
    assert_eq!(concerned(&crm, first.id), [(acme, false), (li, false)]);
    let refused = refusal(&crm, |tx| tx.create(entry(None)));
    assert_eq!((refused.code(), refused.field()), ("duplicate", Some("external_uid")));
    let elsewhere = InteractionDraft {
        source: Some("mail".into()),
        ..entry(None)
    };
    assert!(crm.write(|tx| tx.create(elsewhere.clone())).is_ok());
}

#[test]
fn the_refusals_read_as_recorded() {
    let (crm, _) = crm();
    let call_id = log(&crm, &[], &[]).id;
    let nowhere = InteractionDraft {
        zone: Some("Asia/Nowhere".into()),
        ..call()
    };
    let backwards = InteractionDraft {
        ends_at: Some(Timestamp::from_milliseconds(1)),
        ..call()
    };
    let refused = [
        refusal(&crm, |tx| tx.create(nowhere.clone())),
        refusal(&crm, |tx| tx.create(backwards.clone())),
        refusal(&crm, |tx| tx.create(InteractionLinkDraft::new(call_id))),
        refusal(&crm, |tx| tx.create(InteractionParticipantDraft::new())),
    ];
    insta::assert_snapshot!(refused.iter().map(message).collect::<Vec<_>>().join("\n"));
}
