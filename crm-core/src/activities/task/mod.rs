//! What is to be done.

mod agenda;
mod status;

use crate::customers::{field_among, trim};
use crate::engine::{CrmError, CustomValues, Entity, EntityDef, Field, Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, CustomerId, InteractionId, OpportunityId, TaskId, UserId};
use crate::values::{NaiveDate, Timestamp, Tz, local_date};

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
    /// The day by whose end it is to be done; where an instant is given, its day in the zone of the application.
    #[field(index)]
    pub due_on: Option<NaiveDate>,
    /// The instant by which it is to be done, where a day is not enough.
    pub due_at: Option<Timestamp>,
    /// When somebody is to be reminded of it.
    #[field(index)]
    pub remind_at: Option<Timestamp>,
    /// When it was done or called off; now where nothing is given.
    #[field(index, set_by = "command")]
    pub completed_at: Option<Timestamp>,
    /// Who is to do it.
    #[field(references = "users", on_delete = "set_null")]
    pub assignee_id: Option<UserId>,
    /// The customer that it is about; that of the opportunity where none is given.
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
    /// The fields that users defined.
    pub custom: CustomValues,
}

impl Validate for Task {
    fn complete(&mut self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.subject);
        self.complete_due(before, tx.zone());
        if self.status == TaskStatus::Open {
            self.completed_at = None;
        } else if before.is_none_or(|before| before.status != self.status) {
            self.completed_at = self.completed_at.or(Some(tx.now()));
        }
        if let (None, Some(deal)) = (self.customer_id, self.opportunity_id) {
            self.customer_id = tx.try_get(deal)?.and_then(|deal| deal.customer_id);
        }
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if self.completed_at.is_some_and(|at| at > tx.now()) {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "completed_at",
                "it is yet to come",
                "Give a time up to now, or leave the task open",
            ));
        }
        Ok(())
    }
}

impl Task {
    /// The field by which a task is about a record of this kind: [`Task::OPPORTUNITY_ID`] for opportunities.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] that lists the kinds of records which a task may be about.
    pub fn about_field(entity: &'static EntityDef) -> Result<Field> {
        let about = [
            Self::CUSTOMER_ID,
            Self::OPPORTUNITY_ID,
            Self::CAMPAIGN_ID,
            Self::INTERACTION_ID,
        ];
        field_among(Self::DEF, &about, entity)
    }

    /// The day follows from the instant; a day that is set by itself takes the instant away.
    fn complete_due(&mut self, before: Option<&Self>, zone: Tz) {
        let at_changed = before.is_none_or(|before| before.due_at != self.due_at);
        let on_changed = before.is_some_and(|before| before.due_on != self.due_on);
        if on_changed && !at_changed {
            self.due_at = None;
        } else if let Some(at) = self.due_at.filter(|_| at_changed) {
            self.due_on = Some(local_date(at, zone));
        }
    }
}
