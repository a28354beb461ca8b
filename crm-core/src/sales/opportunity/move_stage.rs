use crate::engine::{CrmError, Result, Tx};
use crate::ids::OpportunityId;
use crate::sales::{Opportunity, OpportunityCommand, OpportunityHistory, Stage, StageKind, StageRef};
use crate::values::Timestamp;

/// Where an opportunity is moved. A stage alone, by its id or its name, is a move too: `"Proposal"`.
///
/// ```
/// use crm_core::sales::Move;
/// let unless_changed = Move { expected_revision: Some(3), ..Move::from("Proposal") };
/// assert_ne!(unless_changed, "Proposal".into());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move<'n> {
    /// The stage.
    pub stage: StageRef<'n>,
    /// Move it only where it is at this revision.
    pub expected_revision: Option<i64>,
}

impl<'n, S: Into<StageRef<'n>>> From<S> for Move<'n> {
    fn from(stage: S) -> Self {
        Self {
            stage: stage.into(),
            expected_revision: None,
        }
    }
}

impl Opportunity {
    /// Moves an open opportunity to another open stage, whose probability and forecast category it gets. In the stage
    /// where it is already, nothing changes.
    ///
    /// A won or lost stage is refused: closing needs a time, and losing a reason, so [`Opportunity::win`] and
    /// [`Opportunity::lose`] are the only ways there.
    ///
    /// # Errors
    /// [`CrmError::NotFound`], [`CrmError::Conflict`] for a stale revision, [`CrmError::Invalid`] that lists the stages
    /// where none has the name, and [`CrmError::Refused`] with the rule `opportunity.close_by_command`,
    /// `opportunity.reopen_first` or `stage.same_pipeline`.
    pub fn move_to<'n>(tx: &mut Tx<'_>, id: OpportunityId, to: impl Into<Move<'n>>) -> Result<Self> {
        let to = to.into();
        let before = tx.get_at(id, to.expected_revision)?;
        let now = tx.now();
        Self::move_at(tx, before, to.stage, now)
    }

    /// The same at a time in the past, or at that of the last change where this is later: the way of imports.
    pub(crate) fn move_at(tx: &mut Tx<'_>, before: Self, stage: StageRef<'_>, at: Timestamp) -> Result<Self> {
        before.outcome_after(OpportunityCommand::Move)?;
        let stage = before.stage_meant(tx, stage)?;
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
