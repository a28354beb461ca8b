//! Kinds of records and their fields by names that are known only at run time.

use super::entity::{EntityDef, Field, Schema, SetBy};
use super::expr::{meant, shown};
use super::{CrmError, Result};

impl Schema {
    /// The kind of record with this name: of one record, `opportunity`, or of its table, `opportunities`.
    ///
    /// ```
    /// use crm_core::SCHEMA;
    /// assert_eq!(SCHEMA.entity_named("opportunity")?, SCHEMA.entity_named("opportunities")?);
    /// let error = SCHEMA.entity_named("custmer").unwrap_err();
    /// assert!(error.hint().starts_with("Did you mean customer?"));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::Invalid`] that names the one that is near, and all of them.
    pub fn entity_named(self, name: &str) -> Result<&'static EntityDef> {
        let found = self
            .entities()
            .find(|entity| entity.name == name || entity.table == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = self.entities().map(|entity| entity.name).collect();
            let near = meant(name, self.entities().flat_map(|entity| [entity.name, entity.table]));
            let hint = format!("{near}There are {}", names.join(", "));
            CrmError::invalid("schema", shown(name), "there is no such kind of record", hint)
        })
    }
}

impl EntityDef {
    /// The field with this name; the name of a reference may leave out its `_id`.
    ///
    /// ```
    /// use crm_core::engine::Entity;
    /// use crm_core::sales::Opportunity;
    /// assert_eq!(Opportunity::DEF.field_named("close_on")?, Opportunity::CLOSE_ON);
    /// assert_eq!(Opportunity::DEF.field_named("customer")?, Opportunity::CUSTOMER_ID);
    /// let error = Opportunity::DEF.field_named("close_om").unwrap_err();
    /// assert_eq!(error.field(), Some("close_om"));
    /// assert!(error.hint().starts_with("Did you mean close_on?"));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::Invalid`] that names the one that is near, and those that may be set.
    pub fn field_named(&'static self, name: &str) -> Result<Field> {
        let fields = || (0..self.fields.len()).map(|index| self.field(index));
        fields()
            .find(|field| field.def().name == name)
            .or_else(|| fields().find(|field| field.reference_name() == Some(name)))
            .ok_or_else(|| {
                let plain = |field: Field| field.reference_name().unwrap_or(field.def().name);
                let names: Vec<&str> = self.names_to_set().collect();
                let near = meant(name, fields().flat_map(|field| [plain(field), field.def().name]));
                let hint = format!("{near}It has {}", names.join(", "));
                CrmError::invalid(self.name, shown(name), "there is no such field", hint)
            })
    }
}

impl EntityDef {
    /// The names by which fields are set: that of a reference stands for the record, and has no `_id`.
    pub(super) fn names_to_set(&'static self) -> impl Iterator<Item = &'static str> {
        let fields = (0..self.fields.len()).map(|index| self.field(index));
        let settable = fields.filter(|field| field.def().set_by != SetBy::Engine);
        settable.map(|field| field.reference_name().unwrap_or(field.def().name))
    }
}

impl Field {
    /// The name of a reference without its `_id`, which stands for the record that is referred to.
    pub(super) fn reference_name(self) -> Option<&'static str> {
        self.def().reference?;
        self.def().name.strip_suffix("_id")
    }
}
