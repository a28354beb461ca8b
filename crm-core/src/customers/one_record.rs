//! Records that name exactly one other record, by one of several references: what a tag marks, what an interaction is
//! about. The references that may be empty are the choice.

use crate::engine::{CrmError, Entity, EntityDef, Field, RecordId, Result, Value};

/// The field by which records of `entity` name a record of this kind.
///
/// # Errors
/// [`CrmError::Invalid`] where they name none of this kind.
pub(crate) fn field_naming<I: RecordId>(entity: &'static EntityDef) -> Result<Field> {
    let table = I::Entity::DEF.table;
    let field = choices(entity).find(|field| field.def().reference.is_some_and(|reference| reference.table == table));
    field.ok_or_else(|| {
        CrmError::invalid(
            entity.name,
            "record",
            format!("a {} names no record of {table}", entity.name),
            format!("Name a record by one of {}", names(entity)),
        )
    })
}

/// The one record that this names.
///
/// # Errors
/// [`CrmError::Invalid`] where it names none, or several.
pub(crate) fn the_one_named<E: Entity>(record: &E) -> Result<(Field, Value)> {
    let mut named = choices(E::DEF)
        .map(|field| (field, record.value(field.index)))
        .filter(|(_, value)| !value.is_null());
    match (named.next(), named.next()) {
        (Some(only), None) => Ok(only),
        (first, _) => {
            let (field, reason) = match first {
                Some((field, _)) => (field.def().name, "it names several records"),
                None => ("record", "it names no record"),
            };
            let hint = format!("Give exactly one of {}", names(E::DEF));
            Err(CrmError::invalid(E::DEF.name, field, reason, hint))
        }
    }
}

fn choices(entity: &'static EntityDef) -> impl Iterator<Item = Field> {
    entity
        .references()
        .map(|(field, _)| field)
        .filter(|field| field.def().nullable)
}

fn names(entity: &'static EntityDef) -> String {
    choices(entity)
        .map(|field| field.def().name)
        .collect::<Vec<_>>()
        .join(", ")
}
