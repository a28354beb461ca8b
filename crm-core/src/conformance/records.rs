use super::Factory;
use super::sample::{Sample, get, id, write};
use crate::customers::{Team, User};
use crate::engine::{Access, Assignment, CrmError, Entity, Result, RowKey, Store, Value};

/// Single records: what is inserted is there, what is updated has changed, what is deleted is gone, and a write that
/// expects another revision does nothing.
///
/// # Errors
/// Of the store; a broken rule panics.
pub fn records(factory: Factory<'_>) -> Result<()> {
    let store = factory()?;
    insert_and_get(&*store)?;
    duplicate_id(&*store)?;
    update(&*store)?;
    delete(&*store)
}

fn key(number: u32, revision: Option<i64>) -> RowKey {
    RowKey {
        entity: Team::DEF,
        id: id(number),
        revision,
    }
}

fn name(text: &str) -> Assignment {
    Assignment {
        field: Team::NAME.index,
        value: text.into(),
    }
}

fn insert_and_get(store: &dyn Store) -> Result<()> {
    let team = Sample::of::<Team>(1).with(Team::NAME, "North");
    let mut txn = store.begin(Access::Write, None)?;
    assert_eq!(get(&mut *txn, Team::DEF, id(1))?, None, "nothing is there before");
    txn.insert(Team::DEF, &team.values)?;
    assert_eq!(get(&mut *txn, Team::DEF, id(1))?.as_ref(), Some(&team.values));
    assert_eq!(get(&mut *txn, User::DEF, id(1))?, None, "tables are apart");
    txn.commit()?;
    let mut txn = store.begin(Access::Read, None)?;
    assert_eq!(get(&mut *txn, Team::DEF, id(1))?, Some(team.values));
    assert_eq!(get(&mut *txn, Team::DEF, id(2))?, None);
    Ok(())
}

fn duplicate_id(store: &dyn Store) -> Result<()> {
    let mut txn = store.begin(Access::Write, None)?;
    let again = Sample::of::<Team>(1).with(Team::NAME, "South");
    let refused = txn.insert(Team::DEF, &again.values);
    let expected = CrmError::Duplicate {
        entity: "team",
        field: "id".into(),
        matches: vec![id(1)],
    };
    assert_eq!(refused, Err(expected));
    // A refused row leaves the transaction usable: an import goes on with the next one.
    txn.insert(User::DEF, &Sample::of::<User>(1).values)?;
    txn.commit()?;
    let mut txn = store.begin(Access::Read, None)?;
    let first = get(&mut *txn, Team::DEF, id(1))?.map(|row| row[Team::NAME.index].clone());
    assert_eq!(first, Some(Value::from("North")));
    assert!(get(&mut *txn, User::DEF, id(1))?.is_some());
    Ok(())
}

fn update(store: &dyn Store) -> Result<()> {
    let mut txn = store.begin(Access::Write, None)?;
    assert_eq!(txn.update(&key(1, Some(2)), &[name("Wrong")])?, 0, "another revision");
    assert_eq!(txn.update(&key(9, None), &[name("Wrong")])?, 0, "no such record");
    let next_revision = Assignment {
        field: Team::REVISION.index,
        value: Value::Integer(2),
    };
    assert_eq!(txn.update(&key(1, Some(1)), &[name("East"), next_revision])?, 1);
    assert_eq!(
        txn.update(&key(1, Some(1)), &[name("Wrong")])?,
        0,
        "the revision has moved on"
    );
    assert_eq!(txn.update(&key(1, None), &[name("West")])?, 1, "any revision");
    txn.commit()?;
    let expected = Sample::of::<Team>(1)
        .with(Team::NAME, "West")
        .with(Team::REVISION, 2_i64);
    let found = get(&mut *store.begin(Access::Read, None)?, Team::DEF, id(1))?;
    assert_eq!(found, Some(expected.values), "what was not set stays");
    Ok(())
}

fn delete(store: &dyn Store) -> Result<()> {
    write(store, &[Sample::of::<Team>(2)])?;
    let mut txn = store.begin(Access::Write, None)?;
    assert_eq!(txn.delete(&key(1, Some(1)))?, 0, "another revision");
    assert_eq!(txn.delete(&key(1, Some(2)))?, 1);
    assert_eq!(txn.delete(&key(1, None))?, 0, "it is gone");
    assert_eq!(get(&mut *txn, Team::DEF, id(1))?, None);
    txn.insert(Team::DEF, &Sample::of::<Team>(1).values)?;
    txn.commit()?;
    let mut txn = store.begin(Access::Read, None)?;
    assert!(get(&mut *txn, Team::DEF, id(1))?.is_some(), "its id is free again");
    assert!(get(&mut *txn, Team::DEF, id(2))?.is_some(), "others stay");
    Ok(())
}
