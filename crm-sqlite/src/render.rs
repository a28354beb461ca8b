//! From queries to SQL. Values are bound, never written into the text; names come from the definitions alone.

use std::fmt::Write as _;

use crm_core::engine::{CrmError, EntityDef, Field, Order, Part, Path, Query, Result, Schema, managed};
use rusqlite::types::Value as Owned;

use crate::custom;
use crate::schema::{Tables, currency_column, join};

/// A statement and the values bound to it, in the order of their numbers.
#[derive(Debug, PartialEq)]
pub(crate) struct Rendered {
    pub(crate) sql: String,
    pub(crate) parameters: Vec<Owned>,
}

/// Renders one statement.
#[derive(Debug)]
pub(crate) struct Renderer {
    pub(crate) schema: Schema,
    parameters: Vec<Owned>,
    aliases: usize,
}

/// One SELECT: a table, and the records to which paths lead from it.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) entity: &'static EntityDef,
    pub(crate) alias: usize,
    joins: Vec<Join>,
}

#[derive(Debug)]
struct Join {
    from: usize,
    field: Field,
    table: &'static str,
    alias: usize,
}

/// The SELECT of a prepared query.
pub(crate) fn query(query: &Query, schema: Schema, tables: &Tables) -> Result<Rendered> {
    let mut renderer = Renderer::new(schema);
    let mut scope = renderer.scope(query.entity);
    // A page in the order of an index is read from there; in the order of ids, any index gives it.
    let in_order = query.limit.is_some()
        && query.order.first().is_some_and(|Order { path, .. }| {
            is_indexed(path) && !has_few_values(path) && path.field().index != managed::ID
        });
    let condition = renderer.condition(&mut scope, &query.filter, in_order)?;
    let order = query
        .order
        .iter()
        .map(|Order { path, descending }| {
            let column = renderer.column(&mut scope, path)?;
            Ok(if *descending { format!("{column} DESC") } else { column })
        })
        .collect::<Result<Vec<_>>>()?;
    let mut sql = format!("SELECT {} {}", tables.table(query.entity)?.select_list, scope.from());
    if let Some(condition) = condition {
        let _ = write!(sql, " WHERE {condition}");
    }
    if !order.is_empty() {
        let _ = write!(sql, " ORDER BY {}", join(order.into_iter()));
    }
    if let Some(limit) = query.limit {
        let limit = renderer.bind(Owned::Integer(limit.into()));
        let _ = write!(sql, " LIMIT {limit}");
    }
    Ok(renderer.finish(sql))
}

/// Whether rows can be had by this path from an index, in its order.
pub(crate) fn is_indexed(path: &Path) -> bool {
    path.hops().is_empty() && (path.is_indexed() || path.field().index == managed::ID)
}

/// Whether an index on what this path leads to would find little.
pub(crate) fn has_few_values(path: &Path) -> bool {
    path.hops().is_empty() && path.has_few_values()
}

impl Renderer {
    pub(crate) fn new(schema: Schema) -> Self {
        Self {
            schema,
            parameters: Vec::new(),
            aliases: 0,
        }
    }

    pub(crate) fn finish(self, sql: String) -> Rendered {
        Rendered {
            sql,
            parameters: self.parameters,
        }
    }

    /// Begins a SELECT.
    pub(crate) fn scope(&mut self, entity: &'static EntityDef) -> Scope {
        Scope {
            entity,
            alias: self.alias(),
            joins: Vec::new(),
        }
    }

    fn alias(&mut self) -> usize {
        self.aliases += 1;
        self.aliases - 1
    }

    /// Binds a value and returns the parameter that stands for it.
    pub(crate) fn bind(&mut self, value: Owned) -> String {
        self.parameters.push(value);
        format!("?{}", self.parameters.len())
    }

    /// The column to which a path leads. The way there is joined once, however many paths take it.
    pub(crate) fn column(&mut self, scope: &mut Scope, path: &Path) -> Result<String> {
        let mut alias = scope.alias;
        for hop in path.hops() {
            alias = self.joined(scope, alias, *hop)?;
        }
        let name = path.field().def().name;
        if let Some(key) = path.storage_key() {
            return Ok(custom::expression(&format!("t{alias}.\"{name}\""), key, path.part()));
        }
        Ok(match path.part() {
            Part::Currency => format!("t{alias}.\"{}\"", currency_column(name)),
            Part::Whole | Part::Minor => format!("t{alias}.\"{name}\""),
        })
    }

    fn joined(&mut self, scope: &mut Scope, from: usize, field: Field) -> Result<usize> {
        if let Some(join) = scope.joins.iter().find(|join| join.from == from && join.field == field) {
            return Ok(join.alias);
        }
        let table = field.def().reference.map(|reference| reference.table).ok_or_else(|| {
            CrmError::invalid(
                field.entity.name,
                field.def().name,
                "it does not refer to other records",
                "Use a reference",
            )
        })?;
        let alias = self.alias();
        scope.joins.push(Join {
            from,
            field,
            table,
            alias,
        });
        Ok(alias)
    }
}

impl Scope {
    /// The FROM clause, once every path was rendered.
    pub(crate) fn from(&self) -> String {
        let mut from = format!("FROM \"{}\" AS t{}", self.entity.table, self.alias);
        for join in &self.joins {
            let Join {
                from: origin,
                field,
                table,
                alias,
            } = join;
            let name = field.def().name;
            let _ = write!(
                from,
                " LEFT JOIN \"{table}\" AS t{alias} ON t{alias}.\"id\" = t{origin}.\"{name}\""
            );
        }
        from
    }
}
