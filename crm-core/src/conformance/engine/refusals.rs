use uuid::Uuid;

use super::company::{Company, everything};
use crate::conformance::Factory;
use crate::customers::{Customer, CustomerChange, CustomerDraft, Team, TeamDraft, UserDraft};
use crate::engine::{
    Aggregate, Assignment, Conditions, CrmError, Entity, LONGEST_TEXT, Measure, PathConditions, Query, Result, Value,
};
use crate::ids::{TeamId, UserId};

/// What is refused says what, where and what to do, and writes nothing; ids that the caller gives are kept.
///
/// # Errors
/// Of the store; a broken promise panics.
pub fn refusals(factory: Factory<'_>) -> Result<()> {
    let company = Company::on(factory)?;
    given_ids_are_kept(&company)?;
    let before = everything(&company.crm)?;
    for (case, refusal, code, field) in refused_writes(&company) {
        is_refused(case, refusal, code, field);
        assert_eq!(everything(&company.crm)?, before, "{case}: a refusal wrote something");
    }
    for (case, refusal, field) in refused_reads(&company) {
        is_refused(case, refusal, "invalid", Some(field));
    }
    a_conflict_carries_the_current_revision(&company)
}

fn is_refused(case: &str, refusal: Result<()>, code: &str, field: Option<&str>) {
    let Err(error) = refusal else {
        panic!("{case} is not refused");
    };
    assert_eq!((error.code(), error.field()), (code, field), "{case}: {error}");
    assert!(!error.hint().is_empty(), "{case} has no hint");
    assert!(
        error.to_string().ends_with(&format!("{}.", error.hint())),
        "{case}: {error}"
    );
}

type RefusedWrite = (&'static str, Result<()>, &'static str, Option<&'static str>);

fn refused_writes(company: &Company) -> Vec<RefusedWrite> {
    let create = |draft: CustomerDraft| company.crm.write(|tx| tx.create(draft.clone())).map(drop);
    let update = |change: CustomerChange| {
        let id = company.organization.id;
        company.crm.write(|tx| tx.update(id, [change.clone()], None)).map(drop)
    };
    let by_values = |values: Vec<Assignment>| {
        company
            .crm
            .write(|tx| tx.create_from_values(Customer::DEF, None, values.clone()))
            .map(drop)
    };
    let assignment = |field: crate::engine::Field, value: Value| Assignment {
        field: field.index,
        value,
    };
    let name = || assignment(Customer::NAME, "Acme".into());
    let kind = || assignment(Customer::KIND, "person".into());
    vec![
        (
            "a name that is too long",
            create(CustomerDraft::person("x".repeat(LONGEST_TEXT + 1))),
            "invalid",
            Some("name"),
        ),
        (
            "a name of spaces",
            create(CustomerDraft::person(" ")),
            "invalid",
            Some("name"),
        ),
        (
            "an update to no name",
            update(CustomerChange::Name(String::new())),
            "invalid",
            Some("name"),
        ),
        (
            "an owner that is not there",
            update(CustomerChange::OwnerId(Some(UserId(Uuid::max())))),
            "invalid",
            Some("owner_id"),
        ),
        (
            "a value of the wrong kind",
            by_values(vec![name(), kind(), assignment(Customer::EMPLOYEES, "many".into())]),
            "invalid",
            Some("employees"),
        ),
        (
            "a choice that is none",
            by_values(vec![name(), assignment(Customer::KIND, "robot".into())]),
            "invalid",
            Some("kind"),
        ),
        ("a missing name", by_values(vec![kind()]), "invalid", Some("name")),
        (
            "a field that the engine keeps",
            by_values(vec![name(), kind(), assignment(Customer::REVISION, 7_i64.into())]),
            "invalid",
            Some("revision"),
        ),
        (
            "an id that is taken",
            company
                .crm
                .write(|tx| {
                    tx.create(TeamDraft {
                        id: Some(company.team.id),
                        ..TeamDraft::new("South")
                    })
                })
                .map(drop),
            "duplicate",
            Some("id"),
        ),
        (
            "a record that is not there",
            company.crm.write(|tx| tx.delete(TeamId(Uuid::max()))),
            "not_found",
            None,
        ),
        (
            "a write within a write",
            company.crm.write(|_| company.crm.write(|_| Ok(()))),
            "refused",
            None,
        ),
        (
            "work that fails after it wrote",
            company.crm.write(|tx| {
                tx.create(UserDraft::new("Eva"))?;
                tx.delete(TeamId(Uuid::max()))
            }),
            "not_found",
            None,
        ),
    ]
}

fn refused_reads(company: &Company) -> Vec<(&'static str, Result<()>, &'static str)> {
    let find = |query: Query| company.crm.read(|reader| reader.find::<Customer>(&query)).map(drop);
    let all = Query::of::<Customer>;
    let sum = Aggregate::of::<Customer>().measure(Measure::sum(Customer::NAME));
    vec![
        (
            "a number compared with text",
            find(all().filter(Customer::EMPLOYEES.is("many"))),
            "employees",
        ),
        (
            "a beginning of a number",
            find(all().filter(Customer::EMPLOYEES.starts_with("1"))),
            "employees",
        ),
        (
            "a choice that is none",
            find(all().filter(Customer::KIND.is("robot"))),
            "kind",
        ),
        (
            "a path from elsewhere",
            find(all().filter(Team::NAME.is("North"))),
            "name",
        ),
        (
            "a path along no reference",
            find(all().order_by(Customer::NAME.to(Team::NAME))),
            "name",
        ),
        ("a query about another kind", find(Query::of::<Team>()), "query"),
        (
            "a sum of names",
            company.crm.read(|reader| reader.aggregate(&sum)).map(drop),
            "measure",
        ),
    ]
}

fn given_ids_are_kept(company: &Company) -> Result<()> {
    let id = TeamId(Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001));
    let draft = || TeamDraft {
        id: Some(id),
        ..TeamDraft::new("South")
    };
    let (team, _) = company.write(|tx| tx.create(draft()))?;
    assert_eq!(team.id, id);
    assert_eq!(company.crm.read(|reader| reader.get(id))?, team);
    Ok(())
}

fn a_conflict_carries_the_current_revision(company: &Company) -> Result<()> {
    let id = company.organization.id;
    let change = |country: &str| [CustomerChange::Country(Some(country.into()))];
    let (changed, _) = company.write(|tx| tx.update(id, change("CN"), Some(1)))?;
    assert_eq!(changed.revision, 2);
    let (unchanged, _) = company.write(|tx| tx.update(id, change("CN"), Some(2)))?;
    assert_eq!(unchanged.revision, 2, "the same value again is no change");
    let stale = company.write(|tx| tx.update(id, change("FR"), Some(1))).map(drop);
    let expected = CrmError::Conflict {
        entity: "customer",
        id: id.0,
        expected: 1,
        current_revision: 2,
    };
    assert_eq!(stale, Err(expected));
    Ok(())
}
