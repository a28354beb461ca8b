//! The examples of custom fields in `docs/filters.md`.

use std::fs;
use std::path::Path;

use crate::desk::Desk;

#[test]
fn every_example_is_a_filter_that_runs() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/filters.md");
    let page = fs::read_to_string(&page).expect("docs/filters.md");
    let (_, block) = page.split_once("```cel custom\n").expect("a block of examples");
    let (block, _) = block.split_once("```").expect("an end of the block");
    let desk = Desk::open();
    assert!(block.lines().count() >= 5);
    for filter in block.lines() {
        assert!(desk.found(filter).is_empty(), "{filter}");
    }
}
