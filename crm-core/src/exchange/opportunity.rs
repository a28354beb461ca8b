//! How a row becomes an opportunity: with its line, and with the stages that it visited when the file says so.
//!
//! A new opportunity is written once, with its past. Of one that is there already the past stays as it is: the row
//! moves, wins, loses or reopens it where its stage differs, at the time that the file tells for that.

use std::collections::HashMap;
use std::rc::Rc;

use uuid::Uuid;

use super::landing::Awaited;
use super::program::RowValues;
use crate::engine::{
    Assignment, Conditions, CrmError, Entity, FieldValue, Query, RecordId, Result, Tx, Value, record_from_values,
};
use crate::ids::{OpportunityId, PipelineId, StageId};
use crate::sales::{
    Catalog, Closing, Opportunity, OpportunityLine, Outcome, Pipeline, Reopening, Stage, StageKind, StageVisit,
};
use crate::values::{NaiveDate, Timestamp, local_date, start_of_day};

/// The reason that is written where a row loses an opportunity and tells none.
const UNKNOWN_REASON: &str = "unknown";

/// The stages of the pipelines that rows were about, and what else they refer to, so that they are read once.
#[derive(Default)]
pub(super) struct Stages {
    catalog: Catalog,
    default: Option<PipelineId>,
    of_pipeline: HashMap<PipelineId, Rc<[Stage]>>,
}

impl Stages {
    /// The pipeline of rows that name none; the standard one, made now, where there is none.
    fn default(&mut self, awaited: &mut dyn Awaited, tx: &mut Tx<'_>) -> Result<PipelineId> {
        if let Some(known) = self.default {
            return Ok(known);
        }
        let pipeline = match Pipeline::default_one(tx)? {
            Some(pipeline) => pipeline,
            None => {
                let standard = Pipeline::standard(tx)?;
                awaited.created_on_the_way(Pipeline::DEF.table);
                for _ in Pipeline::stages(tx, standard.id)? {
                    awaited.created_on_the_way(Stage::DEF.table);
                }
                standard
            }
        };
        Ok(*self.default.insert(pipeline.id))
    }

    /// Forgets the default pipeline: the row that may have made it was taken back.
    pub(super) fn forget_default(&mut self) {
        self.default = None;
    }

    fn of_pipeline(&mut self, pipeline: PipelineId, tx: &mut Tx<'_>) -> Result<Rc<[Stage]>> {
        if let Some(stages) = self.of_pipeline.get(&pipeline) {
            return Ok(Rc::clone(stages));
        }
        let stages: Rc<[Stage]> = Pipeline::stages(tx, pipeline)?.into();
        self.of_pipeline.insert(pipeline, Rc::clone(&stages));
        Ok(stages)
    }
}

/// Where a row says that an opportunity stands, and since when.
struct Standing {
    stage: Option<Stage>,
    entered: Vec<StageVisit>,
}

impl Standing {
    fn of(values: &RowValues<'_>, pipeline: PipelineId, stages: &mut Stages, tx: &mut Tx<'_>) -> Result<Self> {
        let mut standing = Self {
            stage: None,
            entered: Vec::with_capacity(values.entered.len() + 1),
        };
        let closing = values.outcome.and_then(closing_kind);
        if values.stage.is_none() && values.entered.is_empty() && closing.is_none() {
            return Ok(standing);
        }
        let stages = stages.of_pipeline(pipeline, tx)?;
        for (name, at) in &values.entered {
            standing.entered.push(StageVisit {
                stage_id: named(&stages, name)?.id,
                at: *at,
            });
        }
        standing.entered.sort_by_key(|visit| visit.at);
        let last = standing.entered.last().map(|visit| visit.stage_id);
        standing.stage = match values.stage {
            Some(name) => Some(named(&stages, name)?.clone()),
            None => stages.iter().find(|stage| Some(stage.id) == last).cloned(),
        };
        // What the row calls won or lost may stand in an open stage there: the last one in which it was worked on.
        if let Some(kind) = closing.filter(|kind| standing.stage.as_ref().is_none_or(|stage| stage.kind != *kind)) {
            standing.stage = stages.iter().find(|stage| stage.kind == kind).cloned();
        }
        Ok(standing)
    }

    /// The probability and category of a closed opportunity follow from its outcome, and a reason is for lost ones:
    /// what the file says besides is what was true before.
    fn leave_out_figures(&self, values: &mut Vec<Assignment>) {
        let Some(kind) = self.stage.as_ref().map(|stage| stage.kind) else {
            return;
        };
        let follows = |field: usize| match kind {
            StageKind::Open => [Opportunity::LOST_REASON, Opportunity::CLOSED_AT]
                .iter()
                .any(|one| one.index == field),
            StageKind::Won | StageKind::Lost => {
                let figures = [Opportunity::PROBABILITY, Opportunity::FORECAST_CATEGORY];
                figures.iter().any(|one| one.index == field)
                    || (kind == StageKind::Won && field == Opportunity::LOST_REASON.index)
            }
        };
        values.retain(|one| !follows(one.field));
    }

