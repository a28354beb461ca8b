//! What the engine does with a kind of record that it knows by its description only.

use uuid::Uuid;

use super::Result;
use super::entity::{Entity, EntityDef, Managed, RecordId, managed};
use super::field_rules::{check_value, required, settable};
use super::store::Assignment;
use super::value::Value;
use super::write::Tx;

/// What the engine does with a kind of record that it knows by its description only.
#[derive(Debug, Clone, Copy)]
pub struct EntityOperations {
    pub(super) create: fn(&mut Tx<'_>, Option<Uuid>, Vec<Assignment>) -> Result<Uuid>,
    pub(super) update: fn(&mut Tx<'_>, Uuid, Option<i64>, Vec<Assignment>) -> Result<bool>,
    pub(super) set_field: fn(&mut Tx<'_>, Uuid, Assignment) -> Result<()>,
    pub(super) set_deleted: fn(&mut Tx<'_>, Uuid, bool) -> Result<()>,
    pub(super) settle: fn(&mut Tx<'_>, Uuid) -> Result<()>,
}

impl EntityOperations {
    /// The operations of an entity.
    pub const fn of<E: Entity>() -> Self {
        Self {
            create: create_from_values::<E>,
            update: update_from_values::<E>,
            set_field: set_field::<E>,
            set_deleted: |tx, id, deleted| tx.set_deleted::<E>(id, deleted),
            settle: settle::<E>,
        }
    }
}

impl Tx<'_> {
    /// Creates a record of a kind that is known only at run time, from values by the places of their fields.
    ///
    /// # Errors
    /// The rule of the entity that the values break.
    pub fn create_from_values(
        &mut self,
        entity: &'static EntityDef,
        id: Option<Uuid>,
        values: Vec<Assignment>,
    ) -> Result<Uuid> {
        (entity.operations.create)(self, id, values)
    }

    /// Changes fields of a record of a kind that is known only at run time; false where nothing was to change.
    ///
    /// # Errors
    /// As [`Tx::update`].
    pub fn update_from_values(
        &mut self,
        entity: &'static EntityDef,
        id: Uuid,
        expected_revision: Option<i64>,
        values: Vec<Assignment>,
    ) -> Result<bool> {
        (entity.operations.update)(self, id, expected_revision, values)
    }
}

fn create_from_values<E: Entity>(tx: &mut Tx<'_>, id: Option<Uuid>, values: Vec<Assignment>) -> Result<Uuid> {
    let record = tx.create_record(record_from_values::<E>(id, values)?)?;
    Ok(record.managed().id)
}

/// A record that is not written yet, from values by the places of their fields.
pub(crate) fn record_from_values<E: Entity>(id: Option<Uuid>, values: Vec<Assignment>) -> Result<E> {
    let mut row: Vec<Value> = (0..E::DEF.fields.len()).map(E::default_value).collect();
    let unwritten = Managed::unwritten(id);
    for (field, value) in row.iter_mut().enumerate().take(managed::COUNT) {
        *value = unwritten.value(field);
    }
    for Assignment { field, value } in values {
        settable(E::DEF, field, true)?;
        check_value(E::DEF, &E::DEF.fields[field], &value)?;
        row[field] = std::mem::take(&mut row[field]).changed(value);
    }
    let missing = E::DEF
        .fields
        .iter()
        .zip(&row)
        .find(|(field, value)| !field.nullable && value.is_null());
    if let Some((field, _)) = missing {
        return Err(required(E::DEF, field));
    }
    E::from_row(&row)
}

fn update_from_values<E: Entity>(
    tx: &mut Tx<'_>,
    id: Uuid,
    expected_revision: Option<i64>,
    values: Vec<Assignment>,
) -> Result<bool> {
    let before = tx.get_at(E::Id::from_uuid(id), expected_revision)?;
    let mut after = before.clone();
    for Assignment { field, value } in values {
        if before.value(field) == value {
            continue;
        }
        settable(E::DEF, field, false)?;
        check_value(E::DEF, &E::DEF.fields[field], &value)?;
        after.set(field, after.value(field).changed(value))?;
    }
    let after = tx.save(&before, after)?;
    Ok(after.managed().revision > before.managed().revision)
}

fn set_field<E: Entity>(tx: &mut Tx<'_>, id: Uuid, assignment: Assignment) -> Result<()> {
    let before = tx.get(E::Id::from_uuid(id))?;
    let mut after = before.clone();
    after.set(assignment.field, assignment.value)?;
    tx.save(&before, after).map(|_| ())
}

fn settle<E: Entity>(tx: &mut Tx<'_>, id: Uuid) -> Result<()> {
    match tx.try_get(E::Id::from_uuid(id))? {
        Some(record) => record.settle(tx),
        None => Ok(()),
    }
}
