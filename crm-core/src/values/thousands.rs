use super::Decimal;

/// A number as people read it, with its thousands apart: `-1,234,567.80`.
///
/// ```
/// use crm_core::values::{Decimal, thousands_apart};
/// assert_eq!(thousands_apart(Decimal::new(-123_456_780, 2)), "-1,234,567.80");
/// ```
pub fn thousands_apart(number: Decimal) -> String {
    let digits = number.abs().to_string();
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (digits.as_str(), String::new()),
    };
    let mut apart = String::new();
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            apart.push(',');
        }
        apart.push(digit);
    }
    let sign = if number.is_sign_negative() && !number.is_zero() {
        "-"
    } else {
        ""
    };
    format!("{sign}{apart}{fraction}")
}
