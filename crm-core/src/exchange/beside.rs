//! What a row tells of its record that is kept in records beside it: ways to reach a customer, addresses, tags, and the
//! organization for which a person works.
//!
//! A row adds, and changes what it names; what it does not name stays. What is there already is not written again.

use uuid::Uuid;

use super::landing::Awaited;
use super::lookup::Lookups;
use super::program::Beside;
use super::resolve::tagged_by;
use crate::customers::{
    Affiliation, AffiliationChange, AffiliationDraft, ContactPoint, ContactPointDraft, ContactPointKind, PostalAddress,
    Tag, TagDraft, Tagging,
};
use crate::engine::{
    Assignment, Conditions, CrmError, Entity, EntityDef, PathConditions, Query, RecordId, Result, Tx, Value,
};
use crate::ids::{CustomerId, TagId};

/// Writes it; false where all of it was there.
pub(super) fn write(
    entity: &'static EntityDef,
    id: Uuid,
    is_new: bool,
    told: Beside<'_>,
    lookups: &mut Lookups,
    awaited: &mut dyn Awaited,
    tx: &mut Tx<'_>,
) -> Result<bool> {
    let customer = CustomerId::from_uuid(id);
    let mut changed = contact_points(customer, is_new, &told, tx)?;
    changed |= addresses(customer, is_new, &told, tx)?;
    changed |= employer(customer, is_new, &told, tx)?;
    changed |= tags(entity, id, is_new, &told, lookups, awaited, tx)?;
    Ok(changed)
}

fn contact_points(customer: CustomerId, is_new: bool, told: &Beside<'_>, tx: &mut Tx<'_>) -> Result<bool> {
    if told.contact_points.is_empty() {
        return Ok(false);
    }
    let of_customer = Query::of::<ContactPoint>().filter(ContactPoint::CUSTOMER_ID.is(customer));
    let there: Vec<ContactPoint> = if is_new { Vec::new() } else { tx.find(&of_customer)? };
    let mut changed = false;
    for (kind, label, raw) in &told.contact_points {
        let same = |one: &ContactPoint| one.kind == *kind && comparable(*kind, &one.raw) == comparable(*kind, raw);
        if there.iter().any(same) {
            continue;
        }
        let draft = ContactPointDraft {
            label: label.map(str::to_owned),
            ..ContactPointDraft::new(customer, *kind, *raw)
        };
        match ContactPoint::create_unchecked(tx, draft) {
            // It is there, written otherwise.
            Err(CrmError::Duplicate { .. }) => {}
            created => changed |= created.map(|_| true)?,
        }
    }
    Ok(changed)
}

/// The form in which two ways of writing the same are equal, whatever else is known of it.
fn comparable(kind: ContactPointKind, raw: &str) -> String {
    match kind {
        ContactPointKind::Phone => raw.chars().filter(|letter| !letter.is_whitespace()).collect(),
        _ => raw.trim().to_lowercase(),
    }
}

fn addresses(customer: CustomerId, is_new: bool, told: &Beside<'_>, tx: &mut Tx<'_>) -> Result<bool> {
    if told.addresses.is_empty() {
        return Ok(false);
    }
    let of_customer = Query::of::<PostalAddress>().filter(PostalAddress::CUSTOMER_ID.is(customer));
    let there: Vec<PostalAddress> = if is_new { Vec::new() } else { tx.find(&of_customer)? };
    let mut labels: Vec<Option<&str>> = Vec::new();
    for (label, _) in &told.addresses {
        if !labels.contains(label) {
            labels.push(*label);
        }
    }
    let mut changed = false;
    for label in labels {
        let parts = told.addresses.iter().filter(|(other, _)| *other == label);
        let mut values: Vec<Assignment> = parts.map(|(_, part)| part.clone()).collect();
        if let Some(known) = there.iter().find(|one| one.label.as_deref() == label) {
            changed |= tx.update_from_values(PostalAddress::DEF, known.id.uuid(), None, values)?;
            continue;
        }
        values.push(assign(PostalAddress::CUSTOMER_ID.index, customer.into()));
        values.extend(label.map(|label| assign(PostalAddress::LABEL.index, label.into())));
        tx.create_from_values(PostalAddress::DEF, None, values)?;
        changed = true;
    }
    Ok(changed)
}

/// A person that works there already keeps the affiliation; what the person does there follows the row.
fn employer(person: CustomerId, is_new: bool, told: &Beside<'_>, tx: &mut Tx<'_>) -> Result<bool> {
    let Some(organization) = told.employer else {
        return Ok(false);
    };
    let role = told.job_title.map(str::to_owned);
    let lasting = Query::of::<Affiliation>()
        .filter(Affiliation::PERSON_ID.is(person))
        .filter(Affiliation::TO_ON.empty());
    let there: Vec<Affiliation> = if is_new { Vec::new() } else { tx.find(&lasting)? };
    match there.iter().find(|one| one.organization_id == organization) {
        Some(known) if role.is_none() || role == known.role => Ok(false),
        Some(known) => tx.update(known.id, [AffiliationChange::Role(role)], None).map(|_| true),
        None => {
            let mut draft = AffiliationDraft::new(person, organization);
            draft.role = role;
            draft.is_primary = Some(!there.iter().any(|one| one.is_primary));
            tx.create(draft).map(|_| true)
        }
    }
}

fn tags(
    entity: &'static EntityDef,
    id: Uuid,
    is_new: bool,
    told: &Beside<'_>,
    lookups: &mut Lookups,
    awaited: &mut dyn Awaited,
    tx: &mut Tx<'_>,
) -> Result<bool> {
    let Some(field) = tagged_by(entity).filter(|_| !told.tags.is_empty()) else {
        return Ok(false);
    };
    let of_record = Query::of::<Tagging>().filter(Tagging::DEF.field(field).is(Value::Id(id)));
    let there: Vec<Tagging> = if is_new { Vec::new() } else { tx.find(&of_record)? };
    let mut marked: Vec<TagId> = there.iter().map(|tagging| tagging.tag_id).collect();
    let mut changed = false;
    for name in &told.tags {
        let tag = tag(name, lookups, awaited, tx)?;
        if marked.contains(&tag) {
            continue;
        }
        let values = vec![assign(Tagging::TAG_ID.index, tag.into()), assign(field, Value::Id(id))];
        tx.create_from_values(Tagging::DEF, None, values)?;
        marked.push(tag);
        changed = true;
    }
    Ok(changed)
}

/// The tag of this name, in capitals or not; created where there is none.
fn tag(name: &str, lookups: &mut Lookups, awaited: &mut dyn Awaited, tx: &mut Tx<'_>) -> Result<TagId> {
    if lookups.tags().is_empty() {
        let all: Vec<Tag> = tx.find(&Query::of::<Tag>())?;
        lookups
            .tags()
            .extend(all.into_iter().map(|tag| (tag.name.to_lowercase(), tag.id)));
    }
    let key = name.to_lowercase();
    if let Some(known) = lookups.tags().get(&key) {
        return Ok(*known);
    }
    let created = tx.create(TagDraft::new(name))?.id;
    awaited.created_on_the_way(Tag::DEF.table);
    lookups.tags().insert(key, created);
    Ok(created)
}

const fn assign(field: usize, value: Value) -> Assignment {
    Assignment { field, value }
}
