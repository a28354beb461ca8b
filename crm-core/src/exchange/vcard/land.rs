//! How a card becomes records.

use super::card::{Card, CardAddress, CardContactPoint};
use crate::customers::{
    Affiliation, AffiliationDraft, ContactPoint, ContactPointDraft, Customer, CustomerChange, CustomerDraft,
    CustomerKind, ExternalId, PostalAddress, PostalAddressDraft, Tag,
};
use crate::engine::{Conditions, CrmError, Filter, PathConditions, Query, Result, Tx};
use crate::exchange::report::RowOutcome;
use crate::ids::CustomerId;
use crate::values::Uuid;

/// Under what name the ids of cards stand among the external ids.
const SYSTEM: &str = "vcard";

/// Writes what a card says that is not known yet.
pub(super) fn land(card: &Card, tx: &mut Tx<'_>) -> Result<RowOutcome> {
    let known = find(card, tx)?;
    let (customer, created) = match known {
        Some(id) => (id, false),
        None => (create(card, tx)?, true),
    };
    let mut changed = !created && fill(card, customer, tx)?;
    for contact_point in &card.contact_points {
        changed |= add_contact_point(contact_point, customer, tx)?;
    }
    for address in &card.addresses {
        changed |= add_address(address, customer, tx)?;
    }
    changed |= add_tags(&card.tags, customer, tx)?;
    if let Some(organization) = &card.organization {
        changed |= affiliate(customer, organization, card.role.as_deref(), tx)?;
    }
    if let Some(uid) = &card.uid
        && ExternalId::record::<CustomerId>(tx, SYSTEM, uid)?.is_none()
    {
        ExternalId::link(tx, SYSTEM, uid, customer)?;
        changed = true;
    }
    Ok(match (created, changed) {
        (true, _) => RowOutcome::Created,
        (false, true) => RowOutcome::Updated,
        (false, false) => RowOutcome::Unchanged,
    })
}

/// The customer that the card is of: the one that had its id before or has it as its own, else the one of its name with an address or a number
/// of the card; of a card that has none, the only one of its name.
fn find(card: &Card, tx: &mut Tx<'_>) -> Result<Option<CustomerId>> {
    if let Some(uid) = &card.uid {
        if let Some(known) = ExternalId::record::<CustomerId>(tx, SYSTEM, uid)? {
            return Ok(Some(known));
        }
        // A card that went out from here comes back.
        let own = uid.strip_prefix("urn:uuid:").and_then(|id| Uuid::parse_str(id).ok());
        if let Some(own) = own.map(CustomerId)
            && tx.try_get(own)?.is_some()
        {
            return Ok(Some(own));
        }
    }
    let draft = draft(card);
    let named = match draft.name.as_str() {
        "" => Filter::All(vec![
            Customer::GIVEN_NAME.is(draft.given_name),
            Customer::FAMILY_NAME.is(draft.family_name),
        ]),
        name => Customer::NAME.is(name),
    };
    let of_the_name = Query::of::<Customer>()
        .filter(Customer::KIND.is(card.kind))
        .filter(named);
    let reached_by: Vec<&str> = card.contact_points.iter().map(|one| one.raw.as_str()).collect();
    let meant = if reached_by.is_empty() {
        of_the_name
    } else {
        let reached = ContactPoint::RAW.one_of(reached_by);
        of_the_name.filter(Filter::referred_by(ContactPoint::CUSTOMER_ID, reached))
    };
    let found = tx.find::<Customer>(&meant.limit(2))?;
    Ok(match &found[..] {
        [one] => Some(one.id),
        _ => None,
    })
}

fn draft(card: &Card) -> CustomerDraft {
    let parts = &card.parts;
    CustomerDraft {
        name_prefix: parts.prefix.clone(),
        given_name: parts.given.clone(),
        middle_name: parts.middle.clone(),
        family_name: parts.family.clone(),
        name_suffix: parts.suffix.clone(),
        language: card.language.clone(),
        description: card.note.clone(),
        ..CustomerDraft::new(card.kind, card.name.clone())
    }
}

