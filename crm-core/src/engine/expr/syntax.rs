//! The structure of a text filter: a parser by recursive descent, which goes no deeper than [`DEEPEST_NESTING`].

use super::lexer::{Token, TokenKind};
use super::nearest::shown;
use super::{DEEPEST_NESTING, LONGEST_LIST, Result, fault, literal};
use crate::engine::{Comparison, CrmError, Value};

/// A part of the text and where it begins.
#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) kind: NodeKind<'t>,
    /// In characters, from 1.
    pub(super) column: usize,
}

/// What a part of the text is. Chains are lists and not nested, so that a long text makes no deep tree.
#[derive(Debug)]
pub(super) enum NodeKind<'t> {
    Literal(Value),
    /// Names with dots between them.
    Name(Vec<Name<'t>>),
    /// `function(argument)`, or `name.function(argument)`.
    Call {
        on: Vec<Name<'t>>,
        function: Name<'t>,
        arguments: Vec<Node<'t>>,
    },
    List(Vec<Node<'t>>),
    Not(Box<Node<'t>>),
    All(Vec<Node<'t>>),
    Any(Vec<Node<'t>>),
    Compare {
        left: Box<Node<'t>>,
        comparison: Comparison,
        right: Box<Node<'t>>,
    },
    In {
        left: Box<Node<'t>>,
        list: Box<Node<'t>>,
    },
    /// The first, and then each other added or taken away.
    Sum {
        first: Box<Node<'t>>,
        rest: Vec<(Sign, Node<'t>)>,
    },
}

/// A name and where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'t> {
    pub(super) text: &'t str,
    pub(super) column: usize,
}

/// Whether something is added or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

/// Reads the structure of a text from its words.
pub(super) fn parse(tokens: Vec<Token<'_>>) -> Result<Node<'_>> {
    let mut parser = Parser {
        tokens: tokens.into_iter().peekable(),
        depth: 0,
    };
    if parser.peek().kind == TokenKind::End {
        return Err(fault(
            1,
            "the filter is empty",
            "Write a condition, as in name == \"Acme\"",
        ));
    }
    let tree = parser.expression()?;
    match parser.next() {
        Token {
            kind: TokenKind::End, ..
        } => Ok(tree),
        token => Err(expected_operator(&token)),
    }
}

struct Parser<'t> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token<'t>>>,
    depth: usize,
}

const END: Token<'static> = Token {
    kind: TokenKind::End,
    column: 0,
};

impl<'t> Parser<'t> {
    fn peek(&mut self) -> &Token<'t> {
        self.tokens.peek().unwrap_or(&END)
    }

    fn next(&mut self) -> Token<'t> {
        self.tokens.next().unwrap_or(END)
    }

    fn column(&mut self) -> usize {
        self.peek().column
    }

    /// Takes the next word where it is this symbol.
    fn symbol(&mut self, symbol: &str) -> bool {
        let there = matches!(self.peek().kind, TokenKind::Symbol(found) if found == symbol);
        if there {
            self.next();
        }
        there
    }

    fn expression(&mut self) -> Result<Node<'t>> {
        if self.depth == DEEPEST_NESTING {
            return Err(fault(
                self.column(),
                format!("more than {DEEPEST_NESTING} parentheses, lists or calls lie in each other"),
                "Leave out parentheses that change nothing",
            ));
        }
        self.depth += 1;
        let either = self.one_or_more("||", Self::conjunction, NodeKind::Any);
        self.depth -= 1;
        either
    }

    fn conjunction(&mut self) -> Result<Node<'t>> {
        self.one_or_more("&&", Self::relation, NodeKind::All)
    }

    /// One part alone, or several with a symbol between them as a list.
    fn one_or_more(
        &mut self,
        symbol: &str,
        part: fn(&mut Self) -> Result<Node<'t>>,
        list: fn(Vec<Node<'t>>) -> NodeKind<'t>,
    ) -> Result<Node<'t>> {
        let first = part(self)?;
        if !self.symbol(symbol) {
            return Ok(first);
        }
        let column = first.column;
        let mut parts = vec![first, part(self)?];
        while self.symbol(symbol) {
            parts.push(part(self)?);
        }
        Ok(Node {
            kind: list(parts),
            column,
        })
    }

    fn relation(&mut self) -> Result<Node<'t>> {
        let left = self.sum()?;
        let column = left.column;
        let Some(relation) = self.relation_sign() else {
            return Ok(left);
        };
        self.next();
        let (left, right) = (Box::new(left), Box::new(self.sum()?));
        if self.relation_sign().is_some() {
            return Err(fault(
                self.column(),
                "comparisons do not chain",
                "Write both with && between them, as in 1 < x && x < 9",
            ));
        }
        let kind = match relation {
            Relation::Compare(comparison) => NodeKind::Compare {
                left,
                comparison,
                right,
            },
            Relation::In => NodeKind::In { left, list: right },
        };
        Ok(Node { kind, column })
    }

    fn relation_sign(&mut self) -> Option<Relation> {
        let comparison = match self.peek().kind {
            TokenKind::Name("in") => return Some(Relation::In),
            TokenKind::Symbol("==") => Comparison::Equal,
            TokenKind::Symbol("!=") => Comparison::NotEqual,
            TokenKind::Symbol("<") => Comparison::Below,
            TokenKind::Symbol("<=") => Comparison::AtMost,
            TokenKind::Symbol(">") => Comparison::Above,
            TokenKind::Symbol(">=") => Comparison::AtLeast,
            _ => return None,
        };
        Some(Relation::Compare(comparison))
    }

    fn sum(&mut self) -> Result<Node<'t>> {
        let first = self.unary()?;
        let column = first.column;
        let mut rest = Vec::new();
        loop {
            let sign = match self.peek().kind {
                TokenKind::Symbol("+") => Sign::Plus,
                TokenKind::Symbol("-") => Sign::Minus,
                _ => break,
            };
            self.next();
            rest.push((sign, self.unary()?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        let first = Box::new(first);
        Ok(Node {
            kind: NodeKind::Sum { first, rest },
            column,
        })
    }

    fn unary(&mut self) -> Result<Node<'t>> {
        let column = self.column();
        let mut negations: usize = 0;
        while self.symbol("!") {
            negations += 1;
        }
        let inner = if negations == 0 && self.symbol("-") {
            self.negative_number(column)?
        } else {
            self.primary()?
        };
        // Two in a row undo each other, but what stands behind them must still be a condition.
        let kept = if negations > 2 { 2 - negations % 2 } else { negations };
        Ok((0..kept).fold(inner, |inner, _| Node {
            kind: NodeKind::Not(Box::new(inner)),
            column,
        }))
    }

    fn negative_number(&mut self, column: usize) -> Result<Node<'t>> {
        match self.next() {
            Token {
                kind: TokenKind::Number(digits),
                ..
            } => Ok(Node {
                kind: NodeKind::Literal(literal::number(digits, true, column)?),
                column,
            }),
            _ => Err(fault(
                column,
                "a minus stands before a number, or between two times",
                "Write -1000, or now - duration(\"72h\")",
            )),
        }
    }

    fn primary(&mut self) -> Result<Node<'t>> {
        let token = self.next();
        let column = token.column;
        let kind = match token.kind {
            TokenKind::Text(text) => NodeKind::Literal(Value::Text(text)),
            TokenKind::Number(digits) => NodeKind::Literal(literal::number(digits, false, column)?),
            TokenKind::Name("true") => NodeKind::Literal(Value::Bool(true)),
            TokenKind::Name("false") => NodeKind::Literal(Value::Bool(false)),
            TokenKind::Name("null") => NodeKind::Literal(Value::Null),
            TokenKind::Name(text) if text != "in" => return self.name_or_call(Name { text, column }),
            TokenKind::Symbol("(") => {
                let inner = self.expression()?;
                self.close(")", "parenthesis", column)?;
                self.nothing_selected()?;
                return Ok(Node { column, ..inner });
            }
            TokenKind::Symbol("[") => NodeKind::List(self.list("]", "list", column)?),
            _ => return Err(expected_operand(&token)),
        };
        self.nothing_selected()?;
        Ok(Node { kind, column })
    }

    fn name_or_call(&mut self, first: Name<'t>) -> Result<Node<'t>> {
        let column = first.column;
        let mut names = vec![first];
        while self.symbol(".") {
            match self.next() {
                Token {
                    kind: TokenKind::Name(text),
                    column,
                } => names.push(Name { text, column }),
                token => {
                    return Err(fault(
                        token.column,
                        "a name is missing behind the point",
                        "Write a field, as in customer.name",
                    ));
                }
            }
        }
        let called = self.column();
        if !self.symbol("(") {
            if matches!(self.peek().kind, TokenKind::Symbol("[")) {
                return Err(fault(
                    called,
                    "CEL has an index in brackets, and filters here do not",
                    "Write a field with a point before it, as in customer.name",
                ));
            }
            return Ok(Node {
                kind: NodeKind::Name(names),
                column,
            });
        }
        let arguments = self.list(")", "parenthesis", called)?;
        self.nothing_selected()?;
        let function = names.pop().unwrap_or(first);
        Ok(Node {
            kind: NodeKind::Call {
                on: names,
                function,
                arguments,
            },
            column,
        })
    }

    /// Expressions with commas between them, up to the sign that closes them.
    fn list(&mut self, close: &str, what: &str, opened: usize) -> Result<Vec<Node<'t>>> {
        let mut items = Vec::new();
        if self.symbol(close) {
            return Ok(items);
        }
        loop {
            if items.len() == LONGEST_LIST {
                return Err(fault(
                    self.column(),
                    format!("the list has more than {LONGEST_LIST} values"),
                    "Split it into several queries, or ask for what the values have in common",
                ));
            }
            items.push(self.expression()?);
            if !self.symbol(",") {
                self.close(close, what, opened)?;
                return Ok(items);
            }
        }
    }

    fn close(&mut self, close: &str, what: &str, opened: usize) -> Result<()> {
        if self.symbol(close) {
            return Ok(());
        }
        let token = self.next();
        match token.kind {
            TokenKind::End => Err(fault(
                opened,
                format!("the {what} that begins here is not closed"),
                format!("Close it with {close}"),
            )),
            _ => Err(expected_operator(&token)),
        }
    }

    /// Refuses a point behind what is no name.
    fn nothing_selected(&mut self) -> Result<()> {
        if !matches!(self.peek().kind, TokenKind::Symbol(".")) {
            return Ok(());
        }
        Err(fault(
            self.column(),
            "only a name has fields and functions",
            "Write the name of a field before the point, as in name.startsWith(\"Ac\")",
        ))
    }
}

