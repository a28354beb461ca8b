//! How the values of a row become a record.

use uuid::Uuid;

use super::lookup::Lookups;
use super::opportunity::{self, Stages};
use super::program::{MissingRecord, Program, RowValues, Slot};
use super::report::RowOutcome;
use crate::customers::{ExternalId, Known};
use crate::engine::{Assignment, Conditions, CrmError, Entity, Filter, Query, Result, Tx, Value};
use crate::sales::Opportunity;

/// What became of a row that was read.
pub(super) enum Landed {
    Done(RowOutcome),
    /// It refers to a row that has not been imported yet.
    Waits,
}

/// What is known of rows that could not be imported yet, since they refer to others.
pub(super) trait Awaited {
    /// Whether a record that is not there may still come from a row of this file.
    fn may_come(&self, lookup: usize, text: &str) -> bool;

    /// A record was created because a row refers to it.
    fn created_on_the_way(&mut self, table: &'static str);
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
        let Slot::Reference { spot, lookup, missing } = &program.inputs[input].slot else {
            continue;
        };
        let id = match (lookups.find(*lookup, text, tx)?, missing) {
            (Some(id), _) => id,
            (None, MissingRecord::LeaveEmpty) => continue,
            (None, MissingRecord::Refuse) => return Err(not_there(program, input, *lookup)),
            (None, MissingRecord::Create(fields)) => {
                let id = create_missing(program, *lookup, fields, text, tx)?;
                lookups.created(*lookup, text, id);
                awaited.created_on_the_way(program.lookups[*lookup].entity.table);
                id
            }
        };
        values.part(spot.entity == program.entity).push(Assignment {
            field: spot.field,
            value: Value::Id(id),
        });
    }
    write(program, values, lookups.stages(), tx).map(Landed::Done)
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
        if let Slot::Reference { lookup, .. } = &program.inputs[*input].slot
            && program.lookups[*lookup].entity == program.entity
            && awaited.may_come(*lookup, text)
            && lookups.find(*lookup, text, tx)?.is_none()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn write(program: &Program, values: RowValues<'_>, stages: &mut Stages, tx: &mut Tx<'_>) -> Result<RowOutcome> {
    let known = find_linked(program, &values, tx)?;
    let linked = known.as_ref().and_then(Known::record);
    let found = match linked {
        Some(id) => Some(id),
        None => find_by_keys(program, &values, tx)?,
    };
    let external_id = values.external_id;
    let (id, mut outcome) = match found {
        None => (create(program, values, stages, tx)?, RowOutcome::Created),
        Some(id) => {
            let changed = update(program, id, values, stages, tx)?;
            let outcome = if changed {
                RowOutcome::Updated
            } else {
                RowOutcome::Unchanged
            };
            (id, outcome)
        }
    };
    if let (Some(system), Some(external_id), Some(known), None) = (&program.system, external_id, known, linked) {
        ExternalId::link_looked_up(tx, system, external_id, program.entity, id, known)?;
        if outcome == RowOutcome::Unchanged {
            outcome = RowOutcome::Updated;
        }
    }
    Ok(outcome)
}

fn create(program: &Program, values: RowValues<'_>, stages: &mut Stages, tx: &mut Tx<'_>) -> Result<Uuid> {
    if program.entity == Opportunity::DEF {
        return opportunity::create(values, stages, tx);
    }
    tx.create_from_values(program.entity, None, values.record)
}

fn update(program: &Program, id: Uuid, values: RowValues<'_>, stages: &mut Stages, tx: &mut Tx<'_>) -> Result<bool> {
    if program.entity == Opportunity::DEF {
        return opportunity::update(id, values, stages, tx);
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
