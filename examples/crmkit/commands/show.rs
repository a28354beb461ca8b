use crmkit::Crm;
use crmkit::customers::Customer;
use crmkit::engine::{Entity, Reader, RecordId, Result as CrmResult, Value};
use crmkit::ids::CustomerId;
use crmkit::insight::{Hit, Search, View360};
use crmkit::table::{Cell, ColumnKind, Table};
use crmkit::values::Uuid;

use crate::arguments;
use crate::failure::Failure;
use crate::kinds::{self, Record};
use crate::sheet::table;

/// How many candidates are named where several records could be meant.
const CANDIDATES: usize = 10;

/// What a record holds, and of a customer whom and what there is around it.
pub(super) fn run(crm: &Crm, arguments: &arguments::Show) -> Result<Vec<Table>, Failure> {
    crm.read(|reader| {
        let record = match the_one(reader, &arguments.what)? {
            Ok(record) => record,
            Err(failure) => return Ok(Err(failure)),
        };
        let mut sheets = vec![fields(reader, &record)?];
        if record.entity == Customer::DEF {
            let view = View360::of(reader, CustomerId::from_uuid(record.id))?;
            sheets.extend(around(&view));
        }
        Ok(Ok(sheets))
    })?
}

/// The fields that hold something; what they refer to by its name.
fn fields(reader: &mut Reader<'_>, record: &Record) -> CrmResult<Table> {
    // A value is of the kind of its field.
    let mut fields = table(
        format!("{} {}", record.entity.name, record.id),
        [
            ("field", ColumnKind::Text),
            ("value", ColumnKind::Text),
            ("id", ColumnKind::Id),
        ],
    );
    // The title has the id already.
    let held = record.entity.fields.iter().zip(record.values.iter()).skip(1);
    for (field, value) in held.filter(|(_, value)| !value.is_null()) {
        match (value, field.reference) {
            (Value::Id(id), Some(reference)) => {
                let referred = kinds::get(reader, reference.table, *id)?;
                let title = referred.as_ref().and_then(Record::title).unwrap_or_default();
                fields.row([field.name.into(), title.into(), value.clone().into()]);
            }
            (Value::Id(_), None) => fields.row([field.name.into(), Cell::EMPTY, value.clone().into()]),
            (Value::Custom(values), _) => {
                let definitions = reader.custom_fields()?;
                for (key, value) in values.iter() {
                    let definition = definitions.by_storage_key(record.entity, key);
                    let name = definition.map_or_else(|| key.to_string(), |definition| definition.key.clone());
                    fields.row([name.into(), value.clone().into(), Cell::EMPTY]);
                }
            }
            _ => fields.row([field.name.into(), value.clone().into(), Cell::EMPTY]),
        }
    }
    Ok(fields)
}

/// How a customer is reached, who belongs to it, and what is going on; what there is none of is left out.
fn around(view: &View360) -> Vec<Table> {
    let mut reached = table(
        "Contact points",
        [
            ("kind", ColumnKind::Text),
            ("value", ColumnKind::Text),
            ("label", ColumnKind::Text),
            ("primary", ColumnKind::Bool),
        ],
    );
    for point in &view.contact_points {
        reached.row([
            point.kind.code().into(),
            point.raw.as_str().into(),
            point.label.clone().into(),
            point.is_primary.into(),
        ]);
    }
    let mut people = table(
        "Affiliations",
        [
            ("name", ColumnKind::Text),
            ("role", ColumnKind::Text),
            ("id", ColumnKind::Id),
        ],
    );
    for person in &view.people {
        people.row([
            person.name.as_str().into(),
            person.role.clone().into(),
            person.customer.into(),
        ]);
    }
    let mut deals = table(
        "Open deals",
        [
            ("name", ColumnKind::Text),
            ("stage", ColumnKind::Text),
            ("amount", ColumnKind::Money),
            ("close_on", ColumnKind::Date),
            ("id", ColumnKind::Id),
        ],
    );
    for deal in &view.open_deals {
        deals.row([
            deal.name.as_str().into(),
            deal.stage_name.as_str().into(),
            deal.amount.into(),
            deal.close_on.into(),
            deal.opportunity.into(),
        ]);
    }
    let mut interactions = table(
        "Last interactions",
        [
            ("starts_at", ColumnKind::Instant),
            ("kind", ColumnKind::Text),
            ("subject", ColumnKind::Text),
        ],
    );
    for interaction in &view.last_interactions {
        interactions.row([
            interaction.starts_at.into(),
            interaction.kind.code().into(),
            interaction.subject.clone().into(),
        ]);
    }
    let mut tasks = table(
        "Open tasks",
        [("subject", ColumnKind::Text), ("due_on", ColumnKind::Date)],
    );
    for task in &view.open_tasks {
        tasks.row([task.subject.as_str().into(), task.due_on.into()]);
    }
    let tables = [reached, people, deals, interactions, tasks];
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

/// The one record that is meant: by its id, by the beginning of it, or by what it is called.
pub(super) fn the_one(reader: &mut Reader<'_>, what: &[String]) -> CrmResult<Result<Record, Failure>> {
    let text = what.join(" ");
    let mut found = match ids_that_begin_with(&text) {
        Some((first, last)) => kinds::between(reader, first, last)?,
        None => Vec::new(),
    };
    if found.is_empty() {
        for hit in called(reader, &text)? {
            found.extend(kinds::get(reader, hit.entity.table, hit.id)?);
        }
    }
    if found.len() > 1 {
        return Ok(Err(Failure::not_found(candidates(&found))));
    }
    let nothing = || Failure::not_found("nothing has that id or name. `crmkit find` looks by parts of words.");
    Ok(found.pop().ok_or_else(nothing))
}

/// What is found by a text: what is called exactly so, else what has it in its name, else all.
fn called(reader: &mut Reader<'_>, text: &str) -> CrmResult<Vec<Hit>> {
    let found = Search::new(text).limit(CANDIDATES).run(reader)?.hits;
    let same = |hit: &Hit| hit.title.trim().to_lowercase() == text.trim().to_lowercase();
    let wanted: [&dyn Fn(&Hit) -> bool; 2] = [&same, &|hit| hit.in_title];
    let closest = wanted.map(|wanted| {
        let hits = found.iter().filter(|hit| wanted(hit));
        hits.cloned().collect::<Vec<_>>()
    });
    let closest = closest.into_iter().find(|hits| !hits.is_empty());
    Ok(closest.unwrap_or(found))
}

/// What somebody who asked for one of these is answered.
fn candidates(found: &[Record]) -> String {
    let lines = found.iter().map(|record| {
        let title = record.title().unwrap_or_default();
        format!("\n  {}  {}  {title}", record.id, record.entity.name)
    });
    format!(
        "several records could be meant. Give the id of one:{}",
        lines.collect::<String>()
    )
}

/// The first and the last id that begin with these digits; nothing where the text is no beginning of an id, or one of
/// fewer than eight digits.
fn ids_that_begin_with(text: &str) -> Option<(Uuid, Uuid)> {
    let digits: String = text.chars().filter(|letter| *letter != '-').collect();
    let is_beginning = (8..=32).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let filled = |with: &str| Uuid::try_parse(&(digits.clone() + &with.repeat(32 - digits.len()))).ok();
    is_beginning.then(|| filled("0").zip(filled("f"))).flatten()
}
