use std::collections::BTreeMap;

use super::Selection;
use super::days_to_close::Spread;
use crate::engine::{Aggregate, Conditions, Expression, Filter, Measure, PathConditions, Reader, Result, Value};
use crate::ids::StageId;
use crate::sales::{OpportunityHistory, StageKind};

/// How long opportunities stayed in a stage, in days of the reader's zone.
///
/// ```
/// use crm_core::insight::{Selection, TimeInStage};
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
/// let stages = crm.read(|reader| TimeInStage::of(reader, &Selection::default()))?;
/// assert_eq!((stages[0].visits, stages[0].ongoing, stages[0].days.median), (2, 2, None));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TimeInStage {
    /// The stage.
    pub stage: StageId,
    /// Its name.
    pub name: String,
    /// How many times it was entered; an opportunity that came back counts again.
    pub visits: i64,
    /// How many of these are not over.
    pub ongoing: i64,
    /// The days of those that are over, from entering to leaving, whatever else changed meanwhile.
    pub days: Spread,
}

impl TimeInStage {
    /// The open stages of a pipeline in their order, by when things happened.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn of(reader: &mut Reader<'_>, selection: &Selection) -> Result<Vec<Self>> {
        let (selection, stages) = selection.with_stages(reader)?;
        let is_over = OpportunityHistory::IS_STAGE_EXIT.is(true);
        let days = Expression::DaysBetween {
            from: OpportunityHistory::STAGE_ENTERED_AT.into(),
            to: OpportunityHistory::UNTIL_AT.into(),
            zone: reader.zone(),
        };
        let condition = selection.condition().unwrap_or_else(Filter::everything);
        let by_stage = Aggregate::of::<OpportunityHistory>()
            .filter(Filter::refers_to(OpportunityHistory::OPPORTUNITY_ID, condition))
            .group_by(OpportunityHistory::STAGE_ID)
            .measure(Measure::count().only(OpportunityHistory::IS_STAGE_ENTRY.is(true)))
            .measure(Measure::count().only(OpportunityHistory::UNTIL_AT.empty()));
        let rows = reader.aggregate(&Spread::measures(by_stage, &days, &is_over))?;
        let mut by_stage: BTreeMap<Value, Self> = BTreeMap::new();
        for stage in stages.iter().filter(|stage| stage.kind == StageKind::Open) {
            by_stage.insert(stage.id.into(), Self::without_visits(stage.id, stage.name.clone()));
        }
        for row in rows {
            if let Some(stage) = row.keys.first().and_then(|stage| by_stage.get_mut(stage)) {
                (stage.visits, stage.ongoing) = (row.count(0), row.count(1));
                stage.days = Spread::of_measures(&row, 2);
            }
        }
        let in_order = stages.iter().filter_map(|stage| {
            let answer = by_stage.remove(&stage.id.into())?;
            (stage.deleted_at.is_none() || answer.visits > 0).then_some(answer)
        });
        Ok(in_order.collect())
    }

    fn without_visits(stage: StageId, name: String) -> Self {
        Self {
            stage,
            name,
            visits: 0,
            ongoing: 0,
            days: Spread::default(),
        }
    }
}
