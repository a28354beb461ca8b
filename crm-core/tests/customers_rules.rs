//! The rules of customers and of their affiliations.

mod refusals;

use crm_core::Crm;
use crm_core::customers::{
    AffiliationChange, AffiliationDraft, CustomerChange, CustomerDraft, CustomerKind, Lifecycle, TeamDraft, UserDraft,
};
use crm_core::engine::CrmError;
use crm_core::ids::CustomerId;
use crm_core::values::NaiveDate;
use refusals::{crm, message, refusal};

fn day(month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, month, day)
}

/// A person and two organizations.
fn people(crm: &Crm) -> [CustomerId; 3] {
    let drafts = [
        CustomerDraft::person("Li Ming"),
        CustomerDraft::organization("Acme"),
        CustomerDraft::organization("Globex"),
    ];
    drafts.map(|draft| crm.write(|tx| tx.create(draft.clone())).expect("it may be created").id)
}

#[test]
fn names_are_trimmed_and_never_blank() {
    let (crm, _) = crm();
    let acme = crm
        .write(|tx| tx.create(CustomerDraft::organization("  Acme GmbH\n")))
        .unwrap();
    assert_eq!(acme.name, "Acme GmbH");
    let blank = [
        refusal(&crm, |tx| tx.create(CustomerDraft::organization(" \t"))),
        refusal(&crm, |tx| tx.create(UserDraft::new(" "))),
        refusal(&crm, |tx| tx.create(TeamDraft::new(""))),
        refusal(&crm, |tx| tx.update(acme.id, [CustomerChange::Name("  ".into())], None)),
    ];
    for refused in blank {
        assert_eq!((refused.code(), refused.field()), ("invalid", Some("name")));
        assert_eq!(refused.hint(), "Give text");
    }
}

#[test]
fn a_blank_country_is_no_country() {
    let (crm, _) = crm();
    let draft = CustomerDraft {
        country: Some("  ".into()),
        industry: Some(" software ".into()),
        ..CustomerDraft::organization("Acme")
    };
    let acme = crm.write(|tx| tx.create(draft.clone())).unwrap();
    assert_eq!((acme.country, acme.industry.as_deref()), (None, Some("software")));
}

#[test]
fn an_organization_has_no_negative_number_of_employees() {
    let (crm, _) = crm();
    let with = |employees| CustomerDraft {
        employees: Some(employees),
        ..CustomerDraft::organization("Acme")
    };
    assert!(crm.write(|tx| tx.create(with(0))).is_ok());
    let refused = refusal(&crm, |tx| tx.create(with(-1)));
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("employees")));
    assert_eq!(refused.hint(), "Give 0 or more, or leave it empty");
}

#[test]
fn the_year_of_founding_is_a_year_and_not_a_coming_one() {
    let (crm, _) = crm();
    let founded = |year| CustomerDraft {
        founded_year: Some(year),
        ..CustomerDraft::organization("Acme")
    };
    for year in [578, 2026] {
        assert!(crm.write(|tx| tx.create(founded(year))).is_ok(), "{year}");
    }
    for year in [-1, 0, 2027, 19_980] {
        let refused = refusal(&crm, |tx| tx.create(founded(year)));
        assert_eq!(
            (refused.code(), refused.field()),
            ("invalid", Some("founded_year")),
            "{year}"
        );
    }
}

#[test]
fn the_lifecycle_goes_in_any_direction() {
    let (crm, _) = crm();
    let [_, acme, _] = people(&crm);
    for lifecycle in [Lifecycle::Former, Lifecycle::Lead, Lifecycle::Customer] {
        let changed = crm.write(|tx| tx.update(acme, [CustomerChange::Lifecycle(lifecycle)], None));
        assert_eq!(changed.unwrap().lifecycle, lifecycle);
    }
}

#[test]
fn a_customer_keeps_its_kind_while_others_rely_on_it() {
    let (crm, _) = crm();
    let [person, acme, globex] = people(&crm);
    crm.write(|tx| tx.create(AffiliationDraft::new(person, acme))).unwrap();
    crm.write(|tx| tx.update(acme, [CustomerChange::ParentId(Some(globex))], None))
        .unwrap();
    let kinds = [
        (person, CustomerKind::Organization, "affiliation"),
        (acme, CustomerKind::Person, "affiliation"),
        (globex, CustomerKind::Person, "customer"),
    ];
    for (id, kind, relies) in kinds {
        let refused = refusal(&crm, |tx| tx.update(id, [CustomerChange::Kind(kind)], None));
        let CrmError::InUse { by, hint, .. } = refused else {
            panic!("{refused}")
        };
        assert_eq!((by[0].entity, by[0].count), (relies, 1));
        assert_eq!(hint, "Delete these first, or keep the kind");
    }
}

#[test]
fn a_customer_on_whose_kind_nothing_relies_may_change_it() {
    let (crm, _) = crm();
    let [person, ..] = people(&crm);
    let changed = crm.write(|tx| tx.update(person, [CustomerChange::Kind(CustomerKind::Organization)], None));
    assert_eq!(changed.unwrap().kind, CustomerKind::Organization);
}

