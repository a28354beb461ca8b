//! What the commands answer.

use std::fs;

use serde_json::Value;

use crate::Desk;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn the_board_of_a_day_is_a_table() {
    insta::assert_snapshot!(Desk::new().prints(&["board", "--on", "2026-06-30"]));
}

#[test]
fn a_board_can_be_narrowed_by_a_filter() {
    let filter = ["board", "--on", "2026-06-30", "--where", r#"customer.country == "CN""#];
    insta::assert_snapshot!(Desk::new().prints(&filter));
}

#[test]
fn the_forecast_is_csv_for_spreadsheets() {
    insta::assert_snapshot!(Desk::new().prints(&[
        "forecast",
        "--by",
        "quarter",
        "--on",
        "2026-06-30",
        "--format",
        "csv"
    ]));
}

#[test]
fn amounts_in_json_are_text_with_their_currency() {
    let board = json(&Desk::new().prints(&["board", "--on", "2026-06-30", "--format", "json"]));
    assert_eq!(board[0]["stage"], "Contact");
    assert_eq!(board[0]["amounts"], serde_json::json!(["545000.00 CNY", "8400.00 EUR"]));
}

#[test]
fn people_and_companies_are_found_by_words_characters_and_pinyin() {
    let desk = Desk::new();
    for typed in ["精密", "shanghai", "jingmi", "grunwald", "muller sohne", "looms"] {
        desk.prints(&["find", typed]);
    }
    insta::assert_snapshot!(desk.prints(&["find", "精密"]));
}

#[test]
fn a_deal_is_shown_with_the_names_of_what_it_refers_to() {
    insta::assert_snapshot!(Desk::new().prints(&["show", "looms"]));
}

#[test]
fn a_customer_is_shown_with_what_is_around_it() {
    insta::assert_snapshot!(Desk::new().prints(&["show", "Müller"]));
}

#[test]
fn a_record_is_shown_by_its_id_and_by_the_beginning_of_its_id() {
    let desk = Desk::new();
    let found = json(&desk.prints(&["find", "looms", "--format", "json"]));
    let id = found[0]["id"].as_str().expect("an id").to_owned();
    let by_name = desk.prints(&["show", "looms"]);
    assert_eq!(desk.prints(&["show", &id]), by_name);
    assert_eq!(desk.prints(&["show", &id[..35]]), by_name);
}

#[test]
fn the_history_of_a_deal_tells_each_field() {
    let desk = Desk::new();
    let history = json(&desk.prints(&["history", "looms", "--format", "json"]));
    let amount = history
        .as_array()
        .expect("rows")
        .iter()
        .find(|row| row["field"] == "amount");
    assert_eq!(amount.expect("it has an amount")["after"], "132000.00 EUR");
}

#[test]
fn the_last_batch_is_shown_taken_back_and_brought_again() {
    let desk = Desk::new();
    let preview = json(&desk.prints(&["undo", "--dry-run", "--format", "json"]));
    assert_eq!(preview.as_array().map(Vec::len), Some(56));
    assert_eq!(desk.prints(&["find", "looms", "--format", "csv"]).lines().count(), 2);
    desk.prints(&["undo"]);
    assert_eq!(desk.runs(&["find", "looms"]).1, 3);
    desk.prints(&["undo"]);
    assert_eq!(desk.prints(&["find", "looms", "--format", "csv"]).lines().count(), 2);
}

#[test]
fn the_report_is_a_page_in_a_file_or_on_the_output() {
    let desk = Desk::new();
    let file = desk.path("report.html");
    let told = desk.prints(&["report", "--output", file.to_str().expect("a path")]);
    assert_eq!(told, "The report is in FOLDER/report.html\n");
    let page = fs::read_to_string(file).expect("a page");
    assert!(page.starts_with("<!doctype html>") && page.contains("Machines"));
    assert!(desk.prints(&["report", "--output", "-"]).starts_with("<!doctype html>"));
}

#[test]
fn a_backup_is_checked_and_verifies() {
    let desk = Desk::new();
    let copy = desk.path("copy.db");
    let copy = copy.to_str().expect("a path");
    desk.prints(&["backup", copy]);
    assert!(desk.prints(&["verify", "--file", copy]).starts_with("Nothing is wrong"));
}

#[test]
fn sql_reads_the_views() {
    let rows = Desk::new().prints(&["sql", "SELECT name FROM v_pipeline", "--format", "csv"]);
    assert_eq!(rows, "name\nMachines\n");
}

#[test]
fn a_file_is_previewed_imported_and_found_unchanged() {
    let desk = Desk::new();
    let source = desk.path("accounts.csv");
    fs::write(&source, "Company;Country\nAcme GmbH;DE\nGlobex;US\n").expect("a file");
    let source = source.to_str().expect("a path");
    let import = |more: &[&str]| {
        let import = [
            "import",
            source,
            "--into",
            "customers",
            "--map",
            "Company=name",
            "--key",
            "name",
        ];
        let import = [&import, ["--set", "kind=organization"].as_slice(), more].concat();
        desk.prints(&import)
    };
    insta::assert_snapshot!(import(&["--dry-run"]));
    assert!(import(&[]).contains("created         2"));
    assert!(import(&[]).contains("(2 unchanged, 0 blank)"));
}

#[test]
fn a_shell_learns_the_commands() {
    assert!(Desk::new().prints(&["completions", "bash"]).contains("forecast"));
}

#[test]
fn a_demo_shows_its_board_and_the_next_commands() {
    let desk = Desk::new();
    let (file, page) = (desk.path("demo.db"), desk.path("demo.html"));
    let told = desk.prints(&[
        "demo",
        "--file",
        file.to_str().expect("a path"),
        "--report",
        page.to_str().expect("a path"),
    ]);
    assert!(told.starts_with("Pipeline on ") && told.contains("-f FOLDER/demo.db find liming"));
    assert!(fs::read_to_string(page).expect("a report").contains("Forecast"));
}
