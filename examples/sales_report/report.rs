//! What the report asks of the engine. Every number is an answer; none is worked out here.

use crmkit::customers::{Customer, Team, User};
use crmkit::engine::{Path, Reader, Result};
use crmkit::insight::{Board, Closings, DaysToClose, Funnel, Groups, Selection, Unknown, WinRate};
use crmkit::sales::{Opportunity, OpportunityLine, Product};
use crmkit::values::Period;

/// The answers of the report.
pub(crate) struct Report {
    pub(crate) total: WinRate,
    pub(crate) days_to_close: DaysToClose,
    pub(crate) by_agent: Groups<WinRate>,
    pub(crate) by_manager: Groups<WinRate>,
    pub(crate) by_office: Groups<WinRate>,
    pub(crate) by_product: Groups<WinRate>,
    pub(crate) by_sector: Groups<WinRate>,
    pub(crate) by_quarter: Closings<WinRate>,
    pub(crate) funnel: Funnel,
    pub(crate) board: Board,
}

impl Report {
    /// Asks for all of it, from one state of the database.
    pub(crate) fn ask(reader: &mut Reader<'_>) -> Result<Self> {
        let all = Selection::default();
        let mut by = |path: Path| WinRate::by(reader, [path], Unknown::LeftOut, &all);
        let owner = |field| Opportunity::OWNER_ID.to(field);
        let by_agent = by(owner(User::NAME))?;
        let by_manager = by(owner(User::MANAGER_ID).to(User::NAME))?;
        let by_office = by(owner(User::TEAM_ID).to(Team::NAME))?;
        let by_product = by(OpportunityLine::PRODUCT_ID.to(Product::NAME))?;
        let by_sector = by(Opportunity::CUSTOMER_ID.to(Customer::INDUSTRY))?;
        Ok(Self {
            total: WinRate::total(reader, &all)?,
            days_to_close: DaysToClose::of(reader, &all)?,
            by_agent,
            by_manager,
            by_office,
            by_product,
            by_sector,
            by_quarter: WinRate::by_closing(reader, Period::Quarter, &all)?,
            funnel: Funnel::now(reader, &all)?,
            board: Board::now(reader, &all)?,
        })
    }
}
