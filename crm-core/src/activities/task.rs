use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, CustomerId, InteractionId, OpportunityId, TaskId, UserId};
use crate::values::{NaiveDate, Timestamp};

crate::choice! {
    /// How a task stands.
    pub enum TaskStatus {
        /// It is to be done.
        Open = "open",
        /// It is done.
        Done = "done",
        /// It need not be done any more.
        Cancelled = "cancelled",
    }
}

crate::choice! {
    /// How urgent a task is.
    pub enum TaskPriority {
        /// As others.
        Normal = "normal",
        /// Before others.
        High = "high",
        /// After others.
        Low = "low",
    }
}

/// Something that is to be done, by somebody, by a day or an instant, about a record or several.
#[entity(table = "tasks")]
pub struct Task {
    /// What is to be done.
    #[field(search)]
    pub subject: String,
    /// More about it.
    pub body: Option<String>,
    /// How it stands.
    #[field(default, set_by = "command")]
    pub status: TaskStatus,
    /// How urgent it is.
    #[field(default)]
    pub priority: TaskPriority,
    /// The day by whose end it is to be done.
    #[field(index)]
    pub due_on: Option<NaiveDate>,
    /// The instant by which it is to be done, where a day is not enough.
    pub due_at: Option<Timestamp>,
    /// When somebody is to be reminded of it.
    #[field(index)]
    pub remind_at: Option<Timestamp>,
    /// When it was done or called off.
    #[field(set_by = "engine")]
    pub completed_at: Option<Timestamp>,
    /// Who is to do it.
    #[field(references = "users", on_delete = "set_null")]
    pub assignee_id: Option<UserId>,
    /// The customer that it is about.
    #[field(references = "customers", on_delete = "cascade")]
    pub customer_id: Option<CustomerId>,
    /// The opportunity that it is about.
    #[field(references = "opportunities", on_delete = "cascade")]
    pub opportunity_id: Option<OpportunityId>,
    /// The campaign that it is about.
    #[field(references = "campaigns", on_delete = "cascade")]
    pub campaign_id: Option<CampaignId>,
    /// The interaction that it follows from.
    #[field(references = "interactions", on_delete = "set_null")]
    pub interaction_id: Option<InteractionId>,
}

impl Validate for Task {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
