//! What is to be sold in an opportunity.

mod price;
mod sums;

pub(in crate::sales) use sums::LineSums;

use crate::engine::{Conditions, CrmError, Entity, Query, Reader, RecordId, Result, Tx, Validate};
use crate::entity;
use crate::ids::{OpportunityId, OpportunityLineId, ProductId};
use crate::sales::Opportunity;
use crate::values::{Decimal, Money};

/// What is to be sold in an opportunity, and for how much.
///
/// Creating, changing, deleting and restoring a line changes the amount of its opportunity in the same transaction: at
/// once, and after deleting and restoring before the commit. All lines of an opportunity have one currency.
#[entity(table = "opportunity_lines")]
pub struct OpportunityLine {
    /// The opportunity; a line that is created along with its opportunity ([`Opportunity::create_with`]) leaves it out.
    #[field(references = "opportunities", on_delete = "cascade", default, set_by = "command")]
    pub opportunity_id: OpportunityId,
    /// The product.
    #[field(references = "products", on_delete = "restrict")]
    pub product_id: ProductId,
    /// How many, above zero; one where nothing is given.
    pub quantity: Option<Decimal>,
    /// The price of one unit, an exact decimal of zero or more; the list price where nothing is given.
    pub unit_price: Option<Decimal>,
    /// The currency of the price by its ISO 4217 code; that of the list price where nothing is given.
    pub currency: Option<String>,
    /// Quantity times price, rounded once to the minor unit.
    #[field(set_by = "engine")]
    pub total: Option<Money>,
    /// Quantity times the product's list price when product, quantity or currency were written last; empty where the
    /// product has no list price in the currency of the line.
    #[field(set_by = "engine")]
    pub list_total: Option<Money>,
}

impl Validate for OpportunityLine {
    fn complete(&mut self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        let same = |before: &Self| {
            (before.product_id, before.quantity, before.unit_price) == (self.product_id, self.quantity, self.unit_price)
                && before.currency == self.currency
        };
        if before.is_some_and(same) {
            return Ok(());
        }
        if self.opportunity_id.uuid().is_nil() {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "opportunity_id",
                "the line belongs to no opportunity",
                "Name its opportunity, or create both with Opportunity::create_with",
            ));
        }
        let opportunity = tx.get(self.opportunity_id)?;
        let product = tx.get(self.product_id)?;
        self.check_product(before, &product, &opportunity)?;
        let currency = self.currency_of_opportunity(before, &opportunity, tx)?;
        self.price(before, &product, currency)
    }

    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }

    fn written(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if before.is_some_and(|before| before.deleted_at != self.deleted_at) {
            // The opportunity may be going or coming along with all its lines, and its amount stays then.
            tx.settle_before_commit(self.opportunity_id);
            return Ok(());
        }
        Opportunity::follow_lines(tx, self.opportunity_id)
    }
}

impl OpportunityLine {
    /// The lines of an opportunity, in the order in which they were written.
    ///
    /// # Errors
    /// Of the storage.
    pub fn of(reader: &mut Reader<'_>, opportunity: OpportunityId) -> Result<Vec<Self>> {
        reader.find(&Query::of::<Self>().filter(Self::OPPORTUNITY_ID.is(opportunity)))
    }
}
