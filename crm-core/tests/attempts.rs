//! A part of a transaction may fail alone.

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerChange, CustomerDraft};
use crm_core::engine::{ChangeKind, CrmError, LogQuery, Query, Result};
use crm_core::ids::CustomerId;
use crm_core::sales::{NewStage, Pipeline, PipelineDraft};

fn stopped<T>() -> Result<T> {
    Err(CrmError::refused("test.stop", "it stops here", "Go on"))
}

fn count(crm: &Crm) -> u64 {
    crm.read(|reader| reader.count(&Query::of::<Customer>()))
        .expect("a count")
}

fn changes(crm: &Crm) -> Vec<(ChangeKind, i64)> {
    let entries = crm.read(|reader| reader.log(&LogQuery::default())).expect("the log");
    entries
        .iter()
        .map(|entry| (entry.change.kind, entry.change.sequence))
        .collect()
}

fn acme(crm: &Crm) -> CustomerId {
    crm.write(|tx| tx.create(CustomerDraft::organization("Acme")))
        .expect("a customer")
        .id
}

#[test]
fn what_a_failed_attempt_wrote_is_in_no_table_and_not_in_the_log() {
    let crm = Crm::in_memory();
    let acme = acme(&crm);
    let before = crm.read(|reader| reader.get(acme)).expect("the customer");
    crm.write(|tx| {
        let failed: Result<()> = tx.attempt(|tx| {
            tx.create(CustomerDraft::organization("Globex"))?;
            tx.update(acme, [CustomerChange::Country(Some("DE".into()))], None)?;
            tx.update(acme, [CustomerChange::Name("Acme AG".into())], None)?;
            tx.delete(acme)?;
            stopped()
        });
        assert_eq!(failed.expect_err("it failed").code(), "refused");
        tx.create(CustomerDraft::organization("Initech"))
    })
    .expect("the rest");
    assert_eq!(crm.read(|reader| reader.get(acme)).expect("the customer"), before);
    assert_eq!(count(&crm), 2);
    assert_eq!(changes(&crm), [(ChangeKind::Create, 1), (ChangeKind::Create, 2)]);
}

#[test]
fn an_attempt_within_an_attempt_fails_alone_or_with_the_outer_one() {
    let crm = Crm::in_memory();
    crm.write(|tx| {
        tx.attempt(|tx| {
            tx.create(CustomerDraft::organization("Outer"))?;
            let inner: Result<()> = tx.attempt(|tx| {
                tx.create(CustomerDraft::organization("Inner"))?;
                stopped()
            });
            assert!(inner.is_err());
            Ok(())
        })?;
        let outer: Result<()> = tx.attempt(|tx| {
            tx.attempt(|tx| tx.create(CustomerDraft::organization("Kept for a moment")))?;
            stopped()
        });
        assert!(outer.is_err());
        Ok(())
    })
    .expect("a write");
    assert_eq!(count(&crm), 1);
}

#[test]
fn a_failed_attempt_of_any_size_leaves_the_log_without_a_gap() {
    let crm = Crm::in_memory();
    crm.write(|tx| {
        for round in 0..6 {
            let done: Result<()> = tx.attempt(|tx| {
                for number in 0..300 {
                    tx.create(CustomerDraft::organization(format!("Customer {number}")))?;
                }
                if round % 2 == 0 { stopped() } else { Ok(()) }
            });
            assert_eq!(done.is_err(), round % 2 == 0);
        }
        Ok(())
    })
    .expect("a write");
    assert_eq!(count(&crm), 900);
    let sequences: Vec<i64> = changes(&crm).into_iter().map(|(_, sequence)| sequence).collect();
    assert_eq!(sequences, (1..=900).collect::<Vec<_>>());
}

#[test]
fn a_record_that_was_taken_back_cannot_be_referred_to() {
    let crm = Crm::in_memory();
    crm.write(|tx| {
        let mut lost = None;
        let failed: Result<()> = tx.attempt(|tx| {
            lost = Some(tx.create(CustomerDraft::organization("Lost"))?.id);
            stopped()
        });
        assert!(failed.is_err());
        let child = tx.create(CustomerDraft {
            parent_id: lost,
            ..CustomerDraft::organization("Child")
        });
        assert_eq!(child.expect_err("no such parent").field(), Some("parent_id"));
        Ok(())
    })
    .expect("a write");
    assert_eq!(count(&crm), 0);
}

#[test]
fn what_was_taken_back_is_not_settled_at_the_end() {
    let crm = Crm::in_memory();
    crm.write(|tx| {
        // A pipeline without a won and a lost stage is refused when the transaction is settled.
        let failed: Result<()> = tx.attempt(|tx| {
            Pipeline::create(tx, PipelineDraft::new("Half"), vec![NewStage::open("Only", 10)])?;
            stopped()
        });
        assert!(failed.is_err());
        Ok(())
    })
    .expect("nothing is left to settle");
}
