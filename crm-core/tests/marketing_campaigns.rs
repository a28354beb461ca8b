//! The rules of campaigns and of their member statuses.

mod refusals;

use crm_core::Crm;
use crm_core::customers::CustomerDraft;
use crm_core::engine::CrmError;
use crm_core::ids::{CampaignId, MemberStatusId};
use crm_core::marketing::{
    Campaign, CampaignChange, CampaignDraft, CampaignMemberDraft, CampaignStatus, MemberStatus, MemberStatusChange,
    MemberStatusDraft, NewMemberStatus,
};
use crm_core::values::{Currency, Decimal, Money, NaiveDate};
use proptest::prelude::*;
use refusals::{crm, message, refusal};

fn campaign(crm: &Crm) -> CampaignId {
    crm.write(|tx| tx.create(CampaignDraft::new("Spring")))
        .expect("it may be created")
        .id
}

fn statuses(crm: &Crm, campaign: CampaignId) -> Vec<MemberStatus> {
    crm.read(|reader| MemberStatus::of_campaign(reader, campaign))
        .expect("reading works")
}

/// The statuses `Sent` and `Responded` of a new campaign.
fn sent_and_responded(crm: &Crm, campaign: CampaignId) -> [MemberStatusId; 2] {
    let statuses = statuses(crm, campaign);
    [statuses[0].id, statuses[1].id]
}

fn update(crm: &Crm, id: MemberStatusId, change: MemberStatusChange) -> Result<MemberStatus, CrmError> {
    crm.write(|tx| tx.update(id, [change.clone()], None))
}

fn euros(minor: i64) -> Option<Money> {
    Some(Money::from_minor(
        minor,
        Currency::from_code("EUR").expect("it is in ISO 4217"),
    ))
}

#[test]
fn a_campaign_steps_from_status_to_status_only_as_the_table_says() {
    use CampaignStatus::{Aborted, Active, Completed, Paused, Planned};
    let steps = [
        (Planned, Active),
        (Planned, Aborted),
        (Active, Paused),
        (Active, Completed),
        (Active, Aborted),
        (Paused, Active),
        (Paused, Completed),
        (Paused, Aborted),
    ];
    let (crm, _) = crm();
    for from in CampaignStatus::ALL {
        for to in CampaignStatus::ALL {
            let draft = CampaignDraft {
                status: Some(*from),
                ..CampaignDraft::new("Spring")
            };
            let id = crm.write(|tx| tx.create(draft.clone())).unwrap().id;
            let step = |tx: &mut crm_core::engine::Tx<'_>| tx.update(id, [CampaignChange::Status(*to)], None);
            if from == to || steps.contains(&(*from, *to)) {
                assert_eq!(crm.write(step).unwrap().status, *to, "{from} to {to}");
            } else {
                let refused = refusal(&crm, step);
                assert_eq!(refused.rule(), Some("campaign.status"), "{from} to {to}");
            }
        }
    }
}

#[test]
fn a_refused_step_names_the_steps_there_are() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let pause = refusal(&crm, |tx| {
        tx.update(id, [CampaignChange::Status(CampaignStatus::Paused)], None)
    });
    assert_eq!(pause.hint(), "Choose active, aborted");
}

#[test]
fn a_campaign_does_not_end_before_it_begins() {
    let (crm, _) = crm();
    let draft = |ends_on| CampaignDraft {
        starts_on: NaiveDate::from_ymd_opt(2026, 3, 2),
        ends_on,
        ..CampaignDraft::new("Spring")
    };
    let one_day = draft(NaiveDate::from_ymd_opt(2026, 3, 2));
    assert!(crm.write(|tx| tx.create(one_day.clone())).is_ok());
    let refused = refusal(&crm, |tx| tx.create(draft(NaiveDate::from_ymd_opt(2026, 3, 1))));
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("ends_on")));
}

