//! The views show every kind of record in an SQLite that knows nothing of crmkit, exactly and as text.

#![cfg(test)]
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

use crm_core::SCHEMA;
use crm_core::customers::{CustomerChange, CustomerDraft, UserDraft};
use crm_core::sales::{OpportunityDraft, ProductDraft};
use crm_sqlite::{CrmFile, SqlValue};

/// What the system's own SQLite answers, in a process of its own.
fn elsewhere(file: &Path, sql: &str) -> String {
    const PROGRAM: &str = "import sqlite3, sys\n\
        rows = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True).execute(sys.argv[2])\n\
        print('\\n'.join('|'.join('-' if value is None else str(value) for value in row) for row in rows))";
    let output = Command::new("python3")
        .args(["-c", PROGRAM])
        .arg(file)
        .arg(sql)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

#[test]
fn amounts_ids_names_and_times_are_exact_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = crm_sqlite::open(&path).unwrap();
    let (owner, acme) = crm
        .write(|tx| {
            let owner = tx.create(UserDraft::new("Li Wei"))?;
            let draft = |name: &str, revenue: &str| CustomerDraft {
                annual_revenue: revenue.parse().ok(),
                owner_id: Some(owner.id),
                ..CustomerDraft::organization(name)
            };
            let acme = tx.create(draft("Acme", "410.00 EUR"))?;
            for (name, revenue) in [
                ("Yen", "1234 JPY"),
                ("Dinar", "1.005 KWD"),
                ("Loss", "-0.07 USD"),
                ("Least", "-92233720368547758.08 USD"),
                ("None", ""),
            ] {
                tx.create(draft(name, revenue))?;
            }
            let gone = tx.create(CustomerDraft::organization("Gone"))?;
            tx.delete(gone.id)?;
            tx.update(acme.id, [CustomerChange::ParentId(None)], None)?;
            Ok((owner, acme))
        })
        .unwrap();
    let sql = "SELECT name, annual_revenue, annual_revenue_currency, annual_revenue_minor, owner_name \
               FROM v_customer ORDER BY name";
    let expected = "Acme|410.00|EUR|41000|Li Wei\nDinar|1.005|KWD|1005|Li Wei\n\
                    Least|-92233720368547758.08|USD|-9223372036854775808|Li Wei\nLoss|-0.07|USD|-7|Li Wei\n\
                    None|-|-|-|Li Wei\nYen|1234|JPY|1234|Li Wei";
    assert_eq!(elsewhere(&path, sql), expected);
    let sql = "SELECT id, owner_id, created_at FROM v_customer WHERE name = 'Acme'";
    let expected = format!("{}|{}|{}", acme.id, owner.id, acme.created_at);
    assert_eq!(elsewhere(&path, sql), expected);
    assert_eq!(
        crm.sql(sql, &[]).unwrap().rows[0][0],
        SqlValue::from(acme.id.to_string())
    );
}

#[test]
fn dates_before_1970_and_fractions_of_a_second_are_shown_as_they_are() {
    let crm = crm_sqlite::OpenOptions::in_memory().open().unwrap();
    let shown = |stored: i64, expression: &str| {
        let sql = format!("SELECT {expression} FROM (SELECT ?1 AS at)");
        match crm.sql(&sql, &[stored.into()]).unwrap().rows.remove(0).remove(0) {
            SqlValue::Text(text) => text,
            other => panic!("{other:?}"),
        }
    };
    // The expressions of the views, taken from one of them.
    let definition = match crm.sql("SELECT sql FROM sqlite_schema WHERE name = 'v_opportunity'", &[]) {
        Ok(answer) => format!("{}", Shown(&answer.rows[0][0])),
        Err(error) => panic!("{error}"),
    };
    let expression = |column: &str| {
        let line = definition
            .lines()
            .find(|line| line.contains(&format!(" AS \"{column}\"")))
            .unwrap();
        let end = line.rfind(" AS ").unwrap();
        line[..end].replace(&format!("t.\"{column}\""), "at")
    };
    let instant = expression("created_at");
    assert_eq!(shown(-1, &instant), "1969-12-31T23:59:59.999Z");
    assert_eq!(shown(1_767_225_600_007, &instant), "2026-01-01T00:00:00.007Z");
    let date = expression("close_on");
    assert_eq!(shown(-1, &date), "1969-12-31");
    assert_eq!(shown(20_454, &date), "2026-01-01");
}

/// The text of a value.
struct Shown<'v>(&'v SqlValue);

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            SqlValue::Text(text) => formatter.write_str(text),
            other => write!(formatter, "{other:?}"),
        }
    }
}

#[test]
fn every_kind_of_record_has_a_view_that_any_sqlite_reads() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = crm_sqlite::open(&path).unwrap();
    crm.write(|tx| tx.create(ProductDraft::new("Anvil"))).unwrap();
    for entity in SCHEMA.entities() {
        let sql = format!("SELECT COUNT(*) FROM (SELECT * FROM v_{})", entity.name);
        assert!(elsewhere(&path, &sql).parse::<u64>().is_ok(), "{}", entity.name);
        let columns = elsewhere(
            &path,
            &format!("SELECT name FROM pragma_table_info('v_{}')", entity.name),
        );
        for field in entity.fields.iter().filter(|field| field.name != "deleted_at") {
            assert!(
                columns.lines().any(|column| column == field.name),
                "{}.{}",
                entity.name,
                field.name
            );
        }
        assert!(!columns.contains("deleted_at"));
    }
    assert_eq!(elsewhere(&path, "SELECT name FROM v_product"), "Anvil");
}

#[test]
fn the_statements_of_the_page_on_views_run_in_any_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let _open = crm_sqlite::open(&path).unwrap();
    let page = include_str!("../../docs/views.md");
    let statements = page
        .split("```sql")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let statements: Vec<_> = statements
        .split(';')
        .filter(|statement| !statement.trim().is_empty())
        .collect();
    assert_eq!(statements.len(), 2);
    for statement in statements {
        assert_eq!(elsewhere(&path, statement), "", "there is no record yet");
    }
}

#[test]
fn a_statement_of_the_engine_names_records_as_filters_do_and_the_file_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let crm = crm_sqlite::open(&path).unwrap();
    crm.write(|tx| tx.create(OpportunityDraft::new("Twelve looms")))
        .unwrap();
    let counted = "SELECT stage, stage_name, customer, COUNT(*) FROM v_opportunity GROUP BY stage";
    let rows = crm.sql(counted, &[]).unwrap().rows;
    let stage = SqlValue::from("Qualification");
    assert_eq!(rows, [[stage.clone(), stage, SqlValue::Null, 1.into()]]);
    let columns = "SELECT COUNT(*) FROM pragma_table_info('v_opportunity') WHERE name = 'stage'";
    assert_eq!(elsewhere(&path, columns), "0");
}
