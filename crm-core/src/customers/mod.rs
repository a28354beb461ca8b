//! Who we know: customers and how they belong together, our own users and teams, and what other systems call them.

mod affiliation;
mod customer;
mod external_id;
mod team;
mod user;

pub use affiliation::{Affiliation, AffiliationChange, AffiliationDraft, BuyingRole};
pub use customer::{Customer, CustomerChange, CustomerDraft, CustomerKind, Lifecycle};
pub use external_id::{ExternalId, ExternalIdChange, ExternalIdDraft};
pub use team::{Team, TeamChange, TeamDraft};
pub use user::{User, UserChange, UserDraft, UserStatus};
