use super::{Task, TaskStatus};
use crate::engine::{Conditions, Query, Reader, Result};
use crate::ids::UserId;
use crate::values::{NaiveDate, Timestamp};

impl Task {
    /// The open tasks that are due by the end of a day, the most overdue first: of one assignee, or of all.
    ///
    /// ```
    /// use crm_core::{Crm, activities::{Task, TaskDraft}};
    /// let crm = Crm::in_memory();
    /// let due = crm.write(|tx| {
    ///     let today = tx.today();
    ///     tx.create(TaskDraft { due_on: Some(today), ..TaskDraft::new("Call Li back") })?;
    ///     tx.create(TaskDraft { due_on: today.succ_opt(), ..TaskDraft::new("Send the offer") })?;
    ///     Task::due(tx, today, None)
    /// })?;
    /// assert_eq!(due.iter().map(|task| task.subject.as_str()).collect::<Vec<_>>(), ["Call Li back"]);
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// Of the storage.
    pub fn due(reader: &mut Reader<'_>, until: NaiveDate, assignee: Option<UserId>) -> Result<Vec<Self>> {
        reader.find(&Self::due_query(until, assignee))
    }

    /// The open tasks of which somebody is to be reminded after one time and up to another, the earliest first. A host
    /// asks from the time up to which it asked before, and reminds once of each.
    ///
    /// # Errors
    /// Of the storage.
    pub fn reminders(reader: &mut Reader<'_>, from: Timestamp, until: Timestamp) -> Result<Vec<Self>> {
        reader.find(&Self::reminders_query(from, until))
    }

    /// The query of [`Task::due`], to be paged or narrowed.
    pub fn due_query(until: NaiveDate, assignee: Option<UserId>) -> Query {
        let due = Query::of::<Self>()
            .filter(Self::DUE_ON.at_most(until))
            .filter(Self::STATUS.is(TaskStatus::Open))
            .order_by(Self::DUE_ON)
            .order_by(Self::DUE_AT);
        match assignee {
            Some(assignee) => due.filter(Self::ASSIGNEE_ID.is(assignee)),
            None => due,
        }
    }

    /// The query of [`Task::reminders`].
    pub fn reminders_query(from: Timestamp, until: Timestamp) -> Query {
        Query::of::<Self>()
            .filter(Self::REMIND_AT.above(from))
            .filter(Self::REMIND_AT.at_most(until))
            .filter(Self::STATUS.is(TaskStatus::Open))
            .order_by(Self::REMIND_AT)
    }
}
