use super::company::{Company, contents, everything};
use crate::conformance::Factory;
use crate::customers::{CustomerChange, CustomerDraft, TeamDraft, UserChange, UserDraft};
use crate::engine::{BatchId, CrmError, Result, Tx};

/// Undo puts back all that a batch did, and an undo can be undone; what others changed meanwhile stays.
///
/// # Errors
/// Of the store; a broken promise panics.
pub fn undo(factory: Factory<'_>) -> Result<()> {
    a_batch_and_its_undo_are_undone(&Company::on(factory)?)?;
    several_changes_of_one_record_are_undone(&Company::on(factory)?)?;
    other_fields_stay(&Company::on(factory)?)
}

/// Undo is refused, and changes nothing, where a record was changed since, or would refer to what is not there.
///
/// # Errors
/// Of the store; a broken promise panics.
pub fn undo_refusals(factory: Factory<'_>) -> Result<()> {
    type Work = fn(&Company, &mut Tx<'_>) -> Result<()>;
    // What is done, and what is done since that stands in the way of undoing it.
    let cases: [(Work, Work, &str); 6] = [
        (
            |company, tx| rename(company, tx, "Acme AG"),
            |company, tx| rename(company, tx, "Acme SE"),
            "name changed since",
        ),
        (
            |company, tx| rename(company, tx, "Acme AG"),
            |company, tx| {
                tx.delete(company.affiliation.id)
                    .and_then(|()| tx.delete(company.organization.id))
            },
            "",
        ),
        (
            |company, tx| own(company, tx, "Eva"),
            |company, tx| tx.delete(company.user.id),
            "would refer to",
        ),
        (
            |company, tx| tx.delete(company.affiliation.id),
            |company, tx| tx.delete(company.person.id),
            "would refer to",
        ),
        (
            |company, tx| {
                tx.delete(company.team.id)
                    .and_then(|()| tx.restore(company.team.id).map(drop))
            },
            |_, _| Ok(()),
            "",
        ),
        (
            |company, tx| join_a_new_team(company, tx),
            |company, tx| join_the_team_of(company, tx),
            "refers to",
        ),
    ];
    for (number, (work, since, reason)) in cases.into_iter().enumerate() {
        let company = Company::on(factory)?;
        let ((), batch) = company.write(|tx| work(&company, tx))?;
        company.write(|tx| since(&company, tx))?;
        if reason.is_empty() {
            company.crm.undo(batch)?;
        } else {
            is_refused(&company, batch, reason, number)?;
        }
    }
    a_restored_record_that_is_referred_to_stays(&Company::on(factory)?)?;
    an_unknown_batch_is_refused(&Company::on(factory)?)
}

fn rename(company: &Company, tx: &mut Tx<'_>, name: &str) -> Result<()> {
    let change = CustomerChange::Name(name.into());
    tx.update(company.organization.id, [change], None).map(drop)
}

fn own(company: &Company, tx: &mut Tx<'_>, name: &str) -> Result<()> {
    let owner = tx.create(UserDraft::new(name))?;
    let change = CustomerChange::OwnerId(Some(owner.id));
    tx.update(company.organization.id, [change], None).map(drop)
}

fn join_a_new_team(company: &Company, tx: &mut Tx<'_>) -> Result<()> {
    let team = tx.create(TeamDraft::new("South"))?;
    tx.update(company.user.id, [UserChange::TeamId(Some(team.id))], None)
        .map(drop)
}

fn join_the_team_of(company: &Company, tx: &mut Tx<'_>) -> Result<()> {
    let team_id = tx.get(company.user.id)?.team_id;
    let draft = UserDraft {
        team_id,
        ..UserDraft::new("Eva")
    };
    tx.create(draft).map(drop)
}

fn is_refused(company: &Company, batch: BatchId, reason: &str, case: usize) -> Result<()> {
    let before = everything(&company.crm)?;
    match company.crm.undo(batch) {
        Err(error @ CrmError::Refused { rule, .. }) => {
            assert_eq!(rule, "undo.collision", "case {case}");
            assert!(error.to_string().contains(reason), "case {case}: {error}");
            assert!(!error.hint().is_empty());
        }
        other => panic!("case {case}: the undo was not refused, but {other:?}"),
    }
    assert_eq!(
        everything(&company.crm)?,
        before,
        "case {case}: a refusal wrote something"
    );
    Ok(())
}

fn a_batch_and_its_undo_are_undone(company: &Company) -> Result<()> {
    let before = contents(&company.crm)?;
    let ((), batch) = company.write(|tx| {
        let team = tx.create(TeamDraft::new("South"))?;
        tx.update(company.user.id, [UserChange::TeamId(Some(team.id))], None)?;
        tx.create(CustomerDraft {
            owner_id: Some(company.user.id),
            ..CustomerDraft::person("Eva")
        })?;
        // Takes the affiliation along.
        tx.delete(company.person.id)?;
        // Lets go of the organization and of the new customer.
        tx.delete(company.user.id)
    })?;
    let after = contents(&company.crm)?;
    assert_ne!(before, after);
    company.clock.advance(5);
    let undone = company.crm.undo(batch)?;
    assert_eq!(contents(&company.crm)?, before);
    company.clock.advance(5);
    company.crm.undo(undone)?;
    assert_eq!(contents(&company.crm)?, after);
    Ok(())
}

fn several_changes_of_one_record_are_undone(company: &Company) -> Result<()> {
    let before = contents(&company.crm)?;
    let ((), batch) = company.write(|tx| {
        rename(company, tx, "One")?;
        rename(company, tx, "Two")?;
        tx.delete(company.team.id)?;
        tx.restore(company.team.id)?;
        rename(company, tx, "Three")
    })?;
    company.crm.undo(batch)?;
    assert_eq!(contents(&company.crm)?, before);
    Ok(())
}

fn other_fields_stay(company: &Company) -> Result<()> {
    let ((), batch) = company.write(|tx| rename(company, tx, "Acme AG"))?;
    let country = CustomerChange::Country(Some("CN".into()));
    company.write(|tx| tx.update(company.organization.id, [country.clone()], None))?;
    company.crm.undo(batch)?;
    let now = company.crm.read(|reader| reader.get(company.organization.id))?;
    assert_eq!(
        (now.name.as_str(), now.country.as_deref(), now.revision),
        ("Acme", Some("CN"), 4)
    );
    Ok(())
}

fn a_restored_record_that_is_referred_to_stays(company: &Company) -> Result<()> {
    let team = company.write(|tx| tx.create(TeamDraft::new("South")))?.0;
    company.write(|tx| tx.delete(team.id))?;
    let (_, restored) = company.write(|tx| tx.restore(team.id))?;
    company.write(|tx| tx.update(company.user.id, [UserChange::TeamId(Some(team.id))], None))?;
    is_refused(company, restored, "refers to", 100)
}

fn an_unknown_batch_is_refused(company: &Company) -> Result<()> {
    let refusal = company.crm.undo(BatchId(company.team.id.0));
    assert!(
        matches!(
            refusal,
            Err(CrmError::Refused {
                rule: "undo.unknown_batch",
                ..
            })
        ),
        "{refusal:?}"
    );
    Ok(())
}
