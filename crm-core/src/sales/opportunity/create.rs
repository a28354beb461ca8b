use crate::engine::{RecordId, Result, Tx};
use crate::sales::{Opportunity, OpportunityDraft, Outcome, Pipeline, Stage, StageKind};
use crate::values::{Timestamp, Tz, local_date, start_of_day};

impl OpportunityDraft {
    /// The same draft in the stage of this name: one of the pipeline that it names, or of the default one; where there
    /// is no pipeline, the standard one is made.
    ///
    /// ```
    /// use crm_core::{Crm, sales::OpportunityDraft};
    /// let crm = Crm::in_memory();
    /// let deal = crm.write(|tx| {
    ///     let draft = OpportunityDraft::new("Twelve looms").in_stage(tx, "Negotiation")?;
    ///     tx.create(draft)
    /// })?;
    /// assert_eq!(deal.probability, Some(80.into()));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] that lists the stages where none has the name.
    pub fn in_stage(mut self, tx: &mut Tx<'_>, name: &str) -> Result<Self> {
        let pipeline = match self.pipeline_id {
            Some(id) => id,
            None => Pipeline::default_or_standard(tx)?.id,
        };
        self.stage_id = Some(Pipeline::stage_named(tx, pipeline, name)?.id);
        Ok(self)
    }
}

impl Opportunity {
    /// The stage that the draft names, or the first open one of the pipeline that it names, or of the default one; where
    /// there is no pipeline, the standard one is made.
    pub(super) fn stage_to_begin_in(&self, tx: &mut Tx<'_>) -> Result<Stage> {
        if !self.stage_id.uuid().is_nil() {
            let stage = tx.get(self.stage_id)?;
            self.check_pipeline(&stage)?;
            return Ok(stage);
        }
        let pipeline = if self.pipeline_id.uuid().is_nil() {
            Pipeline::default_or_standard(tx)?.id
        } else {
            tx.get(self.pipeline_id)?.id
        };
        Pipeline::first_stage(tx, pipeline, StageKind::Open)
    }

    /// Refuses a stage of another pipeline than the opportunity names.
    pub(super) fn check_pipeline(&self, stage: &Stage) -> Result<()> {
        if self.pipeline_id.uuid().is_nil() || self.pipeline_id == stage.pipeline_id {
            return Ok(());
        }
        Err(stage.of_another_pipeline())
    }

    /// Fills what a new opportunity does not say.
    pub(super) fn begin_in(&mut self, stage: &Stage, now: Timestamp, zone: Tz) {
        self.stage_id = stage.id;
        self.pipeline_id = stage.pipeline_id;
        self.outcome = stage.kind.outcome();
        self.probability = self.probability.or(stage.probability);
        self.forecast_category = self.forecast_category.or(stage.forecast_category);
        if self.outcome == Outcome::Open {
            self.opened_at = self.opened_at.or(Some(now));
            self.stage_entered_at = self.opened_at;
        } else {
            let closed_at = self.closed_at.unwrap_or_else(|| self.closing_on_its_day(now, zone));
            self.closed_at = Some(closed_at);
            self.close_on = self.close_on.or(Some(local_date(closed_at, zone)));
            self.opened_at = self.opened_at.or(Some(closed_at.min(now)));
            self.stage_entered_at = Some(closed_at);
        }
    }

    /// Where only the day of closing is known: its beginning, but not before the opening on the same day.
    fn closing_on_its_day(&self, now: Timestamp, zone: Tz) -> Timestamp {
        let Some(day) = self.close_on else { return now };
        match self.opened_at {
            Some(opened_at) if local_date(opened_at, zone) == day => opened_at,
            _ => start_of_day(day, zone),
        }
    }
}
