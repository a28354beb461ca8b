//! Files as people have them: other encodings, other delimiters, broken rows.

use proptest::prelude::*;

use crm_core::Crm;
use crm_core::customers::Customer;
use crm_core::engine::{CrmError, Query};
use crm_core::exchange::{DateOrder, DecimalSign, Import, ImportResult, Plan, Target};
use crm_core::marketing::Campaign;

use crate::support::{Scratch, all_rows, customers, reasons};

fn plan(bytes: impl AsRef<[u8]>) -> Result<Plan, CrmError> {
    let mut plan = Import::bytes(bytes).into::<Customer>().plan(&Crm::in_memory())?;
    plan.set(Target::field("kind"), "person")?;
    Ok(plan)
}

/// Imports a file whose column `Name` is the name.
fn imported(bytes: impl AsRef<[u8]>) -> (Crm, ImportResult) {
    let crm = Crm::in_memory();
    let mut plan = plan(bytes).expect("a plan");
    plan.map("Name", Target::field("name")).expect("a column");
    let result = plan.run(&crm).expect("a run");
    (crm, result)
}

fn names(crm: &Crm) -> Vec<String> {
    customers(crm).into_keys().collect()
}

#[test]
fn encodings_and_delimiters_are_found_out() {
    let german =
        "Name;Branche;Land\nMüller & Söhne;Möbel;Österreich\nGroß GmbH;Käse;Dänemark\nJörg Weiß;Bäckerei;Österreich\n";
    let chinese = "Name,行业,国家\n深圳市腾讯计算机系统有限公司,互联网,中国\n华为技术有限公司,通信,中国\n北京字节跳动科技有限公司,互联网,中国\n";
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(german);
    let (gbk, _, _) = encoding_rs::GB18030.encode(chinese);
    let wide = |text: &str, mark: bool| -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        format!("{mark}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect()
    };
    for (bytes, encoding, delimiter, name) in [
        (windows.to_vec(), "windows-1252", b';', "Groß GmbH"),
        (gbk.to_vec(), "gb18030", b',', "华为技术有限公司"),
        (chinese.as_bytes().to_vec(), "UTF-8", b',', "华为技术有限公司"),
        (wide(german, true), "UTF-16LE", b';', "Groß GmbH"),
        (wide(german, false), "UTF-16LE", b';', "Groß GmbH"),
        (format!("\u{feff}{german}").into_bytes(), "UTF-8", b';', "Groß GmbH"),
        (german.replace(';', "\t").into_bytes(), "UTF-8", b'\t', "Groß GmbH"),
        (german.replace(';', "|").into_bytes(), "UTF-8", b'|', "Groß GmbH"),
        (format!("sep=;\r\n{german}").into_bytes(), "UTF-8", b';', "Groß GmbH"),
    ] {
        let dialect = *plan(&bytes).expect("a plan").dialect();
        assert_eq!((dialect.encoding, dialect.delimiter), (encoding, delimiter), "{name}");
        let (crm, result) = imported(&bytes);
        assert_eq!(
            (result.counts.created, result.counts.refused),
            (3, 0),
            "{:?}",
            result.refused
        );
        assert!(names(&crm).contains(&name.to_owned()));
    }
}

#[test]
fn an_encoding_and_a_delimiter_that_are_given_are_taken() {
    let crm = Crm::in_memory();
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("Name:Land\nZoë:NL\n");
    let import = Import::bytes(&bytes).encoding("windows-1252").delimiter(b':');
    let mut plan = import.into::<Customer>().plan(&crm).expect("a plan");
    plan.set(Target::field("kind"), "person").expect("a target");
    plan.run(&crm).expect("a run");
    assert_eq!(names(&crm), ["Zoë"]);
    let unknown = Import::bytes("Name\n")
        .encoding("klingon")
        .into::<Customer>()
        .plan(&crm);
    assert_eq!(unknown.expect_err("no such encoding").field(), Some("encoding"));
}