#[test]
fn what_a_campaign_costs_and_brings_is_not_negative() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let changes = [
        (CampaignChange::Budget(euros(-1)), "budget"),
        (CampaignChange::ActualCost(euros(-1)), "actual_cost"),
        (CampaignChange::ExpectedRevenue(euros(-1)), "expected_revenue"),
    ];
    for (change, field) in changes {
        let refused = refusal(&crm, |tx| tx.update(id, [change.clone()], None));
        assert_eq!((refused.code(), refused.field()), ("invalid", Some(field)));
        assert_eq!(refused.hint(), "Give 0 or more, or leave it empty");
    }
    assert!(
        crm.write(|tx| tx.update(id, [CampaignChange::Budget(euros(0))], None))
            .is_ok()
    );
}

#[test]
fn the_expected_response_is_a_percentage() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let expect = |share: Decimal| CampaignChange::ExpectedResponse(Some(share));
    for share in [Decimal::ZERO, Decimal::new(125, 1), Decimal::ONE_HUNDRED] {
        assert!(crm.write(|tx| tx.update(id, [expect(share)], None)).is_ok(), "{share}");
    }
    for share in [Decimal::new(-1, 2), Decimal::new(10_001, 2)] {
        let refused = refusal(&crm, |tx| tx.update(id, [expect(share)], None));
        assert_eq!(
            (refused.code(), refused.field()),
            ("invalid", Some("expected_response")),
            "{share}"
        );
    }
}

#[test]
fn a_campaign_is_no_part_of_its_own_parts() {
    let (crm, _) = crm();
    let (whole, part) = (campaign(&crm), campaign(&crm));
    crm.write(|tx| tx.update(part, [CampaignChange::ParentId(Some(whole))], None))
        .unwrap();
    for parent in [whole, part] {
        let refused = refusal(&crm, |tx| {
            tx.update(whole, [CampaignChange::ParentId(Some(parent))], None)
        });
        assert_eq!(refused.rule(), Some("campaign.parent_acyclic"));
    }
}

#[test]
fn a_campaign_begins_with_sent_and_responded() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let made = statuses(&crm, id);
    let made: Vec<_> = made
        .iter()
        .map(|status| (status.name.as_str(), status.is_default, status.has_responded))
        .collect();
    assert_eq!(made, [("Sent", true, false), ("Responded", false, true)]);
}

#[test]
fn a_campaign_may_bring_statuses_of_its_own_instead() {
    let (crm, _) = crm();
    let own = vec![
        NewMemberStatus::new("Invited").default_status(),
        NewMemberStatus::new("Declined").responded(),
        NewMemberStatus::new("Attended").responded(),
    ];
    let id = crm
        .write(|tx| Campaign::create(tx, CampaignDraft::new("Fair"), own.clone()))
        .unwrap()
        .id;
    let made = statuses(&crm, id);
    let made: Vec<_> = made
        .iter()
        .map(|status| (status.name.as_str(), status.position))
        .collect();
    assert_eq!(made, [("Invited", 0), ("Declined", 1), ("Attended", 2)]);
}

#[test]
fn own_statuses_need_exactly_one_default_and_one_that_means_a_response() {
    let (crm, _) = crm();
    let create = |statuses: Vec<NewMemberStatus>| {
        refusal(&crm, |tx| {
            Campaign::create(tx, CampaignDraft::new("Fair"), statuses.clone())
        })
    };
    let first = || NewMemberStatus::new("Invited").default_status();
    let responded = || NewMemberStatus::new("Attended").responded();
    let none = create(vec![NewMemberStatus::new("Invited"), responded()]);
    assert_eq!(none.rule(), Some("campaign.one_default_status"));
    let two = create(vec![first(), responded().default_status()]);
    assert_eq!(two.rule(), Some("campaign.one_default_status"));
    assert_eq!(two.hint(), "Make exactly one of its statuses the default");
    let silent = create(vec![first()]);
    assert_eq!(silent.rule(), Some("campaign.needs_responded_status"));
    assert_eq!(silent.hint(), "Let one of its statuses mean it");
}

