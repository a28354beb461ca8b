use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{AffiliationId, CustomerId};
use crate::values::NaiveDate;

crate::choice! {
    /// What part a person has in a purchase.
    pub enum BuyingRole {
        /// Decides.
        DecisionMaker = "decision_maker",
        /// Pays, or holds the budget.
        EconomicBuyer = "economic_buyer",
        /// Speaks for us.
        Champion = "champion",
        /// Is heard before the decision.
        Influencer = "influencer",
        /// Judges whether the product does what it must.
        Evaluator = "evaluator",
        /// Will use the product.
        User = "user",
        /// Stands in the way.
        Blocker = "blocker",
    }
}

/// That a person works for an organization, or did.
#[entity(table = "affiliations")]
pub struct Affiliation {
    /// The person.
    #[field(references = "customers", on_delete = "cascade")]
    pub person_id: CustomerId,
    /// The organization.
    #[field(references = "customers", on_delete = "cascade")]
    pub organization_id: CustomerId,
    /// What the person does there.
    pub role: Option<String>,
    /// What part the person has in a purchase.
    pub buying_role: Option<BuyingRole>,
    /// Whether it is the person's main affiliation; one at most.
    #[field(default)]
    pub is_primary: bool,
    /// The first day.
    pub from_on: Option<NaiveDate>,
    /// The last day; empty while it lasts.
    pub to_on: Option<NaiveDate>,
}

impl Validate for Affiliation {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
