use crm_core::Crm;
use crm_core::customers::{ContactPoint, ContactPointChange, ContactPointDraft, ContactPointKind};
use crm_core::engine::{CrmError, Result};
use crm_core::ids::{ContactPointId, CustomerId};
use proptest::prelude::*;

use crate::person;
use crate::refusals::{crm, message, refusal};

fn add(crm: &Crm, customer: CustomerId, raw: &str) -> ContactPoint {
    crm.write(|tx| ContactPoint::add(tx, customer, raw))
        .unwrap_or_else(|error| panic!("{raw}: {error}"))
}

/// The primary e-mail address of a customer.
fn primary(crm: &Crm, customer: CustomerId) -> Vec<String> {
    let points = crm.read(|reader| ContactPoint::of(reader, customer)).expect("it works");
    let primary = points
        .into_iter()
        .filter(|point| point.is_primary && point.kind == ContactPointKind::Email);
    primary.map(|point| point.raw).collect()
}

fn change(crm: &Crm, id: ContactPointId, change: ContactPointChange) -> Result<ContactPoint> {
    crm.write(|tx| tx.update(id, [change.clone()], None))
}

#[test]
fn the_kind_of_an_address_is_seen_from_how_it_is_written() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let known = [
        ("Li@Acme.Example", ContactPointKind::Email, "li@acme.example"),
        ("+86 138 0013 8000", ContactPointKind::Phone, "+8613800138000"),
        (
            "https://www.Acme.example/Team/",
            ContactPointKind::Web,
            "acme.example/Team",
        ),
        ("acme.example", ContactPointKind::Web, "acme.example"),
        ("@LiMing", ContactPointKind::Messenger, "liming"),
    ];
    for (raw, kind, normalized) in known {
        let point = add(&crm, li, raw);
        assert_eq!(
            (point.kind, point.normalized.as_deref()),
            (kind, Some(normalized)),
            "{raw}"
        );
        assert_eq!(point.raw, raw);
    }
    let refused = refusal(&crm, |tx| ContactPoint::add(tx, li, "ask the office"));
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("kind")));
}

#[test]
fn an_address_that_is_plainly_wrong_is_refused_with_a_hint_and_kept_marked_by_an_import() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let drafts = [
        ContactPointDraft::new(li, ContactPointKind::Email, "li at acme"),
        ContactPointDraft::new(li, ContactPointKind::Phone, "+49"),
        ContactPointDraft::new(li, ContactPointKind::Web, "no page"),
    ];
    for draft in drafts {
        let refused = refusal(&crm, |tx| tx.create(draft.clone()));
        assert_eq!((refused.code(), refused.field()), ("invalid", Some("raw")), "{refused}");
        assert!(!message(&refused).contains(&draft.raw), "{refused}");
        let kept = crm
            .write(|tx| ContactPoint::create_unchecked(tx, draft.clone()))
            .unwrap();
        assert_eq!((kept.is_invalid, kept.normalized, kept.raw), (true, None, draft.raw));
    }
}

#[test]
fn an_import_marks_only_what_cannot_be_read() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let draft = ContactPointDraft::new(li, ContactPointKind::Email, " li@acme.example ");
    let kept = crm
        .write(|tx| ContactPoint::create_unchecked(tx, draft.clone()))
        .unwrap();
    assert_eq!((kept.is_invalid, &*kept.raw), (false, "li@acme.example"));
}

#[test]
fn what_was_known_of_an_address_is_forgotten_with_it() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let draft = ContactPointDraft::new(li, ContactPointKind::Email, "li at acme");
    let wrong = crm
        .write(|tx| ContactPoint::create_unchecked(tx, draft.clone()))
        .unwrap();
    let right = change(&crm, wrong.id, ContactPointChange::Raw("li@acme.example".into())).unwrap();
    assert_eq!(
        (right.is_invalid, right.normalized.as_deref()),
        (false, Some("li@acme.example"))
    );
    let verified = change(&crm, wrong.id, ContactPointChange::VerifiedAt(Some(right.updated_at))).unwrap();
    assert_eq!(verified.verified_at, Some(right.updated_at));
    let moved = change(&crm, wrong.id, ContactPointChange::Raw("ming@acme.example".into())).unwrap();
    assert_eq!(moved.verified_at, None);
}

#[test]
fn an_address_that_cannot_be_read_is_not_declared_valid() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let draft = ContactPointDraft::new(li, ContactPointKind::Email, "li at acme");
    let wrong = crm
        .write(|tx| ContactPoint::create_unchecked(tx, draft.clone()))
        .unwrap();
    let refused = refusal(&crm, |tx| {
        tx.update(wrong.id, [ContactPointChange::IsInvalid(false)], None)
    });
    assert_eq!(refused.field(), Some("raw"));
}

#[test]
fn an_extension_is_split_off() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let point = add(&crm, li, "+86 10 6555 1234 转 801");
    assert_eq!(
        (point.normalized.as_deref(), point.extension.as_deref()),
        (Some("+861065551234"), Some("801"))
    );
}

#[test]
fn a_customer_has_an_address_once_and_two_customers_may_share_it() {
    let (crm, _) = crm();
    let (li, ana) = (person(&crm, "李明"), person(&crm, "Ana"));
    let first = add(&crm, li, "office@acme.example");
    let refused = refusal(&crm, |tx| ContactPoint::add(tx, li, "Office@ACME.example"));
    assert_eq!(
        refused,
        CrmError::Duplicate {
            entity: "contact_point",
            field: "raw".into(),
            matches: vec![first.id.0],
        }
    );
    add(&crm, ana, "office@acme.example");
    let known = crm.read(|reader| ContactPoint::with_address(reader, "OFFICE@acme.example"));
    assert_eq!(known.unwrap().len(), 2);
}

