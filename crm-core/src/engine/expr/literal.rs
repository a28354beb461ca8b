//! Numbers and the escapes of strings.

use super::{Result, fault};
use crate::engine::Value;
use crate::values::Decimal;

/// The value of a number, exactly: `digits` is what the lexer found, without its sign.
pub(super) fn number(digits: &str, negative: bool, column: usize) -> Result<Value> {
    if digits.contains('.') {
        let number = Decimal::from_str_exact(digits).map_err(|_| {
            fault(
                column,
                "the number has more than 28 digits",
                "Shorten it: numbers are exact, and never cut",
            )
        })?;
        return Ok(Value::Decimal(if negative { -number } else { number }));
    }
    let magnitude = digits.parse::<i128>().ok();
    let number = magnitude.map(|magnitude| if negative { -magnitude } else { magnitude });
    number
        .and_then(|number| i64::try_from(number).ok())
        .map(Value::Integer)
        .ok_or_else(|| {
            fault(
                column,
                "the whole number does not fit 64 bits",
                "Use a number between -9223372036854775808 and 9223372036854775807",
            )
        })
}

/// The character that an escape stands for, and how many bytes the escape has. `rest` begins with its backslash.
pub(super) fn unescape(rest: &str, column: usize) -> Result<(char, usize)> {
    let escape = &rest[1..];
    let simple = |character| Ok((character, 2));
    match escape.chars().next() {
        Some('a') => simple('\u{7}'),
        Some('b') => simple('\u{8}'),
        Some('f') => simple('\u{c}'),
        Some('n') => simple('\n'),
        Some('r') => simple('\r'),
        Some('t') => simple('\t'),
        Some('v') => simple('\u{b}'),
        Some(itself @ ('\\' | '?' | '"' | '\'' | '`')) => simple(itself),
        Some('x' | 'X') => coded(&escape[1..], 2, 16, column).map(|character| (character, 4)),
        Some('u') => coded(&escape[1..], 4, 16, column).map(|character| (character, 6)),
        Some('U') => coded(&escape[1..], 8, 16, column).map(|character| (character, 10)),
        Some('0'..='3') => coded(escape, 3, 8, column).map(|character| (character, 4)),
        _ => Err(unknown_escape(column)),
    }
}

fn coded(digits: &str, length: usize, radix: u32, column: usize) -> Result<char> {
    digits
        .get(..length)
        .filter(|digits| digits.chars().all(|digit| digit.is_digit(radix)))
        .and_then(|digits| u32::from_str_radix(digits, radix).ok())
        .and_then(char::from_u32)
        .ok_or_else(|| unknown_escape(column))
}

fn unknown_escape(column: usize) -> crate::engine::CrmError {
    fault(
        column,
        "CEL has no such escape in a string",
        "Write \\\\ for a backslash, \\\" for a quote, \\n for a new line, \\u00e9 for a character by its number",
    )
}
