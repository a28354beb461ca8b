use crate::engine::{Result, Tx};
use crate::sales::{ForecastCategory, NewStage, Pipeline, PipelineDraft};

/// Its open stages, each with the probability in percent and the category that an opportunity gets there.
const OPEN_STAGES: [(&str, u32, ForecastCategory); 4] = [
    ("Qualification", 10, ForecastCategory::Pipeline),
    ("Needs analysis", 20, ForecastCategory::Pipeline),
    ("Proposal", 50, ForecastCategory::BestCase),
    ("Negotiation", 80, ForecastCategory::Commit),
];

impl Pipeline {
    /// What a pipeline is called that nobody gave a name.
    pub(crate) const STANDARD_NAME: &str = "Sales";

    /// Creates the standard pipeline: `Sales`, with the stages Qualification (10 percent), Needs analysis (20),
    /// Proposal (50), Negotiation (80), Won and Lost. It is made by itself for the first opportunity that names no
    /// pipeline, where there is none; like any other it can be renamed, changed and deleted.
    ///
    /// ```
    /// use crm_core::{Crm, sales::{Opportunity, OpportunityDraft, Pipeline}};
    /// let crm = Crm::in_memory();
    /// let deal = crm.write(|tx| tx.create(OpportunityDraft::new("Twelve looms")))?;
    /// let sales = crm.read(|reader| Pipeline::named(reader, "sales"))?;
    /// assert_eq!(deal.pipeline_id, sales.id);
    /// let deal = crm.write(|tx| Opportunity::move_to(tx, deal.id, "Proposal"))?;
    /// assert_eq!(deal.probability, Some(50.into()));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// Of the storage.
    pub fn standard(tx: &mut Tx<'_>) -> Result<Self> {
        let open =
            OPEN_STAGES.map(|(name, probability, category)| NewStage::open(name, probability).category(category));
        let closing = [NewStage::won("Won"), NewStage::lost("Lost")];
        let stages = open.into_iter().chain(closing).collect();
        Self::create(tx, PipelineDraft::new(Self::STANDARD_NAME), stages)
    }

    /// The pipeline of opportunities that name none; the standard one, made now, where there is none.
    pub(crate) fn default_or_standard(tx: &mut Tx<'_>) -> Result<Self> {
        match Self::default_one(tx)? {
            Some(pipeline) => Ok(pipeline),
            None => Self::standard(tx),
        }
    }
}
