use std::ops::ControlFlow;
use std::sync::Arc;

use crate::Crm;
use crate::conformance::Factory;
use crate::conformance::sample::{instant, query, shown_rows};
use crate::customers::{Affiliation, AffiliationDraft, Customer, CustomerDraft, Team, TeamDraft, User, UserDraft};
use crate::engine::{
    Access, BatchId, Deleted, Environment, Ids, LogQuery, ManualClock, Query, Result, Store, Tx, Value, managed,
};
use crate::values::Tz;

/// A small company in a CRM whose clock stands until it is moved.
pub(super) struct Company {
    pub(super) crm: Crm,
    pub(super) clock: Arc<ManualClock>,
    pub(super) team: Team,
    pub(super) user: User,
    pub(super) organization: Customer,
    pub(super) person: Customer,
    pub(super) affiliation: Affiliation,
}

impl Company {
    /// A team with a user who owns an organization, for which a person works.
    pub(super) fn on(factory: Factory<'_>) -> Result<Self> {
        Self::in_store(factory()?)
    }

    pub(super) fn in_store(store: Box<dyn Store>) -> Result<Self> {
        let (crm, clock) = crm_on(store);
        crm.clone().write(|tx| {
            let team = tx.create(TeamDraft::new("North"))?;
            let user = tx.create(UserDraft {
                team_id: Some(team.id),
                ..UserDraft::new("Li")
            })?;
            let organization = tx.create(CustomerDraft {
                owner_id: Some(user.id),
                country: Some("DE".into()),
                ..CustomerDraft::organization("Acme")
            })?;
            let person = tx.create(CustomerDraft::person("李明"))?;
            let affiliation = tx.create(AffiliationDraft::new(person.id, organization.id))?;
            Ok(Self {
                crm: crm.clone(),
                clock: Arc::clone(&clock),
                team,
                user,
                organization,
                person,
                affiliation,
            })
        })
    }

    /// Writes a millisecond later, and returns the batch as well.
    pub(super) fn write<T>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<(T, BatchId)> {
        self.clock.advance(1);
        self.crm.write(|tx| Ok((work(tx)?, tx.batch())))
    }
}

/// A CRM whose clock stands, and whose ids are the same each time.
pub(super) fn crm_on(store: Box<dyn Store>) -> (Crm, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(instant("2026-03-01T12:00:00Z")));
    let environment = Environment {
        clock: clock.clone(),
        ids: Ids::seeded(7),
        zone: Tz::UTC,
        ..Environment::default()
    };
    (Crm::new(store, environment).with_actor("li.wei"), clock)
}

/// All records of all tables, deleted ones as well.
fn records(store: &dyn Store) -> Result<Vec<(&'static str, Vec<Value>)>> {
    let schema = store.capabilities().schema;
    let mut txn = store.begin(Access::Read, None)?;
    let mut all = Vec::new();
    for entity in schema.entities() {
        let rows = query(&mut *txn, schema, &Query::of_entity(entity).deleted(Deleted::Shown))?;
        all.extend(rows.into_iter().map(|row| (entity.table, row)));
    }
    Ok(all)
}

/// All that the records say, without the revisions and times that every write moves on.
pub(super) fn contents(crm: &Crm) -> Result<Vec<String>> {
    let mut rows = Vec::new();
    for (table, mut row) in records(crm.engine().store())? {
        for moved_on in [managed::REVISION, managed::CREATED_AT, managed::UPDATED_AT] {
            row[moved_on] = Value::Null;
        }
        rows.push(format!("{table} {}", shown_rows(&[row]).concat()));
    }
    Ok(rows)
}

/// Everything that is in the store, records and change log, to the last field.
pub(super) fn everything(crm: &Crm) -> Result<Vec<String>> {
    let store = crm.engine().store();
    let mut lines: Vec<String> = records(store)?
        .into_iter()
        .map(|(table, row)| format!("{table} {}", shown_rows(&[row]).concat()))
        .collect();
    store
        .begin(Access::Read, None)?
        .read_log(&LogQuery::default(), &mut |commit, change| {
            let fields = serde_json::to_string(&change.fields).unwrap_or_default();
            lines.push(format!("{commit:?} {change:?} {fields}"));
            Ok(ControlFlow::Continue(()))
        })?;
    Ok(lines)
}
