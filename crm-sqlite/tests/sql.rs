//! SQL through the engine answers one statement that reads, and does nothing else.

#![cfg(test)]

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::engine::Query;
use crm_core::sales::OpportunityDraft;
use crm_sqlite::{CrmFile, OpenOptions, SqlOptions, SqlValue};

const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";

fn crm() -> Crm {
    let crm = OpenOptions::in_memory().open().unwrap();
    crm.write(|tx| {
        for (name, country) in [("Acme", "DE"), ("李明", "CN"), ("Globex", "DE")] {
            tx.create(CustomerDraft {
                country: Some(country.into()),
                ..CustomerDraft::organization(name)
            })?;
        }
        Ok(())
    })
    .unwrap();
    crm
}

#[test]
fn a_statement_takes_parameters_and_returns_every_kind_of_value() {
    let sql = "SELECT name, 7, 0.5, NULL, x'ff', ?2 FROM v_customer WHERE country = ?1 ORDER BY name";
    let answer = crm().sql(sql, &["DE".into(), SqlValue::Integer(3)]).unwrap();
    let row = |name: &str| {
        vec![
            name.into(),
            SqlValue::Integer(7),
            SqlValue::Real(0.5),
            SqlValue::Null,
            SqlValue::Blob(vec![0xff]),
            SqlValue::Integer(3),
        ]
    };
    assert_eq!(answer.rows, [row("Acme"), row("Globex")]);
    assert_eq!(answer.columns.len(), 6);
    assert!(!answer.truncated);
}

#[test]
fn a_record_that_is_referred_to_goes_by_the_word_of_text_filters() {
    let crm = crm();
    crm.write(|tx| {
        let customer_id = Some(tx.create(CustomerDraft::organization("Initech"))?.id);
        tx.create(OpportunityDraft {
            customer_id,
            ..OpportunityDraft::new("Looms")
        })
    })
    .unwrap();
    for _ in 0..2 {
        let sql = "SELECT stage, stage_name, customer FROM V_Opportunity";
        let row: Vec<SqlValue> = vec!["Qualification".into(), "Qualification".into(), "Initech".into()];
        assert_eq!(crm.sql(sql, &[]).unwrap().rows, [row]);
    }
}

#[test]
fn what_writes_or_reaches_beyond_the_file_is_refused() {
    let crm = crm();
    for sql in [
        "DELETE FROM customers",
        "UPDATE customers SET name = 'x'",
        "INSERT INTO meta VALUES ('a', x'')",
        "WITH n AS (SELECT 1) DELETE FROM customers",
        "DELETE FROM customers RETURNING name",
        "CREATE TABLE mine (a)",
        "CREATE TEMP TABLE mine (a)",
        "DROP VIEW v_customer",
        "ATTACH 'other.db' AS other",
        "DETACH main",
        "VACUUM",
        "VACUUM INTO 'copy.db'",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT a",
        "PRAGMA user_version = 7",
        "PRAGMA journal_mode",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "PRAGMA writable_schema = ON",
        "PRAGMA query_only = OFF",
        "SELECT load_extension('evil')",
        "REINDEX",
        "ANALYZE",
        "EXPLAIN DELETE FROM customers",
    ] {
        let error = crm.sql(sql, &[]).unwrap_err();
        assert!(matches!(error.code(), "refused" | "invalid"), "{sql}: {error}");
    }
    assert_eq!(crm.read(|reader| reader.count(&Query::of::<Customer>())).unwrap(), 3);
    crm.write(|tx| tx.create(CustomerDraft::organization("Initech")))
        .unwrap();
}

#[test]
fn the_shape_of_the_file_may_be_asked_for() {
    let crm = crm();
    for sql in [
        "PRAGMA user_version",
        "PRAGMA table_info(v_customer)",
        "SELECT name FROM pragma_table_info('v_customer')",
        "SELECT name FROM sqlite_schema WHERE type = 'view'",
        "EXPLAIN QUERY PLAN SELECT * FROM v_customer",
    ] {
        let answer = crm.sql(sql, &[]).unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert!(!answer.rows.is_empty(), "{sql}");
    }
}

#[test]
fn what_is_not_one_statement_is_refused_with_the_reason() {
    let crm = crm();
    let refusals: Vec<String> = [
        "",
        "-- nothing",
        "SELECT 1; SELECT 2",
        "SELECT 1; DELETE FROM customers",
        "SELEC 1",
        "SELECT nam FROM v_customer",
        "SELECT \"misspelt\" FROM v_customer",
        "SELECT * FROM v_custmer",
        "SELECT ?1",
    ]
    .into_iter()
    .map(|sql| format!("{sql:28} {}", crm.sql(sql, &[]).unwrap_err()))
    .collect();
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn an_error_on_the_way_names_no_value_of_a_record() {
    let error = crm()
        .sql("SELECT json_extract(name, name) FROM v_customer", &[])
        .unwrap_err();
    assert_eq!(error.field(), Some("statement"));
    assert!(!error.to_string().contains("Acme"), "{error}");
    let answer = crm().sql("SELECT name FROM v_customer", &[]).unwrap();
    assert!(!format!("{answer:?} {:?}", answer.rows).contains("Acme"));
}

#[test]
fn a_statement_stops_at_its_limits_and_when_it_is_told_to() {
    let crm = crm();
    let begun = Instant::now();
    let limited = SqlOptions::default().time_limit(Duration::from_millis(50));
    assert_eq!(
        crm.sql_with(ENDLESS, &[], &limited).unwrap_err().rule(),
        Some("sql.time_limit")
    );
    let asked = Arc::new(AtomicUsize::new(0));
    let watched = SqlOptions::default().watch({
        let asked = Arc::clone(&asked);
        move || match asked.fetch_add(1, Ordering::Relaxed) {
            0..5 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    });
    assert_eq!(crm.sql_with(ENDLESS, &[], &watched).unwrap_err().code(), "cancelled");
    assert_eq!(asked.load(Ordering::Relaxed), 6);
    assert!(begun.elapsed() < Duration::from_secs(20));
    let short = SqlOptions::default().row_limit(2);
    let cut = crm.sql_with("SELECT 1 FROM v_customer", &[], &short).unwrap();
    assert_eq!((cut.rows.len(), cut.truncated), (2, true));
    let whole = crm.sql_with("SELECT 1 FROM v_customer LIMIT 2", &[], &short).unwrap();
    assert_eq!((whole.rows.len(), whole.truncated), (2, false));
}

#[test]
fn where_there_is_no_file_of_sqlite_it_is_said() {
    let error = Crm::in_memory().sql("SELECT 1", &[]).unwrap_err();
    assert_eq!(error.rule(), Some("file.not_sqlite"));
}
