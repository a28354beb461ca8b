use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::aggregate::Expression;
use super::entity::{EntityDef, managed};
use super::filter::{Comparison, Filter};
use super::path::{Conditions, Part, Path, PathConditions};
use super::value::{FieldKind, Value};
use super::{CrmError, Result, Schema, prepare};

/// Which records to read, in which order, and how many.
///
/// ```
/// use crm_core::customers::Customer;
/// use crm_core::engine::{Conditions, Query};
/// let query = Query::of::<Customer>()
///     .filter(Customer::COUNTRY.is("DE"))
///     .order_by(Customer::NAME)
///     .limit(50);
/// assert_eq!(query.entity.table, "customers");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The kind of record.
    pub entity: &'static EntityDef,
    /// Which of them.
    pub filter: Filter,
    /// In which order; equal ones, and all where it is empty, by id.
    pub order: Vec<Order>,
    /// How many at most.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub after: Option<Cursor>,
    /// What to do with deleted records.
    pub deleted: Deleted,
}

/// One key of an order. Nothing comes before everything.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The value to order by; amounts order by currency, then size.
    pub path: Path,
    /// The largest first.
    pub descending: bool,
}

/// Whether deleted records are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deleted {
    /// They are left out.
    #[default]
    Hidden,
    /// They are read like all others.
    Shown,
    /// Only they are read.
    Only,
}

/// Where a page ended: opaque, and good for the same order of the same entity only.
///
/// Its token holds the values of the order at that place, so it is kept like the records themselves.
#[derive(Clone, PartialEq, Eq)]
pub struct Cursor(String);

/// Shows nothing of the token.
impl fmt::Debug for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Cursor").finish_non_exhaustive()
    }
}

/// A page of records, and where it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The records.
    pub records: Vec<T>,
    /// Where to go on, while there may be more.
    pub next: Option<Cursor>,
}

impl Query {
    /// All records of a kind.
    pub fn of<E: super::Entity>() -> Self {
        Self::of_entity(E::DEF)
    }

    /// All records of a kind that is known only at run time.
    pub fn of_entity(entity: &'static EntityDef) -> Self {
        Self {
            entity,
            filter: Filter::everything(),
            order: Vec::new(),
            limit: None,
            after: None,
            deleted: Deleted::Hidden,
        }
    }

    /// Those for which this holds as well.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = match self.filter {
            Filter::All(all) if all.is_empty() => filter,
            first => first.and(filter),
        };
        self
    }

    /// Ordered by this, the smallest first, after the keys before.
    #[must_use]
    pub fn order_by(mut self, path: impl Into<Path>) -> Self {
        let path = path.into();
        self.order.push(Order {
            path,
            descending: false,
        });
        self
    }

    /// Ordered by this, the largest first, after the keys before.
    #[must_use]
    pub fn order_by_descending(mut self, path: impl Into<Path>) -> Self {
        let path = path.into();
        self.order.push(Order { path, descending: true });
        self
    }

    /// Ordered by these, after the keys before: what [`super::Reader::parse_order`] reads.
    #[must_use]
    pub fn order(mut self, keys: impl IntoIterator<Item = Order>) -> Self {
        self.order.extend(keys);
        self
    }

    /// At most this many.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Those after the end of a page.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    /// With deleted records or without.
    #[must_use]
    pub fn deleted(mut self, deleted: Deleted) -> Self {
        self.deleted = deleted;
        self
    }

    /// The query as stores get it: types checked, deleted records and the cursor turned into conditions, the order
    /// made total. A store may ignore `after` and `deleted` of a prepared query.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for a path, a comparison or a cursor that does not fit.
    pub fn prepared(&self, schema: Schema) -> Result<Self> {
        let mut conditions = vec![prepare::filter(&self.filter, self.entity, schema)?];
        conditions.extend(self.deleted.condition(self.entity));
        let order = self.total_order()?;
        if let Some(cursor) = &self.after {
            let keys = cursor.keys(self.entity, &order)?;
            conditions.push(after_keys(&order, &keys));
        }
        Ok(Self {
            entity: self.entity,
            filter: prepare::simplified(Filter::All(conditions)),
            order,
            limit: self.limit,
            after: None,
            deleted: Deleted::Shown,
        })
    }

    /// The order with amounts split into currency and size, and the id as the last key.
    fn total_order(&self) -> Result<Vec<Order>> {
        let mut total = Vec::with_capacity(self.order.len() + 1);
        for Order { path, descending } in &self.order {
            path.check(self.entity)?;
            let key = |path| Order {
                path,
                descending: *descending,
            };
            if path.kind() == FieldKind::Money {
                total.push(key(path.clone().currency()));
                total.push(key(path.clone().minor()));
            } else {
                total.push(key(path.clone()));
            }
        }
        total.push(Order {
            path: self.entity.field(managed::ID).into(),
            // In the direction of the key before, so that an index on both is read one way.
            descending: self.order.last().is_some_and(|last| last.descending),
        });
        Ok(total)
    }
}

