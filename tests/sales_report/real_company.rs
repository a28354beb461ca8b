//! 8,800 opportunities of the data set `maven_crm`, against answers that were worked out elsewhere.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::data_sets::data_set;
use crate::printed;

fn report(company: &Path, arguments: &[&str]) -> String {
    let refused = tempfile::tempdir().expect("a folder");
    let (printed, complaints) = printed(company, refused.path(), arguments);
    assert_eq!(complaints, "", "rows were refused");
    printed
}

fn answers(folder: &Path, file: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(file)).expect("answers");
    serde_json::from_str(&text).expect("JSON")
}

/// The files of the company and the answers, where there are any.
fn data() -> Option<(PathBuf, PathBuf)> {
    data_set("maven_crm").zip(data_set("answers"))
}

/// Where two JSON values differ; numbers compare by their value, 45 and 45.0 being one.
fn differences(place: &str, expected: &Value, found: &Value) -> Vec<String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            let keys: std::collections::BTreeSet<_> = expected.keys().chain(found.keys()).collect();
            let of_key = |key: &&String| {
                let side = |side: &serde_json::Map<String, Value>| side.get(*key).cloned().unwrap_or_default();
                differences(&format!("{place}.{key}"), &side(expected), &side(found))
            };
            keys.iter().flat_map(of_key).collect()
        }
        (Value::Number(expected), Value::Number(found)) if expected.as_f64() == found.as_f64() => Vec::new(),
        (expected, found) if expected == found => Vec::new(),
        _ => vec![format!("{place}: expected {expected}, found {found}")],
    }
}

#[test]
fn every_number_of_the_report_is_right_and_both_stores_print_the_same_bytes() {
    let Some((company, solved)) = data() else { return };
    let sqlite = report(&company, &["--json"]);
    let found: Value = serde_json::from_str(&sqlite).expect("JSON");
    assert_eq!(
        differences("", &answers(&solved, "maven_crm.json"), &found),
        [] as [String; 0]
    );
    assert_eq!(report(&company, &["--json", "--store", "memory"]), sqlite);
}

#[test]
fn past_days_and_the_way_between_them_are_right_also_when_the_file_is_imported_again() {
    let Some((company, solved)) = data() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("sales.crm");
    let file = file.to_str().expect("a path");
    let expected = answers(&solved, "maven_bridge.json");
    for day in ["2016-12-31", "2017-06-30"] {
        let found: Value =
            serde_json::from_str(&report(&company, &["--json", "--db", file, "--on", day])).expect("JSON");
        assert_eq!(
            differences(day, &expected["boards"][day], &found["boards"][day]),
            [] as [String; 0]
        );
    }
    let (from, to) = ("2017-06-30", "2017-09-30");
    let found: Value =
        serde_json::from_str(&report(&company, &["--json", "--db", file, "--from", from, "--to", to])).expect("JSON");
    let name = format!("{from}..{to}");
    assert_eq!(
        differences(&name, &expected["bridges"][&name], &found["bridges"][&name]),
        [] as [String; 0]
    );
    for day in [from, to] {
        assert_eq!(
            differences(day, &expected["boards"][day], &found["boards"][day]),
            [] as [String; 0]
        );
    }
}
