use super::company::Company;
use crate::conformance::Factory;
use crate::conformance::programs::Random;
use crate::customers::{
    Affiliation, Customer, CustomerChange, CustomerDraft, Team, TeamChange, TeamDraft, User, UserDraft,
};
use crate::engine::{Cause, ChangeKind, Deleted, Entity, Query, Reader, Result, Tx, Value};
use crate::ids::{CustomerId, TeamId, UserId};
use crate::values::Timestamp;

/// The history of a record: every change with its fields before and after, who made it, when and why.
///
/// # Errors
/// Of the store; a broken promise panics.
pub fn history(factory: Factory<'_>) -> Result<()> {
    let company = Company::on(factory)?;
    let id = company.organization.id;
    company.clock.advance(1_000);
    let import = company
        .crm
        .clone()
        .with_actor("eva")
        .with_cause(Cause::Import)
        .with_note("call with Li");
    let changes = || {
        [
            CustomerChange::Country(None),
            CustomerChange::Industry(Some("steel".into())),
        ]
    };
    import.write(|tx| tx.update(id, changes(), None))?;
    company.write(|tx| tx.delete(company.affiliation.id).and_then(|()| tx.delete(id)))?;
    company.write(|tx| tx.restore(id))?;
    let history = company.crm.read(|reader| reader.history(id))?;
    let kinds: Vec<ChangeKind> = history.iter().map(|entry| entry.change.kind).collect();
    assert_eq!(
        kinds,
        [
            ChangeKind::Create,
            ChangeKind::Update,
            ChangeKind::Delete,
            ChangeKind::Restore
        ]
    );
    let update = &history[1];
    assert_eq!(
        (update.commit.actor.as_str(), update.commit.cause),
        ("eva", Cause::Import)
    );
    assert_eq!(update.commit.note.as_deref(), Some("call with Li"));
    assert_eq!(
        update.commit.stamp.time(),
        company.team.created_at.plus_milliseconds(1_000)
    );
    let fields: Vec<_> = update
        .change
        .fields
        .iter()
        .map(|change| (change.field.as_ref(), change.before.clone(), change.after.clone()))
        .collect();
    let expected = [
        ("country", "DE".into(), Value::Null),
        ("industry", Value::Null, "steel".into()),
    ];
    assert_eq!(fields, expected, "only what changed");
    let of_team = company.crm.read(|reader| reader.history(company.team.id))?;
    assert_eq!(of_team.len(), 1, "records have their own histories");
    tables_are_apart(&company)
}

/// Callers make ids, so records of two tables may have the same one.
fn tables_are_apart(company: &Company) -> Result<()> {
    let id = Some(UserId(company.team.id.0));
    let (user, _) = company.write(|tx| {
        tx.create(UserDraft {
            id,
            ..UserDraft::new("Eva")
        })
    })?;
    company.crm.read(|reader| {
        assert_eq!(reader.history(user.id)?.len(), 1);
        assert_eq!(reader.get_as_of(user.id, reader.now())?, Some(user.clone()));
        assert_eq!(
            reader.get_as_of(company.team.id, reader.now())?,
            Some(company.team.clone())
        );
        Ok(())
    })
}

/// The past: after random writes, each time reads as it was read then, to the last field; and an undo takes the
/// records back but not the past.
///
/// # Errors
/// Of the store; a past that has changed panics.
pub fn past(factory: Factory<'_>) -> Result<()> {
    for seed in 0..8 {
        let company = Company::on(factory)?;
        let before_all = company.team.created_at.plus_milliseconds(-1);
        let mut random = Random::seeded(seed);
        let mut seen: Vec<(Timestamp, Snapshot)> = Vec::new();
        for _ in 0..30 {
            company.clock.advance(random.below(3) as i64);
            write_and_undo_now_and_then(&company, &mut random)?;
            let (at, snapshot) = company.crm.read(|reader| Ok((reader.now(), Snapshot::of(reader)?)))?;
            // Of several states in one millisecond, the last one counts.
            seen.retain(|(earlier, _)| *earlier < at);
            seen.push((at, snapshot));
        }
        assert!(seen.len() > 10, "seed {seed}: the times differ");
        company.crm.read(|reader| {
            assert_eq!(Snapshot::of(&mut reader.as_of(before_all)?)?, Snapshot::default());
            for (at, snapshot) in &seen {
                assert_eq!(
                    Snapshot::of(&mut reader.as_of(*at)?)?,
                    *snapshot,
                    "seed {seed}, at {at}"
                );
            }
            for (at, snapshot) in seen.iter().step_by(5) {
                same_one_by_one(reader, *at, snapshot)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn write_and_undo_now_and_then(company: &Company, random: &mut Random) -> Result<()> {
    let written = company.crm.write(|tx| {
        random_writes(random, tx)?;
        Ok(tx.batch())
    });
    let undone = match written {
        Ok(batch) if random.once_in(4) => company.crm.undo(batch).map(drop),
        other => other.map(drop),
    };
    match undone {
        // What is deleted is not changed, what is not is not restored, and a batch without a change is not undone.
        Err(error) if !matches!(error.code(), "not_found" | "invalid" | "refused") => Err(error),
        _ => Ok(()),
    }
}

/// All records of some kinds, as they are read.
#[derive(Debug, Default, PartialEq)]
struct Snapshot {
    teams: Vec<Team>,
    users: Vec<User>,
    customers: Vec<Customer>,
    affiliations: Vec<Affiliation>,
}

impl Snapshot {
    fn of(reader: &mut Reader<'_>) -> Result<Self> {
        Ok(Self {
            teams: all(reader)?,
            users: all(reader)?,
            customers: all(reader)?,
            affiliations: all(reader)?,
        })
    }
}

fn all<E: Entity>(reader: &mut Reader<'_>) -> Result<Vec<E>> {
    reader.find(&Query::of::<E>().deleted(Deleted::Shown))
}

fn same_one_by_one(reader: &mut Reader<'_>, at: Timestamp, snapshot: &Snapshot) -> Result<()> {
    for customer in &snapshot.customers {
        let alive = Some(customer).filter(|customer| customer.deleted_at.is_none());
        assert_eq!(reader.get_as_of(customer.id, at)?.as_ref(), alive, "at {at}");
    }
    for team in &snapshot.teams {
        let alive = Some(team).filter(|team| team.deleted_at.is_none());
        assert_eq!(reader.get_as_of(team.id, at)?.as_ref(), alive, "at {at}");
    }
    Ok(())
}

/// Up to three writes.
fn random_writes(random: &mut Random, tx: &mut Tx<'_>) -> Result<()> {
    for _ in 0..1 + random.below(3) {
        let customers: Vec<CustomerId> = all::<Customer>(tx)?.iter().map(|customer| customer.id).collect();
        let teams: Vec<TeamId> = all::<Team>(tx)?.iter().map(|team| team.id).collect();
        let (customer, team) = (random.pick(&customers), random.pick(&teams));
        let name = random.pick(&["Acme", "李明", "Bolt"]);
        match random.below(7) {
            0 => tx.create(CustomerDraft::organization(name)).map(drop),
            1 => tx.create(TeamDraft::new(name)).map(drop),
            2 => tx
                .update(customer, [CustomerChange::Country(Some(name.into()))], None)
                .map(drop),
            3 => tx.update(team, [TeamChange::Name(name.into())], None).map(drop),
            4 => tx.delete(customer),
            5 => tx.delete(team),
            _ => tx.restore(customer).map(drop),
        }?;
    }
    Ok(())
}
