use std::collections::BTreeMap;
use std::fmt;

use crate::values::Decimal;

/// Where the cells of a column go, and what is done with them on the way.
///
/// Fields of the opportunity's line are named with `line.` before them; the `_id` of a reference may be left out.
///
/// ```
/// use crm_core::exchange::Target;
/// let product = Target::reference("line.product", "name").values([("GTXPro", "GTX Pro")]);
/// assert_eq!(product.to_string(), "line.product by name, 1 value replaced");
/// let revenue = Target::field("annual_revenue").currency("USD").multiplied_by(1_000_000);
/// assert_eq!(revenue.to_string(), "annual_revenue in USD, times 1000000");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    pub(super) place: Place,
    pub(super) missing: Missing,
    pub(super) is_key: bool,
    pub(super) values: BTreeMap<String, String>,
    pub(super) factor: Option<Decimal>,
    pub(super) currency: Option<String>,
    pub(super) decimal: Option<DecimalSign>,
    pub(super) dates: Option<DateOrder>,
}

/// Where the cells of a column go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Ignored,
    Field(String),
    Reference { field: String, by: By },
    ExternalId { system: String },
    CurrencyOf(String),
    StageEntered { stage: String },
}

/// By what the record is found to which a cell refers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum By {
    Field(String),
    ExternalId { system: String },
}

/// What is done about a cell that refers to a record that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Missing {
    Refuse,
    Create(Vec<(String, String)>),
    LeaveEmpty,
}

/// The sign between the whole and the fraction of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalSign {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

/// In which order a file writes dates that do not begin with the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `31.12.2026`, `31/12/2026`
    DayMonthYear,
    /// `12/31/2026`
    MonthDayYear,
}

impl Target {
    fn of(place: Place) -> Self {
        Self {
            place,
            missing: Missing::Refuse,
            is_key: false,
            values: BTreeMap::new(),
            factor: None,
            currency: None,
            decimal: None,
            dates: None,
        }
    }

    /// A field of the record: `name`, `close_on`, `line.unit_price`.
    pub fn field(name: impl Into<String>) -> Self {
        Self::of(Place::Field(name.into()))
    }

    /// A field that refers to another record, which is found by a field of its own: the `owner` by `name`.
    pub fn reference(field: impl Into<String>, by: impl Into<String>) -> Self {
        Self::of(Place::Reference {
            field: field.into(),
            by: By::Field(by.into()),
        })
    }

    /// A field that refers to another record, which is found by what another system calls it.
    pub fn reference_by_external_id(field: impl Into<String>, system: impl Into<String>) -> Self {
        Self::of(Place::Reference {
            field: field.into(),
            by: By::ExternalId { system: system.into() },
        })
    }

    /// What the system from which the file comes calls the record. Rows are linked by it.
    pub fn external_id(system: impl Into<String>) -> Self {
        Self::of(Place::ExternalId { system: system.into() })
    }

    /// The ISO 4217 code of the currency of an amount whose column holds numbers only.
    pub fn currency_of(field: impl Into<String>) -> Self {
        Self::of(Place::CurrencyOf(field.into()))
    }

    /// The day, or the instant, at which an opportunity entered the stage of this name.
    pub fn stage_entered(stage: impl Into<String>) -> Self {
        Self::of(Place::StageEntered { stage: stage.into() })
    }

    /// The day, or the instant, at which an opportunity was won or lost.
    pub fn closed_on() -> Self {
        Self::field("closed_at")
    }

    /// Nowhere: the column is left out on purpose.
    pub fn ignored() -> Self {
        Self::of(Place::Ignored)
    }

    /// Rows are linked by this field: where a record has the same value in all key fields, the row updates it.
    #[must_use]
    pub fn key(mut self) -> Self {
        self.is_key = true;
        self
    }

    /// Creates the record referred to where there is none; without this the row is refused.
    #[must_use]
    pub fn create_missing(self) -> Self {
        self.create_missing_with([] as [(&str, &str); 0])
    }

    /// The same, with these fields of the record that is created: `[("kind", "organization")]`.
    #[must_use]
    pub fn create_missing_with<F: Into<String>, V: Into<String>>(
        mut self,
        fields: impl IntoIterator<Item = (F, V)>,
    ) -> Self {
        let fields = fields.into_iter().map(|(field, value)| (field.into(), value.into()));
        self.missing = Missing::Create(fields.collect());
        self
    }

    /// Leaves the field as it is where there is no record to refer to; without this the row is refused.
    #[must_use]
    pub fn leave_missing_empty(mut self) -> Self {
        self.missing = Missing::LeaveEmpty;
        self
    }

    /// Replaces whole cells before anything else is done with them: `[("GTXPro", "GTX Pro")]`. A cell replaced by
    /// nothing counts as blank.
    #[must_use]
    pub fn values<F: Into<String>, T: Into<String>>(mut self, pairs: impl IntoIterator<Item = (F, T)>) -> Self {
        let pairs = pairs.into_iter().map(|(from, to)| (from.into(), to.into()));
        self.values.extend(pairs);
        self
    }

    /// Multiplies every number: 1,000,000 where the file counts in millions.
    #[must_use]
    pub fn multiplied_by(mut self, factor: impl Into<Decimal>) -> Self {
        self.factor = Some(factor.into());
        self
    }

    /// The ISO 4217 code of the currency of amounts that name none.
    #[must_use]
    pub fn currency(mut self, code: impl Into<String>) -> Self {
        self.currency = Some(code.into());
        self
    }

    /// How this column writes numbers, where it differs from the rest of the file.
    #[must_use]
    pub fn decimal_sign(mut self, sign: DecimalSign) -> Self {
        self.decimal = Some(sign);
        self
    }

    /// How this column writes dates, where it differs from the rest of the file.
    #[must_use]
    pub fn date_order(mut self, order: DateOrder) -> Self {
        self.dates = Some(order);
        self
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.place.fmt(formatter)?;
        if let Some(code) = &self.currency {
            write!(formatter, " in {code}")?;
        }
        if let Some(factor) = self.factor {
            write!(formatter, ", times {factor}")?;
        }
        match self.values.len() {
            0 => {}
            1 => formatter.write_str(", 1 value replaced")?,
            many => write!(formatter, ", {many} values replaced")?,
        }
        if let Some(sign) = self.decimal {
            write!(formatter, ", {sign}")?;
        }
        if let Some(order) = self.dates {
            write!(formatter, ", {order}")?;
        }
        match self.missing {
            Missing::Refuse => {}
            Missing::Create(_) => formatter.write_str(", missing ones created")?,
            Missing::LeaveEmpty => formatter.write_str(", missing ones left empty")?,
        }
        if self.is_key {
            formatter.write_str(", key")?;
        }
        Ok(())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ignored => formatter.write_str("left out"),
            Self::Field(field) => formatter.write_str(field),
            Self::Reference {
                field,
                by: By::Field(by),
            } => write!(formatter, "{field} by {by}"),
            Self::Reference {
                field,
                by: By::ExternalId { system },
            } => write!(formatter, "{field} by its id in {system}"),
            Self::ExternalId { system } => write!(formatter, "id in {system}, key"),
            Self::CurrencyOf(field) => write!(formatter, "currency of {field}"),
            Self::StageEntered { stage } => write!(formatter, "day of entering {stage}"),
        }
    }
}

impl fmt::Display for DecimalSign {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Point => "decimal point",
            Self::Comma => "decimal comma",
        })
    }
}

impl fmt::Display for DateOrder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::DayMonthYear => "day-month-year",
            Self::MonthDayYear => "month-day-year",
        })
    }
}
