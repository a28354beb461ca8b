use super::Plan;
use super::report::{ImportResult, Preview};
use crate::Crm;
use crate::engine::{CrmError, Result, Tx};

pub(super) fn preview(_plan: &Plan, _crm: &Crm) -> Result<Preview> {
    Err(CrmError::Cancelled {
        operation: "the preview",
    })
}

pub(super) fn import(_plan: &Plan, _tx: &mut Tx<'_>) -> Result<ImportResult> {
    Err(CrmError::Cancelled {
        operation: "the import",
    })
}
