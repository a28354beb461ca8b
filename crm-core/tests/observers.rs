//! Observers: told after the commit, once a transaction, and free to use the engine.

use std::sync::{Arc, Mutex};
use std::thread;

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerChange, CustomerDraft, UserDraft};
use crm_core::engine::{CrmError, Notice, Query, Result};

/// What an observer was told, in order.
type Told = Arc<Mutex<Vec<Notice>>>;

fn listener(told: &Told) -> impl Fn(&Notice) + Send + Sync + 'static {
    let told = told.clone();
    move |notice| told.lock().expect("no observer panics").push(notice.clone())
}

#[test]
fn an_observer_is_told_once_a_transaction_with_all_that_it_touched() {
    let crm = Crm::in_memory();
    let told = Told::default();
    let _subscription = crm.observe(listener(&told));
    let batch = crm
        .write(|tx| {
            let acme = tx.create(CustomerDraft::organization("Acme"))?;
            tx.update(acme.id, [CustomerChange::Country(Some("DE".into()))], None)?;
            tx.create(UserDraft::new("Li Wei"))?;
            Ok(tx.batch())
        })
        .unwrap();
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].commit.batch, told[0].first, told[0].last), (batch, 1, 3));
    assert_eq!(
        told[0].tables.iter().copied().collect::<Vec<_>>(),
        ["customers", "users"]
    );
}

#[test]
fn an_observer_hears_the_transactions_in_their_order_without_gaps() {
    let crm = Crm::in_memory();
    let told = Told::default();
    let _subscription = crm.observe(listener(&told));
    for name in ["Acme", "Globex", "Initech"] {
        crm.write(|tx| tx.create(CustomerDraft::organization(name))).unwrap();
    }
    let numbers: Vec<_> = told
        .lock()
        .unwrap()
        .iter()
        .map(|notice| (notice.first, notice.last))
        .collect();
    assert_eq!(numbers, [(1, 1), (2, 2), (3, 3)]);
}

#[test]
fn an_observer_sees_what_was_committed() {
    let crm = Crm::in_memory();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (inside, counts) = (crm.clone(), seen.clone());
    let _subscription = crm.observe(move |_: &Notice| {
        let count = inside.read(|reader| reader.count(&Query::of::<Customer>()));
        counts.lock().expect("no observer panics").push(count);
    });
    crm.write(|tx| tx.create(CustomerDraft::organization("Acme"))).unwrap();
    crm.write(|tx| tx.create(CustomerDraft::organization("Globex")))
        .unwrap();
    assert_eq!(*seen.lock().unwrap(), [Ok(1), Ok(2)]);
}

#[test]
fn an_observer_may_write_and_is_told_of_that_too() {
    let crm = Crm::in_memory();
    let told = Told::default();
    let listening = crm.observe(listener(&told));
    let inside = crm.clone();
    // It answers the first commit alone; its own would go on for ever.
    let answering = crm.observe(move |notice: &Notice| {
        if notice.first == 1 {
            let written = inside.write(|tx| tx.create(UserDraft::new("Written by an observer")));
            assert!(written.is_ok(), "{written:?}");
        }
    });
    crm.write(|tx| tx.create(CustomerDraft::organization("Acme"))).unwrap();
    drop((listening, answering));
    let tables: Vec<_> = told
        .lock()
        .unwrap()
        .iter()
        .flat_map(|notice| notice.tables.clone())
        .collect();
    assert_eq!(tables, ["customers", "users"]);
}

#[test]
fn no_lock_is_held_while_an_observer_works() {
    let crm = Crm::in_memory();
    let inside = crm.clone();
    let _subscription = crm.observe(move |notice: &Notice| {
        if notice.first > 1 {
            return;
        }
        // Another thread reads, writes and subscribes while this one waits for it: under a lock, both would wait for ever.
        let other = inside.clone();
        let worked = thread::spawn(move || {
            drop(other.observe(|_: &Notice| {}));
            other.read(|reader| reader.count(&Query::of::<Customer>()))?;
            other.write(|tx| tx.create(UserDraft::new("Li Wei")))
        })
        .join();
        assert!(matches!(worked, Ok(Ok(_))), "{worked:?}");
    });
    crm.write(|tx| tx.create(CustomerDraft::organization("Acme"))).unwrap();
    assert_eq!(crm.read(|reader| reader.changes(0, 10)).unwrap().len(), 2);
}

#[test]
fn a_dropped_subscription_ends() {
    let crm = Crm::in_memory();
    let (told, still_told) = (Told::default(), Told::default());
    let subscription = crm.observe(listener(&told));
    let _other = crm.observe(listener(&still_told));
    crm.write(|tx| tx.create(CustomerDraft::organization("Acme"))).unwrap();
    drop(subscription);
    crm.write(|tx| tx.create(CustomerDraft::organization("Globex")))
        .unwrap();
    assert_eq!((told.lock().unwrap().len(), still_told.lock().unwrap().len()), (1, 2));
}

#[test]
fn a_transaction_that_fails_or_changes_nothing_tells_nobody() {
    let crm = Crm::in_memory();
    let acme = crm.write(|tx| tx.create(CustomerDraft::organization("Acme"))).unwrap();
    let told = Told::default();
    let _subscription = crm.observe(listener(&told));
    let failed: Result<()> = crm.write(|tx| {
        tx.create(CustomerDraft::organization("Globex"))?;
        Err(CrmError::refused("test.fails", "it is to fail", "Nothing to do"))
    });
    assert!(failed.is_err());
    crm.write(|tx| tx.update(acme.id, [CustomerChange::Name("Acme".into())], None))
        .unwrap();
    assert!(told.lock().unwrap().is_empty());
}

#[test]
fn a_write_within_a_write_is_refused_and_the_outer_one_goes_on() {
    let crm = Crm::in_memory();
    let within = crm
        .write(|tx| {
            let within = crm.write(|inner| inner.create(CustomerDraft::organization("Inner")));
            tx.create(CustomerDraft::organization("Outer"))?;
            Ok(within)
        })
        .unwrap();
    let refused = within.unwrap_err();
    assert_eq!(refused.rule(), Some("transaction.nested"));
    assert_eq!(refused.hint(), "Use the transaction at hand, or write after it");
    let customers = crm
        .read(|reader| reader.find::<Customer>(&Query::of::<Customer>()))
        .unwrap();
    assert_eq!(customers.len(), 1);
    assert!(crm.write(|tx| tx.create(CustomerDraft::organization("Later"))).is_ok());
}