#[test]
fn quoted_line_ends_delimiters_and_quotes_are_text() {
    let (crm, result) = imported("Name,Land\r\n\"Multi\r\nline \"\"Ltd\"\", Inc\",DE\r\n'single',US\r\n");
    assert_eq!(result.counts.created, 2);
    assert_eq!(names(&crm), ["'single'", "Multi\r\nline \"Ltd\", Inc"]);
    let (crm, result) = imported("'Name','Land'\n'Smith, John','US'\n");
    assert_eq!(
        (result.counts.created, names(&crm)),
        (1, vec!["Smith, John".to_owned()])
    );
}

#[test]
fn broken_rows_are_refused_with_their_line_and_the_rest_is_imported() {
    let csv = "Name,Industry,Country\n\
               Good,x,DE\n\
               Few,x\n\
               Many,x,DE,more\n\
               Trailing,x,DE,,\n\
               \n\
               ,,\n\
               Nul\0,x,DE\n\
               After,x,DE\n\
               \"Unclosed,x,DE\n\
               swallowed,x,DE\n";
    let (crm, result) = imported(csv);
    assert_eq!(names(&crm), ["After", "Good", "Trailing"]);
    assert_eq!((result.counts.blank, result.counts.refused), (1, 4));
    let lines: Vec<u64> = result.refused.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 4, 8, 10]);
    insta::assert_snapshot!("broken_rows", reasons(&result).join("\n"));
}

#[test]
fn an_unclosed_quote_in_the_last_cell_is_seen_though_nothing_follows() {
    let (_, result) = imported("Name,Country\nA,\"DE");
    assert_eq!((result.counts.created, result.counts.refused), (0, 1));
    let (_, result) = imported("Name,Country\nA,\"DE\"");
    assert_eq!((result.counts.created, result.counts.refused), (1, 0));
}

#[test]
fn rows_beyond_the_limits_are_refused_and_the_next_ones_imported() {
    let cell = |length: usize| "x".repeat(length);
    let wide = |cells: usize| vec!["x"; cells].join(",");
    for (row, part) in [
        (cell(2 << 20), "longer than 1 MiB"),
        (format!("\"{}\"", "\n".repeat(2 << 20)), "longer than 1 MiB"),
        (wide(1_001), "more than 1,000 cells"),
        (wide(100_000), "more than 1,000 cells"),
        (format!("{},DE", cell((256 << 10) + 1)), "longer than 256 KiB"),
        (
            format!("{},DE", vec![cell(200 << 10); 6].join(",")),
            "longer than 1 MiB",
        ),
    ] {
        let (crm, result) = imported(format!("Name,Country\nBefore,DE\n{row}\nAfter,DE\n"));
        assert_eq!(names(&crm), ["After", "Before"]);
        assert_eq!(result.counts.refused, 1);
        assert!(reasons(&result)[0].contains(part), "{:?}", result.refused);
    }
    let (_, result) = imported(format!("Name,Country\n{},DE\n", cell(256 << 10)));
    assert_eq!(result.counts.created, 1, "{:?}", result.refused);
}

#[test]
fn a_header_of_a_thousand_columns_is_read_and_one_more_is_refused() {
    let header = |columns: usize| {
        (0..columns)
            .map(|column| format!("c{column}"))
            .collect::<Vec<_>>()
            .join(",")
    };
    let widest = plan(format!("{}\n", header(1_000))).expect("a plan");
    assert_eq!(widest.columns().len(), 1_000);
    let error = plan(format!("{}\n", header(1_001))).expect_err("too wide");
    assert_eq!((error.code(), error.field()), ("invalid", Some("header")));
}

#[test]
fn files_without_rows_are_an_error_or_import_nothing() {
    for empty in ["", "\n\n\r\n", "\u{feff}"] {
        let error = plan(empty).expect_err("nothing there");
        assert_eq!((error.code(), error.field()), ("invalid", Some("header")));
    }
    for header_only in ["Name,Country", "Name,Country\n"] {
        assert_eq!(imported(header_only).1.counts.rows(), 0);
    }
    let missing = Import::file("/nowhere/leads.csv")
        .into::<Customer>()
        .plan(&Crm::in_memory());
    assert_eq!(missing.expect_err("no such file").code(), "storage");
}

