//! The choices of the schema describe themselves.

use std::collections::BTreeMap;

use crm_core::SCHEMA;
use crm_core::engine::{ChoiceDef, FieldKind};

/// Every choice that a field has.
fn choices() -> impl Iterator<Item = &'static ChoiceDef> {
    let fields = SCHEMA.entities().flat_map(|entity| entity.fields);
    fields.filter_map(|field| match field.kind {
        FieldKind::Choice(choice) => Some(choice),
        _ => None,
    })
}

#[test]
fn no_two_choices_have_the_same_name() {
    let mut by_name = BTreeMap::new();
    for choice in choices() {
        let first = by_name.entry(choice.name).or_insert(choice);
        assert_eq!(*first, choice);
    }
    assert!(by_name.contains_key("CustomerKind"));
}

#[test]
fn every_choice_says_what_it_and_each_of_its_codes_mean() {
    for choice in choices() {
        assert_eq!(choice.codes.len(), choice.docs.len(), "{}", choice.name);
        for text in choice.docs.iter().chain([&choice.doc]) {
            assert!(text.ends_with('.') && !text.contains("  "), "{}: {text}", choice.name);
        }
    }
}