#[test]
fn another_default_takes_that_from_the_first() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let [sent, responded] = sent_and_responded(&crm, id);
    update(&crm, responded, MemberStatusChange::IsDefault(true)).unwrap();
    let defaults = statuses(&crm, id).into_iter().filter(|status| status.is_default);
    assert_eq!(defaults.map(|status| status.id).collect::<Vec<_>>(), [responded]);
    let refused = refusal(&crm, |tx| {
        tx.update(responded, [MemberStatusChange::IsDefault(false)], None)
    });
    assert_eq!(refused.rule(), Some("campaign.one_default_status"));
    assert!(crm.write(|tx| tx.delete(sent)).is_ok());
}

#[test]
fn a_transaction_may_pass_through_no_default_on_its_way() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let [sent, responded] = sent_and_responded(&crm, id);
    let swapped = crm.write(|tx| {
        tx.delete(sent)?;
        tx.update(responded, [MemberStatusChange::IsDefault(true)], None)
    });
    assert!(swapped.unwrap().is_default);
}

#[test]
fn one_status_goes_on_meaning_a_response() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let [_, responded] = sent_and_responded(&crm, id);
    let changed = refusal(&crm, |tx| {
        tx.update(responded, [MemberStatusChange::HasResponded(false)], None)
    });
    assert_eq!(changed.rule(), Some("campaign.needs_responded_status"));
    let deleted = refusal(&crm, |tx| tx.delete(responded));
    assert_eq!(deleted.rule(), Some("campaign.needs_responded_status"));
}

#[test]
fn the_default_status_is_not_deleted() {
    let (crm, _) = crm();
    let [sent, _] = { sent_and_responded(&crm, campaign(&crm)) };
    let refused = refusal(&crm, |tx| tx.delete(sent));
    assert_eq!(refused.rule(), Some("campaign.one_default_status"));
}

#[test]
fn a_status_in_use_is_not_deleted_and_keeps_its_meaning() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let attended = crm
        .write(|tx| {
            let attended = tx.create(MemberStatusDraft {
                has_responded: Some(true),
                ..MemberStatusDraft::new(id, "Attended")
            })?;
            let customer = tx.create(CustomerDraft::person("Li Ming"))?;
            tx.create(CampaignMemberDraft {
                status_id: Some(attended.id),
                ..CampaignMemberDraft::new(id, customer.id)
            })?;
            Ok(attended.id)
        })
        .unwrap();
    let deleted = refusal(&crm, |tx| tx.delete(attended));
    let changed = refusal(&crm, |tx| {
        tx.update(attended, [MemberStatusChange::HasResponded(false)], None)
    });
    for refused in [deleted, changed] {
        let CrmError::InUse { by, .. } = &refused else {
            panic!("{refused}")
        };
        assert_eq!((by[0].entity, by[0].count), ("campaign_member", 1));
    }
    assert!(update(&crm, attended, MemberStatusChange::Name("Came".into())).is_ok());
}

#[test]
fn names_of_statuses_differ_in_a_campaign_and_not_by_case_alone() {
    let (crm, _) = crm();
    let (id, other) = (campaign(&crm), campaign(&crm));
    let [sent, _] = sent_and_responded(&crm, id);
    let refused = refusal(&crm, |tx| tx.create(MemberStatusDraft::new(id, " SENT ")));
    assert_eq!(
        refused,
        CrmError::Duplicate {
            entity: "member_status",
            field: "name".into(),
            matches: vec![sent.0],
        }
    );
    assert!(
        crm.write(|tx| tx.create(MemberStatusDraft::new(other, "Opened")))
            .is_ok()
    );
    assert!(crm.write(|tx| tx.create(MemberStatusDraft::new(id, "Opened"))).is_ok());
}

#[test]
fn a_status_belongs_to_a_campaign_and_has_a_place_from_0() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let nowhere = refusal(&crm, |tx| {
        tx.create(MemberStatusDraft::new(CampaignId::default(), "Opened"))
    });
    assert_eq!((nowhere.code(), nowhere.field()), ("invalid", Some("campaign_id")));
    let before = refusal(&crm, |tx| {
        tx.create(MemberStatusDraft {
            position: Some(-1),
            ..MemberStatusDraft::new(id, "Opened")
        })
    });
    assert_eq!((before.code(), before.field()), ("invalid", Some("position")));
    assert_eq!(before.hint(), "Count from 0");
}

