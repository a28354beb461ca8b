use crate::engine::{CrmError, Result};
use crate::values::Decimal;

/// Refuses a probability outside of 0 to 100.
pub(super) fn check_percentage(entity: &'static str, probability: Option<Decimal>) -> Result<()> {
    match probability {
        Some(percent) if percent < Decimal::ZERO || percent > Decimal::ONE_HUNDRED => Err(CrmError::invalid(
            entity,
            "probability",
            "it lies outside of 0 to 100 percent",
            "Give a percentage from 0 to 100",
        )),
        _ => Ok(()),
    }
}
