use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{CustomerId, UserId};
use crate::values::Money;

crate::choice! {
    /// Whether a customer is a human being or not.
    pub enum CustomerKind {
        /// A human being.
        Person = "person",
        /// A company, an authority, a club.
        Organization = "organization",
    }
}

crate::choice! {
    /// How far a customer's relation with the business has come.
    pub enum Lifecycle {
        /// Known by name, not yet qualified.
        Lead = "lead",
        /// May well buy.
        Prospect = "prospect",
        /// Has bought.
        Customer = "customer",
        /// Bought once, and does not any more.
        Former = "former",
        /// Sells with us or for us.
        Partner = "partner",
        /// None of these.
        Other = "other",
    }
}

/// Every person and organization that the business knows.
#[entity(table = "customers")]
pub struct Customer {
    /// Whether it is a person or an organization.
    pub kind: CustomerKind,
    /// The name as it is written.
    #[field(search, index)]
    pub name: String,
    /// How far the relation has come.
    #[field(default)]
    pub lifecycle: Lifecycle,
    /// The organization to which this one belongs; a tree, never a circle.
    #[field(references = "customers", on_delete = "restrict")]
    pub parent_id: Option<CustomerId>,
    /// The country, as the business writes it; ISO 3166 codes serve best.
    #[field(index)]
    pub country: Option<String>,
    /// The line of business.
    #[field(index)]
    pub industry: Option<String>,
    /// The address of the web site.
    pub website: Option<String>,
    /// What an organization earns in a year.
    pub annual_revenue: Option<Money>,
    /// How many people work there.
    pub employees: Option<i64>,
    /// The year in which it was founded.
    pub founded_year: Option<i64>,
    /// Who looks after it.
    #[field(references = "users", on_delete = "set_null")]
    pub owner_id: Option<UserId>,
}

impl CustomerDraft {
    /// A draft of an organization.
    pub fn organization(name: impl Into<String>) -> Self {
        Self::new(CustomerKind::Organization, name)
    }

    /// A draft of a person.
    pub fn person(name: impl Into<String>) -> Self {
        Self::new(CustomerKind::Person, name)
    }
}

impl Validate for Customer {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
