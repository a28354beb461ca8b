//! Telephone numbers of every country, and what the reference implementation of libphonenumber answers to them.

#[path = "support/data_sets.rs"]
mod data_sets;

use std::fs;

use crmkit::values::{Libphonenumber, Phone, PhoneParser, Region, ValueError};

/// The one input that the reference refuses and that is read here: 转 stands before the extension on every Chinese
/// business card. What is expected of it is what the reference answers to the same number without its extension.
const WITH_CHINESE_EXTENSION: &str = "(010) 6555 1234 转 801";

#[test]
fn every_number_of_the_reference_is_read_as_the_reference_reads_it() {
    let Some(folder) = data_sets::data_set("phones") else {
        return;
    };
    let reference = fs::read_to_string(folder.join("phone_reference.csv")).expect("the reference");
    let (mut rows, mut differing) = (0, Vec::new());
    for row in reference.lines().skip(1) {
        let columns: Vec<&str> = row.split(',').collect();
        let [region, _kind, input, expected @ ..] = columns.as_slice() else {
            panic!("a row of {} columns", columns.len());
        };
        let read = Libphonenumber.parse(input, Region::from_code(region).ok());
        let expected = match *input {
            WITH_CHINESE_EXTENSION => "+861065551234,ok,1,1,FIXED_LINE,CN".to_owned(),
            _ => expected.join(","),
        };
        let answer = answer(&read);
        if answer != expected {
            differing.push(format!("{row}: {answer}"));
        }
        rows += 1;
    }
    assert_eq!(
        differing,
        Vec::<String>::new(),
        "{} of {rows} rows differ",
        differing.len()
    );
    assert_eq!(rows, 2741);
}

/// The columns of the reference from `e164` on.
fn answer(read: &Result<Phone, ValueError>) -> String {
    let phone = match read {
        Ok(phone) => phone,
        Err(refusal) => return format!(",parse_error:{},,,,", reference_error(refusal)),
    };
    let kind = serde_json::to_value(phone.kind()).expect("a word");
    let region = phone.region().map_or(String::new(), |region| region.to_string());
    format!(
        "{},ok,1,{},{},{region}",
        phone.e164(),
        u8::from(phone.is_valid()),
        kind.as_str().expect("a word").to_uppercase()
    )
}

/// The number by which the reference names this reason.
fn reference_error(refusal: &ValueError) -> u8 {
    match refusal.reason.as_str() {
        "the country of the telephone number is not known" => 0,
        "this is not a telephone number" => 1,
        "the telephone number is longer than any of its country" => 4,
        other => panic!("a reason that the reference does not have: {other}"),
    }
}
