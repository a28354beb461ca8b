//! Numbers as people write them in files, where a sign may mean two things.

use super::header::narrow;
use super::target::DecimalSign;
use crate::values::{Decimal, ValueError};

/// A number taken apart.
struct Written {
    negative: bool,
    /// Digits and the signs between them, nothing else.
    body: String,
    exponent: Option<String>,
}

/// Reads a number. Where the sign between whole and fraction is not known, a number that could be two is refused.
pub(super) fn parse(cell: &str, sign: Option<DecimalSign>) -> Result<Decimal, ValueError> {
    let written = take_apart(cell).ok_or_else(no_number)?;
    let decimal = match (decimal_sign(&written.body), sign) {
        (Sign::None, _) => None,
        (Sign::Sure(found), Some(set)) if found != set => return Err(other_sign(set)),
        (Sign::Sure(found), _) => Some(found),
        (Sign::Unsure, Some(set)) => Some(set),
        (Sign::Unsure, None) => return Err(two_numbers()),
        (Sign::Broken, _) => return Err(no_number()),
    };
    let plain = without_grouping(&written.body, decimal).ok_or_else(no_number)?;
    let number = match written.exponent {
        Some(exponent) => Decimal::from_scientific(&format!("{plain}e{exponent}")),
        None => Decimal::from_str_exact(&plain),
    };
    let number = number.map_err(|_| no_number())?;
    Ok(if written.negative { -number } else { number })
}

/// What a cell tells about the decimal sign of its file.
pub(super) fn evidence(cell: &str) -> Option<DecimalSign> {
    let Sign::Sure(sign) = decimal_sign(&take_apart(cell)?.body) else {
        return None;
    };
    // What only looks like a number, such as 25.08.2021, tells nothing.
    parse(cell, Some(sign)).is_ok().then_some(sign)
}

/// What the signs in a number tell about the decimal sign.
enum Sign {
    None,
    Sure(DecimalSign),
    /// Three digits after the only sign: grouping or a fraction.
    Unsure,
    Broken,
}

fn decimal_sign(body: &str) -> Sign {
    use DecimalSign::{Comma, Point};
    let (points, commas) = (body.matches('.').count(), body.matches(',').count());
    let last = |sign: char| body.rfind(sign);
    match (points, commas) {
        (0, 0) => Sign::None,
        (1, 1..) if last('.') > last(',') => Sign::Sure(Point),
        (1.., 1) if last(',') > last('.') => Sign::Sure(Comma),
        (2.., 0) => Sign::Sure(Comma),
        (0, 2..) => Sign::Sure(Point),
        (1, 0) => alone(body, '.', Point),
        (0, 1) => alone(body, ',', Comma),
        _ => Sign::Broken,
    }
}

fn alone(body: &str, sign: char, found: DecimalSign) -> Sign {
    let (whole, fraction) = body.split_once(sign).unwrap_or((body, ""));
    let may_group = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if may_group { Sign::Unsure } else { Sign::Sure(found) }
}

/// The number with a point and no grouping; `None` where the groups are not of three digits.
fn without_grouping(body: &str, decimal: Option<DecimalSign>) -> Option<String> {
    let (point, group) = match decimal {
        Some(DecimalSign::Comma) => (',', '.'),
        _ => ('.', ','),
    };
    let (whole, fraction) = body.split_once(point).unwrap_or((body, ""));
    if fraction.contains([point, group]) {
        return None;
    }
    let mut groups = whole.split(group);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = !rest.is_empty();
    if grouped && (!(1..=3).contains(&first.len()) || rest.iter().any(|group| group.len() != 3)) {
        return None;
    }
    let whole = format!("{first}{}", rest.concat());
    match (whole.is_empty(), fraction.is_empty()) {
        (true, true) => None,
        (false, true) => Some(whole),
        (true, false) => Some(format!("0.{fraction}")),
        (false, false) => Some(format!("{whole}.{fraction}")),
    }
}