#[test]
fn a_campaign_leaves_and_returns_with_its_statuses() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let made = statuses(&crm, id);
    crm.write(|tx| tx.delete(id)).unwrap();
    assert!(statuses(&crm, id).is_empty());
    crm.write(|tx| tx.restore(id)).unwrap();
    let names = |statuses: &[MemberStatus]| statuses.iter().map(|status| status.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&statuses(&crm, id)), names(&made));
}

#[test]
fn the_refusals_read_as_recorded() {
    let (crm, _) = crm();
    let id = campaign(&crm);
    let [sent, responded] = sent_and_responded(&crm, id);
    let change = |change: CampaignChange| refusal(&crm, |tx| tx.update(id, [change.clone()], None));
    let own = |statuses: Vec<NewMemberStatus>| {
        refusal(&crm, |tx| {
            Campaign::create(tx, CampaignDraft::new("Fair"), statuses.clone())
        })
    };
    let over = crm
        .write(|tx| {
            tx.create(CampaignDraft {
                status: Some(CampaignStatus::Completed),
                ..CampaignDraft::new("Over")
            })
        })
        .unwrap()
        .id;
    let refused = [
        change(CampaignChange::Status(CampaignStatus::Completed)),
        refusal(&crm, |tx| {
            tx.update(over, [CampaignChange::Status(CampaignStatus::Active)], None)
        }),
        change(CampaignChange::Budget(euros(-1))),
        change(CampaignChange::ExpectedResponse(Some(Decimal::new(101, 0)))),
        change(CampaignChange::ParentId(Some(id))),
        own(vec![]),
        own(vec![NewMemberStatus::new("Invited").default_status()]),
        refusal(&crm, |tx| tx.delete(sent)),
        refusal(&crm, |tx| tx.delete(responded)),
        refusal(&crm, |tx| tx.create(MemberStatusDraft::new(id, "Sent"))),
    ];
    insta::assert_snapshot!(refused.iter().map(message).collect::<Vec<_>>().join("\n"));
}

#[derive(Debug, Clone)]
enum Step {
    Add { is_default: bool, has_responded: bool },
    SetDefault(usize, bool),
    SetResponded(usize, bool),
    Delete(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<(bool, bool)>().prop_map(|(is_default, has_responded)| Step::Add {
            is_default,
            has_responded
        }),
        (0..6_usize, any::<bool>()).prop_map(|(status, on)| Step::SetDefault(status, on)),
        (0..6_usize, any::<bool>()).prop_map(|(status, on)| Step::SetResponded(status, on)),
        (0..6_usize).prop_map(Step::Delete),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_done_to_its_statuses_a_campaign_has_one_default_and_one_that_means_a_response(
        transactions in prop::collection::vec(prop::collection::vec(step(), 1..4), 1..20)
    ) {
        let (crm, _) = crm();
        let id = campaign(&crm);
        for (number, steps) in transactions.into_iter().enumerate() {
            let _either_way = crm.write(|tx| {
                for (place, step) in steps.iter().enumerate() {
                    let present = MemberStatus::of_campaign(tx, id)?;
                    let chosen = |status: usize| present[status % present.len()].id;
                    match *step {
                        Step::Add { is_default, has_responded } => {
                            tx.create(MemberStatusDraft {
                                is_default: Some(is_default),
                                has_responded: Some(has_responded),
                                ..MemberStatusDraft::new(id, format!("Status {number}.{place}"))
                            })?;
                        }
                        // An emptied campaign is refused in the end; here there is nothing left to choose.
                        _ if present.is_empty() => {}
                        Step::SetDefault(status, on) => {
                            tx.update(chosen(status), [MemberStatusChange::IsDefault(on)], None)?;
                        }
                        Step::SetResponded(status, on) => {
                            tx.update(chosen(status), [MemberStatusChange::HasResponded(on)], None)?;
                        }
                        Step::Delete(status) => tx.delete(chosen(status))?,
                    }
                }
                Ok(())
            });
            let now = statuses(&crm, id);
            prop_assert_eq!(now.iter().filter(|status| status.is_default).count(), 1);
            prop_assert!(now.iter().any(|status| status.has_responded));
        }
    }
}
