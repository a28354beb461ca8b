use crate::engine::{CrmError, Result};
use crate::sales::{ForecastCategory, Opportunity, Outcome, StageKind};
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
        self.transition(command)
            .map_err(|illegal| illegal.refusal("the opportunity", self))
    }

    const fn transition(self, command: OpportunityCommand) -> Result<Self, Illegal> {
        use OpportunityCommand::{Lose, Move, Reopen, Win};
        match (self, command) {
            (Self::Open, Move) => Ok(Self::Open),
            (Self::Open, Win) => Ok(Self::Won),
            (Self::Open, Lose) => Ok(Self::Lost),
            (Self::Open, Reopen) => Err(Illegal::AlreadyOpen),
            (Self::Won, Win) => Err(Illegal::AlreadyWon),
            (Self::Lost, Lose) => Err(Illegal::AlreadyLost),
            (Self::Won, Move | Lose) | (Self::Lost, Move | Win) => Err(Illegal::ReopenFirst),
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

impl Opportunity {
    /// How it stands after a command, where that is allowed.
    pub(super) fn outcome_after(&self, command: OpportunityCommand) -> Result<Outcome> {
        self.outcome
            .transition(command)
            .map_err(|illegal| illegal.refusal(&format!("the opportunity {}", self.id), self.outcome))
    }
}

/// Why a command is not allowed.
enum Illegal {
    AlreadyOpen,
    AlreadyWon,
    AlreadyLost,
    ReopenFirst,
}

impl Illegal {
    fn refusal(&self, subject: &str, outcome: Outcome) -> CrmError {
        let (rule, hint) = match self {
            Self::AlreadyOpen => ("opportunity.already_open", "Move it among its open stages"),
            Self::AlreadyWon => ("opportunity.already_won", "Reopen it first to close it anew"),
            Self::AlreadyLost => ("opportunity.already_lost", "Reopen it first to close it anew"),
            Self::ReopenFirst => ("opportunity.reopen_first", "Reopen it first"),
        };
        CrmError::refused(rule, format!("{subject} is {outcome} already"), hint)
    }
}
