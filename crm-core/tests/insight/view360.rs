use std::sync::Arc;
use std::sync::atomic::Ordering;

use crm_core::activities::{
    Interaction, InteractionDraft, InteractionKind, InteractionParticipantDraft, Task, TaskDraft,
};
use crm_core::customers::{AffiliationDraft, ContactPoint, CustomerDraft, ExternalId, PostalAddressDraft, Tag};
use crm_core::engine::{Environment, Ids, ManualClock, MemoryStore, Reader, Result, Tx};
use crm_core::ids::{CampaignId, CustomerId, OpportunityId};
use crm_core::insight::{Profile, Timeline, TimelineCursor, TimelineEvent, TimelinePage, View360};
use crm_core::marketing::{Campaign, CampaignDraft, CampaignMember};
use crm_core::sales::{Closing, NewStage, Opportunity, OpportunityDraft, Pipeline, PipelineDraft};
use crm_core::values::Timestamp;
use crm_core::{Crm, SCHEMA};

use crate::company::{amounts, day};
use crate::counting_store::CountingStore;

const HOUR: i64 = 3_600_000;

/// An organization with one of everything, as of 2026-03-02T09:00:00Z.
struct Known {
    crm: Crm,
    clock: Arc<ManualClock>,
    acme: CustomerId,
    li: CustomerId,
    deal: OpportunityId,
    campaign: CampaignId,
}

impl Known {
    fn on(store: CountingStore) -> Self {
        let clock = Arc::new(ManualClock::at("2026-03-02T09:00:00Z".parse().expect("a time")));
        let environment = Environment {
            clock: clock.clone(),
            ids: Ids::seeded(1),
            ..Environment::default()
        };
        let crm = Crm::new(Box::new(store), environment);
        let (acme, li, deal, campaign) = crm.write(known).expect("a company");
        Self {
            crm,
            clock,
            acme,
            li,
            deal,
            campaign,
        }
    }

    fn new() -> Self {
        Self::on(CountingStore::new(MemoryStore::new(SCHEMA)).0)
    }

