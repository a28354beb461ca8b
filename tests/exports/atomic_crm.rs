//! Contacts of the data set `atomic_crm`, guessed from their headers. The numbers were counted by another program.

use crmkit::Crm;
use crmkit::customers::{Affiliation, ContactPoint, ContactPointKind, Customer, CustomerKind, Tag, Tagging};
use crmkit::engine::{Conditions, LogQuery, Query};
use crmkit::exchange::{Import, ImportResult, Target};

use crate::data_sets::data_set;

fn import(crm: &Crm, file: &str, key: Option<&str>) -> Option<ImportResult> {
    let path = data_set("atomic_crm")?.join(file);
    let mut plan = Import::file(path).into::<Customer>().plan(crm).expect("a plan");
    if let Some(key) = key {
        plan.map(key, Target::external_id("atomic_crm")).expect("a column");
    }
    plan.without_refused_file();
    Some(plan.run(crm).expect("a run"))
}

fn count(crm: &Crm, query: Query) -> u64 {
    crm.read(|reader| reader.count(&query)).expect("a count")
}

#[test]
fn five_hundred_contacts_come_with_companies_numbers_addresses_and_tags() {
    let crm = Crm::in_memory();
    let Some(result) = import(&crm, "contacts.csv", Some("id")) else {
        return;
    };
    assert_eq!((result.counts.created, result.counts.refused), (500, 0), "{result}");
    let of_kind = |kind: CustomerKind| Query::of::<Customer>().filter(Customer::KIND.is(kind));
    assert_eq!(count(&crm, of_kind(CustomerKind::Person)), 500);
    assert_eq!(count(&crm, of_kind(CustomerKind::Organization)), 55);
    assert_eq!(count(&crm, Query::of::<Affiliation>()), 500);
    let points = |kind: ContactPointKind| Query::of::<ContactPoint>().filter(ContactPoint::KIND.is(kind));
    assert_eq!(count(&crm, points(ContactPointKind::Email)), 500);
    assert_eq!(count(&crm, points(ContactPointKind::Phone)), 830);
    let at_work = points(ContactPointKind::Phone).filter(ContactPoint::LABEL.is("work"));
    assert_eq!(count(&crm, at_work), 274);
    assert_eq!(count(&crm, Query::of::<Tag>()), 6);
    assert_eq!(count(&crm, Query::of::<Tagging>()), 335);
    let log = |crm: &Crm| {
        crm.read(|reader| reader.log(&LogQuery::default()))
            .expect("the log")
            .len()
    };
    let before = log(&crm);
    let again = import(&crm, "contacts.csv", Some("id")).expect("the same import");
    assert_eq!((again.counts.unchanged, log(&crm)), (500, before), "{again}");
}

#[test]
fn an_export_without_ids_comes_in_with_several_addresses_a_person() {
    let crm = Crm::in_memory();
    let Some(result) = import(&crm, "contacts_export.csv", None) else {
        return;
    };
    assert_eq!((result.counts.created, result.counts.refused), (2, 0), "{result}");
    let person = Query::of::<Customer>().filter(Customer::NAME.is("John Doe"));
    let john: Customer = crm
        .read(|reader| reader.first(&person))
        .expect("a customer")
        .expect("John");
    assert_eq!(
        (john.given_name.as_deref(), john.family_name.as_deref()),
        (Some("John"), Some("Doe"))
    );
    let of_john = Query::of::<ContactPoint>().filter(ContactPoint::CUSTOMER_ID.is(john.id));
    let points: Vec<ContactPoint> = crm.read(|reader| reader.find(&of_john)).expect("contact points");
    let with_label = |kind: ContactPointKind| -> Vec<(Option<&str>, &str)> {
        let of_kind = points.iter().filter(|point| point.kind == kind);
        of_kind
            .map(|point| (point.label.as_deref(), point.raw.as_str()))
            .collect()
    };
    assert_eq!(
        with_label(ContactPointKind::Email),
        [
            (Some("work"), "john@doe.example"),
            (Some("home"), "john.doe@gmail.com"),
            (Some("other"), "jdoe@caramail.com"),
        ]
    );
    assert_eq!(with_label(ContactPointKind::Phone).len(), 3);
    assert_eq!(
        points.iter().filter(|point| point.is_primary).count(),
        3,
        "one of each kind"
    );
    assert_eq!(count(&crm, Query::of::<Tagging>()), 4);
}
