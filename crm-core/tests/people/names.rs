use crm_core::Crm;
use crm_core::customers::{Customer, CustomerChange, CustomerDraft, CustomerKind};
use crm_core::engine::Query;

use crate::refusals::{crm, refusal};

fn created(crm: &Crm, draft: CustomerDraft) -> Customer {
    crm.write(|tx| tx.create(draft.clone())).expect("it works")
}

fn changed(crm: &Crm, customer: &Customer, change: CustomerChange) -> Customer {
    crm.write(|tx| tx.update(customer.id, [change.clone()], None))
        .expect("it works")
}

fn parts(customer: &Customer) -> [Option<&str>; 2] {
    [customer.family_name.as_deref(), customer.given_name.as_deref()]
}

fn with_parts(family: &str, given: &str) -> CustomerDraft {
    CustomerDraft {
        family_name: Some(family.into()),
        given_name: Some(given.into()),
        ..CustomerDraft::person("")
    }
}

#[test]
fn a_name_that_is_not_given_is_composed_of_its_parts_in_the_order_of_its_script() {
    let (crm, _) = crm();
    let names = [
        ("李", "明", "李明"),
        ("Müller", "Hans", "Hans Müller"),
        ("김", "민준", "김민준"),
    ];
    for (family, given, name) in names {
        assert_eq!(created(&crm, with_parts(family, given)).name, name);
    }
    let hungarian = CustomerDraft {
        language: Some("hu-HU".into()),
        ..with_parts("Nagy", "László")
    };
    assert_eq!(created(&crm, hungarian).name, "Nagy László");
}

#[test]
fn parts_are_taken_from_a_name_only_where_it_has_a_plain_family_name() {
    let (crm, _) = crm();
    let names = [
        ("欧阳修", [Some("欧阳"), Some("修")]),
        ("Müller, Hans", [Some("Müller"), Some("Hans")]),
        ("Madonna", [None, None]),
    ];
    for (name, expected) in names {
        let person = created(&crm, CustomerDraft::person(name));
        assert_eq!((parts(&person), &*person.name), (expected, name));
    }
}

#[test]
fn a_name_and_parts_that_are_both_given_stay_as_they_are() {
    let (crm, _) = crm();
    let draft = CustomerDraft {
        name: "Bobby".into(),
        ..with_parts("Smith", "Robert")
    };
    let bobby = created(&crm, draft);
    assert_eq!(
        (&*bobby.name, parts(&bobby)),
        ("Bobby", [Some("Smith"), Some("Robert")])
    );
    let married = changed(&crm, &bobby, CustomerChange::FamilyName(Some("Jones".into())));
    assert_eq!(married.name, "Bobby");
}

#[test]
fn a_name_follows_its_parts_and_parts_follow_their_name() {
    let (crm, _) = crm();
    let hans = created(&crm, with_parts("Müller", "Hans"));
    let married = changed(&crm, &hans, CustomerChange::FamilyName(Some("Schmidt".into())));
    assert_eq!(married.name, "Hans Schmidt");
    let renamed = changed(&crm, &hans, CustomerChange::Name("王小明".into()));
    assert_eq!(parts(&renamed), [Some("王"), Some("小明")]);
}

#[test]
fn an_organization_has_no_parts() {
    let (crm, _) = crm();
    let named = CustomerDraft {
        kind: CustomerKind::Organization,
        name: "Acme GmbH".into(),
        ..with_parts("Acme", "GmbH")
    };
    let refused = refusal(&crm, |tx| tx.create(named.clone()));
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("family_name")));
    let taken_for_a_person = created(&crm, CustomerDraft::person("Hugo Boss"));
    let organization = changed(
        &crm,
        &taken_for_a_person,
        CustomerChange::Kind(CustomerKind::Organization),
    );
    assert_eq!(
        (parts(&organization), &*organization.sort_name),
        ([None, None], "hugo boss")
    );
}

#[test]
fn lists_are_sorted_by_family_name_and_by_the_readings_of_surnames() {
    let (crm, _) = crm();
    for name in [
        "赵云",
        "曾国藩",
        "单田芳",
        "仇英",
        "尉迟恭",
        "Hans Müller",
        "Ana Álvarez",
    ] {
        created(&crm, CustomerDraft::person(name));
    }
    created(&crm, CustomerDraft::organization("Beta AG"));
    let sorted = Query::of::<Customer>().order_by(Customer::SORT_NAME);
    let names = crm.read(|reader| reader.find::<Customer>(&sorted)).unwrap();
    let names: Vec<_> = names.iter().map(|customer| &*customer.name).collect();
    assert_eq!(
        names,
        [
            "Ana Álvarez",
            "Beta AG",
            "Hans Müller",
            "仇英",
            "单田芳",
            "尉迟恭",
            "曾国藩",
            "赵云"
        ]
    );
}
