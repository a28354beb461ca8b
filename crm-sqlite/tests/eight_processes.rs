//! Several processes that write to one file at once wait for each other, and lose nothing.

#![cfg(test)]

mod support;

use std::env;

use crm_core::customers::{Customer, CustomerChange, CustomerDraft};
use crm_core::engine::{Conditions, Query, Result};
use crm_core::ids::CustomerId;
use uuid::Uuid;

const PROCESSES: usize = 8;
const WRITES: usize = 40;

/// The one record that all of them count in.
const COUNTER: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001);

fn counter() -> CustomerDraft {
    CustomerDraft {
        id: Some(CustomerId(COUNTER)),
        employees: Some(0),
        ..CustomerDraft::organization("Counter")
    }
}

#[test]
fn eight_processes_write_to_one_new_file_and_every_write_counts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm.db");
    let program = env::current_exe().unwrap();
    let writers: Vec<_> = (0..PROCESSES)
        .map(|_| support::process(&program, "one_writer", &path).spawn().unwrap())
        .collect();
    for writer in writers {
        let output = writer.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let crm = crm_sqlite::open(&path).unwrap();
    let expected = PROCESSES * WRITES;
    let (counted, members, last) = crm
        .read(|reader| {
            let of_counter = Query::of::<Customer>().filter(Customer::PARENT_ID.is(COUNTER));
            Ok((
                reader.get(CustomerId(COUNTER))?.employees,
                reader.count(&of_counter)?,
                reader.changes(0, u32::MAX)?.last().map(|entry| entry.change.sequence),
            ))
        })
        .unwrap();
    assert_eq!(counted, Some(expected as i64));
    assert_eq!(members, expected as u64);
    assert_eq!(last, Some(2 * expected as i64 + 1));
}

/// What each of the processes does: it reads the counter and writes it back, with a record beside it.
#[test]
fn one_writer() -> Result<()> {
    let Some(path) = support::file_of_this_process() else {
        return Ok(());
    };
    let crm = crm_sqlite::open(path)?;
    let id = CustomerId(COUNTER);
    crm.write(|tx| match tx.try_get(id)? {
        Some(counter) => Ok(counter),
        None => tx.create(counter()),
    })?;
    for number in 0..WRITES {
        crm.write(|tx| {
            let counted = tx.get(id)?.employees.unwrap_or_default();
            tx.create(CustomerDraft {
                parent_id: Some(id),
                ..CustomerDraft::organization(format!("Member {number}"))
            })?;
            tx.update(id, [CustomerChange::Employees(Some(counted + 1))], None)
        })?;
    }
    Ok(())
}
