//! What the commands say where they cannot do their work, and with which exit code.

use std::fs;

use crate::Desk;

#[test]
fn each_refusal_reads_as_recorded() {
    let desk = Desk::new();
    fs::write(
        desk.path("no.db"),
        "This is no database, but long enough to look like some file.",
    )
    .expect("a file");
    let no_database = desk.path("no.db");
    let missing = desk.path("missing.db");
    let [no_database, missing] = [&no_database, &missing].map(|path| path.to_str().expect("a path"));
    let commands: [&[&str]; 12] = [
        &["board", "--file", missing],
        &["board", "--file", no_database],
        &["board", "--pipeline", "Elsewhere"],
        &["board", "--where", "customer.town == 1"],
        &["show", "nobody of that name"],
        &["show", "machines"],
        &["show", "01890000-0000-7000-8000-000000000000"],
        &["undo", "01890000-0000-7000-8000-000000000000"],
        &["sql", "DELETE FROM customers"],
        &["import", missing, "--into", "customers"],
        &["import", no_database, "--into", "nothing"],
        &["demo"],
    ];
    let told = commands.map(|command| {
        let (text, code) = desk.runs(command);
        let command = command
            .join(" ")
            .replace(desk.folder.path().to_str().expect("a path"), "FOLDER");
        format!("$ crmkit {command}\n{}\n-> {code}\n", text.trim_end())
    });
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_word_that_several_records_have_is_answered_with_the_candidates() {
    let desk = Desk::new();
    let (text, code) = desk.runs(&["show", "maschinenbau"]);
    assert_eq!(code, 0, "{text}");
    let (text, code) = desk.runs(&["show", "l"]);
    assert_eq!(code, 3);
    assert!(
        text.starts_with("several records could be meant") && text.lines().count() > 2,
        "{text}"
    );
}

#[test]
fn an_unknown_command_is_a_matter_of_usage() {
    assert_eq!(Desk::new().runs(&["dance"]).1, 2);
}

#[test]
fn a_demo_company_takes_the_place_of_another_and_of_nothing_else() {
    let desk = Desk::new();
    let report = desk.path("report.html");
    let demo = ["demo", "--replace", "--report", report.to_str().expect("a path")];
    let (text, code) = desk.runs(&demo);
    assert_eq!(code, 2, "{text}");
    assert!(desk.prints(&["find", "li"]).contains("li"), "the company is as it was");

    fs::remove_file(desk.path("crm.db")).expect("a file");
    desk.prints(&demo);
    desk.prints(&demo);
    desk.prints(&["import", card(&desk).to_str().expect("a path")]);
    assert_eq!(desk.runs(&demo).1, 2, "somebody has worked in it since");
}

fn card(desk: &Desk) -> std::path::PathBuf {
    let path = desk.path("jose.vcf");
    fs::write(&path, "BEGIN:VCARD\nVERSION:4.0\nFN:José García\nEND:VCARD\n").expect("a file");
    path
}

#[test]
fn amounts_without_a_currency_need_one_to_be_named() {
    let desk = Desk::new();
    let export = desk.path("Opportunities.csv");
    let header = "External_Id__c,Name,StageName,CloseDate,Amount,Probability";
    fs::write(
        &export,
        format!("{header}\nO1,Looms,Prospecting,2026-12-31,1200.50,10\n"),
    )
    .expect("a file");
    let export = export.to_str().expect("a path");
    let refused = desk.prints(&["import", export]);
    assert!(refused.contains("names no currency"), "{refused}");
    let taken = desk.prints(&["import", export, "--currency", "EUR"]);
    assert!(taken.contains("created         1"), "{taken}");
}
