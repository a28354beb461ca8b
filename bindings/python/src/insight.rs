//! The answers of insight: each as its table, with what it says beside the rows.

use crmkit::engine::{CrmError, Entity, FieldKind, Reader, Result, Value};
use crmkit::ids::PipelineId;
use crmkit::insight::{
    Board, BoardInCurrency, Bridge, CampaignReturn, DaysToClose, Forecast, ForecastInCurrency, Funnel, Selection,
    TimeInStage, Unknown, WinRate, group_key,
};
use crmkit::sales::{Opportunity, Rates};
use crmkit::table::{Table as Typed, Tabular};
use crmkit::values::{Currency, NaiveDate, Period, Uuid, ValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::commands::Reference;
use crate::errors::wrong_type;
use crate::session::Session;
use crate::table::Table;
use crate::values::{date, python};

/// An answer as its table, and what it says beside the rows.
struct Answer {
    table: Typed,
    said: Vec<(&'static str, Said)>,
}

enum Said {
    One(Value),
    Ids(Vec<Uuid>),
}

impl<T: Into<Value>> From<T> for Said {
    fn from(value: T) -> Self {
        Self::One(value.into())
    }
}

impl Answer {
    fn of(answer: &(impl Tabular + ?Sized), said: impl IntoIterator<Item = (&'static str, Said)>) -> Self {
        Self {
            table: answer.table(),
            said: said.into_iter().collect(),
        }
    }
}

/// An answer as Python takes it.
type Answered<'py> = PyResult<(Table, Bound<'py, PyDict>)>;

fn answer<'py>(
    py: Python<'py>,
    session: &Session,
    work: impl FnOnce(&mut Reader<'_>) -> Result<Answer> + Send + 'static,
) -> Answered<'py> {
    let answer = session.read(py, work)?;
    let said = PyDict::new(py);
    for (name, value) in answer.said {
        let value = match value {
            Said::One(value) => python(py, FieldKind::Text, &value)?,
            Said::Ids(ids) => PyTuple::new(py, ids)?.into_any(),
        };
        said.set_item(name, value)?;
    }
    Ok((answer.table.into(), said))
}

/// The opportunities that an answer is about, as Python says it.
struct Asked {
    pipeline: Option<Reference<PipelineId>>,
    filter: Option<String>,
}

impl Asked {
    fn new(pipeline: Option<&Bound<'_, PyAny>>, filter: Option<String>) -> PyResult<Self> {
        Ok(Self {
            pipeline: Reference::optional(pipeline)?,
            filter,
        })
    }

    fn selection(self, reader: &mut Reader<'_>) -> Result<Selection> {
        let all = Selection::default();
        let selection = match self.pipeline {
            Some(Reference::Name(name)) => all.pipeline_named(reader, &name)?,
            Some(Reference::Id(id)) => all.pipeline(reader.get(id)?.id),
            None => all,
        };
        match self.filter {
            Some(filter) => Ok(selection.filter(reader.parse_filter(Opportunity::DEF, &filter)?)),
            None => Ok(selection),
        }
    }
}

fn day(given: Option<&Bound<'_, PyAny>>, name: &str) -> PyResult<Option<NaiveDate>> {
    let day = |given: &Bound<'_, PyAny>| date(given).map_err(|error| wrong_type(given.py(), "insight", name, error));
    given.map(day).transpose()
}

fn currency(py: Python<'_>, code: Option<&str>) -> PyResult<Option<Currency>> {
    let currency = |code| Currency::from_code(code).map_err(|error| wrong_type(py, "insight", "in_currency", error));
    code.map(currency).transpose()
}

/// A period by its name; a year that begins in another month than January is a fiscal one.
fn period(py: Python<'_>, name: &str, first_month: u8) -> PyResult<Period> {
    let wrong = |field, reason, hint| Err(wrong_type(py, "insight", field, ValueError::new(reason, hint)));
    match (name, first_month) {
        (_, 0 | 13..) => wrong("first_month", "there is no such month", "Give 1 to 12"),
        ("day", _) => Ok(Period::Day),
        ("week", _) => Ok(Period::Week),
        ("month", _) => Ok(Period::Month),
        ("quarter", 1) => Ok(Period::Quarter),
        ("year", 1) => Ok(Period::Year),
        ("quarter", month) => Ok(Period::FiscalQuarter(month)),
        ("year", month) => Ok(Period::FiscalYear(month)),
        _ => wrong(
            "period",
            "there is no such period",
            "Give day, week, month, quarter or year",
        ),
    }
}

/// The rates of today, by which what is open is converted.
fn rates(reader: &mut Reader<'_>, currency: Currency) -> Result<Rates> {
    let today = reader.today();
    Rates::on(reader, today, currency)
}

fn past_has_no_currency() -> CrmError {
    CrmError::invalid(
        "insight",
        "in_currency",
        "what stood on a past day is told in its own currencies only",
        "Leave out on or in_currency",
    )
}

fn unknown(keep: bool) -> Unknown {
    if keep { Unknown::Kept } else { Unknown::LeftOut }
}

/// What stands in the stages of a pipeline.
#[pyfunction]
#[pyo3(signature = (session, pipeline, *, filter, on, in_currency))]
pub(crate) fn board<'py>(
    py: Python<'py>,
    session: &Session,
    pipeline: Option<&Bound<'py, PyAny>>,
    filter: Option<String>,
    on: Option<&Bound<'py, PyAny>>,
    in_currency: Option<&str>,
) -> Answered<'py> {
    let (asked, on, currency) = (
        Asked::new(pipeline, filter)?,
        day(on, "on")?,
        currency(py, in_currency)?,
    );
    answer(py, session, move |reader| {
        let selection = asked.selection(reader)?;
        let said = |board: &Board| {
            [
                ("pipeline", Value::from(board.pipeline).into()),
                ("day", board.day.into()),
            ]
        };
        let board = match (currency, on) {
            (Some(_), Some(_)) => return Err(past_has_no_currency()),
            (Some(currency), None) => {
                let rates = rates(reader, currency)?;
                let board = BoardInCurrency::now(reader, &selection, &rates)?;
                let mut answer = Answer::of(&board, said(&board.board));
                let without_rate = board.without_rate.iter().map(|deal| deal.0).collect();
                answer.said.extend([
                    ("currency", Value::from(currency.code()).into()),
                    ("rates_on", board.rates_on.into()),
                    ("without_rate", Said::Ids(without_rate)),
                ]);
                return Ok(answer);
            }
            (None, Some(day)) => Board::on(reader, day, &selection)?,
            (None, None) => Board::now(reader, &selection)?,
        };
        Ok(Answer::of(&board, said(&board)))
    })
}

