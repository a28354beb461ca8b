//! Custom fields in a file: kept from one opening to the next, and indexed as their definitions ask.

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::customization::{CustomField, CustomFieldChange, CustomFieldDraft};
use crm_core::engine::{Conditions, CustomFieldKind, Entity, Query, Value};
use crm_core::values::{Currency, Money, Timestamp};
use crm_sqlite::{CrmFile, OpenOptions};
use tempfile::TempDir;

struct File(TempDir);

impl File {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn open(&self) -> Crm {
        OpenOptions::new(self.0.path().join("crm.db")).open().expect("a file")
    }
}

/// How many indexes on custom fields the file has.
fn indexes(crm: &Crm) -> usize {
    let named = "SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE 'custom\\_value\\_%' ESCAPE '\\'";
    crm.sql(named, &[]).expect("an answer").rows.len()
}

fn define(crm: &Crm, key: &str, kind: CustomFieldKind, indexed: bool) -> CustomField {
    crm.write(|tx| {
        let mut draft = CustomFieldDraft::new("customers", key, key, kind);
        draft.indexed = Some(indexed);
        tx.create(draft)
    })
    .expect("a definition")
}

#[test]
fn definitions_and_values_are_there_when_the_file_is_opened_again() {
    let file = File::new();
    let euro = Currency::from_code("EUR").unwrap();
    let values: [(&str, CustomFieldKind, Value); 3] = [
        ("colour", CustomFieldKind::Text, "李\u{0}明".into()),
        (
            "budget",
            CustomFieldKind::Money,
            Money::from_minor(i64::MIN, euro).into(),
        ),
        (
            "called",
            CustomFieldKind::Instant,
            Timestamp::from_milliseconds(i64::MAX).into(),
        ),
    ];
    let acme = {
        let crm = file.open();
        for (key, kind, _) in &values {
            define(&crm, key, *kind, true);
        }
        crm.write(|tx| {
            let mut draft = CustomerDraft::organization("Acme");
            for (key, _, value) in &values {
                draft.custom.set(*key, value.clone());
            }
            tx.create(draft)
        })
        .unwrap()
    };
    let crm = file.open();
    let again = crm.read(|reader| reader.get(acme.id)).unwrap();
    assert_eq!(again, acme);
    for (key, _, value) in values {
        assert_eq!(
            crm.read(|reader| reader.custom_value(&again, key)).unwrap(),
            value,
            "{key}"
        );
        let found = crm.read(|reader| {
            let path = reader.custom_field(Customer::DEF, key)?;
            reader.count(&Query::of::<Customer>().filter(path.is(value.clone())))
        });
        assert_eq!(found, Ok(1), "{key}");
    }
}

#[test]
fn an_index_is_kept_as_long_as_a_definition_in_use_asks_for_it() {
    let file = File::new();
    let crm = file.open();
    let colour = define(&crm, "colour", CustomFieldKind::Text, true);
    define(&crm, "size", CustomFieldKind::Text, false);
    assert_eq!(indexes(&crm), 1);
    crm.write(|tx| tx.update(colour.id, [CustomFieldChange::Key("shade".into())], None))
        .unwrap();
    assert_eq!(indexes(&crm), 1);
    let retired = crm
        .write(|tx| CustomField::retire(tx, colour.id).map(|_| tx.batch()))
        .unwrap();
    assert_eq!(indexes(&crm), 0);
    crm.undo(retired).unwrap();
    assert_eq!(indexes(&crm), 1);
    crm.write(|tx| tx.update(colour.id, [CustomFieldChange::Indexed(false)], None))
        .unwrap();
    assert_eq!(indexes(&crm), 0);
}

#[test]
fn an_index_goes_with_its_definition_when_that_is_undone() {
    let file = File::new();
    let crm = file.open();
    let draft = || {
        let mut draft = CustomFieldDraft::new("customers", "colour", "Colour", CustomFieldKind::Text);
        draft.indexed = Some(true);
        draft
    };
    let batch = crm.write(|tx| tx.create(draft()).map(|_| tx.batch())).unwrap();
    crm.undo(batch).unwrap();
    assert_eq!(indexes(&crm), 0);
}
