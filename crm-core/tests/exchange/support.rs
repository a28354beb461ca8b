//! What the tests of imports share.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crm_core::Crm;
use crm_core::customers::Customer;
use crm_core::engine::{Deleted, Query, Value};
use crm_core::exchange::ImportResult;
use crm_core::values::Timestamp;

/// Every row of every table, deleted ones too, in the order of their ids.
pub(crate) fn all_rows(crm: &Crm) -> Vec<(&'static str, Vec<String>)> {
    macro_rules! rows {
        ($($module:ident::$entity:ident, $id:ident;)+) => {{
            let mut rows = Vec::new();
            $({
                type Record = crm_core::$module::$entity;
                let query = Query::of::<Record>().deleted(Deleted::Shown);
                let found: Vec<Record> = crm.read(|reader| reader.find(&query)).expect("records");
                rows.extend(found.iter().map(|record| as_text(record)));
            })+
            rows
        }};
    }
    crm_core::for_each_entity!(rows)
}

fn as_text<E: crm_core::engine::Entity>(record: &E) -> (&'static str, Vec<String>) {
    let values = (0..E::DEF.fields.len()).map(|field| written(&record.value(field)));
    (E::DEF.table, values.collect())
}

/// A value in full; its Debug keeps back what a customer typed.
fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Instant(at) => at.to_string(),
        Value::Id(id) => id.to_string(),
        Value::Custom(values) => values
            .iter()
            .map(|(key, value)| format!("{key}={} ", written(value)))
            .collect(),
        Value::Null => String::new(),
    }
}

/// All customers, by name.
pub(crate) fn customers(crm: &Crm) -> BTreeMap<String, Customer> {
    let found: Vec<Customer> = crm
        .read(|reader| reader.find(&Query::of::<Customer>()))
        .expect("customers");
    found
        .into_iter()
        .map(|customer| (customer.name.clone(), customer))
        .collect()
}

pub(crate) fn reasons(result: &ImportResult) -> Vec<&str> {
    result.refused.iter().map(|row| row.reason.as_str()).collect()
}

/// How many customers there were at a time.
pub(crate) fn count_as_of(crm: &Crm, at: Timestamp) -> u64 {
    crm.read(|reader| reader.as_of(at)?.count(&Query::of::<Customer>()))
        .expect("the past")
}

/// A folder that goes with the test.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("crmkit-import-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).expect("a file");
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
