use super::primary::{self, Primary};
use super::trim_optional;
use crate::engine::{Conditions, CrmError, Entity, Field, Query, Reader, Result, Tx, Validate};
use crate::entity;
use crate::ids::{CustomerId, PostalAddressId};
use crate::values::Address;

/// A place at which a customer lives, works, or receives goods or invoices. One of them is primary, by the rules of
/// [`super::ContactPoint`].
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

impl PostalAddressDraft {
    /// A draft of an address of a customer, from its value.
    pub fn of(customer: CustomerId, address: Address) -> Self {
        Self {
            street: address.street,
            locality: address.locality,
            region: address.region,
            postal_code: address.postal_code,
            country: address.country,
            ..Self::new(customer)
        }
    }
}

impl Primary for PostalAddress {
    const CUSTOMER: Field = Self::CUSTOMER_ID;
    const RULE: &'static str = "postal_address.one_primary";

    fn group(&self) -> (CustomerId, &'static str) {
        (self.customer_id, "")
    }

    fn is_primary(&self) -> bool {
        self.is_primary
    }

    fn with_primary(self, is_primary: bool) -> Self {
        Self { is_primary, ..self }
    }
}

impl Validate for PostalAddress {
    fn complete(&mut self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
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
        self.is_primary = primary::primary_in_group(self, before, tx)?;
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        let parts = [
            &self.street,
            &self.locality,
            &self.region,
            &self.postal_code,
            &self.country,
        ];
        if parts.iter().all(|part| part.is_none()) {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "street",
                "the address says nothing",
                "Give at least one of street, locality, region, postal_code and country",
            ));
        }
        primary::check_primary_stays(self, before, tx)
    }

    fn written(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        primary::hand_over(self, before, tx)
    }
}

impl PostalAddress {
    /// The address as a value, which writes itself in the order of its country.
    pub fn address(&self) -> Address {
        Address {
            street: self.street.clone(),
            locality: self.locality.clone(),
            region: self.region.clone(),
            postal_code: self.postal_code.clone(),
            country: self.country.clone(),
        }
    }

    /// The addresses of a customer, the primary one first, then the oldest.
    ///
    /// # Errors
    /// Of the storage.
    pub fn of(reader: &mut Reader<'_>, customer: CustomerId) -> Result<Vec<Self>> {
        let mut addresses = reader.find::<Self>(&Query::of::<Self>().filter(Self::CUSTOMER_ID.is(customer)))?;
        addresses.sort_by_key(|address| !address.is_primary);
        Ok(addresses)
    }
}
