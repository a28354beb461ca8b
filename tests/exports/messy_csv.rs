//! Exports in the encodings and habits of seven countries, and a file in which everything is wrong that can be: the
//! data set `messy_csv`, cell by cell against its answers.

use std::path::PathBuf;

use serde_json::Value;

use crmkit::Crm;
use crmkit::customers::{ContactPoint, Customer, PostalAddress};
use crmkit::engine::{Conditions, Query, RecordId};
use crmkit::exchange::{Import, ImportResult, Target};
use crmkit::sales::{NewStage, Opportunity};

use crate::data_sets::data_set;

fn expected() -> Option<(PathBuf, Value)> {
    let folder = data_set("messy_csv")?;
    let text = std::fs::read_to_string(folder.join("expected.json")).expect("the answers");
    Some((folder, serde_json::from_str(&text).expect("JSON")))
}

/// The files with their rows in canonical form.
fn clean_files() -> Vec<(PathBuf, Value)> {
    let Some((folder, expected)) = expected() else {
        return Vec::new();
    };
    let files = expected.as_object().expect("files").iter();
    files
        .filter(|(_, file)| file.get("canonical_rows").is_some())
        .map(|(name, file)| (folder.join(name), file.clone()))
        .collect()
}

/// What the web calls the encodings of the answers.
fn web_name(encoding: &str) -> &str {
    match encoding {
        "utf-8" => "UTF-8",
        "big5" => "Big5",
        "cp932" => "Shift_JIS",
        "euc_kr" => "EUC-KR",
        "cp1252" => "windows-1252",
        other => other,
    }
}

#[test]
fn encoding_delimiter_header_and_every_cell_are_read_without_being_told() {
    for (path, file) in clean_files() {
        let plan = Import::file(&path)
            .into::<Customer>()
            .plan(&Crm::in_memory())
            .expect("a plan");
        let dialect = plan.dialect();
        assert_eq!(
            dialect.encoding,
            web_name(file["encoding"].as_str().expect("a name")),
            "{path:?}"
        );
        assert_eq!(char::from(dialect.delimiter).to_string(), file["delimiter"], "{path:?}");
        let header: Vec<&str> = plan.columns().iter().map(|column| column.header.as_str()).collect();
        assert_eq!(Value::from(header), file["header"], "{path:?}");
        let rows = plan.first_rows(usize::MAX).expect("rows");
        assert_eq!(Value::from(rows.len()), file["rows"], "{path:?}");
        let canonical = file["canonical_rows"].as_array().expect("rows");
        for (row, expected) in rows.iter().zip(canonical) {
            // Amount and date are written as the country does.
            let texts: Vec<&str> = row.iter().take(5).map(String::as_str).collect();
            assert_eq!(
                Value::from(texts),
                Value::from(&expected.as_array().expect("cells")[..5]),
                "{path:?}"
            );
        }
    }
}

#[test]
fn amounts_and_dates_of_each_country_are_read_without_being_told() {
    for (path, file) in clean_files() {
        let crm = Crm::in_memory();
        let mut plan = Import::file(&path).into::<Opportunity>().plan(&crm).expect("a plan");
        let headers: Vec<String> = plan.columns().iter().map(|column| column.header.clone()).collect();
        for (header, target) in headers.iter().zip([
            Target::external_id("erp"),
            Target::field("name"),
            Target::reference("customer", "name").create_missing_with([("kind", "organization")]),
            Target::ignored(),
            Target::field("next_step"),
            Target::field("amount").currency("EUR"),
            Target::field("close_on"),
        ]) {
            plan.map(header, target).expect("a column");
        }
        plan.map_also(&headers[0], Target::field("source")).expect("a column");
        plan.set(Target::field("stage"), "Open").expect("a target");
        plan.stages(vec![
            NewStage::open("Open", 50),
            NewStage::won("Won"),
            NewStage::lost("Lost"),
        ])
        .without_refused_file();
        let result = plan.run(&crm).expect("a run");
        assert_eq!(result.counts.refused, 0, "{path:?}: {:?}", result.refused);
        let deals: Vec<(Opportunity, Customer)> = crm
            .read(|reader| {
                let deals = reader.find::<Opportunity>(&Query::of::<Opportunity>().order_by(Opportunity::SOURCE))?;
                let with_customer = deals.into_iter().map(|deal| {
                    let customer = reader.get(deal.customer_id.expect("a customer"))?;
                    Ok((deal, customer))
                });
                with_customer.collect()
            })
            .expect("opportunities");
        let found = deals.iter().map(|(deal, customer)| {
            let amount = deal.amount.expect("an amount").amount().to_string();
            let day = deal.close_on.expect("a day").to_string();
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            [
                text(&deal.source),
                deal.name.clone(),
                customer.name.clone(),
                text(&deal.next_step),
                amount,
                day,
            ]
        });
        let canonical = file["canonical_rows"].as_array().expect("rows");
        assert_eq!(deals.len(), canonical.len(), "{path:?}");
        for (found, expected) in found.zip(canonical) {
            let expected = [0, 1, 2, 4, 5, 6].map(|cell| expected[cell].as_str().expect("a cell").to_owned());
            assert_eq!(found, expected, "{path:?}");
        }
    }
}

