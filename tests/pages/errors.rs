//! `docs/errors.md` is written by hand; here it is held against the code: every code and every rule has its row.

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn the_page_of_errors_names_every_code() {
    assert_eq!(rows_under("## Codes"), codes());
}

#[test]
fn the_page_of_errors_names_every_rule() {
    assert_eq!(rows_under("## Rules"), rules());
}

/// The names in the first column of the table under a heading.
fn rows_under(heading: &str) -> BTreeSet<String> {
    let page = super::read(&super::root().join("docs/errors.md"));
    let (_, section) = page.split_once(heading).expect("the page has the heading");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    rows.map(str::to_owned).collect()
}

/// What `CrmError::code` answers.
fn codes() -> BTreeSet<String> {
    let source = super::read(&super::root().join("crm-core/src/engine/error.rs"));
    let (_, code) = source.split_once("pub fn code(").expect("errors have codes");
    let body = code.split("\n    }\n").next().unwrap_or_default();
    body.split("=> \"")
        .skip(1)
        .filter_map(|arm| arm.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// Every text of the form `area.rule_name` in the code that ships.
fn rules() -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for folder in ["bindings/python/src", "crm-core/src", "crm-sqlite/src"] {
        collect(&super::root().join(folder), &mut rules);
    }
    rules
}

/// Where texts of this form are no rules: headers of other systems, words of the demo, findings of the verification,
/// and the suite for stores.
const NO_RULES: [&str; 5] = ["synonyms", "presets", "data", "verify", "conformance"];

fn collect(folder: &Path, rules: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !NO_RULES.iter().any(|name| path.ends_with(name)) {
                collect(&path, rules);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = super::read(&path);
            let shipped = source.split("#[cfg(test)]").next().unwrap_or_default();
            let code = shipped.lines().filter(|line| !line.trim_start().starts_with("//"));
            code.for_each(|line| rules.extend(rules_in(line)));
        }
    }
}

/// The name of a rule stands alone on its line as the first argument, right behind the bracket, or is a constant or the
/// answer of a match.
fn rules_in(line: &str) -> Option<String> {
    let line = line.trim();
    let text = ["refused(\"", ": &'static str = \"", ": &str = \"", "=> \""]
        .iter()
        .find_map(|before| line.split_once(before))
        .map(|(_, text)| text)
        .or_else(|| line.strip_prefix('"').filter(|text| text.ends_with("\",")))?;
    let (area, rule) = text.split('"').next()?.split_once('.')?;
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
    (is_word(area) && is_word(rule)).then(|| format!("{area}.{rule}"))
}
