//! A way of selling.

mod create;
mod default;
mod named;
mod stages;
mod standard;

use crate::engine::{CrmError, Result, Tx, Validate};
use crate::entity;
use crate::ids::PipelineId;
use crate::sales::{Stage, StageKind};

/// A way of selling: an ordered list of stages, at least one of each kind.
///
/// ```
/// use crm_core::{Crm, sales::{NewStage, Pipeline, PipelineDraft}};
/// let crm = Crm::in_memory();
/// let direct = crm.write(|tx| {
///     let stages = vec![NewStage::open("Proposal", 40), NewStage::won("Won"), NewStage::lost("Lost")];
///     Pipeline::create(tx, PipelineDraft::new("Direct sales"), stages)
/// })?;
/// assert!(direct.is_default, "the first pipeline is the default");
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[entity(table = "pipelines")]
pub struct Pipeline {
    /// Its name.
    #[field(index)]
    pub name: String,
    /// Whether opportunities go here that name no pipeline; exactly one is, where there is any. The first pipeline
    /// becomes it, and another that is made the default takes it over.
    #[field(default)]
    pub is_default: bool,
}

impl Validate for Pipeline {
    fn complete(&mut self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if before.is_none() && !self.is_default {
            self.is_default = Self::default_one(tx)?.is_none();
        }
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }

    fn written(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        self.keep_one_default(before, tx)?;
        tx.settle_before_commit(self.id);
        Ok(())
    }

    fn settle(&self, tx: &mut Tx<'_>) -> Result<()> {
        if Self::default_one(tx)?.is_none() {
            return Err(CrmError::refused(
                "pipeline.needs_default",
                "no pipeline would be the default",
                "Make another pipeline the default instead",
            ));
        }
        let stages = Self::stages(tx, self.id)?;
        for kind in StageKind::ALL {
            if !stages.iter().any(|stage| stage.kind == *kind) {
                return Err(missing_kind(self.id, *kind));
            }
        }
        Stage::number(tx, &stages)
    }
}

fn missing_kind(id: PipelineId, kind: StageKind) -> CrmError {
    let rule = match kind {
        StageKind::Open => "pipeline.needs_open_stage",
        StageKind::Won => "pipeline.needs_won_stage",
        StageKind::Lost => "pipeline.needs_lost_stage",
    };
    CrmError::refused(
        rule,
        format!("the pipeline {id} would have no stage of the kind {kind}"),
        "Give it one in the same transaction",
    )
}
