//! Files of the same shape as another program writes them: other columns' order, delimiters and encodings, bad rows.

use std::path::Path;

use serde_json::{Value, json};

use crate::printed;

/// Columns in another order, semicolons, UTF-16 with a byte order mark.
const ACCOUNTS: &str = "revenue;office_location;account;sector;subsidiary_of;employees;year_established\r\n\
    1100,04;Deutschland;Bäckerei Grünwald;food;;282;1996\r\n\
    251,41;China;星河电子;electronics;天元集团;495;1999\r\n\
    87,50;China;天元集团;electronics;;4950;1979\r\n";

/// GBK, as spreadsheets in China write it.
const TEAMS: &str = "regional_office,sales_agent,manager\n华东,李明,王芳\n华东,赵雷,王芳\n";

const PRODUCTS: &str = "sales_price\tproduct\tseries\n4821\tGTX Pro\tGTX\n55\tMG Special\tMG\n";

/// Of eight rows three cannot be: an agent that is not there, a day that does not exist, a close before the engagement.
const PIPELINE: &str = "deal_stage;account;opportunity_id;product;sales_agent;close_value;close_date;engage_date\n\
    Won;Bäckerei Grünwald;A1;GTXPro;李明;4500;2024-03-01;2024-02-28\n\
    Lost;星河电子;A2;MG Special;李明;0;2024-03-31;2024-03-01\n\
    Engaging;;A3;GTX Pro;赵雷;;;2024-03-15\n\
    Prospecting;;A4;MG Special;赵雷;;;\n\
    Won;星河电子;A5;MG Special;赵雷;50;2024-04-01;2024-01-01\n\
    Won;星河电子;A6;MG Special;Nobody;50;2024-04-01;2024-01-01\n\
    Won;星河电子;A7;MG Special;赵雷;50;2024-02-30;2024-01-01\n\
    Won;星河电子;A8;MG Special;赵雷;50;2024-01-01;2024-02-01\n";

fn write_files(folder: &Path) {
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(ACCOUNTS.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let files: [(&str, Vec<u8>); 4] = [
        ("accounts.csv", utf16),
        ("sales_teams.csv", encoding_rs::GBK.encode(TEAMS).0.into_owned()),
        ("products.csv", PRODUCTS.into()),
        ("sales_pipeline.csv", PIPELINE.into()),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).expect("a file");
    }
}

/// What is printed, what is complained of, and the rows that were refused.
fn report(arguments: &[&str]) -> [String; 3] {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = tempfile::tempdir().expect("a folder");
    write_files(folder.path());
    let (printed, complaints) = printed(folder.path(), refused.path(), arguments);
    let refused = std::fs::read_to_string(refused.path().join("sales_pipeline.refused.csv"));
    [printed, complaints, refused.expect("the refused rows")]
}

#[test]
fn other_dialects_give_the_same_report_and_bad_rows_are_kept_with_their_reasons() {
    let [printed, complaints, refused] = report(&["--json"]);
    let found: Value = serde_json::from_str(&printed).expect("JSON");
    let total = ["opportunities", "open", "won", "lost", "won_value", "open_list_value"].map(|key| &found[key]);
    assert_eq!(total.map(Value::as_i64), [5, 2, 2, 1, 4550, 4876].map(Some));
    assert_eq!(found["days_to_close"]["won"]["max"], json!(91), "the leap day counts");
    assert_eq!(found["by_agent"]["李明"]["win_rate"], json!(0.5));
    assert_eq!(found["by_manager"]["王芳"]["opps"], json!(5));
    assert_eq!(found["by_office"]["华东"]["won"], json!(2));
    assert_eq!(found["by_product"]["GTX Pro"]["won_value"], json!(4500));
    assert_eq!(found["by_sector"]["food"]["opps"], json!(1));
    assert_eq!(found["by_quarter"]["2024Q1"]["closed"], json!(2));
    for id in ["A6", "A7", "A8"] {
        assert!(refused.contains(id), "{id} is not among the refused rows");
    }
    for line in ["line 7", "line 8", "line 9"] {
        assert!(complaints.contains(line), "{line} is not complained of");
    }
    assert_eq!(report(&["--json", "--store", "memory"])[0], printed);
}

#[test]
fn without_json_the_answers_are_tables() {
    insta::assert_snapshot!("board", report(&["--on", "2024-03-31"])[0]);
    insta::assert_snapshot!("bridge", report(&["--from", "2024-02-28", "--to", "2024-03-31"])[0]);
    let [printed, ..] = report(&[]);
    let behind_the_board_of_today = printed.split_once("Funnel").expect("a funnel").1;
    insta::assert_snapshot!("report", behind_the_board_of_today);
}
