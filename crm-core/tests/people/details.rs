use crm_core::customers::{
    Affiliation, AffiliationDraft, BuyingRole, ContactPoint, ContactPointDraft, ContactPointKind, Customer,
    CustomerDetails, CustomerDraft, ExternalId, PostalAddress, Tag, User,
};
use crm_core::engine::{CrmError, Entity, Query};
use crm_core::ids::CustomerId;
use crm_core::values::{Address, Uuid};

use crate::person;
use crate::refusals::{crm, refusal};

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

fn everything() -> CustomerDetails {
    CustomerDetails {
        emails: texts(["li@acme.example", "ming@acme.example"]),
        phones: texts(["+86 138 0013 8000"]),
        pages: texts(["acme.example"]),
        messengers: texts(["@liming"]),
        addresses: vec![Address {
            locality: Some("Berlin".into()),
            ..Address::default()
        }],
        tags: texts(["fair-2026", "VIP"]),
    }
}

#[test]
fn a_customer_is_created_with_all_that_belongs_to_it_in_one_batch() {
    let (crm, _) = crm();
    let (li, batch) = crm
        .write(|tx| {
            Ok((
                Customer::create_with(tx, CustomerDraft::person("李明"), &everything())?,
                tx.batch(),
            ))
        })
        .unwrap();
    let (points, addresses, tags) = crm
        .read(|reader| {
            let points = ContactPoint::of(reader, li.id)?;
            Ok((points, PostalAddress::of(reader, li.id)?, Tag::of(reader, li.id)?))
        })
        .unwrap();
    let shown: Vec<_> = points
        .iter()
        .map(|point| (point.kind, &*point.raw, point.is_primary))
        .collect();
    assert_eq!(
        shown,
        [
            (ContactPointKind::Email, "li@acme.example", true),
            (ContactPointKind::Email, "ming@acme.example", false),
            (ContactPointKind::Phone, "+86 138 0013 8000", true),
            (ContactPointKind::Web, "acme.example", true),
            (ContactPointKind::Messenger, "@liming", true),
        ]
    );
    assert_eq!(addresses[0].address(), everything().addresses[0]);
    assert_eq!(
        tags.iter().map(|tag| &*tag.name).collect::<Vec<_>>(),
        ["fair-2026", "VIP"]
    );
    crm.undo(batch).unwrap();
    assert_eq!(crm.read(|reader| reader.count(&Query::of::<Tag>())), Ok(0));
}

#[test]
fn what_cannot_be_read_refuses_all_of_it_and_names_its_field() {
    let (crm, _) = crm();
    let wrong = [
        (
            "email",
            CustomerDetails {
                emails: texts(["li at acme"]),
                ..everything()
            },
        ),
        (
            "phone",
            CustomerDetails {
                phones: texts(["+86 1"]),
                ..everything()
            },
        ),
        (
            "web",
            CustomerDetails {
                pages: texts(["acme"]),
                ..everything()
            },
        ),
        (
            "address",
            CustomerDetails {
                addresses: vec![Address::default()],
                ..everything()
            },
        ),
        (
            "tags",
            CustomerDetails {
                tags: texts([" "]),
                ..everything()
            },
        ),
    ];
    for (field, details) in wrong {
        let error = refusal(&crm, |tx| {
            Customer::create_with(tx, CustomerDraft::person("李明"), &details)
        });
        assert_eq!((error.code(), error.field()), ("invalid", Some(field)), "{error}");
        assert!(error.to_string().starts_with(&format!("customer.{field}: ")), "{error}");
    }
}

#[test]
fn a_customer_that_is_there_gets_more_and_nothing_twice() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let mail = CustomerDetails {
        emails: texts(["li@acme.example"]),
        ..CustomerDetails::default()
    };
    let tag = CustomerDetails {
        tags: texts(["VIP"]),
        ..CustomerDetails::default()
    };
    crm.write(|tx| Customer::add_details(tx, li, &mail)).unwrap();
    for _ in 0..2 {
        crm.write(|tx| Customer::add_details(tx, li, &tag)).unwrap();
    }
    let error = refusal(&crm, |tx| Customer::add_details(tx, li, &mail));
    let CrmError::Duplicate { field, matches, .. } = &error else {
        panic!("{error}")
    };
    let points = crm.read(|reader| ContactPoint::of(reader, li)).unwrap();
    assert_eq!((&**field, &matches[..]), ("email", &[points[0].id.0][..]));
}

#[test]
fn what_was_added_before_a_refusal_is_taken_back_though_the_transaction_goes_on() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    crm.write(|tx| {
        let half = CustomerDetails {
            phones: texts(["+86 1"]),
            ..everything()
        };
        assert!(Customer::add_details(tx, li, &half).is_err());
        tx.create(ContactPointDraft::new(li, ContactPointKind::Email, "ming@acme.example"))
    })
    .unwrap();
    assert_eq!(crm.read(|reader| ContactPoint::of(reader, li)).unwrap().len(), 1);
}

#[test]
fn details_of_nobody_are_not_found_and_debug_output_shows_none() {
    let (crm, _) = crm();
    let error = refusal(&crm, |tx| {
        Customer::add_details(tx, CustomerId(Uuid::from_u128(7)), &everything())
    });
    assert_eq!(error.code(), "not_found");
    let shown = format!("{:?}", everything());
    assert!(shown.contains("emails: 2") && !shown.contains("acme"), "{shown}");
}

#[test]
fn an_affiliation_is_one_draft_and_ends_on_its_last_day() {
    let (crm, _) = crm();
    let (affiliation, today) = crm
        .write(|tx| {
            let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?;
            let li = tx.create(CustomerDraft::person("李明"))?;
            let draft = AffiliationDraft {
                role: Some("Head of purchasing".into()),
                buying_role: Some(BuyingRole::DecisionMaker),
                is_primary: Some(true),
                from_on: Some(tx.today()),
                ..AffiliationDraft::new(li.id, acme.id)
            };
            Ok((tx.create(draft)?, tx.today()))
        })
        .unwrap();
    assert!(affiliation.is_primary && affiliation.to_on.is_none());
    let yesterday = today.pred_opt();
    let error = refusal(&crm, |tx| Affiliation::end(tx, affiliation.id, yesterday));
    assert_eq!(error.field(), Some("to_on"));
    let ended = crm.write(|tx| Affiliation::end(tx, affiliation.id, None)).unwrap();
    assert_eq!((ended.to_on, ended.is_primary), (Some(today), true));
}

#[test]
fn tags_and_external_ids_of_a_record_are_reached_by_its_kind_and_id() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let (tags, ids) = crm
        .write(|tx| {
            Tag::add_to(tx, Customer::DEF, li.0, "VIP")?;
            ExternalId::link_entity(tx, "erp", "4711", Customer::DEF, li.0)?;
            let ids = ExternalId::of(tx, li)?;
            Ok((Tag::of_record(tx, Customer::DEF, li.0)?, ids))
        })
        .unwrap();
    assert_eq!((&*tags[0].name, &*ids[0].external_id), ("VIP", "4711"));
    assert_eq!(
        crm.write(|tx| Tag::remove_from(tx, Customer::DEF, li.0, "vip")),
        Ok(true)
    );
    let error = refusal(&crm, |tx| Tag::add_to(tx, User::DEF, li.0, "VIP"));
    assert_eq!(
        error.hint(),
        "Name one of customers, opportunities, products, campaigns, interactions"
    );
    assert_eq!(crm.read(|reader| Tag::of(reader, li)), Ok(Vec::new()));
}
