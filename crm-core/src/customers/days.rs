use crate::engine::{CrmError, Result};
use crate::values::NaiveDate;

/// Refuses a last day before the first; `fields` are the names of both.
pub(crate) fn check_days(
    entity: &'static str,
    fields: [&'static str; 2],
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
) -> Result<()> {
    let [first_field, last_field] = fields;
    match (first, last) {
        (Some(first), Some(last)) if last < first => Err(CrmError::invalid(
            entity,
            last_field,
            format!("it is before {first_field}"),
            "Give a day on or after it, or leave one of them empty",
        )),
        _ => Ok(()),
    }
}
