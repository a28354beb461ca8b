use uuid::Uuid;

use super::{Tag, TagDraft};
use crate::customers::Tagging;
use crate::customers::one_record::field_naming;
use crate::engine::{
    Assignment, Conditions, Entity, EntityDef, Field, PathConditions, Query, Reader, RecordId, Result, Tx, Value,
};
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
        Self::add_to(tx, I::Entity::DEF, record.uuid(), name)
    }

    /// The same for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// As [`Tag::add`].
    pub fn add_to(tx: &mut Tx<'_>, entity: &'static EntityDef, record: Uuid, name: &str) -> Result<Tagging> {
        let field = field_naming(Tagging::DEF, entity)?;
        let tag = match Self::named(tx, name)? {
            Some(tag) => tag.id,
            None => tx.create(TagDraft::new(name))?.id,
        };
        if let Some(tagging) = tagging(tx, tag, field, record)? {
            return Ok(tagging);
        }
        let values = [(Tagging::TAG_ID, tag.uuid()), (field, record)].map(|(field, id)| Assignment {
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
        Self::remove_from(tx, I::Entity::DEF, record.uuid(), name)
    }

    /// The same for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// As [`Tag::remove`].
    pub fn remove_from(tx: &mut Tx<'_>, entity: &'static EntityDef, record: Uuid, name: &str) -> Result<bool> {
        let field = field_naming(Tagging::DEF, entity)?;
        let Some(tag) = Self::named(tx, name)? else {
            return Ok(false);
        };
        match tagging(tx, tag.id, field, record)? {
            Some(tagging) => tx.delete(tagging.id).map(|()| true),
            None => Ok(false),
        }
    }

    /// The tags of a record, by name.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a record of a kind that takes no tags.
    pub fn of<I: RecordId>(reader: &mut Reader<'_>, record: I) -> Result<Vec<Self>> {
        Self::of_record(reader, I::Entity::DEF, record.uuid())
    }

    /// The same for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// As [`Tag::of`].
    pub fn of_record(reader: &mut Reader<'_>, entity: &'static EntityDef, record: Uuid) -> Result<Vec<Self>> {
        let field = field_naming(Tagging::DEF, entity)?;
        let taggings = reader.find::<Tagging>(&Query::of::<Tagging>().filter(field.is(record)))?;
        let tags = taggings.iter().map(|tagging| tagging.tag_id);
        reader.find(
            &Query::of::<Self>()
                .filter(Self::ID.one_of(tags))
                .order_by(Self::FOLDED_NAME),
        )
    }
}

/// What marks a record, which this field names, with a tag, where something does.
fn tagging(reader: &mut Reader<'_>, tag: TagId, field: Field, record: Uuid) -> Result<Option<Tagging>> {
    reader.first(
        &Query::of::<Tagging>()
            .filter(field.is(record))
            .filter(Tagging::TAG_ID.is(tag)),
    )
}
