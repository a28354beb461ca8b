use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{PipelineId, StageId};
use crate::values::Decimal;

crate::choice! {
    /// What a stage means for its opportunities; their outcome follows from this and from nothing else.
    pub enum StageKind {
        /// They are being worked on.
        Open = "open",
        /// They were won.
        Won = "won",
        /// They were lost.
        Lost = "lost",
    }
}

crate::choice! {
    /// How an opportunity counts in the forecast: a judgement, apart from stage and probability.
    pub enum ForecastCategory {
        /// Not in the forecast.
        Omitted = "omitted",
        /// In the pipeline, no more.
        Pipeline = "pipeline",
        /// May come if things go well.
        BestCase = "best_case",
        /// Will most likely come.
        MostLikely = "most_likely",
        /// Promised.
        Commit = "commit",
        /// Won.
        Closed = "closed",
    }
}

/// A position in a pipeline.
#[entity(table = "stages")]
pub struct Stage {
    /// The pipeline to which it belongs.
    #[field(references = "pipelines", on_delete = "cascade", set_by = "command")]
    pub pipeline_id: PipelineId,
    /// Its name, unique in the pipeline.
    #[field(index)]
    pub name: String,
    /// What it means for its opportunities.
    #[field(set_by = "command")]
    pub kind: StageKind,
    /// Its place among the stages, from 0.
    #[field(set_by = "command")]
    pub position: i64,
    /// The probability in percent that an opportunity gets when it enters; 100 where won, 0 where lost.
    #[field(scale = 2)]
    pub probability: Option<Decimal>,
    /// The forecast category that an opportunity gets when it enters; closed where won, omitted where lost.
    pub forecast_category: Option<ForecastCategory>,
    /// After how many days here an opportunity counts as rotten.
    pub rotten_after_days: Option<i64>,
}

impl Validate for Stage {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
