//! A chance to sell something to a customer.

mod amount;
mod catalog;
mod close;
mod create;
mod create_with;
mod history;
mod move_stage;
mod reopen;
mod rules;
mod stage_ref;
mod transition;

pub(crate) use catalog::Catalog;
pub use close::Closing;
pub use create_with::StageVisit;
pub use move_stage::Move;
pub use reopen::Reopening;
pub use stage_ref::StageRef;
pub use transition::OpportunityCommand;

use crate::engine::{CustomValues, Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, CustomerId, OpportunityId, PipelineId, StageId, UserId};
use crate::sales::{ClosingRate, ForecastCategory};
use crate::values::{Decimal, Money, NaiveDate, Timestamp};

crate::choice! {
    /// How an opportunity stands; it follows from the kind of its stage.
    pub enum Outcome {
        /// It is being worked on.
        Open = "open",
        /// It was won.
        Won = "won",
        /// It was lost.
        Lost = "lost",
    }
}

crate::choice! {
    /// What kind of business an opportunity is.
    pub enum OpportunityKind {
        /// With somebody who has not bought before.
        NewBusiness = "new_business",
        /// More for somebody who has bought before.
        ExistingBusiness = "existing_business",
        /// The same again.
        Renewal = "renewal",
    }
}

/// A chance to sell something to a customer.
///
/// It is created in a stage and goes from there by named commands: [`Opportunity::move_to`], [`Opportunity::win`],
/// [`Opportunity::lose`] and [`Opportunity::reopen`]. Every change of stage, amount, closing date, probability or
/// category is kept in its history ([`Opportunity::history`]).
///
/// A draft that names no stage enters the first open one of its pipeline, and one that names no pipeline goes into the
/// default one, or into the standard one ([`Pipeline::standard`](crate::sales::Pipeline::standard)), which is made
/// where there is none. One that names a won or lost stage, as
/// imports do, is created closed: on `closed_at`, else on `close_on`, else now; of a lost one the reason may be missing
/// then, since old files often do not know it.
///
/// ```
/// use crm_core::{Crm, sales::{Closing, ForecastCategory, Opportunity, OpportunityDraft, Outcome}};
/// let crm = Crm::in_memory();
/// let deal = crm.write(|tx| {
///     tx.create(OpportunityDraft {
///         amount: Some("12000 EUR".parse().expect("an amount")),
///         ..OpportunityDraft::new("Twelve looms")
///     })
/// })?;
/// let deal = crm.write(|tx| Opportunity::move_to(tx, deal.id, "Proposal"))?;
/// assert_eq!(deal.probability, Some(50.into()));
/// let deal = crm.write(|tx| Opportunity::win(tx, deal.id, Closing::default()))?;
/// assert_eq!((deal.outcome, deal.forecast_category), (Outcome::Won, Some(ForecastCategory::Closed)));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[entity(table = "opportunities")]
pub struct Opportunity {
    /// What it is called.
    #[field(search)]
    pub name: String,
    /// To whom.
    #[field(references = "customers", on_delete = "restrict")]
    pub customer_id: Option<CustomerId>,
    /// The pipeline; that of the stage, or the default one, or the standard one made now, where none is given.
    #[field(references = "pipelines", on_delete = "restrict", default, set_by = "command")]
    pub pipeline_id: PipelineId,
    /// The stage; the first open one of the pipeline where none is given.
    #[field(references = "stages", on_delete = "restrict", default, set_by = "command")]
    pub stage_id: StageId,
    /// When it entered the stage.
    #[field(set_by = "engine")]
    pub stage_entered_at: Option<Timestamp>,
    /// How it stands: follows from the kind of the stage.
    #[field(index, set_by = "engine")]
    pub outcome: Outcome,
    /// What it is worth, zero or more; the sum of its lines where it has any, and then not edited.
    pub amount: Option<Money>,
    /// What its lines cost by the list; empty where it has none, or one without a list price in its currency.
    #[field(set_by = "engine")]
    pub list_amount: Option<Money>,
    /// The day on which it is expected to close, and once closed the day on which it did.
    #[field(index)]
    pub close_on: Option<NaiveDate>,
    /// How likely it is, in percent; the stage's where none is given, and again with every move.
    #[field(scale = 2)]
    pub probability: Option<Decimal>,
    /// How it counts in the forecast; as the stage says where none is given, and again with every move.
    pub forecast_category: Option<ForecastCategory>,
    /// What kind of business it is.
    pub kind: Option<OpportunityKind>,
    /// Where it came from.
    pub source: Option<String>,
    /// What is to be done next.
    pub next_step: Option<String>,
    /// Why it was lost.
    #[field(set_by = "command")]
    pub lost_reason: Option<String>,
    /// When it entered the pipeline; now where nothing is given, or when it was closed where that was before.
    #[field(index, set_by = "command")]
    pub opened_at: Option<Timestamp>,
    /// When it was won or lost.
    #[field(index, set_by = "command")]
    pub closed_at: Option<Timestamp>,
    /// Who works on it.
    #[field(references = "users", on_delete = "set_null")]
    pub owner_id: Option<UserId>,
    /// The campaign from which it came.
    #[field(references = "campaigns", on_delete = "set_null")]
    pub campaign_id: Option<CampaignId>,
    /// The fields that users defined.
    pub custom: CustomValues,
}

impl Validate for Opportunity {
    fn complete(&mut self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if before.is_none() {
            let stage = self.stage_to_begin_in(tx)?;
            self.begin_in(&stage, tx.now(), tx.zone());
        }
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        self.check(before, tx.now())?;
        match before {
            Some(before) if before.amount != self.amount => self.check_amount_follows_lines(tx),
            _ => Ok(()),
        }
    }

    fn written(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        self.write_history(before, tx)?;
        ClosingRate::follow(tx, before, self)
    }

    fn settle(&self, tx: &mut Tx<'_>) -> Result<()> {
        Self::check_history_is_kept(tx, self.id)?;
        Self::follow_lines(tx, self.id)
    }
}
