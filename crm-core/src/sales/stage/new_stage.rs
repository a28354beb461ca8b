use crate::ids::PipelineId;
use crate::sales::{ForecastCategory, StageDraft, StageKind};
use crate::values::Decimal;

/// A stage that a pipeline is to get.
///
/// ```
/// use crm_core::sales::{ForecastCategory, NewStage};
/// let proposal = NewStage::open("Proposal", 40).category(ForecastCategory::BestCase).rotten_after(30);
/// let won = NewStage::won("Won");
/// assert_ne!(proposal, won);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NewStage {
    name: String,
    kind: StageKind,
    probability: Option<Decimal>,
    forecast_category: Option<ForecastCategory>,
    rotten_after_days: Option<i64>,
}

impl NewStage {
    /// A stage in which opportunities are worked on, and the probability in percent that they get when they enter.
    pub fn open(name: impl Into<String>, probability: impl Into<Decimal>) -> Self {
        let mut stage = Self::of_kind(name, StageKind::Open);
        stage.probability = Some(probability.into());
        stage
    }

    /// A stage of opportunities that were won.
    pub fn won(name: impl Into<String>) -> Self {
        Self::of_kind(name, StageKind::Won)
    }

    /// A stage of opportunities that were lost.
    pub fn lost(name: impl Into<String>) -> Self {
        Self::of_kind(name, StageKind::Lost)
    }

    /// With the forecast category that opportunities get when they enter; `pipeline` where an open stage has none.
    #[must_use]
    pub fn category(mut self, category: ForecastCategory) -> Self {
        self.forecast_category = Some(category);
        self
    }

    /// With the number of days after which an opportunity here counts as rotten.
    #[must_use]
    pub fn rotten_after(mut self, days: i64) -> Self {
        self.rotten_after_days = Some(days);
        self
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it means for its opportunities.
    pub fn kind(&self) -> StageKind {
        self.kind
    }

    /// What creates the stage in a pipeline, behind the stages that are there.
    pub(in crate::sales) fn into_draft(self, pipeline: PipelineId) -> StageDraft {
        StageDraft {
            probability: self.probability,
            forecast_category: self.forecast_category,
            rotten_after_days: self.rotten_after_days,
            ..StageDraft::new(pipeline, self.name, self.kind)
        }
    }

    fn of_kind(name: impl Into<String>, kind: StageKind) -> Self {
        Self {
            name: name.into(),
            kind,
            probability: None,
            forecast_category: None,
            rotten_after_days: None,
        }
    }
}
