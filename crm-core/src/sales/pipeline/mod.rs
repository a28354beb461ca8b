use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::PipelineId;

/// A way of selling: an ordered list of stages.
#[entity(table = "pipelines")]
pub struct Pipeline {
    /// Its name.
    #[field(index)]
    pub name: String,
    /// Whether opportunities go here that name no pipeline; exactly one is, where there is any.
    #[field(default)]
    pub is_default: bool,
}

impl Validate for Pipeline {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
