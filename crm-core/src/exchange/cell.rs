use super::dates;
use super::header::{narrow, normalised};
use super::numbers;
use super::target::{DateOrder, DecimalSign};
use crate::engine::{ChoiceDef, FieldKind, Value};
use crate::values::{Currency, Decimal, Money, Tz, ValueError};

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Format {
    pub(super) decimal: Option<DecimalSign>,
    pub(super) dates: Option<DateOrder>,
    pub(super) currency: Option<Currency>,
    pub(super) factor: Option<Decimal>,
    pub(super) zone: Tz,
}

/// A cell without the space around it, visible or not.
pub(super) fn trimmed(cell: &str) -> &str {
    cell.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}'))
}

/// The signs with which a spreadsheet begins a formula.
const FORMULA_SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether a spreadsheet would take a text for a formula. The wide forms of the signs count in East Asian ones.
pub(super) fn begins_formula(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|first| FORMULA_SIGNS.contains(&narrow(first)))
}

/// A cell without the apostrophe by which an export has kept a spreadsheet from taking it for a formula.
pub(super) fn armed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if begins_formula(text) => text,
        _ => cell,
    }
}

/// Whether a cell is what a spreadsheet shows in place of a value that it could not find.
pub(super) fn is_spreadsheet_error(cell: &str) -> bool {
    const ERRORS: [&str; 8] = [
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!",
    ];
    ERRORS.contains(&cell)
}

/// Whether a cell says by a word that there is nothing. It may be a name where text is meant.
pub(super) fn says_nothing(cell: &str) -> bool {
    const NOTHING: [&str; 9] = ["null", "n/a", "na", "none", "nan", "nil", "\\n", "-", "\u{2014}"];
    NOTHING.contains(&cell.to_lowercase().as_str())
}

impl Format {
    /// How a program writes values: a decimal point, dates by ISO 8601.
    pub(super) const fn plain() -> Self {
        Self {
            decimal: Some(DecimalSign::Point),
            dates: None,
            currency: None,
            factor: None,
            zone: Tz::UTC,
        }
    }

    /// Reads a cell that is not blank as a value of this kind.
    pub(super) fn read(&self, cell: &str, kind: FieldKind) -> Result<Value, ValueError> {
        match kind {
            FieldKind::Text => Ok(Value::Text(cell.to_owned())),
            FieldKind::Bool => yes_or_no(cell).map(Value::Bool),
            FieldKind::Integer => self.integer(cell).map(Value::Integer),
            FieldKind::Decimal { .. } => self.number(cell).map(Value::Decimal),
            FieldKind::Choice(def) => choice(cell, def),
            FieldKind::Money => self.money(cell).map(Value::Money),
            FieldKind::Date => dates::date(cell, self.dates, self.zone).map(Value::Date),
            FieldKind::Instant => dates::instant(cell, self.dates, self.zone).map(Value::Instant),
            FieldKind::Id => cell
                .parse()
                .map(Value::Id)
                .map_err(|_| ValueError::new("this is not an id", "Map the column as a reference by name")),
            FieldKind::Custom => Err(ValueError::new(
                "the column is mapped to all custom fields at once",
                "Map it to one of them, as in custom.colour",
            )),
        }
    }

    fn number(&self, cell: &str) -> Result<Decimal, ValueError> {
        // The sign of a currency says nothing; a code would, and here is no place for it.
        let bare = match currency_and_amount(cell)? {
            (amount, None) => amount,
            (_, Some(_)) => cell,
        };
        let number = numbers::parse(bare, self.decimal)?;
        match self.factor {
            None => Ok(number.normalize()),
            Some(factor) => number
                .checked_mul(factor)
                .map(|product| product.normalize())
                .ok_or_else(|| ValueError::new("the number is too large", "Use a smaller factor")),
        }
    }

