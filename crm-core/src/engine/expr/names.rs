//! What a dotted name leads to: fields, references by their field's name without `_id`, and the records that refer here.

use super::linked::{self, Link, link};
use super::nearest::{meant, shown};
use super::syntax::Name;
use super::{AskForCustomFields, MOST_HOPS, Result, fault};
use crate::engine::custom::CustomFields;
use crate::engine::entity::{EntityDef, Field, Schema};
use crate::engine::{CrmError, FieldKind, Filter, Path};

const CURRENCY: &str = "_currency";

/// What a name leads to.
pub(super) enum Target {
    /// A field.
    Path(Path),
    /// A record to which the field at the path refers: `customer`.
    Record(Path),
    /// The records that refer by this field to the one behind the hops: `opportunities`.
    Collection {
        /// The references that lead there.
        hops: Vec<Field>,
        /// The field by which they refer.
        by: Field,
    },
    /// The records that are linked to the one behind the hops: `tags`.
    Linked {
        /// The references that lead there.
        hops: Vec<Field>,
        /// What links them.
        link: Link,
    },
}

/// Follows a dotted name from an entity.
pub(super) fn resolve(
    names: &[Name<'_>],
    root: &'static EntityDef,
    schema: Schema,
    custom: AskForCustomFields<'_>,
) -> Result<Target> {
    let mut entity = root;
    let mut hops: Vec<Field> = Vec::new();
    for (position, name) in names.iter().enumerate() {
        let last = position + 1 == names.len();
        if holds_custom_fields(entity, name.text) {
            let end = custom_field(&names[position..], entity, &custom()?)?;
            return Ok(Target::Path(hops.into_iter().rev().fold(end, |path, hop| hop.to(path))));
        }
        if let Some((field, referred)) = reference(entity, name.text, schema) {
            if last {
                return Ok(Target::Record(path(&hops, field)));
            }
            if hops.len() == MOST_HOPS {
                return Err(fault(
                    name.column,
                    format!("the name follows more than {MOST_HOPS} references"),
                    "Ask for a record that is nearer",
                ));
            }
            hops.push(field);
            entity = referred;
            continue;
        }
        if !last {
            return Err(leads_nowhere(name, names[position + 1], entity, schema));
        }
        return end(name, entity, schema, hops);
    }
    Err(fault(1, "a name is missing", "Write a field"))
}

/// What the last name is where it names no record.
fn end(name: &Name<'_>, entity: &'static EntityDef, schema: Schema, hops: Vec<Field>) -> Result<Target> {
    if let Some(index) = entity.field_index(name.text) {
        return Ok(Target::Path(path(&hops, entity.field(index))));
    }
    if let Some(amount) = amount_of(entity, name.text) {
        return Ok(Target::Path(path(&hops, amount).currency()));
    }
    if let Some(by) = collection(entity, name, schema)? {
        return Ok(Target::Collection { hops, by });
    }
    match link(entity, name, schema)? {
        Some(link) => Ok(Target::Linked { hops, link }),
        None => Err(unknown(name, entity, schema)),
    }
}

/// The condition on the record to which references lead.
pub(super) fn behind(hops: Vec<Field>, condition: Filter) -> Filter {
    let inwards = hops.into_iter().rev();
    inwards.fold(condition, |inner, hop| Filter::refers_to(hop, inner))
}

fn path(hops: &[Field], field: Field) -> Path {
    let mut steps = hops.iter().copied().chain([field]);
    let first = Path::from(steps.next().unwrap_or(field));
    steps.fold(first, Path::to)
}

fn holds_custom_fields(entity: &'static EntityDef, name: &str) -> bool {
    entity
        .custom_field()
        .is_some_and(|field| entity.fields[field].name == name)
}

/// The custom field that `custom` and the name behind it mean.
fn custom_field(names: &[Name<'_>], entity: &'static EntityDef, fields: &CustomFields) -> Result<Path> {
    match names {
        [_, key] => fields.path(entity, key.text).ok_or_else(|| {
            let reason = format!("{} has no custom field {}", entity.name, shown(key.text));
            fault(key.column, reason, fields.hint(entity, key.text))
        }),
        [_, _, beyond, ..] => Err(fault(
            beyond.column,
            "a custom field leads to no others",
            "End the name with the key of the field, as in custom.colour",
        )),
        [custom, ..] => Err(fault(
            custom.column,
            format!("{} holds all custom fields of a {}", custom.text, entity.name),
            format!("Name one, as in custom.colour. {}", fields.hint(entity, "")),
        )),
        [] => Err(fault(1, "a name is missing", "Write a field")),
    }
}

/// The reference that a field's name without `_id` stands for, and the entity to which it refers.
fn reference(entity: &'static EntityDef, name: &str, schema: Schema) -> Option<(Field, &'static EntityDef)> {
    entity
        .references()
        .find(|(field, _)| field.reference_name() == Some(name))
        .and_then(|(field, reference)| Some((field, schema.entity(reference.table)?)))
}

/// The amount of whose currency a name speaks: `amount_currency`.
fn amount_of(entity: &'static EntityDef, name: &str) -> Option<Field> {
    let index = entity.field_index(name.strip_suffix(CURRENCY)?)?;
    let field = entity.field(index);
    (field.def().kind == FieldKind::Money).then_some(field)
}

/// The field by which the records of a collection refer to an entity.
fn collection(entity: &'static EntityDef, name: &Name<'_>, schema: Schema) -> Result<Option<Field>> {
    let mut plain = Vec::new();
    for (field, _) in schema.references_to(entity.table) {
        if qualified(field) == name.text {
            return Ok(Some(field));
        }
        if field.entity.table == name.text {
            plain.push(field);
        }
    }
    match plain.as_slice() {
        [] => Ok(None),
        [field] => Ok(Some(*field)),
        several => Err(fault(
            name.column,
            format!("{} refers to {} by several fields", name.text, entity.name),
            format!(
                "Use {}",
                several.iter().copied().map(qualified).collect::<Vec<_>>().join(" or ")
            ),
        )),
    }
}

/// The name of a collection with the field by which its records refer: `affiliations_person`.
fn qualified(field: Field) -> String {
    let by = field.reference_name().unwrap_or(field.def().name);
    format!("{}_{by}", field.entity.table)
}

/// The names of the collections of an entity.
fn collections(entity: &'static EntityDef, schema: Schema) -> Vec<String> {
    let by = schema.references_to(entity.table);
    by.map(|(field, _)| collection_name(field, schema)).collect()
}

/// The name of the collection of those that refer by a field: that of the table, and with the field where there are
/// several.
pub(super) fn collection_name(by: Field, schema: Schema) -> String {
    let referred = by.def().reference.map_or("", |reference| reference.table);
    let of_table = schema
        .references_to(referred)
        .filter(|(field, _)| field.entity == by.entity);
    match of_table.count() {
        1 => by.entity.table.to_owned(),
        _ => qualified(by),
    }
}

/// The error for a name in the middle that is no reference.
fn leads_nowhere(name: &Name<'_>, next: Name<'_>, entity: &'static EntityDef, schema: Schema) -> CrmError {
    let by_id = entity.references().find(|(field, _)| field.def().name == name.text);
    if let Some(short) = by_id.and_then(|(field, _)| field.reference_name()) {
        return fault(
            name.column,
            format!("{} is an id, and has no fields", name.text),
            format!("Write {short}.{}", shown(next.text)),
        );
    }
    match end(name, entity, schema, Vec::new()) {
        Ok(Target::Collection { .. }) => fault(
            name.column,
            format!("{} are several records, and have no field of their own", name.text),
            format!("Write {}.exists(x, x.{} ...)", name.text, shown(next.text)),
        ),
        Ok(Target::Linked { link, .. }) => link.misused(name.column, schema),
        Ok(Target::Path(path)) => fault(
            next.column,
            format!("{} holds {}, and has no fields", name.text, path.kind().describe()),
            "Only references to records lead to fields, as in customer.name",
        ),
        Ok(Target::Record(_)) => unknown(name, entity, schema),
        Err(error) => error,
    }
}

fn unknown(name: &Name<'_>, entity: &'static EntityDef, schema: Schema) -> CrmError {
    let fields: Vec<&str> = entity.fields.iter().map(|field| field.name).collect();
    let records: Vec<&str> = entity
        .references()
        .filter_map(|(field, _)| field.reference_name())
        .collect();
    let collections = collections(entity, schema);
    let linked = linked::tables(entity, schema);
    let currencies: Vec<String> = entity
        .fields
        .iter()
        .filter(|field| field.kind == FieldKind::Money)
        .map(|field| format!("{}{CURRENCY}", field.name))
        .collect();
    let generated = collections.iter().chain(&currencies).map(String::as_str);
    let mut hint = meant(
        name.text,
        fields.iter().chain(&records).chain(&linked).copied().chain(generated),
    );
    hint.push_str(&format!("It has {}", fields.join(", ")));
    for (leads, names) in [
        ("leads to", records.join(", ")),
        ("is referred to by", collections.join(", ")),
        ("is linked with", linked.join(", ")),
    ] {
        if !names.is_empty() {
            hint.push_str(&format!("; it {leads} {names}"));
        }
    }
    fault(
        name.column,
        format!("{} has no {}", entity.name, shown(name.text)),
        hint,
    )
}
