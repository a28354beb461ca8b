//! The kinds of records as data, from which Python's classes, signatures and stubs follow.

use crmkit::engine::{Entity, FieldKind, SetBy, managed};
use serde_json::{Value, json};

macro_rules! entities {
    ($($module:ident::$entity:ident, $id:ident;)+) => {
        /// All kinds of records.
        pub(crate) fn entities() -> Value {
            Value::Array(vec![$(entity::<crmkit::$module::$entity>(stringify!($entity))),+])
        }
    };
}

crmkit::for_each_entity!(entities);

fn entity<E: Entity>(class: &str) -> Value {
    let fields: Vec<Value> = (0..E::DEF.fields.len()).map(field::<E>).collect();
    json!({
        "class": class,
        "name": E::DEF.name,
        "table": E::DEF.table,
        // What it is; the rest is about its use from Rust.
        "doc": E::DEF.doc.split("\n\n").next(),
        "fields": fields,
    })
}

fn field<E: Entity>(place: usize) -> Value {
    let field = &E::DEF.fields[place];
    let set_by = match field.set_by {
        _ if place == managed::ID => "anyone",
        SetBy::Anyone => "anyone",
        SetBy::Command => "command",
        SetBy::Engine => "engine",
    };
    json!({
        "name": field.name,
        "doc": field.doc,
        "kind": kind(field.kind),
        "choice": choice(field.kind),
        "nullable": field.nullable,
        "references": field.reference.map(|reference| reference.table),
        "set_by": set_by,
        "is_managed": place < managed::COUNT,
        "is_required": !field.nullable && place >= managed::COUNT && E::default_value(place).is_null(),
    })
}

fn kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Bool => "bool",
        FieldKind::Integer => "integer",
        FieldKind::Decimal { .. } => "decimal",
        FieldKind::Text => "text",
        FieldKind::Choice(_) => "choice",
        FieldKind::Money => "money",
        FieldKind::Date => "date",
        FieldKind::Instant => "instant",
        FieldKind::Id => "id",
        FieldKind::Custom => "custom",
    }
}

fn choice(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Choice(def) => {
            let members: Vec<Value> = def
                .codes
                .iter()
                .zip(def.docs)
                .map(|(code, doc)| json!({ "code": code, "doc": doc }))
                .collect();
            json!({ "name": def.name, "doc": def.doc, "members": members })
        }
        _ => Value::Null,
    }
}
