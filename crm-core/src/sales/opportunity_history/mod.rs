use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{OpportunityHistoryId, OpportunityId, StageId};
use crate::sales::{ForecastCategory, Outcome};
use crate::values::{Decimal, Money, NaiveDate, Timestamp};

/// How an opportunity stood from one time until another: by when things happened, while `created_at` tells when it was
/// written down.
///
/// Each change of stage, amount, close date, probability or forecast category ends one row and begins the next.
#[entity(table = "opportunity_history")]
pub struct OpportunityHistory {
    /// The opportunity.
    #[field(references = "opportunities", on_delete = "cascade")]
    pub opportunity_id: OpportunityId,
    /// From when on it stood like this.
    #[field(index)]
    pub from_at: Timestamp,
    /// Until when; empty while it does.
    #[field(index)]
    pub until_at: Option<Timestamp>,
    /// The stage.
    #[field(references = "stages", on_delete = "restrict")]
    pub stage_id: StageId,
    /// Whether the row begins with a change of stage, and not of something else.
    pub is_stage_entry: bool,
    /// How it stood.
    pub outcome: Outcome,
    /// What it was worth.
    pub amount: Option<Money>,
    /// What its lines cost by the list.
    pub list_amount: Option<Money>,
    /// The expected, and once closed the real, day of closing.
    pub close_on: Option<NaiveDate>,
    /// How likely it was, in percent.
    #[field(scale = 2)]
    pub probability: Option<Decimal>,
    /// How it counted in the forecast.
    pub forecast_category: Option<ForecastCategory>,
}

impl Validate for OpportunityHistory {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
