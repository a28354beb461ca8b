use crate::engine::{
    Conditions, CrmError, CustomFieldKind, Deleted, Entity, EntityDef, Query, RecordId, Result, StorageKey, Tx,
    Validate,
};
use crate::entity;
use crate::ids::CustomFieldId;
use crate::values::Timestamp;

/// The longest key, in letters.
const LONGEST_KEY: usize = 60;

/// The definition of a field that users add to records of one kind.
///
/// ```
/// use crm_core::Crm;
/// use crm_core::customers::{Customer, CustomerDraft};
/// use crm_core::customization::CustomFieldDraft;
/// use crm_core::engine::{Conditions, Entity, PathConditions, Query};
/// let crm = Crm::in_memory();
/// let (acme, found) = crm.write(|tx| {
///     tx.create(CustomFieldDraft::choice("customers", "segment", "Segment", [("gold", "Gold"), ("basic", "Basic")])?)?;
///     let mut draft = CustomerDraft::organization("Acme GmbH");
///     draft.custom.set("segment", "gold");
///     let acme = tx.create(draft)?;
///     let segment = tx.custom_field(Customer::DEF, "segment")?;
///     Ok((acme, tx.count(&Query::of::<Customer>().filter(segment.is("gold")))?))
/// })?;
/// assert_eq!(found, 1);
/// assert_eq!(crm.read(|reader| reader.custom_value(&acme, "segment"))?, "gold".into());
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[entity(table = "custom_fields")]
pub struct CustomField {
    /// The table of the records that have the field: `customers`.
    #[field(index, set_by = "command")]
    pub record_table: String,
    /// What people type in filters, imports and code: letters, digits and `_`. It may change; nothing is lost by that.
    pub key: String,
    /// What people read.
    pub label: String,
    /// What the field holds. It never changes.
    #[field(set_by = "command")]
    pub kind: CustomFieldKind,
    /// The table of the records to which a reference refers; while it does, these are not deleted.
    #[field(set_by = "command")]
    pub refers_to: Option<String>,
    /// The options of a choice, as [`CustomField::options`] reads them.
    #[field(set_by = "command")]
    pub options: Option<String>,
    /// Whether a record must have it: when it is created, and when its custom fields change.
    #[field(default)]
    pub required: bool,
    /// Whether the store keeps an index on it, so that filters by it are quick.
    #[field(default)]
    pub indexed: bool,
    /// The place among the fields of its kind of record; equal ones stand in the order in which they were defined.
    #[field(default)]
    pub position: i64,
    /// Since when nothing is written into it any more; what is there stays, and can be read.
    #[field(set_by = "engine")]
    pub retired_at: Option<Timestamp>,
    /// Under which records keep its values. It never changes, and no two fields have the same.
    #[field(set_by = "engine")]
    pub storage_key: String,
}

impl CustomFieldDraft {
    /// A draft of a field that refers to records of another table.
    pub fn reference(
        record_table: impl Into<String>,
        key: impl Into<String>,
        label: impl Into<String>,
        refers_to: impl Into<String>,
    ) -> Self {
        Self {
            refers_to: Some(refers_to.into()),
            ..Self::new(record_table, key, label, CustomFieldKind::Reference)
        }
    }
}

impl Validate for CustomField {
    fn complete(&mut self, before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        for text in [&mut self.key, &mut self.label] {
            *text = text.trim().to_owned();
        }
        if before.is_none() {
            self.storage_key = StorageKey::new(self.kind, self.id.uuid()).to_string();
        }
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        let entity = self.record_entity(tx)?;
        self.check_key(entity)?;
        self.check_references(tx)?;
        self.check_options()?;
        if before.is_none() {
            self.check_storage_key(tx)?;
        }
        if self.retired_at.is_some() {
            return Ok(());
        }
        self.check_unique(tx)
    }
}

impl CustomField {
    fn record_entity(&self, tx: &Tx<'_>) -> Result<&'static EntityDef> {
        let entity = tx.schema().entity(&self.record_table);
        entity.filter(|entity| entity.custom_field().is_some()).ok_or_else(|| {
            let entities = tx.schema().entities();
            let tables: Vec<&str> = entities
                .filter(|entity| entity.custom_field().is_some())
                .map(|entity| entity.table)
                .collect();
            invalid(
                "record_table",
                "records of this table have no custom fields",
                format!("Give one of {}", tables.join(", ")),
            )
        })
    }

    fn check_key(&self, entity: &'static EntityDef) -> Result<()> {
        let letters = self
            .key
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        let begins = self.key.starts_with(|letter: char| letter.is_ascii_alphabetic());
        if !letters || !begins || self.key.len() > LONGEST_KEY {
            return Err(invalid(
                "key",
                "it is no name",
                format!("Begin with a letter, go on with letters, digits and _, {LONGEST_KEY} at most"),
            ));
        }
        if entity.field_index(&self.key).is_some() {
            return Err(invalid(
                "key",
                format!("{} has a field of this name already", entity.name),
                "Use that field, or another key",
            ));
        }
        Ok(())
    }

    fn check_references(&self, tx: &Tx<'_>) -> Result<()> {
        let is_reference = self.kind == CustomFieldKind::Reference;
        match &self.refers_to {
            None if is_reference => Err(invalid(
                "refers_to",
                "a reference refers to nothing",
                "Name the table of the records to which it refers, as in customers",
            )),
            Some(_) if !is_reference => Err(invalid(
                "refers_to",
                "only a reference refers to other records",
                "Leave it empty, or make the kind reference",
            )),
            Some(table) if tx.schema().entity(table).is_none() => {
                Err(invalid("refers_to", "there is no such table", "Give one of the schema"))
            }
            _ => Ok(()),
        }
    }

    /// Also among the deleted ones: what they have left in records is not another field's.
    fn check_storage_key(&self, tx: &mut Tx<'_>) -> Result<()> {
        let same = Query::of::<Self>()
            .filter(Self::STORAGE_KEY.is(self.storage_key.as_str()))
            .deleted(Deleted::Shown);
        no_duplicate("storage_key", tx.ids(&same)?)
    }

    /// Keys that differ in capitals alone would be mistaken for each other.
    fn check_unique(&self, tx: &mut Tx<'_>) -> Result<()> {
        let same = |other: &Self| other.id != self.id && other.key.eq_ignore_ascii_case(&self.key);
        let in_use = Query::of::<Self>()
            .filter(Self::RECORD_TABLE.is(self.record_table.as_str()))
            .filter(crate::engine::PathConditions::empty(Self::RETIRED_AT));
        let others: Vec<Self> = tx.find(&in_use)?;
        let matches = others.iter().filter(|other| same(other));
        no_duplicate("key", matches.map(|other| other.id.uuid()).collect())
    }
}

fn no_duplicate(field: &'static str, matches: Vec<crate::values::Uuid>) -> Result<()> {
    if matches.is_empty() {
        return Ok(());
    }
    Err(CrmError::Duplicate {
        entity: CustomField::DEF.name,
        field: field.into(),
        matches,
    })
}

/// The refusal of what a field of a definition says.
pub(super) fn invalid(field: &'static str, reason: impl Into<String>, hint: impl Into<String>) -> CrmError {
    CrmError::invalid(CustomField::DEF.name, field, reason, hint)
}
