use std::rc::Rc;

use crate::engine::{CrmError, Draft, Result, Tx};
use crate::ids::StageId;
use crate::sales::opportunity_line::LineSums;
use crate::sales::{
    ClosingRate, Opportunity, OpportunityDraft, OpportunityHistory, OpportunityLine, OpportunityLineDraft, Outcome,
    Stage,
};
use crate::values::{Money, Timestamp};

use super::Catalog;
use super::amount::amount_follows_lines;
use super::rules::invalid;

/// That an opportunity entered a stage, and when: what an older system knows of its history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageVisit {
    /// The stage.
    pub stage_id: StageId,
    /// When it was entered.
    pub at: Timestamp,
}

/// A visit with its stage.
struct Visit {
    stage: Rc<Stage>,
    at: Timestamp,
}

impl Opportunity {
    /// Creates an opportunity with its lines and with the stages that it visited, in order of time: the way of imports,
    /// in which every row is written once.
    ///
    /// The last visit is the current stage. The first is when the opportunity was opened, and that of a closed one when
    /// it was closed, where the draft does not say so. Of the visits before the last only stage and time are known: they
    /// get the amounts of today, the probability and category of their stage, and, unless the opportunity is still open,
    /// no closing date. Without visits, this is [`Tx::create`] with lines.
    ///
    /// # Errors
    /// As [`Tx::create`] for opportunity and lines, [`CrmError::Invalid`] for visits that are out of order or do not fit
    /// the draft, and [`CrmError::Refused`] with the rule `stage.same_pipeline` or `opportunity.amount_follows_lines`.
    pub fn create_with(
        tx: &mut Tx<'_>,
        draft: OpportunityDraft,
        lines: Vec<OpportunityLineDraft>,
        visits: &[StageVisit],
    ) -> Result<Self> {
        let lines = lines.into_iter().map(Draft::into_record).collect();
        Self::create_whole(tx, draft.into_record(), lines, visits, &mut Catalog::default())
    }

    /// The same from records that nothing is filled in yet, with what was read for others.
    pub(crate) fn create_whole(
        tx: &mut Tx<'_>,
        mut record: Self,
        lines: Vec<OpportunityLine>,
        visits: &[StageVisit],
        catalog: &mut Catalog,
    ) -> Result<Self> {
        let visits = record.read_visits(tx, visits, catalog)?;
        let stage = match visits.last() {
            Some(last) => Rc::clone(&last.stage),
            None => record.stage_to_begin_in(tx)?.into(),
        };
        record.begin_in(&stage, tx.now(), tx.zone());
        record.stage_entered_at = visits.last().map_or(record.stage_entered_at, |last| Some(last.at));
        let lines = record.take_on_lines(tx, lines, catalog)?;
        record.check(None, tx.now())?;
        let record = tx.insert_complete(record)?;
        for line in lines {
            tx.insert_complete(OpportunityLine {
                opportunity_id: record.id,
                ..line
            })?;
        }
        if visits.is_empty() {
            OpportunityHistory::begin(tx, &record)?;
        }
        record.write_visits(tx, &visits)?;
        ClosingRate::follow(tx, None, &record)?;
        Ok(record)
    }

    /// Checks the visits, and takes from them when the opportunity was opened and closed.
    fn read_visits(&mut self, tx: &mut Tx<'_>, visits: &[StageVisit], catalog: &mut Catalog) -> Result<Vec<Visit>> {
        let (Some(first), Some(last)) = (visits.first(), visits.last()) else {
            return Ok(Vec::new());
        };
        if !visits.is_sorted_by_key(|visit| visit.at) || last.at > tx.now() {
            return Err(invalid_visits(
                "they are not in order of time, or lie in the future",
                "Order them by time, none later than now",
            ));
        }
        let mut known: Vec<Visit> = Vec::with_capacity(visits.len());
        for visit in visits {
            let stage = catalog.stage(visit.stage_id, tx)?;
            self.check_pipeline(&stage)?;
            self.pipeline_id = stage.pipeline_id;
            known.push(Visit { stage, at: visit.at });
        }
        let closes = known
            .last()
            .is_some_and(|last| last.stage.kind.outcome() != Outcome::Open);
        let stage_differs = self.stage_id != StageId::default() && self.stage_id != last.stage_id;
        let closing_differs = closes && self.closed_at.is_some_and(|closed_at| closed_at != last.at);
        if stage_differs || closing_differs || self.opened_at > Some(first.at) {
            return Err(invalid_visits(
                "stage_id, opened_at or closed_at of the draft say something else",
                "Leave these out of the draft, or let them agree with the visits",
            ));
        }
        self.opened_at = self.opened_at.or(Some(first.at));
        self.closed_at = self.closed_at.or(closes.then_some(last.at));
        Ok(known)
    }

    /// Prices the lines and takes their sums as amounts.
    fn take_on_lines(
        &mut self,
        tx: &mut Tx<'_>,
        drafts: Vec<OpportunityLine>,
        catalog: &mut Catalog,
    ) -> Result<Vec<OpportunityLine>> {
        let mut currency = self.amount.map(Money::currency);
        let mut lines = Vec::with_capacity(drafts.len());
        for mut line in drafts {
            let product = catalog.product(line.product_id, tx)?;
            line.check_product(None, &product, self)?;
            line.price(None, &product, currency)?;
            currency = line.total.map(Money::currency);
            lines.push(line);
        }
        if let Some(sums) = LineSums::of(&lines)? {
            if self.amount.is_some_and(|amount| amount != sums.total) {
                return Err(amount_follows_lines());
            }
            self.amount = Some(sums.total);
            self.list_amount = sums.list_total;
        }
        Ok(lines)
    }

    fn write_visits(&self, tx: &mut Tx<'_>, visits: &[Visit]) -> Result<()> {
        let ends = visits.iter().skip(1).map(|next| Some(next.at)).chain([None]);
        for (visit, until_at) in visits.iter().zip(ends) {
            let mut row = OpportunityHistory::of(self, visit.at, true);
            if until_at.is_some() {
                row.stage_id = visit.stage.id;
                row.outcome = visit.stage.kind.outcome();
                row.probability = visit.stage.probability;
                row.forecast_category = visit.stage.forecast_category;
                row.close_on = self.close_on.filter(|_| self.outcome == Outcome::Open);
                row.until_at = until_at;
                row.is_stage_exit = true;
            }
            tx.insert_complete(row)?;
        }
        Ok(())
    }
}

fn invalid_visits(reason: &str, hint: &str) -> CrmError {
    invalid("visits", reason, hint)
}
