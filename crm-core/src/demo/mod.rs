//! A company to look at: customers in two languages and a year of selling to them, made up from a seed.
//!
//! Nothing is read from files or the network. Companies and people are invented, mail addresses are of `.example`
//! (RFC 2606), and telephone numbers are of ranges kept free for fiction where a country has such.

mod calendar;
mod campaigns;
mod catalog;
mod custom_fields;
mod data;
mod deals;
mod duplicates;
mod interactions;
mod organizations;
mod people;
mod rates;
mod staff;
mod tags;
mod tasks;
mod telephone;

use crate::engine::{BatchId, CrmError, Deleted, Ids, LogQuery, Query, Random, Reader, Result, Session, Tx};
use crate::ids::CustomerId;

use calendar::Calendar;
use campaigns::Ran;
use catalog::Catalog;
use organizations::Organization;
use people::Person;
use telephone::Telephones;

/// How the note in the change log begins.
const NOTE: &str = "demo company ";

/// What [`Crm::load_demo`](crate::Crm::load_demo) has created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// The batch, by which all of it can be undone.
    pub batch: BatchId,
    /// How many organizations there are.
    pub organizations: usize,
    /// How many people there are, those that were typed twice counted twice.
    pub people: usize,
    /// How many opportunities there are.
    pub opportunities: usize,
    /// How many interactions there are.
    pub interactions: usize,
    /// How many tasks there are.
    pub tasks: usize,
    /// People that were typed twice, by mistake: the first record and the second.
    pub duplicates: Vec<(CustomerId, CustomerId)>,
}

impl Demo {
    /// Whether everything there is was written when a demo company was made up; so of a CRM without records.
    ///
    /// # Errors
    /// Of the storage.
    pub fn is_alone(reader: &mut Reader<'_>) -> Result<bool> {
        let first = reader.changes(0, 1)?;
        let last = reader.log(&LogQuery {
            newest_first: true,
            limit: Some(1),
            ..LogQuery::default()
        })?;
        let (Some(first), Some(last)) = (first.first(), last.first()) else {
            return Ok(true);
        };
        let note = first.commit.note.as_deref().unwrap_or_default();
        Ok(first.commit.batch == last.commit.batch && note.starts_with(NOTE))
    }
}

/// Creates the company of a seed in one transaction, with ids that follow from the seed as well.
pub(crate) fn load(session: &Session, seed: u64) -> Result<Demo> {
    let ids = Ids::seeded(seed);
    let session = session.clone().with_note(format!("{NOTE}{seed}"));
    session.write_with_ids(&ids, |tx| {
        refuse_unless_empty(tx)?;
        create(tx, Random::seeded(seed))
    })
}

/// Refuses a database that has any record, deleted or not.
fn refuse_unless_empty(tx: &mut Tx<'_>) -> Result<()> {
    for entity in tx.schema().entities() {
        let any = Query::of_entity(entity).deleted(Deleted::Shown).limit(1);
        if !tx.ids(&any)?.is_empty() {
            return Err(CrmError::refused(
                "demo.needs_empty_crm",
                format!("there are records in {} already", entity.table),
                "Open another file for the demo company; yours stays as it is",
            ));
        }
    }
    Ok(())
}

/// What everything that is about deals is taken from.
struct World {
    calendar: Calendar,
    catalog: Catalog,
    organizations: Vec<Organization>,
    people: Vec<Person>,
    campaigns: Vec<Ran>,
}

fn create(tx: &mut Tx<'_>, mut random: Random) -> Result<Demo> {
    let (random, telephones) = (&mut random, &mut Telephones::default());
    let calendar = Calendar::of(tx);
    let staff = staff::create(tx)?;
    let catalog = catalog::create(tx)?;
    custom_fields::create(tx)?;
    rates::create(tx, random, &calendar)?;
    let organizations = organizations::create(tx, random, &staff, &calendar, telephones)?;
    let people = people::create(tx, random, &organizations, &calendar, telephones)?;
    let campaigns = campaigns::create(tx, random, &people, &staff, &calendar)?;
    let world = World {
        calendar,
        catalog,
        organizations,
        people,
        campaigns,
    };
    let deals = deals::create(tx, random, &world)?;
    tags::create(tx, random, &world.organizations, &deals)?;
    let interactions = interactions::create(tx, random, &world, &deals)?;
    let tasks = tasks::create(tx, random, &world, &deals)?;
    let duplicates = duplicates::create(tx, random, &world)?;
    Ok(Demo {
        batch: tx.batch(),
        organizations: world.organizations.len(),
        people: world.people.len() + duplicates.len(),
        opportunities: deals.len(),
        interactions,
        tasks,
        duplicates,
    })
}
