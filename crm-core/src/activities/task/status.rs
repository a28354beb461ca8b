use super::{Task, TaskStatus};
use crate::engine::{CrmError, Result, Tx};
use crate::ids::TaskId;

impl Task {
    /// Notes that a task is done, now. One that is done already stays as it is.
    ///
    /// ```
    /// use crm_core::{Crm, activities::{Task, TaskDraft, TaskStatus}};
    /// let crm = Crm::in_memory();
    /// let task = crm.write(|tx| tx.create(TaskDraft::new("Call Li back")))?;
    /// let done = crm.write(|tx| Task::complete(tx, task.id))?;
    /// assert_eq!((done.status, done.completed_at), (TaskStatus::Done, Some(done.updated_at)));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::NotFound`], and [`CrmError::Refused`] with `task.not_open` for one that was called off.
    pub fn complete(tx: &mut Tx<'_>, id: TaskId) -> Result<Self> {
        Self::end(tx, id, TaskStatus::Done)
    }

    /// Notes that a task need not be done any more. One that was called off already stays as it is.
    ///
    /// # Errors
    /// [`CrmError::NotFound`], and [`CrmError::Refused`] with `task.not_open` for one that is done.
    pub fn cancel(tx: &mut Tx<'_>, id: TaskId) -> Result<Self> {
        Self::end(tx, id, TaskStatus::Cancelled)
    }

    /// Opens a task again that was done or called off. One that is open stays as it is.
    ///
    /// # Errors
    /// [`CrmError::NotFound`].
    pub fn reopen(tx: &mut Tx<'_>, id: TaskId) -> Result<Self> {
        let before = tx.get(id)?;
        let after = Self {
            status: TaskStatus::Open,
            ..before.clone()
        };
        tx.save(&before, after)
    }

    fn end(tx: &mut Tx<'_>, id: TaskId, status: TaskStatus) -> Result<Self> {
        let before = tx.get(id)?;
        if before.status != TaskStatus::Open && before.status != status {
            return Err(CrmError::refused(
                "task.not_open",
                format!("the task {id} is {}", before.status),
                "Reopen it first",
            ));
        }
        let after = Self {
            status,
            ..before.clone()
        };
        tx.save(&before, after)
    }
}