enum Relation {
    Compare(Comparison),
    In,
}

fn expected_operand(token: &Token<'_>) -> CrmError {
    const HINT: &str = "Write a field, a value or a condition in parentheses";
    let reason = match &token.kind {
        TokenKind::End => "the filter ends where a field or a value should follow".to_owned(),
        TokenKind::Symbol(symbol) => format!("a field or a value should stand here, and not {symbol}"),
        _ => "a field or a value should stand here".to_owned(),
    };
    fault(token.column, reason, HINT)
}

fn expected_operator(token: &Token<'_>) -> CrmError {
    const HINT: &str = "Write && or || between two conditions, and == or another comparison between two values";
    let (reason, hint) = match &token.kind {
        TokenKind::Name(word) if word.eq_ignore_ascii_case("and") => (
            "CEL has no word and".to_owned(),
            "Write && between two conditions that must both hold",
        ),
        TokenKind::Name(word) if word.eq_ignore_ascii_case("or") => (
            "CEL has no word or".to_owned(),
            "Write || between two conditions of which one must hold",
        ),
        TokenKind::Name(word) => (format!("an operator is missing before {}", shown(word)), HINT),
        TokenKind::Symbol(")") => (
            "no parenthesis is open that this could close".to_owned(),
            "Take it out, or open one before",
        ),
        TokenKind::Symbol("]") => (
            "no list is open that this could close".to_owned(),
            "Take it out, or open one before",
        ),
        TokenKind::Symbol(symbol) => (format!("an operator is missing before {symbol}"), HINT),
        _ => ("an operator is missing before this value".to_owned(), HINT),
    };
    fault(token.column, reason, hint)
}
