//! Parents of organizations and managers of users: trees, whatever is moved in them.

mod refusals;

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerChange, CustomerDraft, CustomerKind, UserChange, UserDraft};
use crm_core::engine::Query;
use crm_core::ids::{CustomerId, UserId};
use proptest::prelude::*;
use refusals::{crm, message, refusal};

fn organization(crm: &Crm, name: &str, parent: Option<CustomerId>) -> CustomerId {
    let draft = CustomerDraft {
        parent_id: parent,
        ..CustomerDraft::organization(name)
    };
    crm.write(|tx| tx.create(draft.clone())).expect("it may be created").id
}

fn user(crm: &Crm, name: &str, manager: Option<UserId>) -> UserId {
    let draft = UserDraft {
        manager_id: manager,
        ..UserDraft::new(name)
    };
    crm.write(|tx| tx.create(draft.clone())).expect("it may be created").id
}

#[test]
fn an_organization_belongs_to_another_and_can_be_moved() {
    let (crm, _) = crm();
    let (top, other) = (organization(&crm, "Top", None), organization(&crm, "Other", None));
    let below = organization(&crm, "Below", Some(top));
    let moved = crm
        .write(|tx| tx.update(below, [CustomerChange::ParentId(Some(other))], None))
        .unwrap();
    assert_eq!(moved.parent_id, Some(other));
}

#[test]
fn an_organization_cannot_come_below_one_that_is_below_it() {
    let (crm, _) = crm();
    let top = organization(&crm, "Top", None);
    let middle = organization(&crm, "Middle", Some(top));
    let bottom = organization(&crm, "Bottom", Some(middle));
    for parent in [top, middle, bottom] {
        let refused = refusal(&crm, |tx| {
            tx.update(top, [CustomerChange::ParentId(Some(parent))], None)
        });
        assert_eq!(refused.rule(), Some("customer.parent_acyclic"));
        assert_eq!(
            refused.hint(),
            "Choose a parent that is not below it, or move that one first"
        );
    }
}

#[test]
fn a_draft_cannot_name_itself_as_its_parent() {
    let (crm, _) = crm();
    let id = CustomerId(uuid::Uuid::from_u128(7));
    let refused = refusal(&crm, |tx| {
        tx.create(CustomerDraft {
            id: Some(id),
            parent_id: Some(id),
            ..CustomerDraft::organization("Own parent")
        })
    });
    assert_eq!(refused.rule(), Some("customer.parent_acyclic"));
}

#[test]
fn a_hierarchy_of_more_levels_than_are_checked_is_refused_rather_than_trusted() {
    let (crm, _) = crm();
    let mut lowest = organization(&crm, "Level 0", None);
    for level in 1..64 {
        lowest = organization(&crm, &format!("Level {level}"), Some(lowest));
    }
    let refused = refusal(&crm, |tx| {
        tx.create(CustomerDraft {
            parent_id: Some(lowest),
            ..CustomerDraft::organization("Level 64")
        })
    });
    assert_eq!(refused.rule(), Some("customer.parent_acyclic"));
    assert_eq!(refused.hint(), "Choose a parent nearer to the top");
}

#[test]
fn a_person_is_no_parent_and_has_none() {
    let (crm, _) = crm();
    let person = crm.write(|tx| tx.create(CustomerDraft::person("Li Ming"))).unwrap();
    let acme = organization(&crm, "Acme", None);
    let child = refusal(&crm, |tx| {
        tx.update(acme, [CustomerChange::ParentId(Some(person.id))], None)
    });
    assert_eq!(child.rule(), Some("customer.parent_is_organization"));
    assert_eq!(child.hint(), "Choose an organization as the parent");
    let parent = refusal(&crm, |tx| {
        tx.update(person.id, [CustomerChange::ParentId(Some(acme))], None)
    });
    assert_eq!(parent.rule(), Some("customer.person_without_parent"));
    assert_eq!(
        parent.hint(),
        "Create an affiliation of the person with the organization"
    );
}

#[test]
fn an_organization_does_not_come_back_below_a_person() {
    let (crm, _) = crm();
    let top = organization(&crm, "Top", None);
    let below = organization(&crm, "Below", Some(top));
    crm.write(|tx| tx.delete(below)).unwrap();
    crm.write(|tx| tx.update(top, [CustomerChange::Kind(CustomerKind::Person)], None))
        .unwrap();
    let refused = refusal(&crm, |tx| tx.restore(below));
    assert_eq!(refused.rule(), Some("customer.parent_is_organization"));
}

