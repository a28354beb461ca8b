//! Ways of selling, and their stages.

use crmkit::engine::{Entity, Reader, Result};
use crmkit::ids::{PipelineId, StageId};
use crmkit::sales::{ForecastCategory, NewStage, Pipeline, PipelineDraft, Stage, StageKind};
use crmkit::values::Decimal;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::{Reference, argument, command, commands, draft, each, id, record, records, take, unusable};
use crate::session::Session;

/// Creates a pipeline from its fields, and from its `stages`.
#[pyfunction]
pub(crate) fn create_pipeline(py: Python<'_>, session: &Session, fields: &Bound<'_, PyDict>) -> PyResult<Py<PyAny>> {
    let stages = take(fields, "stages")?.map_or(Ok(Vec::new()), |given| each(&given))?;
    let stages = stages.iter().map(new_stage).collect::<PyResult<Vec<_>>>()?;
    let draft: PipelineDraft = draft(py, fields)?;
    command(session, py, move |tx| {
        Pipeline::create(tx, draft.clone(), stages.clone())
    })
}

/// Adds a stage to a pipeline at a position.
#[pyfunction]
pub(crate) fn add_stage(
    py: Python<'_>,
    session: &Session,
    pipeline: &Bound<'_, PyAny>,
    stage: &Bound<'_, PyAny>,
    position: usize,
) -> PyResult<Py<PyAny>> {
    let (pipeline, stage) = (Reference::of(pipeline)?, new_stage(stage)?);
    command(session, py, move |tx| {
        let pipeline = meant(&pipeline, tx)?;
        Pipeline::add_stage(tx, pipeline, stage.clone(), position)
    })
}

/// A stage from the `crmkit.NewStage` of Python.
pub(crate) fn new_stage(given: &Bound<'_, PyAny>) -> PyResult<NewStage> {
    let py = given.py();
    let wrong = || {
        let hint = "Give one such as NewStage.open(\"Proposal\", 40)";
        unusable(py, Stage::DEF.name, "stages", "it is no NewStage", hint)
    };
    let part = |name: &str| given.getattr(name).map_err(|_| wrong());
    let name: String = part("name")?
        .cast::<PyString>()
        .map_err(|_| wrong())?
        .to_str()?
        .to_owned();
    let kind: StageKind = argument(Stage::KIND, Some(&part("kind")?))?.ok_or_else(wrong)?;
    let probability: Option<Decimal> = argument(Stage::PROBABILITY, Some(&part("probability")?))?;
    let mut stage = match kind {
        StageKind::Open => NewStage::open(name, probability.ok_or_else(wrong)?),
        StageKind::Won => NewStage::won(name),
        StageKind::Lost => NewStage::lost(name),
    };
    let category: Option<ForecastCategory> = argument(Stage::FORECAST_CATEGORY, Some(&part("category")?))?;
    if let Some(category) = category {
        stage = stage.category(category);
    }
    if let Some(days) = argument(Stage::ROTTEN_AFTER_DAYS, Some(&part("rotten_after")?))? {
        stage = stage.rotten_after(days);
    }
    Ok(stage)
}

fn meant(pipeline: &Reference<PipelineId>, reader: &mut Reader<'_>) -> Result<PipelineId> {
    pipeline.resolve(|name| Ok(Pipeline::named(reader, name)?.id))
}

/// Creates the standard pipeline.
#[pyfunction]
pub(crate) fn create_standard_pipeline(py: Python<'_>, session: &Session) -> PyResult<Py<PyAny>> {
    command(session, py, Pipeline::standard)
}

/// The pipeline of a name.
#[pyfunction]
pub(crate) fn pipeline_named(py: Python<'_>, session: &Session, name: String) -> PyResult<Option<Py<PyAny>>> {
    record(session, py, move |reader| Pipeline::named(reader, &name).map(Some))
}

/// The pipeline of opportunities that name none.
#[pyfunction]
pub(crate) fn default_pipeline(py: Python<'_>, session: &Session) -> PyResult<Option<Py<PyAny>>> {
    record(session, py, Pipeline::default_one)
}

/// The stages of a pipeline.
#[pyfunction]
pub(crate) fn stages_of(py: Python<'_>, session: &Session, pipeline: &Bound<'_, PyAny>) -> PyResult<Vec<Py<PyAny>>> {
    let pipeline = Reference::of(pipeline)?;
    records(session, py, move |reader| {
        let pipeline = meant(&pipeline, reader)?;
        Pipeline::stages(reader, pipeline)
    })
}

/// The stage of a pipeline that has this name.
#[pyfunction]
pub(crate) fn stage_named(
    py: Python<'_>,
    session: &Session,
    pipeline: &Bound<'_, PyAny>,
    name: String,
) -> PyResult<Option<Py<PyAny>>> {
    let pipeline = Reference::of(pipeline)?;
    record(session, py, move |reader| {
        let pipeline = meant(&pipeline, reader)?;
        Pipeline::stage_named(reader, pipeline, &name).map(Some)
    })
}

/// Puts the stages of a pipeline into this order.
#[pyfunction]
pub(crate) fn reorder_stages(
    py: Python<'_>,
    session: &Session,
    pipeline: &Bound<'_, PyAny>,
    order: &Bound<'_, PyAny>,
) -> PyResult<Vec<Py<PyAny>>> {
    let pipeline = Reference::of(pipeline)?;
    let order: Vec<StageId> = each(order)?.iter().map(id).collect::<PyResult<_>>()?;
    commands(session, py, move |tx| {
        let pipeline = meant(&pipeline, tx)?;
        Pipeline::reorder(tx, pipeline, &order)
    })
}

/// Deletes a stage, and moves its opportunities to another.
#[pyfunction]
pub(crate) fn delete_stage(
    py: Python<'_>,
    session: &Session,
    stage: &Bound<'_, PyAny>,
    move_to: &Bound<'_, PyAny>,
) -> PyResult<usize> {
    let (stage, move_to) = (id(stage)?, id(move_to)?);
    session.write(py, move |tx| Stage::delete(tx, stage, move_to))
}
