//! Texts that nobody means well: they are refused with a column, and never panic, overflow or take long.

use std::time::{Duration, Instant};

use crm_core::SCHEMA;
use crm_core::engine::{CrmError, Query};
use proptest::prelude::*;

use crate::documentation::examples;
use crate::world::{entity, read};

/// What is read fits its entity; what is not has an error that points into the text.
fn read_or_refused(table: &str, text: &str) {
    match read(table, text) {
        Ok(filter) => {
            let query = Query::of_entity(entity(table)).filter(filter);
            query
                .prepared(SCHEMA)
                .unwrap_or_else(|error| panic!("{text} was read, and then refused: {error}"));
        }
        Err(CrmError::Expression { column, .. }) => {
            assert!(
                (1..=text.chars().count() + 1).contains(&column),
                "column {column} of {text}"
            );
        }
        Err(other) => panic!("{text}: {other}"),
    }
}

#[test]
fn texts_of_the_longest_length_are_refused_at_once() {
    let deep = |part: &str| part.repeat(65_000 / part.len());
    for text in [
        deep("("),
        deep("!"),
        deep("["),
        deep("-"),
        deep("date("),
        deep("parent."),
        deep("name && "),
        deep("stage.kind == 'open' && "),
        deep("now + "),
        deep("opportunities.exists(o, "),
        deep("\\"),
        deep("'"),
        format!("name == '{}", deep("a")),
        format!("name in [{}", deep("'a',")),
        deep("x"),
        deep("1"),
        format!("{}1 == 1", deep("- ")),
        format!("now {}== now", deep("+ duration('1h') ")),
        format!("name == {}'a'", deep("!")),
        "é".repeat(30_000),
    ] {
        let begun = Instant::now();
        read("customers", &text).expect_err("such a text is no filter");
        assert!(
            begun.elapsed() < Duration::from_secs(1),
            "it took {:?}",
            begun.elapsed()
        );
    }
    assert!(read("customers", &"(".repeat(70_000)).is_err());
}

#[test]
fn what_is_allowed_may_be_as_long_as_a_text_can_be() {
    let long_comment = format!("name == 'a' // {}", "x".repeat(65_000));
    let long_text = format!("name == '{}'", "x".repeat(65_000));
    let many_parts = vec!["name == 'a'"; 256].join(" || ");
    let many_values = format!("name in [{}]", vec!["'a'"; 500].join(","));
    let deep = format!("{}name == 'a'{}", "(".repeat(63), ")".repeat(63));
    let many_durations = format!("created_at > now {}", "- duration('99999h')".repeat(3_000));
    for text in [long_comment, long_text, many_parts, many_values, deep, many_durations] {
        read("customers", &text).expect("a filter");
    }
}

const WORDS: &[&str] = &[
    "name",
    "stage",
    ".",
    "kind",
    "amount",
    "amount_currency",
    "customer",
    "owner",
    "close_on",
    "opened_at",
    "closed_at",
    "probability",
    "opportunity_lines",
    "exists",
    "l",
    "quantity",
    "(",
    ")",
    "[",
    "]",
    ",",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "in",
    "&&",
    "||",
    "!",
    "+",
    "-",
    "now",
    "today",
    "null",
    "true",
    "false",
    "1",
    "2.5",
    "\"open\"",
    "'x'",
    "duration",
    "'24h'",
    "date",
    "'2026-01-31'",
    "timestamp",
    "'2026-01-31T00:00:00Z'",
    "startsWith",
    "// c\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        read_or_refused("opportunities", &text);
    }

    #[test]
    fn any_row_of_words_is_read_or_refused(words in prop::collection::vec(prop::sample::select(WORDS), 0..25)) {
        read_or_refused("opportunities", &words.join(" "));
    }

    #[test]
    fn a_filter_with_slips_is_read_or_refused(
        example in any::<prop::sample::Index>(),
        slips in prop::collection::vec((any::<prop::sample::Index>(), 0..3, any::<char>(), prop::sample::select(WORDS)), 1..4),
    ) {
        let examples = examples();
        let (table, text) = &examples[example.index(examples.len())];
        let mut text: Vec<char> = text.chars().collect();
        for (place, how, character, word) in slips {
            let place = place.index(text.len() + 1);
            match how {
                0 => text.insert(place, character),
                1 => drop(text.splice(place..place, word.chars()).count()),
                _ => drop(text.drain(place..text.len().min(place + 3)).count()),
            }
        }
        read_or_refused(table, &text.into_iter().collect::<String>());
    }
}
