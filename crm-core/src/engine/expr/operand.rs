//! Values, fields and times on the two sides of a comparison, and the arithmetic of times.

use super::time::MILLISECONDS_A_DAY;
use super::{Result, fault};
use crate::engine::{CrmError, Expression, FieldKind, Path, Value};
use crate::values::{NaiveDate, Timestamp, day_number, day_of_number};

/// One side of a comparison and where it begins.
#[derive(Debug, Clone)]
pub(super) struct Operand {
    pub(super) kind: OperandKind,
    pub(super) column: usize,
}

/// What stands on one side of a comparison.
#[derive(Debug, Clone)]
pub(super) enum OperandKind {
    Null,
    /// Yes or no, a number, or text.
    Constant(Value),
    /// A field that holds no time.
    Field(Path),
    /// A record to which the field at the path refers.
    Record(Path),
    Time(Time),
    /// So many milliseconds.
    Duration(i64),
    /// The time from one time to another, and so many milliseconds more.
    Between {
        from: Anchor,
        to: Anchor,
        more: i64,
    },
}

/// A time: a field or a constant, moved by so many milliseconds. A constant is always moved by none.
#[derive(Debug, Clone)]
pub(super) struct Time {
    pub(super) anchor: Anchor,
    pub(super) moved: i64,
}

/// What a time is measured from.
#[derive(Debug, Clone)]
pub(super) enum Anchor {
    Field(Path),
    Instant(Timestamp),
    Date(NaiveDate),
}

impl Anchor {
    pub(super) fn is_date(&self) -> bool {
        match self {
            Self::Field(path) => path.kind() == FieldKind::Date,
            Self::Instant(_) => false,
            Self::Date(_) => true,
        }
    }

    pub(super) fn field(&self) -> Option<&Path> {
        match self {
            Self::Field(path) => Some(path),
            Self::Instant(_) | Self::Date(_) => None,
        }
    }
}

impl Time {
    pub(super) fn new(anchor: Anchor) -> Self {
        Self { anchor, moved: 0 }
    }

    /// The same time so many milliseconds later; a date moves by whole days.
    pub(super) fn later(self, milliseconds: i64, column: usize) -> Result<Self> {
        if self.anchor.is_date() && milliseconds % MILLISECONDS_A_DAY != 0 {
            return Err(only_whole_days(column));
        }
        Ok(match self.anchor {
            Anchor::Instant(at) => Self::new(Anchor::Instant(at.plus_milliseconds(milliseconds))),
            Anchor::Date(day) => {
                let number = day_number(day).saturating_add(milliseconds / MILLISECONDS_A_DAY);
                let day = day_of_number(number).map_err(|error| fault(column, error.reason, error.hint))?;
                Self::new(Anchor::Date(day))
            }
            Anchor::Field(path) => Self {
                anchor: Anchor::Field(path),
                moved: self.moved.saturating_add(milliseconds),
            },
        })
    }

    /// The expression of this time.
    pub(super) fn expression(self) -> Expression {
        let base = match self.anchor {
            Anchor::Field(path) => Expression::Path(path),
            Anchor::Instant(at) => Expression::from(at),
            Anchor::Date(day) => Expression::from(day),
        };
        match self.moved {
            0 => base,
            milliseconds => Expression::Moved {
                base: Box::new(base),
                milliseconds,
            },
        }
    }
}

impl Operand {
    /// The path of the field that stands here unmoved.
    pub(super) fn into_path(self) -> Option<Path> {
        match self.kind {
            OperandKind::Field(path) => Some(path),
            OperandKind::Time(Time {
                anchor: Anchor::Field(path),
                moved: 0,
            }) => Some(path),
            _ => None,
        }
    }

