use crate::engine::{CrmError, Result};
use crate::sales::{ForecastCategory, Outcome, StageKind};
use crate::values::Decimal;

crate::choice! {
    /// A command that takes an opportunity from stage to stage.
    pub enum OpportunityCommand {
        /// To another open stage.
        Move = "move",
        /// To a stage of won ones.
        Win = "win",
        /// To a stage of lost ones.
        Lose = "lose",
        /// Back to an open stage.
        Reopen = "reopen",
    }
}

impl Outcome {
    /// How an opportunity stands after a command: the one table of what is allowed.
    ///
    /// ```
    /// use crm_core::sales::{OpportunityCommand, Outcome};
    /// assert_eq!(Outcome::Open.after(OpportunityCommand::Win), Ok(Outcome::Won));
    /// assert!(Outcome::Won.after(OpportunityCommand::Lose).is_err());
    /// ```
    ///
    /// # Errors
    /// [`CrmError::Refused`] with the rule `opportunity.reopen_first`, `opportunity.already_won`,
    /// `opportunity.already_lost` or `opportunity.already_open`.
    pub fn after(self, command: OpportunityCommand) -> Result<Self> {
        use OpportunityCommand::{Lose, Move, Reopen, Win};
        match (self, command) {
            (Self::Open, Move) => Ok(Self::Open),
            (Self::Open, Win) => Ok(Self::Won),
            (Self::Open, Lose) => Ok(Self::Lost),
            (Self::Open, Reopen) => Err(already(
                "opportunity.already_open",
                self,
                "Move it among its open stages",
            )),
            (Self::Won, Move | Lose) | (Self::Lost, Move | Win) => Err(CrmError::refused(
                "opportunity.reopen_first",
                format!("the opportunity is {self}, and closed ones only reopen"),
                "Reopen it first",
            )),
            (Self::Won, Win) => Err(already(
                "opportunity.already_won",
                self,
                "Reopen it first to close it anew",
            )),
            (Self::Lost, Lose) => Err(already(
                "opportunity.already_lost",
                self,
                "Reopen it first to close it anew",
            )),
            (Self::Won | Self::Lost, Reopen) => Ok(Self::Open),
        }
    }

    /// The kind of stage in which opportunities stand like this.
    pub const fn stage_kind(self) -> StageKind {
        match self {
            Self::Open => StageKind::Open,
            Self::Won => StageKind::Won,
            Self::Lost => StageKind::Lost,
        }
    }

    /// The probability and the forecast category that a closed opportunity has by its meaning.
    pub(in crate::sales) const fn figures(self) -> (Option<Decimal>, Option<ForecastCategory>) {
        match self {
            Self::Open => (None, None),
            Self::Won => (Some(Decimal::ONE_HUNDRED), Some(ForecastCategory::Closed)),
            Self::Lost => (Some(Decimal::ZERO), Some(ForecastCategory::Omitted)),
        }
    }
}

fn already(rule: &'static str, outcome: Outcome, hint: &str) -> CrmError {
    CrmError::refused(rule, format!("the opportunity is {outcome} already"), hint)
}