/// What is expected to close.
#[pyfunction]
#[pyo3(signature = (session, period, *, first_month, pipeline, filter, on, in_currency))]
#[allow(clippy::too_many_arguments, reason = "one for each part of the question")]
pub(crate) fn forecast<'py>(
    py: Python<'py>,
    session: &Session,
    period: &str,
    first_month: u8,
    pipeline: Option<&Bound<'py, PyAny>>,
    filter: Option<String>,
    on: Option<&Bound<'py, PyAny>>,
    in_currency: Option<&str>,
) -> Answered<'py> {
    let (asked, on, currency) = (
        Asked::new(pipeline, filter)?,
        day(on, "on")?,
        currency(py, in_currency)?,
    );
    let period = self::period(py, period, first_month)?;
    answer(py, session, move |reader| {
        let selection = asked.selection(reader)?;
        let forecast = match (currency, on) {
            (Some(_), Some(_)) => return Err(past_has_no_currency()),
            (Some(currency), None) => {
                let rates = rates(reader, currency)?;
                let forecast = ForecastInCurrency::now(reader, period, &selection, &rates)?;
                let said = [
                    ("day", forecast.day.into()),
                    ("currency", Value::from(currency.code()).into()),
                    ("rates_on", forecast.rates_on.into()),
                ];
                return Ok(Answer::of(&forecast, said));
            }
            (None, Some(day)) => Forecast::on(reader, day, period, &selection)?,
            (None, None) => Forecast::now(reader, period, &selection)?,
        };
        Ok(Answer::of(&forecast, [("day", forecast.day.into())]))
    })
}

/// How far opportunities came.
#[pyfunction]
#[pyo3(signature = (session, pipeline, *, filter, on))]
pub(crate) fn funnel<'py>(
    py: Python<'py>,
    session: &Session,
    pipeline: Option<&Bound<'py, PyAny>>,
    filter: Option<String>,
    on: Option<&Bound<'py, PyAny>>,
) -> Answered<'py> {
    let (asked, on) = (Asked::new(pipeline, filter)?, day(on, "on")?);
    answer(py, session, move |reader| {
        let selection = asked.selection(reader)?;
        let funnel = match on {
            Some(day) => Funnel::on(reader, day, &selection)?,
            None => Funnel::now(reader, &selection)?,
        };
        let said = [
            ("pipeline", Value::from(funnel.pipeline).into()),
            ("day", funnel.day.into()),
            ("opportunities", funnel.opportunities.into()),
            ("closed", funnel.closed.into()),
            ("won", funnel.won.into()),
        ];
        Ok(Answer::of(&funnel, said))
    })
}

