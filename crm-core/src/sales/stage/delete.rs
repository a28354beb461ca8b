use crate::engine::{Conditions, CrmError, Query, Result, Tx};
use crate::ids::StageId;
use crate::sales::{Opportunity, Stage};

impl Stage {
    /// Deletes a stage and moves its opportunities to another of the same pipeline and kind, in one transaction and
    /// with history. What was in the stage before still names it in its history. Returns how many moved.
    ///
    /// # Errors
    /// [`CrmError::NotFound`], and [`CrmError::Refused`] with the rule `stage.same_pipeline`, `stage.same_kind`,
    /// `stage.moves_to_itself`, or, before the commit, that a pipeline needs a stage of each kind.
    pub fn delete(tx: &mut Tx<'_>, id: StageId, move_to: StageId) -> Result<usize> {
        let (stage, target) = (tx.get(id)?, tx.get(move_to)?);
        stage.check_target(&target)?;
        let moving: Vec<Opportunity> =
            tx.find(&Query::of::<Opportunity>().filter(Opportunity::STAGE_ID.is(stage.id)))?;
        for opportunity in &moving {
            opportunity.put_into(tx, &target, tx.now())?;
        }
        tx.delete(id)?;
        Ok(moving.len())
    }

    fn check_target(&self, target: &Self) -> Result<()> {
        if target.id == self.id {
            return Err(CrmError::refused(
                "stage.moves_to_itself",
                "the opportunities cannot stay in the stage that is deleted",
                "Name another stage",
            ));
        }
        self.check_pipeline(target)?;
        if target.kind != self.kind {
            return Err(CrmError::refused(
                "stage.same_kind",
                format!(
                    "the stage is of the kind {} and the other of the kind {}",
                    self.kind, target.kind
                ),
                "Choose a stage of the same kind: deleting a stage opens and closes no opportunity",
            ));
        }
        Ok(())
    }

    fn check_pipeline(&self, other: &Self) -> Result<()> {
        if other.pipeline_id == self.pipeline_id {
            return Ok(());
        }
        Err(other.of_another_pipeline())
    }

    /// The refusal of a stage that belongs to another pipeline.
    pub(in crate::sales) fn of_another_pipeline(&self) -> CrmError {
        CrmError::refused(
            "stage.same_pipeline",
            format!("the stage {} belongs to another pipeline", self.id),
            "Choose a stage of the same pipeline",
        )
    }
}
