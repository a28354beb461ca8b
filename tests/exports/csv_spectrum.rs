//! The acid test of CSV parsers: the data set `csv_spectrum`, file by file against its own answers.

use serde_json::{Map, Value};

use crmkit::Crm;
use crmkit::customers::Customer;
use crmkit::exchange::Import;

use crate::data_sets::data_set;

#[test]
fn every_file_of_the_spectrum_reads_as_its_answer_says() {
    let Some(folder) = data_set("csv_spectrum") else { return };
    let mut compared = 0;
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("a file").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let Some(name) = name.strip_prefix("csvs__").and_then(|name| name.strip_suffix(".csv")) else {
            continue;
        };
        let answer = std::fs::read_to_string(folder.join(format!("json__{name}.json"))).expect("an answer");
        let mut expected: Value = serde_json::from_str(&answer).expect("JSON");
        if name == "location_coordinates" {
            // This answer is the row alone, and its telephone number is not the one in the file.
            expected["Contact Phone Number"] = "2095257564".into();
            expected = Value::Array(vec![expected]);
        }
        let plan = Import::file(&path)
            .into::<Customer>()
            .plan(&Crm::in_memory())
            .expect("a plan");
        let rows = plan.first_rows(usize::MAX).expect("rows").into_iter().map(|row| {
            let cells = plan.columns().iter().zip(row);
            Value::Object(
                cells
                    .map(|(column, cell)| (column.header.clone(), Value::from(cell)))
                    .collect::<Map<_, _>>(),
            )
        });
        assert_eq!(Value::Array(rows.collect()), expected, "{name}");
        compared += 1;
    }
    assert_eq!(compared, 12);
}
