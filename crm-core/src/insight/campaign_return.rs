use std::collections::BTreeMap;

use super::Amounts;
use super::win_rate::rate;
use crate::engine::{Aggregate, Conditions, Filter, Measure, PathConditions, Query, Reader, Result, Value};
use crate::ids::CampaignId;
use crate::marketing::{Campaign, CampaignMember, MemberStatus};
use crate::sales::{Opportunity, Outcome};
use crate::values::{Decimal, Money};

/// What a campaign brought in, against what it cost and what was expected.
///
/// ```
/// use crm_core::{Crm, insight::CampaignReturn, marketing::CampaignDraft};
/// let crm = Crm::in_memory();
/// let cost = "200 EUR".parse().ok();
/// let campaign = crm.write(|tx| tx.create(CampaignDraft { actual_cost: cost, ..CampaignDraft::new("Spring fair") }))?;
/// let answer = crm.read(|reader| CampaignReturn::of(reader, campaign.id))?;
/// assert_eq!((answer.members, answer.return_on_investment), (0, Some((-1).into())));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignReturn {
    /// The campaign.
    pub campaign: CampaignId,
    /// Its name.
    pub name: String,
    /// How many customers it addresses.
    pub members: i64,
    /// How many of them responded.
    pub responded: i64,
    /// Responded / members, to 28 digits; `None` without members.
    pub response_rate: Option<Decimal>,
    /// How many of a hundred members were expected to respond.
    pub expected_response: Option<Decimal>,
    /// How many opportunities name it.
    pub opportunities: i64,
    /// How many of them were won.
    pub won: i64,
    /// The sum of the amounts of those.
    pub won_value: Amounts,
    /// What it was expected to bring in.
    pub expected_revenue: Option<Money>,
    /// What it was to cost at most.
    pub budget: Option<Money>,
    /// What it did cost.
    pub cost: Option<Money>,
    /// (won value − cost) / cost, to 28 digits; `None` without a cost above zero, and where something was won in
    /// another currency than that of the cost.
    pub return_on_investment: Option<Decimal>,
}

impl CampaignReturn {
    /// What one campaign brought in.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::NotFound`] where there is no such campaign.
    pub fn of(reader: &mut Reader<'_>, campaign: CampaignId) -> Result<Self> {
        let campaign = reader.get(campaign)?;
        let only = Some(campaign.id);
        let (mut members, mut won) = (members(reader, only)?, won(reader, only)?);
        Ok(Self::put_together(campaign, &mut members, &mut won))
    }

    /// What each campaign brought in, by name.
    ///
    /// # Errors
    /// Of the storage.
    pub fn all(reader: &mut Reader<'_>) -> Result<Vec<Self>> {
        let campaigns = reader.find::<Campaign>(&Query::of::<Campaign>().order_by(Campaign::NAME))?;
        let (mut members, mut won) = (members(reader, None)?, won(reader, None)?);
        Ok(campaigns
            .into_iter()
            .map(|campaign| Self::put_together(campaign, &mut members, &mut won))
            .collect())
    }

    fn put_together(
        campaign: Campaign,
        members: &mut BTreeMap<Value, (i64, i64)>,
        won: &mut BTreeMap<Value, Won>,
    ) -> Self {
        let key = Value::from(campaign.id);
        let (members, responded) = members.remove(&key).unwrap_or_default();
        let won = won.remove(&key).unwrap_or_default();
        Self {
            campaign: campaign.id,
            name: campaign.name,
            members,
            responded,
            response_rate: rate(responded, members),
            expected_response: campaign.expected_response,
            opportunities: won.opportunities,
            won: won.won,
            return_on_investment: campaign
                .actual_cost
                .and_then(|cost| return_on_investment(&won.value, cost)),
            won_value: won.value,
            expected_revenue: campaign.expected_revenue,
            budget: campaign.budget,
            cost: campaign.actual_cost,
        }
    }
}

/// What the opportunities of a campaign came to.
#[derive(Default)]
struct Won {
    opportunities: i64,
    won: i64,
    value: Amounts,
}

/// How many members each campaign has, and how many of them responded.
fn members(reader: &mut Reader<'_>, only: Option<CampaignId>) -> Result<BTreeMap<Value, (i64, i64)>> {
    let responded = CampaignMember::FIRST_RESPONDED_AT
        .present()
        .or(CampaignMember::STATUS_ID.to(MemberStatus::HAS_RESPONDED).is(true));
    let mut members = Aggregate::of::<CampaignMember>()
        .group_by(CampaignMember::CAMPAIGN_ID)
        .measure(Measure::count())
        .measure(Measure::count().only(responded));
    if let Some(campaign) = only {
        members = members.filter(CampaignMember::CAMPAIGN_ID.is(campaign));
    }
    let rows = reader.aggregate(&members)?.into_iter();
    Ok(rows
        .map(|row| {
            let counts = (row.count(0), row.count(1));
            (row.keys.into_iter().next().unwrap_or_default(), counts)
        })
        .collect())
}

/// What the opportunities that name each campaign came to.
fn won(reader: &mut Reader<'_>, only: Option<CampaignId>) -> Result<BTreeMap<Value, Won>> {
    let of_campaigns = match only {
        Some(campaign) => Opportunity::CAMPAIGN_ID.is(campaign),
        None => Opportunity::CAMPAIGN_ID.present(),
    };
    let is_won = || -> Filter { Opportunity::OUTCOME.is(Outcome::Won) };
    let opportunities = Aggregate::of::<Opportunity>()
        .filter(of_campaigns)
        .group_by(Opportunity::CAMPAIGN_ID)
        .group_by(Opportunity::AMOUNT.currency())
        .measure(Measure::count())
        .measure(Measure::count().only(is_won()))
        .measure(Measure::sum(Opportunity::AMOUNT).only(is_won()));
    let mut by_campaign: BTreeMap<Value, Won> = BTreeMap::new();
    for row in reader.aggregate(&opportunities)? {
        let (opportunities, won) = (row.count(0), row.count(1));
        let campaign = by_campaign
            .entry(row.keys.into_iter().next().unwrap_or_default())
            .or_default();
        campaign.opportunities += opportunities;
        campaign.won += won;
        campaign.value.add_measured(&row.measures[2])?;
    }
    Ok(by_campaign)
}

pub(super) fn return_on_investment(won: &Amounts, cost: Money) -> Option<Decimal> {
    let in_other_currency = won.iter().any(|amount| amount.currency() != cost.currency());
    if in_other_currency || cost.minor() <= 0 {
        return None;
    }
    let gain = won.in_currency(cost.currency()).amount().checked_sub(cost.amount())?;
    gain.checked_div(cost.amount()).map(|rate| rate.normalize())
}
