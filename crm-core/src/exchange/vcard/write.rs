use std::io::Write;
use std::path::Path;

use calcard::vcard::{
    VCard, VCardEntry, VCardKind, VCardParameter, VCardProperty, VCardType, VCardValue, VCardValueType, VCardVersion,
};

use crate::customers::{
    Affiliation, ContactPoint, ContactPointKind, Customer, CustomerKind, PostalAddress, Tag, Tagging,
};
use crate::engine::{CrmError, Field, Filter, PathConditions, Query, Reader, Result};
use crate::exchange::whole_file::write_whole;
use crate::ids::CustomerId;

/// How many customers are read at a time, each time with the same number of statements.
const AT_A_TIME: u32 = 200;

/// Writes a card of version 4.0 (RFC 6350) for each customer of a query, and returns how many.
///
/// ```
/// use crm_core::{Crm, customers::{Customer, CustomerDraft}, engine::Query, exchange::write_cards};
/// let crm = Crm::in_memory();
/// crm.write(|tx| tx.create(CustomerDraft::person("李明")))?;
/// let mut cards = Vec::new();
/// let written = crm.read(|reader| write_cards(reader, &Query::of::<Customer>(), &mut cards))?;
/// assert_eq!(written, 1);
/// assert!(String::from_utf8_lossy(&cards).contains("FN:李明\r\n"));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
///
/// # Errors
/// [`CrmError::Invalid`] for a query of other records, [`CrmError::Storage`] where `output` cannot be written.
pub fn write_cards(reader: &mut Reader<'_>, customers: &Query, output: &mut dyn Write) -> Result<u64> {
    let mut page = customers.clone();
    let most = customers.limit.unwrap_or(u32::MAX);
    let mut written = 0;
    loop {
        page.limit = Some(AT_A_TIME.min(most - written));
        let found = reader.page::<Customer>(&page)?;
        let related = Related::of(reader, &found.records)?;
        for customer in &found.records {
            let mut text = String::new();
            let card = card(customer, &related);
            card.write_to(&mut text, VCardVersion::V4_0)
                .map_err(|error| failed(&error.to_string()))?;
            output
                .write_all(text.as_bytes())
                .map_err(|error| failed(&error.to_string()))?;
        }
        written += u32::try_from(found.records.len()).unwrap_or(u32::MAX);
        match found.next {
            Some(next) if written < most => page.after = Some(next),
            _ => return Ok(written.into()),
        }
    }
}

/// Writes the same to a file, which takes its name only when it is whole.
///
/// # Errors
/// As [`write_cards`].
pub fn write_card_file(reader: &mut Reader<'_>, customers: &Query, path: impl AsRef<Path>) -> Result<u64> {
    let failed = |error: &std::io::Error| failed(&error.to_string());
    write_whole(path.as_ref(), failed, |mut file| {
        let written = write_cards(reader, customers, &mut file)?;
        file.flush().map_err(|error| failed(&error))?;
        Ok(written)
    })
}

fn failed(reason: &str) -> CrmError {
    CrmError::storage("writing cards", reason, "Give a file that can be written")
}

/// What belongs to the customers of a page.
struct Related {
    contact_points: Vec<ContactPoint>,
    addresses: Vec<PostalAddress>,
    affiliations: Vec<Affiliation>,
    organizations: Vec<Customer>,
    taggings: Vec<Tagging>,
    tags: Vec<Tag>,
}

impl Related {
    fn of(reader: &mut Reader<'_>, customers: &[Customer]) -> Result<Self> {
        let ids: Vec<CustomerId> = customers.iter().map(|customer| customer.id).collect();
        let belongs = |field: Field| field.one_of(ids.iter().copied());
        let of = |field: Field| Query::of_entity(field.entity).filter(belongs(field));
        let organizations = Filter::referred_by(Affiliation::ORGANIZATION_ID, belongs(Affiliation::PERSON_ID));
        let tags = Filter::referred_by(Tagging::TAG_ID, belongs(Tagging::CUSTOMER_ID));
        Ok(Self {
            contact_points: reader.find(&of(ContactPoint::CUSTOMER_ID))?,
            addresses: reader.find(&of(PostalAddress::CUSTOMER_ID))?,
            affiliations: reader.find(&of(Affiliation::PERSON_ID))?,
            organizations: reader.find(&Query::of::<Customer>().filter(organizations))?,
            taggings: reader.find(&of(Tagging::CUSTOMER_ID))?,
            tags: reader.find(&Query::of::<Tag>().filter(tags))?,
        })
    }

    /// The affiliation by which a person is known: the primary one that lasts, else the first that does.
    fn affiliation(&self, person: CustomerId) -> Option<(&Affiliation, &Customer)> {
        let lasting = |one: &&Affiliation| one.person_id == person && one.to_on.is_none();
        let mut all = self.affiliations.iter().filter(lasting);
        let affiliation = (all.clone().find(|one| one.is_primary)).or_else(|| all.next())?;
        let mut organizations = self.organizations.iter();
        let organization = organizations.find(|one| one.id == affiliation.organization_id)?;
        Some((affiliation, organization))
    }

