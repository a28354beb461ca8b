//! The definitions of the fields that users add.

use crmkit::SCHEMA;
use crmkit::customization::{CustomField, CustomFieldDraft};
use crmkit::engine::{CustomOption, Entity};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::{command, draft, each, id, take, unusable};
use crate::errors::exception;
use crate::session::Session;

/// Defines a field from the fields of its definition, where kinds of records go by their names, and `options` are
/// codes or pairs of codes and labels.
#[pyfunction]
pub(crate) fn create_custom_field(
    py: Python<'_>,
    session: &Session,
    fields: &Bound<'_, PyDict>,
) -> PyResult<Py<PyAny>> {
    for (argument, field) in [("entity", "record_table"), ("refers_to", "refers_to")] {
        if let Some(kind) = take(fields, argument)? {
            let wrong = |_| {
                unusable(
                    py,
                    CustomField::DEF.name,
                    argument,
                    "it is no text",
                    "Give a kind of record",
                )
            };
            let kind = kind.cast::<PyString>().map_err(wrong)?;
            let entity = SCHEMA
                .entity_named(kind.to_str()?)
                .map_err(|error| exception(py, &error))?;
            fields.set_item(field, entity.table)?;
        }
    }
    let given = take(fields, "options")?.map(|given| options(&given)).transpose()?;
    let mut draft: CustomFieldDraft = draft(py, fields)?;
    if let Some(given) = given {
        let pairs = given.into_iter().map(|option| (option.code, option.label));
        draft = draft.with_options(pairs).map_err(|error| exception(py, &error))?;
    }
    command(session, py, move |tx| tx.create(draft.clone()))
}

/// Gives a choice these options.
#[pyfunction]
pub(crate) fn set_options(
    py: Python<'_>,
    session: &Session,
    field: &Bound<'_, PyAny>,
    given: &Bound<'_, PyAny>,
) -> PyResult<Py<PyAny>> {
    let (field, options) = (id(field)?, options(given)?);
    command(session, py, move |tx| {
        CustomField::set_options(tx, field, options.clone())
    })
}

/// Takes a field out of use.
#[pyfunction]
pub(crate) fn retire_custom_field(py: Python<'_>, session: &Session, field: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    let field = id(field)?;
    command(session, py, move |tx| CustomField::retire(tx, field))
}

/// Puts a retired field back to use.
#[pyfunction]
pub(crate) fn reinstate_custom_field(
    py: Python<'_>,
    session: &Session,
    field: &Bound<'_, PyAny>,
) -> PyResult<Py<PyAny>> {
    let field = id(field)?;
    command(session, py, move |tx| CustomField::reinstate(tx, field))
}

/// A mapping of codes to labels, or codes that are their own labels.
fn options(given: &Bound<'_, PyAny>) -> PyResult<Vec<CustomOption>> {
    let wrong = |_| {
        let hint = "Give a list of codes, or a dict of codes and labels";
        unusable(
            given.py(),
            CustomField::DEF.name,
            "options",
            "an option is no text",
            hint,
        )
    };
    if let Ok(labels) = given.cast::<PyDict>() {
        let pair = |(code, label): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
            Ok(CustomOption::new(
                code.extract::<String>().map_err(wrong)?,
                label.extract::<String>().map_err(wrong)?,
            ))
        };
        return labels.iter().map(pair).collect();
    }
    let option = |code: Bound<'_, PyAny>| {
        let code: String = code.extract().map_err(wrong)?;
        Ok(CustomOption::new(code.clone(), code))
    };
    each(given)?.into_iter().map(option).collect()
}
