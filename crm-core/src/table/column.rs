use crate::engine::{ChoiceDef, FieldKind};
use crate::values::Period;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// The name that programs use, in snake case.
    pub name: String,
    /// What people read above it.
    pub label: String,
    /// What its cells hold.
    pub kind: ColumnKind,
}

impl TableColumn {
    /// A column whose label is its name in words.
    pub fn new(name: impl Into<String>, kind: ColumnKind) -> Self {
        let name = name.into();
        Self {
            label: name.replace('_', " "),
            name,
            kind,
        }
    }

    /// The column of the first days of periods.
    pub fn periods(name: impl Into<String>, period: Period) -> Self {
        Self::new(name, ColumnKind::Period(period)).labelled(period.code().replace('_', " "))
    }

    /// The same column under another label.
    #[must_use]
    pub fn labelled(self, label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            ..self
        }
    }
}

/// What the cells of a column hold; each of them may hold nothing as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// The code of one of these choices.
    Choice(&'static ChoiceDef),
    /// A whole number.
    Integer,
    /// An exact decimal number with up to this many digits after its point.
    Decimal {
        /// Digits after the point.
        scale: u32,
    },
    /// A statistic: a decimal number of up to 28 digits, which people see rounded.
    Statistic,
    /// A part of a whole as a decimal number of up to 28 digits, 1 being all of it; people see it in percent.
    Rate,
    /// Yes or no.
    Bool,
    /// A date.
    Date,
    /// The first day of a period, as a date; people see the name of the period.
    Period(Period),
    /// An instant.
    Instant,
    /// The id of a record.
    Id,
    /// An amount of one currency; not the same one in each row.
    Money,
    /// Sums by currency.
    Amounts,
}

impl ColumnKind {
    /// Whether its cells are numbers, which stand to the right.
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Integer | Self::Decimal { .. } | Self::Statistic | Self::Rate | Self::Money | Self::Amounts
        )
    }
}

/// The kind of a column that holds what fields of this kind do; all custom fields together are text.
impl From<FieldKind> for ColumnKind {
    fn from(kind: FieldKind) -> Self {
        match kind {
            FieldKind::Text | FieldKind::Custom => Self::Text,
            FieldKind::Choice(choice) => Self::Choice(choice),
            FieldKind::Bool => Self::Bool,
            FieldKind::Integer => Self::Integer,
            FieldKind::Decimal { scale } => Self::Decimal { scale },
            FieldKind::Money => Self::Money,
            FieldKind::Date => Self::Date,
            FieldKind::Instant => Self::Instant,
            FieldKind::Id => Self::Id,
        }
    }
}