#[test]
fn people_with_their_numbers_addresses_and_employers_are_guessed_from_seven_languages() {
    for (path, file) in clean_files() {
        let crm = Crm::in_memory();
        let mut plan = Import::file(&path).into::<Customer>().plan(&crm).expect("a plan");
        let first = plan.columns()[0].header.clone();
        plan.map(&first, Target::external_id("erp")).expect("a column");
        plan.currency("EUR").without_refused_file();
        if !plan.to_string().contains("(always)") {
            plan.set(Target::field("kind"), "person").expect("a target");
        }
        let result = plan.run(&crm).expect("a run");
        assert_eq!(result.counts.refused, 0, "{path:?}: {:?}", result.refused);
        let canonical = file["canonical_rows"].as_array().expect("rows");
        for row in [&canonical[0], &canonical[canonical.len() - 1]] {
            let (phones, streets) = crm
                .read(|reader| {
                    let named = Query::of::<Customer>().filter(Customer::NAME.is(row[1].as_str().expect("a name")));
                    let people = reader.find::<Customer>(&named)?;
                    let ids: Vec<_> = people.iter().map(|person| person.id.uuid()).collect();
                    let phones = reader.find::<ContactPoint>(&Query::of::<ContactPoint>())?;
                    let streets = reader.find::<PostalAddress>(&Query::of::<PostalAddress>())?;
                    let phones = phones.into_iter().filter(|one| ids.contains(&one.customer_id.uuid()));
                    let streets = streets.into_iter().filter(|one| ids.contains(&one.customer_id.uuid()));
                    let phones: Vec<String> = phones.map(|one| one.raw).collect();
                    Ok((phones, streets.filter_map(|one| one.street).collect::<Vec<_>>()))
                })
                .expect("records");
            assert!(phones.iter().any(|phone| row[3] == *phone), "{path:?}: {plan}");
            assert!(streets.iter().any(|street| row[4] == *street), "{path:?}: {plan}");
        }
    }
}

/// The rows of the dirty file as customers, with their numbers and amounts.
fn dirty() -> Option<(Crm, String, ImportResult)> {
    let (folder, _) = expected()?;
    let crm = Crm::in_memory();
    let mut plan = Import::file(folder.join("12_dirty_rows.csv"))
        .into::<Customer>()
        .plan(&crm)
        .expect("a plan");
    plan.map("Customer ID", Target::external_id("erp")).expect("a column");
    plan.map("Name", Target::field("name")).expect("a column");
    plan.map("Phone", Target::phone()).expect("a column");
    plan.map("Amount", Target::field("annual_revenue").currency("USD"))
        .expect("a column");
    plan.set(Target::field("kind"), "person")
        .expect("a target")
        .without_refused_file();
    let printed = plan.to_string();
    let result = plan.run(&crm).expect("a run");
    Some((crm, printed, result))
}

#[test]
fn of_dirty_rows_the_sound_ones_come_in_and_the_others_are_reported_with_their_line() {
    let Some((crm, printed, result)) = dirty() else { return };
    assert_eq!((result.counts.created, result.counts.blank), (6, 1));
    let refused: Vec<(u64, bool)> = result
        .refused
        .iter()
        .map(|row| {
            (
                row.line,
                row.reason.contains("cells and the header") || row.reason.contains("never closed"),
            )
        })
        .collect();
    assert_eq!(refused, [(7, true), (8, true), (13, true)]);
    assert!(
        printed.contains("a header comes twice: the second is Name (2)"),
        "{printed}"
    );
    let left_out: Vec<(&str, &str, u64)> = result
        .left_out
        .iter()
        .map(|one| (one.column.as_str(), one.reason, one.first_line))
        .collect();
    assert_eq!(
        left_out,
        [
            ("Phone", "a spreadsheet has made a rounded number of it", 3),
            ("Amount", "a spreadsheet shows an error in it", 5),
        ]
    );
    let found: Vec<Customer> = crm
        .read(|reader| reader.find(&Query::of::<Customer>().order_by(Customer::ID)))
        .expect("customers");
    let rows: Vec<(&str, Option<String>)> = found
        .iter()
        .map(|one| (one.name.as_str(), one.annual_revenue.map(|amount| amount.to_string())))
        .collect();
    let amount = |amount: &str| Some(format!("{amount} USD"));
    assert_eq!(
        rows,
        [
            ("O'Brien, \"Tim\"", amount("1234.50")),
            ("Zoë  Müller", amount("99.00")),
            ("=HYPERLINK(\"http://x\")", amount("-250.00")),
            ("multi\r\nline \"name\"", None),
            ("张　三", amount("123.45")),
            ("a\u{200b}b\u{feff}c", amount("1000.00")),
        ]
    );
}
