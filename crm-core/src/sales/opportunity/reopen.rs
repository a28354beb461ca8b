use crate::engine::{Conditions, Query, Result, Tx};
use crate::ids::{OpportunityId, StageId};
use crate::sales::{Opportunity, OpportunityCommand, OpportunityHistory, Outcome, Stage, StageRef};

/// How an opportunity is opened again, where not in the stage in which it was open last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reopening<'n> {
    /// The stage; the open one in which it was last where none is given.
    pub stage: Option<StageRef<'n>>,
    /// Reopen it only where it is at this revision.
    pub expected_revision: Option<i64>,
}

impl Opportunity {
    /// Opens a won or lost opportunity again, in the stage that is given or the open one in which it was last. Its
    /// history stays; the time and reason of closing go, and the day on which it was last expected to close returns.
    ///
    /// # Errors
    /// As [`Opportunity::move_to`], with the rules `opportunity.already_open`, `opportunity.stage_of_outcome` and
    /// `stage.same_pipeline`.
    pub fn reopen(tx: &mut Tx<'_>, id: OpportunityId, reopening: Reopening<'_>) -> Result<Self> {
        let before = tx.get_at(id, reopening.expected_revision)?;
        let outcome = before.outcome_after(OpportunityCommand::Reopen)?;
        let last_open = last_open(tx, id)?;
        let stage = match (reopening.stage, &last_open) {
            (None, Some(last)) => before.live_stage(tx, last.stage_id)?,
            (given, _) => before.stage_of(tx, outcome, given)?,
        };
        let mut after = before.clone();
        after.enter(&stage, tx.now());
        after.closed_at = None;
        after.lost_reason = None;
        after.close_on = last_open.map_or(before.close_on, |last| last.close_on);
        tx.save(&before, after)
    }

    /// This stage, or the entry stage where it is deleted by now.
    fn live_stage(&self, tx: &mut Tx<'_>, id: StageId) -> Result<Stage> {
        match tx.try_get(id)? {
            Some(stage) => Ok(stage),
            None => self.stage_of(tx, Outcome::Open, None),
        }
    }
}

/// How the opportunity stood when it was open last.
fn last_open(tx: &mut Tx<'_>, id: OpportunityId) -> Result<Option<OpportunityHistory>> {
    let open = OpportunityHistory::OPPORTUNITY_ID
        .is(id)
        .and(OpportunityHistory::OUTCOME.is(Outcome::Open));
    let newest_first = Query::of::<OpportunityHistory>()
        .filter(open)
        .order_by_descending(OpportunityHistory::FROM_AT);
    tx.first(&newest_first)
}