    fn tags(&self, customer: CustomerId) -> Vec<VCardValue> {
        let own = self.taggings.iter().filter(|one| one.customer_id == Some(customer));
        let tags = own.filter_map(|one| self.tags.iter().find(|tag| tag.id == one.tag_id));
        tags.map(|tag| VCardValue::Text(tag.name.clone())).collect()
    }
}

fn card(customer: &Customer, related: &Related) -> VCard {
    let kind = match customer.kind {
        CustomerKind::Person => VCardKind::Individual,
        CustomerKind::Organization => VCardKind::Org,
    };
    let mut entries = vec![
        VCardEntry::new(VCardProperty::Kind).with_value(VCardValue::Kind(kind)),
        property(VCardProperty::Fn, &customer.name),
    ];
    if customer.given_name.is_some() || customer.family_name.is_some() {
        let parts = [
            &customer.family_name,
            &customer.given_name,
            &customer.middle_name,
            &customer.name_prefix,
            &customer.name_suffix,
        ];
        entries.push(VCardEntry::new(VCardProperty::N).with_values(parts.map(optional).to_vec()));
    }
    if let Some((affiliation, organization)) = related.affiliation(customer.id) {
        entries.push(property(VCardProperty::Org, &organization.name));
        entries.extend(
            affiliation
                .role
                .as_ref()
                .map(|role| property(VCardProperty::Title, role)),
        );
    }
    let own = related
        .contact_points
        .iter()
        .filter(|one| one.customer_id == customer.id);
    entries.extend(own.map(contact_point));
    let own = related.addresses.iter().filter(|one| one.customer_id == customer.id);
    entries.extend(own.map(address));
    let language = customer.language.as_ref();
    entries.extend(language.map(|language| property(VCardProperty::Lang, language)));
    let note = customer.description.as_ref();
    entries.extend(note.map(|note| property(VCardProperty::Note, note)));
    let tags = related.tags(customer.id);
    if !tags.is_empty() {
        entries.push(VCardEntry::new(VCardProperty::Categories).with_values(tags));
    }
    entries.push(property(VCardProperty::Uid, &format!("urn:uuid:{}", customer.id)));
    VCard { entries }
}

fn contact_point(contact_point: &ContactPoint) -> VCardEntry {
    let (name, value) = match contact_point.kind {
        ContactPointKind::Email => (VCardProperty::Email, contact_point.raw.clone()),
        ContactPointKind::Phone => (VCardProperty::Tel, telephone(contact_point)),
        ContactPointKind::Web => (VCardProperty::Url, contact_point.raw.clone()),
        ContactPointKind::Messenger => (VCardProperty::Impp, contact_point.raw.clone()),
    };
    let mut entry = property(name, &value);
    if value.starts_with("tel:") {
        entry.add_param(VCardParameter::value(VCardValueType::Uri));
    }
    add_types(&mut entry, contact_point.label.as_deref());
    if contact_point.is_primary {
        entry.add_param(VCardParameter::pref(1_u32));
    }
    entry
}

/// A number as RFC 3966 writes it, where it is known what number it is.
fn telephone(contact_point: &ContactPoint) -> String {
    match (&contact_point.normalized, &contact_point.extension) {
        (Some(number), None) => format!("tel:{number}"),
        (Some(number), Some(extension)) => format!("tel:{number};ext={extension}"),
        (None, _) => contact_point.raw.clone(),
    }
}

/// An address in the parts of RFC 6350, 6.3.1; the post box and the extended address stay empty, as it advises.
fn address(address: &PostalAddress) -> VCardEntry {
    let parts = [
        &None,
        &None,
        &address.street,
        &address.locality,
        &address.region,
        &address.postal_code,
        &address.country,
    ];
    let mut entry = VCardEntry::new(VCardProperty::Adr).with_values(parts.map(optional).to_vec());
    add_types(&mut entry, address.label.as_deref());
    entry
}

/// Labels in the words of the standard become its types; `mobile` is its `cell`.
fn add_types(entry: &mut VCardEntry, label: Option<&str>) {
    for word in label.unwrap_or_default().split_whitespace() {
        let known = match word {
            "work" => VCardType::Work,
            "home" => VCardType::Home,
            "mobile" => VCardType::Cell,
            "fax" => VCardType::Fax,
            "pager" => VCardType::Pager,
            "billing" => VCardType::Billing,
            "shipping" | "delivery" => VCardType::Delivery,
            _ => continue,
        };
        entry.add_param(VCardParameter::typ(known));
    }
}

fn property(name: VCardProperty, text: &str) -> VCardEntry {
    VCardEntry::new(name).with_value(VCardValue::Text(text.to_owned()))
}

fn optional(text: &Option<String>) -> VCardValue {
    VCardValue::Text(text.clone().unwrap_or_default())
}
