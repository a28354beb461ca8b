//! Answers as rows, and the three ways to write them.

use crmkit::engine::Value;
use crmkit::insight::Amounts;
use crmkit::values::{Money, Timestamp};
use serde_json::{Map, Value as Json, json};

use crate::amounts;
use crate::arguments::Format;
use crate::table::Table;

/// What stands in one place of a sheet.
pub(crate) enum Cell {
    /// Nothing, where nothing is usual; what is missing is the value [`Value::Null`].
    Empty,
    Text(String),
    Number(i64),
    /// Sums by currency.
    Amounts(Amounts),
    /// What a field of a record holds.
    Value(Value),
}

/// Rows under a header.
pub(crate) struct Sheet {
    title: String,
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Sheet {
    pub(crate) fn new<C: Into<String>>(title: impl Into<String>, columns: impl IntoIterator<Item = C>) -> Self {
        Self {
            title: title.into(),
            columns: columns.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        self.rows.push(cells.into());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The sheet as a person, a program or a spreadsheet reads it.
    pub(crate) fn written(&self, format: Format) -> String {
        match format {
            Format::Table => self.table(),
            Format::Json => format!("{:#}\n", self.json()),
            Format::Csv => self.csv(),
        }
    }

    fn table(&self) -> String {
        let header: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let mut table = Table::new(self.title.as_str(), &header);
        for row in &self.rows {
            table.row(row.iter().map(Cell::for_people).collect::<Vec<_>>());
        }
        table.to_string()
    }

    fn json(&self) -> Json {
        let rows = self.rows.iter().map(|row| {
            let fields = self.columns.iter().cloned().zip(row.iter().map(Cell::for_programs));
            Json::Object(fields.collect::<Map<_, _>>())
        });
        Json::Array(rows.collect())
    }

    /// As RFC 4180 has it, with LF.
    fn csv(&self) -> String {
        let line = |cells: Vec<String>| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n";
        let rows = self.rows.iter().map(|row| line(row.iter().map(Cell::plain).collect()));
        line(self.columns.clone()) + &rows.collect::<String>()
    }
}

/// Several sheets: below each other, as an object of JSON by their titles, and of CSV the first one alone.
pub(crate) fn all_written(sheets: &[Sheet], format: Format) -> String {
    match format {
        Format::Table => sheets.iter().map(Sheet::table).collect::<Vec<_>>().join("\n"),
        Format::Json => {
            let by_title = sheets.iter().map(|sheet| (sheet.title.clone(), sheet.json()));
            format!("{:#}\n", Json::Object(by_title.collect()))
        }
        Format::Csv => sheets.first().map(Sheet::csv).unwrap_or_default(),
    }
}

fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

impl Cell {
    fn for_people(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Amounts(amounts) => amounts::amounts(amounts),
            Self::Value(Value::Money(amount)) => amounts::money(*amount),
            Self::Value(Value::Instant(at)) => to_the_minute(*at),
            _ => match self.plain() {
                empty if empty.is_empty() => "-".into(),
                text => text.replace(['\n', '\r', '\t'], " "),
            },
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Empty | Self::Value(Value::Null) => String::new(),
            Self::Text(text) | Self::Value(Value::Text(text)) => text.clone(),
            Self::Number(number) | Self::Value(Value::Integer(number)) => number.to_string(),
            Self::Amounts(amounts) => amounts.to_string(),
            Self::Value(Value::Bool(yes)) => yes.to_string(),
            Self::Value(Value::Decimal(number)) => number.to_string(),
            Self::Value(Value::Money(amount)) => amount.to_string(),
            Self::Value(Value::Date(day)) => day.to_string(),
            Self::Value(Value::Instant(at)) => at.to_string(),
            Self::Value(Value::Id(id)) => id.to_string(),
            Self::Value(Value::Custom(values)) => values.iter().map(|(key, _)| format!("{key} ")).collect(),
        }
    }

    /// Amounts as text with their currency, since a number of JSON is a float to many who read it.
    fn for_programs(&self) -> Json {
        match self {
            Self::Empty | Self::Value(Value::Null) => Json::Null,
            Self::Number(number) | Self::Value(Value::Integer(number)) => json!(number),
            Self::Value(Value::Bool(yes)) => json!(yes),
            Self::Amounts(amounts) => amounts.iter().map(|amount: Money| json!(amount.to_string())).collect(),
            _ => json!(self.plain()),
        }
    }
}

/// An instant without its seconds: `2026-06-30 08:00Z`.
fn to_the_minute(at: Timestamp) -> String {
    let text = at.to_string();
    text.get(..16)
        .map_or(text.clone(), |minutes| minutes.replace('T', " ") + "Z")
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Amounts> for Cell {
    fn from(amounts: Amounts) -> Self {
        Self::Amounts(amounts)
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}
