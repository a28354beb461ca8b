use super::calendar::{Calendar, working_day_after};
use super::people::Person;
use super::staff::Staff;
use crate::engine::{Random, Result, Tx};
use crate::ids::{CampaignId, MemberStatusId};
use crate::marketing::{
    Campaign, CampaignDraft, CampaignKind, CampaignMemberDraft, CampaignStatus, MemberStatus, NewMemberStatus,
};
use crate::values::{Decimal, NaiveDate};

/// A campaign: its name and kind, how many days ago it began and how many it lasted, what it cost, and how many of a
/// hundred of its members answer.
struct CampaignData {
    name: &'static str,
    kind: CampaignKind,
    began: i64,
    days: i64,
    cost: &'static str,
    members: usize,
    answers: usize,
    team: usize,
}

const CAMPAIGNS: [CampaignData; 6] = [
    campaign(
        "Herbstmesse Webtechnik",
        CampaignKind::TradeFair,
        (330, 4),
        "42000.00 EUR",
        (48, 46),
        1,
    ),
    campaign(
        "华东客户开放日",
        CampaignKind::Event,
        (262, 2),
        "168000.00 CNY",
        (44, 58),
        0,
    ),
    campaign(
        "Frühjahrsmailing Ersatzteile",
        CampaignKind::Email,
        (214, 21),
        "3800.00 EUR",
        (58, 22),
        1,
    ),
    campaign(
        "Webinar: packing lines that clean themselves",
        CampaignKind::Webinar,
        (151, 1),
        "2600.00 EUR",
        (52, 35),
        2,
    ),
    campaign(
        "深圳智能制造展",
        CampaignKind::TradeFair,
        (96, 3),
        "215000.00 CNY",
        (46, 49),
        0,
    ),
    campaign(
        "Service check autumn",
        CampaignKind::Telephone,
        (38, 60),
        "5200.00 EUR",
        (40, 30),
        2,
    ),
];

const fn campaign(
    name: &'static str,
    kind: CampaignKind,
    (began, days): (i64, i64),
    cost: &'static str,
    (members, answers): (usize, usize),
    team: usize,
) -> CampaignData {
    CampaignData {
        name,
        kind,
        began,
        days,
        cost,
        members,
        answers,
        team,
    }
}

/// A campaign that deals may have come from.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) id: CampaignId,
    pub(super) starts_on: NaiveDate,
}

pub(super) fn create(
    tx: &mut Tx<'_>,
    random: &mut Random,
    people: &[Person],
    staff: &Staff,
    calendar: &Calendar,
) -> Result<Vec<Ran>> {
    let mut campaigns = Vec::with_capacity(CAMPAIGNS.len());
    for data in &CAMPAIGNS {
        let starts_on = working_day_after(calendar.days_ago(data.began), 0);
        let ends_on = working_day_after(starts_on, data.days - 1);
        let cost = data.cost.parse().ok();
        let draft = CampaignDraft {
            kind: Some(data.kind),
            status: Some(if ends_on < calendar.today {
                CampaignStatus::Completed
            } else {
                CampaignStatus::Active
            }),
            starts_on: Some(starts_on),
            ends_on: Some(ends_on),
            budget: cost,
            actual_cost: cost,
            expected_response: Some(Decimal::from(35)),
            owner_id: Some(staff.leader(data.team).id),
            ..CampaignDraft::new(data.name)
        };
        let statuses = vec![
            NewMemberStatus::new("Invited").default_status(),
            NewMemberStatus::new("Answered").responded(),
            NewMemberStatus::new("Came").responded(),
            NewMemberStatus::new("Declined"),
        ];
        let id = Campaign::create(tx, draft, statuses)?.id;
        let statuses: Vec<_> = MemberStatus::of_campaign(tx, id)?
            .iter()
            .map(|status| status.id)
            .collect();
        create_members(tx, random, data, (id, starts_on), &statuses, people, calendar)?;
        campaigns.push(Ran { id, starts_on });
    }
    Ok(campaigns)
}

/// Makes people members, from a random one on and every third, of whom some answered within three weeks.
fn create_members(
    tx: &mut Tx<'_>,
    random: &mut Random,
    data: &CampaignData,
    (campaign, starts_on): (CampaignId, NaiveDate),
    statuses: &[MemberStatusId],
    people: &[Person],
    calendar: &Calendar,
) -> Result<()> {
    let first = random.below(people.len());
    for person in people.iter().cycle().skip(first).step_by(3).take(data.members) {
        let answers = random.percent(data.answers);
        let status = match answers {
            true if random.percent(60) => 2,
            true => 1,
            false if random.once_in(6) => 3,
            false => 0,
        };
        let day = working_day_after(starts_on, random.between(0, 20));
        let at = calendar.at_work(random, day, tx.zone());
        tx.create(CampaignMemberDraft {
            status_id: statuses.get(status).copied(),
            first_responded_at: answers.then_some(at),
            ..CampaignMemberDraft::new(campaign, person.id)
        })?;
    }
    Ok(())
}
