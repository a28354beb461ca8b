use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use super::{CustomFieldKind, StorageKey};
use crate::engine::expr::{meant, shown};
use crate::engine::{CrmError, EntityDef, Path, Reader, Result};

/// A custom field as the engine works with it: what its definition says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomFieldDef {
    /// The id of the definition.
    pub id: Uuid,
    /// The table of the records that have the field.
    pub table: String,
    /// Under which its values are kept.
    pub storage_key: StorageKey,
    /// What people type.
    pub key: String,
    /// What people read.
    pub label: String,
    /// The table of the records to which a reference refers.
    pub refers_to: Option<String>,
    /// The options of a choice, in their order.
    pub options: Vec<CustomOption>,
    /// Whether a record must have it.
    pub required: bool,
    /// Whether stores keep an index on it.
    pub indexed: bool,
    /// Whether nothing is written into it any more.
    pub retired: bool,
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CustomOption {
    /// What records hold and filters name.
    pub code: String,
    /// What people read.
    pub label: String,
    /// Whether it is chosen no more; records that hold it keep it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

impl CustomOption {
    /// An option that can be chosen.
    pub fn new(code: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            label: label.into(),
            retired: false,
        }
    }
}

impl CustomFieldDef {
    /// What the field holds.
    pub const fn kind(&self) -> CustomFieldKind {
        self.storage_key.kind()
    }

    /// The codes of the options of a choice, retired ones too; nothing for other kinds.
    pub fn codes(&self) -> Option<Vec<&str>> {
        let is_choice = self.kind() == CustomFieldKind::Choice;
        is_choice.then(|| self.options.iter().map(|option| option.code.as_str()).collect())
    }

    /// The codes of the options that may be chosen.
    pub(super) fn codes_in_use(&self) -> Vec<&str> {
        let options = self.options.iter().filter(|option| !option.retired);
        options.map(|option| option.code.as_str()).collect()
    }

    /// The code of the option that a text names, by its code or by what people read; else the text itself.
    pub(crate) fn code_of<'t>(&'t self, text: &'t str) -> &'t str {
        let named = |name: &str| name.to_lowercase() == text.to_lowercase();
        let option = self.options.iter().find(|option| option.code == text);
        let option = option.or_else(|| {
            self.options
                .iter()
                .find(|option| named(&option.code) || named(&option.label))
        });
        option.map_or(text, |option| &option.code)
    }

    /// Its name in messages: `custom.colour`.
    pub(super) fn name(&self) -> String {
        format!("custom.{}", self.key)
    }

    /// What a value of the field should be, in words for messages.
    pub(super) fn describe(&self) -> String {
        match self.kind() {
            CustomFieldKind::Choice => format!("one of {}", self.codes_in_use().join(", ")),
            kind => kind.field_kind().describe(),
        }
    }
}

/// Where the definitions of custom fields are kept: a schema that has it allows them.
#[derive(Clone, Copy)]
pub struct CustomFieldSource {
    /// The kind of record that defines a field.
    pub entity: &'static EntityDef,
    /// Reads all definitions, in the order in which people see the fields.
    pub read: fn(&mut Reader<'_>) -> Result<Vec<CustomFieldDef>>,
}

impl fmt::Debug for CustomFieldSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "CustomFieldSource({:?})", self.entity)
    }
}

/// All custom fields of all kinds of records, as one transaction sees them.
#[derive(Debug, Clone, Default)]
pub struct CustomFields(Arc<[Arc<CustomFieldDef>]>);

impl CustomFields {
    pub(super) fn new(fields: Vec<CustomFieldDef>) -> Self {
        Self(fields.into_iter().map(Arc::new).collect())
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<CustomFieldDef>> {
        self.0.iter()
    }

    /// Those of one kind of record, retired ones too, in the order in which people see them.
    pub fn of(&self, entity: &'static EntityDef) -> impl Iterator<Item = &Arc<CustomFieldDef>> {
        self.iter().filter(move |field| field.table == entity.table)
    }

    /// The field with this key; a retired one where no other has it.
    pub fn by_key(&self, entity: &'static EntityDef, key: &str) -> Option<&Arc<CustomFieldDef>> {
        let named = || self.of(entity).filter(|field| field.key == key);
        named().find(|field| !field.retired).or_else(|| named().last())
    }

    /// The field with this storage key.
    pub fn by_storage_key(&self, entity: &'static EntityDef, key: StorageKey) -> Option<&Arc<CustomFieldDef>> {
        self.of(entity).find(|field| field.storage_key == key)
    }

    /// The path to the field with this key; `_currency` behind the key of an amount leads to its currency.
    pub(in crate::engine) fn path(&self, entity: &'static EntityDef, key: &str) -> Option<Path> {
        if let Some(field) = self.by_key(entity, key) {
            return Path::custom(entity, field);
        }
        let field = self.by_key(entity, key.strip_suffix("_currency")?)?;
        let is_amount = field.kind() == CustomFieldKind::Money;
        Path::custom(entity, field).filter(|_| is_amount).map(Path::currency)
    }

    /// What to do about a key that no field has.
    pub(crate) fn hint(&self, entity: &'static EntityDef, key: &str) -> String {
        let keys: Vec<&str> = self.of(entity).map(|field| field.key.as_str()).collect();
        let fields: Vec<&str> = entity.names_to_set().collect();
        let near = meant(key, keys.iter().copied().chain(fields));
        if keys.is_empty() {
            return format!("{near}Define it first: {} has no custom fields", entity.name);
        }
        format!("{near}It has {}", keys.join(", "))
    }

    pub(super) fn unknown(&self, entity: &'static EntityDef, key: &str) -> CrmError {
        CrmError::invalid(
            entity.name,
            format!("custom.{}", shown(key)),
            "there is no such custom field",
            self.hint(entity, key),
        )
    }
}
