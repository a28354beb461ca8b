use std::collections::BTreeMap;

use chrono::Days;

use super::Selection;
use super::figures::{Figures, figures, figures_by_group};
use super::standing::Standing;
use crate::engine::{Conditions, Filter, Measure, PathConditions, Reader, Result, Value};
use crate::ids::{PipelineId, StageId};
use crate::sales::{Outcome, Stage, StageKind};
use crate::values::{NaiveDate, Tz, start_of_day};

/// A pipeline at a glance: its stages, and what stands in them.
///
/// ```
/// use crm_core::insight::{Board, Selection};
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
/// let board = crm.read(|reader| Board::now(reader, &Selection::default()))?;
/// assert_eq!((board.open.count, board.open.amounts.to_string()), (2, "160.00 EUR".into()));
/// assert_eq!((board.columns[0].name.as_str(), board.columns[0].figures.weighted.to_string()), ("Offer", "80.00 EUR".into()));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// The pipeline; `None` where none was named and there is no default one.
    pub pipeline: Option<PipelineId>,
    /// The day at whose end it stood like this.
    pub day: NaiveDate,
    /// The stages in their order.
    pub columns: Vec<BoardColumn>,
    /// All open opportunities together.
    pub open: Figures,
    /// How many of them are rotten.
    pub rotten: i64,
}

/// A stage, and what stands in it.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardColumn {
    /// The stage.
    pub stage: StageId,
    /// Its name.
    pub name: String,
    /// What it means for its opportunities.
    pub kind: StageKind,
    /// What stands in it.
    pub figures: Figures,
    /// How many of these entered it more days ago than the stage allows.
    pub rotten: i64,
}

impl Board {
    /// The board as it is.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn now(reader: &mut Reader<'_>, selection: &Selection) -> Result<Self> {
        let today = reader.today();
        Self::standing(reader, Standing::Now, today, selection)
    }

    /// The board as it was at the end of a day in the reader's zone, by when things happened: imported history counts.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn on(reader: &mut Reader<'_>, day: NaiveDate, selection: &Selection) -> Result<Self> {
        let standing = Standing::at_end_of(day, reader.zone());
        Self::standing(reader, standing, day, selection)
    }

    fn standing(reader: &mut Reader<'_>, standing: Standing, day: NaiveDate, selection: &Selection) -> Result<Self> {
        let (selection, stages) = selection.with_stages(reader)?;
        let rows = standing.aggregate(selection.condition());
        let by_stage = rows.clone().group_by(standing.stage());
        let mut in_stage = figures_by_group(reader, standing, &by_stage)?;
        let rotten_rows = by_stage
            .filter(rotten(&stages, standing, day, reader.zone()))
            .measure(Measure::count());
        let rotten: BTreeMap<Vec<Value>, i64> = reader
            .aggregate(&rotten_rows)?
            .into_iter()
            .map(|row| (row.keys.clone(), row.count(0)))
            .collect();
        let columns: Vec<BoardColumn> = stages
            .into_iter()
            .map(|stage| {
                let key = [Value::from(stage.id)];
                let column = BoardColumn {
                    stage: stage.id,
                    name: stage.name,
                    kind: stage.kind,
                    figures: in_stage.remove(key.as_slice()).unwrap_or_default(),
                    rotten: rotten.get(key.as_slice()).copied().unwrap_or_default(),
                };
                (column, stage.deleted_at)
            })
            .filter(|(column, deleted_at)| deleted_at.is_none() || column.figures.count > 0)
            .map(|(column, _)| column)
            .collect();
        let open = rows.filter(standing.outcome().is(Outcome::Open));
        Ok(Self {
            pipeline: selection.pipeline,
            day,
            rotten: columns.iter().map(|column| column.rotten).sum(),
            columns,
            open: figures(reader, standing, &open)?,
        })
    }
}

/// The condition that an opportunity is rotten as it stands now.
pub(crate) fn rotten_now(stages: &[Stage], today: NaiveDate, zone: Tz) -> Filter {
    rotten(stages, Standing::Now, today, zone)
}

/// The condition that an opportunity is in an open stage which it entered more days before `day` than the stage allows.
fn rotten(stages: &[Stage], standing: Standing, day: NaiveDate, zone: Tz) -> Filter {
    let mut by_patience: BTreeMap<i64, Vec<StageId>> = BTreeMap::new();
    for stage in stages.iter().filter(|stage| stage.kind == StageKind::Open) {
        if let Some(days) = stage.rotten_after_days {
            by_patience.entry(days).or_default().push(stage.id);
        }
    }
    let ways = by_patience.into_iter().filter_map(|(days, stages)| {
        let oldest_fresh_day = day.checked_sub_days(Days::new(u64::try_from(days).ok()?))?;
        let in_stage = standing.stage().one_of(stages);
        Some(in_stage.and(standing.stage_entered_at().below(start_of_day(oldest_fresh_day, zone))))
    });
    Filter::Any(ways.collect())
}
