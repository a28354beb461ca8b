//! Queries as JSON, to be kept in files and sent between processes: paths as text, values as the change log keeps them.

use serde::{Deserialize, Serialize};

use super::aggregate::Expression;
use super::entity::{EntityDef, Field};
use super::filter::{Comparison, Filter, Relation};
use super::path::Path;
use super::query::{Cursor, Deleted, Order, Query};
use super::search::SearchQuery;
use super::value::{FieldKind, Value};
use super::{CrmError, Result, Schema};

/// How deep filters may nest, so that JSON stays within the 128 levels that its readers allow.
const DEEPEST_FILTER: usize = 50;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireQuery {
    entity: String,
    filter: WireFilter,
    order: Vec<WireOrder>,
    limit: Option<u32>,
    after: Option<String>,
    deleted: Deleted,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireOrder {
    path: String,
    descending: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum WireFilter {
    All(Vec<WireFilter>),
    Any(Vec<WireFilter>),
    Not(Box<WireFilter>),
    Compare {
        left: WireExpression,
        comparison: Comparison,
        right: WireExpression,
    },
    OneOf {
        path: String,
        values: Vec<Value>,
    },
    IsEmpty(String),
    StartsWith {
        path: String,
        prefix: String,
    },
    /// What was typed into a search.
    Matches(String),
    /// What was typed into a search for how texts begin.
    BeginsWith(String),
    /// The record to which the field refers.
    RefersTo {
        field: String,
        filter: Box<WireFilter>,
    },
    /// The records of the table that refer here by the field.
    ReferredBy {
        table: String,
        field: String,
        filter: Box<WireFilter>,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum WireExpression {
    Path(String),
    Literal(Value),
    Moved {
        base: Box<WireExpression>,
        milliseconds: i64,
    },
    DaysBetween {
        from: String,
        to: String,
        zone: String,
    },
    MillisecondsBetween {
        from: String,
        to: String,
    },
    Share {
        of: String,
        percent: String,
    },
}

impl Query {
    /// The query as JSON, the inverse of [`Query::from_json`].
    ///
    /// ```
    /// use crm_core::{SCHEMA, customers::Customer};
    /// use crm_core::engine::{Conditions, Query};
    /// let query = Query::of::<Customer>().filter(Customer::COUNTRY.is("DE")).order_by(Customer::NAME);
    /// let json = query.to_json()?;
    /// assert!(json.contains(r#""comparison":"equal","right":{"literal":{"text":"DE"}}"#));
    /// assert_eq!(Query::from_json(&json, SCHEMA)?, query);
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::Invalid`] where filters nest more than 50 deep.
    pub fn to_json(&self) -> Result<String> {
        let order = self.order.iter().map(|key| WireOrder {
            path: key.path.stored_name(),
            descending: key.descending,
        });
        let query = WireQuery {
            entity: self.entity.table.to_owned(),
            filter: write_filter(&self.filter, DEEPEST_FILTER)?,
            order: order.collect(),
            limit: self.limit,
            after: self.after.as_ref().map(|cursor| cursor.token().to_owned()),
            deleted: self.deleted,
        };
        serde_json::to_string(&query).map_err(|_| too_deep())
    }

    /// Reads what [`Query::to_json`] wrote. Whether comparisons fit their fields is checked when the query runs.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for JSON that is no query, and for tables and fields that the schema does not have.
    pub fn from_json(json: &str, schema: Schema) -> Result<Self> {
        let wire: WireQuery = serde_json::from_str(json).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            refused(
                format!("the JSON is no query at {place}"),
                "Give what Query::to_json wrote",
            )
        })?;
        let entity = entity(&wire.entity, schema)?;
        let order = wire.order.into_iter().map(|key| {
            Ok(Order {
                path: path(&key.path, entity, schema)?,
                descending: key.descending,
            })
        });
        Ok(Self {
            entity,
            order: order.collect::<Result<_>>()?,
            filter: read_filter(wire.filter, entity, schema)?,
            limit: wire.limit,
            after: wire.after.map(Cursor::from_token),
            deleted: wire.deleted,
        })
    }
}

fn write_filter(filter: &Filter, levels: usize) -> Result<WireFilter> {
    let below = levels.checked_sub(1).ok_or_else(too_deep)?;
    let each = |filters: &[Filter]| {
        filters
            .iter()
            .map(|one| write_filter(one, below))
            .collect::<Result<_>>()
    };
    Ok(match filter {
        Filter::All(all) => WireFilter::All(each(all)?),
        Filter::Any(any) => WireFilter::Any(each(any)?),
        Filter::Not(inner) => WireFilter::Not(Box::new(write_filter(inner, below)?)),
        Filter::Compare {
            left,
            comparison,
            right,
        } => WireFilter::Compare {
            left: write_expression(left, below)?,
            comparison: *comparison,
            right: write_expression(right, below)?,
        },
        Filter::OneOf { path, values } => WireFilter::OneOf {
            path: path.stored_name(),
            values: values.clone(),
        },
        Filter::IsEmpty(path) => WireFilter::IsEmpty(path.stored_name()),
        Filter::StartsWith { path, prefix } => WireFilter::StartsWith {
            path: path.stored_name(),
            prefix: prefix.clone(),
        },
        Filter::Matches(search) if search.is_at_beginning() => WireFilter::BeginsWith(search.typed().to_owned()),
        Filter::Matches(search) => WireFilter::Matches(search.typed().to_owned()),
        Filter::Exists { relation, filter } => {
            let filter = Box::new(write_filter(filter, below)?);
            match relation {
                Relation::To(field) => WireFilter::RefersTo {
                    field: field.def().name.to_owned(),
                    filter,
                },
                Relation::From(field) => WireFilter::ReferredBy {
                    table: field.entity.table.to_owned(),
                    field: field.def().name.to_owned(),
                    filter,
                },
            }
        }
    })
}

fn write_expression(expression: &Expression, levels: usize) -> Result<WireExpression> {
    let below = levels.checked_sub(1).ok_or_else(too_deep)?;
    Ok(match expression {
        Expression::Path(path) => WireExpression::Path(path.stored_name()),
        Expression::Literal(value) => WireExpression::Literal(value.clone()),
        Expression::Moved { base, milliseconds } => WireExpression::Moved {
            base: Box::new(write_expression(base, below)?),
            milliseconds: *milliseconds,
        },
        Expression::DaysBetween { from, to, zone } => WireExpression::DaysBetween {
            from: from.stored_name(),
            to: to.stored_name(),
            zone: zone.name().to_owned(),
        },
        Expression::MillisecondsBetween { from, to } => WireExpression::MillisecondsBetween {
            from: from.stored_name(),
            to: to.stored_name(),
        },
        Expression::Share { of, percent } => WireExpression::Share {
            of: of.stored_name(),
            percent: percent.stored_name(),
        },
    })
}

fn read_filter(filter: WireFilter, root: &'static EntityDef, schema: Schema) -> Result<Filter> {
    let each = |filters: Vec<WireFilter>| {
        filters
            .into_iter()
            .map(|one| read_filter(one, root, schema))
            .collect::<Result<_>>()
    };
    Ok(match filter {
        WireFilter::All(all) => Filter::All(each(all)?),
        WireFilter::Any(any) => Filter::Any(each(any)?),
        WireFilter::Not(inner) => read_filter(*inner, root, schema)?.negated(),
        WireFilter::Compare {
            left,
            comparison,
            right,
        } => Filter::Compare {
            left: read_expression(left, root, schema)?,
            comparison,
            right: read_expression(right, root, schema)?,
        },
        WireFilter::OneOf { path: text, values } => Filter::OneOf {
            path: path(&text, root, schema)?,
            values,
        },
        WireFilter::IsEmpty(text) => Filter::IsEmpty(path(&text, root, schema)?),
        WireFilter::StartsWith { path: text, prefix } => Filter::StartsWith {
            path: path(&text, root, schema)?,
            prefix,
        },
        WireFilter::Matches(typed) => Filter::matches(typed),
        WireFilter::BeginsWith(typed) => Filter::Matches(SearchQuery::at_beginning(typed)),
        WireFilter::RefersTo { field: name, filter } => {
            let reference = field(&name, root)?;
            let related = referred(reference, schema)?;
            Filter::refers_to(reference, read_filter(*filter, related, schema)?)
        }
        WireFilter::ReferredBy {
            table,
            field: name,
            filter,
        } => {
            let related = entity(&table, schema)?;
            let reference = field(&name, related)?;
            Filter::referred_by(reference, read_filter(*filter, related, schema)?)
        }
    })
}

fn read_expression(expression: WireExpression, root: &'static EntityDef, schema: Schema) -> Result<Expression> {
    let path = |text: String| path(&text, root, schema);
    Ok(match expression {
        WireExpression::Path(text) => Expression::Path(path(text)?),
        WireExpression::Literal(value) => Expression::Literal(value),
        WireExpression::Moved { base, milliseconds } => Expression::Moved {
            base: Box::new(read_expression(*base, root, schema)?),
            milliseconds,
        },
        WireExpression::DaysBetween { from, to, zone } => Expression::DaysBetween {
            from: path(from)?,
            to: path(to)?,
            zone: zone.parse().map_err(|_| {
                refused(
                    "there is no such time zone",
                    "Use a name of the IANA data base, as in Asia/Shanghai",
                )
            })?,
        },
        WireExpression::MillisecondsBetween { from, to } => Expression::MillisecondsBetween {
            from: path(from)?,
            to: path(to)?,
        },
        WireExpression::Share { of, percent } => Expression::Share {
            of: path(of)?,
            percent: path(percent)?,
        },
    })
}

/// The path that its text means, as [`Path::stored_name`] writes it.
fn path(text: &str, root: &'static EntityDef, schema: Schema) -> Result<Path> {
    let names: Vec<&str> = text.split('.').collect();
    let (mut entity, mut hops) = (root, Vec::new());
    let mut rest = names.as_slice();
    let end = loop {
        rest = match rest {
            [] => return Err(unknown_field(entity)),
            [last] => break end_of_path(last, |name| field(name, entity).map(Path::from))?,
            [custom, last] if holds_custom_fields(custom, entity) => {
                break end_of_path(last, |name| custom_field(name, entity))?;
            }
            [hop, rest @ ..] => {
                let hop = field(hop, entity)?;
                entity = referred(hop, schema)?;
                hops.push(hop);
                rest
            }
        };
    };
    Ok(hops.into_iter().rev().fold(end, |path, hop| hop.to(path)))
}

/// What the last name of a path means: a whole value, or the part of an amount that its suffix names.
fn end_of_path(name: &str, whole: impl Fn(&str) -> Result<Path>) -> Result<Path> {
    let found = whole(name);
    let parts = [
        ("_currency", Path::currency as fn(Path) -> Path),
        ("_minor", Path::minor),
    ];
    for (suffix, part) in parts.into_iter().filter(|_| found.is_err()) {
        let amount = name.strip_suffix(suffix).map(&whole);
        if let Some(Ok(amount)) = amount
            && amount.kind() == FieldKind::Money
        {
            return Ok(part(amount));
        }
    }
    found
}

fn holds_custom_fields(name: &str, entity: &'static EntityDef) -> bool {
    entity
        .custom_field()
        .is_some_and(|field| entity.fields[field].name == name)
}

fn custom_field(name: &str, entity: &'static EntityDef) -> Result<Path> {
    let key = name.parse().ok();
    key.and_then(|key| Path::stored(entity, key)).ok_or_else(|| {
        refused(
            "the query names a custom field by something else than its storage key",
            "Give what Query::to_json wrote",
        )
    })
}

fn entity(table: &str, schema: Schema) -> Result<&'static EntityDef> {
    schema.entity(table).ok_or_else(|| {
        refused(
            "the query names a table that is not there",
            "Use a table of this version's schema",
        )
    })
}

fn field(name: &str, entity: &'static EntityDef) -> Result<Field> {
    entity
        .field_index(name)
        .map(|index| entity.field(index))
        .ok_or_else(|| unknown_field(entity))
}

fn unknown_field(entity: &'static EntityDef) -> CrmError {
    let names: Vec<&str> = entity.fields.iter().map(|field| field.name).collect();
    refused(
        format!("the query names a field that {} does not have", entity.name),
        format!("Use one of {}", names.join(", ")),
    )
}

fn referred(field: Field, schema: Schema) -> Result<&'static EntityDef> {
    let target = field
        .def()
        .reference
        .and_then(|reference| schema.entity(reference.table));
    target.ok_or_else(|| {
        refused(
            format!("{} of {} refers to no record", field.def().name, field.entity.name),
            "Follow references only",
        )
    })
}

fn too_deep() -> CrmError {
    refused(
        format!("filters nest more than {DEEPEST_FILTER} deep"),
        "Put conditions side by side where they mean the same",
    )
}

fn refused(reason: impl Into<String>, hint: impl Into<String>) -> CrmError {
    CrmError::invalid("query", "json", reason, hint)
}
