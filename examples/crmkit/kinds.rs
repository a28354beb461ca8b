//! Records of any kind, by their ids.

use crmkit::engine::{Conditions, EntityDef, Query, Reader, Result, Row, Value, managed};
use crmkit::values::Uuid;

/// A record whose kind is known only now.
pub(crate) struct Record {
    pub(crate) entity: &'static EntityDef,
    pub(crate) id: Uuid,
    /// Its fields in their order.
    pub(crate) values: Row,
}

impl Record {
    /// What it is called: its name, or its subject.
    pub(crate) fn title(&self) -> Option<&str> {
        let field = |name: &str| self.entity.fields.iter().position(|field| field.name == name);
        let title = field("name").or_else(|| field("subject"))?;
        match self.values.get(title) {
            Some(Value::Text(title)) => Some(title),
            _ => None,
        }
    }
}

/// The record of a table with this id, deleted or not.
pub(crate) fn get(reader: &mut Reader<'_>, table: &str, id: Uuid) -> Result<Option<Record>> {
    let Some(entity) = reader.schema().entity(table) else {
        return Ok(None);
    };
    let row = reader.row_with_deleted(entity, id)?;
    Ok(row.map(|values| Record { entity, id, values }))
}

/// The records whose ids lie between two, of all kinds, and of each at most two.
pub(crate) fn between(reader: &mut Reader<'_>, first: Uuid, last: Uuid) -> Result<Vec<Record>> {
    let mut found = Vec::new();
    for entity in reader.schema().entities() {
        let id = entity.field(managed::ID);
        let query = Query::of_entity(entity)
            .filter(id.at_least(Value::Id(first)))
            .filter(id.at_most(Value::Id(last)))
            .limit(2);
        found.extend(
            reader
                .rows(&query)?
                .into_iter()
                .filter_map(|values| match values[managed::ID] {
                    Value::Id(id) => Some(Record { entity, id, values }),
                    _ => None,
                }),
        );
    }
    Ok(found)
}