    fn ask<T>(&self, question: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> T {
        self.crm.read(question).expect("an answer")
    }

    /// The same, an hour later.
    fn later<T>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> T {
        self.clock.advance(HOUR);
        self.crm.write(work).expect("it may be done")
    }
}

fn known(tx: &mut Tx<'_>) -> Result<(CustomerId, CustomerId, OpportunityId, CampaignId)> {
    let stages = vec![
        NewStage::open("Offer", 50),
        NewStage::won("Won"),
        NewStage::lost("Lost"),
    ];
    Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
    let group = tx.create(CustomerDraft::organization("Acme Group"))?.id;
    let acme = tx.create(CustomerDraft {
        parent_id: Some(group),
        ..CustomerDraft::organization("Acme GmbH")
    })?;
    let acme = acme.id;
    tx.create(CustomerDraft {
        parent_id: Some(acme),
        ..CustomerDraft::organization("Acme Spain")
    })?;
    let li = tx.create(CustomerDraft::person("李明"))?.id;
    let ana = tx.create(CustomerDraft::person("Ana Silva"))?.id;
    let gone = tx.create(CustomerDraft::person("Gone"))?.id;
    tx.create(AffiliationDraft {
        role: Some("Buyer".into()),
        is_primary: Some(true),
        ..AffiliationDraft::new(li, acme)
    })?;
    tx.create(AffiliationDraft::new(ana, acme))?;
    tx.create(AffiliationDraft {
        to_on: Some(day("2026-03-01")),
        ..AffiliationDraft::new(gone, acme)
    })?;
    ContactPoint::add(tx, acme, "office@acme.example")?;
    ContactPoint::add(tx, li, "li@acme.example")?;
    tx.create(PostalAddressDraft {
        locality: Some("Berlin".into()),
        ..PostalAddressDraft::new(acme)
    })?;
    Tag::add(tx, acme, "VIP")?;
    Tag::add(tx, acme, "Fair")?;
    ExternalId::link(tx, "erp", "4711", acme)?;
    let deal = |name: &str, amount: &str, close_on: Option<&str>| OpportunityDraft {
        customer_id: Some(acme),
        amount: amount.parse().ok(),
        close_on: close_on.map(day),
        ..OpportunityDraft::new(name)
    };
    tx.create(deal("No day", "1 USD", None))?;
    tx.create(deal("Later", "10 EUR", Some("2026-06-01")))?;
    let soon = tx.create(deal("Soon", "100 EUR", Some("2026-04-01")))?.id;
    let campaign = tx.create(CampaignDraft::new("Mailing"))?.id;
    Campaign::add_members(tx, campaign, &[acme])?;
    for (subject, due_on) in [
        ("Some day", None),
        ("Soon", Some("2026-03-03")),
        ("Overdue", Some("2026-03-01")),
    ] {
        tx.create(TaskDraft {
            customer_id: Some(acme),
            due_on: due_on.map(day),
            ..TaskDraft::new(subject)
        })?;
    }
    Ok((acme, li, soon, campaign))
}

fn call(subject: &str) -> InteractionDraft {
    InteractionDraft {
        subject: Some(subject.into()),
        ..InteractionDraft::new(InteractionKind::Call)
    }
}

#[test]
fn a_view_shows_what_there_is_to_know_before_a_talk() {
    let known = Known::new();
    let view = known.ask(|reader| View360::of(reader, known.acme));
    assert_eq!(view.customer.name, "Acme GmbH");
    assert_eq!(view.contact_points[0].raw, "office@acme.example");
    assert_eq!(
        view.tags.iter().map(|tag| &*tag.name).collect::<Vec<_>>(),
        ["Fair", "VIP"]
    );
    let people: Vec<_> = view
        .people
        .iter()
        .map(|one| (&*one.name, one.role.as_deref()))
        .collect();
    assert_eq!(people, [("李明", Some("Buyer")), ("Ana Silva", None)]);
    let deals: Vec<_> = view
        .open_deals
        .iter()
        .map(|deal| (&*deal.name, &*deal.stage_name))
        .collect();
    assert_eq!(deals, [("Soon", "Offer"), ("Later", "Offer"), ("No day", "Offer")]);
    assert_eq!(view.open_amounts, amounts(&["110 EUR", "1 USD"]));
    let tasks: Vec<_> = view.open_tasks.iter().map(|task| &*task.subject).collect();
    assert_eq!(tasks, ["Overdue", "Soon", "Some day"]);
}

#[test]
fn of_a_person_a_view_shows_the_organizations() {
    let known = Known::new();
    let view = known.ask(|reader| View360::of(reader, known.li));
    assert_eq!(view.people[0].customer, known.acme);
    assert_eq!(view.contact_points[0].raw, "li@acme.example");
}

#[test]
fn the_last_ten_interactions_are_those_with_the_customer_in_whatever_part() {
    let known = Known::new();
    known.later(|tx| Interaction::log(tx, call("about the customer"), &[known.acme.into()], Vec::new()));
    known.later(|tx| Interaction::log(tx, call("about a deal"), &[known.deal.into()], Vec::new()));
    let took_part = InteractionParticipantDraft::address("office@acme.example");
    known.later(|tx| Interaction::log(tx, call("taking part"), &[], vec![took_part.clone()]));
    known.later(|tx| Interaction::log(tx, call("of another"), &[known.li.into()], Vec::new()));
    let planned = InteractionDraft {
        starts_at: Some(Timestamp::from_milliseconds(i64::MAX / 2)),
        ..call("to come")
    };
    known.later(|tx| Interaction::log(tx, planned.clone(), &[known.acme.into()], Vec::new()));
    let subjects = || {
        let view = known.ask(|reader| View360::of(reader, known.acme));
        let subjects = view.last_interactions.into_iter().filter_map(|one| one.subject);
        subjects.collect::<Vec<_>>()
    };
    assert_eq!(subjects(), ["taking part", "about a deal", "about the customer"]);
    for _ in 0..10 {
        known.later(|tx| Interaction::log(tx, call("more"), &[known.acme.into()], Vec::new()));
    }
    assert_eq!(subjects(), ["more"; 10]);
}

#[test]
fn a_profile_shows_what_stands_on_file() {
    let known = Known::new();
    let profile = known.ask(|reader| Profile::of(reader, known.acme));
    assert_eq!(profile.addresses[0].locality.as_deref(), Some("Berlin"));
    assert_eq!(
        (profile.parent_name.as_deref(), profile.children),
        (Some("Acme Group"), 1)
    );
    assert_eq!(profile.memberships[0].campaign, known.campaign);
    assert_eq!(profile.memberships[0].campaign_name, "Mailing");
    assert_eq!(profile.external_ids[0].external_id, "4711");
}

#[test]
fn the_number_of_queries_is_fixed_however_much_there_is() {
    let (store, asked) = CountingStore::new(MemoryStore::new(SCHEMA));
    let known = Known::on(store);
    for _ in 0..30 {
        known.later(|tx| Interaction::log(tx, call("more"), &[known.acme.into(), known.deal.into()], Vec::new()));
        known.later(|tx| {
            tx.create(TaskDraft {
                customer_id: Some(known.acme),
                ..TaskDraft::new("more")
            })
        });
        let deal = known.later(|tx| {
            tx.create(OpportunityDraft {
                customer_id: Some(known.acme),
                ..OpportunityDraft::new("more")
            })
        });
        known.later(|tx| Opportunity::win(tx, deal.id, Closing::default()));
        known.later(|tx| Tag::add(tx, known.acme, &deal.id.to_string()));
    }
    let count = |question: &dyn Fn(&mut Reader<'_>) -> Result<()>| {
        let before = asked.load(Ordering::SeqCst);
        known.ask(question);
        asked.load(Ordering::SeqCst) - before
    };
    assert_eq!(count(&|reader| View360::of(reader, known.acme).map(|_| ())), 8);
    assert_eq!(count(&|reader| Profile::of(reader, known.acme).map(|_| ())), 4);
    let page = |reader: &mut Reader<'_>| Timeline::of(known.acme).limit(200).read(reader).map(|_| ());
    assert!(count(&page) <= 8);
}

/// A line for each entry.
fn told(page: &TimelinePage) -> Vec<String> {
    let lines = page.entries.iter().map(|entry| match &entry.event {
        TimelineEvent::Created => "created".to_owned(),
        TimelineEvent::Responded { campaign_name, .. } => format!("responded to {campaign_name}"),
        TimelineEvent::StageEntered {
            opportunity_name,
            stage_name,
            ..
        } => format!("{opportunity_name} in {stage_name}"),
        TimelineEvent::TaskDone(task) => format!("done: {}", task.subject),
        TimelineEvent::Interaction(interaction) => interaction.subject.clone().unwrap_or_default(),
    });
    lines.collect()
}

/// A company with which something of each kind has happened.
fn lively() -> Known {
    let known = Known::new();
    known.later(|tx| Interaction::log(tx, call("call"), &[known.acme.into()], Vec::new()));
    known.later(|tx| Opportunity::win(tx, known.deal, Closing::default()));
    known.later(|tx| {
        let open = View360::of(tx, known.acme)?.open_tasks;
        Task::complete(tx, open[0].id)?;
        Task::cancel(tx, open[1].id)
    });
    known.later(|tx| {
        let member = Profile::of(tx, known.acme)?.memberships[0].member;
        CampaignMember::respond(tx, member, None, None)
    });
    known
}

#[test]
fn a_timeline_tells_everything_the_newest_first() {
    let known = lively();
    let page = known.ask(|reader| Timeline::of(known.acme).read(reader));
    assert_eq!(page.next, None);
    assert_eq!(
        told(&page),
        [
            "responded to Mailing",
            "done: Overdue",
            "Soon in Won",
            "call",
            "Soon in Offer",
            "Later in Offer",
            "No day in Offer",
            "created"
        ]
    );
}

#[test]
fn pages_of_any_size_give_the_same_timeline_also_while_more_is_written() {
    for size in 1..10 {
        let known = lively();
        let whole = known.ask(|reader| Timeline::of(known.acme).read(reader));
        let mut told_so_far = Vec::new();
        let mut after: Option<TimelineCursor> = None;
        loop {
            let page = known.ask(|reader| Timeline::of(known.acme).limit(size).after(after).read(reader));
            assert!(page.entries.len() <= size as usize);
            told_so_far.extend(told(&page));
            known.later(|tx| Interaction::log(tx, call("meanwhile"), &[known.acme.into()], Vec::new()));
            let Some(next) = page.next else { break };
            after = Some(next.to_string().parse().expect("a cursor"));
        }
        assert_eq!(told_so_far, told(&whole), "pages of {size}");
    }
}

#[test]
fn a_cursor_that_was_cut_is_refused() {
    let refused = "177.4".parse::<TimelineCursor>().unwrap_err();
    assert_eq!((refused.code(), refused.field()), ("invalid", Some("cursor")));
}

#[test]
fn nobody_has_no_view_and_no_timeline() {
    let known = Known::new();
    known.later(|tx| tx.delete(known.li));
    let view = known.crm.read(|reader| View360::of(reader, known.li));
    assert_eq!(view.unwrap_err().code(), "not_found");
    let page = known.crm.read(|reader| Timeline::of(known.li).read(reader));
    assert_eq!(page.unwrap_err().code(), "not_found");
}
