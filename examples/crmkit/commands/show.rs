use crmkit::Crm;
use crmkit::engine::{Reader, Result as CrmResult, Value};
use crmkit::values::Uuid;

use super::find;
use crate::arguments;
use crate::failure::Failure;
use crate::kinds::{self, Record};
use crate::sheet::{Cell, Sheet};

/// How many candidates are named where several records could be meant.
const CANDIDATES: u32 = 10;

/// The fields of a record; what it refers to by its name.
pub(super) fn run(crm: &Crm, arguments: &arguments::Show) -> Result<Sheet, Failure> {
    crm.read(|reader| {
        let record = match the_one(reader, &arguments.what)? {
            Ok(record) => record,
            Err(failure) => return Ok(Err(failure)),
        };
        let mut sheet = Sheet::new(
            format!("{} {}", record.entity.name, record.id),
            ["field", "value", "id"],
        );
        for (field, value) in record.entity.fields.iter().zip(&record.values) {
            let (told, id) = match (value, field.reference) {
                (Value::Id(id), Some(reference)) => {
                    let referred = kinds::get(reader, reference.table, *id)?;
                    let title = referred.as_ref().and_then(Record::title).unwrap_or_default();
                    (Cell::Text(title.to_owned()), Cell::Value(value.clone()))
                }
                (Value::Id(_), None) => (Cell::Empty, Cell::Value(value.clone())),
                _ => (Cell::Value(value.clone()), Cell::Empty),
            };
            sheet.row([field.name.into(), told, id]);
        }
        Ok(Ok(sheet))
    })?
}

/// The one record that is meant: by its id, by the beginning of it, or by what it is called.
pub(super) fn the_one(reader: &mut Reader<'_>, what: &[String]) -> CrmResult<Result<Record, Failure>> {
    let text = what.join(" ");
    let mut found = match ids_that_begin_with(&text) {
        Some((first, last)) => kinds::between(reader, first, last)?,
        None => Vec::new(),
    };
    if found.is_empty() {
        found = find::records(reader, &text, CANDIDATES)?;
    }
    if found.len() > 1 {
        return Ok(Err(Failure::not_found(candidates(&found))));
    }
    Ok(found.pop().ok_or_else(|| {
        Failure::not_found("nothing has that id or name. `crmkit find` looks by parts of words.".to_owned())
    }))
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
