use super::trim;
use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::TeamId;

/// A group of users: an office, a region, a line of business.
#[entity(table = "teams")]
pub struct Team {
    /// Its name.
    #[field(index)]
    pub name: String,
}

impl Validate for Team {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.name);
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
