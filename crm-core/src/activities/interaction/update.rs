use super::{About, Interaction, InteractionDraft};
use crate::activities::InteractionParticipantDraft;
use crate::engine::{Draft, Entity, Result, Tx, Value, managed};
use crate::values::Timestamp;

impl Interaction {
    /// The same as [`Interaction::log`] where its source has not logged it before; else brings what is there up to
    /// date: what the draft says replaces what was, what it leaves out stays, and records and participants are added.
    /// The way of programs that bring a calendar or a mailbox in again and again.
    ///
    /// ```
    /// use crm_core::Crm;
    /// use crm_core::activities::{Interaction, InteractionDraft, InteractionKind};
    /// let crm = Crm::in_memory();
    /// let entry = |subject: &str| InteractionDraft {
    ///     subject: Some(subject.into()),
    ///     external_uid: Some("7f3a@calendar.example".into()),
    ///     source: Some("calendar".into()),
    ///     ..InteractionDraft::new(InteractionKind::Meeting)
    /// };
    /// let first = crm.write(|tx| Interaction::log_or_update(tx, entry("Demo"), &[], Vec::new()))?;
    /// let again = crm.write(|tx| Interaction::log_or_update(tx, entry("Demo, moved"), &[], Vec::new()))?;
    /// assert_eq!((first.id, again.subject.as_deref()), (again.id, Some("Demo, moved")));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a record that is not there.
    pub fn log_or_update(
        tx: &mut Tx<'_>,
        draft: InteractionDraft,
        about: &[About],
        participants: Vec<InteractionParticipantDraft>,
    ) -> Result<Self> {
        let known = match &draft.external_uid {
            Some(uid) => Self::known_as(tx, draft.source.as_deref(), uid)?,
            None => None,
        };
        let Some(known) = known else {
            return Self::log(tx, draft, about, participants);
        };
        let updated = tx.save(&known, known.clone().overwritten(draft)?)?;
        Self::link(tx, updated.id, about)?;
        Self::take_on(tx, updated.id, participants)?;
        Ok(updated)
    }

    fn overwritten(mut self, draft: InteractionDraft) -> Result<Self> {
        let status = draft.status.unwrap_or(self.status);
        let given = draft.into_record();
        for field in managed::COUNT..Self::DEF.fields.len() {
            let value = given.value(field);
            if !value.is_null() && value != Value::Instant(Timestamp::default()) {
                self.set(field, value)?;
            }
        }
        self.status = status;
        Ok(self)
    }
}