    /// Who fills a system with the past creates records there after they were closed; when they were opened nobody
    /// knows then.
    fn leave_out_late_opening(
        &self,
        values: &mut Vec<Assignment>,
        closed_at: Option<Timestamp>,
        tx: &Tx<'_>,
    ) -> Result<()> {
        if self.stage.as_ref().is_none_or(|stage| stage.kind == StageKind::Open) {
            return Ok(());
        }
        let closed_at = closed_at.or(given(values, Opportunity::CLOSED_AT.index)?);
        let close_on: Option<NaiveDate> = given(values, Opportunity::CLOSE_ON.index)?;
        let closed_at = closed_at.or(close_on.map(|day| start_of_day(day, tx.zone())));
        let opened_at: Option<Timestamp> = given(values, Opportunity::OPENED_AT.index)?;
        if let (Some(opened_at), Some(closed_at)) = (opened_at, closed_at)
            && local_date(opened_at, tx.zone()) > local_date(closed_at, tx.zone())
        {
            values.retain(|one| one.field != Opportunity::OPENED_AT.index);
        }
        Ok(())
    }

    /// When the stage was entered, as far as the row tells.
    fn entered_at(&self, stage: StageId) -> Option<Timestamp> {
        let visits = self.entered.iter().rev();
        visits
            .filter(|visit| visit.stage_id == stage)
            .map(|visit| visit.at)
            .next()
    }
}

/// Creates an opportunity from a row.
pub(super) fn create(
    mut values: RowValues<'_>,
    stages: &mut Stages,
    awaited: &mut dyn Awaited,
    tx: &mut Tx<'_>,
) -> Result<Uuid> {
    let pipeline = match given(&values.record, Opportunity::PIPELINE_ID.index)? {
        Some(pipeline) => pipeline,
        None => stages.default(awaited, tx)?,
    };
    let mut standing = Standing::of(&values, pipeline, stages, tx)?;
    standing.leave_out_figures(&mut values.record);
    standing.leave_out_late_opening(&mut values.record, None, tx)?;
    let closed_at = given(&values.record, Opportunity::CLOSED_AT.index)?;
    let close_on: Option<NaiveDate> = given(&values.record, Opportunity::CLOSE_ON.index)?;
    if let Some(stage) = &standing.stage {
        let is_last = standing.entered.last().is_some_and(|visit| visit.stage_id == stage.id);
        if standing.entered.is_empty() {
            values.record.push(assign(Opportunity::STAGE_ID.index, stage.id.into()));
        } else if !is_last {
            let closed_at = closed_at.or(close_on.map(|day| start_of_day(day, tx.zone())));
            let known = if stage.kind == StageKind::Open { None } else { closed_at };
            standing.entered.push(StageVisit {
                stage_id: stage.id,
                at: known.unwrap_or(tx.now()),
            });
        }
    }
    let record = record_from_values::<Opportunity>(None, values.record)?;
    let lines = match line_values(values.line) {
        Some(line) => vec![record_from_values::<OpportunityLine>(None, line)?],
        None => Vec::new(),
    };
    let opportunity = Opportunity::create_whole(tx, record, lines, &standing.entered, &mut stages.catalog)?;
    Ok(opportunity.id.uuid())
}

/// Brings an opportunity to where a row says it is; false where it is there already.
pub(super) fn update(id: Uuid, mut values: RowValues<'_>, stages: &mut Stages, tx: &mut Tx<'_>) -> Result<bool> {
    let before = tx.get(OpportunityId::from_uuid(id))?;
    let pipeline = given(&values.record, Opportunity::PIPELINE_ID.index)?.unwrap_or(before.pipeline_id);
    let standing = Standing::of(&values, pipeline, stages, tx)?;
    standing.leave_out_figures(&mut values.record);
    standing.leave_out_late_opening(&mut values.record, before.closed_at, tx)?;
    let closed_at: Option<Timestamp> = take(&mut values.record, Opportunity::CLOSED_AT.index)?;
    let lost_reason: Option<String> = given(&values.record, Opportunity::LOST_REASON.index)?;
    let mut changed = false;
    if let Some(stage) = standing.stage.as_ref().filter(|stage| stage.id != before.stage_id) {
        let at = if stage.kind == StageKind::Open { None } else { closed_at };
        let at = at.or(standing.entered_at(stage.id));
        go_to(stage, before, at, lost_reason.as_deref(), tx)?;
        changed = true;
    } else if let (Some(told), Some(known)) = (closed_at, before.closed_at)
        && local_date(told, tx.zone()) != local_date(known, tx.zone())
    {
        return Err(CrmError::refused(
            "import.closing_is_history",
            "it was closed on another day",
            "Reopen it first, or take the day out of the row",
        ));
    }
    changed |= update_line(id, values.line, tx)?;
    changed |= tx.update_from_values(Opportunity::DEF, id, None, values.record)?;
    Ok(changed)
}

