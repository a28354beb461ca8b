//! What holds for every field of every entity: its kind, its length, that it is there, and who may set it.

use std::borrow::Cow;

use super::entity::{Entity, EntityDef, FieldDef, SetBy, managed};
use super::value::{FieldKind, Value};
use super::{CrmError, Result};

/// The longest text that a field holds, in bytes.
pub const LONGEST_TEXT: usize = 1 << 20;

pub(super) fn check_value(entity: &'static EntityDef, def: &FieldDef, value: &Value) -> Result<()> {
    if !def.kind.admits(value) {
        if let (FieldKind::Choice(choice), Value::Text(code)) = (def.kind, value) {
            return Err(CrmError::invalid_value(entity.name, def.name, choice.refused(code)));
        }
        return Err(CrmError::invalid(
            entity.name,
            def.name,
            format!("the value is {} and does not fit", value.kind_name()),
            format!("Give {}", def.kind.describe()),
        ));
    }
    match (value, def.kind) {
        (Value::Text(text), FieldKind::Text) if !def.nullable && text.trim().is_empty() => Err(required(entity, def)),
        (Value::Text(text), FieldKind::Text) => check_text(entity, def.name, text),
        (Value::Id(id), _) if !def.nullable && id.is_nil() => Err(required(entity, def)),
        _ => Ok(()),
    }
}

/// Refuses a text that is too long.
pub(super) fn check_text(entity: &'static EntityDef, field: impl Into<Cow<'static, str>>, text: &str) -> Result<()> {
    if text.len() <= LONGEST_TEXT {
        return Ok(());
    }
    Err(CrmError::invalid(
        entity.name,
        field,
        format!("the text is {} bytes long", text.len()),
        format!("Give at most {LONGEST_TEXT} bytes"),
    ))
}

pub(super) fn check_required<E: Entity>(entity: &'static EntityDef, record: &E) -> Result<()> {
    let missing = (managed::COUNT..entity.fields.len())
        .find(|field| !entity.fields[*field].nullable && record.value(*field).is_null());
    missing.map_or(Ok(()), |field| Err(required(entity, &entity.fields[field])))
}

pub(super) fn required(entity: &'static EntityDef, def: &FieldDef) -> CrmError {
    CrmError::invalid(
        entity.name,
        def.name,
        "it is required, and there is nothing in it",
        format!("Give {}", def.kind.describe()),
    )
}

pub(super) fn settable(entity: &'static EntityDef, field: usize, creating: bool) -> Result<()> {
    let refusal = match entity.fields[field].set_by {
        SetBy::Anyone if field >= managed::COUNT => return Ok(()),
        SetBy::Command if creating => return Ok(()),
        SetBy::Command => "it is changed by a named command only, not as a field",
        SetBy::Anyone | SetBy::Engine => "the engine keeps it",
    };
    Err(CrmError::invalid(
        entity.name,
        entity.fields[field].name,
        refusal,
        "Leave it out",
    ))
}