fn take_apart(cell: &str) -> Option<Written> {
    let narrowed: String = cell.chars().map(narrow).collect();
    let mut rest = narrowed.trim();
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (negative, rest) = (true, inner.trim());
    }
    rest = rest.strip_suffix('%').unwrap_or(rest).trim_end();
    if let Some(number) = rest.strip_prefix(['-', '\u{2212}']) {
        (negative, rest) = (true, number.trim_start());
    } else {
        rest = rest.strip_prefix('+').unwrap_or(rest);
    }
    let (number, exponent) = match rest.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent.strip_prefix('+').unwrap_or(exponent).to_owned())),
        None => (rest, None),
    };
    let well_formed = exponent.as_ref().is_none_or(|exponent| {
        let digits = exponent.strip_prefix('-').unwrap_or(exponent);
        (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let body = without_spaces(number)?;
    let digits = body.bytes().any(|byte| byte.is_ascii_digit());
    let plain = body
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    (well_formed && digits && plain).then_some(Written {
        negative,
        body,
        exponent,
    })
}

/// Spaces and apostrophes group in threes, as `1 234` and `1'234` do; nothing else does it so.
fn without_spaces(number: &str) -> Option<String> {
    let is_space = |letter: char| matches!(letter, ' ' | '\'' | '\u{2019}' | '\u{2009}');
    if !number.contains(is_space) {
        return Some(number.to_owned());
    }
    let mut groups = number.split(is_space);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let (last, middle) = rest.split_last()?;
    let threes = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let last_whole = last.split(['.', ',']).next()?;
    ((1..=3).contains(&first.len()) && middle.iter().all(|group| threes(group)) && threes(last_whole))
        .then(|| format!("{first}{}", rest.concat()))
}

fn no_number() -> ValueError {
    ValueError::new("this is not a number", "Write digits, with one decimal sign at most")
}

fn other_sign(set: DecimalSign) -> ValueError {
    ValueError::new(
        format!("this is not a number with a {set}"),
        "Mend the cell, or set the decimal sign of the column",
    )
}

fn two_numbers() -> ValueError {
    ValueError::new(
        "the sign in this number may group thousands or begin the fraction",
        "Set the decimal sign of the file or the column",
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str, sign: Option<DecimalSign>) -> Option<String> {
        parse(text, sign).ok().map(|number| number.to_string())
    }

    #[test]
    fn a_number_that_could_be_two_is_refused_until_the_sign_is_known() {
        assert_eq!(number("1,234", None), None);
        assert_eq!(number("1,234", Some(DecimalSign::Point)).as_deref(), Some("1234"));
        assert_eq!(number("1,234", Some(DecimalSign::Comma)).as_deref(), Some("1.234"));
        assert_eq!(number("0.125", None).as_deref(), Some("0.125"));
    }

    #[test]
    fn a_number_that_can_be_one_only_needs_no_sign() {
        for (text, expected) in [
            ("1,234.50", "1234.50"),
            ("1.234,50", "1234.50"),
            ("1.234.567", "1234567"),
            ("12,5", "12.5"),
            ("-0.50", "-0.50"),
            ("(250.00)", "-250.00"),
            ("1 234,5", "1234.5"),
            ("1\u{a0}234\u{a0}567", "1234567"),
            ("70 %", "70"),
            ("１２３．４５", "123.45"),
            ("1e3", "1000"),
        ] {
            assert_eq!(number(text, None).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_in_the_set_sign_is_refused() {
        for text in [
            "",
            "abc",
            "1.2.3",
            "1,23,456.7",
            "12.34.56",
            "1 23",
            "--1",
            "1,2,3",
            "#N/A",
            "1e999",
            ".",
        ] {
            assert_eq!(
                number(text, Some(DecimalSign::Point)),
                None,
                "{text} was taken for a number"
            );
        }
        assert_eq!(number("12,50", Some(DecimalSign::Point)), None);
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_cell_reading_it_never_panics(cell in "\\PC{0,24}") {
            let _ = parse(&cell, None);
            let _ = evidence(&cell);
        }

        #[test]
        fn a_number_reads_back_in_either_sign(units in -1_000_000_000_i64..1_000_000_000, digits in 0_u32..3) {
            let exact = Decimal::new(units, digits);
            let point = exact.to_string();
            prop_assert_eq!(parse(&point, Some(DecimalSign::Point)).ok(), Some(exact));
            prop_assert_eq!(parse(&point.replace('.', ","), Some(DecimalSign::Comma)).ok(), Some(exact));
        }
    }
}
