//! The picture of a company: one page of HTML that needs nothing else, no network, no script, no font.

mod activity;
mod deal;
mod number;
mod page;
mod pipeline;
mod svg;

pub use activity::ActivityWeek;
pub use deal::OpenDeal;
pub use pipeline::PipelineReport;

use crate::engine::{Query, Reader, Result};
use crate::sales::Pipeline;
use crate::values::{NaiveDate, Tz};

/// What a sales manager wants to look at: each pipeline with its board, funnel, forecast, win rates and pace, and
/// what was done with customers.
///
/// ```
/// use crm_core::report::Report;
/// # use crm_core::{Crm, sales::*};
/// # let crm = Crm::in_memory();
/// # crm.write(|tx| {
/// #     let stages = vec![NewStage::open("Offer", 50), NewStage::won("Won"), NewStage::lost("Lost")];
/// #     Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
/// #     let amount = "100 EUR".parse().ok();
/// #     tx.create(OpportunityDraft { amount, ..OpportunityDraft::new("A deal") })
/// # })?;
/// let report = crm.read(Report::now)?;
/// assert_eq!((report.pipelines[0].name.as_str(), report.pipelines[0].board.open.count), ("Sales", 1));
/// assert!(report.html().starts_with("<!doctype html>"));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The day it is about.
    pub day: NaiveDate,
    /// The zone in which days begin and end.
    pub zone: Tz,
    /// The pipelines, the default one first, the others by name.
    pub pipelines: Vec<PipelineReport>,
    /// What was done with customers in the last 13 weeks, by week and kind.
    pub activity: Vec<ActivityWeek>,
}

impl Report {
    /// The report as things stand. That of a past day is the report of [`Reader::as_of`].
    ///
    /// The number of statements depends on how many pipelines and currencies there are, never on how many records.
    ///
    /// # Errors
    /// Of the storage.
    pub fn now(reader: &mut Reader<'_>) -> Result<Self> {
        let in_order = Query::of::<Pipeline>()
            .order_by_descending(Pipeline::IS_DEFAULT)
            .order_by(Pipeline::NAME);
        let pipelines: Vec<Pipeline> = reader.find(&in_order)?;
        Ok(Self {
            day: reader.today(),
            zone: reader.zone(),
            pipelines: pipelines
                .into_iter()
                .map(|pipeline| PipelineReport::of(reader, pipeline))
                .collect::<Result<_>>()?,
            activity: ActivityWeek::until_now(reader)?,
        })
    }

    /// The report as one page of HTML with its pictures in it. The same report gives the same bytes.
    pub fn html(&self) -> String {
        page::html(self)
    }
}
