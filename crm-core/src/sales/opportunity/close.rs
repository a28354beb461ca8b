use crate::engine::{CrmError, Result, Tx};
use crate::ids::OpportunityId;
use crate::sales::{Opportunity, OpportunityCommand, OpportunityHistory, Outcome, Pipeline, Stage, StageRef};
use crate::values::{Timestamp, local_date};

use super::rules::invalid;

/// How an opportunity is closed, where not by the first stage of the kind and now.
///
/// ```
/// use crm_core::sales::Closing;
/// let on_friday = Closing { closed_at: Some("2026-11-20T15:00:00Z".parse()?), ..Closing::default() };
/// assert_eq!(on_friday.expected_revision, None);
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Closing<'n> {
    /// The stage; the first of the kind in the pipeline where none is given.
    pub stage: Option<StageRef<'n>>,
    /// When it was closed; now where nothing is given.
    pub closed_at: Option<Timestamp>,
    /// Close it only where it is at this revision.
    pub expected_revision: Option<i64>,
}

impl Opportunity {
    /// Wins an open opportunity: 100 percent, in the category closed, closing on the day of `closed_at` in the zone of
    /// the CRM.
    ///
    /// A closing in the past is told to the history from then on, or from the last change that is there already.
    ///
    /// # Errors
    /// [`CrmError::NotFound`], [`CrmError::Conflict`] for a stale revision, [`CrmError::Invalid`] for a `closed_at` in
    /// the future or before the opening and for a stage by a name that the pipeline has not, and [`CrmError::Refused`] with the rule `opportunity.already_won`,
    /// `opportunity.reopen_first`, `opportunity.stage_of_outcome` or `stage.same_pipeline`.
    pub fn win(tx: &mut Tx<'_>, id: OpportunityId, closing: Closing<'_>) -> Result<Self> {
        Self::close(tx, id, OpportunityCommand::Win, None, closing)
    }

    /// Loses an open opportunity for a reason: 0 percent, omitted from the forecast; else as [`Opportunity::win`].
    ///
    /// # Errors
    /// As [`Opportunity::win`], with `opportunity.already_lost`, and [`CrmError::Invalid`] without a reason.
    pub fn lose(tx: &mut Tx<'_>, id: OpportunityId, reason: &str, closing: Closing<'_>) -> Result<Self> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(invalid(
                "lost_reason",
                "an opportunity is not lost without a reason",
                "Give one, if only `unknown`",
            ));
        }
        Self::close(tx, id, OpportunityCommand::Lose, Some(reason.to_owned()), closing)
    }

    fn close(
        tx: &mut Tx<'_>,
        id: OpportunityId,
        command: OpportunityCommand,
        lost_reason: Option<String>,
        closing: Closing<'_>,
    ) -> Result<Self> {
        let before = tx.get_at(id, closing.expected_revision)?;
        let outcome = before.outcome_after(command)?;
        let stage = before.stage_of(tx, outcome, closing.stage)?;
        let closed_at = closing.closed_at.unwrap_or(tx.now());
        let last_change = OpportunityHistory::current(tx, id)?.map_or(closed_at, |current| current.from_at);
        let mut after = before.clone();
        after.enter(&stage, closed_at.max(last_change));
        after.closed_at = Some(closed_at);
        after.close_on = Some(local_date(closed_at, tx.zone()));
        after.lost_reason = lost_reason;
        tx.save(&before, after)
    }

    /// The stage that is given, which must fit the outcome, or the first that does.
    pub(super) fn stage_of(&self, tx: &mut Tx<'_>, outcome: Outcome, given: Option<StageRef<'_>>) -> Result<Stage> {
        let Some(given) = given else {
            return Pipeline::first_stage(tx, self.pipeline_id, outcome.stage_kind());
        };
        let stage = self.stage_meant(tx, given)?;
        if stage.kind.outcome() != outcome {
            return Err(CrmError::refused(
                "opportunity.stage_of_outcome",
                format!("the stage {} is of the kind {}", stage.id, stage.kind),
                format!("Choose a stage of the kind {}, or none", outcome.stage_kind()),
            ));
        }
        Ok(stage)
    }
}
