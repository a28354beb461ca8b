use crm_core::customers::{PostalAddress, PostalAddressChange, PostalAddressDraft};

use crate::person;
use crate::refusals::{crm, refusal};

#[test]
fn one_address_of_a_customer_is_primary() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let draft = |locality: &str| PostalAddressDraft {
        locality: Some(locality.into()),
        ..PostalAddressDraft::new(li)
    };
    let first = crm.write(|tx| tx.create(draft("Berlin"))).unwrap();
    let second = crm.write(|tx| tx.create(draft("Bonn"))).unwrap();
    assert_eq!((first.is_primary, second.is_primary), (true, false));
    crm.write(|tx| tx.update(second.id, [PostalAddressChange::IsPrimary(true)], None))
        .unwrap();
    let addresses = crm.read(|reader| PostalAddress::of(reader, li)).unwrap();
    let shown: Vec<_> = addresses
        .iter()
        .map(|one| (one.address().to_string(), one.is_primary))
        .collect();
    assert_eq!(shown, [("Bonn".to_owned(), true), ("Berlin".to_owned(), false)]);
    crm.write(|tx| tx.delete(second.id)).unwrap();
    let left = crm.read(|reader| PostalAddress::of(reader, li)).unwrap();
    assert!(left[0].is_primary);
}

#[test]
fn an_address_says_something() {
    let (crm, _) = crm();
    let li = person(&crm, "李明");
    let refused = refusal(&crm, |tx| tx.create(PostalAddressDraft::new(li)));
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("street")));
}
