//! What currencies are worth in each other, and what closed opportunities were worth.

use crmkit::engine::Entity;
use crmkit::sales::{self, ClosingRate, ExchangeRate, RateSource};
use crmkit::values::{Currency, Decimal, NaiveDate};
use pyo3::prelude::*;

use super::{argument, unusable};
use crate::errors::{exception, wrong_type};
use crate::session::Session;
use crate::values::Money;

/// The rates into one currency that hold on a day.
#[pyclass(frozen, module = "crmkit._native")]
pub(crate) struct Rates(sales::Rates);

/// The rates into a currency on a day.
#[pyfunction]
pub(crate) fn rates_on(py: Python<'_>, session: &Session, day: &Bound<'_, PyAny>, to: &str) -> PyResult<Rates> {
    let day: NaiveDate = argument(ExchangeRate::VALID_FROM, Some(day))?
        .ok_or_else(|| unusable(py, ExchangeRate::DEF.name, "day", "it is nothing", "Give a date"))?;
    let to = currency(py, "to", to)?;
    session
        .read(py, move |reader| sales::Rates::on(reader, day, to))
        .map(Rates)
}

/// Writes the rates of closed opportunities that have none, and tells how many.
#[pyfunction]
pub(crate) fn write_missing_closing_rates(py: Python<'_>, session: &Session, into: &str) -> PyResult<usize> {
    let into = currency(py, "currency", into)?;
    session.write(py, move |tx| ClosingRate::write_missing(tx, into))
}

fn currency(py: Python<'_>, argument: &str, code: &str) -> PyResult<Currency> {
    Currency::from_code(code).map_err(|error| wrong_type(py, ExchangeRate::DEF.name, argument, error))
}

/// The value of a rate, the day from which it holds, where it comes from, and the currency through which it goes.
type RateParts = (Decimal, NaiveDate, &'static str, Option<&'static str>);

#[pymethods]
impl Rates {
    #[getter]
    fn day(&self) -> NaiveDate {
        self.0.day
    }

    #[getter]
    fn to(&self) -> &'static str {
        self.0.to.code()
    }

    fn convert(&self, py: Python<'_>, amount: &Money) -> PyResult<Money> {
        let converted = self.0.convert(amount.into());
        converted.map(Money::from).map_err(|error| exception(py, &error))
    }

    fn rate(&self, py: Python<'_>, from_currency: &str) -> PyResult<RateParts> {
        let from = currency(py, "from_currency", from_currency)?;
        let rate = self.0.of(from).map_err(|error| exception(py, &error))?;
        let (source, through) = match rate.source {
            RateSource::Given => ("given", None),
            RateSource::Inverse => ("inverse", None),
            RateSource::Through(hub) => ("through", Some(hub.code())),
        };
        Ok((rate.value, rate.valid_from, source, through))
    }
}
