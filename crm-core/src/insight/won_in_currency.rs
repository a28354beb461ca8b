use super::campaign_return::return_on_investment;
use super::closed_worth::closed_worth;
use super::{Amounts, CampaignReturn, Converted, Grouped, Groups, Selection, Unknown, WinRate};
use crate::engine::{Conditions, Group, Path, Reader, Result, Value};
use crate::sales::{Opportunity, Outcome, Rates};
use crate::values::{Currency, Decimal};

/// What a campaign brought in and cost, in one currency: what was won at the rates that were locked, the cost at those
/// of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignReturnInCurrency {
    /// The answer with its original amounts.
    pub answer: CampaignReturn,
    /// What was won.
    pub won_value: Converted,
    /// What it did cost.
    pub cost: Option<Converted>,
    /// (won value − cost) / cost, to 28 digits; `None` without a cost above zero, and where a rate is missing.
    pub return_on_investment: Option<Decimal>,
}

/// A win rate, with what was won in one currency at the rates that were locked.
#[derive(Debug, Clone, PartialEq)]
pub struct WinRateInCurrency {
    /// The answer with its original amounts.
    pub answer: WinRate,
    /// What was won.
    pub won_value: Converted,
}

impl CampaignReturn {
    /// What each campaign brought in, by name, in the currency of the rates.
    ///
    /// # Errors
    /// As [`CampaignReturn::all`].
    pub fn all_in_currency(reader: &mut Reader<'_>, rates: &Rates) -> Result<Vec<CampaignReturnInCurrency>> {
        let won = Selection::default().filter(Opportunity::OUTCOME.is(Outcome::Won));
        let by_campaign = [Group::Path(Opportunity::CAMPAIGN_ID.into())];
        let mut worth = closed_worth(reader, &won, &by_campaign, rates.to)?;
        let answers = Self::all(reader)?.into_iter().map(|answer| {
            let won_value = worth.remove([Value::from(answer.campaign)].as_slice());
            CampaignReturnInCurrency::of(answer, won_value.unwrap_or(Converted::zero(rates.to)), rates)
        });
        answers.collect()
    }
}

impl CampaignReturnInCurrency {
    fn of(answer: CampaignReturn, won_value: Converted, rates: &Rates) -> Result<Self> {
        let cost = answer.cost.map(|cost| Amounts::of(cost).converted(rates)).transpose()?;
        let known = cost
            .as_ref()
            .filter(|cost| cost.unconverted.is_empty() && won_value.unconverted.is_empty());
        let return_on_investment =
            known.and_then(|cost| return_on_investment(&Amounts::of(won_value.amount), cost.amount));
        Ok(Self {
            answer,
            won_value,
            cost,
            return_on_investment,
        })
    }
}

impl WinRate {
    /// Win rates as in [`WinRate::by`], with what was won in a reporting currency, at the rates that were locked.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a path that does not begin at opportunities, or a selection that is no
    /// condition on them.
    pub fn by_in_currency(
        reader: &mut Reader<'_>,
        by: impl IntoIterator<Item: Into<Path>>,
        unknown: Unknown,
        selection: &Selection,
        currency: Currency,
    ) -> Result<Groups<WinRateInCurrency>> {
        let by: Vec<Path> = by.into_iter().map(Into::into).collect();
        let groups: Vec<Group> = by.iter().cloned().map(Group::Path).collect();
        let won = selection.clone().filter(Opportunity::OUTCOME.is(Outcome::Won));
        let mut worth = closed_worth(reader, &won, &groups, currency)?;
        let rates = Self::by(reader, by, unknown, selection)?;
        let groups = rates.groups.into_iter().map(|Grouped { key, answer }| {
            let won_value = worth.remove(&key).unwrap_or(Converted::zero(currency));
            let answer = WinRateInCurrency { answer, won_value };
            Grouped { key, answer }
        });
        Ok(Groups {
            groups: groups.collect(),
            by: rates.by,
        })
    }
}
