//! What is to be done.

use crmkit::activities::{Task, TaskDraft};
use crmkit::engine::Entity;
use crmkit::values::Timestamp;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{any_record, argument, command, draft, each, id, optional_id, records, take, unusable};
use crate::errors::exception;
use crate::session::Session;

/// Creates a task from its fields, and from the records that it is `about`.
#[pyfunction]
pub(crate) fn create_task(py: Python<'_>, session: &Session, fields: &Bound<'_, PyDict>) -> PyResult<Py<PyAny>> {
    if let Some(about) = take(fields, "about")? {
        for one in each(&about)? {
            let (entity, _) = any_record(Task::DEF.name, "about", &one)?;
            let field = Task::about_field(entity).map_err(|error| exception(py, &error))?;
            let name = field.def().name;
            if fields.contains(name)? || fields.contains(name.trim_end_matches("_id"))? {
                let reason = "it names two records of one kind";
                return Err(unusable(py, Task::DEF.name, "about", reason, "Give one of each kind"));
            }
            fields.set_item(name, one)?;
        }
    }
    let draft: TaskDraft = draft(py, fields)?;
    command(session, py, move |tx| tx.create(draft.clone()))
}

/// Notes that a task is done.
#[pyfunction]
pub(crate) fn complete_task(py: Python<'_>, session: &Session, task: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    let task = id(task)?;
    command(session, py, move |tx| Task::complete(tx, task))
}

/// Notes that a task need not be done any more.
#[pyfunction]
pub(crate) fn cancel_task(py: Python<'_>, session: &Session, task: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    let task = id(task)?;
    command(session, py, move |tx| Task::cancel(tx, task))
}

/// Opens a task again.
#[pyfunction]
pub(crate) fn reopen_task(py: Python<'_>, session: &Session, task: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    let task = id(task)?;
    command(session, py, move |tx| Task::reopen(tx, task))
}

/// The open tasks that are due by the end of a day, or of today.
#[pyfunction]
pub(crate) fn tasks_due(
    py: Python<'_>,
    session: &Session,
    until: Option<&Bound<'_, PyAny>>,
    assignee: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<Py<PyAny>>> {
    let (until, assignee) = (argument(Task::DUE_ON, until)?, optional_id(assignee)?);
    records(session, py, move |reader| {
        Task::due(reader, until.unwrap_or(reader.today()), assignee)
    })
}

/// The open tasks of which somebody is to be reminded after one time and up to another, or to now.
#[pyfunction]
pub(crate) fn reminders(
    py: Python<'_>,
    session: &Session,
    after: &Bound<'_, PyAny>,
    until: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<Py<PyAny>>> {
    let after: Timestamp = argument(Task::REMIND_AT, Some(after))?
        .ok_or_else(|| unusable(py, Task::DEF.name, "after", "it is nothing", "Give an aware datetime"))?;
    let until = argument(Task::REMIND_AT, until)?;
    records(session, py, move |reader| {
        Task::reminders(reader, after, until.unwrap_or(reader.now()))
    })
}
