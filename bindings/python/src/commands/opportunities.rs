//! The commands of opportunities.

use crmkit::ids::{OpportunityId, PipelineId, StageId};
use crmkit::sales::{
    Closing, Move, Opportunity, OpportunityDraft, OpportunityLine, OpportunityLineDraft, Pipeline, Reopening, StageRef,
    StageVisit,
};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use super::{Reference, argument, command, draft, draft_of, each, id, records, take, unusable};
use crate::session::Session;

type Stage = Reference<StageId>;

impl Stage {
    fn meant(&self) -> StageRef<'_> {
        match self {
            Self::Id(id) => StageRef::Id(*id),
            Self::Name(name) => StageRef::Named(name),
        }
    }
}

/// Creates an opportunity from its fields, and from `lines` and `visits`; pipeline and stage may be named.
#[pyfunction]
pub(crate) fn create_opportunity(py: Python<'_>, session: &Session, fields: &Bound<'_, PyDict>) -> PyResult<Py<PyAny>> {
    let pipeline = Reference::<PipelineId>::optional(take(fields, "pipeline")?.as_ref())?;
    let stage = Stage::optional(take(fields, "stage")?.as_ref())?;
    let lines = lines(take(fields, "lines")?)?;
    let visits = visits(py, take(fields, "visits")?)?;
    let draft: OpportunityDraft = draft(py, fields)?;
    command(session, py, move |tx| {
        let mut draft = draft.clone();
        if let Some(pipeline) = &pipeline {
            draft.pipeline_id = Some(pipeline.resolve(|name| Ok(Pipeline::named(tx, name)?.id))?);
        }
        match &stage {
            Some(Stage::Id(stage)) => draft.stage_id = Some(*stage),
            Some(Stage::Name(name)) => draft = draft.in_stage(tx, name)?,
            None => {}
        }
        Opportunity::create_with(tx, draft, lines.clone(), &visits)
    })
}

fn lines(given: Option<Bound<'_, PyAny>>) -> PyResult<Vec<OpportunityLineDraft>> {
    let hint = "Give dicts such as {\"product\": loom, \"quantity\": 2}";
    let line = |one: Bound<'_, PyAny>| draft_of(&one, "lines", hint);
    each_of(given)?.into_iter().map(line).collect()
}

fn visits(py: Python<'_>, given: Option<Bound<'_, PyAny>>) -> PyResult<Vec<StageVisit>> {
    let hint = "Give pairs of a stage and an aware datetime";
    let wrong = || unusable(py, "opportunity", "visits", "a visit is no pair", hint);
    let visit = |one: Bound<'_, PyAny>| {
        let pair = one.cast::<PyTuple>().map_err(|_| wrong())?;
        let (stage, at): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract().map_err(|_| wrong())?;
        let at = argument(Opportunity::OPENED_AT, Some(&at))?.ok_or_else(wrong)?;
        Ok(StageVisit {
            stage_id: id(&stage)?,
            at,
        })
    };
    each_of(given)?.into_iter().map(visit).collect()
}

fn each_of(given: Option<Bound<'_, PyAny>>) -> PyResult<Vec<Bound<'_, PyAny>>> {
    given.map_or(Ok(Vec::new()), |given| each(&given))
}

/// Moves an opportunity to another open stage.
#[pyfunction]
pub(crate) fn move_opportunity(
    py: Python<'_>,
    session: &Session,
    opportunity: &Bound<'_, PyAny>,
    stage: &Bound<'_, PyAny>,
    note: Option<String>,
    expected_revision: Option<i64>,
) -> PyResult<Py<PyAny>> {
    let (opportunity, stage): (OpportunityId, _) = (id(opportunity)?, Stage::of(stage)?);
    command(session, py, move |tx| {
        tx.add_note(note.as_deref().unwrap_or_default());
        let stage = stage.meant();
        Opportunity::move_to(
            tx,
            opportunity,
            Move {
                stage,
                expected_revision,
            },
        )
    })
}

/// How an opportunity is closed or opened again.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Transition<'py> {
    stage: Option<Bound<'py, PyAny>>,
    at: Option<Bound<'py, PyAny>>,
    note: Option<String>,
    expected_revision: Option<i64>,
}

/// The same with its arguments read.
struct Ready {
    stage: Option<Stage>,
    at: Option<crmkit::values::Timestamp>,
    note: String,
    expected_revision: Option<i64>,
}

impl Transition<'_> {
    fn read(self) -> PyResult<Ready> {
        Ok(Ready {
            stage: Stage::optional(self.stage.as_ref())?,
            at: argument(Opportunity::CLOSED_AT, self.at.as_ref())?,
            note: self.note.unwrap_or_default(),
            expected_revision: self.expected_revision,
        })
    }
}

impl Ready {
    fn closing(&self) -> Closing<'_> {
        Closing {
            stage: self.stage.as_ref().map(Stage::meant),
            closed_at: self.at,
            expected_revision: self.expected_revision,
        }
    }
}

/// Wins an opportunity.
#[pyfunction]
pub(crate) fn win_opportunity(
    py: Python<'_>,
    session: &Session,
    opportunity: &Bound<'_, PyAny>,
    how: Transition<'_>,
) -> PyResult<Py<PyAny>> {
    let (opportunity, how) = (id(opportunity)?, how.read()?);
    command(session, py, move |tx| {
        tx.add_note(&how.note);
        Opportunity::win(tx, opportunity, how.closing())
    })
}

/// Loses an opportunity for a reason.
#[pyfunction]
pub(crate) fn lose_opportunity(
    py: Python<'_>,
    session: &Session,
    opportunity: &Bound<'_, PyAny>,
    reason: String,
    how: Transition<'_>,
) -> PyResult<Py<PyAny>> {
    let (opportunity, how) = (id(opportunity)?, how.read()?);
    command(session, py, move |tx| {
        tx.add_note(&how.note);
        Opportunity::lose(tx, opportunity, &reason, how.closing())
    })
}

/// Opens a closed opportunity again.
#[pyfunction]
pub(crate) fn reopen_opportunity(
    py: Python<'_>,
    session: &Session,
    opportunity: &Bound<'_, PyAny>,
    how: Transition<'_>,
) -> PyResult<Py<PyAny>> {
    let (opportunity, how) = (id(opportunity)?, how.read()?);
    command(session, py, move |tx| {
        tx.add_note(&how.note);
        let stage = how.stage.as_ref().map(Stage::meant);
        let expected_revision = how.expected_revision;
        Opportunity::reopen(
            tx,
            opportunity,
            Reopening {
                stage,
                expected_revision,
            },
        )
    })
}

/// How an opportunity stood from one time to the next.
#[pyfunction]
pub(crate) fn stage_history(
    py: Python<'_>,
    session: &Session,
    opportunity: &Bound<'_, PyAny>,
) -> PyResult<Vec<Py<PyAny>>> {
    let opportunity = id(opportunity)?;
    records(session, py, move |reader| Opportunity::history(reader, opportunity))
}

/// The lines of an opportunity.
#[pyfunction]
pub(crate) fn lines_of(py: Python<'_>, session: &Session, opportunity: &Bound<'_, PyAny>) -> PyResult<Vec<Py<PyAny>>> {
    let opportunity = id(opportunity)?;
    records(session, py, move |reader| OpportunityLine::of(reader, opportunity))
}
