//! Who we know: customers and how they belong together, our own users and teams, and what other systems call them.

mod affiliation;
mod contact_point;
mod customer;
mod days;
mod details;
mod external_id;
mod hierarchy;
mod name;
mod one_record;
mod postal_address;
mod primary;
mod tag;
mod tagging;
mod team;
mod text;
mod user;

pub use affiliation::{Affiliation, AffiliationChange, AffiliationDraft, BuyingRole};
pub use contact_point::{
    Caller, CallerCertainty, ContactPoint, ContactPointChange, ContactPointDraft, ContactPointKind,
};
pub use customer::{Customer, CustomerChange, CustomerDraft, CustomerKind, Lifecycle};
pub(crate) use days::check_days;
pub use details::CustomerDetails;
pub(crate) use external_id::Known;
pub use external_id::{ExternalId, ExternalIdChange, ExternalIdDraft};
pub(crate) use hierarchy::refuse_circle;
pub(crate) use one_record::{choices, field_among, names_none, the_one_named};
pub use postal_address::{PostalAddress, PostalAddressChange, PostalAddressDraft};
pub use tag::{Tag, TagChange, TagDraft};
pub use tagging::{Tagging, TaggingChange, TaggingDraft};
pub use team::{Team, TeamChange, TeamDraft};
pub(crate) use text::{trim, trim_optional};
pub use user::{User, UserChange, UserDraft, UserStatus};