#[test]
fn columns_of_one_name_and_of_none_can_be_told_apart() {
    let plan = plan("Name,name ,,Name*\n").expect("a plan");
    let headers: Vec<&str> = plan.columns().iter().map(|column| column.header.as_str()).collect();
    assert_eq!(headers, ["Name", "name (2)", "column 3", "Name* (3)"]);
}

#[test]
fn bytes_that_are_no_text_refuse_their_row_only() {
    let mut bytes = b"Name,Country\nGood,DE\nBad".to_vec();
    bytes.extend([0xff, 0xfe, b'\n']);
    let crm = Crm::in_memory();
    let mut plan = Import::bytes(&bytes)
        .encoding("utf-8")
        .into::<Customer>()
        .plan(&crm)
        .expect("a plan");
    plan.set(Target::field("kind"), "person").expect("a target");
    let result = plan.run(&crm).expect("a run");
    assert_eq!((names(&crm), result.counts.refused), (vec!["Good".to_owned()], 1));
}

fn revenues(csv: &str, settle: impl FnOnce(&mut Plan)) -> (Vec<String>, ImportResult) {
    let crm = Crm::in_memory();
    let mut plan = plan(csv).expect("a plan");
    plan.map("Revenue", Target::field("annual_revenue").currency("EUR"))
        .expect("a column");
    settle(&mut plan);
    let result = plan.run(&crm).expect("a run");
    let revenues = customers(&crm).into_values().map(|customer| {
        customer
            .annual_revenue
            .map(|revenue| revenue.to_string())
            .unwrap_or_default()
    });
    (revenues.collect(), result)
}

#[test]
fn the_decimal_sign_is_what_the_file_shows_or_what_is_set_and_never_a_guess() {
    let shown = "Name;Revenue\nA;1.234\nB;12,50\nC;1.234.567,89 USD\n";
    assert_eq!(
        revenues(shown, |_| {}).0,
        ["1234.00 EUR", "12.50 EUR", "1234567.89 USD"]
    );
    let unsure = "Name;Revenue\nA;1.234\nB;12\n";
    let (taken, result) = revenues(unsure, |_| {});
    assert_eq!((taken, result.counts.refused), (vec!["12.00 EUR".to_owned()], 1));
    assert!(
        reasons(&result)[0].contains("Set the decimal sign"),
        "{:?}",
        result.refused
    );
    let set = revenues(unsure, |plan| {
        plan.decimal_sign(DecimalSign::Comma);
    });
    assert_eq!(set.0, ["1234.00 EUR", "12.00 EUR"]);
}

fn starts(csv: &str, settle: impl FnOnce(&mut Plan)) -> (Vec<String>, ImportResult) {
    let crm = Crm::in_memory();
    let mut plan = Import::bytes(csv).into::<Campaign>().plan(&crm).expect("a plan");
    plan.map("Start", Target::field("starts_on")).expect("a column");
    settle(&mut plan);
    let result = plan.run(&crm).expect("a run");
    let found: Vec<Campaign> = crm
        .read(|reader| reader.find(&Query::of::<Campaign>().order_by(Campaign::NAME)))
        .expect("campaigns");
    let starts = found
        .iter()
        .map(|campaign| campaign.starts_on.map(|day| day.to_string()).unwrap_or_default());
    (starts.collect(), result)
}

