use crate::engine::{Conditions, CrmError, Deleted, Query, Reader, Result, Tx};
use crate::ids::OpportunityId;
use crate::sales::{Opportunity, OpportunityHistory};

impl Opportunity {
    /// How an opportunity stood from one time to the next, the oldest first and without gaps; a duration is `until_at`
    /// less `from_at`. The last row has no end.
    ///
    /// Changes at one instant share a row, and only stages get rows of their own whatever little time they took, so
    /// that a funnel counts every stage that was passed.
    ///
    /// # Errors
    /// Of the storage.
    pub fn history(reader: &mut Reader<'_>, id: OpportunityId) -> Result<Vec<OpportunityHistory>> {
        let query = Query::of::<OpportunityHistory>().filter(OpportunityHistory::OPPORTUNITY_ID.is(id));
        reader.find(&query.order_by(OpportunityHistory::FROM_AT))
    }

    /// Ends the current row of the history and begins the next, where something changed that the history tells of.
    pub(super) fn write_history(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        let Some(before) = before else {
            return OpportunityHistory::begin(tx, self);
        };
        if self.tells_the_same_as(before) {
            return Ok(());
        }
        OpportunityHistory::go_on(tx, self, before.stage_id != self.stage_id)
    }

    fn tells_the_same_as(&self, other: &Self) -> bool {
        self.stage_id == other.stage_id
            && self.outcome == other.outcome
            && self.amount == other.amount
            && self.list_amount == other.list_amount
            && self.close_on == other.close_on
            && self.probability == other.probability
            && self.forecast_category == other.forecast_category
    }

    /// Refuses that rows of the history were deleted by themselves.
    pub(super) fn check_history_is_kept(tx: &mut Tx<'_>, id: OpportunityId) -> Result<()> {
        let deleted = Query::of::<OpportunityHistory>()
            .filter(OpportunityHistory::OPPORTUNITY_ID.is(id))
            .deleted(Deleted::Only);
        if tx.count(&deleted)? == 0 {
            return Ok(());
        }
        Err(CrmError::refused(
            "opportunity.history_is_kept",
            "the history of an opportunity is not deleted by itself",
            "Leave it, or delete the opportunity with it",
        ))
    }
}
