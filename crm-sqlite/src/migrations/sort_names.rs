use crm_core::customers::{Customer, CustomerDraft, CustomerKind};
use crm_core::engine::{Draft, Result};
use rusqlite::Connection;

use crate::error::Refusal;

/// Fills the key by which customers are sorted, in files from before there was one.
pub(crate) fn fill_sort_names(connection: &Connection) -> Result<()> {
    const OPERATION: &str = "upgrading the file";
    let mut customers = connection
        .prepare("SELECT rowid, kind, name FROM customers")
        .during(OPERATION)?;
    let mut set = connection
        .prepare("UPDATE customers SET sort_name = ?1 WHERE rowid = ?2")
        .during(OPERATION)?;
    let mut rows = customers.query(()).during(OPERATION)?;
    let mut keys: Vec<(i64, String)> = Vec::new();
    while let Some(row) = rows.next().during(OPERATION)? {
        let kind: String = row.get("kind").during(OPERATION)?;
        let name: String = row.get("name").during(OPERATION)?;
        let draft = match kind.parse() {
            Ok(CustomerKind::Person) => CustomerDraft::person(name),
            _ => CustomerDraft::organization(name),
        };
        let customer: Customer = draft.into_record();
        keys.push((row.get("rowid").during(OPERATION)?, customer.sort_key()));
    }
    for (rowid, key) in keys {
        set.execute((key, rowid)).during(OPERATION)?;
    }
    Ok(())
}
