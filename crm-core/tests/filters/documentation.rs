//! The examples of `docs/filters.md`.

use std::fs;
use std::path::Path;

use crm_core::SCHEMA;
use crm_core::engine::{Query, expr};

use crate::world::{business, entity, read};

/// The filters of the page.
pub(crate) fn examples() -> Vec<(String, String)> {
    fenced("cel")
}

/// The lines of the fenced blocks that are marked so, with the table that the first line of each block names.
fn fenced(mark: &str) -> Vec<(String, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/filters.md");
    let page = fs::read_to_string(&page).expect("docs/filters.md");
    let mut examples = Vec::new();
    for block in page.split(&format!("```{mark}\n")).skip(1) {
        let (block, _) = block.split_once("```").expect("an end of the block");
        let (first, filters) = block.split_once('\n').expect("a filter in the block");
        let table = first.strip_prefix("// on ").expect("a first line that names the table");
        let filters = filters.lines().filter(|line| !line.trim().is_empty());
        examples.extend(filters.map(|filter| (table.to_owned(), filter.to_owned())));
    }
    examples
}

#[test]
fn every_order_is_one_that_runs() {
    let orders = fenced("order");
    assert!(!orders.is_empty());
    for (table, text) in orders {
        let order = expr::order(&text, entity(&table), SCHEMA).unwrap_or_else(|error| panic!("{text}: {error}"));
        let query = Query::of_entity(entity(&table)).order(order);
        query.prepared(SCHEMA).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}

#[test]
fn every_example_is_a_filter_that_runs() {
    let world = business();
    let examples = examples();
    assert!(examples.len() >= 40, "only {} examples were found", examples.len());
    for (table, text) in examples {
        let filter = read(&table, &text).unwrap_or_else(|error| panic!("{text}: {error}"));
        world
            .rows(&table, filter)
            .unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}
