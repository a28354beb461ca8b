use std::fmt;

use super::{ContactPoint, ContactPointDraft, ContactPointKind, Customer, CustomerDraft, PostalAddressDraft, Tag};
use crate::engine::{CrmError, Entity, Result, Tx};
use crate::ids::CustomerId;
use crate::values::Address;

/// What belongs to a customer beside the record itself: ways to reach it, addresses, tags.
///
/// Of each kind the first becomes the primary one where the customer has none yet.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct CustomerDetails {
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Telephone numbers; one without a country code is read in the region of the CRM.
    pub phones: Vec<String>,
    /// Pages on the web.
    pub pages: Vec<String>,
    /// Names in messengers and social networks.
    pub messengers: Vec<String>,
    /// Places at which it lives, works, or receives goods or invoices.
    pub addresses: Vec<Address>,
    /// The names of tags, which are created where there are none of the name.
    pub tags: Vec<String>,
}

/// Tells how many there are: a log is not to hold how people are reached.
impl fmt::Debug for CustomerDetails {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CustomerDetails")
            .field("emails", &self.emails.len())
            .field("phones", &self.phones.len())
            .field("pages", &self.pages.len())
            .field("messengers", &self.messengers.len())
            .field("addresses", &self.addresses.len())
            .field("tags", &self.tags.len())
            .finish()
    }
}

impl Customer {
    /// Creates a customer with what belongs to it: all of it, or nothing.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{ContactPoint, Customer, CustomerDetails, CustomerDraft}};
    /// let crm = Crm::in_memory();
    /// let details = CustomerDetails {
    ///     emails: vec!["li@acme.example".into()],
    ///     phones: vec!["+86 138 0013 8000".into()],
    ///     tags: vec!["fair-2026".into()],
    ///     ..CustomerDetails::default()
    /// };
    /// let li = crm.write(|tx| Customer::create_with(tx, CustomerDraft::person("李明"), &details))?;
    /// assert_eq!(crm.read(|reader| ContactPoint::of(reader, li.id))?.len(), 2);
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Customer::add_details`], and the rules of customers.
    pub fn create_with(tx: &mut Tx<'_>, draft: CustomerDraft, details: &CustomerDetails) -> Result<Self> {
        let customer = tx.create(draft)?;
        Self::add_details(tx, customer.id, details)?;
        Ok(customer)
    }

    /// Adds what belongs to a customer to what there is already: all of it, or nothing. A tag that marks it already
    /// stays as it is.
    ///
    /// # Errors
    /// [`CrmError::NotFound`] for the customer, [`CrmError::Invalid`] for what cannot be read, and
    /// [`CrmError::Duplicate`] for an address or number that it has already; their field is `email`, `phone`, `web`,
    /// `messenger`, `address` or `tags`.
    pub fn add_details(tx: &mut Tx<'_>, id: CustomerId, details: &CustomerDetails) -> Result<()> {
        tx.get(id)?;
        let reached = [
            (ContactPointKind::Email, &details.emails),
            (ContactPointKind::Phone, &details.phones),
            (ContactPointKind::Web, &details.pages),
            (ContactPointKind::Messenger, &details.messengers),
        ];
        tx.attempt(|tx| {
            for (kind, points) in reached {
                for raw in points {
                    tx.create(ContactPointDraft::new(id, kind, raw.as_str()))
                        .map_err(|error| in_field(kind.code(), error))?;
                }
            }
            for address in &details.addresses {
                tx.create(PostalAddressDraft::of(id, address.clone()))
                    .map_err(|error| in_field("address", error))?;
            }
            for tag in &details.tags {
                Tag::add(tx, id, tag).map_err(|error| in_field("tags", error))?;
            }
            Ok(())
        })
    }
}

/// The error with the field under which the caller gave the value.
fn in_field(field: &'static str, error: CrmError) -> CrmError {
    match error {
        CrmError::Invalid { reason, hint, .. } => CrmError::invalid(Customer::DEF.name, field, reason, hint),
        CrmError::Duplicate { matches, .. } => CrmError::Duplicate {
            entity: ContactPoint::DEF.name,
            field: field.into(),
            matches,
        },
        other => other,
    }
}
