use crate::engine::{CrmError, Entity, Result, Tx};
use crate::ids::{PipelineId, StageId};
use crate::sales::{NewStage, Pipeline, PipelineDraft, Stage};

impl Pipeline {
    /// Creates a pipeline with its stages in this order.
    ///
    /// # Errors
    /// [`CrmError::Duplicate`] for two stages of one name, [`CrmError::Invalid`] for a stage that breaks a rule, and,
    /// before the commit, [`CrmError::Refused`] where a kind of stage is missing: `pipeline.needs_won_stage`.
    pub fn create(tx: &mut Tx<'_>, draft: PipelineDraft, stages: Vec<NewStage>) -> Result<Self> {
        let pipeline = tx.create(draft)?;
        for stage in stages {
            tx.create(stage.into_draft(pipeline.id))?;
        }
        Ok(pipeline)
    }

    /// Adds a stage at a position, counted from 0; those from there on move back by one.
    ///
    /// # Errors
    /// [`CrmError::NotFound`], [`CrmError::Invalid`] for a position behind the end, and as [`Pipeline::create`].
    pub fn add_stage(tx: &mut Tx<'_>, id: PipelineId, stage: NewStage, position: usize) -> Result<Stage> {
        tx.get(id)?;
        let mut order: Vec<StageId> = Self::stages(tx, id)?.iter().map(|stage| stage.id).collect();
        if position > order.len() {
            return Err(CrmError::invalid(
                Stage::DEF.name,
                "position",
                format!("the pipeline has {} stages", order.len()),
                format!("Give a position from 0 to {}", order.len()),
            ));
        }
        let stage = tx.create(stage.into_draft(id))?;
        order.insert(position, stage.id);
        Self::reorder(tx, id, &order)?;
        tx.get(stage.id)
    }
}
