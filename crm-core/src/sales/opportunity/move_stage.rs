use crate::engine::{CrmError, Result, Tx};
use crate::ids::{OpportunityId, StageId};
use crate::sales::{Opportunity, OpportunityCommand, OpportunityHistory, Stage, StageKind};
use crate::values::Timestamp;

impl Opportunity {
    /// Moves an open opportunity to another open stage, whose probability and forecast category it gets. In the stage
    /// where it is already, nothing changes.
    ///
    /// A won or lost stage is refused: closing needs a time, and losing a reason, so [`Opportunity::win`] and
    /// [`Opportunity::lose`] are the only ways there.
    ///
    /// # Errors
    /// [`CrmError::NotFound`], [`CrmError::Conflict`] for a stale revision, and [`CrmError::Refused`] with the rule
    /// `opportunity.close_by_command`, `opportunity.reopen_first` or `stage.same_pipeline`.
    pub fn move_to(tx: &mut Tx<'_>, id: OpportunityId, stage: StageId, expected_revision: Option<i64>) -> Result<Self> {
        let before = tx.get_at(id, expected_revision)?;
        let now = tx.now();
        Self::move_at(tx, before, stage, now)
    }

    /// The same at a time in the past, or at that of the last change where this is later: the way of imports.
    pub(crate) fn move_at(tx: &mut Tx<'_>, before: Self, stage: StageId, at: Timestamp) -> Result<Self> {
        before.outcome_after(OpportunityCommand::Move)?;
        let stage = tx.get(stage)?;
        before.check_pipeline(&stage)?;
        if stage.kind != StageKind::Open {
            return Err(CrmError::refused(
                "opportunity.close_by_command",
                format!("the stage {} closes an opportunity as {}", stage.id, stage.kind),
                "Win it, or lose it with a reason",
            ));
        }
        let last_change = OpportunityHistory::current(tx, before.id)?.map_or(at, |current| current.from_at);
        before.put_into(tx, &stage, at.max(last_change))
    }

    /// Writes the opportunity into a stage of the kind in which it is.
    pub(in crate::sales) fn put_into(&self, tx: &mut Tx<'_>, stage: &Stage, at: Timestamp) -> Result<Self> {
        if self.stage_id == stage.id {
            return Ok(self.clone());
        }
        let mut after = self.clone();
        after.enter(stage, at);
        tx.save(self, after)
    }

    /// Takes on the stage, and what opportunities get when they enter it.
    pub(super) fn enter(&mut self, stage: &Stage, at: Timestamp) {
        self.stage_id = stage.id;
        self.stage_entered_at = Some(at);
        self.outcome = stage.kind.outcome();
        self.probability = stage.probability.or(self.probability);
        self.forecast_category = stage.forecast_category.or(self.forecast_category);
    }
}
