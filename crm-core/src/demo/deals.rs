use super::World;
use super::calendar::{Calendar, working_day_after};
use super::campaigns::Ran;
use super::catalog::{Catalog, Way};
use super::custom_fields::DELIVERY;
use super::data::{Language, ProductData, WHY_LOST};
use super::organizations::Organization;
use super::people::Person;
use super::staff::Seller;
use crate::engine::{Random, Result, Tx};
use crate::ids::{CampaignId, CustomerId, OpportunityId, ProductId};
use crate::sales::{
    Opportunity, OpportunityCompetitorDraft, OpportunityContactDraft, OpportunityDraft, OpportunityKind,
    OpportunityLineDraft, Outcome, StageVisit,
};
use crate::values::{Decimal, NaiveDate, Timestamp};

/// How many deals there are.
const DEALS: usize = 150;

/// How many of a hundred stop moving and are forgotten.
const FORGOTTEN: usize = 7;

/// In which stage a lost deal is lost, counted from the first.
const LOST_IN: [(usize, usize); 4] = [(0, 15), (1, 30), (2, 35), (3, 20)];

/// How many days a deal stays in a stage, at least and at most.
const STAYS: [((i64, i64), usize); 3] = [((3, 10), 4), ((8, 24), 5), ((20, 48), 2)];

/// A deal, for what is done about it.
#[derive(Debug)]
pub(super) struct Deal {
    pub(super) id: OpportunityId,
    /// The place of the organization.
    pub(super) organization: usize,
    pub(super) owner: Seller,
    pub(super) outcome: Outcome,
    pub(super) opened_at: Timestamp,
    /// When it was closed, or now.
    pub(super) until: Timestamp,
    pub(super) contacts: Vec<CustomerId>,
}

/// What prices in a currency are, as a multiple of those in euros: a round number, and no rate of exchange.
pub(super) fn price_level(currency: &str) -> Decimal {
    match currency {
        "CNY" => Decimal::new(78, 1),
        "USD" => Decimal::new(11, 1),
        _ => Decimal::ONE,
    }
}

pub(super) fn create(tx: &mut Tx<'_>, random: &mut Random, world: &World) -> Result<Vec<Deal>> {
    let mut opened: Vec<NaiveDate> = (0..DEALS)
        .map(|_| {
            let calendar = &world.calendar;
            calendar.working_day(random, calendar.days_ago(364), calendar.days_ago(1))
        })
        .collect();
    opened.sort_unstable();
    opened
        .into_iter()
        .map(|day| create_deal(tx, random, world, day))
        .collect()
}

fn create_deal(tx: &mut Tx<'_>, random: &mut Random, world: &World, opened_on: NaiveDate) -> Result<Deal> {
    let now = world.calendar.now;
    let place = random.below(world.organizations.len());
    let organization = &world.organizations[place];
    let is_service = random.percent(25);
    let way = &world.catalog.pipelines[usize::from(is_service)];
    let (visits, outcome) = life(random, &world.calendar, way, organization.owner, opened_on);
    let lines = lines(random, &world.catalog, organization, is_service);
    let product = lines
        .first()
        .map_or(world.catalog.products[0].1, |(product, _)| product);
    let campaign = source_campaign(random, &world.campaigns, opened_on);
    let is_open = outcome == Outcome::Open;
    let mut draft = OpportunityDraft {
        customer_id: Some(organization.id),
        owner_id: Some(organization.owner.id),
        close_on: is_open.then(|| expected_closing(random, &world.calendar)),
        kind: Some(kind_of(random, is_service)),
        source: Some(
            campaign
                .map_or_else(
                    || random.pick(&["website", "referral", "cold call", "partner"]),
                    |_| "campaign",
                )
                .into(),
        ),
        campaign_id: campaign,
        next_step: is_open.then(|| random.pick(organization.phrases().next_steps).into()),
        lost_reason: (outcome == Outcome::Lost).then(|| random.weighted(&WHY_LOST).into()),
        ..OpportunityDraft::new(name(random, organization, product))
    };
    if random.percent(60) {
        let latest = world.calendar.days_ago(-200);
        draft
            .custom
            .set(DELIVERY, world.calendar.working_day(random, opened_on, latest));
    }
    let drafts = lines.into_iter().map(|(_, line)| line).collect();
    let id = Opportunity::create_with(tx, draft, drafts, &visits)?.id;
    let contacts = create_contacts(tx, random, id, place, &world.people)?;
    for competitor in &world.catalog.competitors {
        if random.once_in(9) {
            tx.create(OpportunityCompetitorDraft::new(id, *competitor))?;
        }
    }
    Ok(Deal {
        id,
        organization: place,
        owner: organization.owner,
        outcome,
        opened_at: visits.first().map_or(now, |first| first.at),
        until: visits.last().filter(|_| !is_open).map_or(now, |last| last.at),
        contacts,
    })
}

