use super::company::{Company, contents, everything};
use crate::conformance::{Factory, FaultyStore};
use crate::customers::{CustomerChange, CustomerDraft, TeamDraft};
use crate::engine::{Result, Tx};

/// Whichever call to the store fails, nothing half-done shows: all records and the change log are as before, and the
/// same work goes through once the store is well again.
///
/// # Errors
/// Of the store; what shows half-done panics.
pub fn faults(factory: Factory<'_>) -> Result<()> {
    let (store, fault) = FaultyStore::new(factory()?);
    let company = Company::in_store(Box::new(store))?;
    let before = contents(&company.crm)?;
    let batch = until_it_succeeds(&company, &fault, || {
        company.crm.write(|tx| {
            everything_at_once(&company, tx)?;
            Ok(tx.batch())
        })
    })?;
    let after = contents(&company.crm)?;
    assert_ne!(before, after);
    let undone = until_it_succeeds(&company, &fault, || company.crm.undo(batch))?;
    assert_eq!(contents(&company.crm)?, before);
    until_it_succeeds(&company, &fault, || company.crm.undo(undone))?;
    assert_eq!(contents(&company.crm)?, after);
    Ok(())
}

/// Lets the first call fail, then the second, and so on, until the work needs fewer calls than that.
fn until_it_succeeds<T>(
    company: &Company,
    fault: &crate::conformance::Fault,
    work: impl Fn() -> Result<T>,
) -> Result<T> {
    let before = everything(&company.crm)?;
    for call in 1.. {
        fault.fail_at(call);
        let done = work();
        fault.fail_at(0);
        match done {
            Ok(done) => {
                assert!(call > 10, "the work calls the store often enough to mean something");
                return Ok(done);
            }
            Err(error) => assert_eq!(error.code(), "storage", "call {call}: {error}"),
        }
        assert_eq!(
            everything(&company.crm)?,
            before,
            "call {call} failed, and something of the work shows"
        );
    }
    work()
}

/// Creates, updates, deletes with what goes along and with references that are emptied, and restores.
pub(super) fn everything_at_once(company: &Company, tx: &mut Tx<'_>) -> Result<()> {
    let team = tx.create(TeamDraft::new("South"))?;
    tx.create(CustomerDraft {
        parent_id: Some(company.organization.id),
        owner_id: Some(company.user.id),
        ..CustomerDraft::organization("Acme France")
    })?;
    tx.update(
        company.organization.id,
        [CustomerChange::Country(Some("FR".into()))],
        Some(1),
    )?;
    tx.delete(company.person.id)?;
    tx.delete(company.user.id)?;
    tx.delete(team.id)?;
    tx.restore(team.id).map(drop)
}