fn create(card: &Card, tx: &mut Tx<'_>) -> Result<CustomerId> {
    tx.create(draft(card)).map(|customer| customer.id)
}

/// Fills what the customer says nothing of; true where that changed it.
fn fill(card: &Card, id: CustomerId, tx: &mut Tx<'_>) -> Result<bool> {
    let customer = tx.get(id)?;
    let mut changes = Vec::new();
    if customer.description.is_none() && card.note.is_some() {
        changes.push(CustomerChange::Description(card.note.clone()));
    }
    if customer.language.is_none() && card.language.is_some() {
        changes.push(CustomerChange::Language(card.language.clone()));
    }
    if changes.is_empty() {
        return Ok(false);
    }
    tx.update(id, changes, None).map(|_| true)
}

/// One that the customer has already is left as it is.
fn add_contact_point(found: &CardContactPoint, customer: CustomerId, tx: &mut Tx<'_>) -> Result<bool> {
    let added = tx.attempt(|tx| {
        let draft = ContactPointDraft {
            label: found.label.clone(),
            is_primary: found.is_preferred.then_some(true),
            ..ContactPointDraft::new(customer, found.kind, &found.raw)
        };
        ContactPoint::create_unchecked(tx, draft)
    });
    match added {
        Ok(_) => Ok(true),
        Err(CrmError::Duplicate { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

fn add_tags(tags: &[String], customer: CustomerId, tx: &mut Tx<'_>) -> Result<bool> {
    let before = if tags.is_empty() {
        0
    } else {
        Tag::of(tx, customer)?.len()
    };
    for tag in tags {
        Tag::add(tx, customer, tag)?;
    }
    Ok(!tags.is_empty() && Tag::of(tx, customer)?.len() > before)
}

fn add_address(address: &CardAddress, customer: CustomerId, tx: &mut Tx<'_>) -> Result<bool> {
    let same = |field: crate::engine::Field, text: &Option<String>| match text {
        Some(text) => field.is(text.as_str()),
        None => field.empty(),
    };
    let known = Query::of::<PostalAddress>()
        .filter(PostalAddress::CUSTOMER_ID.is(customer))
        .filter(same(PostalAddress::STREET, &address.street))
        .filter(same(PostalAddress::LOCALITY, &address.locality))
        .filter(same(PostalAddress::POSTAL_CODE, &address.postal_code));
    if tx.count(&known)? > 0 {
        return Ok(false);
    }
    tx.create(PostalAddressDraft {
        street: address.street.clone(),
        locality: address.locality.clone(),
        region: address.region.clone(),
        postal_code: address.postal_code.clone(),
        country: address.country.clone(),
        label: address.label.clone(),
        ..PostalAddressDraft::new(customer)
    })
    .map(|_| true)
}

/// Affiliates a person with the organization of a name, which is created where there is none.
fn affiliate(person: CustomerId, organization: &str, role: Option<&str>, tx: &mut Tx<'_>) -> Result<bool> {
    let named = Query::of::<Customer>()
        .filter(Customer::KIND.is(CustomerKind::Organization))
        .filter(Customer::NAME.is(organization))
        .limit(1);
    let organization = match tx.first::<Customer>(&named)? {
        Some(known) => known.id,
        None => tx.create(CustomerDraft::organization(organization))?.id,
    };
    let known = Query::of::<Affiliation>()
        .filter(Affiliation::PERSON_ID.is(person))
        .filter(Affiliation::ORGANIZATION_ID.is(organization));
    if tx.count(&known)? > 0 {
        return Ok(false);
    }
    tx.create(AffiliationDraft {
        role: role.map(str::to_owned),
        ..AffiliationDraft::new(person, organization)
    })
    .map(|_| true)
}
