//! Records of any kind, by their ids.

use crmkit::engine::{Conditions, Entity, EntityDef, Query, Reader, RecordId, Result, Value};
use crmkit::values::Uuid;

/// A record whose kind is known only now.
pub(crate) struct Record {
    pub(crate) entity: &'static EntityDef,
    pub(crate) id: Uuid,
    /// Its fields in their order.
    pub(crate) values: Vec<Value>,
}

impl Record {
    pub(crate) fn of<E: Entity>(record: &E) -> Self {
        Self {
            entity: E::DEF,
            id: record.id().uuid(),
            values: (0..E::DEF.fields.len()).map(|field| record.value(field)).collect(),
        }
    }

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

macro_rules! kinds {
    ($($module:ident::$entity:ident, $id:ident;)+) => {
        /// The record of a table with this id, deleted or not.
        pub(crate) fn get(reader: &mut Reader<'_>, table: &str, id: Uuid) -> Result<Option<Record>> {
            $(
                if table == crmkit::$module::$entity::DEF.table {
                    let record = reader.get_with_deleted(crmkit::ids::$id::from_uuid(id))?;
                    return Ok(record.map(|record| Record::of(&record)));
                }
            )+
            Ok(None)
        }

        /// The records whose ids lie between two, of all kinds, and of each at most two.
        pub(crate) fn between(reader: &mut Reader<'_>, first: Uuid, last: Uuid) -> Result<Vec<Record>> {
            let mut found = Vec::new();
            $(
                found.extend(two_of::<crmkit::$module::$entity>(reader, first, last)?);
            )+
            Ok(found)
        }
    };
}

crmkit::for_each_entity!(kinds);

fn two_of<E: Entity>(reader: &mut Reader<'_>, first: Uuid, last: Uuid) -> Result<Vec<Record>> {
    let id = E::DEF.field(0);
    let query = Query::of::<E>()
        .filter(id.at_least(Value::Id(first)))
        .filter(id.at_most(Value::Id(last)))
        .limit(2);
    Ok(reader.find::<E>(&query)?.iter().map(Record::of).collect())
}
