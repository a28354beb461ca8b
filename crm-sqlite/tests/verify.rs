//! A sound file verifies; each kind of harm is found, named, and left as it is.

#![cfg(test)]

use std::path::{Path, PathBuf};

use crm_core::Crm;
use crm_core::customers::{CustomerChange, CustomerDraft, UserDraft};
use crm_sqlite::{CrmFile, Verification};
use rusqlite::Connection;
use tempfile::TempDir;

fn fill(crm: &Crm) {
    let owner = crm.write(|tx| tx.create(UserDraft::new("Li"))).unwrap();
    let batch = crm
        .write(|tx| {
            for number in 0..20 {
                let customer = tx.create(CustomerDraft {
                    owner_id: Some(owner.id),
                    annual_revenue: "12.50 EUR".parse().ok(),
                    ..CustomerDraft::organization(format!("Customer {number}"))
                })?;
                tx.update(customer.id, [CustomerChange::Employees(Some(number))], None)?;
            }
            Ok(tx.batch())
        })
        .unwrap();
    let gone = crm
        .write(|tx| tx.create(CustomerDraft::person("Gone")).map(|_| tx.batch()))
        .unwrap();
    crm.undo(gone).unwrap();
    crm.undo(crm.undo(batch).unwrap()).unwrap();
}

/// A file with records that were created, changed, deleted, undone and brought back.
fn file(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("crm.db");
    fill(&crm_sqlite::open(&path).unwrap());
    path
}

/// What is found after something wrote past crmkit.
fn after(sql: &str) -> Verification {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    harm(&path, sql);
    let before = std::fs::read(&path).unwrap();
    let verification = crm_sqlite::open(&path).unwrap().verify().unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), before, "looking repairs nothing");
    verification
}

fn harm(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "writable_schema", true).unwrap();
    connection.execute_batch(sql).unwrap();
    connection.close().unwrap();
}

fn codes(verification: &Verification) -> Vec<(&'static str, Option<&'static str>, bool)> {
    let mut codes: Vec<_> = verification
        .findings
        .iter()
        .map(|finding| (finding.code, finding.table, finding.id.is_some()))
        .collect();
    codes.dedup();
    codes
}

#[test]
fn a_file_with_a_long_history_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let crm = crm_sqlite::open(file(&folder)).unwrap();
    let verification = crm.verify().unwrap();
    assert!(verification.is_sound(), "{verification}");
    assert_eq!(verification.records, 21);
    assert!(verification.changes > 80);
}

#[test]
fn each_kind_of_harm_is_found_and_named() {
    const ONE: &str = "WHERE rowid = (SELECT MIN(rowid) FROM customers)";
    for (sql, code, table, has_id) in [
        (
            format!("UPDATE customers SET owner_id = randomblob(16) {ONE}"),
            "reference.missing",
            "customers",
            true,
        ),
        (
            format!("UPDATE customers SET revision = 9 {ONE}"),
            "log.revision",
            "customers",
            true,
        ),
        (format!("DELETE FROM customers {ONE}"), "log.record", "customers", true),
        (
            format!("UPDATE customers SET lifecycle = 'dormant' {ONE}"),
            "value.choice",
            "customers",
            true,
        ),
        (
            format!("UPDATE customers SET annual_revenue = NULL {ONE}"),
            "value.amount",
            "customers",
            true,
        ),
        (
            format!("UPDATE customers SET annual_revenue_currency = NULL {ONE}"),
            "value.amount",
            "customers",
            true,
        ),
        (
            format!("UPDATE customers SET annual_revenue_currency = 'euro' {ONE}"),
            "value.amount",
            "customers",
            true,
        ),
        (
            "DELETE FROM changes WHERE sequence = 5".to_owned(),
            "log.hole",
            "changes",
            false,
        ),
        (
            "DELETE FROM commits WHERE id = 1".to_owned(),
            "log.commit",
            "changes",
            false,
        ),
        (
            "DROP INDEX customers_name".to_owned(),
            "format.index",
            "customers",
            false,
        ),
        ("DROP VIEW v_user".to_owned(), "format.view", "users", false),
    ] {
        let found = codes(&after(&sql));
        assert!(found.contains(&(code, Some(table), has_id)), "{sql}: {found:?}");
    }
}

#[test]
fn an_id_that_is_none_is_found_without_one() {
    let sql = "UPDATE customers SET parent_id = x'00' WHERE rowid = (SELECT MIN(rowid) FROM customers)";
    let found = codes(&after(sql));
    assert!(found.contains(&("value.id", Some("customers"), true)), "{found:?}");
}

#[test]
fn an_index_that_does_not_hold_its_table_is_found() {
    let found = after(
        "CREATE TEMP TABLE kept AS SELECT * FROM sqlite_schema WHERE name = 'customers_name'; \
         DELETE FROM sqlite_schema WHERE name = 'customers_name'; PRAGMA writable_schema = RESET; \
         UPDATE customers SET name = 'changed'; PRAGMA writable_schema = ON; \
         INSERT INTO sqlite_schema SELECT * FROM temp.kept",
    );
    assert!(
        codes(&found).iter().any(|(code, ..)| *code == "pages.damaged"),
        "{found}"
    );
}

#[test]
fn what_is_found_reads_as_recorded() {
    let found = after("DELETE FROM changes WHERE sequence = 5; DROP INDEX customers_name");
    let text: Vec<String> = found
        .findings
        .iter()
        .filter(|finding| finding.id.is_none())
        .map(ToString::to_string)
        .collect();
    insta::assert_snapshot!(text.join("\n"));
}
