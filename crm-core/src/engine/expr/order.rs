//! An order as text: the names of fields with commas between them, `-` before one for the largest first.

use super::lexer::{self, Token, TokenKind};
use super::names::{Target, resolve};
use super::syntax::Name;
use super::{AskForCustomFields, MOST_KEYS, Result, check_length, fault};
use crate::engine::entity::{EntityDef, Schema};
use crate::engine::{CrmError, Order};

const HINT: &str =
    "Write names with commas between them, and - before one for the largest first, as in -created_at, name";

/// The order that a text means for an entity.
pub(in crate::engine) fn order_with(
    text: &str,
    entity: &'static EntityDef,
    schema: Schema,
    custom: AskForCustomFields<'_>,
) -> Result<Vec<Order>> {
    keys(text, entity, schema, custom).map_err(|error| match error {
        CrmError::Expression {
            column, reason, hint, ..
        } => CrmError::Expression {
            of: "order",
            column,
            reason,
            hint,
        },
        other => other,
    })
}

fn keys(text: &str, entity: &'static EntityDef, schema: Schema, custom: AskForCustomFields<'_>) -> Result<Vec<Order>> {
    check_length(text)?;
    let tokens = lexer::tokens(text)?;
    let mut rest = tokens.as_slice();
    let mut order = Vec::new();
    loop {
        if order.len() == MOST_KEYS {
            let column = rest.first().map_or(1, |token| token.column);
            return Err(fault(
                column,
                format!("the order has more than {MOST_KEYS} keys"),
                "Keep the first ones; the id decides between records that are equal in them",
            ));
        }
        let descending = symbol(&mut rest, "-");
        let names = names(&mut rest)?;
        let path = match resolve(&names, entity, schema, custom)? {
            Target::Path(path) => path,
            Target::Record(_) => return Err(no_field(&names, "is a record, and has no order of its own")),
            Target::Collection { .. } | Target::Linked { .. } => {
                return Err(no_field(&names, "are several records, and no value to order by"));
            }
        };
        order.push(Order { path, descending });
        if !symbol(&mut rest, ",") {
            break;
        }
    }
    match rest.first() {
        None
        | Some(Token {
            kind: TokenKind::End, ..
        }) => Ok(order),
        Some(token) => Err(behind_a_key(token)),
    }
}

/// Takes the next word where it is this symbol.
fn symbol(rest: &mut &[Token<'_>], symbol: &str) -> bool {
    match rest {
        [token, behind @ ..] if matches!(token.kind, TokenKind::Symbol(found) if found == symbol) => {
            *rest = behind;
            true
        }
        _ => false,
    }
}

/// Takes names with points between them.
fn names<'t>(rest: &mut &[Token<'t>]) -> Result<Vec<Name<'t>>> {
    let mut names = Vec::new();
    loop {
        match *rest {
            [
                Token {
                    kind: TokenKind::Name(text),
                    column,
                },
                behind @ ..,
            ] => {
                names.push(Name { text, column: *column });
                *rest = behind;
            }
            _ => {
                let column = rest.first().map_or(1, |token| token.column);
                return Err(fault(column, "the name of a field should stand here", HINT));
            }
        }
        if !symbol(rest, ".") {
            return Ok(names);
        }
    }
}

fn no_field(names: &[Name<'_>], what: &str) -> CrmError {
    let dotted = names.iter().map(|name| name.text).collect::<Vec<_>>().join(".");
    let column = names.first().map_or(1, |name| name.column);
    fault(
        column,
        format!("{dotted} {what}"),
        "Write a field of the record itself, or of one that it refers to, as in owner.name",
    )
}

fn behind_a_key(token: &Token<'_>) -> CrmError {
    let hint = match token.kind {
        TokenKind::Name(word) if word.eq_ignore_ascii_case("desc") => {
            "Write - before the name instead, as in -created_at"
        }
        TokenKind::Name(word) if word.eq_ignore_ascii_case("asc") => "Leave it out: the smallest come first without it",
        _ => HINT,
    };
    fault(token.column, "a comma should stand between two keys", hint)
}
