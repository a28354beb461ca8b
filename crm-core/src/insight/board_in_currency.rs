use super::closed_worth::{closed_worth, deals_without_rate};
use super::{Board, Converted, Selection};
use crate::engine::{Group, Reader, Result, Value};
use crate::ids::OpportunityId;
use crate::sales::{Opportunity, Rates, StageKind};
use crate::values::NaiveDate;

/// A board whose amounts are in one currency as well: what is open at the rates of a day, what is closed at those that
/// were locked when it was closed.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardInCurrency {
    /// The board with its original amounts.
    pub board: Board,
    /// The day of the rates by which what is open was converted.
    pub rates_on: NaiveDate,
    /// What stands in its columns, in their order.
    pub columns: Vec<Converted>,
    /// All open opportunities together.
    pub open: Converted,
    /// The closed opportunities of the selection that had no rate when they were closed, in the order of closing.
    pub without_rate: Vec<OpportunityId>,
}

impl BoardInCurrency {
    /// The board as it is, in the currency of the rates.
    ///
    /// # Errors
    /// As [`Board::now`].
    pub fn now(reader: &mut Reader<'_>, selection: &Selection, rates: &Rates) -> Result<Self> {
        let (selection, _) = selection.with_stages(reader)?;
        let board = Board::now(reader, &selection)?;
        let by_stage = [Group::Path(Opportunity::STAGE_ID.into())];
        let mut closed = closed_worth(reader, &selection, &by_stage, rates.to)?;
        let columns = board.columns.iter().map(|column| match column.kind {
            StageKind::Open => column.figures.amounts.converted(rates),
            StageKind::Won | StageKind::Lost => Ok(closed
                .remove([Value::from(column.stage)].as_slice())
                .unwrap_or(Converted::zero(rates.to))),
        });
        Ok(Self {
            columns: columns.collect::<Result<_>>()?,
            open: board.open.amounts.converted(rates)?,
            without_rate: deals_without_rate(reader, &selection, rates.to)?,
            rates_on: rates.day,
            board,
        })
    }
}
