//! Records at the other end of a link, asked for by their names: `"VIP" in tags`, where what links them is a record of
//! its own that refers to both and goes with either.

use super::names::{behind, collection_name};
use super::operand::{Operand, OperandKind};
use super::syntax::Name;
use super::{Result, fault};
use crate::engine::entity::{EntityDef, Field, OnDelete, Reference, Schema};
use crate::engine::{Conditions, CrmError, FieldKind, Filter, Value, managed};

/// How records of another table are linked to those of an entity.
#[derive(Clone, Copy)]
pub(super) struct Link {
    /// By which the link refers to this record.
    by: Field,
    /// By which it refers to the other.
    to: Field,
    /// The field that names the other.
    title: Field,
}

impl Link {
    /// The table at the other end.
    fn table(&self) -> &'static str {
        self.title.entity.table
    }

    /// The same asked by `exists`.
    fn exists(&self, schema: Schema) -> String {
        let Self { by, to, title } = self;
        let (records, other) = (
            collection_name(*by, schema),
            to.reference_name().unwrap_or(to.def().name),
        );
        format!("{records}.exists(x, x.{other}.{} == \"...\")", title.def().name)
    }

    /// The error for a name of linked records that does not stand behind `in`.
    pub(super) fn misused(&self, column: usize, schema: Schema) -> CrmError {
        let table = self.table();
        fault(
            column,
            format!("{table} are several records, and no value"),
            format!("Write \"...\" in {table}, or {}", self.exists(schema)),
        )
    }
}

/// The links of an entity to others. A link goes with either of its ends, and always has the other one; what refers to
/// two records and lives on without them is no link.
fn links(entity: &'static EntityDef, schema: Schema) -> impl Iterator<Item = Link> {
    let goes_along = |reference: &Reference| reference.on_delete == OnDelete::Cascade;
    let ours = schema
        .references_to(entity.table)
        .filter(move |(_, reference)| goes_along(reference));
    ours.flat_map(move |(by, _)| {
        let others = by
            .entity
            .references()
            .filter(move |(to, _)| *to != by && !to.def().nullable);
        others
            .filter(move |(_, reference)| goes_along(reference))
            .filter_map(move |(to, reference)| {
                let other = schema.entity(reference.table)?;
                let title = other.field(title(other)?);
                Some(Link { by, to, title })
            })
    })
}

/// The field that names a record: the first that is searched, or of those that are not searched the first text.
fn title(entity: &EntityDef) -> Option<usize> {
    let is_text = |field: &usize| entity.fields[*field].kind == FieldKind::Text;
    let first_text = || (managed::COUNT..entity.fields.len()).find(is_text);
    entity.searched_fields().next().or_else(first_text)
}

/// The link to the table that a name means.
pub(super) fn link(entity: &'static EntityDef, name: &Name<'_>, schema: Schema) -> Result<Option<Link>> {
    let links: Vec<Link> = links(entity, schema).filter(|link| link.table() == name.text).collect();
    match links.as_slice() {
        [] => Ok(None),
        [link] => Ok(Some(*link)),
        several => {
            let ways: Vec<String> = several.iter().map(|link| link.exists(schema)).collect();
            Err(fault(
                name.column,
                format!("{} and {} are linked in several ways", entity.table, name.text),
                format!("Use {}", ways.join(" or ")),
            ))
        }
    }
}

/// The tables that a name can mean at the other end of links of an entity.
pub(super) fn tables(entity: &'static EntityDef, schema: Schema) -> Vec<&'static str> {
    let mut tables: Vec<&str> = links(entity, schema).map(|link| link.table()).collect();
    tables.sort_unstable();
    tables.dedup();
    tables.retain(|table| {
        schema
            .references_to(entity.table)
            .all(|(by, _)| by.entity.table != *table)
    });
    tables
}

/// That a record of this name is linked to the one behind the hops.
pub(super) fn is_linked(name: Operand, hops: Vec<Field>, link: Link) -> Result<Filter> {
    match name.kind {
        OperandKind::Constant(Value::Text(text)) => {
            let named = link.to.to(link.title).is(text);
            Ok(behind(hops, Filter::referred_by(link.by, named)))
        }
        other => Err(fault(
            name.column,
            format!(
                "{} are asked for by a name, and this is {}",
                link.table(),
                other.describe()
            ),
            format!("Write the name in quotes, as in \"...\" in {}", link.table()),
        )),
    }
}
