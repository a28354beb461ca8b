use super::Selection;
use super::standing::Standing;
use crate::engine::{Aggregate, Conditions, Filter, Measure, Reader, Result};
use crate::ids::{PipelineId, StageId};
use crate::sales::{Opportunity, OpportunityHistory, Outcome, Stage, StageKind};
use crate::values::NaiveDate;

/// How far the opportunities of a pipeline came.
///
/// ```
/// use crm_core::insight::{Funnel, Selection};
/// # use crm_core::{Crm, sales::*};
/// # let crm = Crm::in_memory();
/// # crm.write(|tx| {
/// #     let stages = vec![NewStage::open("Offer", 50), NewStage::won("Won"), NewStage::lost("Lost")];
/// #     Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
/// #     for amount in ["100 EUR", "60 EUR"] {
/// #         let amount = amount.parse().ok();
/// #         tx.create(OpportunityDraft { amount, ..OpportunityDraft::new("A deal") })?;
/// #     }
/// #     Ok(())
/// # })?;
/// let funnel = crm.read(|reader| Funnel::now(reader, &Selection::default()))?;
/// assert_eq!((funnel.steps[0].name.as_str(), funnel.steps[0].reached, funnel.won), ("Offer", 2, 0));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// The pipeline; `None` where none was named and there is no default one.
    pub pipeline: Option<PipelineId>,
    /// The day until whose end history counts.
    pub day: NaiveDate,
    /// How many opportunities there are.
    pub opportunities: i64,
    /// The open stages in their order.
    pub steps: Vec<FunnelStep>,
    /// How many are won or lost.
    pub closed: i64,
    /// How many are won.
    pub won: i64,
}

/// An open stage, and how many opportunities came as far.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelStep {
    /// The stage.
    pub stage: StageId,
    /// Its name.
    pub name: String,
    /// How many reached it or an open stage behind it at any time, or were won.
    pub reached: i64,
}

impl Funnel {
    /// The funnel as it is.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn now(reader: &mut Reader<'_>, selection: &Selection) -> Result<Self> {
        let today = reader.today();
        Self::standing(reader, Standing::Now, today, selection)
    }

    /// The funnel as it was at the end of a day in the reader's zone, by when things happened.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn on(reader: &mut Reader<'_>, day: NaiveDate, selection: &Selection) -> Result<Self> {
        let standing = Standing::at_end_of(day, reader.zone());
        Self::standing(reader, standing, day, selection)
    }

    fn standing(reader: &mut Reader<'_>, standing: Standing, day: NaiveDate, selection: &Selection) -> Result<Self> {
        let (selection, mut stages) = selection.with_stages(reader)?;
        stages.retain(|stage| stage.kind == StageKind::Open && stage.deleted_at.is_none());
        let won = standing.has_outcome(Outcome::Won);
        let closed = won.clone().or(standing.has_outcome(Outcome::Lost));
        let mut funnel = Aggregate::of::<Opportunity>()
            .filter(selection.condition().unwrap_or_else(Filter::everything))
            .measure(Measure::count().only(existed(standing)))
            .measure(Measure::count().only(closed))
            .measure(Measure::count().only(won));
        for stage in &stages {
            funnel = funnel.measure(Measure::count().only(reached(stage, standing)));
        }
        let rows = reader.aggregate(&funnel)?;
        let count = |measure| rows.first().map_or(0, |row| row.count(measure));
        Ok(Self {
            pipeline: selection.pipeline,
            day,
            opportunities: count(0),
            closed: count(1),
            won: count(2),
            steps: stages
                .into_iter()
                .zip(3..)
                .map(|(stage, measure)| FunnelStep {
                    stage: stage.id,
                    name: stage.name,
                    reached: count(measure),
                })
                .collect(),
        })
    }
}

fn existed(standing: Standing) -> Filter {
    match standing {
        Standing::Now => Filter::everything(),
        Standing::Before(_) => Filter::referred_by(OpportunityHistory::OPPORTUNITY_ID, standing.had_begun()),
    }
}

/// The condition that an opportunity was in this stage or an open one behind it, or was won.
fn reached(stage: &Stage, standing: Standing) -> Filter {
    let as_far = Filter::All(vec![
        OpportunityHistory::OUTCOME.is(Outcome::Open),
        OpportunityHistory::STAGE_ID
            .to(Stage::POSITION)
            .at_least(stage.position),
    ]);
    Filter::referred_by(
        OpportunityHistory::OPPORTUNITY_ID,
        Filter::All(vec![
            standing.had_begun(),
            as_far.or(OpportunityHistory::OUTCOME.is(Outcome::Won)),
        ]),
    )
}