impl Deleted {
    /// The condition that says so, where there is one.
    pub(super) fn condition(self, entity: &'static EntityDef) -> Option<Filter> {
        let deleted_at = entity.field(managed::DELETED_AT);
        match self {
            Self::Hidden => Some(deleted_at.empty()),
            Self::Shown => None,
            Self::Only => Some(deleted_at.present()),
        }
    }
}

impl Cursor {
    /// The cursor that a [`Cursor::token`] stands for; whether it fits is checked when it is used.
    pub fn from_token(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// The text to keep or send.
    pub fn token(&self) -> &str {
        &self.0
    }

    /// The cursor behind a row whose values of the total order are these.
    pub(super) fn behind(entity: &'static EntityDef, order: &[Order], keys: &[Value]) -> Result<Self> {
        let content =
            serde_json::to_string(&(fingerprint(entity, order), keys)).map_err(|_| unusable_cursor(entity))?;
        let token = content.bytes().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self(token))
    }

    fn keys(&self, entity: &'static EntityDef, order: &[Order]) -> Result<Vec<Value>> {
        let bytes: Option<Vec<u8>> = self
            .0
            .as_bytes()
            .chunks(2)
            .map(|pair| {
                std::str::from_utf8(pair)
                    .ok()
                    .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            })
            .collect();
        let content: Option<(u64, Vec<Value>)> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        content
            .filter(|(made_for, keys)| *made_for == fingerprint(entity, order) && keys.len() == order.len())
            .filter(|(_, keys)| keys.iter().zip(order).all(|(key, order)| order.path.kind().admits(key)))
            .map(|(_, keys)| keys)
            .ok_or_else(|| unusable_cursor(entity))
    }
}

fn unusable_cursor(entity: &'static EntityDef) -> CrmError {
    CrmError::invalid(
        entity.name,
        "cursor",
        "the cursor belongs to another query, or was cut",
        "Begin again without a cursor, and keep entity and order the same from page to page",
    )
}

fn fingerprint(entity: &'static EntityDef, order: &[Order]) -> u64 {
    let mut hasher = DefaultHasher::new();
    entity.table.hash(&mut hasher);
    for key in order {
        (key.path.stored_name(), key.descending).hash(&mut hasher);
    }
    hasher.finish()
}

/// The rows behind these keys: behind in the first, or equal in the first and behind in the second, and so on.
fn after_keys(order: &[Order], keys: &[Value]) -> Filter {
    let mut ways = Vec::new();
    let mut equal_so_far = Vec::new();
    for (Order { path, descending }, key) in order.iter().zip(keys) {
        if let Some(behind) = behind_key(path, *descending, key) {
            let mut way = equal_so_far.clone();
            way.push(behind);
            ways.push(Filter::All(way));
        }
        equal_so_far.push(if key.is_null() {
            path.clone().empty()
        } else {
            path.clone().is(Expression::Literal(key.clone()))
        });
    }
    let behind = Filter::Any(ways);
    match (order.first(), keys.first()) {
        // Says nothing new, and lets the store begin in the middle of an index.
        (
            Some(Order {
                path,
                descending: false,
            }),
            Some(key),
        ) if !key.is_null() && path.part() != Part::Minor => path
            .clone()
            .compare(Comparison::AtLeast, Expression::Literal(key.clone()))
            .and(behind),
        _ => behind,
    }
}

fn behind_key(path: &Path, descending: bool, key: &Value) -> Option<Filter> {
    let literal = Expression::Literal(key.clone());
    match (descending, key.is_null()) {
        (false, true) => Some(path.clone().present()),
        (false, false) => Some(path.clone().above(literal)),
        (true, true) => None,
        (true, false) => Some(path.clone().below(literal).or(path.clone().empty())),
    }
}