    fn integer(&self, cell: &str) -> Result<i64, ValueError> {
        let number = self.number(cell)?;
        let whole = if number.fract().is_zero() {
            i64::try_from(number).ok()
        } else {
            None
        };
        whole.ok_or_else(|| ValueError::new("this is not a whole number of 64 bits", "Round it"))
    }

    fn money(&self, cell: &str) -> Result<Money, ValueError> {
        let (amount, named) = currency_and_amount(cell)?;
        let currency = named.or(self.currency).ok_or_else(|| {
            ValueError::new(
                "the amount names no currency",
                "Set the currency of the file or the column",
            )
        })?;
        Money::new(self.number(amount)?, currency)
    }
}

/// Takes the currency off an amount: a code before or behind it, or a sign that stands for one currency only. Signs
/// that several countries use, such as the dollar's, are taken off and tell nothing.
pub(super) fn currency_and_amount(cell: &str) -> Result<(&str, Option<Currency>), ValueError> {
    const SIGNS: [(char, Option<&str>); 6] = [
        ('€', Some("EUR")),
        ('£', Some("GBP")),
        ('₹', Some("INR")),
        ('$', None),
        ('¥', None),
        ('￥', None),
    ];
    if !cell.chars().map(narrow).any(|letter| letter.is_ascii_digit()) {
        return Ok((cell, None));
    }
    let is_letter = |letter: char| letter.is_ascii_alphabetic();
    if let Some(code) = cell.get(..3).filter(|code| code.chars().all(is_letter)) {
        return Ok((trimmed(&cell[3..]), Some(known(code)?)));
    }
    let tail = cell
        .len()
        .checked_sub(3)
        .and_then(|start| Some((cell.get(..start)?, cell.get(start..)?)));
    if let Some((amount, code)) = tail.filter(|(_, code)| code.chars().all(is_letter)) {
        return Ok((trimmed(amount), Some(known(code)?)));
    }
    for (sign, code) in SIGNS {
        let bare = cell.strip_prefix(sign).or_else(|| cell.strip_suffix(sign));
        if let Some(amount) = bare {
            return Ok((trimmed(amount), code.map(known).transpose()?));
        }
    }
    Ok((cell, None))
}

fn known(code: &str) -> Result<Currency, ValueError> {
    Currency::from_code(&code.to_ascii_uppercase())
}

fn yes_or_no(cell: &str) -> Result<bool, ValueError> {
    const YES: [&str; 10] = ["true", "yes", "y", "1", "x", "ja", "wahr", "是", "对", "真"];
    const NO: [&str; 9] = ["false", "no", "n", "0", "nein", "falsch", "否", "不", "假"];
    let word = cell.to_lowercase();
    match (YES.contains(&word.as_str()), NO.contains(&word.as_str())) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(ValueError::new(
            "this is neither yes nor no",
            "Write yes or no, or map the value",
        )),
    }
}

/// The code that the cell names, whatever its case and whatever stands between its words.
fn choice(cell: &str, def: &ChoiceDef) -> Result<Value, ValueError> {
    let word = normalised(cell);
    let code = def.codes.iter().find(|code| normalised(code) == word);
    code.map(|code| Value::from(*code)).ok_or_else(|| {
        let ValueError { reason, hint } = def.refused(cell);
        ValueError::new(reason, format!("{hint}, or map the value"))
    })
}

/// What cells tell about how their file writes numbers and dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Evidence {
    point: bool,
    comma: bool,
    day_first: bool,
    month_first: bool,
}

impl Evidence {
    pub(super) fn take(&mut self, cell: &str) {
        let cell = trimmed(cell);
        // Longer ones are neither numbers nor dates, and phone numbers and names cost time.
        if cell.is_empty() || cell.len() > 64 || !cell.chars().map(narrow).any(|letter| letter.is_ascii_digit()) {
            return;
        }
        let amount = currency_and_amount(cell).map_or(cell, |(amount, _)| amount);
        match numbers::evidence(amount) {
            Some(DecimalSign::Point) => self.point = true,
            Some(DecimalSign::Comma) => self.comma = true,
            None => {}
        }
        match dates::evidence(cell) {
            Some(DateOrder::DayMonthYear) => self.day_first = true,
            Some(DateOrder::MonthDayYear) => self.month_first = true,
            None => {}
        }
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self {
            point: self.point || other.point,
            comma: self.comma || other.comma,
            day_first: self.day_first || other.day_first,
            month_first: self.month_first || other.month_first,
        }
    }

