use std::hash::{DefaultHasher, Hash, Hasher};

use crmkit::values::{self, Currency, Decimal, ValueError};
use pyo3::basic::CompareOp;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use crate::errors::wrong_type;
use crate::memo::Memo;

static DECIMAL: Memo = Memo::new("decimal", "Decimal");

/// An exact amount of one currency.
///
/// The amount is a `Decimal`, an `int` or a text, never a `float`; it may not have more digits after its point than the
/// currency has. Amounts of one currency are added, subtracted and compared; of two, that is an error, since only a
/// dated rate can tell what they are worth.
///
/// Examples:
///     >>> from crmkit import Money
///     >>> price = Money("19.90", "EUR")
///     >>> price + Money(5, "EUR")
///     Money('24.90', 'EUR')
///     >>> print(price)
///     19.90 EUR
///     >>> price.minor
///     1990
#[pyclass(frozen, module = "crmkit")]
#[derive(Clone, Copy)]
pub(crate) struct Money(values::Money);

impl From<values::Money> for Money {
    fn from(money: values::Money) -> Self {
        Self(money)
    }
}

impl From<&Money> for values::Money {
    fn from(money: &Money) -> Self {
        money.0
    }
}

#[pymethods]
impl Money {
    #[new]
    fn new(amount: &Bound<'_, PyAny>, currency: &str) -> PyResult<Self> {
        let py = amount.py();
        let refused = |field: &str, error| wrong_type(py, "money", field, error);
        let amount = decimal(amount).map_err(|error| refused("amount", error))?;
        let currency = Currency::from_code(currency).map_err(|error| refused("currency", error))?;
        let money = values::Money::new(amount, currency).map_err(|error| refused("amount", error))?;
        Ok(Self(money))
    }

    /// The amount and the code of the currency, as `str` writes them.
    ///
    /// Examples:
    ///     >>> from crmkit import Money
    ///     >>> Money.parse("12.50 EUR")
    ///     Money('12.50', 'EUR')
    #[staticmethod]
    fn parse(py: Python<'_>, text: &str) -> PyResult<Self> {
        let money = text.parse().map_err(|error| wrong_type(py, "money", "text", error))?;
        Ok(Self(money))
    }

    /// The amount of so many minor units: cents of a euro, whole yen.
    ///
    /// Examples:
    ///     >>> from crmkit import Money
    ///     >>> Money.from_minor(1990, "EUR"), Money.from_minor(1990, "JPY")
    ///     (Money('19.90', 'EUR'), Money('1990', 'JPY'))
    #[staticmethod]
    fn from_minor(py: Python<'_>, minor: i64, currency: &str) -> PyResult<Self> {
        let currency = Currency::from_code(currency).map_err(|error| wrong_type(py, "money", "currency", error))?;
        Ok(Self(values::Money::from_minor(minor, currency)))
    }

    /// The exact amount, with the digits of its currency.
    #[getter]
    fn amount(&self) -> Decimal {
        self.0.amount()
    }

    /// The ISO 4217 code of the currency.
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.currency().code()
    }

    /// The amount in minor units: cents of a euro, whole yen.
    #[getter]
    fn minor(&self) -> i64 {
        self.0.minor()
    }

    fn __add__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.combined(other, values::Money::plus)
    }

    /// Lets `sum` begin at its zero.
    fn __radd__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = other.py();
        let is_zero = other.is_exact_instance_of::<PyInt>() && other.eq(0)?;
        if is_zero {
            Ok(Bound::new(py, *self)?.into_any())
        } else {
            Ok(py.NotImplemented().into_bound(py))
        }
    }

    fn __sub__<'py>(&self, other: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.combined(other, values::Money::minus)
    }

    /// Times a `Decimal` or an `int`, rounded once to the digits of the currency, half to even.
    fn __mul__(&self, factor: &Bound<'_, PyAny>) -> PyResult<Self> {
        let refused = |error| wrong_type(factor.py(), "money", "factor", error);
        let factor = decimal(factor).map_err(refused)?;
        self.0.times(factor).map(Self).map_err(refused)
    }

    fn __rmul__(&self, factor: &Bound<'_, PyAny>) -> PyResult<Self> {
        self.__mul__(factor)
    }

    fn __neg__(&self, py: Python<'_>) -> PyResult<Self> {
        let zero = values::Money::zero(self.0.currency());
        let negative = zero.minus(self.0);
        negative
            .map(Self)
            .map_err(|error| wrong_type(py, "money", "amount", error))
    }

    fn __bool__(&self) -> bool {
        self.0.minor() != 0
    }

    fn __richcmp__<'py>(&self, other: &Bound<'py, PyAny>, comparison: CompareOp) -> PyResult<Bound<'py, PyAny>> {
        let py = other.py();
        let Ok(other) = other.cast::<Self>() else {
            return Ok(py.NotImplemented().into_bound(py));
        };
        let other = other.get().0;
        let holds = match comparison {
            CompareOp::Eq => self.0 == other,
            CompareOp::Ne => self.0 != other,
            _ if self.0.currency() != other.currency() => {
                return Err(PyTypeError::new_err(format!(
                    "{} and {} have no order: convert one of them by a dated rate",
                    self.0.currency(),
                    other.currency()
                )));
            }
            order => order.matches(self.0.minor().cmp(&other.minor())),
        };
        Ok(PyBool::new(py, holds).to_owned().into_any())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.0.minor(), self.0.currency().code()).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("Money('{}', '{}')", self.0.amount(), self.0.currency())
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String, &'static str)) {
        let money = slf.get().0;
        let arguments = (money.amount().to_string(), money.currency().code());
        (slf.get_type().into_any(), arguments)
    }

    #[classattr]
    fn __match_args__() -> (&'static str, &'static str) {
        ("amount", "currency")
    }
}

impl Money {
    fn combined<'py>(
        &self,
        other: &Bound<'py, PyAny>,
        operation: fn(values::Money, values::Money) -> Result<values::Money, ValueError>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = other.py();
        let Ok(money) = other.cast::<Self>() else {
            return Ok(py.NotImplemented().into_bound(py));
        };
        let result = operation(self.0, money.get().0).map_err(|error| wrong_type(py, "money", "currency", error))?;
        Ok(Bound::new(py, Self(result))?.into_any())
    }
}

/// An exact number: of a `Decimal`, an `int` or a text, never of a `float` or a `bool`.
pub(crate) fn decimal(number: &Bound<'_, PyAny>) -> Result<Decimal, ValueError> {
    let unreadable = || {
        ValueError::new(
            "it is no exact number",
            "Give a Decimal, an int, or a text like \"19.90\"",
        )
    };
    if number.is_instance_of::<PyFloat>() {
        return Err(ValueError::new(
            "a float is not exact",
            "Give a Decimal, an int, or a text like \"19.90\"",
        ));
    }
    if number.is_instance_of::<PyBool>() {
        return Err(unreadable());
    }
    let is_decimal = DECIMAL.get(number.py()).and_then(|class| number.is_instance(class));
    let is_number = number.is_instance_of::<PyInt>() || is_decimal.map_err(|_| unreadable())?;
    if !is_number && !number.is_instance_of::<PyString>() {
        return Err(unreadable());
    }
    let text = number.str().map_err(|_| unreadable())?;
    let text = text.to_str().map_err(|_| unreadable())?;
    Decimal::from_str_exact(text)
        .or_else(|_| Decimal::from_scientific(text))
        .map_err(|_| unreadable())
}
