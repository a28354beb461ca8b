use std::fmt;

use serde::{Deserialize, Serialize};

use super::aggregate::Expression;
use super::entity::{EntityDef, Field};
use super::path::Path;
use super::search::SearchQuery;
use super::value::Value;

/// Which records are meant. A store evaluates it; nothing is loaded and looped over.
///
/// Two-valued: a comparison with an empty field does not hold, and [`Filter::negated`] is its exact complement.
#[derive(Clone, PartialEq)]
pub enum Filter {
    /// All of these hold; with none, every record is meant.
    All(Vec<Filter>),
    /// One of these holds; with none, no record is meant.
    Any(Vec<Filter>),
    /// This does not hold.
    Not(Box<Filter>),
    /// Both sides are there, and compare like this.
    Compare {
        /// The left side.
        left: Expression,
        /// How they compare.
        comparison: Comparison,
        /// The right side.
        right: Expression,
    },
    /// The path leads to one of these values.
    OneOf {
        /// The path.
        path: Path,
        /// The values.
        values: Vec<Value>,
    },
    /// The path leads to nothing.
    IsEmpty(Path),
    /// The text at the path begins like this.
    StartsWith {
        /// The path.
        path: Path,
        /// How it begins.
        prefix: String,
    },
    /// Full-text search finds the record by this.
    Matches(SearchQuery),
    /// There is a related record for which the filter holds.
    Exists {
        /// How the related records are found.
        relation: Relation,
        /// What must hold for one of them.
        filter: Box<Filter>,
    },
}

/// Shows paths, and the kinds of values instead of the values.
impl fmt::Debug for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(all) => formatter.debug_tuple("All").field(all).finish(),
            Self::Any(any) => formatter.debug_tuple("Any").field(any).finish(),
            Self::Not(filter) => formatter.debug_tuple("Not").field(filter).finish(),
            Self::Compare {
                left,
                comparison,
                right,
            } => (formatter
                .debug_tuple("Compare")
                .field(left)
                .field(comparison)
                .field(right))
            .finish(),
            Self::OneOf { path, values } => formatter.debug_tuple("OneOf").field(path).field(values).finish(),
            Self::IsEmpty(path) => formatter.debug_tuple("IsEmpty").field(path).finish(),
            Self::StartsWith { path, .. } => formatter.debug_tuple("StartsWith").field(path).finish_non_exhaustive(),
            Self::Matches(search) => formatter.debug_tuple("Matches").field(search).finish(),
            Self::Exists { relation, filter } => formatter.debug_tuple("Exists").field(relation).field(filter).finish(),
        }
    }
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// Equal.
    Equal,
    /// Not equal.
    NotEqual,
    /// Smaller or earlier.
    Below,
    /// Smaller, earlier or equal.
    AtMost,
    /// Larger or later.
    Above,
    /// Larger, later or equal.
    AtLeast,
}

/// How a record is related to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The one record to which this field of the record refers.
    To(Field),
    /// The records of another table that refer to the record by this field of theirs.
    From(Field),
}

impl Relation {
    /// The entity of the related records.
    ///
    /// `None` where the field refers to nothing, which [`super::Query::prepared`] refuses.
    pub fn related(self, schema: super::Schema) -> Option<&'static EntityDef> {
        match self {
            Self::To(field) => schema.entity(field.def().reference?.table),
            Self::From(field) => field.def().reference.map(|_| field.entity),
        }
    }
}

impl Filter {
    /// Every record.
    pub const fn everything() -> Self {
        Self::All(Vec::new())
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::All(mut all) => {
                all.push(other);
                Self::All(all)
            }
            first => Self::All(vec![first, other]),
        }
    }

    /// One of both holds, or both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match self {
            Self::Any(mut any) if !any.is_empty() => {
                any.push(other);
                Self::Any(any)
            }
            first => Self::Any(vec![first, other]),
        }
    }

    /// The complement: every record for which this does not hold.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Full-text search finds the record by what was typed, as [`SearchQuery::new`] understands it. Only records whose
    /// entity has fields with `#[field(search)]` can be searched.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{Customer, CustomerDraft}};
    /// use crm_core::engine::{Conditions, Filter, Query};
    /// let crm = Crm::in_memory();
    /// crm.write(|tx| tx.create(CustomerDraft::person("李明")))?;
    /// let people = Query::of::<Customer>().filter(Filter::matches("liming").and(Customer::KIND.is("person")));
    /// assert_eq!(crm.read(|reader| reader.count(&people))?, 1);
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    pub fn matches(typed: impl Into<String>) -> Self {
        Self::Matches(SearchQuery::new(typed))
    }

    /// The record to which `reference` refers meets this filter.
    pub fn refers_to(reference: Field, filter: Self) -> Self {
        Self::Exists {
            relation: Relation::To(reference),
            filter: Box::new(filter),
        }
    }

    /// A record that refers to this one by `reference` meets this filter.
    pub fn referred_by(reference: Field, filter: Self) -> Self {
        Self::Exists {
            relation: Relation::From(reference),
            filter: Box::new(filter),
        }
    }
}
