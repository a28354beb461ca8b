//! A position in a pipeline.

mod delete;
mod new_stage;

pub use new_stage::NewStage;

use super::percentage::check_percentage;
use super::same_name;
use crate::engine::{CrmError, Entity, RecordId, Result, Tx, Validate};
use crate::entity;
use crate::ids::{PipelineId, StageId};
use crate::sales::{Outcome, Pipeline};
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

impl StageKind {
    /// The outcome of the opportunities in a stage of this kind.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Open => Outcome::Open,
            Self::Won => Outcome::Won,
            Self::Lost => Outcome::Lost,
        }
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
///
/// A new stage comes last; [`Pipeline::add_stage`] and [`Pipeline::reorder`] put it elsewhere. Its kind never changes,
/// and a change of its probability or category touches no opportunity that is already there.
#[entity(table = "stages")]
pub struct Stage {
    /// The pipeline to which it belongs.
    #[field(references = "pipelines", on_delete = "cascade", set_by = "command")]
    pub pipeline_id: PipelineId,
    /// Its name, unique in the pipeline, in capitals or not.
    #[field(index)]
    pub name: String,
    /// What it means for its opportunities.
    #[field(set_by = "command")]
    pub kind: StageKind,
    /// Its place among the stages, from 0 and without gaps.
    #[field(set_by = "engine")]
    pub position: i64,
    /// The probability in percent that an opportunity gets when it enters; 100 where won, 0 where lost.
    #[field(scale = 2)]
    pub probability: Option<Decimal>,
    /// The forecast category that an opportunity gets when it enters; closed where won, omitted where lost, and
    /// pipeline where an open stage has none.
    pub forecast_category: Option<ForecastCategory>,
    /// After how many days here an opportunity counts as rotten.
    pub rotten_after_days: Option<i64>,
}

impl Validate for Stage {
    fn complete(&mut self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        let (probability, category) = self.kind.outcome().figures();
        self.probability = self.probability.or(probability);
        self.forecast_category = self.forecast_category.or(category).or(Some(ForecastCategory::Pipeline));
        if before.is_none() {
            let stages = Pipeline::stages(tx, self.pipeline_id)?;
            self.position = stages.last().map_or(0, |last| last.position + 1);
        }
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        check_percentage(Self::DEF.name, self.probability)?;
        self.check_figures()?;
        self.check_rotten_after()?;
        let renamed = before.is_none_or(|before| before.name != self.name || before.deleted_at.is_some());
        if renamed { self.check_name(tx) } else { Ok(()) }
    }

    fn written(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if before.is_none_or(|before| before.deleted_at != self.deleted_at) {
            tx.settle_before_commit(self.pipeline_id);
        }
        Ok(())
    }
}

impl Stage {
    /// Won is 100 percent and closed, lost is 0 percent and omitted, and open is not closed.
    fn check_figures(&self) -> Result<()> {
        let (probability, category) = self.kind.outcome().figures();
        if probability.is_some() && self.probability != probability {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "probability",
                format!("a stage of the kind {} has another one by its meaning", self.kind),
                "Leave it out: won is 100 percent, and lost is 0",
            ));
        }
        let fits = match category {
            Some(_) => self.forecast_category == category,
            None => self.forecast_category != Some(ForecastCategory::Closed),
        };
        if fits {
            return Ok(());
        }
        Err(CrmError::invalid(
            Self::DEF.name,
            "forecast_category",
            format!("a stage of the kind {} cannot have this one", self.kind),
            "Leave it out: won is closed, lost is omitted, and an open stage is anything but closed",
        ))
    }

    fn check_rotten_after(&self) -> Result<()> {
        match self.rotten_after_days {
            Some(_) if self.kind != StageKind::Open => Err(CrmError::invalid(
                Self::DEF.name,
                "rotten_after_days",
                "only what is open can rot",
                "Leave it out",
            )),
            Some(days) if days < 1 => Err(CrmError::invalid(
                Self::DEF.name,
                "rotten_after_days",
                "it is below one day",
                "Give one day or more, or nothing where nothing rots",
            )),
            _ => Ok(()),
        }
    }

    fn check_name(&self, tx: &mut Tx<'_>) -> Result<()> {
        let mut same = Pipeline::stages(tx, self.pipeline_id)?;
        same.retain(|stage| stage.id != self.id && stage.has_name(&self.name));
        if same.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "name".into(),
            matches: same.iter().map(|stage| stage.id.uuid()).collect(),
        })
    }

    /// Whether a text names this stage: in capitals or not, with spaces around it or not.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        same_name(&self.name, name)
    }
}
