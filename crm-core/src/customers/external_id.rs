use uuid::Uuid;

use super::trim;
use crate::engine::{Conditions, CrmError, Draft, Entity, EntityDef, Query, Reader, RecordId, Result, Tx, Validate};
use crate::entity;
use crate::ids::ExternalIdId;

/// What another system calls one of our records; it makes imports idempotent.
///
/// An id names one record of a table. A record may have several ids, even in one system, since two records there may
/// be one here.
#[entity(table = "external_ids")]
pub struct ExternalId {
    /// The other system: `salesforce`, `erp`.
    pub system: String,
    /// The id there; unique in the system for each table.
    #[field(index)]
    pub external_id: String,
    /// The table of our record.
    pub record_table: String,
    /// Our record.
    #[field(index)]
    pub record_id: Uuid,
}

impl Validate for ExternalId {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.system);
        trim(&mut self.external_id);
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        self.check_record(tx)?;
        let same = Self::named(&self.system, &self.record_table, &self.external_id).limit(2);
        let mut matches = tx.ids(&same)?;
        matches.retain(|other| *other != self.id.uuid());
        if matches.is_empty() {
            return Ok(());
        }
        Err(duplicate(matches))
    }
}

/// What an id of another system stands for.
#[derive(Debug)]
pub(crate) enum Known {
    /// Nothing.
    Nowhere,
    /// A record.
    Alive(ExternalId),
    /// A record that is deleted.
    Deleted(ExternalId),
}

impl Known {
    /// The record, unless it is deleted.
    pub(crate) fn record(&self) -> Option<Uuid> {
        match self {
            Self::Alive(link) => Some(link.record_id),
            Self::Nowhere | Self::Deleted(_) => None,
        }
    }
}

impl ExternalId {
    /// The record of ours in `entity` that `system` calls `external_id`. A record that is deleted is not found, so
    /// that an import which meets its id creates a new one.
    ///
    /// # Errors
    /// Of the storage.
    pub fn find(
        reader: &mut Reader<'_>,
        system: &str,
        entity: &'static EntityDef,
        external_id: &str,
    ) -> Result<Option<Uuid>> {
        Ok(Self::look_up(reader, system, entity, external_id)?.record())
    }

    /// What an id of another system stands for, for those who may have to link it after.
    pub(crate) fn look_up(
        reader: &mut Reader<'_>,
        system: &str,
        entity: &'static EntityDef,
        external_id: &str,
    ) -> Result<Known> {
        let named = Self::named(system.trim(), entity.table, external_id.trim());
        Ok(match reader.first::<Self>(&named)? {
            None => Known::Nowhere,
            Some(link) if reader.exists(entity, link.record_id)? => Known::Alive(link),
            Some(link) => Known::Deleted(link),
        })
    }

    /// The same for a kind of record that is known when the program is written.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{CustomerDraft, ExternalId}, ids::CustomerId};
    /// let crm = Crm::in_memory();
    /// let acme = crm.write(|tx| {
    ///     let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?;
    ///     ExternalId::link(tx, "erp", "4711", acme.id)?;
    ///     Ok(acme)
    /// })?;
    /// let found = crm.read(|reader| ExternalId::record::<CustomerId>(reader, "erp", "4711"))?;
    /// assert_eq!(found, Some(acme.id));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// Of the storage.
    pub fn record<I: RecordId>(reader: &mut Reader<'_>, system: &str, external_id: &str) -> Result<Option<I>> {
        let found = Self::find(reader, system, I::Entity::DEF, external_id)?;
        Ok(found.map(I::from_uuid))
    }

    /// What other systems call a record of ours, the oldest first.
    ///
    /// # Errors
    /// Of the storage.
    pub fn of<I: RecordId>(reader: &mut Reader<'_>, id: I) -> Result<Vec<Self>> {
        Self::of_record(reader, I::Entity::DEF, id.uuid())
    }

    /// The same for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// Of the storage.
    pub fn of_record(reader: &mut Reader<'_>, entity: &'static EntityDef, record: Uuid) -> Result<Vec<Self>> {
        let of_record = Query::of::<Self>()
            .filter(Self::RECORD_ID.is(record))
            .filter(Self::RECORD_TABLE.is(entity.table));
        reader.find(&of_record)
    }

    /// Notes what `system` calls a record of ours; where that stands already, nothing is written.
    ///
    /// An id whose record is deleted passes to this one: should the deleted record come back, it comes without it.
    ///
    /// # Errors
    /// [`CrmError::Duplicate`] where the id names another record.
    pub fn link<I: RecordId>(tx: &mut Tx<'_>, system: &str, external_id: &str, id: I) -> Result<Self> {
        Self::link_entity(tx, system, external_id, I::Entity::DEF, id.uuid())
    }

    /// The same for a kind of record that is known only at run time.
    ///
    /// # Errors
    /// [`CrmError::Duplicate`] where the id names another record.
    pub fn link_entity(
        tx: &mut Tx<'_>,
        system: &str,
        external_id: &str,
        entity: &'static EntityDef,
        record: Uuid,
    ) -> Result<Self> {
        let known = Self::look_up(tx, system, entity, external_id)?;
        let mut link = ExternalIdDraft::new(system, external_id, entity.table, record).into_record();
        link.complete(None, tx)?;
        link.check_record(tx)?;
        link.link_known(tx, known)
    }

    /// Notes the id of a record that is there, where it is known since the last write what the id stood for.
    pub(crate) fn link_looked_up(
        tx: &mut Tx<'_>,
        system: &str,
        external_id: &str,
        entity: &'static EntityDef,
        record: Uuid,
        known: Known,
    ) -> Result<Self> {
        let mut link = ExternalIdDraft::new(system, external_id, entity.table, record).into_record();
        link.complete(None, tx)?;
        link.link_known(tx, known)
    }

    fn link_known(self, tx: &mut Tx<'_>, known: Known) -> Result<Self> {
        match known {
            // That no other link has this id is all that is to be checked of one, and is known.
            Known::Nowhere => tx.insert_complete(self),
            Known::Alive(link) if link.record_id == self.record_id => Ok(link),
            Known::Alive(link) => Err(duplicate(vec![link.id.uuid()])),
            Known::Deleted(link) => tx.update(link.id, [ExternalIdChange::RecordId(self.record_id)], None),
        }
    }

    fn named(system: &str, table: &str, external_id: &str) -> Query {
        Query::of::<Self>()
            .filter(Self::EXTERNAL_ID.is(external_id))
            .filter(Self::SYSTEM.is(system))
            .filter(Self::RECORD_TABLE.is(table))
    }

    fn check_record(&self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(entity) = tx.schema().entity(&self.record_table) else {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "record_table",
                "there is no table of this name",
                "Name the table of the record, as in customers",
            ));
        };
        if tx.exists(entity, self.record_id)? {
            return Ok(());
        }
        Err(CrmError::invalid(
            Self::DEF.name,
            "record_id",
            format!("there is no record {} in {}", self.record_id, entity.table),
            "Create the record first, or name another",
        ))
    }
}

fn duplicate(matches: Vec<Uuid>) -> CrmError {
    CrmError::Duplicate {
        entity: ExternalId::DEF.name,
        field: "external_id".into(),
        matches,
    }
}