/// The stages that a deal visits from its first day until it is closed, or today.
fn life(
    random: &mut Random,
    calendar: &Calendar,
    way: &Way,
    owner: Seller,
    opened_on: NaiveDate,
) -> (Vec<StageVisit>, Outcome) {
    let wins = random.percent(owner.wins);
    let lost_in = random.weighted(&LOST_IN).min(way.open.len() - 1);
    let forgotten_in = random.percent(FORGOTTEN).then(|| random.below(way.open.len()));
    let mut visits = Vec::new();
    let mut day = opened_on;
    for (place, stage) in way.open.iter().enumerate() {
        let at = calendar.at_work(random, day, owner.zone);
        visits.push(StageVisit { stage_id: *stage, at });
        let (shortest, longest) = random.weighted(&STAYS);
        day = working_day_after(day, random.between(shortest, longest));
        if day >= calendar.today || forgotten_in == Some(place) {
            return (visits, Outcome::Open);
        }
        if !wins && lost_in == place {
            break;
        }
    }
    let (stage_id, outcome) = if wins {
        (way.won, Outcome::Won)
    } else {
        (way.lost, Outcome::Lost)
    };
    let at = calendar.at_work(random, day, owner.zone);
    visits.push(StageVisit { stage_id, at });
    (visits, outcome)
}

/// What is offered: one thing mostly, and up to two that go with it.
fn lines(
    random: &mut Random,
    catalog: &Catalog,
    organization: &Organization,
    is_service: bool,
) -> Vec<(&'static ProductData, OpportunityLineDraft)> {
    let of_family = |machines: bool| -> Vec<(ProductId, &'static ProductData)> {
        let products = catalog.products.iter().copied();
        products
            .filter(|(_, product)| (product.family == "machines") == machines)
            .collect()
    };
    let (machines, extras) = (of_family(true), of_family(false));
    let mut chosen = vec![random.pick(if is_service { &extras } else { &machines })];
    for _ in 0..random.below(3) {
        let extra = random.pick(&extras);
        if !chosen.contains(&extra) {
            chosen.push(extra);
        }
    }
    let currency = organization.country().currency();
    let discount = Decimal::from(100 - random.pick(&[0, 0, 3, 5, 8, 12]));
    chosen
        .into_iter()
        .map(|(id, product)| {
            let price = Decimal::from(product.price) * price_level(currency) * discount / Decimal::ONE_HUNDRED;
            let most = if product.family == "machines" { 4 } else { 8 };
            let line = OpportunityLineDraft {
                quantity: Some(Decimal::from(random.between(1, most))),
                unit_price: Some(price.round_dp(0)),
                currency: Some(currency.into()),
                ..OpportunityLineDraft::new(id)
            };
            (product, line)
        })
        .collect()
}

/// The product and what it is for, in the language of the customer.
fn name(random: &mut Random, organization: &Organization, product: &ProductData) -> String {
    let occasion = random.pick(organization.phrases().occasions);
    let [english, german, chinese] = product.names;
    match organization.country().language() {
        Language::Chinese => format!("{chinese}{occasion}"),
        Language::German => format!("{german}, {occasion}"),
        Language::English => format!("{english}, {occasion}"),
    }
}

fn kind_of(random: &mut Random, is_service: bool) -> OpportunityKind {
    if is_service && random.percent(60) {
        OpportunityKind::Renewal
    } else {
        random.pick(&[OpportunityKind::NewBusiness, OpportunityKind::ExistingBusiness])
    }
}

/// One of the campaigns of the last ten weeks, now and then.
fn source_campaign(random: &mut Random, campaigns: &[Ran], opened_on: NaiveDate) -> Option<CampaignId> {
    let recent = campaigns.iter().find(|campaign| {
        let days = opened_on.signed_duration_since(campaign.starts_on).num_days();
        (0..70).contains(&days)
    });
    recent.filter(|_| random.percent(55)).map(|campaign| campaign.id)
}

/// Mostly to come, and now and then a day that has passed.
fn expected_closing(random: &mut Random, calendar: &Calendar) -> NaiveDate {
    let days = if random.percent(12) {
        random.between(-20, -1)
    } else {
        random.between(6, 120)
    };
    working_day_after(calendar.today, days)
}

/// Names up to three people of the organization as contacts, the first as the main one.
fn create_contacts(
    tx: &mut Tx<'_>,
    random: &mut Random,
    deal: OpportunityId,
    organization: usize,
    people: &[Person],
) -> Result<Vec<CustomerId>> {
    let wanted = 1 + random.below(3);
    let there = people.iter().filter(|person| person.organization == organization);
    let mut contacts = Vec::with_capacity(wanted);
    for person in there.take(wanted) {
        tx.create(OpportunityContactDraft {
            role: Some(person.buying_role),
            is_primary: Some(contacts.is_empty()),
            ..OpportunityContactDraft::new(deal, person.id)
        })?;
        contacts.push(person.id);
    }
    Ok(contacts)
}
