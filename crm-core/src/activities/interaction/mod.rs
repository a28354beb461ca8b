//! Calls, e-mails, meetings, visits, messages and notes.

mod about;
mod log;
mod update;

pub use about::About;

use crate::customers::trim_optional;
use crate::engine::{Conditions, CrmError, CustomValues, Entity, Query, Reader, RecordId, Result, Tx, Validate};
use crate::entity;
use crate::ids::{InteractionId, UserId};
use crate::values::{Timestamp, Tz};

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
    /// The fields that users defined.
    pub custom: CustomValues,
}

/// By how many milliseconds the clock of another program may be ahead before what it reports as held is planned.
const CLOCK_TOLERANCE: i64 = 5 * 60 * 1000;

impl Validate for Interaction {
    fn complete(&mut self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        for text in [
            &mut self.channel,
            &mut self.subject,
            &mut self.zone,
            &mut self.outcome,
            &mut self.external_uid,
            &mut self.source,
        ] {
            trim_optional(text);
        }
        if before.is_none() && self.starts_at == Timestamp::default() {
            self.starts_at = tx.now();
        }
        // What is yet to come is not held.
        if self.status == InteractionStatus::Held && self.starts_at > tx.now().plus_milliseconds(CLOCK_TOLERANCE) {
            self.status = InteractionStatus::Planned;
        }
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if self.ends_at.is_some_and(|end| end < self.starts_at) {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "ends_at",
                "it is before starts_at",
                "Give an instant at or after it, or leave it empty",
            ));
        }
        if self.zone.as_deref().is_some_and(|zone| zone.parse::<Tz>().is_err()) {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "zone",
                "it is not the name of a time zone",
                "Give a name of the IANA database, as in Asia/Shanghai",
            ));
        }
        let origin = |interaction: &Self| (interaction.external_uid.clone(), interaction.source.clone());
        if before.is_some_and(|before| origin(before) == origin(self) && before.deleted_at.is_none()) {
            return Ok(());
        }
        self.check_known_once(tx)
    }

    fn settle(&self, tx: &mut Tx<'_>) -> Result<()> {
        self.settle_links(tx)
    }
}

impl Interaction {
    /// The interaction that another program knows by this id.
    ///
    /// # Errors
    /// Of the storage.
    pub fn known_as(reader: &mut Reader<'_>, source: Option<&str>, external_uid: &str) -> Result<Option<Self>> {
        let known = reader.find::<Self>(&Query::of::<Self>().filter(Self::EXTERNAL_UID.is(external_uid.trim())))?;
        Ok(known
            .into_iter()
            .find(|one| one.source.as_deref() == source.map(str::trim)))
    }

    fn check_known_once(&self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(uid) = &self.external_uid else { return Ok(()) };
        match Self::known_as(tx, self.source.as_deref(), uid)? {
            Some(other) if other.id != self.id => Err(CrmError::Duplicate {
                entity: Self::DEF.name,
                field: "external_uid".into(),
                matches: vec![other.id.uuid()],
            }),
            _ => Ok(()),
        }
    }
}
