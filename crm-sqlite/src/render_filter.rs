//! Conditions to SQL.

use crm_core::engine::{
    Comparison, CrmError, Expression, FieldKind, Filter, Path, Relation, Result, SearchQuery, Value,
};
use crm_core::values::Tz;
use rusqlite::types::Value as Owned;

use crate::column::comparable;
use crate::functions::{LOCAL_DAY, MOVED_DAY, MOVED_INSTANT, moved_day, moved_instant};
use crate::render::{Renderer, Scope, has_few_values, is_indexed};
use crate::schema::join;
use crate::search::{match_expression, search_table};

/// Above this many values a list is bound as one JSON text, since SQLite takes a limited number of parameters.
const LONGEST_LIST: usize = 100;

impl Renderer {
    /// What follows WHERE, where there is any condition. `anchored`: rows are found by other means already.
    pub(crate) fn condition(&mut self, scope: &mut Scope, filter: &Filter, anchored: bool) -> Result<Option<String>> {
        match filter {
            Filter::All(all) if all.is_empty() => Ok(None),
            Filter::All(all) => self.conjunction(scope, all, anchored).map(Some),
            other => self.conjunction(scope, std::slice::from_ref(other), anchored).map(Some),
        }
    }

    /// Conditions side by side.
    ///
    /// A choice has few values, so an index on it finds little; where another condition finds the rows, SQLite is
    /// kept from using it by a unary plus. Without statistics it cannot know, and picks either.
    fn conjunction(&mut self, scope: &mut Scope, all: &[Filter], anchored: bool) -> Result<String> {
        let anchored = anchored || all.iter().any(finds_few);
        let parts = all
            .iter()
            .map(|one| self.filter(scope, one, anchored))
            .collect::<Result<Vec<_>>>()?;
        Ok(balanced(&parts, "AND", "TRUE"))
    }

    /// A condition that is true where the filter holds, and false or NULL where it does not.
    fn filter(&mut self, scope: &mut Scope, filter: &Filter, anchored: bool) -> Result<String> {
        match filter {
            Filter::All(all) => self.conjunction(scope, all, anchored),
            Filter::Any(any) => {
                let parts = any
                    .iter()
                    .map(|one| self.filter(scope, one, anchored))
                    .collect::<Result<Vec<_>>>()?;
                Ok(balanced(&parts, "OR", "FALSE"))
            }
            Filter::Not(inner) => match &**inner {
                Filter::IsEmpty(path) => Ok(format!("{} IS NOT NULL", self.column(scope, path)?)),
                other => Ok(format!("({}) IS NOT TRUE", self.filter(scope, other, anchored)?)),
            },
            Filter::Compare {
                left,
                comparison,
                right,
            } => self.compare(scope, left, *comparison, right, anchored),
            Filter::OneOf { path, values } => self.one_of(scope, path, values, anchored),
            Filter::IsEmpty(path) => Ok(format!("{} IS NULL", self.column(scope, path)?)),
            Filter::StartsWith { path, prefix } => self.starts_with(scope, path, prefix),
            Filter::Matches(search) => Ok(self.matches(scope, search)),
            Filter::Exists { relation, filter } => self.exists(scope, *relation, filter),
        }
    }

    fn compare(
        &mut self,
        scope: &mut Scope,
        left: &Expression,
        comparison: Comparison,
        right: &Expression,
        anchored: bool,
    ) -> Result<String> {
        if let (Some(left), Some(right)) = (constant(left), constant(right)) {
            let holds = !left.is_null() && !right.is_null() && comparison.holds(left.cmp(&right));
            return Ok(if holds { "TRUE" } else { "FALSE" }.into());
        }
        let scale = scale_of(left).or(scale_of(right)).unwrap_or(0);
        let plus = match left {
            Expression::Path(path) if anchored && has_few_values(path) => "+",
            _ => "",
        };
        let left = self.operand(scope, left, scale)?;
        let right = self.operand(scope, right, scale)?;
        Ok(format!("{plus}{left} {} {right}", operator(comparison)))
    }

