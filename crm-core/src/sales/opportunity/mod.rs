use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, CustomerId, OpportunityId, PipelineId, StageId, UserId};
use crate::sales::ForecastCategory;
use crate::values::{Decimal, Money, NaiveDate, Timestamp};

crate::choice! {
    /// How an opportunity stands; it follows from the kind of its stage.
    pub enum Outcome {
        /// It is being worked on.
        Open = "open",
        /// It was won.
        Won = "won",
        /// It was lost.
        Lost = "lost",
    }
}

crate::choice! {
    /// What kind of business an opportunity is.
    pub enum OpportunityKind {
        /// With somebody who has not bought before.
        NewBusiness = "new_business",
        /// More for somebody who has bought before.
        ExistingBusiness = "existing_business",
        /// The same again.
        Renewal = "renewal",
    }
}

/// A chance to sell something to a customer.
#[entity(table = "opportunities")]
pub struct Opportunity {
    /// What it is called.
    #[field(search)]
    pub name: String,
    /// To whom.
    #[field(references = "customers", on_delete = "restrict")]
    pub customer_id: Option<CustomerId>,
    /// The pipeline; the default one where none is given.
    #[field(references = "pipelines", on_delete = "restrict", set_by = "command")]
    pub pipeline_id: PipelineId,
    /// The stage; the first open one of the pipeline where none is given.
    #[field(references = "stages", on_delete = "restrict", set_by = "command")]
    pub stage_id: StageId,
    /// How it stands: follows from the kind of the stage.
    #[field(index, set_by = "engine")]
    pub outcome: Outcome,
    /// What it is worth; the sum of its lines where it has any.
    pub amount: Option<Money>,
    /// What its lines cost by the list.
    #[field(set_by = "engine")]
    pub list_amount: Option<Money>,
    /// The day on which it is expected to close, and once closed the day on which it did.
    #[field(index)]
    pub close_on: Option<NaiveDate>,
    /// How likely it is, in percent; the stage's where none is given.
    #[field(scale = 2)]
    pub probability: Option<Decimal>,
    /// How it counts in the forecast; as the stage says where none is given.
    pub forecast_category: Option<ForecastCategory>,
    /// What kind of business it is.
    pub kind: Option<OpportunityKind>,
    /// Where it came from.
    pub source: Option<String>,
    /// What is to be done next.
    pub next_step: Option<String>,
    /// Why it was lost.
    #[field(set_by = "command")]
    pub lost_reason: Option<String>,
    /// When it entered the pipeline; now where nothing is given.
    #[field(index, set_by = "command")]
    pub opened_at: Option<Timestamp>,
    /// When it was won or lost.
    #[field(index, set_by = "command")]
    pub closed_at: Option<Timestamp>,
    /// Who works on it.
    #[field(references = "users", on_delete = "set_null")]
    pub owner_id: Option<UserId>,
    /// The campaign from which it came.
    #[field(references = "campaigns", on_delete = "set_null")]
    pub campaign_id: Option<CampaignId>,
}

impl Validate for Opportunity {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
