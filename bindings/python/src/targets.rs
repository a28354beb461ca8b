//! Where the columns of an import go.

use std::collections::BTreeMap;

use crmkit::exchange;
use crmkit::values::ValueError;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyString};

use crate::errors::wrong_type;
use crate::imports::{date_order, decimal_sign};
use crate::values::decimal;

/// Where the cells of a column go, and what is done with them on the way.
///
/// A target says first where: a field, a record that a field refers to, an e-mail address. What is done on the way
/// follows; each step makes another target. The name of a field alone, ``"name"``, is the target of that field.
///
/// Examples:
///     >>> from crmkit import Target
///     >>> print(Target.field("name").key())
///     name, key
///     >>> print(Target.reference("owner", by="name", create_missing=True))
///     owner by name, missing ones created
///     >>> print(Target.field("annual_revenue").currency("USD").multiplied_by(1_000_000))
///     annual_revenue in USD, times 1000000
#[pyclass(frozen, eq, module = "crmkit")]
#[derive(Clone, PartialEq)]
pub(crate) struct Target(exchange::Target);

impl From<exchange::Target> for Target {
    fn from(target: exchange::Target) -> Self {
        Self(target)
    }
}

impl From<&Target> for exchange::Target {
    fn from(target: &Target) -> Self {
        target.0.clone()
    }
}

impl Target {
    fn then(&self, step: impl FnOnce(exchange::Target) -> exchange::Target) -> Self {
        Self(step(self.0.clone()))
    }
}

#[pymethods]
impl Target {
    /// A field of the record: ``name``, ``close_on``, ``line.unit_price``, ``custom.region``.
    #[staticmethod]
    fn field(name: String) -> Self {
        Self(exchange::Target::field(name))
    }

    /// A field that refers to another record.
    ///
    /// Args:
    ///     field: The field: ``owner``.
    ///     by: The field by which the other record is found: ``name``.
    ///     by_external_id: Instead of that, the system whose ids the column holds: ``erp``.
    ///     create_missing: Whether a record that is not there is created; a mapping says with which fields:
    ///         ``{"kind": "organization"}``. Else the row is refused.
    ///     leave_missing_empty: Whether the field is left as it is where there is no such record.
    #[staticmethod]
    #[pyo3(signature = (field, *, by = None, by_external_id = None, create_missing = None, leave_missing_empty = false))]
    fn reference(
        field: String,
        by: Option<String>,
        by_external_id: Option<String>,
        create_missing: Option<&Bound<'_, PyAny>>,
        leave_missing_empty: bool,
    ) -> PyResult<Self> {
        let target = match (by, by_external_id) {
            (Some(by), None) => exchange::Target::reference(field, by),
            (None, Some(system)) => exchange::Target::reference_by_external_id(field, system),
            _ => return Err(one_of_two()),
        };
        missing(target, create_missing, leave_missing_empty).map(Self)
    }

    /// The organization for which a person works.
    ///
    /// Args:
    ///     by: The field by which the organization is found: ``name``.
    ///     by_external_id: Instead of that, the system whose ids the column holds: ``erp``.
    ///     create_missing: As for :meth:`reference`.
    ///     leave_missing_empty: As for :meth:`reference`.
    #[staticmethod]
    #[pyo3(signature = (*, by = None, by_external_id = None, create_missing = None, leave_missing_empty = false))]
    fn employer(
        by: Option<String>,
        by_external_id: Option<String>,
        create_missing: Option<&Bound<'_, PyAny>>,
        leave_missing_empty: bool,
    ) -> PyResult<Self> {
        let target = match (by, by_external_id) {
            (Some(by), None) => exchange::Target::employer(by),
            (None, Some(system)) => exchange::Target::employer_by_external_id(system),
            _ => return Err(one_of_two()),
        };
        missing(target, create_missing, leave_missing_empty).map(Self)
    }

    /// What the system from which the file comes calls the record. Rows are linked by it.
    #[staticmethod]
    fn external_id(system: String) -> Self {
        Self(exchange::Target::external_id(system))
    }

    /// The ISO 4217 code of the currency of an amount whose column holds numbers only.
    #[staticmethod]
    fn currency_of(field: String) -> Self {
        Self(exchange::Target::currency_of(field))
    }

    /// The day, or the instant, at which an opportunity entered the stage of this name.
    #[staticmethod]
    fn stage_entered(stage: String) -> Self {
        Self(exchange::Target::stage_entered(stage))
    }

    /// The day, or the instant, at which an opportunity was won or lost.
    #[staticmethod]
    fn closed_on() -> Self {
        Self(exchange::Target::closed_on())
    }

    /// Whether an opportunity was won or lost, in a column beside that of the stage.
    #[staticmethod]
    fn outcome() -> Self {
        Self(exchange::Target::outcome())
    }