    /// One side of a comparison.
    fn operand(&mut self, scope: &mut Scope, expression: &Expression, scale: u32) -> Result<String> {
        if let Some(value) = constant(expression) {
            let bound = comparable(scope.entity, &value, scale)?;
            return Ok(self.bind(bound));
        }
        match expression {
            Expression::Path(path) => self.column(scope, path),
            Expression::Moved { base, milliseconds } => {
                let function = if is_date(base) { MOVED_DAY } else { MOVED_INSTANT };
                let base = self.operand(scope, base, scale)?;
                let by = self.bind(Owned::Integer(*milliseconds));
                Ok(format!("{function}({base}, {by})"))
            }
            other => self.duration(scope, other),
        }
    }

    /// The time between two dates or instants.
    pub(crate) fn duration(&mut self, scope: &mut Scope, expression: &Expression) -> Result<String> {
        match expression {
            Expression::DaysBetween { from, to, zone } => {
                let from = self.day(scope, from, *zone)?;
                let to = self.day(scope, to, *zone)?;
                Ok(format!("({to} - {from})"))
            }
            Expression::MillisecondsBetween { from, to } => {
                let from = self.column(scope, from)?;
                let to = self.column(scope, to)?;
                Ok(format!("({to} - {from})"))
            }
            _ => Err(CrmError::invalid(
                scope.entity.name,
                "filter",
                "this cannot be compared or measured",
                "Use a field, a value, or the time between two fields",
            )),
        }
    }

    /// The date at a path, or the local date of its instant.
    pub(crate) fn day(&mut self, scope: &mut Scope, path: &Path, zone: Tz) -> Result<String> {
        let column = self.column(scope, path)?;
        if path.kind() == FieldKind::Date {
            return Ok(column);
        }
        let zone = self.bind(Owned::Text(zone.name().to_owned()));
        Ok(format!("{LOCAL_DAY}({column}, {zone})"))
    }

    fn one_of(&mut self, scope: &mut Scope, path: &Path, values: &[Value], anchored: bool) -> Result<String> {
        let column = self.column(scope, path)?;
        let plus = if anchored && has_few_values(path) { "+" } else { "" };
        let bound = values
            .iter()
            .map(|value| comparable(scope.entity, value, 0))
            .collect::<Result<Vec<_>>>()?;
        if bound.len() > LONGEST_LIST {
            return Ok(format!("{plus}{column} IN ({})", self.long_list(bound)));
        }
        let list = join(bound.into_iter().map(|value| self.bind(value)));
        Ok(format!("{plus}{column} IN ({list})"))
    }

    /// A list as one JSON text: numbers as they are, bytes of texts and ids in hexadecimal digits.
    fn long_list(&mut self, values: Vec<Owned>) -> String {
        let selected = match values.first() {
            Some(Owned::Text(_)) => "CAST(unhex(value) AS TEXT)",
            Some(Owned::Blob(_)) => "unhex(value)",
            _ => "value",
        };
        let hex = |bytes: &[u8]| {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("\"{digits}\"")
        };
        let json = join(values.iter().map(|value| match value {
            Owned::Text(text) => hex(text.as_bytes()),
            Owned::Blob(bytes) => hex(bytes),
            Owned::Integer(number) => number.to_string(),
            Owned::Real(_) | Owned::Null => "null".into(),
        }));
        let json = self.bind(Owned::Text(format!("[{json}]")));
        format!("SELECT {selected} FROM json_each({json})")
    }

    /// A range, which an index serves: everything from the prefix up to the first text behind all that begin with it.
    fn starts_with(&mut self, scope: &mut Scope, path: &Path, prefix: &str) -> Result<String> {
        let column = self.column(scope, path)?;
        let from = self.bind(Owned::Text(prefix.to_owned()));
        Ok(match behind_prefix(prefix) {
            Some(behind) => {
                let behind = self.bind(Owned::Text(behind));
                format!("({column} >= {from} AND {column} < {behind})")
            }
            None => format!("{column} >= {from}"),
        })
    }