    /// The part that is about a kind of field: names and phone numbers look like numbers too.
    pub(super) fn about(self, kind: FieldKind) -> Self {
        let is_number = matches!(kind, FieldKind::Integer | FieldKind::Decimal { .. } | FieldKind::Money);
        let is_date = matches!(kind, FieldKind::Date | FieldKind::Instant);
        Self {
            point: self.point && is_number,
            comma: self.comma && is_number,
            day_first: self.day_first && is_date,
            month_first: self.month_first && is_date,
        }
    }

    /// The decimal sign, where the cells agree on one.
    pub(super) fn decimal(self) -> Option<DecimalSign> {
        match (self.point, self.comma) {
            (true, false) => Some(DecimalSign::Point),
            (false, true) => Some(DecimalSign::Comma),
            _ => None,
        }
    }

    /// The order of dates, where the cells agree on one.
    pub(super) fn dates(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayMonthYear),
            (false, true) => Some(DateOrder::MonthDayYear),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sales::OpportunityKind;

    fn format(currency: Option<&str>) -> Format {
        Format {
            decimal: Some(DecimalSign::Point),
            dates: None,
            currency: currency.map(|code| Currency::from_code(code).expect("a currency")),
            factor: None,
            zone: Tz::UTC,
        }
    }

    fn money(cell: &str, currency: Option<&str>) -> Option<String> {
        format(currency).money(cell).ok().map(|money| money.to_string())
    }

    #[test]
    fn an_amount_has_the_currency_it_names_else_the_one_of_its_column() {
        assert_eq!(money("1,054.50 USD", Some("EUR")).as_deref(), Some("1054.50 USD"));
        assert_eq!(money("CNY 12", None).as_deref(), Some("12.00 CNY"));
        assert_eq!(money("€ 12.50", Some("USD")).as_deref(), Some("12.50 EUR"));
        assert_eq!(money("$99.00", Some("CAD")).as_deref(), Some("99.00 CAD"));
        assert_eq!(money("$99.00", None), None);
        assert_eq!(money("12", None), None);
        assert_eq!(money("0.5 JPY", None), None);
        assert_eq!(money("12 XYZ", Some("EUR")), None);
    }

    #[test]
    fn revenue_in_millions_is_multiplied_exactly() {
        let millions = Format {
            factor: Some(Decimal::from(1_000_000)),
            ..format(Some("USD"))
        };
        assert_eq!(
            millions.money("1100.04").map(|money| money.to_string()).as_deref(),
            Ok("1100040000.00 USD")
        );
    }

    #[test]
    fn choices_are_read_whatever_their_case_and_spacing() {
        let kind = FieldKind::Choice(OpportunityKind::DEF);
        assert_eq!(format(None).read("New Business", kind), Ok(Value::from("new_business")));
        assert_eq!(format(None).read("RENEWAL", kind), Ok(Value::from("renewal")));
        assert_eq!(
            format(None).read("renewl", kind).map_err(|error| error.to_string()),
            Err("this is none of the choices. Did you mean renewal? \
                 Use one of new_business, existing_business, renewal, or map the value"
                .into())
        );
    }

    #[test]
    fn yes_and_no_are_read_in_three_languages() {
        for (cell, expected) in [("Yes", true), ("nein", false), ("是", true), ("0", false)] {
            assert_eq!(yes_or_no(cell), Ok(expected), "{cell}");
        }
        assert!(yes_or_no("maybe").is_err());
    }
}
