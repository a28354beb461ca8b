//! Whatever happened with customers, what is known of them is the same on SQLite and in memory.

use std::sync::Arc;

use crmkit::activities::{
    Interaction, InteractionDraft, InteractionKind, InteractionParticipantDraft, Task, TaskDraft,
};
use crmkit::customers::{AffiliationDraft, Caller, ContactPoint, ContactPointChange, Customer, CustomerDraft, Tag};
use crmkit::engine::{Environment, Ids, ManualClock, MemoryStore, Query, Reader, Result, Store, Tx};
use crmkit::ids::{CustomerId, OpportunityId, TaskId};
use crmkit::insight::{Profile, Timeline, TimelineEntry, View360};
use crmkit::marketing::{Campaign, CampaignDraft};
use crmkit::sales::{Closing, NewStage, Opportunity, OpportunityDraft, Pipeline, PipelineDraft};
use crmkit::values::Timestamp;
use crmkit::{Crm, OpenOptions, SCHEMA, SqliteStore};
use proptest::prelude::*;

/// What happens some minutes after the step before: something of a kind, to one of the customers.
type Step = (i64, u8, usize);

struct Company {
    crm: Crm,
    clock: Arc<ManualClock>,
    customers: Vec<CustomerId>,
    deals: Vec<OpportunityId>,
    tasks: Vec<TaskId>,
}

/// All that is known of one customer.
#[derive(Debug, PartialEq)]
struct Known {
    view: View360,
    profile: Profile,
    timeline: Vec<TimelineEntry>,
    callers: Vec<Caller>,
    tagged: u64,
}

impl Company {
    fn on(store: Box<dyn Store>) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_milliseconds(1_772_442_000_000)));
        let environment = Environment {
            clock: clock.clone(),
            ids: Ids::seeded(7),
            ..Environment::default()
        };
        let crm = Crm::new(store, environment);
        let customers = crm.write(found).expect("a company");
        Self {
            crm,
            clock,
            customers,
            deals: Vec::new(),
            tasks: Vec::new(),
        }
    }

    /// Does what a step says; what is not allowed at the moment is refused, and changes nothing.
    fn does(&mut self, (minutes, kind, which): Step) {
        self.clock.advance(minutes * 60_000);
        let customer = self.customers[which % self.customers.len()];
        let deal = self.deals.get(which % self.deals.len().max(1)).copied();
        let task = self.tasks.get(which % self.tasks.len().max(1)).copied();
        let (mut new_deal, mut new_task) = (None, None);
        // What is refused is refused on both stores, which the answers show.
        let _ = self.crm.write(|tx| match (kind, deal, task) {
            (0, ..) => ContactPoint::add(tx, customer, &format!("+86 138 0013 80{:02}", which % 5)).map(|_| ()),
            (1, ..) => Tag::add(tx, customer, ["VIP", "Fair"][which % 2]).map(|_| ()),
            (2, Some(deal), _) => Interaction::log(
                tx,
                InteractionDraft::new(InteractionKind::Call),
                &[deal.into()],
                Vec::new(),
            )
            .map(|_| ()),
            (3, ..) => {
                let participant = InteractionParticipantDraft::customer(customer);
                Interaction::log(
                    tx,
                    InteractionDraft::new(InteractionKind::Email),
                    &[],
                    vec![participant],
                )
                .map(|_| ())
            }
            (4, ..) => {
                let draft = TaskDraft {
                    customer_id: Some(customer),
                    ..TaskDraft::new("Call")
                };
                new_task = Some(tx.create(draft)?.id);
                Ok(())
            }
            (5, _, Some(task)) => Task::complete(tx, task).map(|_| ()),
            (6, Some(deal), _) => Opportunity::win(tx, deal, Closing::default()).map(|_| ()),
            (7, ..) => match ContactPoint::of(tx, customer)?.last() {
                Some(last) => tx
                    .update(last.id, [ContactPointChange::IsPrimary(true)], None)
                    .map(|_| ()),
                None => Ok(()),
            },
            (8, ..) => match ContactPoint::of(tx, customer)?.first() {
                Some(first) => tx.delete(first.id),
                None => Ok(()),
            },
            _ => {
                let draft = OpportunityDraft {
                    customer_id: Some(customer),
                    amount: "10 EUR".parse().ok(),
                    ..OpportunityDraft::new("A deal")
                };
                new_deal = Some(tx.create(draft)?.id);
                Ok(())
            }
        });
        self.deals.extend(new_deal);
        self.tasks.extend(new_task);
    }

    fn known(&self) -> Vec<Known> {
        let known = |reader: &mut Reader<'_>| self.customers.iter().map(|id| known(reader, *id)).collect();
        self.crm.read(known).expect("answers")
    }
}

fn found(tx: &mut Tx<'_>) -> Result<Vec<CustomerId>> {
    let stages = vec![
        NewStage::open("Offer", 50),
        NewStage::won("Won"),
        NewStage::lost("Lost"),
    ];
    Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
    let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?.id;
    let li = tx.create(CustomerDraft::person("曾明"))?.id;
    let ana = tx.create(CustomerDraft::person("Ana Álvarez"))?.id;
    tx.create(AffiliationDraft::new(li, acme))?;
    tx.create(AffiliationDraft::new(ana, acme))?;
    let campaign = tx.create(CampaignDraft::new("Mailing"))?.id;
    Campaign::add_members(tx, campaign, &[acme, li])?;
    Ok(vec![acme, li, ana])
}

fn known(reader: &mut Reader<'_>, id: CustomerId) -> Result<Known> {
    let mut timeline = Vec::new();
    let mut after = None;
    loop {
        let page = Timeline::of(id).limit(3).after(after).read(reader)?;
        timeline.extend(page.entries);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let filter = reader.parse_filter(
        Query::of::<Customer>().entity,
        r#"taggings.exists(t, t.tag.name == "VIP")"#,
    )?;
    Ok(Known {
        view: View360::of(reader, id)?,
        profile: Profile::of(reader, id)?,
        timeline,
        callers: Caller::find(reader, "13800138001")?,
        tagged: reader.count(&Query::of::<Customer>().filter(filter))?,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_known_of_customers_is_the_same_on_both_stores(
        steps in prop::collection::vec((0..60_i64, 0..11_u8, 0..12_usize), 1..40),
    ) {
        let sqlite = SqliteStore::open(&OpenOptions::in_memory(), SCHEMA).expect("a database");
        let mut memory = Company::on(Box::new(MemoryStore::new(SCHEMA)));
        let mut sqlite = Company::on(Box::new(sqlite));
        for step in steps {
            memory.does(step);
            sqlite.does(step);
        }
        prop_assert_eq!(memory.known(), sqlite.known());
    }
}
