use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{InteractionId, UserId};
use crate::values::Timestamp;

crate::choice! {
    /// What kind of interaction it is.
    pub enum InteractionKind {
        /// A telephone or video call.
        Call = "call",
        /// An e-mail.
        Email = "email",
        /// A meeting.
        Meeting = "meeting",
        /// A visit to the customer.
        Visit = "visit",
        /// A short message: SMS, messenger, chat.
        Message = "message",
        /// Something noted that nobody else took part in.
        Note = "note",
    }
}

crate::choice! {
    /// Who began an interaction.
    pub enum InteractionDirection {
        /// The customer.
        Inbound = "inbound",
        /// We.
        Outbound = "outbound",
    }
}

crate::choice! {
    /// Whether an interaction has happened.
    pub enum InteractionStatus {
        /// It has happened.
        Held = "held",
        /// It is to happen.
        Planned = "planned",
        /// It was called off.
        Cancelled = "cancelled",
        /// It was planned, and the other side did not come or answer.
        Missed = "missed",
    }
}

/// Something that happened between customers and us, or is planned to: a call, an e-mail, a meeting, a visit, a message,
/// or a note. Whom and what it is about stands in its links, who took part in its participants.
#[entity(table = "interactions")]
pub struct Interaction {
    /// What kind it is.
    pub kind: InteractionKind,
    /// Who began it.
    pub direction: Option<InteractionDirection>,
    /// Whether it has happened.
    #[field(default)]
    pub status: InteractionStatus,
    /// By what means, where the kind does not say it: `teams`, `wechat`, `booth`.
    pub channel: Option<String>,
    /// What it was about, in a line.
    #[field(search)]
    pub subject: Option<String>,
    /// What was said or written.
    #[field(search)]
    pub body: Option<String>,
    /// When it began; now where a draft does not say it.
    #[field(default, index)]
    pub starts_at: Timestamp,
    /// When it ended.
    pub ends_at: Option<Timestamp>,
    /// The IANA zone in which it took place, for those who show its time of day.
    pub zone: Option<String>,
    /// What came of it: `interested`, `voicemail`.
    pub outcome: Option<String>,
    /// The id that another program gave it, such as the UID of a calendar entry or the Message-ID of an e-mail.
    #[field(index)]
    pub external_uid: Option<String>,
    /// Where it comes from: `calendar`, `mail`, `pbx`; empty where a person typed it.
    pub source: Option<String>,
    /// Whose it is among us.
    #[field(references = "users", on_delete = "set_null")]
    pub owner_id: Option<UserId>,
}

impl Validate for Interaction {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
