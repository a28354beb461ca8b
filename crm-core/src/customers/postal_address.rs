use super::trim_optional;
use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{CustomerId, PostalAddressId};

/// A place at which a customer lives, works, or receives goods or invoices.
#[entity(table = "postal_addresses")]
pub struct PostalAddress {
    /// Whose it is.
    #[field(references = "customers", on_delete = "cascade")]
    pub customer_id: CustomerId,
    /// What it is for: `billing`, `shipping`, `home`.
    pub label: Option<String>,
    /// Whether it is the first choice; one at most for each customer.
    #[field(default)]
    pub is_primary: bool,
    /// Street and number, building, floor; one line for each line of an envelope.
    pub street: Option<String>,
    /// The city, town or village.
    #[field(index)]
    pub locality: Option<String>,
    /// The province, state or county.
    pub region: Option<String>,
    /// The postal code.
    #[field(index)]
    pub postal_code: Option<String>,
    /// The country; ISO 3166 codes serve best.
    pub country: Option<String>,
}

impl Validate for PostalAddress {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        for text in [
            &mut self.label,
            &mut self.street,
            &mut self.locality,
            &mut self.region,
            &mut self.postal_code,
            &mut self.country,
        ] {
            trim_optional(text);
        }
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
