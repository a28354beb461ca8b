use crate::customers::{ContactPoint, trim_optional};
use crate::engine::{CrmError, Entity, RecordId, Result, Tx, Validate};
use crate::entity;
use crate::ids::{CustomerId, InteractionId, InteractionParticipantId, UserId};

crate::choice! {
    /// What part somebody had in an interaction.
    pub enum ParticipantRole {
        /// Took part.
        Attendee = "attendee",
        /// Called it or sent it.
        Organizer = "organizer",
        /// It was sent to them.
        Recipient = "recipient",
        /// They got a copy.
        Copied = "copied",
    }
}

crate::choice! {
    /// What somebody answered to an invitation (RFC 5545, PARTSTAT).
    pub enum ParticipantResponse {
        /// Nothing yet.
        NeedsAction = "needs_action",
        /// That they come.
        Accepted = "accepted",
        /// That they may come.
        Tentative = "tentative",
        /// That they do not come.
        Declined = "declined",
    }
}

/// Somebody who took part in an interaction: a customer, one of us, or an address that is neither yet.
#[entity(table = "interaction_participants")]
pub struct InteractionParticipant {
    /// The interaction.
    /// One that is logged along with it ([`super::Interaction::log`]) leaves it out.
    #[field(default, references = "interactions", on_delete = "cascade")]
    pub interaction_id: InteractionId,
    /// The customer.
    #[field(references = "customers", on_delete = "set_null")]
    pub customer_id: Option<CustomerId>,
    /// One of us.
    #[field(references = "users", on_delete = "set_null")]
    pub user_id: Option<UserId>,
    /// The address or number by which they took part.
    pub address: Option<String>,
    /// What part they had.
    #[field(default)]
    pub role: ParticipantRole,
    /// What they answered to an invitation.
    #[field(default)]
    pub response: ParticipantResponse,
}

impl InteractionParticipantDraft {
    /// A customer who took part in an interaction that is logged along with it.
    pub fn customer(id: CustomerId) -> Self {
        Self {
            customer_id: Some(id),
            ..Self::new()
        }
    }

    /// One of us who did.
    pub fn user(id: UserId) -> Self {
        Self {
            user_id: Some(id),
            ..Self::new()
        }
    }

    /// Whoever has this address or number; the one customer who has it, where there is one.
    pub fn address(address: impl Into<String>) -> Self {
        Self {
            address: Some(address.into()),
            ..Self::new()
        }
    }
}

impl Validate for InteractionParticipant {
    fn complete(&mut self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        match before {
            Some(before) if before.address == self.address => Ok(()),
            _ => self.recognize(tx),
        }
    }

    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        let invalid = |field, reason: &str, hint: &str| Err(CrmError::invalid(Self::DEF.name, field, reason, hint));
        if self.interaction_id.uuid().is_nil() {
            return invalid(
                "interaction_id",
                "the participant belongs to no interaction",
                "Name the interaction, or create both with Interaction::log",
            );
        }
        match (self.customer_id, self.user_id, &self.address) {
            (None, None, None) => invalid(
                "customer_id",
                "it is not said who took part",
                "Give customer_id, user_id or address",
            ),
            (Some(_), Some(_), _) => invalid(
                "user_id",
                "one participant is not a customer and one of us at once",
                "Give customer_id or user_id, and make two participants of two people",
            ),
            _ => Ok(()),
        }
    }

    fn written(&self, _before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        tx.settle_before_commit(self.interaction_id);
        Ok(())
    }
}

impl InteractionParticipant {
    /// Fills in the one customer who has the address, where nobody is named.
    pub(super) fn recognize(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        trim_optional(&mut self.address);
        let Some(address) = self
            .address
            .as_deref()
            .filter(|_| self.customer_id.is_none() && self.user_id.is_none())
        else {
            return Ok(());
        };
        let mut customers: Vec<_> = ContactPoint::with_address(tx, address)?
            .iter()
            .map(|point| point.customer_id)
            .collect();
        customers.dedup();
        self.customer_id = customers.pop().filter(|_| customers.is_empty());
        Ok(())
    }

    /// Whether both are the same customer, user or address.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        let address = |one: &Self| one.address.as_deref().map(str::to_lowercase);
        match (self.customer_id, self.user_id) {
            (None, None) => address(self).is_some() && address(self) == address(other),
            who => who == (other.customer_id, other.user_id),
        }
    }
}
