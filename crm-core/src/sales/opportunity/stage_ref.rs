use crate::engine::{Result, Tx};
use crate::ids::StageId;
use crate::sales::{Opportunity, Pipeline, Stage};

/// A stage of an opportunity's own pipeline, as people or programs name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageRef<'n> {
    /// By its id.
    Id(StageId),
    /// By its name, in capitals or not.
    Named(&'n str),
}

impl From<StageId> for StageRef<'_> {
    fn from(id: StageId) -> Self {
        Self::Id(id)
    }
}

impl<'n> From<&'n str> for StageRef<'n> {
    fn from(name: &'n str) -> Self {
        Self::Named(name)
    }
}

impl Opportunity {
    /// The stage that is meant, which must be one of the opportunity's own pipeline.
    pub(super) fn stage_meant(&self, tx: &mut Tx<'_>, stage: StageRef<'_>) -> Result<Stage> {
        match stage {
            StageRef::Named(name) => Pipeline::stage_named(tx, self.pipeline_id, name),
            StageRef::Id(id) => {
                let stage = tx.get(id)?;
                self.check_pipeline(&stage)?;
                Ok(stage)
            }
        }
    }
}
