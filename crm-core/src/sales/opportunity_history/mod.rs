//! How an opportunity stood over time.

mod record;

use crate::engine::{CrmError, Result, Tx, Validate};
use crate::entity;
use crate::ids::{OpportunityHistoryId, OpportunityId, StageId};
use crate::sales::{ForecastCategory, Outcome};
use crate::values::{Decimal, Money, NaiveDate, Timestamp};

/// How an opportunity stood from one time until another: by when things happened, while `created_at` tells when it was
/// written down.
///
/// Each change of stage, amount, closing date, probability or forecast category ends one row and begins the next. The
/// rows follow from the opportunity, so nobody else creates, changes or deletes them.
#[entity(table = "opportunity_history")]
pub struct OpportunityHistory {
    /// The opportunity.
    #[field(references = "opportunities", on_delete = "cascade", set_by = "engine")]
    pub opportunity_id: OpportunityId,
    /// From when on it stood like this.
    #[field(index, set_by = "engine")]
    pub from_at: Timestamp,
    /// Until when; empty while it does.
    #[field(index, set_by = "engine")]
    pub until_at: Option<Timestamp>,
    /// The stage, also where it was deleted since.
    #[field(references = "stages", on_delete = "keep", set_by = "engine")]
    pub stage_id: StageId,
    /// Whether the row begins with a change of stage, and not of something else.
    #[field(set_by = "engine")]
    pub is_stage_entry: bool,
    /// When it had entered the stage; `from_at` where the row begins with that.
    #[field(set_by = "engine")]
    pub stage_entered_at: Timestamp,
    /// Whether the row ends with a change of stage: then the stay lasted from `stage_entered_at` until `until_at`.
    #[field(set_by = "engine")]
    pub is_stage_exit: bool,
    /// How it stood.
    #[field(set_by = "engine")]
    pub outcome: Outcome,
    /// What it was worth.
    #[field(set_by = "engine")]
    pub amount: Option<Money>,
    /// What its lines cost by the list.
    #[field(set_by = "engine")]
    pub list_amount: Option<Money>,
    /// The expected, and once closed the real, day of closing.
    #[field(set_by = "engine")]
    pub close_on: Option<NaiveDate>,
    /// How likely it was, in percent.
    #[field(scale = 2, set_by = "engine")]
    pub probability: Option<Decimal>,
    /// How it counted in the forecast.
    #[field(set_by = "engine")]
    pub forecast_category: Option<ForecastCategory>,
}

impl Validate for OpportunityHistory {
    fn validate(&self, before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        match before {
            Some(_) => Ok(()),
            None => Err(CrmError::refused(
                "opportunity.history_follows",
                "the history of an opportunity follows from its changes",
                "Change the opportunity, or create it with the stages it visited",
            )),
        }
    }

    fn written(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if before.is_some_and(|before| before.deleted_at != self.deleted_at) {
            tx.settle_before_commit(self.opportunity_id);
        }
        Ok(())
    }
}
