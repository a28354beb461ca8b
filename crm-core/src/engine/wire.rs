//! Queries as JSON, to be kept in files and sent between processes: paths as text, values as the change log keeps them.

use serde::{Deserialize, Serialize};

use super::aggregate::Expression;
use super::entity::{EntityDef, Field};
use super::filter::{Comparison, Filter, Relation};
use super::path::{Part, Path};
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
            path: key.path.to_string(),
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
            path: path.to_string(),
            values: values.clone(),
        },
        Filter::IsEmpty(path) => WireFilter::IsEmpty(path.to_string()),
        Filter::StartsWith { path, prefix } => WireFilter::StartsWith {
            path: path.to_string(),
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
        Expression::Path(path) => WireExpression::Path(path.to_string()),
        Expression::Literal(value) => WireExpression::Literal(value.clone()),
        Expression::Moved { base, milliseconds } => WireExpression::Moved {
            base: Box::new(write_expression(base, below)?),
            milliseconds: *milliseconds,
        },
        Expression::DaysBetween { from, to, zone } => WireExpression::DaysBetween {
            from: from.to_string(),
            to: to.to_string(),
            zone: zone.name().to_owned(),
        },
        Expression::MillisecondsBetween { from, to } => WireExpression::MillisecondsBetween {
            from: from.to_string(),
            to: to.to_string(),
        },
        Expression::Share { of, percent } => WireExpression::Share {
            of: of.to_string(),
            percent: percent.to_string(),
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

/// The path that its text means, as `Path` shows itself.
fn path(text: &str, root: &'static EntityDef, schema: Schema) -> Result<Path> {
    let (hops, last) = text
        .rsplit_once('.')
        .map_or((None, text), |(hops, last)| (Some(hops), last));
    let mut entity = root;
    let mut steps = Vec::new();
    for hop in hops.into_iter().flat_map(|hops| hops.split('.')) {
        let hop = field(hop, entity)?;
        entity = referred(hop, schema)?;
        steps.push(hop);
    }
    let (end, part) = end_of_path(last, entity)?;
    steps.push(end);
    let mut steps = steps.into_iter();
    let first = Path::from(steps.next().unwrap_or(end));
    let path = steps.fold(first, Path::to);
    Ok(match part {
        Part::Whole => path,
        Part::Currency => path.currency(),
        Part::Minor => path.minor(),
    })
}

/// The field that the last name of a path means, or of which amount it means a part.
fn end_of_path(name: &str, entity: &'static EntityDef) -> Result<(Field, Part)> {
    let whole = field(name, entity);
    if whole.is_ok() {
        return whole.map(|field| (field, Part::Whole));
    }
    for (suffix, part) in [("_currency", Part::Currency), ("_minor", Part::Minor)] {
        let amount = name.strip_suffix(suffix).map(|amount| field(amount, entity));
        if let Some(Ok(amount)) = amount
            && amount.def().kind == FieldKind::Money
        {
            return Ok((amount, part));
        }
    }
    whole.map(|field| (field, Part::Whole))
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
        .ok_or_else(|| {
            refused(
                format!("the query names a field that {} does not have", entity.name),
                format!(
                    "Use one of {}",
                    entity
                        .fields
                        .iter()
                        .map(|field| field.name)
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            )
        })
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
