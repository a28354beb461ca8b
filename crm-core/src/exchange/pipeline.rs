//! The pipelines and stages that a file names and the CRM has not: made before the first row, so that they stand in
//! their order.

use super::plan::Plan;
use super::program::{Program, Slot};
use crate::engine::{Conditions, Entity, Query, Result, Tx, Watch};
use crate::sales::{NewStage, Opportunity, Pipeline, PipelineDraft, Stage, StageKind};

/// How many stages of a pipeline are made at most; rows of more are refused.
const MOST_STAGES: usize = 100;

/// The names of stages that the rows of one pipeline have, in the order in which they come.
struct Named {
    pipeline: Option<String>,
    stages: Vec<String>,
}

/// Makes them, and returns how many records that took, by table.
pub(super) fn make_missing(plan: &Plan, program: &Program, tx: &mut Tx<'_>) -> Result<Vec<(&'static str, u64)>> {
    if plan.stages.is_empty() || program.entity != Opportunity::DEF {
        return Ok(Vec::new());
    }
    let (mut pipelines, mut stages) = (0, 0);
    for named in named(plan, program, tx.watch())? {
        let there = match &named.pipeline {
            None => Pipeline::default_one(tx)?,
            Some(name) => tx.first(&Query::of::<Pipeline>().filter(Pipeline::NAME.is(name.as_str())))?,
        };
        stages += match there {
            Some(pipeline) => add(&named.stages, &plan.stages, &pipeline, tx)?,
            None => {
                pipelines += 1;
                create(&named, &plan.stages, tx)?
            }
        };
    }
    let made = [(Pipeline::DEF.table, pipelines), (Stage::DEF.table, stages)];
    Ok(made.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// What the rows of the file name.
fn named(plan: &Plan, program: &Program, watch: Option<&Watch>) -> Result<Vec<Named>> {
    let is_pipeline = |slot: &Slot| match slot {
        Slot::Reference { spot, .. } => spot.field == Opportunity::PIPELINE_ID.index && spot.entity == Opportunity::DEF,
        _ => false,
    };
    let (pipeline, stage) = (program.input(is_pipeline), program.input(|slot| *slot == Slot::Stage));
    let mut named: Vec<Named> = Vec::new();
    let mut records = plan.dialect.records(plan.source.open(watch)?)?;
    // The header.
    records.next()?;
    while let Some(record) = records.next()? {
        if record.fault.is_some() || record.len() < program.width || !program.says_something(record) {
            continue;
        }
        let text = |input: &super::program::Input| Some(input.text(record).to_owned()).filter(|text| !text.is_empty());
        let of = pipeline.and_then(text);
        let place = named.iter().position(|known| known.pipeline == of).unwrap_or_else(|| {
            named.push(Named {
                pipeline: of,
                stages: Vec::new(),
            });
            named.len() - 1
        });
        let stages = &mut named[place].stages;
        if let Some(name) = stage.and_then(text)
            && stages.len() < MOST_STAGES
            && !stages.iter().any(|known| same(known, &name))
        {
            stages.push(name);
        }
    }
    Ok(named)
}

fn create(named: &Named, known: &[NewStage], tx: &mut Tx<'_>) -> Result<u64> {
    let is_named = |stage: &&NewStage| named.stages.iter().any(|name| same(name, stage.name()));
    let mut stages: Vec<NewStage> = known.iter().filter(is_named).cloned().collect();
    let unknown = named
        .stages
        .iter()
        .filter(|name| !known.iter().any(|one| same(name, one.name())));
    let open_end = stages
        .iter()
        .position(|stage| stage.kind() != StageKind::Open)
        .unwrap_or(stages.len());
    let unknown: Vec<NewStage> = unknown.map(|name| NewStage::open(name.as_str(), 0)).collect();
    stages.splice(open_end..open_end, unknown);
    for kind in StageKind::ALL {
        let missing = !stages.iter().any(|stage| stage.kind() == *kind);
        if let (true, Some(stage)) = (missing, known.iter().find(|stage| stage.kind() == *kind)) {
            let place = if *kind == StageKind::Open { 0 } else { stages.len() };
            stages.insert(place, stage.clone());
        }
    }
    let count = stages.len() as u64;
    Pipeline::create(
        tx,
        PipelineDraft::new(named.pipeline.as_deref().unwrap_or(Pipeline::STANDARD_NAME)),
        stages,
    )?;
    Ok(count)
}

/// Adds the stages that a pipeline has not, each behind the one that comes before it in their order.
fn add(names: &[String], known: &[NewStage], pipeline: &Pipeline, tx: &mut Tx<'_>) -> Result<u64> {
    let mut added = 0;
    for name in names {
        let there = Pipeline::stages(tx, pipeline.id)?;
        if there.iter().any(|stage| stage.has_name(name)) {
            continue;
        }
        let order = known.iter().position(|stage| same(stage.name(), name));
        let stage = order.map_or_else(|| NewStage::open(name.as_str(), 0), |place| known[place].clone());
        let before = order.map_or(&known[..0], |place| &known[..place]);
        let behind = there
            .iter()
            .rposition(|stage| before.iter().any(|known| stage.has_name(known.name())));
        let open_end = there
            .iter()
            .position(|stage| stage.kind != StageKind::Open)
            .unwrap_or(there.len());
        let position = match (behind, stage.kind()) {
            (Some(behind), _) => behind + 1,
            (None, StageKind::Open) if order.is_some() => 0,
            (None, StageKind::Open) => open_end,
            (None, StageKind::Won | StageKind::Lost) => there.len(),
        };
        Pipeline::add_stage(tx, pipeline.id, stage, position)?;
        added += 1;
    }
    Ok(added)
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