    /// The sum, where one side is a duration.
    pub(super) fn plus(self, other: Self) -> Result<Self> {
        let column = self.column;
        let kind = match (self.kind, other.kind) {
            (OperandKind::Duration(one), OperandKind::Duration(more)) => {
                OperandKind::Duration(one.saturating_add(more))
            }
            (OperandKind::Time(time), OperandKind::Duration(by)) => OperandKind::Time(time.later(by, other.column)?),
            (OperandKind::Duration(by), OperandKind::Time(time)) => OperandKind::Time(time.later(by, column)?),
            (OperandKind::Between { from, to, more }, OperandKind::Duration(by))
            | (OperandKind::Duration(by), OperandKind::Between { from, to, more }) => OperandKind::Between {
                from,
                to,
                more: more.saturating_add(by),
            },
            (one, more) => return Err(no_arithmetic(&one, column, &more, other.column)),
        };
        Ok(Self { kind, column })
    }

    /// The difference: of two durations, of a time and a duration, or of two times.
    pub(super) fn minus(self, other: Self) -> Result<Self> {
        let column = self.column;
        let kind = match (self.kind, other.kind) {
            (kind, OperandKind::Duration(by)) => {
                let minus = Self {
                    kind: OperandKind::Duration(by.saturating_neg()),
                    column: other.column,
                };
                return Self { kind, column }.plus(minus);
            }
            (OperandKind::Time(to), OperandKind::Time(from)) => between(from, to, other.column)?,
            (one, less) => return Err(no_arithmetic(&one, column, &less, other.column)),
        };
        Ok(Self { kind, column })
    }
}

impl OperandKind {
    /// What stands here, in words for messages.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Null => "nothing".into(),
            Self::Constant(value) => value.kind_name().into(),
            Self::Field(path) => path.kind().describe(),
            Self::Record(_) => "a record".into(),
            Self::Time(time) if time.anchor.is_date() => "a date".into(),
            Self::Time(_) => "an instant".into(),
            Self::Duration(_) | Self::Between { .. } => "a duration".into(),
        }
    }

    /// The field that stands here.
    pub(super) fn field(&self) -> Option<&Path> {
        match self {
            Self::Field(path) | Self::Record(path) => Some(path),
            Self::Time(time) => time.anchor.field(),
            Self::Between { from, to, .. } => from.field().or(to.field()),
            Self::Null | Self::Constant(_) | Self::Duration(_) => None,
        }
    }
}

/// The time from one to another: a plain duration where both are constants.
fn between(from: Time, to: Time, column: usize) -> Result<OperandKind> {
    let more = to.moved.saturating_sub(from.moved);
    Ok(match (from.anchor, to.anchor) {
        (Anchor::Instant(from), Anchor::Instant(to)) => {
            OperandKind::Duration(to.milliseconds().saturating_sub(from.milliseconds()))
        }
        (Anchor::Date(from), Anchor::Date(to)) => {
            OperandKind::Duration((day_number(to) - day_number(from)).saturating_mul(MILLISECONDS_A_DAY))
        }
        (from, to) if from.is_date() == to.is_date() => OperandKind::Between { from, to, more },
        _ => {
            return Err(fault(
                column,
                "a date and an instant lie no exact time apart",
                "Take a date from a date, with today, and an instant from an instant, with now",
            ));
        }
    })
}

pub(super) fn only_whole_days(column: usize) -> CrmError {
    fault(
        column,
        "dates lie whole days apart, and this duration is none",
        "Use a multiple of 24 hours, as in duration(\"168h\")",
    )
}

fn no_arithmetic(one: &OperandKind, column: usize, other: &OperandKind, other_column: usize) -> CrmError {
    let is_time = |kind: &OperandKind| {
        matches!(
            kind,
            OperandKind::Time(_) | OperandKind::Duration(_) | OperandKind::Between { .. }
        )
    };
    let (culprit, column) = if is_time(one) {
        (other, other_column)
    } else {
        (one, column)
    };
    fault(
        column,
        format!("{} is not added or taken away here", culprit.describe()),
        "Only times are moved by durations, as in now - duration(\"72h\"), and taken from each other, as in closed_at - opened_at",
    )
}
