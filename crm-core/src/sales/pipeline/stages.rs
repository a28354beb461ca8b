use std::collections::BTreeSet;

use crate::engine::{Conditions, CrmError, Entity, Query, Reader, Result, Tx};
use crate::ids::{PipelineId, StageId};
use crate::sales::{Pipeline, Stage, StageKind};

impl Pipeline {
    /// The stages of a pipeline, in their order.
    ///
    /// # Errors
    /// Of the storage.
    pub fn stages(reader: &mut Reader<'_>, id: PipelineId) -> Result<Vec<Stage>> {
        let query = Query::of::<Stage>().filter(Stage::PIPELINE_ID.is(id));
        reader.find(&query.order_by(Stage::POSITION))
    }

    /// The stage of this name, in capitals or not.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] that lists the stages where none has the name.
    pub fn stage_named(reader: &mut Reader<'_>, id: PipelineId, name: &str) -> Result<Stage> {
        let mut stages = Self::stages(reader, id)?;
        if let Some(found) = stages.iter().position(|stage| stage.has_name(name)) {
            return Ok(stages.swap_remove(found));
        }
        let names: Vec<_> = stages.iter().map(|stage| stage.name.as_str()).collect();
        Err(CrmError::invalid(
            Stage::DEF.name,
            "name",
            format!("the pipeline {id} has no stage of this name"),
            format!("Use one of {}", names.join(", ")),
        ))
    }

    /// The first stage of a kind: where opportunities enter, are won or lost that name no stage.
    pub(in crate::sales) fn first_stage(reader: &mut Reader<'_>, id: PipelineId, kind: StageKind) -> Result<Stage> {
        let query = Query::of::<Stage>().filter(Stage::PIPELINE_ID.is(id).and(Stage::KIND.is(kind)));
        reader
            .first(&query.order_by(Stage::POSITION))?
            .ok_or_else(|| super::missing_kind(id, kind))
    }

    /// Puts the stages of a pipeline into this order, all at once.
    ///
    /// # Errors
    /// [`CrmError::Refused`] with the rule `pipeline.whole_order` where the list is not all of its stages, each once.
    pub fn reorder(tx: &mut Tx<'_>, id: PipelineId, order: &[StageId]) -> Result<Vec<Stage>> {
        tx.get(id)?;
        let mut stages = Self::stages(tx, id)?;
        let there: BTreeSet<StageId> = stages.iter().map(|stage| stage.id).collect();
        let wanted: BTreeSet<StageId> = order.iter().copied().collect();
        if there != wanted || order.len() != stages.len() {
            return Err(CrmError::refused(
                "pipeline.whole_order",
                format!(
                    "the pipeline has {} stages, and the list is not each of them once",
                    stages.len()
                ),
                "Give every stage of the pipeline once, in the new order",
            ));
        }
        stages.sort_by_key(|stage| order.iter().position(|id| *id == stage.id));
        Stage::number(tx, &stages)?;
        Self::stages(tx, id)
    }
}

impl Stage {
    /// Gives the stages positions from 0 without gaps, in the order in which they come.
    pub(super) fn number(tx: &mut Tx<'_>, stages: &[Self]) -> Result<()> {
        for (position, stage) in (0..).zip(stages) {
            let after = Self {
                position,
                ..stage.clone()
            };
            tx.save(stage, after)?;
        }
        Ok(())
    }
}
