//! Whatever a person types, the full-text index finds exactly what a look at every record finds: over 100,000 names.

#![cfg(test)]

mod names;

use std::ops::ControlFlow;

use crm_core::SCHEMA;
use crm_core::customers::Customer;
use crm_core::engine::{
    Access, Entity, FieldKind, Filter, Query, Result, SearchDocument, SearchQuery, Store, Value, managed,
};
use crm_core::values::{Timestamp, Uuid, pinyin};
use crm_sqlite::{OpenOptions, SqliteStore};

use names::{Numbers, name};

const NAMES: usize = 100_000;

/// Something typed, and what is known to be found by it.
struct Typed {
    text: String,
    /// A name that it was made from.
    finds: usize,
    /// Whether it is a part of names as they are written, so that the naive look finds the same.
    is_part: bool,
}

#[test]
fn every_search_over_100_000_names_equals_a_scan() -> Result<()> {
    let mut numbers = Numbers::new();
    let names: Vec<String> = (0..NAMES).map(|_| name(&mut numbers)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqliteStore::open(&OpenOptions::new(folder.path().join("names.db")), SCHEMA)?;
    write(&store, &names)?;
    let documents: Vec<SearchDocument> = names
        .iter()
        .map(|name| SearchDocument::of_texts([name.as_str()]))
        .collect();

    let all_typed = typed(&names, &mut numbers);
    assert!(all_typed.len() >= 250);
    for typed in &all_typed {
        let found = found(&store, &typed.text)?;
        assert!(
            found.contains(&typed.finds),
            "{} finds {}",
            typed.text,
            names[typed.finds]
        );
        let search = SearchQuery::new(typed.text.as_str());
        let scanned = numbers_where(&documents, |document| search.matches(document));
        assert_eq!(found, scanned, "{}", typed.text);
        if typed.is_part {
            let without_spaces = |name: &String| name.replace('\u{3000}', "").contains(&typed.text);
            assert_eq!(found, numbers_where(&names, without_spaces), "{}", typed.text);
        }
    }
    Ok(())
}

#[test]
fn nothing_that_is_typed_breaks_the_index() -> Result<()> {
    let store = SqliteStore::open(&OpenOptions::in_memory(), SCHEMA)?;
    write(&store, &["Li \"Lee\" Ming".to_owned(), "NEAR OR AND NOT".to_owned()])?;
    let long = "liming ".repeat(1_500);
    for (typed, expected) in [
        ("\"", vec![]),
        ("*", vec![]),
        ("😀", vec![]),
        ("", vec![]),
        ("((((", vec![]),
        ("{words}: -^+", vec![]),
        ("NEAR(\"or\" \"and\", 10)", vec![]),
        ("near OR (not*", vec![1]),
        ("lee\" OR \"near", vec![]),
        ("words:li", vec![]),
        ("l'", vec![0]),
        ("a\0b", vec![]),
        ("¦li", vec![0]),
        (long.as_str(), vec![]),
    ] {
        assert_eq!(found(&store, typed)?, expected, "{typed}");
    }
    Ok(())
}

/// Some hundred things that people type: infixes, initials, pinyin with spaces and without, accents or none.
fn typed(names: &[String], numbers: &mut Numbers) -> Vec<Typed> {
    let mut all = Vec::new();
    for round in 0..60 {
        let finds = numbers.below(names.len());
        let name = &names[finds];
        let mut add = |text: String, is_part| all.push(Typed { text, finds, is_part });
        let letters: Vec<char> = name.chars().filter(|letter| *letter != '\u{3000}').collect();
        if letters.iter().all(|letter| *letter > '\u{3000}') {
            for length in 1..=letters.len().min(3) {
                let begin = numbers.below(letters.len() - length + 1);
                add(letters[begin..begin + length].iter().collect(), true);
            }
        } else {
            let word = name.split(' ').nth(round % 2).unwrap_or(name);
            let part: String = word
                .chars()
                .filter(|letter| *letter != '(')
                .take(1 + numbers.below(5))
                .collect();
            add(part.to_uppercase(), false);
            add(name.clone(), false);
            add(crm_core::values::fold(name), false);
        }
        let syllables: Vec<&str> = letters
            .iter()
            .filter_map(|letter| pinyin::readings(*letter).next())
            .collect();
        if syllables.len() == letters.len() {
            let from = numbers.below(syllables.len());
            add(syllables[from..].concat(), false);
            add(syllables.join(" "), false);
            add(syllables.iter().map(|syllable| &syllable[..1]).collect(), false);
            let (_, surname) = pinyin::surname(name).expect("a Chinese name");
            add(
                format!("{}{}", surname.concat(), syllables[surname.len()..].concat()),
                false,
            );
        }
        if let Some((_, digits)) = name.split_once("138-") {
            add(digits.replace('-', ""), false);
            add(format!("+86138{}", digits.replace('-', " ")), false);
            add(digits[5..].to_owned(), false);
        }
    }
    all
}

/// The numbers of the names that a store finds.
fn found(store: &dyn Store, typed: &str) -> Result<Vec<usize>> {
    let query = Query::of::<Customer>()
        .filter(Filter::matches(typed))
        .prepared(SCHEMA)?;
    let mut found = Vec::new();
    store.begin(Access::Read, None)?.query(&query, &mut |row| {
        if let Value::Id(id) = row.value(managed::ID)? {
            found.push(id.as_u128() as usize);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

fn numbers_where<T>(all: &[T], is_meant: impl Fn(&T) -> bool) -> Vec<usize> {
    let meant = all.iter().enumerate().filter(|(_, one)| is_meant(one));
    meant.map(|(number, _)| number).collect()
}

/// Writes a customer for each name, in one transaction, under the number of the name.
fn write(store: &dyn Store, names: &[String]) -> Result<()> {
    let mut txn = store.begin(Access::Write, None)?;
    let mut row: Vec<Value> = Customer::DEF
        .fields
        .iter()
        .map(|field| filler(field.kind, field.nullable))
        .collect();
    for (number, name) in names.iter().enumerate() {
        row[managed::ID] = Value::Id(Uuid::from_u128(number as u128));
        row[Customer::NAME.index] = Value::from(name.as_str());
        txn.insert(Customer::DEF, &row)?;
    }
    txn.commit()
}

fn filler(kind: FieldKind, nullable: bool) -> Value {
    match kind {
        _ if nullable => Value::Null,
        FieldKind::Integer => Value::Integer(1),
        FieldKind::Choice(choice) => Value::from(choice.codes[0]),
        FieldKind::Instant => Value::Instant(Timestamp::from_milliseconds(0)),
        FieldKind::Bool => Value::Bool(false),
        _ => Value::from(""),
    }
}
