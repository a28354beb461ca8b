//! The words of a text filter.

use super::literal::unescape;
use super::{Result, fault};

/// A word and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'t> {
    pub(super) kind: TokenKind<'t>,
    /// In characters, from 1.
    pub(super) column: usize,
}

/// What a word is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind<'t> {
    Name(&'t str),
    /// Digits, perhaps with a point and more digits.
    Number(&'t str),
    /// A string without its quotes and escapes.
    Text(String),
    Symbol(&'static str),
    /// Behind the last word.
    End,
}

/// The longer ones first, so that `<=` is not taken for `<`.
const SYMBOLS: [&str; 17] = [
    "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")", "[", "]", ",", ".", "+", "-",
];

/// What people write for what CEL writes otherwise, with the hint; the longer ones first.
const MISTAKEN: [(&str, &str); 12] = [
    ("&", "Write && between two conditions that must both hold"),
    ("|", "Write || between two conditions of which one must hold"),
    ("=", "Write == to compare"),
    ("*", NO_ARITHMETIC),
    ("/", NO_ARITHMETIC),
    ("%", "Write startsWith(\"Ac\") for text that begins like this"),
    ("?", "Write two conditions with && and ||"),
    ("{", "Compare field by field"),
    ("\u{201c}", STRAIGHT_QUOTES),
    ("\u{201d}", STRAIGHT_QUOTES),
    ("\u{2018}", STRAIGHT_QUOTES),
    ("\u{2019}", STRAIGHT_QUOTES),
];

const NO_ARITHMETIC: &str = "Work the number out first; only times are moved, by + and - and a duration";
const STRAIGHT_QUOTES: &str = "Write text in straight quotes, as in \"DE\"";

/// Splits a text into words; the last one is the end.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>> {
    let mut lexer = Lexer { rest: text, column: 1 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_space();
        let column = lexer.column;
        let kind = lexer.next()?;
        let done = kind == TokenKind::End;
        tokens.push(Token { kind, column });
        if done {
            return Ok(tokens);
        }
    }
}

struct Lexer<'t> {
    rest: &'t str,
    column: usize,
}

impl<'t> Lexer<'t> {
    /// Takes this many bytes, which must end between two characters.
    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        self.column += taken.chars().count();
        taken
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        self.take(end)
    }

    /// Skips white space and comments, which run from `//` to the end of the line.
    fn skip_space(&mut self) {
        loop {
            self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}'));
            if !self.rest.starts_with("//") {
                return;
            }
            self.take_while(|c| c != '\n');
        }
    }

    fn next(&mut self) -> Result<TokenKind<'t>> {
        let Some(first) = self.rest.chars().next() else {
            return Ok(TokenKind::End);
        };
        match first {
            '"' | '\'' => self.text(first),
            'a'..='z' | 'A'..='Z' | '_' => self.name(),
            '0'..='9' => self.number(),
            _ => self.symbol(first),
        }
    }

    fn name(&mut self) -> Result<TokenKind<'t>> {
        let column = self.column;
        let name = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        let prefix = matches!(name.to_ascii_lowercase().as_str(), "r" | "b" | "br" | "rb");
        if prefix && self.rest.starts_with(['"', '\'']) {
            return Err(fault(
                column,
                "CEL has raw strings and bytes, and filters here do not",
                "Write a plain string, with \\\\ for a backslash",
            ));
        }
        Ok(TokenKind::Name(name))
    }

    fn number(&mut self) -> Result<TokenKind<'t>> {
        let (whole, column) = (self.rest, self.column);
        let mut length = self.take_while(|c| c.is_ascii_digit()).len();
        let fraction = self.rest.strip_prefix('.');
        if fraction.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit())) {
            length += self.take(1).len();
            length += self.take_while(|c| c.is_ascii_digit()).len();
        }
        if self.rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return Err(fault(
                column,
                "a number is written with digits alone",
                "Write 1000 or 62.5, without exponent, unit or other letters",
            ));
        }
        Ok(TokenKind::Number(&whole[..length]))
    }

    fn text(&mut self, quote: char) -> Result<TokenKind<'t>> {
        let opened = self.column;
        self.take(1);
        if self.rest.starts_with([quote]) && self.rest[1..].starts_with(quote) {
            return Err(fault(
                opened,
                "CEL has strings in three quotes, and filters here do not",
                "Write it in one quote, with \\n for a new line",
            ));
        }
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|c| c != quote && c != '\\' && c != '\n' && c != '\r'));
            match self.rest.chars().next() {
                Some(c) if c == quote => break,
                Some('\\') => {
                    let (character, length) = unescape(self.rest, self.column)?;
                    text.push(character);
                    self.take(length);
                }
                _ => {
                    return Err(fault(
                        opened,
                        "the string that begins here does not end on its line",
                        format!("Close it with {quote}"),
                    ));
                }
            }
        }
        self.take(1);
        Ok(TokenKind::Text(text))
    }

    fn symbol(&mut self, first: char) -> Result<TokenKind<'t>> {
        if let Some(symbol) = SYMBOLS.into_iter().find(|symbol| self.rest.starts_with(symbol)) {
            self.take(symbol.len());
            return Ok(TokenKind::Symbol(symbol));
        }
        let mistaken = MISTAKEN.iter().find(|(sign, _)| self.rest.starts_with(sign));
        let hint = mistaken.map_or("Write text in quotes, and take out what is no CEL", |(_, hint)| hint);
        Err(fault(
            self.column,
            format!("{} has no meaning here", shown(first)),
            hint,
        ))
    }
}

/// A character as a message shows it: itself, or its number where nothing would be seen.
fn shown(character: char) -> String {
    if character.is_alphanumeric()
        || character.is_ascii_graphic()
        || MISTAKEN.iter().any(|(c, _)| c.starts_with(character))
    {
        return character.to_string();
    }
    format!("the character U+{:04X}", u32::from(character))
}
