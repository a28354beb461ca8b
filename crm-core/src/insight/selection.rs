use crate::engine::{Conditions, Filter, Query, Reader, Result};
use crate::ids::PipelineId;
use crate::sales::{Opportunity, Pipeline, Stage};

/// Which opportunities an answer is about; all of them where nothing is said.
///
/// ```
/// use crm_core::engine::Conditions;
/// use crm_core::insight::Selection;
/// use crm_core::sales::{Opportunity, OpportunityKind};
/// let renewals = Selection::default().filter(Opportunity::KIND.is(OpportunityKind::Renewal));
/// assert_ne!(renewals, Selection::default());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// Those of this pipeline. An answer that goes by stages takes the default pipeline where none is named.
    pub pipeline: Option<PipelineId>,
    /// Those for which this holds as they stand now: a condition on opportunities.
    pub filter: Filter,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            pipeline: None,
            filter: Filter::everything(),
        }
    }
}

impl Selection {
    /// Only those of this pipeline.
    #[must_use]
    pub fn pipeline(mut self, pipeline: PipelineId) -> Self {
        self.pipeline = Some(pipeline);
        self
    }

    /// Only those of the pipeline of this name, in capitals or not. Before the first pipeline is made, the standard one
    /// is there by its name, and has nothing in it: so does a CRM as it was then.
    ///
    /// ```
    /// use crm_core::Crm;
    /// use crm_core::insight::{Board, Selection};
    /// let crm = Crm::in_memory();
    /// let board = crm.read(|reader| {
    ///     let sales = Selection::default().pipeline_named(reader, "Sales")?;
    ///     Board::now(reader, &sales)
    /// })?;
    /// assert_eq!(board.pipeline, None);
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] that lists the pipelines where none has the name.
    pub fn pipeline_named(mut self, reader: &mut Reader<'_>, name: &str) -> Result<Self> {
        self.pipeline = Pipeline::named_or_to_come(reader, name)?.map(|pipeline| pipeline.id);
        Ok(self)
    }

    /// Only those for which this holds as well: a condition on opportunities.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = self.filter.and(filter);
        self
    }

    /// The condition on opportunities; `None` where all are meant.
    pub(super) fn condition(&self) -> Option<Filter> {
        let of_pipeline = self.pipeline.map(|pipeline| Opportunity::PIPELINE_ID.is(pipeline));
        let conditions: Vec<Filter> = of_pipeline.into_iter().chain(self.given_filter()).collect();
        (!conditions.is_empty()).then_some(Filter::All(conditions))
    }

    fn given_filter(&self) -> Option<Filter> {
        (self.filter != Filter::everything()).then(|| self.filter.clone())
    }

    /// The same selection with its pipeline named, and the stages of that pipeline in order.
    ///
    /// Stages that were deleted come along: a past day may have opportunities in them.
    pub(super) fn with_stages(&self, reader: &mut Reader<'_>) -> Result<(Self, Vec<Stage>)> {
        let pipeline = match self.pipeline {
            Some(pipeline) => Some(pipeline),
            None => {
                let default = Query::of::<Pipeline>().filter(Pipeline::IS_DEFAULT.is(true));
                reader.first::<Pipeline>(&default)?.map(|pipeline| pipeline.id)
            }
        };
        let Some(pipeline) = pipeline else {
            return Ok((self.clone(), Vec::new()));
        };
        let stages = Query::of::<Stage>()
            .filter(Stage::PIPELINE_ID.is(pipeline))
            .order_by(Stage::POSITION)
            .deleted(crate::engine::Deleted::Shown);
        Ok((self.clone().pipeline(pipeline), reader.find(&stages)?))
    }
}
