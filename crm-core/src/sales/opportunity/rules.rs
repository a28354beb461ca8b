use crate::engine::{CrmError, Entity, Result};
use crate::sales::percentage::check_percentage;
use crate::sales::{ForecastCategory, Opportunity, Outcome};
use crate::values::Timestamp;

impl Opportunity {
    /// The rules that an opportunity meets by itself, without a look at other records.
    pub(super) fn check(&self, before: Option<&Self>, now: Timestamp) -> Result<()> {
        check_percentage(Self::DEF.name, self.probability)?;
        if self.amount.is_some_and(|amount| amount.minor() < 0) {
            return Err(invalid("amount", "it is below zero", "Give an amount of zero or more"));
        }
        self.check_figures()?;
        self.check_times(now)?;
        self.check_lost_reason()?;
        self.check_closing_day(before)
    }

    /// Won is 100 percent and closed, lost is 0 percent and omitted, and open is not closed.
    fn check_figures(&self) -> Result<()> {
        if self.outcome == Outcome::Open {
            if self.forecast_category != Some(ForecastCategory::Closed) {
                return Ok(());
            }
            return Err(invalid(
                "forecast_category",
                "an open opportunity is not closed",
                "Use another category, or win it",
            ));
        }
        if (self.probability, self.forecast_category) == self.outcome.figures() {
            return Ok(());
        }
        Err(CrmError::refused(
            "opportunity.closed_figures",
            format!(
                "the opportunity is {}, and its probability and category follow from that",
                self.outcome
            ),
            "Leave both out, or reopen it first",
        ))
    }

    fn check_times(&self, now: Timestamp) -> Result<()> {
        for (field, time) in [
            ("opened_at", self.opened_at),
            ("closed_at", self.closed_at),
            ("stage_entered_at", self.stage_entered_at),
        ] {
            if time > Some(now) {
                return Err(invalid(field, "it lies in the future", "Give a time that has come"));
            }
        }
        match self.closed_at {
            None => Ok(()),
            Some(_) if self.outcome == Outcome::Open => Err(invalid(
                "closed_at",
                "an open opportunity has not been closed",
                "Leave it out, or name a stage of won or lost ones",
            )),
            closed_at if closed_at < self.opened_at => Err(invalid(
                "closed_at",
                "it lies before opened_at",
                "Give a time at or after opened_at",
            )),
            Some(_) => Ok(()),
        }
    }

    fn check_lost_reason(&self) -> Result<()> {
        if self.lost_reason.is_none() || self.outcome == Outcome::Lost {
            return Ok(());
        }
        Err(invalid(
            "lost_reason",
            format!("the opportunity is {}", self.outcome),
            "Leave it out: only a lost opportunity has one",
        ))
    }

    /// The day of closing of a closed opportunity is a fact.
    fn check_closing_day(&self, before: Option<&Self>) -> Result<()> {
        match before {
            Some(before)
                if self.outcome != Outcome::Open
                    && before.closed_at == self.closed_at
                    && before.close_on != self.close_on =>
            {
                Err(CrmError::refused(
                    "opportunity.closed_on_its_day",
                    format!("the opportunity is {}, and close_on is the day of that", self.outcome),
                    "Reopen it first, and close it with another closed_at",
                ))
            }
            _ => Ok(()),
        }
    }
}

/// A field of an opportunity that breaks a rule.
pub(super) fn invalid(field: &'static str, reason: impl Into<String>, hint: &str) -> CrmError {
    CrmError::invalid(Opportunity::DEF.name, field, reason, hint)
}
