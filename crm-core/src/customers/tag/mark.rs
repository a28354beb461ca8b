use super::{Tag, TagDraft};
use crate::customers::Tagging;
use crate::customers::one_record::field_naming;
use crate::engine::{Assignment, Conditions, Entity, PathConditions, Query, Reader, RecordId, Result, Tx, Value};
use crate::ids::{TagId, TaggingId};

impl Tag {
    /// Marks a record with a tag, which is created where there is none of this name. Marking again writes nothing.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{CustomerDraft, Tag}};
    /// let crm = Crm::in_memory();
    /// let acme = crm.write(|tx| {
    ///     let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?;
    ///     Tag::add(tx, acme.id, "fair-2026")?;
    ///     Tag::add(tx, acme.id, "Fair-2026")?;
    ///     Ok(acme)
    /// })?;
    /// let tags = crm.read(|reader| Tag::of(reader, acme.id))?;
    /// assert_eq!(tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(), ["fair-2026"]);
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a record that is not there, or of a kind that takes no tags.
    pub fn add<I: RecordId>(tx: &mut Tx<'_>, record: I, name: &str) -> Result<Tagging> {
        let field = field_naming::<I>(Tagging::DEF)?;
        let tag = match Self::named(tx, name)? {
            Some(tag) => tag.id,
            None => tx.create(TagDraft::new(name))?.id,
        };
        if let Some(tagging) = tagging(tx, tag, record)? {
            return Ok(tagging);
        }
        let values = [(Tagging::TAG_ID, tag.uuid()), (field, record.uuid())].map(|(field, id)| Assignment {
            field: field.index,
            value: Value::Id(id),
        });
        let id = tx.create_from_values(Tagging::DEF, None, values.into())?;
        tx.get(TaggingId::from_uuid(id))
    }

    /// Takes a tag off a record, and tells whether it was there. The tag itself stays.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a record of a kind that takes no tags.
    pub fn remove<I: RecordId>(tx: &mut Tx<'_>, record: I, name: &str) -> Result<bool> {
        let Some(tag) = Self::named(tx, name)? else {
            return Ok(false);
        };
        match tagging(tx, tag.id, record)? {
            Some(tagging) => tx.delete(tagging.id).map(|()| true),
            None => Ok(false),
        }
    }

    /// The tags of a record, by name.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a record of a kind that takes no tags.
    pub fn of<I: RecordId>(reader: &mut Reader<'_>, record: I) -> Result<Vec<Self>> {
        let field = field_naming::<I>(Tagging::DEF)?;
        let taggings = reader.find::<Tagging>(&Query::of::<Tagging>().filter(field.is(record.uuid())))?;
        let tags = taggings.iter().map(|tagging| tagging.tag_id);
        reader.find(
            &Query::of::<Self>()
                .filter(Self::ID.one_of(tags))
                .order_by(Self::FOLDED_NAME),
        )
    }
}

/// What marks a record with a tag, where something does.
fn tagging<I: RecordId>(reader: &mut Reader<'_>, tag: TagId, record: I) -> Result<Option<Tagging>> {
    let field = field_naming::<I>(Tagging::DEF)?;
    reader.first(
        &Query::of::<Tagging>()
            .filter(field.is(record.uuid()))
            .filter(Tagging::TAG_ID.is(tag)),
    )
}
