//! What a transaction says of itself stands in the change log, behind what the session says.

use crm_core::customers::CustomerDraft;
use crm_core::engine::{CrmError, LogQuery, Result, Tx};
use crm_core::{Crm, customers::Customer};

/// The notes of all commits, one for each change.
fn notes(crm: &Crm) -> Vec<Option<String>> {
    let entries = crm.read(|reader| reader.log(&LogQuery::default())).expect("a log");
    entries.into_iter().map(|entry| entry.commit.note).collect()
}

fn create(tx: &mut Tx<'_>) -> Result<Customer> {
    tx.create(CustomerDraft::organization("Acme GmbH"))
}

fn written(crm: &Crm, work: impl FnMut(&mut Tx<'_>) -> Result<()>) -> Vec<Option<String>> {
    crm.write(work).expect("a write");
    notes(crm)
}

#[test]
fn the_note_of_the_session_comes_first_and_those_of_commands_in_their_order() {
    let crm = Crm::in_memory();
    let crm = crm.with_note("call with Li");
    let notes = written(&crm, |tx| {
        tx.add_note(" sent v2 ");
        create(tx)?;
        tx.add_note("asked for a discount");
        Ok(())
    });
    assert_eq!(notes, [Some("call with Li; sent v2; asked for a discount".to_owned())]);
}

#[test]
fn without_a_note_of_the_session_it_stands_alone_and_a_blank_one_says_nothing() {
    let crm = Crm::in_memory();
    let said = written(&crm, |tx| {
        tx.add_note("  ");
        tx.add_note("sent v2");
        create(tx).map(|_| ())
    });
    assert_eq!(said, [Some("sent v2".to_owned())]);
    let silent = written(&crm, |tx| {
        tx.add_note("");
        create(tx).map(|_| ())
    });
    assert_eq!(silent[1], None);
}

#[test]
fn every_change_has_it_however_many_went_to_the_log_before() {
    let crm = Crm::in_memory();
    // The log is written in pieces: within one, and at the end of one.
    for changes in [600, 256] {
        let notes = written(&crm, |tx| {
            for _ in 0..changes {
                create(tx)?;
            }
            tx.add_note("a long list");
            Ok(())
        });
        let long = Some("a long list".to_owned());
        assert_eq!(notes.iter().filter(|note| **note == long).count(), notes.len());
    }
}

#[test]
fn one_that_was_added_in_an_attempt_that_failed_is_taken_back() {
    let crm = Crm::in_memory();
    let notes = written(&crm, |tx| {
        tx.add_note("kept");
        let failed = tx.attempt(|tx| {
            tx.add_note("taken back");
            Err::<(), _>(CrmError::refused("test", "it is refused", "Leave it"))
        });
        assert!(failed.is_err());
        create(tx).map(|_| ())
    });
    assert_eq!(notes, [Some("kept".to_owned())]);
}

#[test]
fn a_transaction_that_writes_nothing_says_nothing() {
    let crm = Crm::in_memory();
    let notes = written(&crm, |tx| {
        tx.add_note("nothing happened");
        Ok(())
    });
    assert!(notes.is_empty());
}

#[test]
fn debug_output_does_not_show_it() {
    let crm = Crm::in_memory();
    crm.write(|tx| {
        tx.add_note("Li Ming is ill");
        assert!(!format!("{tx:?}").contains("Li Ming"));
        create(tx)
    })
    .expect("a write");
    let log = crm.read(|reader| reader.log(&LogQuery::default())).expect("a log");
    assert!(!format!("{log:?}").contains("Li Ming"));
}
