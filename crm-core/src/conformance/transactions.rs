use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::Factory;
use super::sample::{Sample, get, id, meant, write};
use crate::customers::Team;
use crate::engine::{Access, CrmError, Entity, Filter, Result, Store, Txn};

/// Transactions: dropped is rolled back, committed is visible, a reader sees one state, and writers take turns.
///
/// # Errors
/// Of the store; a broken rule panics.
pub fn isolation(factory: Factory<'_>) -> Result<()> {
    dropped_is_rolled_back(&*factory()?)?;
    a_reader_sees_one_state(&*factory()?)?;
    a_reader_cannot_write(&*factory()?)?;
    writers_take_turns(&*factory()?)
}

/// A writer that waits for another longer than the deadline is told [`CrmError::Busy`], and a reader never waits. The
/// store's deadline must be short.
///
/// # Errors
/// Of the store; a broken rule panics.
pub fn busy_writers(factory: Factory<'_>) -> Result<()> {
    let store = factory()?;
    let writer = store.begin(Access::Write, None)?;
    drop(store.begin(Access::Read, None)?);
    let second = thread::scope(|scope| scope.spawn(|| store.begin(Access::Write, None).map(drop)).join());
    match second {
        Ok(Err(CrmError::Busy { waited })) => {
            assert!(
                waited >= Duration::from_millis(50),
                "it waited for its turn, not {waited:?}"
            );
        }
        other => panic!("a second writer was not told that the store is busy, but {other:?}"),
    }
    drop(writer);
    write(&*store, &[Sample::of::<Team>(1)])
}

fn there(txn: &mut dyn Txn, number: u32) -> Result<bool> {
    Ok(get(txn, Team::DEF, id(number))?.is_some())
}

fn dropped_is_rolled_back(store: &dyn Store) -> Result<()> {
    let mut txn = store.begin(Access::Write, None)?;
    txn.insert(Team::DEF, &Sample::of::<Team>(1).values)?;
    assert!(there(&mut *txn, 1)?, "a writer sees its own writes");
    drop(txn);
    assert!(!there(&mut *store.begin(Access::Read, None)?, 1)?);
    let mut txn = store.begin(Access::Write, None)?;
    assert!(!there(&mut *txn, 1)?);
    txn.insert(Team::DEF, &Sample::of::<Team>(1).values)?;
    txn.commit()?;
    assert!(there(&mut *store.begin(Access::Read, None)?, 1)?);
    Ok(())
}

fn a_reader_sees_one_state(store: &dyn Store) -> Result<()> {
    write(store, &[Sample::of::<Team>(1)])?;
    let mut reader = store.begin(Access::Read, None)?;
    assert!(there(&mut *reader, 1)?);
    let mut writer = store.begin(Access::Write, None)?;
    writer.insert(Team::DEF, &Sample::of::<Team>(2).values)?;
    assert!(
        !there(&mut *store.begin(Access::Read, None)?, 2)?,
        "nobody sees what is not committed"
    );
    assert!(!there(&mut *reader, 2)?);
    writer.commit()?;
    assert!(!there(&mut *reader, 2)?, "what a reader sees does not change under it");
    drop(reader);
    assert!(there(&mut *store.begin(Access::Read, None)?, 2)?);
    Ok(())
}

fn a_reader_cannot_write(store: &dyn Store) -> Result<()> {
    let mut txn = store.begin(Access::Read, None)?;
    let refused = txn.insert(Team::DEF, &Sample::of::<Team>(1).values);
    assert_eq!(refused.map_err(|error| error.code()), Err("storage"));
    drop(txn);
    assert_eq!(meant(store, Team::DEF, Filter::everything())?, [0_u128; 0]);
    Ok(())
}

/// The second writer gets the lock when the first is done, and sees what the first wrote.
fn writers_take_turns(store: &dyn Store) -> Result<()> {
    let (begun, has_begun) = mpsc::channel();
    let mut first = store.begin(Access::Write, None)?;
    first.insert(Team::DEF, &Sample::of::<Team>(1).values)?;
    let second = thread::scope(|scope| {
        let second = scope.spawn(move || -> Result<bool> {
            let mut second = store.begin(Access::Write, None)?;
            let _ = begun.send(());
            let seen = there(&mut *second, 1)?;
            second.insert(Team::DEF, &Sample::of::<Team>(2).values)?;
            second.commit()?;
            Ok(seen)
        });
        let waits = has_begun.recv_timeout(Duration::from_millis(100)).is_err();
        assert!(waits, "two writers were at work at once");
        let committed = first.commit();
        committed.and(second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    assert!(second, "the second writer begins where the first ended");
    assert_eq!(meant(store, Team::DEF, Filter::everything())?, [1, 2]);
    Ok(())
}
