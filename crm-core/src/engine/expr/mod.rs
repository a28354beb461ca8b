//! Text filters: a subset of CEL, the Common Expression Language, read into [`Filter`].
//!
//! The reference with all examples is `docs/filters.md`. A text goes through three steps: `lexer` finds its words,
//! `syntax` its structure, and `condition` what that means for an entity. Types are checked here and not only when
//! the query runs, so that an error can point at its column.

mod compare;
mod condition;
mod functions;
mod lexer;
mod linked;
mod literal;
mod names;
mod nearest;
mod operand;
mod order;
mod syntax;
mod time;

pub(crate) use nearest::meant;
pub(super) use nearest::shown;
pub(super) use order::order_with;

use super::custom::CustomFields;
use super::entity::{EntityDef, Schema};
use super::filter::Filter;
use super::path::Path;
use super::{CrmError, Order, Result};
use crate::values::{Timestamp, Tz};

/// How long a text may be, in bytes.
pub const LONGEST_TEXT: usize = 64 * 1024;
/// How deep parentheses, lists and calls may lie in each other.
pub const DEEPEST_NESTING: usize = 64;
/// How many conditions a text may have.
pub const MOST_CONDITIONS: usize = 256;
/// How many values a list may have.
pub const LONGEST_LIST: usize = 500;
/// How many references a name may follow.
pub const MOST_HOPS: usize = 8;
/// How many keys an order may have.
pub const MOST_KEYS: usize = 16;

/// What the words `now` and `today` mean.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// The time that `now` is.
    pub now: Timestamp,
    /// The zone in which `today` begins and ends.
    pub zone: Tz,
}

/// Asks for the custom fields, when a name is about one.
pub(super) type AskForCustomFields<'a> = &'a mut dyn FnMut() -> Result<CustomFields>;

/// Reads a text filter on an entity, without its custom fields: [`super::Reader::parse_filter`] knows those.
///
/// ```
/// use crm_core::SCHEMA;
/// use crm_core::engine::{Conditions, Entity, expr};
/// use crm_core::sales::{Opportunity, Stage};
/// use crm_core::values::{Timestamp, Tz};
/// let scope = expr::Scope { now: Timestamp::from_milliseconds(0), zone: Tz::UTC };
/// let read = |text| expr::parse(text, Opportunity::DEF, SCHEMA, scope);
/// assert_eq!(read(r#"stage.kind == "open""#)?, Opportunity::STAGE_ID.to(Stage::KIND).is("open"));
/// let error = read(r#"stge.kind == "open""#).unwrap_err();
/// assert!(error.to_string().starts_with("filter, column 1: opportunity has no stge. Did you mean stage?"));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
///
/// # Errors
/// [`CrmError::Expression`] that points at the column.
pub fn parse(text: &str, entity: &'static EntityDef, schema: Schema, scope: Scope) -> Result<Filter> {
    parse_with(text, entity, schema, scope, &mut no_custom_fields)
}

/// The same, with custom fields.
pub(super) fn parse_with(
    text: &str,
    entity: &'static EntityDef,
    schema: Schema,
    scope: Scope,
    custom: AskForCustomFields<'_>,
) -> Result<Filter> {
    check_length(text)?;
    let tree = syntax::parse(lexer::tokens(text)?)?;
    condition::filter(&tree, entity, schema, scope, custom)
}

fn no_custom_fields() -> Result<CustomFields> {
    Ok(CustomFields::default())
}

/// Reads a dotted name as text filters write it: the path to a field, or to the id of a record that is referred to.
/// [`super::Reader::parse_path`] knows custom fields as well.
///
/// ```
/// use crm_core::SCHEMA;
/// use crm_core::engine::{Entity, expr};
/// use crm_core::sales::Opportunity;
/// let path = expr::path("owner.manager.name", Opportunity::DEF, SCHEMA)?;
/// assert_eq!(path.to_string(), "owner_id.manager_id.name");
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
///
/// # Errors
/// [`CrmError::Expression`] that points at the column.
pub fn path(text: &str, entity: &'static EntityDef, schema: Schema) -> Result<Path> {
    path_with(text, entity, schema, &mut no_custom_fields)
}

/// The same, with custom fields.
pub(super) fn path_with(
    text: &str,
    entity: &'static EntityDef,
    schema: Schema,
    custom: AskForCustomFields<'_>,
) -> Result<Path> {
    let no_field = |column| fault(column, "this is not the name of a field", "Write one, as in owner.name");
    check_length(text)?;
    let tree = syntax::parse(lexer::tokens(text)?)?;
    let syntax::NodeKind::Name(names) = &tree.kind else {
        return Err(no_field(tree.column));
    };
    match names::resolve(names, entity, schema, custom)? {
        names::Target::Path(path) | names::Target::Record(path) => Ok(path),
        names::Target::Collection { .. } | names::Target::Linked { .. } => Err(no_field(tree.column)),
    }
}

/// Reads an order on an entity: the names of fields as text filters write them with commas between them, `-` before one
/// for the largest first. [`super::Reader::parse_order`] knows custom fields as well.
///
/// ```
/// use crm_core::SCHEMA;
/// use crm_core::engine::{Entity, Query, expr};
/// use crm_core::sales::Opportunity;
/// let order = expr::order("customer.name, -amount", Opportunity::DEF, SCHEMA)?;
/// let query = Query::of::<Opportunity>().order(order);
/// assert!(!query.order[0].descending && query.order[1].descending);
/// let error = expr::order("name, amuont", Opportunity::DEF, SCHEMA).unwrap_err();
/// assert!(error.to_string().starts_with("order, column 7: opportunity has no amuont. Did you mean amount?"));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
///
/// # Errors
/// [`CrmError::Expression`] that points at the column.
pub fn order(text: &str, entity: &'static EntityDef, schema: Schema) -> Result<Vec<Order>> {
    order_with(text, entity, schema, &mut no_custom_fields)
}

fn check_length(text: &str) -> Result<()> {
    if text.len() <= LONGEST_TEXT {
        return Ok(());
    }
    Err(fault(
        1,
        format!("the text is longer than {} KiB", LONGEST_TEXT / 1024),
        "Keep what belongs together in one filter, and query twice for the rest",
    ))
}

fn fault(column: usize, reason: impl Into<String>, hint: impl Into<String>) -> CrmError {
    CrmError::Expression {
        of: "filter",
        column,
        reason: reason.into(),
        hint: hint.into(),
    }
}
