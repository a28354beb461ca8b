use crate::engine::{CrmError, Result, Tx};
use crate::ids::OpportunityId;
use crate::sales::Opportunity;
use crate::sales::opportunity_line::LineSums;

impl Opportunity {
    /// Lets the amounts follow the lines. Without lines the amount stays as it was, and may be edited again.
    pub(in crate::sales) fn follow_lines(tx: &mut Tx<'_>, id: OpportunityId) -> Result<()> {
        let before = tx.get(id)?;
        let sums = LineSums::read(tx, id)?;
        let after = Self {
            amount: sums.map_or(before.amount, |sums| Some(sums.total)),
            list_amount: sums.and_then(|sums| sums.list_total),
            ..before.clone()
        };
        tx.save(&before, after).map(|_| ())
    }

    /// Refuses an amount that is not the sum of the lines, where there are lines.
    pub(super) fn check_amount_follows_lines(&self, tx: &mut Tx<'_>) -> Result<()> {
        match LineSums::read(tx, self.id)? {
            Some(sums) if self.amount != Some(sums.total) => Err(amount_follows_lines()),
            _ => Ok(()),
        }
    }
}

pub(super) fn amount_follows_lines() -> CrmError {
    CrmError::refused(
        "opportunity.amount_follows_lines",
        "the opportunity has lines, and its amount is their sum",
        "Change the lines instead, or delete them first",
    )
}
