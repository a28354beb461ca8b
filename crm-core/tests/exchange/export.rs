//! Records as CSV, for programs and for spreadsheets.

use std::ops::ControlFlow;

use proptest::prelude::*;

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft, CustomerKind, User, UserDraft};
use crm_core::engine::{Entity, Query};
use crm_core::exchange::{Export, ExportColumn, Import, Target};
use crm_core::values::{Currency, Money};

use crate::support::Scratch;

fn written(crm: &Crm, export: &Export) -> String {
    let mut file = Vec::new();
    export.to_writer(crm, &mut file).expect("an export");
    String::from_utf8(file).expect("UTF-8")
}

fn company(drafts: impl IntoIterator<Item = CustomerDraft>) -> Crm {
    let crm = Crm::in_memory();
    let drafts: Vec<CustomerDraft> = drafts.into_iter().collect();
    crm.write(|tx| {
        for draft in &drafts {
            tx.create(draft.clone())?;
        }
        Ok(())
    })
    .expect("customers");
    crm
}

#[test]
fn columns_are_fields_paths_and_names_with_headers_of_their_own() {
    let crm = Crm::in_memory();
    crm.write(|tx| {
        let manager = tx.create(UserDraft::new("Dustin"))?;
        let owner = tx.create(UserDraft {
            manager_id: Some(manager.id),
            ..UserDraft::new("Anna")
        })?;
        let group = tx.create(CustomerDraft::organization("Group"))?;
        tx.create(CustomerDraft {
            owner_id: Some(owner.id),
            parent_id: Some(group.id),
            annual_revenue: Some("12.5 EUR".parse::<Money>().expect("an amount")),
            ..CustomerDraft::organization("Acme, \"Ltd\"")
        })
    })
    .expect("customers");
    let export = Export::of(Query::of::<Customer>().order_by_descending(Customer::NAME)).columns([
        ExportColumn::from(Customer::NAME).header("Customer"),
        Customer::OWNER_ID.to(User::MANAGER_ID).to(User::NAME).into(),
        "owner.name".into(),
        "parent.name".into(),
        Customer::ANNUAL_REVENUE.into(),
    ]);
    assert_eq!(
        written(&crm, &export),
        "Customer,owner_id.manager_id.name,owner.name,parent.name,annual_revenue\r\n\
         Group,,,,\r\n\
         \"Acme, \"\"Ltd\"\"\",Dustin,Anna,Group,12.50 EUR\r\n"
    );
    let limited = Export::of(Query::of::<Customer>().limit(1)).columns(["name"]);
    assert_eq!(written(&crm, &limited).lines().count(), 2);
    let unknown = Export::of(Query::of::<Customer>()).columns(["colour"]);
    assert!(unknown.to_writer(&crm, Vec::new()).is_err());
}

