//! The examples of `docs/filters.md`.

use std::fs;
use std::path::Path;

use crate::world::{business, read};

/// The filters in the fenced blocks marked `cel`, with the table that the first line of each block names.
pub(crate) fn examples() -> Vec<(String, String)> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/filters.md");
    let page = fs::read_to_string(&page).expect("docs/filters.md");
    let mut examples = Vec::new();
    for block in page.split("```cel\n").skip(1) {
        let (block, _) = block.split_once("```").expect("an end of the block");
        let (first, filters) = block.split_once('\n').expect("a filter in the block");
        let table = first.strip_prefix("// on ").expect("a first line that names the table");
        let filters = filters.lines().filter(|line| !line.trim().is_empty());
        examples.extend(filters.map(|filter| (table.to_owned(), filter.to_owned())));
    }
    examples
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
