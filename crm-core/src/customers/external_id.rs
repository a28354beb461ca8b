use uuid::Uuid;

use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::ExternalIdId;

/// What another system calls one of our records; it makes imports idempotent.
#[entity(table = "external_ids")]
pub struct ExternalId {
    /// The other system: `salesforce`, `erp`.
    pub system: String,
    /// The id there; unique in the system for each table.
    #[field(index)]
    pub external_id: String,
    /// The table of our record.
    pub record_table: String,
    /// Our record.
    #[field(index)]
    pub record_id: Uuid,
}

impl Validate for ExternalId {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
