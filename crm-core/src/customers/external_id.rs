use uuid::Uuid;

use super::trim;
use crate::engine::{Conditions, CrmError, Entity, EntityDef, Query, Reader, RecordId, Result, Tx, Validate};
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
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "external_id".into(),
            matches,
        })
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
        let named = Self::named(system.trim(), entity.table, external_id.trim());
        match reader.first::<Self>(&named)? {
            Some(link) if reader.exists(entity, link.record_id)? => Ok(Some(link.record_id)),
            _ => Ok(None),
        }
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
        // Most ids are new: then the check for duplicates is the only look-up.
        let created = tx.create(ExternalIdDraft::new(system, external_id, entity.table, record));
        let Err(CrmError::Duplicate { matches, .. }) = &created else {
            return created;
        };
        let Some(link) = matches.first().map(|id| ExternalIdId::from_uuid(*id)) else {
            return created;
        };
        let link = tx.get(link)?;
        if link.record_id == record {
            Ok(link)
        } else if tx.exists(entity, link.record_id)? {
            created
        } else {
            tx.update(link.id, [ExternalIdChange::RecordId(record)], None)
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