#[test]
fn an_affiliation_joins_a_person_and_an_organization_in_this_order() {
    let (crm, _) = crm();
    let [person, acme, globex] = people(&crm);
    assert!(crm.write(|tx| tx.create(AffiliationDraft::new(person, acme))).is_ok());
    let sides = [
        (
            AffiliationDraft::new(globex, acme),
            "person_id",
            "Choose a customer of the kind person",
        ),
        (
            AffiliationDraft::new(person, person),
            "organization_id",
            "Choose a customer of the kind organization",
        ),
    ];
    for (draft, field, hint) in sides {
        let refused = refusal(&crm, |tx| tx.create(draft.clone()));
        assert_eq!((refused.code(), refused.field()), ("invalid", Some(field)));
        assert_eq!(refused.hint(), hint);
    }
}

#[test]
fn an_affiliation_does_not_end_before_it_begins() {
    let (crm, _) = crm();
    let [person, acme, _] = people(&crm);
    let draft = AffiliationDraft {
        from_on: day(2, 1),
        to_on: day(2, 1),
        ..AffiliationDraft::new(person, acme)
    };
    let one_day = crm.write(|tx| tx.create(draft.clone())).unwrap();
    let refused = refusal(&crm, |tx| {
        tx.update(one_day.id, [AffiliationChange::ToOn(day(1, 31))], None)
    });
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("to_on")));
    assert_eq!(refused.hint(), "Give a day on or after it, or leave one of them empty");
}

#[test]
fn a_person_has_one_primary_affiliation_on_a_day_and_another_later() {
    let (crm, _) = crm();
    let [person, acme, globex] = people(&crm);
    let primary = |organization, from_on, to_on| AffiliationDraft {
        is_primary: Some(true),
        from_on,
        to_on,
        ..AffiliationDraft::new(person, organization)
    };
    let first = crm.write(|tx| tx.create(primary(acme, None, None))).unwrap();
    let refused = refusal(&crm, |tx| tx.create(primary(globex, day(3, 1), None)));
    assert_eq!(refused.rule(), Some("affiliation.one_primary"));
    assert_eq!(refused.hint(), "End that one, or make it not primary, first");
    crm.write(|tx| {
        tx.update(first.id, [AffiliationChange::ToOn(day(2, 28))], None)?;
        tx.create(primary(globex, day(3, 1), None))
    })
    .unwrap();
    let refused = refusal(&crm, |tx| {
        tx.update(first.id, [AffiliationChange::ToOn(day(3, 1))], None)
    });
    assert_eq!(refused.rule(), Some("affiliation.one_primary"));
}

#[test]
fn two_roles_at_one_organization_are_two_affiliations_and_the_same_role_twice_is_a_duplicate() {
    let (crm, _) = crm();
    let [person, acme, _] = people(&crm);
    let role = |role: &str, from_on, to_on| AffiliationDraft {
        role: Some(role.into()),
        from_on,
        to_on,
        ..AffiliationDraft::new(person, acme)
    };
    let buyer = crm.write(|tx| tx.create(role("Buyer", None, day(1, 31)))).unwrap();
    assert!(crm.write(|tx| tx.create(role("Trainer", None, None))).is_ok());
    assert!(crm.write(|tx| tx.create(role("Buyer", day(2, 1), None))).is_ok());
    let refused = refusal(&crm, |tx| tx.create(role(" Buyer", None, day(1, 1))));
    assert_eq!(
        refused,
        CrmError::Duplicate {
            entity: "affiliation",
            field: "organization_id".into(),
            matches: vec![buyer.id.0],
        }
    );
}

#[test]
fn affiliations_leave_and_return_with_their_customer() {
    let (crm, _) = crm();
    let [person, acme, _] = people(&crm);
    let affiliation = crm.write(|tx| tx.create(AffiliationDraft::new(person, acme))).unwrap();
    crm.write(|tx| tx.delete(acme)).unwrap();
    assert_eq!(crm.read(|reader| reader.try_get(affiliation.id)).unwrap(), None);
    crm.write(|tx| tx.restore(acme)).unwrap();
    assert!(crm.read(|reader| reader.get(affiliation.id)).is_ok());
}

#[test]
fn the_refusals_read_as_recorded() {
    let (crm, _) = crm();
    let [person, acme, globex] = people(&crm);
    let primary = |organization| AffiliationDraft {
        is_primary: Some(true),
        ..AffiliationDraft::new(person, organization)
    };
    let affiliation = crm.write(|tx| tx.create(primary(acme))).unwrap().id;
    let update = |change: CustomerChange| refusal(&crm, |tx| tx.update(acme, [change.clone()], None));
    let days = [AffiliationChange::FromOn(day(2, 1)), AffiliationChange::ToOn(day(1, 1))];
    let refused = [
        update(CustomerChange::Name(String::new())),
        update(CustomerChange::Employees(Some(-5))),
        update(CustomerChange::FoundedYear(Some(3000))),
        update(CustomerChange::Kind(CustomerKind::Person)),
        refusal(&crm, |tx| tx.create(AffiliationDraft::new(globex, acme))),
        refusal(&crm, |tx| tx.create(AffiliationDraft::new(person, person))),
        refusal(&crm, |tx| tx.create(AffiliationDraft::new(person, acme))),
        refusal(&crm, |tx| tx.create(primary(globex))),
        refusal(&crm, |tx| tx.update(affiliation, days.clone(), None)),
    ];
    insta::assert_snapshot!(refused.iter().map(message).collect::<Vec<_>>().join("\n"));
}
