use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use unicode_normalization::UnicodeNormalization;

use super::calendar::Calendar;
use super::data::{Country, Names, Written};
use super::organizations::Organization;
use super::telephone::{Telephone, Telephones};
use crate::customers::{AffiliationDraft, BuyingRole, ContactPointDraft, ContactPointKind, CustomerDraft, Lifecycle};
use crate::engine::{Random, Result, Tx};
use crate::ids::CustomerId;

/// How many people there are before some are typed twice.
const PEOPLE: usize = 188;

/// Somebody who works for a customer.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) id: CustomerId,
    /// The place of the organization.
    pub(super) organization: usize,
    pub(super) name: Name,
    pub(super) title: &'static str,
    pub(super) buying_role: BuyingRole,
    pub(super) mail: String,
    pub(super) telephone: Telephone,
}

/// A name by its parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    pub(super) family: Written,
    pub(super) given: Written,
    pub(super) family_first: bool,
}

impl Name {
    /// As it is written: `李明`, `Sabine Müller`.
    pub(super) fn whole(&self) -> String {
        let (family, given) = (self.family.0, self.given.0);
        if self.family_first {
            format!("{family}{given}")
        } else {
            format!("{given} {family}")
        }
    }

    /// In plain Latin letters, family name and given name: `Li`, `Ming`; `Mueller`, `Sabine`.
    pub(super) fn latin(&self) -> (String, String) {
        let capitalized = |part: Written| {
            let latin = latin(part);
            let mut letters = latin.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or(latin.clone())
        };
        (capitalized(self.family), capitalized(self.given))
    }

    /// What stands before the `@` of a mail address.
    fn local_part(&self) -> String {
        let plain = |part: Written| -> String {
            let latin = latin(part).to_lowercase();
            latin.chars().filter(char::is_ascii_alphanumeric).collect()
        };
        let (family, given) = (plain(self.family), plain(self.given));
        if self.family_first {
            format!("{family}.{given}")
        } else {
            format!("{given}.{family}")
        }
    }
}

/// How a part of a name is written where only plain Latin letters are at hand.
fn latin((written, read): Written) -> String {
    if !read.is_empty() {
        return read.into();
    }
    let mut latin = String::with_capacity(written.len());
    for letter in written.chars() {
        match letter {
            'ä' => latin.push_str("ae"),
            'ö' => latin.push_str("oe"),
            'ü' => latin.push_str("ue"),
            'ß' => latin.push_str("ss"),
            'Ł' => latin.push('L'),
            'ł' => latin.push('l'),
            'ø' => latin.push('o'),
            other => latin.extend(std::iter::once(other).nfd().filter(char::is_ascii)),
        }
    }
    latin
}

/// Gives names that nobody has yet.
#[derive(Default)]
struct Register {
    taken: BTreeSet<String>,
    addresses: BTreeSet<String>,
    of_country: BTreeMap<Country, usize>,
}

impl Register {
    fn name(&mut self, random: &mut Random, organization: &Organization) -> (Name, String) {
        let country = organization.country();
        let names = Names::of(country.0);
        loop {
            let count = self.of_country.entry(country).or_default();
            let (family, given) = match names.always.get(*count) {
                Some(always) => *always,
                None => (random.pick(names.family), random.pick(names.given)),
            };
            *count += 1;
            let name = Name {
                family,
                given,
                family_first: names.family_first,
            };
            let mail = organization.mailbox(&name.local_part());
            if !self.taken.contains(&name.whole()) && self.addresses.insert(mail.clone()) {
                self.taken.insert(name.whole());
                return (name, mail);
            }
        }
    }
}

pub(super) fn create(
    tx: &mut Tx<'_>,
    random: &mut Random,
    organizations: &[Organization],
    calendar: &Calendar,
    telephones: &mut Telephones,
) -> Result<Vec<Person>> {
    let mut register = Register::default();
    let mut people = Vec::with_capacity(PEOPLE);
    for place in 0..PEOPLE {
        // Everybody has one contact at least, and the first ones many.
        let organization = match place {
            place if place < organizations.len() => place,
            _ => random.below(organizations.len()).min(random.below(organizations.len())),
        };
        let at = &organizations[organization];
        let (name, mail) = register.name(random, at);
        let (title, buying_role) = random.pick(at.phrases().titles);
        let telephone = match telephones.mobile(at.country()) {
            Some(mobile) if random.percent(70) => mobile,
            _ => telephones.landline(at.city),
        };
        let draft = CustomerDraft {
            name_prefix: (!name.family_first && random.once_in(14)).then(|| "Dr.".into()),
            ..draft(&name, at, random)
        };
        let person = Person {
            id: tx.create(draft)?.id,
            organization,
            name,
            title,
            buying_role,
            mail,
            telephone,
        };
        create_contact_points(tx, random, &person)?;
        create_affiliation(tx, random, &person, at.id, calendar)?;
        people.push(person);
    }
    Ok(people)
}

fn draft(name: &Name, at: &Organization, random: &mut Random) -> CustomerDraft {
    CustomerDraft {
        given_name: Some(name.given.0.into()),
        family_name: Some(name.family.0.into()),
        lifecycle: Some(random.weighted(&[(Lifecycle::Customer, 4), (Lifecycle::Prospect, 4), (Lifecycle::Lead, 2)])),
        country: Some(at.city.country.into()),
        language: Some(at.country().tag().into()),
        owner_id: Some(at.owner.id),
        ..CustomerDraft::person(name.whole())
    }
}

fn create_contact_points(tx: &mut Tx<'_>, random: &mut Random, person: &Person) -> Result<()> {
    let number = match random.below(5) {
        0 => person.telephone.hyphenated(),
        1 => person.telephone.compact(),
        _ => person.telephone.international(),
    };
    for (kind, raw) in [
        (ContactPointKind::Email, person.mail.clone()),
        (ContactPointKind::Phone, number),
    ] {
        tx.create(ContactPointDraft {
            label: Some("work".into()),
            is_primary: Some(true),
            ..ContactPointDraft::new(person.id, kind, raw)
        })?;
    }
    Ok(())
}

fn create_affiliation(
    tx: &mut Tx<'_>,
    random: &mut Random,
    person: &Person,
    organization: CustomerId,
    calendar: &Calendar,
) -> Result<()> {
    let since = calendar.days_ago(random.between(200, 4_000));
    let affiliation = AffiliationDraft {
        role: Some(person.title.into()),
        buying_role: Some(person.buying_role),
        is_primary: Some(true),
        from_on: since.with_day(1),
        ..AffiliationDraft::new(person.id, organization)
    };
    tx.create(affiliation).map(|_| ())
}
