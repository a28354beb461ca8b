//! How the values of a row become a record.

use uuid::Uuid;

use super::lookup::Lookups;
use super::program::{MissingRecord, Program, RowValues, Slot};
use super::report::RowOutcome;
use super::{beside, member, opportunity};
use crate::customers::{Customer, CustomerKind, ExternalId, Known};
use crate::engine::{Assignment, Conditions, CrmError, Entity, Filter, Query, RecordId, Result, Tx, Value};
use crate::ids::CustomerId;
use crate::marketing::CampaignMember;
use crate::sales::Opportunity;

/// What became of a row that was read.
pub(super) enum Landed {
    Done(RowOutcome, Uuid),
    /// It refers to a row that has not been imported yet.
    Waits,
}

/// What is known of rows that could not be imported yet, since they refer to others.
pub(super) trait Awaited {
    /// Whether a record that is not there may still come from a row of this file.
    fn may_come(&self, lookup: usize, text: &str) -> bool;

    /// A record was created because a row refers to it.
    fn created_on_the_way(&mut self, table: &'static str);

    /// A cell refers to nothing that is there, and is left out.
    fn refers_to_nothing(&mut self, input: usize);
}

/// Writes a row: looks up what it refers to, finds its record, and creates or updates that.
pub(super) fn land(
    program: &Program,
    mut values: RowValues<'_>,
    lookups: &mut Lookups,
    awaited: &mut dyn Awaited,
    tx: &mut Tx<'_>,
) -> Result<Landed> {
    if waits(program, &values, lookups, awaited, tx)? {
        return Ok(Landed::Waits);
    }
    for (input, text) in std::mem::take(&mut values.references) {
        let slot = &program.inputs[input].slot;
        let Some((lookup, missing)) = slot.reference() else {
            continue;
        };
        let id = match (lookups.find(lookup, text, tx)?, missing) {
            (Some(id), _) => id,
            (None, MissingRecord::LeaveEmpty) => {
                awaited.refers_to_nothing(input);
                continue;
            }
            (None, MissingRecord::Refuse) => return Err(not_there(program, input, lookup)),
            (None, MissingRecord::Create(fields)) => {
                let id = create_missing(program, lookup, fields, text, tx)?;
                lookups.created(lookup, text, id);
                awaited.created_on_the_way(program.lookups[lookup].entity.table);
                id
            }
        };
        match slot {
            Slot::Reference { spot, .. } => values.part(spot.entity == program.entity).push(Assignment {
                field: spot.field,
                value: Value::Id(id),
            }),
            _ => values.beside.employer = values.beside.employer.or(Some(CustomerId::from_uuid(id))),
        }
    }
    belong_to_parent(program, &mut values);
    name_person(program, &mut values);
    write(program, values, lookups, awaited, tx).map(|(outcome, id)| Landed::Done(outcome, id))
}

/// What a column names as the employer is the parent, where the row is about an organization.
fn belong_to_parent(program: &Program, values: &mut RowValues<'_>) {
    let organization = Value::from(CustomerKind::Organization.code());
    let is_organization = |one: &Assignment| one.field == Customer::KIND.index && one.value == organization;
    if program.entity != Customer::DEF || !values.record.iter().any(is_organization) {
        return;
    }
    if let Some(parent) = values.beside.employer.take() {
        values.record.push(Assignment {
            field: Customer::PARENT_ID.index,
            value: parent.into(),
        });
    }
}

/// A person whose row has the parts of the name only is called by these, in the order of the language they are in.
fn name_person(program: &Program, values: &mut RowValues<'_>) {
    let is_given = |values: &RowValues<'_>, field: usize| values.record.iter().any(|one| one.field == field);
    if program.entity != Customer::DEF || is_given(values, Customer::NAME.index) {
        return;
    }
    let part = |field: usize| {
        let found = values.record.iter().find(|one| one.field == field);
        found.and_then(|one| match &one.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    };
    let given = [Customer::GIVEN_NAME, Customer::MIDDLE_NAME].map(|field| part(field.index));
    let family = part(Customer::FAMILY_NAME.index);
    let parts: Vec<&str> = given.into_iter().chain([family]).flatten().collect();
    let name = match (&parts[..], family) {
        ([], _) => return,
        ([given @ .., _], Some(family)) if family.chars().all(is_east_asian) => format!("{family}{}", given.concat()),
        (parts, _) => parts.join(" "),
    };
    values.record.push(Assignment {
        field: Customer::NAME.index,
        value: name.into(),
    });
}

/// Whether a letter is of a script in which the family name stands first and no space follows it.
fn is_east_asian(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Whether the row refers to one that may still come; found out before anything is written.
fn waits(
    program: &Program,
    values: &RowValues<'_>,
    lookups: &mut Lookups,
    awaited: &dyn Awaited,
    tx: &mut Tx<'_>,
) -> Result<bool> {
    for (input, text) in &values.references {
        if let Some((lookup, _)) = program.inputs[*input].slot.reference()
            && program.lookups[lookup].entity == program.entity
            && awaited.may_come(lookup, text)
            && lookups.find(lookup, text, tx)?.is_none()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn write(
    program: &Program,
    mut values: RowValues<'_>,
    lookups: &mut Lookups,
    awaited: &mut dyn Awaited,
    tx: &mut Tx<'_>,
) -> Result<(RowOutcome, Uuid)> {
    let known = find_linked(program, &values, tx)?;
    let linked = known.as_ref().and_then(Known::record);
    let found = match linked {
        Some(id) => Some(id),
        None => find_by_keys(program, &values, tx)?,
    };
    let external_id = values.external_id;
    let told_beside = std::mem::take(&mut values.beside);
    let (id, mut changed) = match found {
        None => (create(program, values, lookups, awaited, tx)?, false),
        Some(id) => (id, update(program, id, values, lookups, awaited, tx)?),
    };
    if let (Some(system), Some(external_id), Some(known), None) = (&program.system, external_id, known, linked) {
        ExternalId::link_looked_up(tx, system, external_id, program.entity, id, known)?;
        changed = true;
    }
    changed |= beside::write(program.entity, id, found.is_none(), told_beside, lookups, awaited, tx)?;
    let outcome = match (found, changed) {
        (None, _) => RowOutcome::Created,
        (Some(_), true) => RowOutcome::Updated,
        (Some(_), false) => RowOutcome::Unchanged,
    };
    Ok((outcome, id))
}

fn create(
    program: &Program,
    values: RowValues<'_>,
    lookups: &mut Lookups,
    awaited: &mut dyn Awaited,
    tx: &mut Tx<'_>,
) -> Result<Uuid> {
    if program.entity == Opportunity::DEF {
        return opportunity::create(values, lookups.stages(), awaited, tx);
    }
    if program.entity == CampaignMember::DEF {
        return member::create(values, lookups.member_statuses(), awaited, tx);
    }
    tx.create_from_values(program.entity, None, values.record)
}

fn update(
    program: &Program,
    id: Uuid,
    values: RowValues<'_>,
    lookups: &mut Lookups,
    awaited: &mut dyn Awaited,
    tx: &mut Tx<'_>,
) -> Result<bool> {
    if program.entity == Opportunity::DEF {
        return opportunity::update(id, values, lookups.stages(), tx);
    }
    if program.entity == CampaignMember::DEF {
        return member::update(id, values, lookups.member_statuses(), awaited, tx);
    }
    tx.update_from_values(program.entity, id, None, values.record)
}

fn find_linked(program: &Program, values: &RowValues<'_>, tx: &mut Tx<'_>) -> Result<Option<Known>> {
    let Some(system) = &program.system else { return Ok(None) };
    match values.external_id {
        Some(external_id) => ExternalId::look_up(tx, system, program.entity, external_id).map(Some),
        // With nothing else to find it by, the row would be a new record at every import.
        None if program.keys.is_empty() => Err(blank_key(program, "its id in the other system")),
        None => Ok(None),
    }
}

fn find_by_keys(program: &Program, values: &RowValues<'_>, tx: &mut Tx<'_>) -> Result<Option<Uuid>> {
    if program.keys.is_empty() {
        return Ok(None);
    }
    let mut conditions = Vec::with_capacity(program.keys.len());
    for key in &program.keys {
        let assignment = values.record.iter().find(|assignment| assignment.field == *key);
        let Some(assignment) = assignment else {
            return Err(blank_key(program, program.entity.fields[*key].name));
        };
        conditions.push(program.entity.field(*key).is(assignment.value.clone()));
    }
    let query = Query::of_entity(program.entity)
        .filter(Filter::All(conditions))
        .limit(2);
    let found = tx.ids(&query)?;
    match found[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(CrmError::Duplicate {
            entity: program.entity.name,
            field: program.entity.fields[program.keys[0]].name.into(),
            matches: found,
        }),
    }
}

fn blank_key(program: &Program, key: &str) -> CrmError {
    CrmError::invalid(
        program.entity.name,
        "key",
        format!("{key} is blank, and rows are linked by it"),
        "Fill it in",
    )
}

fn not_there(program: &Program, input: usize, lookup: usize) -> CrmError {
    CrmError::invalid(
        "column",
        program.inputs[input].label.clone(),
        format!("it refers to none of the {}", program.lookups[lookup].entity.table),
        "Import those first, replace the value, or let the import create what is missing",
    )
}

fn create_missing(
    program: &Program,
    lookup: usize,
    fields: &[Assignment],
    text: &str,
    tx: &mut Tx<'_>,
) -> Result<Uuid> {
    let lookup = &program.lookups[lookup];
    let mut values = fields.to_vec();
    values.extend(lookup.assignment(text));
    let id = tx.create_from_values(lookup.entity, None, values)?;
    if let Some(system) = lookup.system() {
        ExternalId::link_entity(tx, system, text, lookup.entity, id)?;
    }
    Ok(id)
}
