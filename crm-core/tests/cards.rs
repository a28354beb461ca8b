//! Cards of people and organizations, as programs write them.

#![cfg(test)]

use crm_core::Crm;
use crm_core::customers::{
    Affiliation, ContactPoint, ContactPointKind, Customer, CustomerChange, CustomerKind, PostalAddress, Tag,
};
use crm_core::engine::{Conditions, CrmError, Query};
use crm_core::exchange::{Import, write_cards};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

const LI: &str = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:4711\r\nFN:李明\r\nN:李;明;;;\r\nORG:Acme GmbH;Purchasing\r\n\
    TITLE:Head of purchasing\r\nTEL;VALUE=uri;TYPE=\"work,cell\";PREF=1:tel:+86-138-0013-8000\r\n\
    EMAIL;TYPE=work:li@acme.example\r\nADR;TYPE=work:;;1 Main St;Springfield;IL;62701;US\r\nCATEGORIES:vip,fair\r\n\
    NOTE:Likes tea\\, green\r\nEND:VCARD\r\n";

fn only(crm: &Crm) -> Customer {
    let people = Query::of::<Customer>().filter(Customer::KIND.is(CustomerKind::Person));
    crm.read(|reader| reader.find(&people)).unwrap().remove(0)
}

fn points(crm: &Crm) -> Vec<ContactPoint> {
    let query = Query::of::<ContactPoint>().order_by(ContactPoint::KIND);
    crm.read(|reader| reader.find(&query)).unwrap()
}