#[test]
fn the_order_of_dates_is_what_the_file_shows_or_what_is_set_and_never_a_guess() {
    let shown = "Name,Start\nA,03/04/2026\nB,25/12/2026\nC,2026-05-06\n";
    assert_eq!(starts(shown, |_| {}).0, ["2026-04-03", "2026-12-25", "2026-05-06"]);
    let unsure = "Name,Start\nA,03/04/2026\nB,2026-05-06\n";
    let (taken, result) = starts(unsure, |_| {});
    assert_eq!((taken, result.counts.refused), (vec!["2026-05-06".to_owned()], 1));
    assert!(
        reasons(&result)[0].contains("Set the date order"),
        "{:?}",
        result.refused
    );
    let set = starts(unsure, |plan| {
        plan.date_order(DateOrder::MonthDayYear);
    });
    assert_eq!(set.0, ["2026-03-04", "2026-05-06"]);
    // A file that writes both orders tells nothing.
    let both = starts("Name,Start\nA,03/04/2026\nB,25/12/2026\nC,12/25/2026\n", |_| {});
    assert_eq!((both.0.len(), both.1.counts.refused), (2, 1));
}

#[test]
fn an_amount_takes_its_currency_from_the_column_that_names_it() {
    let crm = Crm::in_memory();
    let mut plan = plan("Name,Revenue,Currency\nA,12,usd\nB,13,JPY\nC,14,\nD,15,XYZ\n").expect("a plan");
    plan.map("Revenue", Target::field("annual_revenue")).expect("a column");
    plan.map("Currency", Target::currency_of("annual_revenue"))
        .expect("a column");
    let result = plan.run(&crm).expect("a run");
    assert_eq!(result.counts.refused, 2);
    let revenue = |name: &str| customers(&crm)[name].annual_revenue.map(|revenue| revenue.to_string());
    assert_eq!(
        (revenue("A"), revenue("B")),
        (Some("12.00 USD".into()), Some("13 JPY".into()))
    );
}

#[test]
fn a_reason_never_holds_what_a_row_says() {
    let secret = "Geheimrat-4711";
    let csv = format!("Name,Revenue,Lifecycle,Owner\n{secret},{secret},,\n{secret},,{secret},\n{secret},,,{secret}\n");
    let (_, result) = revenues(&csv, |_| {});
    assert_eq!(result.counts.refused, 3, "{:?}", result.refused);
    assert!(
        reasons(&result).iter().all(|reason| !reason.contains(secret)),
        "{:?}",
        result.refused
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_bytes_a_file_has_an_import_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = plan(&bytes).and_then(|plan| plan.run(&Crm::in_memory()));
    }

    #[test]
    fn a_damaged_file_gives_rows_or_reasons_and_every_row_is_counted(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8)
    ) {
        let mut bytes = b"Name,Revenue,Country\nAcme,\"1,000.50\",DE\nGlobex,12,US\n\"Initech \"\"HQ\"\"\",7,FR\n".to_vec();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let crm = Crm::in_memory();
        let Ok(mut plan) = plan(&bytes) else { return Ok(()) };
        plan.set(Target::field("name"), "x").ok();
        if let Ok(result) = plan.run(&crm) {
            let there = all_rows(&crm).len() as u64;
            prop_assert_eq!(result.counts.created, there);
            prop_assert!(result.counts.rows() <= 4);
            prop_assert_eq!(result.counts.refused as usize, result.refused.len());
        }
    }
}

#[test]
fn refused_rows_are_kept_with_the_delimiter_of_their_file_and_come_in_once_mended() {
    let folder = Scratch::new("delimiter");
    let refused = folder.path("refused.csv");
    let crm = Crm::in_memory();
    let mut first = plan("Name;Umsatz\nGlobex;1.234,50\nAcme;abc\n").expect("a plan");
    first.map("Name", Target::field("name")).expect("a column");
    first
        .map("Umsatz", Target::field("annual_revenue").currency("EUR"))
        .expect("a column")
        .refused_to(&refused);
    assert_eq!(first.run(&crm).expect("a run").counts.refused, 1);
    let kept = std::fs::read_to_string(&refused).expect("the refused rows");
    assert!(kept.contains(";Acme;abc"), "{kept}");
    let mended = Import::bytes(kept.replace("abc", "17,05"));
    let again = first
        .for_file(&crm, mended)
        .and_then(|plan| plan.run(&crm))
        .expect("a run");
    assert_eq!((again.counts.created, again.counts.refused), (1, 0));
}
