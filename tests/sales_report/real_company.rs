//! 8,800 opportunities of the data set `maven_crm`, against answers that were worked out elsewhere.

use std::path::{Path, PathBuf};

use crmkit::Crm;
use crmkit::engine::Result;
use crmkit::insight::{Selection, Unknown, WinRate, group_key};
use serde_json::Value;

use crate::data_sets::data_set;
use crate::import::Files;
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

#[test]
fn win_rates_by_two_keys_add_up_to_those_by_each() {
    let Some((company, _)) = data() else { return };
    let refused = tempfile::tempdir().expect("a folder");
    let crm = Crm::in_memory();
    let files = Files::plan(&crm, &company, refused.path()).expect("a plan");
    files.import(&crm).expect("an import");
    let rates = |keys: &[&str]| {
        let rates = crm.read(|reader| {
            let by = keys
                .iter()
                .map(|key| group_key(reader, key))
                .collect::<Result<Vec<_>>>()?;
            WinRate::by(reader, by, Unknown::LeftOut, &Selection::default())
        });
        rates.expect("win rates").groups
    };
    let both = rates(&["owner", "product"]);
    assert!(both.len() > 100, "{} pairs", both.len());
    for (place, key) in ["owner", "product"].into_iter().enumerate() {
        for alone in rates(&[key]) {
            let mut sum = WinRate::default();
            for pair in both.iter().filter(|pair| pair.key[place] == alone.key[0]) {
                sum.opportunities += pair.answer.opportunities;
                sum.open += pair.answer.open;
                sum.won += pair.answer.won;
                sum.lost += pair.answer.lost;
                sum.won_value = sum.won_value.plus(&pair.answer.won_value).expect("a sum");
            }
            sum.rate = alone.answer.rate;
            assert_eq!(sum, alone.answer, "{key}");
        }
    }
}
