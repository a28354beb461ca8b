//! Words that mark records.

mod mark;
mod merge;

use super::{trim, trim_optional};
use crate::engine::{Conditions, CrmError, Entity, Query, Reader, RecordId, Result, Tx, Validate};
use crate::entity;
use crate::ids::TagId;
use crate::values::fold;

/// A word that marks records: `fair-2026`, `VIP`. Two words that differ only in capitals and accents are one tag.
#[entity(table = "tags")]
pub struct Tag {
    /// The word, as it is shown.
    #[field(index)]
    pub name: String,
    /// The form in which equal words are equal.
    #[field(default, index, set_by = "engine")]
    pub folded_name: String,
    /// The colour in which it is shown: `#2f6fde`.
    pub color: Option<String>,
}

impl Validate for Tag {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.name);
        trim_optional(&mut self.color);
        self.folded_name = folded(&self.name);
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        match Self::named(tx, &self.name)? {
            Some(other) if other.id != self.id => Err(CrmError::Duplicate {
                entity: Self::DEF.name,
                field: "name".into(),
                matches: vec![other.id.uuid()],
            }),
            _ => Ok(()),
        }
    }
}

impl Tag {
    /// The tag of this name, however it is written.
    ///
    /// # Errors
    /// Of the storage.
    pub fn named(reader: &mut Reader<'_>, name: &str) -> Result<Option<Self>> {
        reader.first(&Query::of::<Self>().filter(Self::FOLDED_NAME.is(folded(name))))
    }
}

fn folded(name: &str) -> String {
    fold(name.trim())
}
