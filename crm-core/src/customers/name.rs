//! The name of a customer as it is written, its parts, and the key by which it is sorted, in agreement.

use super::{Customer, CustomerKind, trim_optional};
use crate::engine::{CrmError, Entity, Result};
use crate::values::{NameOrder, PersonName, sort_key_of_text};

/// Languages in which the family name comes first in any script.
const FAMILY_FIRST: [&str; 5] = ["zh", "ja", "ko", "hu", "vi"];

impl Customer {
    /// The name of a person in parts; of an organization, and where no parts are known, only as it is written.
    pub fn person_name(&self) -> PersonName {
        PersonName {
            prefix: self.name_prefix.clone(),
            given: self.given_name.clone(),
            middle: self.middle_name.clone(),
            family: self.family_name.clone(),
            suffix: self.name_suffix.clone(),
            written: Some(self.name.clone()),
            order: self.name_order(),
        }
    }

    /// Lets name and parts follow each other. A name that is what its parts say goes on following them; one that was
    /// written in another way stays as it is.
    pub(super) fn complete_name(&mut self, before: Option<&Self>) {
        self.parts_mut().into_iter().for_each(trim_optional);
        if self.kind == CustomerKind::Organization {
            // The parts were those of the person that it was taken for.
            if before.is_some_and(|before| before.kind == CustomerKind::Person && before.parts() == self.parts()) {
                self.parts_mut().into_iter().for_each(|part| *part = None);
            }
        } else {
            let renamed = before.is_none_or(|before| before.name != self.name);
            let parts_changed = before.map_or(self.has_parts(), |before| before.parts() != self.parts());
            if parts_changed
                && (self.name.is_empty() || before.is_some_and(|before| !renamed && before.follows_parts()))
            {
                self.name = self.composed_name();
            } else if renamed && !parts_changed && before.is_none_or(Self::follows_parts) {
                self.take_parts_from_name();
            }
        }
        self.sort_name = self.sort_key();
    }

    pub(super) fn check_name(&self) -> Result<()> {
        if self.kind == CustomerKind::Person || !self.has_parts() {
            return Ok(());
        }
        Err(CrmError::invalid(
            Self::DEF.name,
            "family_name",
            "an organization has one name, without parts",
            "Leave name_prefix, given_name, middle_name, family_name and name_suffix empty",
        ))
    }

    /// The key by which lists of names are sorted.
    pub fn sort_key(&self) -> String {
        let key = match self.kind {
            CustomerKind::Organization => sort_key_of_text(&self.name),
            CustomerKind::Person if self.has_parts() => self.person_name().sort_key(),
            CustomerKind::Person => self.parsed_name().sort_key(),
        };
        // A name of nothing but marks has no key, and is a name all the same.
        if key.is_empty() { self.name.clone() } else { key }
    }

    /// Parts only where the name has a plain family name; which word is it in others is for people to say.
    fn take_parts_from_name(&mut self) {
        let parsed = Some(self.parsed_name()).filter(|parsed| parsed.family.is_some());
        let parsed = parsed.unwrap_or_default();
        let parts = [parsed.prefix, parsed.given, parsed.middle, parsed.family, parsed.suffix];
        for (part, said) in self.parts_mut().into_iter().zip(parts) {
            *part = said;
        }
    }

    /// Whether the name is nothing but what the parts say, or no parts are known.
    fn follows_parts(&self) -> bool {
        !self.has_parts() || self.name == self.composed_name() || self.parsed_name().family == self.family_name
    }

    fn composed_name(&self) -> String {
        let parts = PersonName {
            written: None,
            ..self.person_name()
        };
        parts.display()
    }

    fn parsed_name(&self) -> PersonName {
        match self.name_order() {
            Some(order) => PersonName::parse_in_order(&self.name, order),
            None => PersonName::parse(&self.name),
        }
    }

    fn name_order(&self) -> Option<NameOrder> {
        let language = self.language.as_deref()?.split(['-', '_']).next()?.to_ascii_lowercase();
        FAMILY_FIRST.contains(&&*language).then_some(NameOrder::FamilyFirst)
    }

    fn has_parts(&self) -> bool {
        self.parts().iter().any(|part| part.is_some())
    }

    fn parts(&self) -> [&Option<String>; 5] {
        [
            &self.name_prefix,
            &self.given_name,
            &self.middle_name,
            &self.family_name,
            &self.name_suffix,
        ]
    }

    fn parts_mut(&mut self) -> [&mut Option<String>; 5] {
        [
            &mut self.name_prefix,
            &mut self.given_name,
            &mut self.middle_name,
            &mut self.family_name,
            &mut self.name_suffix,
        ]
    }
}
