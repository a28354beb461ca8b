//! The page of a report.

use std::fmt::Write;

use crate::company::{HOSTILE, empty, small};

fn page() -> String {
    small().report().expect("a report")
}

/// What stands on the page, a line for each element: the text, and of pictures where their shapes are.
fn outline(page: &str) -> String {
    let (_, body) = page.split_once("<body>").expect("a body");
    let mut outline = String::new();
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a whole tag");
        if !tag.starts_with('/') || !text.trim().is_empty() {
            writeln!(outline, "<{tag}> {}", text.trim()).expect("room for it");
        }
    }
    outline
}

#[test]
fn the_page_of_a_small_company_is_as_recorded() {
    insta::assert_snapshot!(outline(&page()));
}

#[test]
fn the_same_company_gives_the_same_bytes() {
    assert_eq!(page(), page());
}

#[test]
fn a_company_without_pipelines_gets_a_page_that_says_what_to_do() {
    let page = empty().report().expect("a report");
    assert!(page.contains("Nothing to show yet") && page.contains("import the opportunities"));
}

#[test]
fn nothing_that_people_typed_is_markup() {
    let page = page();
    assert!(!page.contains(HOSTILE) && !page.contains("<script"));
    let places = page
        .matches("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;")
        .count();
    assert!(
        places >= 4,
        "deal, owner, pipeline and its link are shown, {places} were found"
    );
}

#[test]
fn the_page_needs_nothing_else() {
    let page = page();
    for outside in [
        "http",
        "src=",
        "url(",
        "@import",
        "<link",
        "<script",
        "javascript",
        "onload",
    ] {
        assert!(!page.contains(outside), "the page holds {outside}");
    }
}

#[test]
fn every_chart_says_what_it_shows_or_is_a_row_of_a_table() {
    let page = page();
    let pictures = page.matches("<svg").count();
    let titled = page.matches("role=\"img\" aria-label=\"").count();
    let silent = page.matches("aria-hidden=\"true\"").count();
    assert_eq!(pictures, titled + silent);
    assert!(
        titled >= 4,
        "forecast and won of two currencies, and activity: {titled}"
    );
}

#[test]
fn every_element_that_is_opened_is_closed() {
    let page = page();
    let mut open: Vec<&str> = Vec::new();
    for piece in page.split('<').skip(2) {
        let (tag, _) = piece.split_once('>').expect("a whole tag");
        let name = tag.split([' ', '\n']).next().expect("a name");
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if name != "meta" && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}
