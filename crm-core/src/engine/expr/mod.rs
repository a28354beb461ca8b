//! Text filters.

use super::entity::{EntityDef, Schema};
use super::filter::Filter;
use super::{CrmError, Result};
use crate::values::{Timestamp, Tz};

/// What the words `now` and `today` mean.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// The time that `now` is.
    pub now: Timestamp,
    /// The zone in which `today` begins and ends.
    pub zone: Tz,
}

/// Reads a text filter on an entity.
///
/// # Errors
/// [`CrmError::Expression`] that points at the column.
pub fn parse(_text: &str, _entity: &'static EntityDef, _schema: Schema, _scope: Scope) -> Result<Filter> {
    Err(CrmError::Expression {
        column: 1,
        reason: "not there yet".into(),
        hint: "Wait".into(),
    })
}
