//! What headers usually mean. Consent is never guessed: `Email Opt Out` and `Newsletter` are near each other in words and
//! opposite in meaning.

use super::header::{Column, normalised};
use super::refused::REASON;
use super::synonyms::SYNONYMS;
use super::target::Target;
use crate::engine::{EntityDef, FieldKind, Schema, SetBy, managed};

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
    "退订",
    "同意",
    "订阅",
    "拒收",
];

/// Gives each column the target that its header names, where there is one and no column before it has it.
pub(super) fn targets(columns: &mut [Column], entity: &'static EntityDef, schema: Schema) {
    let mut taken: Vec<Target> = Vec::new();
    for column in columns {
        let header = normalised(&column.header);
        let target = if column.header == REASON {
            Some(Target::ignored())
        } else if is_consent(&header) {
            None
        } else {
            target(&header, entity).filter(|target| !taken.contains(target))
        };
        let Some(target) = target.filter(|target| super::program::check(target, entity, schema).is_ok()) else {
            continue;
        };
        taken.push(target.clone());
        column.targets.push(target);
        column.guessed = true;
    }
}

/// Whether a header, in its normal form, speaks of consent.
pub(super) fn is_consent(header: &str) -> bool {
    CONSENT.iter().any(|word| header.contains(word))
}

fn target(header: &str, entity: &'static EntityDef) -> Option<Target> {
    own_field(header, entity).or_else(|| {
        let of_table = SYNONYMS.iter().filter(|synonyms| synonyms.table == entity.table);
        let mut meant = of_table.filter(|synonyms| synonyms.headers.contains(&header));
        meant.next().map(|synonyms| written(synonyms.target))
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

/// The target that the table above writes.
fn written(target: &str) -> Target {
    if let Some(field) = target.strip_prefix("currency of ") {
        return Target::currency_of(field);
    }
    match target.rsplit_once('.') {
        Some((field, by)) => Target::reference(field, by),
        None => Target::field(target),
    }
}

#[cfg(test)]
mod tests {
    use super::super::synonyms::Synonyms;
    use super::*;
    use crate::SCHEMA;

    #[test]
    fn every_synonym_is_in_normal_form_and_leads_to_a_target_that_is_there() {
        for Synonyms { table, target, headers } in SYNONYMS {
            let entity = SCHEMA.entity(table).expect("a table");
            super::super::program::check(&written(target), entity, SCHEMA).expect(target);
            for header in *headers {
                assert_eq!(normalised(header), *header, "of {table}.{target}");
                assert!(!is_consent(header), "{header} speaks of consent");
            }
        }
    }

    #[test]
    fn no_header_means_two_things_in_one_table() {
        for one in SYNONYMS {
            for other in SYNONYMS
                .iter()
                .filter(|other| other.table == one.table && other.target != one.target)
            {
                let both = one.headers.iter().find(|header| other.headers.contains(header));
                assert_eq!(both, None, "{}: {} and {}", one.table, one.target, other.target);
            }
        }
    }
}
