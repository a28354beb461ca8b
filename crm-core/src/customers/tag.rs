use super::{trim, trim_optional};
use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::TagId;

/// A word that marks records: `fair-2026`, `VIP`.
#[entity(table = "tags")]
pub struct Tag {
    /// The word, as it is shown.
    #[field(index)]
    pub name: String,
    /// The colour in which it is shown: `#2f6fde`.
    pub color: Option<String>,
}

impl Validate for Tag {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.name);
        trim_optional(&mut self.color);
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