#[test]
fn nobody_reports_to_one_who_reports_to_them() {
    let (crm, _) = crm();
    let boss = user(&crm, "Boss", None);
    let lead = user(&crm, "Lead", Some(boss));
    let agent = user(&crm, "Agent", Some(lead));
    for manager in [boss, lead, agent] {
        let refused = refusal(&crm, |tx| tx.update(boss, [UserChange::ManagerId(Some(manager))], None));
        assert_eq!(refused.rule(), Some("user.manager_acyclic"));
    }
    let moved = crm.write(|tx| tx.update(agent, [UserChange::ManagerId(Some(boss))], None));
    assert_eq!(moved.unwrap().manager_id, Some(boss));
}

#[test]
fn a_manager_does_not_come_back_into_a_circle() {
    let (crm, _) = crm();
    let top = user(&crm, "Top", None);
    let manager = user(&crm, "Manager", Some(top));
    let agent = user(&crm, "Agent", Some(manager));
    crm.write(|tx| tx.delete(manager)).unwrap();
    crm.write(|tx| tx.update(top, [UserChange::ManagerId(Some(agent))], None))
        .unwrap();
    let refused = refusal(&crm, |tx| tx.restore(manager));
    assert_eq!(refused.rule(), Some("user.manager_acyclic"));
}

#[test]
fn the_refusals_read_as_recorded() {
    let (crm, _) = crm();
    let top = organization(&crm, "Top", None);
    let below = organization(&crm, "Below", Some(top));
    let boss = user(&crm, "Boss", None);
    let person = crm.write(|tx| tx.create(CustomerDraft::person("Li Ming"))).unwrap().id;
    let parent = |id: CustomerId, parent: CustomerId| {
        refusal(&crm, |tx| tx.update(id, [CustomerChange::ParentId(Some(parent))], None))
    };
    let refused = [
        parent(top, below),
        parent(below, person),
        parent(person, top),
        refusal(&crm, |tx| tx.update(boss, [UserChange::ManagerId(Some(boss))], None)),
    ];
    insta::assert_snapshot!(refused.iter().map(message).collect::<Vec<_>>().join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_sequence_of_moves_makes_a_circle(moves in prop::collection::vec((0..8_usize, prop::option::of(0..8_usize)), 1..40)) {
        let (crm, _) = crm();
        let nodes: Vec<_> = (0..8).map(|number| organization(&crm, &format!("Node {number}"), None)).collect();
        let mut parents: [Option<usize>; 8] = [None; 8];
        for (node, parent) in moves {
            let mut above = parent;
            while let Some(next) = above.filter(|next| *next != node) {
                above = parents[next];
            }
            let moved = crm.write(|tx| {
                tx.update(nodes[node], [CustomerChange::ParentId(parent.map(|parent| nodes[parent]))], None)
            });
            // Exactly the moves that would close a circle are refused.
            prop_assert_eq!(moved.is_err(), above == Some(node));
            if moved.is_ok() {
                parents[node] = parent;
            }
        }
        let stored = crm.read(|reader| reader.find::<Customer>(&Query::of::<Customer>())).unwrap();
        for customer in &stored {
            let place = nodes.iter().position(|id| *id == customer.id).unwrap();
            prop_assert_eq!(customer.parent_id, parents[place].map(|parent| nodes[parent]));
        }
    }

    #[test]
    fn no_sequence_of_new_managers_makes_a_circle(moves in prop::collection::vec((0..6_usize, 0..6_usize), 1..30)) {
        let (crm, _) = crm();
        let users: Vec<_> = (0..6).map(|number| user(&crm, &format!("User {number}"), None)).collect();
        for (subordinate, manager) in moves {
            let change = UserChange::ManagerId(Some(users[manager]));
            let _either_way = crm.write(|tx| tx.update(users[subordinate], [change.clone()], None));
        }
        for start in users {
            let mut above = Some(start);
            for _ in 0..=6 {
                above = match above {
                    Some(id) => crm.read(|reader| reader.get(id)).unwrap().manager_id,
                    None => None,
                };
            }
            prop_assert!(above.is_none(), "a user is above themselves");
        }
    }
}