#[test]
fn a_spreadsheet_gets_no_formula_and_keeps_numbers_and_telephones() {
    let names = [
        ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
        ("@SUM(1)", "'@SUM(1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("＝1+1", "'＝1+1"),
        ("+1-415-555-2671", "'+1-415-555-2671"),
        ("+8613800138000", "+8613800138000"),
        ("+49 (30) 123456", "+49 (30) 123456"),
        ("-12.50", "-12.50"),
        ("Acme", "Acme"),
    ];
    let crm = company(names.iter().map(|(name, _)| CustomerDraft {
        annual_revenue: Some("-1.5 USD".parse().expect("an amount")),
        ..CustomerDraft::organization(*name)
    }));
    let export = Export::of(Query::of::<Customer>().order_by(Customer::ID))
        .columns(["name", "annual_revenue", "created_at"])
        .spreadsheet();
    let file = written(&crm, &export);
    let text = file.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(
        reader.headers().expect("headers"),
        vec!["name", "annual_revenue", "annual_revenue currency", "created_at"]
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), names.len());
    for (row, (_, expected)) in rows.iter().zip(names) {
        assert_eq!((&row[0], &row[1], &row[2]), (expected, "-1.50", "USD"));
        assert!(!row[3].ends_with('Z'), "{}", &row[3]);
    }
    let again = Crm::in_memory();
    let mut plan = Import::bytes(&file).into::<Customer>().plan(&again).expect("a plan");
    plan.set(Target::field("kind"), "organization")
        .expect("a target")
        .disarmed();
    plan.map("annual_revenue currency", Target::currency_of("annual_revenue"))
        .expect("a column");
    plan.run(&again).expect("a run");
    let back: Vec<Customer> = again
        .read(|reader| reader.find(&Query::of::<Customer>().order_by(Customer::ID)))
        .expect("customers");
    let back: Vec<&str> = back.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(back, names.map(|(name, _)| name));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_as_it_is() {
    let crm = company([CustomerDraft::organization("Acme")]);
    let export = Export::of(Query::of::<Customer>());
    assert_eq!(export.to_file(&crm, "/dev/null").expect("an export"), 1);
    let metadata = std::fs::metadata("/dev/null").expect("the device is there");
    assert!(!metadata.is_file() && !std::path::Path::new("/dev/null.part").exists());
}

#[test]
fn an_export_within_a_transaction_holds_what_that_wrote() {
    let crm = company([CustomerDraft::organization("Acme")]);
    let export = Export::of(Query::of::<Customer>());
    let written = crm.write(|tx| {
        tx.create(CustomerDraft::organization("Globex"))?;
        export.to_writer_from(tx, Vec::new())
    });
    assert_eq!(written.expect("an export"), 2);
}

#[test]
fn an_export_that_is_stopped_leaves_no_file() {
    let crm = company([CustomerDraft::organization("Acme")]);
    let folder = Scratch::new("export");
    let path = folder.path("customers.csv");
    let export = Export::of(Query::of::<Customer>());
    let error = export
        .clone()
        .on_progress(|_| ControlFlow::Break(()))
        .to_file(&crm, &path)
        .expect_err("stopped");
    assert_eq!(error.code(), "cancelled");
    assert!(!path.exists() && !folder.path("customers.csv.part").exists());
    assert_eq!(export.to_file(&crm, &path).expect("an export"), 1);
    assert!(path.exists());
}

/// Texts as records hold them: without space around them, and no bare error of a spreadsheet.
fn text() -> impl Strategy<Value = String> {
    "[\\PC\n\r\t\"',;=+@-]{1,24}"
        .prop_map(|text| {
            text.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}'))
                .to_owned()
        })
        .prop_filter("something in it", |text| {
            !text.trim().is_empty() && !text.starts_with('#')
        })
}

fn draft() -> impl Strategy<Value = CustomerDraft> {
    (
        text(),
        prop::option::of(text()),
        prop::option::of(-1_000_000_i64..1_000_000),
        prop::option::of(0_i64..9_999),
        any::<bool>(),
    )
        .prop_map(|(name, industry, cents, employees, person)| CustomerDraft {
            industry,
            annual_revenue: cents
                .map(|cents| Money::from_minor(cents, Currency::from_code("EUR").expect("a currency"))),
            employees,
            ..CustomerDraft::new(
                if person {
                    CustomerKind::Person
                } else {
                    CustomerKind::Organization
                },
                name,
            )
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_for_programs_reads_back_as_it_was(drafts in prop::collection::vec(draft(), 1..6)) {
        let crm = company(drafts);
        let columns = ["kind", "name", "industry", "annual_revenue", "employees", "lifecycle"];
        let file = written(&crm, &Export::of(Query::of::<Customer>().order_by(Customer::ID)).columns(columns));
        let again = Crm::in_memory();
        let mut plan = Import::bytes(&file).encoding("utf-8").delimiter(b',').into::<Customer>().plan(&again).expect("a plan");
        for column in columns {
            plan.map(column, Target::field(column)).expect("a column");
        }
        let result = plan.run(&again).expect("a run");
        prop_assert_eq!(result.counts.refused, 0, "{:?} of {}", result.refused, file);
        let values = |crm: &Crm| -> Vec<Vec<crm_core::engine::Value>> {
            let found: Vec<Customer> = crm.read(|reader| reader.find(&Query::of::<Customer>().order_by(Customer::ID))).expect("customers");
            let fields = columns.map(|column| Customer::DEF.field_index(column).expect("a field"));
            found.iter().map(|one| fields.iter().map(|field| one.value(*field)).collect()).collect()
        };
        prop_assert_eq!(values(&crm), values(&again), "{}", file);
    }
}
