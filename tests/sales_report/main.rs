//! The sales report on a real company's export, and on one of the same shape in other dialects.

#[path = "../support/data_sets.rs"]
mod data_sets;
#[path = "../../examples/sales_report/import.rs"]
mod import;
#[path = "../../examples/sales_report/json.rs"]
mod json;
#[path = "../../examples/sales_report/report.rs"]
mod report;
#[path = "../../examples/sales_report/run.rs"]
mod run;
#[path = "../../examples/sales_report/tables.rs"]
mod tables;

mod other_dialects;
mod real_company;

use std::path::Path;

use clap::Parser;

/// What the program prints for a folder and these arguments, and what it complains of; refused rows go to `refused`.
fn printed(folder: &Path, refused: &Path, arguments: &[&str]) -> (String, String) {
    let folders = ["sales_report".as_ref(), folder, "--refused".as_ref(), refused].map(Path::as_os_str);
    let arguments = folders.into_iter().chain(arguments.iter().map(AsRef::as_ref));
    let arguments = run::Arguments::try_parse_from(arguments).expect("arguments");
    let mut complaints = Vec::new();
    let printed = run::run(&arguments, &mut complaints).expect("a report");
    (printed, String::from_utf8(complaints).expect("text"))
}