/// How many were won and lost, by fields.
#[pyfunction]
#[pyo3(signature = (session, by, *, pipeline, filter, keep_unknown, in_currency))]
pub(crate) fn win_rate<'py>(
    py: Python<'py>,
    session: &Session,
    by: Vec<String>,
    pipeline: Option<&Bound<'py, PyAny>>,
    filter: Option<String>,
    keep_unknown: bool,
    in_currency: Option<&str>,
) -> Answered<'py> {
    let (asked, currency) = (Asked::new(pipeline, filter)?, currency(py, in_currency)?);
    answer(py, session, move |reader| {
        let selection = asked.selection(reader)?;
        let by: Vec<_> = by.iter().map(|text| group_key(reader, text)).collect::<Result<_>>()?;
        let unknown = unknown(keep_unknown);
        match currency {
            Some(currency) => {
                let rates = WinRate::by_in_currency(reader, by, unknown, &selection, currency)?;
                Ok(Answer::of(&rates, [("currency", Value::from(currency.code()).into())]))
            }
            None if by.is_empty() => Ok(Answer::of(&WinRate::total(reader, &selection)?, [])),
            None => Ok(Answer::of(&WinRate::by(reader, by, unknown, &selection)?, [])),
        }
    })
}

/// How many were won and lost, by when they were closed.
#[pyfunction]
#[pyo3(signature = (session, period, *, first_month, pipeline, filter))]
pub(crate) fn win_rate_by_closing<'py>(
    py: Python<'py>,
    session: &Session,
    period: &str,
    first_month: u8,
    pipeline: Option<&Bound<'py, PyAny>>,
    filter: Option<String>,
) -> Answered<'py> {
    let asked = Asked::new(pipeline, filter)?;
    let period = self::period(py, period, first_month)?;
    answer(py, session, move |reader| {
        let selection = asked.selection(reader)?;
        Ok(Answer::of(&WinRate::by_closing(reader, period, &selection)?, []))
    })
}

/// How the open pipeline became what it is.
#[pyfunction]
#[pyo3(signature = (session, since, until, *, pipeline, filter))]
pub(crate) fn bridge<'py>(
    py: Python<'py>,
    session: &Session,
    since: &Bound<'py, PyAny>,
    until: Option<&Bound<'py, PyAny>>,
    pipeline: Option<&Bound<'py, PyAny>>,
    filter: Option<String>,
) -> Answered<'py> {
    let asked = Asked::new(pipeline, filter)?;
    let since = date(since).map_err(|error| wrong_type(py, "insight", "since", error))?;
    let until = day(until, "until")?;
    answer(py, session, move |reader| {
        let selection = asked.selection(reader)?;
        let until = until.unwrap_or(reader.today());
        let bridge = Bridge::between(reader, since, until, &selection)?;
        let said = [("since", bridge.from.into()), ("until", bridge.to.into())];
        Ok(Answer::of(&bridge, said))
    })
}

/// How long opportunities stayed in each stage.
#[pyfunction]
#[pyo3(signature = (session, pipeline, *, filter))]
pub(crate) fn time_in_stage<'py>(
    py: Python<'py>,
    session: &Session,
    pipeline: Option<&Bound<'py, PyAny>>,
    filter: Option<String>,
) -> Answered<'py> {
    let asked = Asked::new(pipeline, filter)?;
    answer(py, session, move |reader| {
        let selection = asked.selection(reader)?;
        Ok(Answer::of(&*TimeInStage::of(reader, &selection)?, []))
    })
}

/// How long opportunities took to be won or lost, by fields.
#[pyfunction]
#[pyo3(signature = (session, by, *, pipeline, filter, keep_unknown))]
pub(crate) fn days_to_close<'py>(
    py: Python<'py>,
    session: &Session,
    by: Vec<String>,
    pipeline: Option<&Bound<'py, PyAny>>,
    filter: Option<String>,
    keep_unknown: bool,
) -> Answered<'py> {
    let asked = Asked::new(pipeline, filter)?;
    answer(py, session, move |reader| {
        let selection = asked.selection(reader)?;
        if by.is_empty() {
            return Ok(Answer::of(&DaysToClose::of(reader, &selection)?, []));
        }
        let by: Vec<_> = by.iter().map(|text| group_key(reader, text)).collect::<Result<_>>()?;
        let days = DaysToClose::by(reader, by, unknown(keep_unknown), &selection)?;
        Ok(Answer::of(&days, []))
    })
}

/// What campaigns brought in and cost.
#[pyfunction]
#[pyo3(signature = (session, *, in_currency))]
pub(crate) fn campaign_returns<'py>(py: Python<'py>, session: &Session, in_currency: Option<&str>) -> Answered<'py> {
    let currency = currency(py, in_currency)?;
    answer(py, session, move |reader| match currency {
        Some(currency) => {
            let rates = rates(reader, currency)?;
            let returns = CampaignReturn::all_in_currency(reader, &rates)?;
            let said = [
                ("currency", Value::from(currency.code()).into()),
                ("rates_on", rates.day.into()),
            ];
            Ok(Answer::of(&*returns, said))
        }
        None => Ok(Answer::of(&*CampaignReturn::all(reader)?, [])),
    })
}