#[test]
fn the_first_of_a_kind_is_primary_by_itself_and_another_takes_it_over() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    add(&crm, li, "one@acme.example");
    add(&crm, li, "+86 138 0013 8000");
    let two = add(&crm, li, "two@acme.example");
    assert_eq!(primary(&crm, li), ["one@acme.example"]);
    change(&crm, two.id, ContactPointChange::IsPrimary(true)).unwrap();
    assert_eq!(primary(&crm, li), ["two@acme.example"]);
    let draft = ContactPointDraft {
        is_primary: Some(true),
        ..ContactPointDraft::new(li, ContactPointKind::Email, "three@acme.example")
    };
    crm.write(|tx| tx.create(draft.clone())).unwrap();
    assert_eq!(primary(&crm, li), ["three@acme.example"]);
    let listed = crm.read(|reader| ContactPoint::of(reader, li)).unwrap();
    let listed: Vec<_> = listed.iter().map(|point| &*point.raw).collect();
    assert_eq!(
        listed,
        [
            "three@acme.example",
            "one@acme.example",
            "two@acme.example",
            "+86 138 0013 8000"
        ]
    );
}

#[test]
fn taking_over_is_one_batch_and_undone_as_one() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    add(&crm, li, "one@acme.example");
    let two = add(&crm, li, "two@acme.example");
    let batch = crm
        .write(|tx| {
            tx.update(two.id, [ContactPointChange::IsPrimary(true)], None)?;
            Ok(tx.batch())
        })
        .unwrap();
    crm.undo(batch).unwrap();
    assert_eq!(primary(&crm, li), ["one@acme.example"]);
}

#[test]
fn the_oldest_that_is_left_follows_the_primary_one() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let one = add(&crm, li, "one@acme.example");
    add(&crm, li, "two@acme.example");
    add(&crm, li, "three@acme.example");
    crm.write(|tx| tx.delete(one.id)).unwrap();
    assert_eq!(primary(&crm, li), ["two@acme.example"]);
    crm.write(|tx| tx.restore(one.id)).unwrap();
    assert_eq!(primary(&crm, li), ["two@acme.example"]);
}

#[test]
fn the_only_one_stays_primary() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let one = add(&crm, li, "one@acme.example");
    let refused = refusal(&crm, |tx| {
        tx.update(one.id, [ContactPointChange::IsPrimary(false)], None)
    });
    assert_eq!(refused.rule(), Some("contact_point.one_primary"));
}

#[test]
fn a_customer_who_comes_back_has_the_same_primary_address() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    add(&crm, li, "one@acme.example");
    let two = add(&crm, li, "two@acme.example");
    change(&crm, two.id, ContactPointChange::IsPrimary(true)).unwrap();
    crm.write(|tx| tx.delete(li)).unwrap();
    crm.write(|tx| tx.restore(li)).unwrap();
    assert_eq!(primary(&crm, li), ["two@acme.example"]);
}

#[test]
fn an_address_that_passes_to_another_customer_is_not_a_second_primary_one_there() {
    let (crm, _) = crm();
    let (li, ana) = (person(&crm, "李明"), person(&crm, "Ana"));
    let one = add(&crm, li, "one@acme.example");
    add(&crm, li, "two@acme.example");
    add(&crm, ana, "ana@acme.example");
    change(&crm, one.id, ContactPointChange::CustomerId(ana)).unwrap();
    assert_eq!(primary(&crm, li), ["two@acme.example"]);
    assert_eq!(primary(&crm, ana), ["ana@acme.example"]);
}

/// What is done with one of the addresses of two customers.
#[derive(Debug, Clone)]
enum Step {
    Add(usize),
    Prefer(usize),
    Move(usize),
    Delete(usize),
    Restore(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..5_u8, 0..12_usize).prop_map(|(kind, which)| match kind {
        0 => Step::Add(which % 2),
        1 => Step::Prefer(which),
        2 => Step::Move(which),
        3 => Step::Delete(which),
        _ => Step::Restore(which),
    });
    prop::collection::vec(step, 1..24)
}

proptest! {
    #[test]
    fn whatever_is_done_whoever_has_addresses_has_one_primary_one(steps in steps()) {
        let (crm, _) = crm();
        let customers = [person(&crm, "李明"), person(&crm, "Ana")];
        let mut points: Vec<ContactPointId> = Vec::new();
        for (number, step) in steps.into_iter().enumerate() {
            let point = |which: usize| points.get(which % points.len().max(1)).copied();
            let done = match step {
                Step::Add(which) => {
                    points.push(add(&crm, customers[which], &format!("{number}@acme.example")).id);
                    continue;
                }
                Step::Prefer(which) => point(which).map(|id| change(&crm, id, ContactPointChange::IsPrimary(true)).map(|_| ())),
                Step::Move(which) => point(which)
                    .map(|id| change(&crm, id, ContactPointChange::CustomerId(customers[which % 2])).map(|_| ())),
                Step::Delete(which) => point(which).map(|id| crm.write(|tx| tx.delete(id))),
                Step::Restore(which) => point(which).map(|id| crm.write(|tx| tx.restore(id).map(|_| ()))),
            };
            // What is gone already, or there still, is not found; nothing else is refused.
            if let Some(Err(error)) = done {
                prop_assert_eq!(error.code(), "not_found");
            }
            for customer in customers {
                let all = crm.read(|reader| ContactPoint::of(reader, customer)).unwrap();
                prop_assert_eq!(primary(&crm, customer).len(), all.len().min(1));
            }
        }
    }
}