    /// The rows that the full-text index finds.
    fn matches(&mut self, scope: &Scope, search: &SearchQuery) -> String {
        let Some(expression) = match_expression(search) else {
            return "FALSE".into();
        };
        let (alias, table) = (scope.alias, search_table(scope.entity.table));
        let expression = self.bind(Owned::Text(expression));
        format!("t{alias}.rowid IN (SELECT rowid FROM \"{table}\" WHERE \"{table}\" MATCH {expression})")
    }

    fn exists(&mut self, scope: &mut Scope, relation: Relation, filter: &Filter) -> Result<String> {
        let related = relation.related(self.schema).ok_or_else(|| {
            CrmError::invalid(
                scope.entity.name,
                "filter",
                "the field refers to no other records",
                "Use a reference",
            )
        })?;
        let mut inner = self.scope(related);
        let (own, other, indexed) = match relation {
            Relation::To(field) => (field.def().name, "id", true),
            Relation::From(field) => ("id", field.def().name, field.def().indexed),
        };
        let condition = self.condition(&mut inner, filter, indexed)?;
        let link = format!("t{}.\"{other}\" = t{}.\"{own}\"", inner.alias, scope.alias);
        let from = inner.from();
        let condition = condition.map_or_else(String::new, |condition| format!(" AND {condition}"));
        Ok(format!("EXISTS (SELECT 1 {from} WHERE {link}{condition})"))
    }
}

/// The conditions in pairs of pairs: a flat row of more than a thousand would be too deep for SQLite.
fn balanced(parts: &[String], word: &str, none: &str) -> String {
    const FLAT: usize = 8;
    match parts {
        [] => none.to_owned(),
        [one] => one.clone(),
        few if few.len() <= FLAT => format!("({})", few.join(&format!(" {word} "))),
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            let (left, right) = (balanced(left, word, none), balanced(right, word, none));
            format!("({left} {word} {right})")
        }
    }
}

/// The value of an expression that depends on no record.
fn constant(expression: &Expression) -> Option<Value> {
    match expression {
        Expression::Literal(value) => Some(value.clone()),
        Expression::Moved { base, milliseconds } => Some(match constant(base)? {
            Value::Instant(at) => Value::Instant(moved_instant(at, *milliseconds)),
            Value::Date(day) => moved_day(day, *milliseconds).map_or(Value::Null, Value::Date),
            _ => Value::Null,
        }),
        _ => None,
    }
}

fn scale_of(expression: &Expression) -> Option<u32> {
    match expression {
        Expression::Path(path) => match path.kind() {
            FieldKind::Decimal { scale } => Some(scale),
            _ => None,
        },
        _ => None,
    }
}

fn is_date(expression: &Expression) -> bool {
    match expression {
        Expression::Path(path) => path.kind() == FieldKind::Date,
        Expression::Moved { base, .. } => is_date(base),
        _ => false,
    }
}

const fn operator(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Below => "<",
        Comparison::AtMost => "<=",
        Comparison::Above => ">",
        Comparison::AtLeast => ">=",
    }
}

/// Whether this condition leaves few rows, and an index finds them.
fn finds_few(filter: &Filter) -> bool {
    match filter {
        Filter::Compare {
            left: Expression::Path(path),
            comparison: Comparison::Equal,
            right: Expression::Literal(_),
        }
        | Filter::OneOf { path, .. } => is_indexed(path) && !has_few_values(path),
        Filter::Matches(_) => true,
        _ => false,
    }
}

/// The first text behind all texts that begin with the prefix, in the order of code points; none where they go on to
/// the end.
fn behind_prefix(prefix: &str) -> Option<String> {
    let mut characters: Vec<char> = prefix.chars().collect();
    while let Some(last) = characters.pop() {
        // The step over the surrogates, which no text contains.
        let next = if last == '\u{D7FF}' {
            Some('\u{E000}')
        } else {
            char::from_u32(u32::from(last) + 1)
        };
        if let Some(next) = next {
            characters.push(next);
            return Some(characters.into_iter().collect());
        }
    }
    None
}