/// Takes an opportunity to another stage by the command that leads there.
fn go_to(
    stage: &Stage,
    before: Opportunity,
    at: Option<Timestamp>,
    lost_reason: Option<&str>,
    tx: &mut Tx<'_>,
) -> Result<()> {
    let id = before.id;
    let closing = Closing {
        stage: Some(stage.id.into()),
        closed_at: at,
        expected_revision: None,
    };
    if before.outcome != Outcome::Open {
        let open = (stage.kind == StageKind::Open).then_some(stage.id.into());
        let reopening = Reopening {
            stage: open,
            expected_revision: None,
        };
        Opportunity::reopen(tx, id, reopening)?;
    }
    match stage.kind {
        StageKind::Open if before.outcome == Outcome::Open => {
            let at = at.unwrap_or(tx.now());
            Opportunity::move_at(tx, before, stage.id.into(), at).map(|_| ())
        }
        StageKind::Open => Ok(()),
        StageKind::Won => Opportunity::win(tx, id, closing).map(|_| ()),
        StageKind::Lost => Opportunity::lose(tx, id, lost_reason.unwrap_or(UNKNOWN_REASON), closing).map(|_| ()),
    }
}

/// Changes the line that the row is about: the only one, or the only one with its product.
fn update_line(opportunity: Uuid, line: Vec<Assignment>, tx: &mut Tx<'_>) -> Result<bool> {
    let Some(mut line) = line_values(line) else {
        return Ok(false);
    };
    let query = Query::of::<OpportunityLine>().filter(OpportunityLine::OPPORTUNITY_ID.is(opportunity));
    let mut there: Vec<OpportunityLine> = tx.find(&query)?;
    let product = given(&line, OpportunityLine::PRODUCT_ID.index)?;
    if there.len() > 1 {
        there.retain(|other| Some(other.product_id) == product);
    }
    match there[..] {
        [ref one] => tx.update_from_values(OpportunityLine::DEF, one.id.uuid(), None, line),
        [] => {
            line.push(assign(OpportunityLine::OPPORTUNITY_ID.index, Value::Id(opportunity)));
            tx.create_from_values(OpportunityLine::DEF, None, line).map(|_| true)
        }
        _ => Err(CrmError::refused(
            "import.one_line",
            "the opportunity has several lines with this product",
            "Change them one by one",
        )),
    }
}

/// The values of a line, where the row tells of one: a product at least. A currency goes with a price.
fn line_values(mut line: Vec<Assignment>) -> Option<Vec<Assignment>> {
    let tells = |line: &[Assignment], field: usize| line.iter().any(|one| one.field == field);
    if !tells(&line, OpportunityLine::UNIT_PRICE.index) {
        line.retain(|one| one.field != OpportunityLine::CURRENCY.index);
    }
    (!line.is_empty()).then_some(line)
}

/// The kind of stage of what a row calls won or lost.
fn closing_kind(outcome: &str) -> Option<StageKind> {
    match outcome.to_lowercase().as_str() {
        "won" => Some(StageKind::Won),
        "lost" => Some(StageKind::Lost),
        _ => None,
    }
}

fn named<'s>(stages: &'s [Stage], name: &str) -> Result<&'s Stage> {
    stages.iter().find(|stage| stage.has_name(name)).ok_or_else(|| {
        let names: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
        CrmError::invalid(
            Opportunity::DEF.name,
            "stage_id",
            "the pipeline has no stage of this name",
            format!("Use one of {}, or replace the value", names.join(", ")),
        )
    })
}

fn given<T: FieldValue>(values: &[Assignment], field: usize) -> Result<Option<T>> {
    let value = values
        .iter()
        .find(|one| one.field == field)
        .map(|one| one.value.clone());
    value
        .map(|value| crate::engine::field_from_value(Opportunity::DEF, field, value))
        .transpose()
}

fn take<T: FieldValue>(values: &mut Vec<Assignment>, field: usize) -> Result<Option<T>> {
    let value = given(values, field)?;
    values.retain(|one| one.field != field);
    Ok(value)
}

const fn assign(field: usize, value: Value) -> Assignment {
    Assignment { field, value }
}
