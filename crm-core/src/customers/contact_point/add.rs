use super::reading::detect;
use super::{ContactPoint, ContactPointDraft, reading};
use crate::engine::{CrmError, Entity, Result, Tx};
use crate::ids::CustomerId;

impl ContactPoint {
    /// Adds a contact point, whose kind is seen from how it is written: `li@acme.example`, `+86 138 0013 8000`,
    /// `https://acme.example`, `@liming`.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{ContactPoint, ContactPointKind, CustomerDraft}};
    /// let crm = Crm::in_memory();
    /// let mail = crm.write(|tx| {
    ///     let li = tx.create(CustomerDraft::person("李明"))?;
    ///     ContactPoint::add(tx, li.id, "Li@Acme.example")
    /// })?;
    /// assert_eq!(mail.kind, ContactPointKind::Email);
    /// assert_eq!(mail.normalized.as_deref(), Some("li@acme.example"));
    /// assert!(mail.is_primary);
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for what is no address, and [`CrmError::Duplicate`] for one that the customer has already.
    pub fn add(tx: &mut Tx<'_>, customer: CustomerId, raw: &str) -> Result<Self> {
        let kind = detect(raw).ok_or_else(|| {
            CrmError::invalid(
                Self::DEF.name,
                "kind",
                "it is not to be seen what kind of address this is",
                "Say the kind, or check the address",
            )
        })?;
        tx.create(ContactPointDraft::new(customer, kind, raw))
    }

    /// Creates a contact point also where what was typed cannot be read as an address of its kind: it is then kept, and
    /// marked as invalid. The way of imports, which bring what another system took.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{ContactPoint, ContactPointDraft, ContactPointKind, CustomerDraft}};
    /// let crm = Crm::in_memory();
    /// let mail = crm.write(|tx| {
    ///     let li = tx.create(CustomerDraft::person("李明"))?;
    ///     let draft = ContactPointDraft::new(li.id, ContactPointKind::Email, "li at acme");
    ///     ContactPoint::create_unchecked(tx, draft)
    /// })?;
    /// assert_eq!((mail.is_invalid, mail.normalized), (true, None));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::Duplicate`] for one that the customer has already.
    pub fn create_unchecked(tx: &mut Tx<'_>, mut draft: ContactPointDraft) -> Result<Self> {
        if reading::read(draft.kind, draft.raw.trim(), tx).is_err() {
            draft.is_invalid = Some(true);
        }
        tx.create(draft)
    }
}
