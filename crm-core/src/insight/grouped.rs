use crate::engine::{Entity, Path, Reader, Result, Value};
use crate::sales::{Opportunity, OpportunityLine};
use crate::values::{NaiveDate, Period};

/// An answer about one group, and the key that its opportunities have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouped<K, T> {
    /// What they have in common: the values of fields, or the first day of a period.
    pub key: K,
    /// The answer.
    pub answer: T,
}

/// Answers about groups, and by what they are grouped.
#[derive(Debug, Clone, PartialEq)]
pub struct Groups<T> {
    /// By what, in the order of the keys.
    pub by: Vec<Path>,
    /// One for each combination of values that occurs, in the order of the values; a key holds one value a path.
    pub groups: Vec<Grouped<Vec<Value>, T>>,
}

impl<T> Groups<T> {
    pub(super) fn new(by: Vec<Path>, unknown: Unknown, answers: impl IntoIterator<Item = (Vec<Value>, T)>) -> Self {
        let groups = answers.into_iter().map(|(key, answer)| Grouped { key, answer });
        let is_kept = |group: &Grouped<Vec<Value>, T>| unknown == Unknown::Kept || !group.key.contains(&Value::Null);
        Self {
            by,
            groups: groups.filter(is_kept).collect(),
        }
    }
}

/// Answers about the periods in which opportunities were closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Closings<T> {
    /// The length of the periods.
    pub period: Period,
    /// One for each period in which something was closed; the key is its first day, which [`Period::label`] names.
    pub groups: Vec<Grouped<NaiveDate, T>>,
}

/// What becomes of opportunities that have nothing to be grouped by, such as those without a customer in an answer by
/// industry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unknown {
    /// They are groups of their own, the first ones; what is missing is [`Value::Null`].
    #[default]
    Kept,
    /// They are left out.
    LeftOut,
}

/// Reads by what to group, as text filters name it: `owner`, `customer.industry`, `custom.region`, and of the lines
/// `product`. A name that ends at a record means what the record is called; its id is `owner.id`.
///
/// ```
/// use crm_core::Crm;
/// use crm_core::insight::{Selection, Unknown, WinRate, group_key};
/// let crm = Crm::in_memory();
/// let rates = crm.read(|reader| {
///     let by = [group_key(reader, "owner.manager")?, group_key(reader, "product")?];
///     WinRate::by(reader, by, Unknown::LeftOut, &Selection::default())
/// })?;
/// assert_eq!(rates.by[0].to_string(), "owner_id.manager_id.name");
/// assert_eq!(rates.groups, []);
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
///
/// # Errors
/// [`crate::engine::CrmError::Expression`] for a name that opportunities and their lines do not have.
pub fn group_key(reader: &mut Reader<'_>, text: &str) -> Result<Path> {
    let path = match reader.parse_path(Opportunity::DEF, text) {
        Ok(path) => path,
        Err(error) => reader.parse_path(OpportunityLine::DEF, text).map_err(|_| error)?,
    };
    Ok(match record_name(reader, &path, text) {
        Some(name) => path.to(name),
        None => path,
    })
}

/// The name of the record to which a path leads; nothing where a text means the field itself, as `owner_id`.
fn record_name(reader: &Reader<'_>, path: &Path, text: &str) -> Option<Path> {
    let field = path.field().def();
    if text.trim_end().ends_with(field.name) {
        return None;
    }
    let record = reader.schema().entity(field.reference?.table)?;
    Some(record.field(record.field_index("name")?).into())
}
