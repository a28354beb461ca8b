use crate::customers::{trim, trim_optional};
use crate::engine::{Conditions, CrmError, Entity, Query, RecordId, Result, Tx, Validate};
use crate::entity;
use crate::ids::{CompetitorId, OpportunityCompetitorId, OpportunityId};

/// Somebody else who wants to sell to the same customers.
///
/// ```
/// use crm_core::{Crm, sales::CompetitorDraft};
/// let crm = Crm::in_memory();
/// let rival = crm.write(|tx| {
///     tx.create(CompetitorDraft {
///         strengths: Some("Delivers within a day".into()),
///         ..CompetitorDraft::new("Globex")
///     })
/// })?;
/// assert_eq!(rival.name, "Globex");
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[entity(table = "competitors")]
pub struct Competitor {
    /// Its name.
    #[field(search, index)]
    pub name: String,
    /// The address of the web site.
    pub website: Option<String>,
    /// What it does better than we do.
    pub strengths: Option<String>,
}

impl Validate for Competitor {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.name);
        trim_optional(&mut self.website);
        trim_optional(&mut self.strengths);
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}

/// That a competitor is after an opportunity, once for each competitor.
#[entity(table = "opportunity_competitors")]
pub struct OpportunityCompetitor {
    /// The opportunity.
    #[field(references = "opportunities", on_delete = "cascade")]
    pub opportunity_id: OpportunityId,
    /// The competitor; one that was met is not deleted.
    #[field(references = "competitors", on_delete = "restrict")]
    pub competitor_id: CompetitorId,
}

impl Validate for OpportunityCompetitor {
    fn validate(&self, _before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        let same = Self::OPPORTUNITY_ID
            .is(self.opportunity_id)
            .and(Self::COMPETITOR_ID.is(self.competitor_id))
            .and(Self::ID.differs(self.id));
        let matches: Vec<Self> = tx.find(&Query::of::<Self>().filter(same))?;
        if matches.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "competitor_id".into(),
            matches: matches.iter().map(|other| other.id.uuid()).collect(),
        })
    }
}
