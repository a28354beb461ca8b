use std::sync::Arc;

use super::{Cell, ColumnKind, Table, TableColumn};
use crate::engine::{CustomFieldDef, CustomFields, Entity, EntityDef, Row, Value};

impl Table {
    /// Records as a table: a column for each field in the order of the definition, then one for each custom field that
    /// is not retired, by its key.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{Customer, CustomerDraft}, engine::Query, table::Table};
    /// let crm = Crm::in_memory();
    /// crm.write(|tx| tx.create(CustomerDraft::organization("Acme GmbH")))?;
    /// let table = crm.read(|reader| {
    ///     let customers = reader.find::<Customer>(&Query::of::<Customer>())?;
    ///     Ok(Table::of_records(&customers, &reader.custom_fields()?))
    /// })?;
    /// assert_eq!((table.title.as_str(), table.rows.len()), ("customers", 1));
    /// assert_eq!(table.columns[0].name, "id");
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    pub fn of_records<E: Entity>(records: &[E], custom: &CustomFields) -> Self {
        let rows = records
            .iter()
            .map(|record| (0..E::DEF.fields.len()).map(|field| record.value(field)).collect());
        Self::of_rows(E::DEF, rows, custom)
    }

    /// The same of a kind of record that is known only at run time.
    pub fn of_rows(entity: &'static EntityDef, rows: impl IntoIterator<Item = Row>, custom: &CustomFields) -> Self {
        let holds_custom = entity.custom_field();
        let custom: Vec<&Arc<CustomFieldDef>> = custom.of(entity).filter(|field| !field.retired).collect();
        let own = (0..entity.fields.len()).filter(|field| Some(*field) != holds_custom);
        let columns = own.clone().map(|field| {
            let field = &entity.fields[field];
            TableColumn::new(field.name, field.kind.into())
        });
        let custom_columns = custom.iter().map(|field| {
            let kind = ColumnKind::from(field.kind().field_kind());
            TableColumn::new(field.key.as_str(), kind).labelled(field.label.as_str())
        });
        let mut table = Self::new(entity.table, columns.chain(custom_columns));
        for row in rows {
            let own = own.clone().map(|field| row.get(field).cloned().unwrap_or_default());
            let held = match holds_custom.and_then(|field| row.get(field)) {
                Some(Value::Custom(values)) => Some(values),
                _ => None,
            };
            let custom = custom.iter().map(|field| {
                held.and_then(|held| held.get(field.storage_key).cloned())
                    .unwrap_or_default()
            });
            table.row(own.chain(custom).map(Cell::Value));
        }
        table
    }
}
