use crate::engine::{Entity, Path, Reader, Result, expr};
use crate::sales::{Opportunity, OpportunityLine};

/// An answer about one group, and the key that its opportunities have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouped<K, T> {
    /// What they have in common: the value of a field, or the first day of a period.
    pub key: K,
    /// The answer.
    pub answer: T,
}

/// What becomes of opportunities that have nothing to be grouped by, such as those without a customer in an answer by
/// industry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unknown {
    /// They are a group of their own, the first one; its key is [`crate::engine::Value::Null`].
    #[default]
    Kept,
    /// They are left out.
    LeftOut,
}

/// Reads by what to group, as text filters name it: `owner.name`, `customer.industry`, and of the lines `product.name`.
///
/// ```
/// use crm_core::Crm;
/// use crm_core::insight::{Selection, Unknown, WinRate, group_key};
/// let crm = Crm::in_memory();
/// let by_manager = crm.read(|reader| {
///     let manager = group_key(reader, "owner.manager.name")?;
///     WinRate::by(reader, manager, Unknown::LeftOut, &Selection::default())
/// })?;
/// assert_eq!(by_manager, []);
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
///
/// # Errors
/// [`crate::engine::CrmError::Expression`] for a name that opportunities and their lines do not have.
pub fn group_key(reader: &Reader<'_>, text: &str) -> Result<Path> {
    let of_opportunity = expr::path(text, Opportunity::DEF, reader.schema());
    of_opportunity.or_else(|error| expr::path(text, OpportunityLine::DEF, reader.schema()).map_err(|_| error))
}
