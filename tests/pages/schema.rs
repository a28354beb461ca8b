//! `docs/schema.md`: every kind of record, its fields, and a diagram of each room.

use std::fmt::Write as _;

use crmkit::engine::{EntityDef, FieldDef, FieldKind, OnDelete, SetBy, managed};

macro_rules! rooms {
    ($($room:ident::$entity:ident, $id:ident;)+) => {
        /// Every kind of record with the room it stands in.
        const ENTITIES: &[(&str, &EntityDef)] =
            &[$((stringify!($room), <crmkit::$room::$entity as crmkit::engine::Entity>::DEF)),+];
    };
}

crmkit::for_each_entity!(rooms);

const HEAD: &str = "\
# The records

Every kind of record with its fields, as the definitions say it; `make pages` writes this page. In the SQLite file each
kind is a table of the same name, and a view to read: [the views](views.md).

Every record has these fields besides its own, which the engine keeps:

| Field | Holds |
| --- | --- |
| `id` | its id, a UUIDv7, made where the record is made |
| `revision` | how many times it was written, from 1 |
| `created_at` | when it was written first |
| `updated_at` | when it was written last |
| `deleted_at` | when it was deleted; empty while it is not |

A field that is *set by command* may be given when the record is created; afterwards a named command changes it. One that
is *kept by the engine* follows from others.
";

#[test]
fn the_schema_page_says_what_the_definitions_say() {
    super::check("docs/schema.md", &page());
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for room in rooms_in_order() {
        let entities: Vec<_> = of_room(room).collect();
        let _ = write!(page, "\n## {room}\n\n{}", diagram(&entities));
        for entity in entities {
            let _ = write!(page, "\n{}", table(entity));
        }
    }
    page
}

fn rooms_in_order() -> Vec<&'static str> {
    let mut rooms: Vec<&str> = ENTITIES.iter().map(|(room, _)| *room).collect();
    rooms.dedup();
    rooms
}

fn of_room(room: &str) -> impl Iterator<Item = &'static EntityDef> {
    ENTITIES
        .iter()
        .filter(move |(of, _)| *of == room)
        .map(|(_, entity)| *entity)
}

/// The references between the records of a room, and from there to others.
fn diagram(entities: &[&'static EntityDef]) -> String {
    let mut diagram = "```mermaid\nerDiagram\n".to_owned();
    for entity in entities {
        let mut alone = true;
        for (field, reference) in entity.references() {
            alone = false;
            let one = if field.def().nullable { "|o" } else { "||" };
            let (table, name) = (reference.table, field.def().name);
            let _ = writeln!(diagram, "    {table} {one}--o{{ {} : {name}", entity.table);
        }
        if alone {
            let _ = writeln!(diagram, "    {}", entity.table);
        }
    }
    diagram + "```\n"
}

fn table(entity: &EntityDef) -> String {
    // Without its example, which is for those who read the code.
    let says = entity.doc.split("```").next().unwrap_or_default();
    let mut table = format!(
        "### {}\n\n{}\n\n| Field | Holds | |\n| --- | --- | --- |\n",
        entity.table,
        says.trim_end().replace("\n\n", "\n").replace('\n', " ")
    );
    for field in &entity.fields[managed::COUNT..] {
        let (kind, marks) = (kind(field.kind), marks(field).join(", "));
        let _ = writeln!(table, "| `{}` | {} *{kind}* | {marks} |", field.name, cell(field.doc));
    }
    table
}

fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

fn kind(kind: FieldKind) -> String {
    match kind {
        FieldKind::Choice(choice) => choice.codes.join(" \\| "),
        other => other.describe(),
    }
}

fn marks(field: &FieldDef) -> Vec<String> {
    let mut marks = Vec::new();
    if !field.nullable {
        marks.push("required".to_owned());
    }
    if let Some(reference) = field.reference {
        let deleted = match reference.on_delete {
            OnDelete::Restrict => "keeps it from being deleted",
            OnDelete::Cascade => "deleted with it",
            OnDelete::SetNull => "emptied when it is deleted",
            OnDelete::Keep => "kept when it is deleted",
        };
        marks.push(format!("of [{table}](#{table}), {deleted}", table = reference.table));
    }
    match field.set_by {
        SetBy::Anyone => {}
        SetBy::Command => marks.push("set by command".into()),
        SetBy::Engine => marks.push("kept by the engine".into()),
    }
    if field.indexed && field.reference.is_none() {
        marks.push("indexed".into());
    }
    if field.searched {
        marks.push("searched".into());
    }
    marks
}
