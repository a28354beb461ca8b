use crmkit::engine::{ChoiceDef, FieldKind, Value};
use crmkit::values::Timestamp;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;

use super::Money;
use crate::memo::Memo;

static CHOICE: Memo = Memo::new("crmkit._choice", "member");

/// A value as Python's own: `Decimal`, `date`, an aware `datetime` in UTC, `UUID`, `Money`, a member of a `StrEnum`.
pub(crate) fn python<'py>(py: Python<'py>, kind: FieldKind, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    match (value, kind) {
        (Value::Null | Value::Custom(_), _) => Ok(py.None().into_bound(py)),
        (Value::Text(code), FieldKind::Choice(def)) => choice(py, def, code),
        (Value::Text(text), _) => text.into_bound_py_any(py),
        (Value::Bool(yes), _) => yes.into_bound_py_any(py),
        (Value::Integer(number), _) => number.into_bound_py_any(py),
        (Value::Decimal(number), _) => number.into_bound_py_any(py),
        (Value::Money(money), _) => Money::from(*money).into_bound_py_any(py),
        (Value::Date(day), _) => day.into_bound_py_any(py),
        (Value::Instant(at), _) => utc(py, *at),
        (Value::Id(id), _) => id.into_bound_py_any(py),
    }
}

/// The member of the `StrEnum` that stands for a choice.
pub(crate) fn choice<'py>(py: Python<'py>, def: &'static ChoiceDef, code: &str) -> PyResult<Bound<'py, PyAny>> {
    CHOICE.get(py)?.call1((def.name, code))
}

/// An instant as an aware `datetime` in UTC.
pub(crate) fn utc(py: Python<'_>, at: Timestamp) -> PyResult<Bound<'_, PyAny>> {
    let at = at
        .to_utc()
        .ok_or_else(|| PyOverflowError::new_err("the instant is outside of the years of datetime"))?;
    at.into_bound_py_any(py)
}
