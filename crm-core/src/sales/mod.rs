//! Selling: pipelines and their stages, opportunities with their lines and history, products.

mod closing_rate;
mod competitor;
mod exchange_rate;
mod opportunity;
mod opportunity_contact;
mod opportunity_history;
mod opportunity_line;
mod percentage;
mod pipeline;
mod product;
mod reporting_currency;
mod stage;

pub(crate) use opportunity::Catalog;

pub use closing_rate::{ClosingRate, ClosingRateChange, ClosingRateDraft};
pub use competitor::{
    Competitor, CompetitorChange, CompetitorDraft, OpportunityCompetitor, OpportunityCompetitorChange,
    OpportunityCompetitorDraft,
};
pub use exchange_rate::{ExchangeRate, ExchangeRateChange, ExchangeRateDraft, Rate, RateSource, Rates};
pub use opportunity::{
    Closing, Move, Opportunity, OpportunityChange, OpportunityCommand, OpportunityDraft, OpportunityKind, Outcome,
    Reopening, StageRef, StageVisit,
};
pub use opportunity_contact::{OpportunityContact, OpportunityContactChange, OpportunityContactDraft};
pub use opportunity_history::{OpportunityHistory, OpportunityHistoryChange, OpportunityHistoryDraft};
pub use opportunity_line::{OpportunityLine, OpportunityLineChange, OpportunityLineDraft};
pub use pipeline::{Pipeline, PipelineChange, PipelineDraft};
pub use product::{Product, ProductChange, ProductDraft, ProductStatus};
pub use reporting_currency::{ReportingCurrency, ReportingCurrencyChange, ReportingCurrencyDraft};
pub use stage::{ForecastCategory, NewStage, Stage, StageChange, StageDraft, StageKind};

/// Whether a text is this name: in capitals or not, with spaces around it or not.
fn same_name(name: &str, text: &str) -> bool {
    name.trim().to_lowercase() == text.trim().to_lowercase()
}
