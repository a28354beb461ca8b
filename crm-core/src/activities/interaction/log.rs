use super::{About, Interaction, InteractionDraft};
use crate::activities::{InteractionParticipant, InteractionParticipantDraft};
use crate::engine::{Conditions, Draft, Query, Result, Tx};
use crate::ids::InteractionId;

impl Interaction {
    /// Writes an interaction with the records that it is about and those who took part, all in one.
    ///
    /// An interaction about an opportunity concerns the customer of that as well, and so does one in which a customer
    /// took part: it stands in their timelines without being said. A participant who is named by an address is the one
    /// customer who has it, where there is one.
    ///
    /// ```
    /// use crm_core::Crm;
    /// use crm_core::activities::{Interaction, InteractionDraft, InteractionKind, InteractionParticipantDraft};
    /// use crm_core::customers::{ContactPoint, CustomerDraft};
    /// let crm = Crm::in_memory();
    /// let mail = crm.write(|tx| {
    ///     let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?;
    ///     let li = tx.create(CustomerDraft::person("李明"))?;
    ///     ContactPoint::add(tx, li.id, "li@acme.example")?;
    ///     let mail = InteractionDraft { subject: Some("Offer".into()), ..InteractionDraft::new(InteractionKind::Email) };
    ///     let from = InteractionParticipantDraft::address("Li@acme.example");
    ///     Interaction::log(tx, mail, &[acme.id.into()], vec![from])
    /// })?;
    /// assert_eq!(mail.starts_at, mail.created_at);
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Duplicate`] where the source has logged the same `external_uid` before, and
    /// [`crate::engine::CrmError::Invalid`] for a record that is not there.
    pub fn log(
        tx: &mut Tx<'_>,
        draft: InteractionDraft,
        about: &[About],
        participants: Vec<InteractionParticipantDraft>,
    ) -> Result<Self> {
        let interaction = tx.create(draft)?;
        Self::link(tx, interaction.id, about)?;
        Self::take_on(tx, interaction.id, participants)?;
        Ok(interaction)
    }

    /// Adds participants; of those who take part already, role and response become these.
    pub(super) fn take_on(
        tx: &mut Tx<'_>,
        id: InteractionId,
        participants: Vec<InteractionParticipantDraft>,
    ) -> Result<()> {
        if participants.is_empty() {
            return Ok(());
        }
        let of_interaction = InteractionParticipant::INTERACTION_ID.is(id);
        let mut known =
            tx.find::<InteractionParticipant>(&Query::of::<InteractionParticipant>().filter(of_interaction))?;
        for mut draft in participants {
            draft.interaction_id = Some(id);
            let (role, response) = (draft.role, draft.response);
            let mut participant = draft.clone().into_record();
            participant.recognize(tx)?;
            match known.iter_mut().find(|one| one.is_same_as(&participant)) {
                Some(one) => {
                    let mut after = one.clone();
                    after.role = role.unwrap_or(after.role);
                    after.response = response.unwrap_or(after.response);
                    *one = tx.save(one, after)?;
                }
                None => known.push(tx.create(draft)?),
            }
        }
        Ok(())
    }
}
