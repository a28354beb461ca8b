use super::{trim, trim_optional};
use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{ContactPointId, CustomerId};
use crate::values::Timestamp;

crate::choice! {
    /// By what means a contact point reaches somebody.
    pub enum ContactPointKind {
        /// An e-mail address.
        Email = "email",
        /// A telephone number, landline or mobile.
        Phone = "phone",
        /// A page on the web: a site, a profile.
        Web = "web",
        /// A name in a messenger or social network.
        Messenger = "messenger",
    }
}

/// One way to reach a customer: an e-mail address, a telephone number, a page, a name in a messenger.
#[entity(table = "contact_points")]
pub struct ContactPoint {
    /// Whom it reaches.
    #[field(references = "customers", on_delete = "cascade")]
    pub customer_id: CustomerId,
    /// By what means.
    pub kind: ContactPointKind,
    /// What was typed.
    #[field(search)]
    pub raw: String,
    /// The form in which equal ones are equal: E.164 of a number, lower case of an address; empty where what was typed
    /// cannot be read as one.
    #[field(index, set_by = "engine")]
    pub normalized: Option<String>,
    /// What is dialled after a telephone number.
    pub extension: Option<String>,
    /// What it is for: `work`, `home`, `mobile`.
    pub label: Option<String>,
    /// Whether it is the first choice of its kind; one at most for each customer and kind.
    #[field(default)]
    pub is_primary: bool,
    /// Whether it is known not to work: a number that is none, mail that came back.
    #[field(default)]
    pub is_invalid: bool,
    /// When it was shown to reach the customer.
    pub verified_at: Option<Timestamp>,
}

impl Validate for ContactPoint {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.raw);
        trim_optional(&mut self.label);
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
