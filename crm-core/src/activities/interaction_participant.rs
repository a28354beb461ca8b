use crate::engine::{Result, Tx, Validate};
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
    #[field(references = "interactions", on_delete = "cascade")]
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

impl Validate for InteractionParticipant {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