    /// Whether a member of a campaign responded.
    #[staticmethod]
    fn responded() -> Self {
        Self(exchange::Target::responded())
    }

    /// An e-mail address of a customer, beside those that it has; several columns may go here.
    #[staticmethod]
    fn email() -> Self {
        Self(exchange::Target::email())
    }

    /// A telephone number of a customer, beside those that it has; several columns may go here.
    #[staticmethod]
    fn phone() -> Self {
        Self(exchange::Target::phone())
    }

    /// A page of a customer on the web, beside those that it has; several columns may go here.
    #[staticmethod]
    fn web() -> Self {
        Self(exchange::Target::web())
    }

    /// A part of a postal address: ``street``, ``locality``, ``region``, ``postal_code``, ``country``.
    #[staticmethod]
    fn address(part: String) -> Self {
        Self(exchange::Target::address(part))
    }

    /// Tags, separated by commas or semicolons; those that are missing are created.
    #[staticmethod]
    fn tags() -> Self {
        Self(exchange::Target::tags())
    }

    /// What a person does at its employer.
    #[staticmethod]
    fn job_title() -> Self {
        Self(exchange::Target::job_title())
    }

    /// Nowhere: the column is left out on purpose.
    #[staticmethod]
    fn ignored() -> Self {
        Self(exchange::Target::ignored())
    }

    /// Rows are linked by this field: where a record has the same value in all key fields, the row updates it.
    fn key(&self) -> Self {
        self.then(exchange::Target::key)
    }

    /// Replaces whole cells before anything else is done with them: ``{"GTXPro": "GTX Pro"}``.
    fn values(&self, replaced: BTreeMap<String, String>) -> Self {
        self.then(|target| target.values(replaced))
    }

    /// What a cell counts as that is none of the choices of its field; nothing, where the text is empty.
    fn other_choices(&self, text: String) -> Self {
        self.then(|target| target.other_choices(text))
    }

    /// Of several values in a cell, with this sign between them, the first counts.
    fn first_before(&self, separator: char) -> Self {
        self.then(|target| target.first_before(separator))
    }

    /// What an e-mail address, a telephone number or a postal address is for: ``work``, ``home``, ``billing``.
    fn label(&self, label: String) -> Self {
        self.then(|target| target.label(label))
    }

    /// Multiplies every number: 1,000,000 where the file counts in millions.
    fn multiplied_by(&self, factor: &Bound<'_, PyAny>) -> PyResult<Self> {
        let factor = decimal(factor).map_err(|error| wrong_type(factor.py(), "target", "factor", error))?;
        Ok(self.then(|target| target.multiplied_by(factor)))
    }

    /// The ISO 4217 code of the currency of amounts that name none.
    fn currency(&self, code: String) -> Self {
        self.then(|target| target.currency(code))
    }

    /// How this column writes numbers, where it differs from the rest of the file: ``"."`` or ``","``.
    fn decimal_sign(&self, py: Python<'_>, sign: &str) -> PyResult<Self> {
        let sign = decimal_sign(py, sign)?;
        Ok(self.then(|target| target.decimal_sign(sign)))
    }

    /// How this column writes dates, where it differs from the rest of the file: ``"day-month-year"`` or
    /// ``"month-day-year"``.
    fn date_order(&self, py: Python<'_>, order: &str) -> PyResult<Self> {
        let order = date_order(py, order)?;
        Ok(self.then(|target| target.date_order(order)))
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<Target {}>", self.0)
    }
}

fn one_of_two() -> PyErr {
    PyTypeError::new_err("say by what the other record is found: by=\"name\" or by_external_id=\"erp\"")
}

/// What is done about a reference to nothing.
fn missing(
    target: exchange::Target,
    create: Option<&Bound<'_, PyAny>>,
    leave_empty: bool,
) -> PyResult<exchange::Target> {
    let create = create.filter(|create| !create.is(PyBool::new(create.py(), false)));
    let Some(create) = create else {
        return Ok(if leave_empty {
            target.leave_missing_empty()
        } else {
            target
        });
    };
    if leave_empty {
        return Err(PyTypeError::new_err(
            "what is missing is created or left empty: give create_missing or leave_missing_empty",
        ));
    }
    if create.is(PyBool::new(create.py(), true)) {
        return Ok(target.create_missing());
    }
    let wrong = || {
        let error = ValueError::new(
            "it is neither a bool nor a mapping",
            "Give {\"kind\": \"organization\"}",
        );
        wrong_type(create.py(), "target", "create_missing", error)
    };
    let mut fields: Vec<(String, String)> = Vec::new();
    for (field, value) in create.cast::<PyDict>().map_err(|_| wrong())? {
        let value = value.cast::<PyString>().map_err(|_| wrong())?;
        fields.push((field.extract()?, value.extract()?));
    }
    Ok(target.create_missing_with(fields))
}
