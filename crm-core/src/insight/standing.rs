use crate::engine::{Aggregate, Conditions, Field, Filter, Path, PathConditions};
use crate::sales::{Opportunity, OpportunityHistory, Outcome};
use crate::values::{NaiveDate, Timestamp, Tz, start_of_day};

/// Where it is read how opportunities stand: now in the opportunities themselves, for a past day in their history by
/// when things happened.
#[derive(Debug, Clone, Copy)]
pub(super) enum Standing {
    /// As they are.
    Now,
    /// As they were just before this instant.
    Before(Timestamp),
}

impl Standing {
    /// As they were at the end of a day.
    pub(super) fn at_end_of(day: NaiveDate, zone: Tz) -> Self {
        Self::Before(start_of_day(day.succ_opt().unwrap_or(day), zone))
    }

    /// One row for each opportunity for which the condition holds, with how it stands.
    pub(super) fn aggregate(self, condition: Option<Filter>) -> Aggregate {
        let (rows, condition) = match self {
            Self::Now => (Aggregate::of::<Opportunity>(), condition),
            Self::Before(end) => {
                let rows = Aggregate::of::<OpportunityHistory>().filter(stood_before(end));
                (rows, condition.map(|condition| self.of_opportunity(condition)))
            }
        };
        match condition {
            Some(condition) => rows.filter(condition),
            None => rows,
        }
    }

    /// A condition on the opportunity, as a condition on the rows of [`Standing::aggregate`].
    pub(super) fn of_opportunity(self, condition: Filter) -> Filter {
        match self {
            Self::Now => condition,
            Self::Before(_) => Filter::refers_to(OpportunityHistory::OPPORTUNITY_ID, condition),
        }
    }

    /// The condition that an opportunity has this outcome.
    pub(super) fn has_outcome(self, outcome: Outcome) -> Filter {
        match self {
            Self::Now => Opportunity::OUTCOME.is(outcome),
            Self::Before(end) => Filter::referred_by(
                OpportunityHistory::OPPORTUNITY_ID,
                stood_before(end).and(OpportunityHistory::OUTCOME.is(outcome)),
            ),
        }
    }

    /// The condition that a row of history begins before the moment that is asked about.
    pub(super) fn had_begun(self) -> Filter {
        match self {
            Self::Now => Filter::everything(),
            Self::Before(end) => OpportunityHistory::FROM_AT.below(end),
        }
    }

    pub(super) fn outcome(self) -> Path {
        self.field(Opportunity::OUTCOME, OpportunityHistory::OUTCOME)
    }

    pub(super) fn stage(self) -> Path {
        self.field(Opportunity::STAGE_ID, OpportunityHistory::STAGE_ID)
    }

    pub(super) fn stage_entered_at(self) -> Path {
        self.field(Opportunity::STAGE_ENTERED_AT, OpportunityHistory::STAGE_ENTERED_AT)
    }

    pub(super) fn amount(self) -> Path {
        self.field(Opportunity::AMOUNT, OpportunityHistory::AMOUNT)
    }

    pub(super) fn list_amount(self) -> Path {
        self.field(Opportunity::LIST_AMOUNT, OpportunityHistory::LIST_AMOUNT)
    }

    pub(super) fn probability(self) -> Path {
        self.field(Opportunity::PROBABILITY, OpportunityHistory::PROBABILITY)
    }

    pub(super) fn close_on(self) -> Path {
        self.field(Opportunity::CLOSE_ON, OpportunityHistory::CLOSE_ON)
    }

    pub(super) fn forecast_category(self) -> Path {
        self.field(Opportunity::FORECAST_CATEGORY, OpportunityHistory::FORECAST_CATEGORY)
    }

    fn field(self, now: Field, past: Field) -> Path {
        match self {
            Self::Now => now.into(),
            Self::Before(_) => past.into(),
        }
    }
}

/// The rows of history that tell how opportunities stood just before an instant: one for each that was there.
fn stood_before(end: Timestamp) -> Filter {
    Filter::All(vec![
        OpportunityHistory::FROM_AT.below(end),
        Filter::Any(vec![
            OpportunityHistory::UNTIL_AT.empty(),
            OpportunityHistory::UNTIL_AT.at_least(end),
        ]),
    ])
}
