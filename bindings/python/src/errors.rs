//! Errors of the engine as exceptions of `crmkit.errors`.

use crmkit::engine::{CrmError, EntityDef};
use crmkit::values::ValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::memo::Memo;

static FROM_NATIVE: Memo = Memo::new("crmkit.errors", "_from_native");

/// The exception that says what the error says.
pub(crate) fn exception(py: Python<'_>, error: &CrmError) -> PyErr {
    build(py, error, None).unwrap_or_else(|failed| failed)
}

/// The exception for an argument of a type that is never right, such as a float for money.
pub(crate) fn wrong_type(py: Python<'_>, entity: &'static str, field: &str, error: ValueError) -> PyErr {
    let error = CrmError::invalid_value(entity, field.to_owned(), error);
    build(py, &error, Some("argument")).unwrap_or_else(|failed| failed)
}

/// The exception for an argument of the right type with a value that cannot be.
pub(crate) fn invalid(py: Python<'_>, entity: &'static EntityDef, field: &str, error: ValueError) -> PyErr {
    exception(py, &CrmError::invalid_value(entity.name, field.to_owned(), error))
}

fn build(py: Python<'_>, error: &CrmError, kind: Option<&str>) -> PyResult<PyErr> {
    let details = PyDict::new(py);
    details.set_item("hint", error.hint())?;
    details.set_item("field", error.field())?;
    details.set_item("rule", error.rule())?;
    match error {
        CrmError::NotFound { entity, id } => {
            details.set_item("entity", *entity)?;
            details.set_item("id", *id)?;
        }
        CrmError::Invalid { entity, reason, .. } => {
            details.set_item("entity", *entity)?;
            details.set_item("reason", reason)?;
        }
        CrmError::Duplicate { entity, matches, .. } => {
            details.set_item("entity", *entity)?;
            details.set_item("matches", matches.clone())?;
        }
        CrmError::Conflict {
            entity,
            id,
            expected,
            current_revision,
        } => {
            details.set_item("entity", *entity)?;
            details.set_item("id", *id)?;
            details.set_item("expected_revision", expected)?;
            details.set_item("current_revision", current_revision)?;
        }
        CrmError::InUse { entity, id, by, .. } => {
            details.set_item("entity", *entity)?;
            details.set_item("id", *id)?;
            let by: Vec<_> = by.iter().map(|used| (used.entity, used.count)).collect();
            details.set_item("by", by)?;
        }
        CrmError::Refused { reason, .. } | CrmError::Corrupt { reason } => details.set_item("reason", reason)?,
        CrmError::Expression { column, reason, .. } => {
            details.set_item("column", column)?;
            details.set_item("reason", reason)?;
        }
        CrmError::Busy { waited } => details.set_item("waited", *waited)?,
        CrmError::NewerFormat { found, supported } => {
            details.set_item("found", found)?;
            details.set_item("supported", supported)?;
        }
        CrmError::Cancelled { operation } => details.set_item("operation", *operation)?,
        CrmError::Storage { operation, reason, .. } => {
            details.set_item("operation", *operation)?;
            details.set_item("reason", reason)?;
        }
        _ => {}
    }
    let code = kind.unwrap_or(error.code());
    let exception = FROM_NATIVE.get(py)?.call1((code, error.to_string(), details))?;
    Ok(PyErr::from_value(exception))
}
