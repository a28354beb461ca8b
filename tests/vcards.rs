//! Cards as real programs write them: Android, BlackBerry, Evolution, Gmail, iPhone, Lotus Notes, macOS, Outlook,
//! Thunderbird, and the examples of the standards.

#![cfg(test)]

#[path = "support/data_sets.rs"]
mod data_sets;

use crmkit::Crm;
use crmkit::customers::{ContactPoint, ContactPointKind, Customer, PostalAddress};
use crmkit::engine::{Conditions, Query};
use crmkit::exchange::Import;

/// Every file, how many cards it holds, and the telephone numbers in them that are numbers.
const FILES: [(&str, u64); 18] = [
    ("John_Doe_ANDROID.vcf", 6),
    ("John_Doe_BLACK_BERRY.vcf", 1),
    ("John_Doe_EVOLUTION.vcf", 1),
    ("John_Doe_GMAIL.vcf", 1),
    ("John_Doe_IPHONE.vcf", 1),
    ("John_Doe_LOTUS_NOTES.vcf", 1),
    ("John_Doe_MAC_ADDRESS_BOOK.vcf", 1),
    ("John_Doe_MS_OUTLOOK.vcf", 1),
    ("fullcontact.vcf", 1),
    ("gmail-list.vcf", 3),
    ("gmail-single.vcf", 1),
    ("gmail-single2.vcf", 1),
    ("issue114.vcf", 1),
    ("outlook-2003.vcf", 1),
    ("outlook-2007.vcf", 1),
    ("rfc2426-example.vcf", 2),
    ("rfc6350-example.vcf", 1),
    ("thunderbird-MoreFunctionsForAddressBook-extension.vcf", 1),
];

#[test]
fn every_card_of_every_program_comes_in_and_again_changes_nothing() {
    let Some(folder) = data_sets::data_set("vcards") else {
        return;
    };
    for (file, cards) in FILES {
        let crm = Crm::in_memory();
        let import = Import::reader(file, {
            let path = folder.join(file);
            move || Ok(Box::new(std::fs::File::open(&path)?))
        })
        .cards();
        let first = import.run(&crm).unwrap();
        assert_eq!((first.counts.created, &first.refused[..]), (cards, &[][..]), "{file}");
        let again = import.run(&crm).unwrap();
        assert_eq!(again.counts.unchanged, cards, "{file}: {again}");
    }
}

#[test]
fn a_card_of_version_2_1_keeps_its_parts_its_numbers_and_its_address() {
    let Some(folder) = data_sets::data_set("vcards") else {
        return;
    };
    let crm = Crm::in_memory();
    Import::bytes(std::fs::read(folder.join("outlook-2003.vcf")).unwrap())
        .cards()
        .run(&crm)
        .unwrap();
    crm.read(|reader| {
        let john = reader
            .first::<Customer>(&Query::of::<Customer>().filter(Customer::NAME.is("John Doe III")))?
            .unwrap();
        assert_eq!(
            (john.given_name.as_deref(), john.name_suffix.as_deref()),
            (Some("John"), Some("III"))
        );
        let points = ContactPoint::of(reader, john.id)?;
        let phones = points.iter().filter(|one| one.kind == ContactPointKind::Phone);
        assert_eq!(
            phones.map(|one| one.label.as_deref()).collect::<Vec<_>>(),
            [Some("work"), Some("home"), Some("mobile"), Some("work fax"),]
        );
        let address = reader.first::<PostalAddress>(&Query::of::<PostalAddress>())?.unwrap();
        assert_eq!(address.street.as_deref(), Some("123 Main St\nTheOffice"));
        assert_eq!(address.postal_code.as_deref(), Some("12345"));
        Ok(())
    })
    .unwrap();
}
