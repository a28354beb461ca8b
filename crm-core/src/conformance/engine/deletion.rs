use super::company::{Company, contents};
use crate::conformance::Factory;
use crate::customers::{AffiliationDraft, CustomerChange, CustomerDraft, UserDraft};
use crate::engine::{CrmError, Result, Use};
use crate::sales::{NewStage, OpportunityDraft, Pipeline, PipelineDraft};

/// A record comes back with what went along with it, and with nothing else that its batch deleted.
///
/// # Errors
/// Of the store; a broken promise panics.
pub fn restoring(factory: Factory<'_>) -> Result<()> {
    what_went_along_comes_back(&Company::on(factory)?)?;
    references_that_were_emptied_are_filled(&Company::on(factory)?)?;
    what_only_shared_the_batch_stays_deleted(&Company::on(factory)?)?;
    what_is_not_deleted_is_not_restored(&Company::on(factory)?)
}

/// A record that others need is not deleted, and the refusal counts them.
///
/// # Errors
/// Of the store; a broken promise panics.
pub fn deletion_in_use(factory: Factory<'_>) -> Result<()> {
    let company = Company::on(factory)?;
    let parent_id = Some(company.organization.id);
    for name in ["One", "Two"] {
        company.write(|tx| {
            tx.create(CustomerDraft {
                parent_id,
                ..CustomerDraft::organization(name)
            })
        })?;
    }
    let before = contents(&company.crm)?;
    match company.write(|tx| tx.delete(company.organization.id)) {
        Err(error @ CrmError::InUse { .. }) => {
            let CrmError::InUse { entity, id, by, .. } = &error else {
                return Err(error);
            };
            assert_eq!((*entity, *id), ("customer", company.organization.id.0));
            let expected = Use {
                entity: "customer",
                count: 2,
            };
            assert_eq!(*by, [expected]);
            assert!(error.to_string().contains("2 customer record(s)"), "{error}");
        }
        other => panic!("the deletion was not refused, but {other:?}"),
    }
    assert_eq!(contents(&company.crm)?, before, "a refused deletion changes nothing");
    what_needs_several_of_those_that_go_counts_once(&company)
}

/// An opportunity needs its pipeline, and the stage that would go along.
fn what_needs_several_of_those_that_go_counts_once(company: &Company) -> Result<()> {
    let (pipeline, _) = company.write(|tx| {
        let stages = vec![NewStage::open("New", 10), NewStage::won("Won"), NewStage::lost("Lost")];
        let pipeline = Pipeline::create(tx, PipelineDraft::new("Direct"), stages)?;
        tx.create(OpportunityDraft::new("Steel"))?;
        Ok(pipeline)
    })?;
    match company.write(|tx| tx.delete(pipeline.id)) {
        Err(CrmError::InUse { by, .. }) => {
            let of_opportunities = by.iter().find(|used| used.entity == "opportunity");
            assert_eq!(of_opportunities.map(|used| used.count), Some(1));
        }
        other => panic!("the deletion was not refused, but {other:?}"),
    }
    Ok(())
}

fn what_went_along_comes_back(company: &Company) -> Result<()> {
    let before = contents(&company.crm)?;
    company.write(|tx| tx.delete(company.person.id))?;
    company.crm.read(|reader| {
        assert_eq!(reader.try_get(company.person.id)?, None);
        assert_eq!(reader.try_get(company.affiliation.id)?, None, "it goes along");
        assert!(reader.get_with_deleted(company.affiliation.id)?.is_some());
        Ok(())
    })?;
    company.write(|tx| tx.restore(company.person.id))?;
    assert_eq!(contents(&company.crm)?, before);
    Ok(())
}

fn references_that_were_emptied_are_filled(company: &Company) -> Result<()> {
    let before = contents(&company.crm)?;
    company.write(|tx| tx.delete(company.user.id))?;
    let orphan = company.crm.read(|reader| reader.get(company.organization.id))?;
    assert_eq!(orphan.owner_id, None);
    company.write(|tx| tx.restore(company.user.id))?;
    assert_eq!(contents(&company.crm)?, before);
    // One that was given to somebody else meanwhile stays with them.
    company.write(|tx| tx.delete(company.user.id))?;
    let (eva, _) = company.write(|tx| tx.create(UserDraft::new("Eva")))?;
    let given = CustomerChange::OwnerId(Some(eva.id));
    company.write(|tx| tx.update(company.organization.id, [given.clone()], None))?;
    company.write(|tx| tx.restore(company.user.id))?;
    let owned = company.crm.read(|reader| reader.get(company.organization.id))?;
    assert_eq!(owned.owner_id, Some(eva.id));
    Ok(())
}

fn what_only_shared_the_batch_stays_deleted(company: &Company) -> Result<()> {
    let (other, _) = company.write(|tx| {
        let other = tx.create(CustomerDraft::person("Eva"))?;
        tx.create(AffiliationDraft::new(other.id, company.organization.id))?;
        Ok(other)
    })?;
    company.write(|tx| tx.delete(other.id).and_then(|()| tx.delete(company.person.id)))?;
    company.write(|tx| tx.restore(company.person.id))?;
    company.crm.read(|reader| {
        assert!(reader.try_get(company.affiliation.id)?.is_some());
        assert_eq!(reader.try_get(other.id)?, None);
        Ok(())
    })
}

fn what_is_not_deleted_is_not_restored(company: &Company) -> Result<()> {
    let refusal = company.write(|tx| tx.restore(company.team.id)).map(drop);
    assert_eq!(refusal.map_err(|error| error.code()), Err("not_found"));
    Ok(())
}
