//! Records that name exactly one other record, by one of several references: what a tag marks, what an interaction is
//! about. The references that may be empty are the choice.

use crate::engine::{CrmError, Entity, EntityDef, Field, Result, Value};

/// The field by which records of `entity` name one of the kind `named`.
///
/// # Errors
/// [`CrmError::Invalid`] that lists the kinds which they name, where this is none of them.
pub(crate) fn field_naming(entity: &'static EntityDef, named: &'static EntityDef) -> Result<Field> {
    field_among(entity, &choices(entity), named)
}

/// The same of these fields alone.
pub(crate) fn field_among(entity: &'static EntityDef, fields: &[Field], named: &'static EntityDef) -> Result<Field> {
    let field = fields.iter().find(|field| table(**field) == Some(named.table));
    field.copied().ok_or_else(|| names_none(entity, fields, named))
}

/// That these fields name records of other kinds.
pub(crate) fn names_none(entity: &'static EntityDef, fields: &[Field], named: &'static EntityDef) -> CrmError {
    let tables: Vec<_> = fields.iter().copied().filter_map(table).collect();
    CrmError::invalid(
        entity.name,
        "record",
        format!("it names no record of {}", named.table),
        format!("Name one of {}", tables.join(", ")),
    )
}

fn table(field: Field) -> Option<&'static str> {
    field.def().reference.map(|reference| reference.table)
}

/// The one record that this names.
///
/// # Errors
/// [`CrmError::Invalid`] where it names none, or several.
pub(crate) fn the_one_named<E: Entity>(record: &E) -> Result<(Field, Value)> {
    let mut named = choices(E::DEF)
        .into_iter()
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

/// The fields of which one names the record.
pub(crate) fn choices(entity: &'static EntityDef) -> Vec<Field> {
    let references = entity.references().map(|(field, _)| field);
    references.filter(|field| field.def().nullable).collect()
}

fn names(entity: &'static EntityDef) -> String {
    let names: Vec<_> = choices(entity).iter().map(|field| field.def().name).collect();
    names.join(", ")
}