#[test]
fn a_card_becomes_a_person_with_everything_it_says() {
    let crm = Crm::in_memory();
    Import::bytes(LI).cards().run(&crm).unwrap();
    let li = only(&crm);
    assert_eq!(
        (li.family_name.as_deref(), li.given_name.as_deref()),
        (Some("李"), Some("明"))
    );
    assert_eq!(li.description.as_deref(), Some("Likes tea, green"));
    let points = points(&crm);
    let read: Vec<_> = points
        .iter()
        .map(|one| (one.kind, one.normalized.as_deref(), one.label.as_deref()))
        .collect();
    assert_eq!(
        read,
        [
            (ContactPointKind::Email, Some("li@acme.example"), Some("work")),
            (ContactPointKind::Phone, Some("+8613800138000"), Some("work mobile")),
        ]
    );
    crm.read(|reader| {
        let affiliation = reader.first::<Affiliation>(&Query::of::<Affiliation>())?.unwrap();
        assert_eq!(affiliation.role.as_deref(), Some("Head of purchasing"));
        assert_eq!(reader.get(affiliation.organization_id)?.name, "Acme GmbH");
        let address = reader.first::<PostalAddress>(&Query::of::<PostalAddress>())?.unwrap();
        assert_eq!(
            (address.street.as_deref(), address.label.as_deref()),
            (Some("1 Main St"), Some("work"))
        );
        assert_eq!(Tag::of(reader, li.id)?.len(), 2);
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_same_cards_again_change_nothing_and_an_import_can_be_undone() {
    let crm = Crm::in_memory();
    let import = Import::bytes(LI).cards();
    let first = import.run(&crm).unwrap();
    let again = import.run(&crm).unwrap();
    assert_eq!((first.counts.created, again.counts.unchanged), (1, 1));
    crm.undo(first.batch).unwrap();
    assert_eq!(crm.read(|reader| reader.count(&Query::of::<Customer>())).unwrap(), 0);
}

#[test]
fn a_card_without_an_id_finds_its_person_by_name_and_address() {
    let crm = Crm::in_memory();
    let card = |mail: &str| format!("BEGIN:VCARD\nVERSION:3.0\nFN:John Doe\nEMAIL:{mail}\nEND:VCARD\n");
    Import::bytes(card("john@a.example")).cards().run(&crm).unwrap();
    let same = Import::bytes(card("john@a.example")).cards().run(&crm).unwrap();
    let another = Import::bytes(card("john@b.example")).cards().run(&crm).unwrap();
    assert_eq!((same.counts.unchanged, another.counts.created), (1, 1));
}

#[test]
fn a_card_fills_what_is_empty_and_overwrites_nothing() {
    let crm = Crm::in_memory();
    let card = |note: &str| format!("BEGIN:VCARD\nVERSION:4.0\nUID:1\nFN:José\n{note}END:VCARD\n");
    for note in ["", "NOTE:First\n", "NOTE:Second\n"] {
        Import::bytes(card(note)).cards().run(&crm).unwrap();
    }
    assert_eq!(only(&crm).description.as_deref(), Some("First"));
}

#[test]
fn a_card_with_the_name_of_its_organization_alone_is_that_organization() {
    let crm = Crm::in_memory();
    Import::bytes("BEGIN:VCARD\nVERSION:3.0\nFN:Acme\nORG:Acme\nEND:VCARD\n")
        .cards()
        .run(&crm)
        .unwrap();
    let found = crm
        .read(|reader| reader.find::<Customer>(&Query::of::<Customer>()))
        .unwrap();
    assert_eq!(
        found.iter().map(|one| one.kind).collect::<Vec<_>>(),
        [CustomerKind::Organization]
    );
}

#[test]
fn what_cannot_be_read_as_a_number_is_kept_and_marked() {
    let crm = Crm::in_memory();
    let card = "BEGIN:VCARD\nVERSION:2.1\nN:Doe;John\nTEL;WORK;VOICE:BusinessPhone\nEND:VCARD\n";
    Import::bytes(card).cards().run(&crm).unwrap();
    let points = points(&crm);
    assert!(points[0].is_invalid);
    assert_eq!(
        (points[0].raw.as_str(), points[0].label.as_deref()),
        ("BusinessPhone", Some("work"))
    );
}

#[test]
fn a_card_that_is_refused_leaves_the_others() {
    let crm = Crm::in_memory();
    let cards = format!("BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n{LI}BEGIN:VCARD\nFN:Unfinished\n");
    let result = Import::bytes(cards).cards().run(&crm).unwrap();
    assert_eq!((result.counts.created, result.counts.refused), (1, 2));
    insta::assert_snapshot!(
        result
            .refused
            .iter()
            .map(|row| format!("line {}: {}", row.line, row.reason))
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn what_goes_out_comes_in_again() {
    let crm = Crm::in_memory();
    Import::bytes(LI).cards().run(&crm).unwrap();
    let cards = written(&crm);
    let copy = Crm::in_memory();
    Import::bytes(&cards).cards().run(&copy).unwrap();
    let unstamped = |cards: &str| {
        cards
            .lines()
            .filter(|line| !line.starts_with("UID:"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(unstamped(&written(&copy)), unstamped(&cards));
    insta::assert_snapshot!(unstamped(&cards));
}

#[test]
fn a_card_that_went_out_finds_its_own_customer() {
    let crm = Crm::in_memory();
    Import::bytes(LI).cards().run(&crm).unwrap();
    let renamed = crm.write(|tx| {
        let li = tx
            .first::<Customer>(&Query::of::<Customer>().filter(Customer::NAME.is("李明")))?
            .unwrap();
        tx.update(li.id, [CustomerChange::Name("李小明".into())], None)
    });
    let back = Import::bytes(written(&crm).replace("李小明", "李明"))
        .cards()
        .run(&crm)
        .unwrap();
    assert_eq!(back.counts.created, 0);
    assert_eq!(only(&crm).id, renamed.unwrap().id);
}

fn written(crm: &Crm) -> String {
    let mut cards = Vec::new();
    let all = Query::of::<Customer>().order_by(Customer::SORT_NAME);
    crm.read(|reader| write_cards(reader, &all, &mut cards)).unwrap();
    String::from_utf8(cards).unwrap()
}

/// Cards with bytes of them changed, doubled and taken out.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let quoted = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91=20;=C3=91;;;\r\n\
        TEL;CELL;PREF:123\r\nPHOTO;ENCODING=BASE64:/9j/4QFa\r\n\r\nEND:VCARD\r\n";
    let seeds = prop::sample::select(vec![LI.as_bytes().to_vec(), quoted.as_bytes().to_vec()]);
    let steps = prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4, any::<u8>()), 1..12);
    (seeds, steps).prop_map(|(mut bytes, steps)| {
        for (place, kind, byte) in steps {
            let place = place.index(bytes.len().max(1));
            match kind {
                0 if place < bytes.len() => bytes[place] = byte,
                1 if place < bytes.len() => drop(bytes.remove(place)),
                2 => bytes.insert(place, byte),
                _ => {
                    let tail = bytes[place.min(bytes.len())..].to_vec();
                    bytes.extend(tail);
                }
            }
            bytes.truncate(4_000);
        }
        bytes
    })
}

#[test]
fn of_a_hundred_thousand_damaged_cards_each_is_refused_or_imported_and_nothing_else() {
    let crm = Crm::in_memory();
    let config = ProptestConfig {
        cases: 100_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let checked = TestRunner::new(config).run(&mutated(), |cards| {
        match Import::bytes(cards).cards().preview(&crm) {
            Ok(preview) => prop_assert!(preview.counts.rows() <= 400),
            Err(CrmError::Invalid { .. }) => {}
            Err(error) => prop_assert!(false, "{}", error.code()),
        }
        Ok(())
    });
    checked.unwrap();
}
