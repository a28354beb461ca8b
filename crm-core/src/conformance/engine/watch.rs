use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::company::{Company, contents, everything};
use super::faults::everything_at_once;
use crate::Crm;
use crate::conformance::Factory;
use crate::customers::{Customer, CustomerDraft};
use crate::engine::{Query, Result, Watch};

/// How soon a call ends whose watch broke, with room for a slow machine.
const SOON: Duration = Duration::from_secs(5);

/// Whenever a watch breaks, be it for a moment, the call ends as cancelled: nothing of a write, an undo or a read of the
/// past is kept or told, and the same work goes through once the watch holds.
///
/// # Errors
/// Of the store; what shows half-done panics.
pub fn watches(factory: Factory<'_>) -> Result<()> {
    let company = Company::on(factory)?;
    let before = contents(&company.crm)?;
    let batch = until_it_holds(&company.crm, |crm| {
        crm.write(|tx| {
            // What is not heeded is no way round the watch.
            let _ = everything_at_once(&company, tx);
            Ok(tx.batch())
        })
    })?;
    assert_ne!(contents(&company.crm)?, before);
    until_it_holds(&company.crm, |crm| crm.undo(batch))?;
    assert_eq!(contents(&company.crm)?, before);
    let names = |crm: &Crm| crm.read(|reader| reader.find::<Customer>(&Query::of::<Customer>()));
    assert_eq!(until_it_holds(&company.crm, names)?, names(&company.crm)?);
    let past = |crm: &Crm| {
        crm.read(|reader| {
            let now = reader.now();
            let mut past = reader.as_of(now)?;
            past.find::<Customer>(&Query::of::<Customer>())
        })
    };
    assert_eq!(until_it_holds(&company.crm, past)?, past(&company.crm)?);
    between_rows(&company)
}

/// Lets the watch break when it is asked first, then when it is asked the second time, and so on, until the work is
/// through before that.
fn until_it_holds<T>(crm: &Crm, work: impl Fn(&Crm) -> Result<T>) -> Result<T> {
    let before = everything(crm)?;
    for breaks_at in 1.. {
        let asked = Arc::new(AtomicU64::new(0));
        let watch = Watch::new({
            let asked = Arc::clone(&asked);
            move || match asked.fetch_add(1, Ordering::SeqCst) + 1 == breaks_at {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        });
        match work(&crm.clone().with_watch(watch)) {
            Ok(done) => {
                assert!(
                    asked.load(Ordering::SeqCst) < breaks_at,
                    "the watch broke, and the work went on"
                );
                assert!(breaks_at > 1, "the watch is asked");
                return Ok(done);
            }
            Err(error) => assert_eq!(error.code(), "cancelled", "look {breaks_at}: {error}"),
        }
        assert_eq!(
            everything(crm)?,
            before,
            "look {breaks_at}: something of the work shows"
        );
    }
    work(crm)
}

/// One call of the store that takes long is stopped on the way.
fn between_rows(company: &Company) -> Result<()> {
    company.write(|tx| {
        for _ in 0..300 {
            tx.create(CustomerDraft::organization("Acme"))?;
        }
        Ok(())
    })?;
    let (watch, stop) = switch();
    let watched = company.crm.clone().with_watch(watch);
    let mut seen = 0;
    let error = watched
        .read(|reader| {
            reader.each::<Customer>(&Query::of::<Customer>(), &mut |_| {
                seen += 1;
                stop.store(true, Ordering::SeqCst);
                Ok(ControlFlow::Continue(()))
            })
        })
        .expect_err("a read that is stopped");
    assert_eq!(error.code(), "cancelled");
    assert!((1..200).contains(&seen), "it went on for {seen} records");
    Ok(())
}

/// A writer that waits for another is stopped as well, and leaves the turn to those behind it.
///
/// # Errors
/// Of the store; one that goes on waiting panics.
pub fn watched_waiting(factory: Factory<'_>) -> Result<()> {
    let company = Company::on(factory)?;
    let (watch, stop) = switch();
    let watched = company.crm.clone().with_watch(watch);
    let begun = Instant::now();
    company.crm.write(|_| {
        let waiting = thread::scope(|scope| {
            let waiting = scope.spawn(|| watched.write(|tx| tx.create(CustomerDraft::organization("Acme"))));
            thread::sleep(Duration::from_millis(50));
            assert!(!waiting.is_finished(), "one writes at a time");
            stop.store(true, Ordering::SeqCst);
            waiting.join()
        });
        let error = waiting.expect("no panic").expect_err("a write that is stopped");
        assert_eq!(error.code(), "cancelled");
        Ok(())
    })?;
    assert!(begun.elapsed() < SOON, "it waited on");
    company
        .write(|tx| tx.create(CustomerDraft::organization("Globex")))
        .map(drop)
}

/// A watch, and what breaks it.
fn switch() -> (Watch, Arc<AtomicBool>) {
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let watch = Watch::new(move || match stopped.load(Ordering::SeqCst) {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    });
    (watch, stop)
}
