//! What headers usually mean. Consent is never guessed: `Email Opt Out` and `Newsletter` are near each other in words
//! and opposite in meaning.

use super::header::{Column, normalised};
use super::refused::REASON;
use super::resolve::{Names, check};
use super::synonyms;
use super::target::{Place, Target};
use crate::customers::Customer;
use crate::engine::{CustomFields, Entity, EntityDef, FieldKind, SetBy, managed};

/// Words by which a header speaks of consent, or of its refusal.
const CONSENT: &[&str] = &[
    "optin",
    "optout",
    "optedin",
    "optedout",
    "unsubscri",
    "consent",
    "donotcall",
    "donotemail",
    "donotmail",
    "donotcontact",
    "newsletter",
    "gdpr",
    "dsgvo",
    "einwilligung",
    "werbung",
    "abgemeldet",
    "legalbasis",
    "marketingstatus",
    "blacklist",
    "abonn",
    "退订",
    "同意",
    "订阅",
    "拒收",
];

/// Gives each column without a target the one that its header names, where there is one and no other column has it.
/// Returns what every row has then: where a column is for names of people, each is a person; where one is for names of
/// companies and none for those of people, each is an organization.
pub(super) fn targets(columns: &mut [Column], entity: &'static EntityDef, names: &Names) -> Vec<(Target, String)> {
    let mut taken: Vec<Target> = columns.iter().flat_map(|column| column.targets.clone()).collect();
    let headers: Vec<String> = columns.iter().map(|column| normalised(&column.header)).collect();
    let persons = entity == Customer::DEF && headers.iter().any(|header| names_person(header));
    let companies = entity == Customer::DEF && headers.iter().any(|header| names_company(header));
    let unmapped = columns.iter_mut().zip(&headers);
    for (column, header) in unmapped.filter(|(column, _)| column.targets.is_empty()) {
        let target = if column.header == REASON {
            Some(Target::ignored())
        } else if is_consent(header) {
            None
        } else if persons && names_company(header) {
            let employer = Target::employer("name").create_missing_with([("kind", "organization")]);
            Some(employer).filter(|target| !taken.iter().any(|other| other.collides(target)))
        } else {
            target(header, entity, &names.custom).filter(|target| !taken.iter().any(|other| other.collides(target)))
        };
        let Some(target) = target.filter(|target| check(target, entity, names).is_ok()) else {
            continue;
        };
        taken.push(target.clone());
        column.targets.push(target);
        column.guessed = true;
    }
    let kind = Target::field("kind");
    match (persons, companies) {
        _ if taken.contains(&kind) => Vec::new(),
        (true, _) => vec![(kind, "person".to_owned())],
        (false, true) => vec![(kind, "organization".to_owned())],
        (false, false) => Vec::new(),
    }
}

/// Whether a header names a company.
fn names_company(header: &str) -> bool {
    synonyms::ORGANIZATIONS.contains(&header)
}

/// Whether a header names a person, or a part of a person's name.
fn names_person(header: &str) -> bool {
    let is_part = |target: Target| match target.place {
        Place::Field(field) => matches!(field.as_str(), "family_name" | "given_name"),
        _ => false,
    };
    let of_customer = target(header, Customer::DEF, &CustomFields::default());
    synonyms::PERSONS.contains(&header) || of_customer.is_some_and(is_part)
}

/// Whether a header, in its normal form, speaks of consent.
pub(super) fn is_consent(header: &str) -> bool {
    CONSENT.iter().any(|word| header.contains(word))
}

fn target(header: &str, entity: &'static EntityDef, custom: &CustomFields) -> Option<Target> {
    let own = own_field(header, entity).or_else(|| custom_field(header, entity, custom));
    own.or_else(|| {
        let of_table = synonyms::all().filter(|synonyms| synonyms.table == entity.table);
        let mut meant = of_table.filter(|synonyms| synonyms.headers.contains(&header));
        meant.next().map(|synonyms| (synonyms.target)())
    })
}

/// The field whose very name the header is.
fn own_field(header: &str, entity: &'static EntityDef) -> Option<Target> {
    let fields = entity.fields.iter().skip(managed::COUNT);
    let mut plain = fields.filter(|field| field.set_by != SetBy::Engine && field.kind != FieldKind::Id);
    plain
        .find(|field| normalised(field.name) == header)
        .map(|field| Target::field(field.name))
}

/// The custom field whose key or label the header is.
fn custom_field(header: &str, entity: &'static EntityDef, fields: &CustomFields) -> Option<Target> {
    let is_named = |name: &String| normalised(name) == header;
    let mut used = fields.of(entity).filter(|field| !field.retired);
    used.find(|field| is_named(&field.key) || is_named(&field.label))
        .map(|field| Target::field(format!("custom.{}", field.key)))
}

#[cfg(test)]
mod tests {
    use super::super::synonyms::{self, Synonyms};
    use super::*;
    use crate::SCHEMA;

    #[test]
    fn every_synonym_is_in_normal_form_and_leads_to_a_target_that_is_there() {
        for Synonyms { table, target, headers } in synonyms::all() {
            let entity = SCHEMA.entity(table).expect("a table");
            check(&target(), entity, &SCHEMA.into()).expect(table);
            for header in *headers {
                assert_eq!(normalised(header), *header, "of {table}, {}", target());
                assert!(!is_consent(header), "{header} speaks of consent");
            }
        }
    }

    #[test]
    fn no_header_means_two_things_in_one_table() {
        for (place, one) in synonyms::all().enumerate() {
            for other in synonyms::all().skip(place + 1).filter(|other| other.table == one.table) {
                let both = one.headers.iter().find(|header| other.headers.contains(header));
                assert_eq!(both, None, "{}: {} and {}", one.table, (one.target)(), (other.target)());
            }
        }
    }
}
