use std::collections::BTreeMap;
use std::fmt;

use crate::customers::ContactPointKind;
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
    pub(super) label: Option<String>,
    pub(super) other_choices: Option<String>,
    pub(super) separator: Option<char>,
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
    Outcome,
    Responded,
    ContactPoint(ContactPointKind),
    Address(String),
    Tags,
    Employer(By),
    JobTitle,
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
            label: None,
            other_choices: None,
            separator: None,
        }
    }

    /// Whether one row cannot fill both.
    pub(super) fn collides(&self, other: &Self) -> bool {
        match (&self.place, &other.place) {
            (Place::ContactPoint(_) | Place::Tags | Place::Ignored, _) => false,
            (Place::Employer(_), Place::Employer(_)) | (Place::ExternalId { .. }, Place::ExternalId { .. }) => true,
            (one, other) if one.field().is_some() => one.field() == other.field(),
            (one, other_place) => one == other_place && self.label == other.label,
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

    /// Whether an opportunity was won or lost, in a column of its own beside that of the stage; what is neither leaves
    /// the opportunity in its stage.
    pub fn outcome() -> Self {
        Self::of(Place::Outcome)
    }

    /// Whether a member of a campaign responded.
    pub fn responded() -> Self {
        Self::of(Place::Responded)
    }

    /// An e-mail address of a customer, beside those that it has; several columns may go here.
    pub fn email() -> Self {
        Self::of(Place::ContactPoint(ContactPointKind::Email))
    }

    /// A telephone number of a customer, beside those that it has; several columns may go here.
    pub fn phone() -> Self {
        Self::of(Place::ContactPoint(ContactPointKind::Phone))
    }

    /// A page or profile of a customer on the web, beside those that it has; several columns may go here.
    pub fn web() -> Self {
        Self::of(Place::ContactPoint(ContactPointKind::Web))
    }

    /// A part of a postal address of a customer: `street`, `locality`, `region`, `postal_code`, `country`. The parts of
    /// one label make one address.
    pub fn address(part: impl Into<String>) -> Self {
        Self::of(Place::Address(part.into()))
    }

    /// Tags, separated by commas or semicolons; those that are missing are created. A tag that the row does not name
    /// stays.
    pub fn tags() -> Self {
        Self::of(Place::Tags)
    }

    /// The organization for which a person works, which is found by a field of its own: by `name`.
    pub fn employer(by: impl Into<String>) -> Self {
        Self::of(Place::Employer(By::Field(by.into())))
    }

    /// The organization for which a person works, which is found by what another system calls it.
    pub fn employer_by_external_id(system: impl Into<String>) -> Self {
        Self::of(Place::Employer(By::ExternalId { system: system.into() }))
    }

    /// What a person does at its employer.
    pub fn job_title() -> Self {
        Self::of(Place::JobTitle)
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

    /// What a cell counts as that is none of the choices of its field; nothing, where the text is empty. Without this
    /// the row is refused.
    #[must_use]
    pub fn other_choices(mut self, text: impl Into<String>) -> Self {
        self.other_choices = Some(text.into());
        self
    }

    /// Of several values in a cell, with this sign between them, the first counts.
    #[must_use]
    pub fn first_before(mut self, separator: char) -> Self {
        self.separator = Some(separator);
        self
    }

    /// What an e-mail address, a telephone number or a postal address is for: `work`, `home`, `billing`.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
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
        if let Some(label) = &self.label {
            write!(formatter, " ({label})")?;
        }
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

impl Place {
    /// The field that is filled, without the `_id` of a reference.
    fn field(&self) -> Option<&str> {
        match self {
            Self::Field(field) | Self::Reference { field, .. } => Some(field.strip_suffix("_id").unwrap_or(field)),
            _ => None,
        }
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
            Self::Outcome => formatter.write_str("won or lost"),
            Self::Responded => formatter.write_str("whether the member responded"),
            Self::ContactPoint(ContactPointKind::Email) => formatter.write_str("e-mail address"),
            Self::ContactPoint(ContactPointKind::Phone) => formatter.write_str("telephone number"),
            Self::ContactPoint(kind) => write!(formatter, "contact point, {kind}"),
            Self::Address(part) => write!(formatter, "{part} of the address"),
            Self::Tags => formatter.write_str("tags"),
            Self::Employer(By::Field(by)) => write!(formatter, "employer by {by}"),
            Self::Employer(By::ExternalId { system }) => write!(formatter, "employer by its id in {system}"),
            Self::JobTitle => formatter.write_str("what the person does at the employer"),
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
