use super::World;
use super::calendar::{minutes_after, working_day_after};
use super::deals::Deal;
use super::organizations::Organization;
use super::staff::Seller;
use crate::activities::{
    About, Interaction, InteractionDirection, InteractionDraft, InteractionKind, InteractionParticipantDraft,
    InteractionStatus, ParticipantRole,
};
use crate::engine::{Random, Result, Tx};
use crate::ids::{CustomerId, OpportunityId};
use crate::values::Timestamp;

/// How many interactions are about deals, how many about a customer as such, and how many are yet to come.
const ABOUT_DEALS: usize = 1_080;
const ABOUT_CUSTOMERS: usize = 380;
const PLANNED: usize = 40;

/// Their kinds, so many of a hundred.
const KINDS: [(InteractionKind, usize); 6] = [
    (InteractionKind::Email, 36),
    (InteractionKind::Call, 29),
    (InteractionKind::Meeting, 13),
    (InteractionKind::Visit, 6),
    (InteractionKind::Message, 10),
    (InteractionKind::Note, 6),
];

/// With whom, about what and when.
struct Occasion<'w> {
    with: Option<CustomerId>,
    organization: &'w Organization,
    opportunity: Option<OpportunityId>,
    owner: Seller,
    at: Timestamp,
    kind: InteractionKind,
    status: InteractionStatus,
}

/// Creates the interactions, the deals in their turn and then the customers, and returns how many.
pub(super) fn create(tx: &mut Tx<'_>, random: &mut Random, world: &World, deals: &[Deal]) -> Result<usize> {
    for deal in deals.iter().cycle().take(ABOUT_DEALS) {
        let at = world
            .calendar
            .between(random, deal.opened_at, deal.until, deal.owner.zone);
        let occasion = about_deal(random, world, deal, at, InteractionStatus::Held);
        create_one(tx, random, &occasion)?;
    }
    for _ in 0..ABOUT_CUSTOMERS {
        let person = &world.people[random.below(world.people.len())];
        let organization = &world.organizations[person.organization];
        let calendar = &world.calendar;
        let day = calendar.working_day(random, calendar.days_ago(364), calendar.today);
        let occasion = Occasion {
            with: Some(person.id),
            organization,
            opportunity: None,
            owner: organization.owner,
            at: calendar.at_work(random, day, organization.owner.zone),
            kind: random.weighted(&KINDS),
            status: InteractionStatus::Held,
        };
        create_one(tx, random, &occasion)?;
    }
    let open = deals.iter().filter(|deal| deal.until == world.calendar.now);
    for deal in open.cycle().take(PLANNED) {
        let day = working_day_after(world.calendar.today, random.between(1, 21));
        let at = world.calendar.planned(random, day, deal.owner.zone);
        let occasion = Occasion {
            kind: random.pick(&[InteractionKind::Meeting, InteractionKind::Visit, InteractionKind::Call]),
            ..about_deal(random, world, deal, at, InteractionStatus::Planned)
        };
        create_one(tx, random, &occasion)?;
    }
    Ok(ABOUT_DEALS + ABOUT_CUSTOMERS + PLANNED)
}

fn about_deal<'w>(
    random: &mut Random,
    world: &'w World,
    deal: &Deal,
    at: Timestamp,
    status: InteractionStatus,
) -> Occasion<'w> {
    Occasion {
        with: (!deal.contacts.is_empty()).then(|| random.pick(&deal.contacts)),
        organization: &world.organizations[deal.organization],
        opportunity: Some(deal.id),
        owner: deal.owner,
        at,
        kind: random.weighted(&KINDS),
        status,
    }
}

fn create_one(tx: &mut Tx<'_>, random: &mut Random, occasion: &Occasion<'_>) -> Result<()> {
    let phrases = occasion.organization.phrases();
    let lasts = match occasion.kind {
        InteractionKind::Call => Some(random.between(1, 7) * 5),
        InteractionKind::Meeting => Some(random.between(2, 6) * 15),
        InteractionKind::Visit => Some(random.between(4, 16) * 15),
        InteractionKind::Email | InteractionKind::Message | InteractionKind::Note => None,
    };
    let is_note = occasion.kind == InteractionKind::Note;
    let is_planned = occasion.status == InteractionStatus::Planned;
    let missed = occasion.kind == InteractionKind::Call && !is_planned && random.once_in(8);
    let direction = random.pick(&[
        InteractionDirection::Outbound,
        InteractionDirection::Outbound,
        InteractionDirection::Inbound,
    ]);
    let channel = match (occasion.kind, occasion.organization.city.country) {
        (InteractionKind::Message, "CN") => Some("wechat"),
        (InteractionKind::Message, _) => Some("sms"),
        (InteractionKind::Meeting, _) => Some("video"),
        _ => None,
    };
    let draft = InteractionDraft {
        direction: (!is_note).then_some(direction),
        status: Some(if missed {
            InteractionStatus::Missed
        } else {
            occasion.status
        }),
        channel: channel.map(Into::into),
        subject: Some(random.pick(phrases.subjects(occasion.kind)).into()),
        body: (!is_planned && random.percent(35)).then(|| random.pick(phrases.bodies).into()),
        starts_at: Some(occasion.at),
        ends_at: lasts
            .filter(|_| !missed)
            .map(|minutes| minutes_after(occasion.at, minutes)),
        zone: Some(occasion.owner.zone.name().into()),
        outcome: missed.then(|| "voicemail".into()),
        owner_id: Some(occasion.owner.id),
        ..InteractionDraft::new(occasion.kind)
    };
    let about = match occasion.opportunity {
        Some(deal) => About::Opportunity(deal),
        None => About::Customer(occasion.organization.id),
    };
    let us = InteractionParticipantDraft {
        role: Some(ParticipantRole::Organizer),
        ..InteractionParticipantDraft::user(occasion.owner.id)
    };
    let them = occasion.with.map(InteractionParticipantDraft::customer);
    let participants = std::iter::once(us).chain(them).filter(|_| !is_note).collect();
    Interaction::log(tx, draft, &[about], participants).map(|_| ())
}
