use super::entity::{EntityDef, Field};
use super::filter::Filter;
use super::path::Path;
use super::query::Deleted;
use super::value::Value;
use super::{Result, Schema, prepare};
use crate::values::{Period, Tz};

/// What is compared or measured: a field, a value, or simple arithmetic on them, all exact.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// The value at a path.
    Path(Path),
    /// This value.
    Literal(Value),
    /// An instant, or a date by whole days, moved by so many milliseconds.
    Moved {
        /// What is moved.
        base: Box<Expression>,
        /// By how much; a date takes whole days only.
        milliseconds: i64,
    },
    /// How many days lie between two dates, or between the local dates of two instants: a whole number.
    DaysBetween {
        /// The earlier one.
        from: Path,
        /// The later one.
        to: Path,
        /// The zone in which instants have a date.
        zone: Tz,
    },
    /// How many milliseconds lie between two instants: a whole number.
    MillisecondsBetween {
        /// The earlier one.
        from: Path,
        /// The later one.
        to: Path,
    },
    /// A percentage of an amount or a number: `amount × percent / 100`. Only for measures, which round it once.
    Share {
        /// The amount or number.
        of: Path,
        /// The percentage.
        percent: Path,
    },
}

impl From<Field> for Expression {
    fn from(field: Field) -> Self {
        Self::Path(field.into())
    }
}

impl From<Path> for Expression {
    fn from(path: Path) -> Self {
        Self::Path(path)
    }
}

impl<T: Into<Value>> From<T> for Expression {
    fn from(value: T) -> Self {
        Self::Literal(value.into())
    }
}

/// Counts, sums and statistics over groups of records.
///
/// ```
/// use crm_core::customers::Customer;
/// use crm_core::engine::{Aggregate, Measure};
/// let by_country = Aggregate::of::<Customer>()
///     .group_by(Customer::COUNTRY)
///     .measure(Measure::count());
/// assert_eq!(by_country.measures.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// The kind of record.
    pub entity: &'static EntityDef,
    /// Which of them.
    pub filter: Filter,
    /// By what they are grouped; with none, all are one group, also where there is no record.
    pub groups: Vec<Group>,
    /// What is told of each group.
    pub measures: Vec<Measure>,
    /// What to do with deleted records.
    pub deleted: Deleted,
}

/// By what records are grouped.
#[derive(Debug, Clone, PartialEq)]
pub enum Group {
    /// By the value at a path; amounts by their currency.
    Path(Path),
    /// By the period that holds the date at the path, or the local date of its instant. The key is the first day.
    Period {
        /// The date or instant.
        path: Path,
        /// The length of the period.
        period: Period,
        /// The zone in which an instant has a date.
        zone: Tz,
    },
}

/// What is told of a group, of all its records or only of some.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What is told.
    pub kind: MeasureKind,
    /// Of which records of the group; of all where there is none.
    pub only: Option<Filter>,
}

/// The kinds of measures. Where nothing was there to measure, all but the counts are empty.
#[derive(Debug, Clone, PartialEq)]
pub enum MeasureKind {
    /// How many records.
    Count,
    /// How many different values at a path.
    CountDistinct(Path),
    /// The sum, exact; amounts of one currency only.
    Sum(Expression),
    /// The arithmetic mean; an amount is rounded once to its minor unit, a number has 28 digits.
    Average(Expression),
    /// The smallest.
    Minimum(Expression),
    /// The largest.
    Maximum(Expression),
    /// A quartile by linear interpolation between the two nearest values (type 7 of Hyndman and Fan, 1996).
    Quartile(Expression, Quartile),
}

/// Which quartile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quartile {
    /// A quarter lies below.
    First,
    /// Half lies below.
    Median,
    /// Three quarters lie below.
    Third,
}

impl Quartile {
    /// How many quarters lie below.
    pub const fn quarters(self) -> i64 {
        match self {
            Self::First => 1,
            Self::Median => 2,
            Self::Third => 3,
        }
    }
}

/// One group with its measures.
#[derive(Debug, Clone, PartialEq)]
pub struct AggregateRow {
    /// The keys, in the order of the groups.
    pub keys: Vec<Value>,
    /// The measures, in their order.
    pub measures: Vec<Value>,
}

impl AggregateRow {
    /// A measure that is a count.
    pub fn count(&self, measure: usize) -> i64 {
        match self.measures.get(measure) {
            Some(Value::Integer(count)) => *count,
            _ => 0,
        }
    }
}

impl Aggregate {
    /// Over all records of a kind.
    pub fn of<E: super::Entity>() -> Self {
        Self::of_entity(E::DEF)
    }

    /// Over all records of a kind that is known only at run time.
    pub fn of_entity(entity: &'static EntityDef) -> Self {
        Self {
            entity,
            filter: Filter::everything(),
            groups: Vec::new(),
            measures: Vec::new(),
            deleted: Deleted::Hidden,
        }
    }

    /// Over those for which this holds as well.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = match self.filter {
            Filter::All(all) if all.is_empty() => filter,
            first => first.and(filter),
        };
        self
    }

    /// Grouped by the value at a path as well.
    #[must_use]
    pub fn group_by(mut self, path: impl Into<Path>) -> Self {
        self.groups.push(Group::Path(path.into()));
        self
    }

    /// Grouped by a period as well.
    #[must_use]
    pub fn group_by_period(mut self, path: impl Into<Path>, period: Period, zone: Tz) -> Self {
        let path = path.into();
        self.groups.push(Group::Period { path, period, zone });
        self
    }

    /// With this measure as well.
    #[must_use]
    pub fn measure(mut self, measure: Measure) -> Self {
        self.measures.push(measure);
        self
    }

    /// With deleted records or without.
    #[must_use]
    pub fn deleted(mut self, deleted: Deleted) -> Self {
        self.deleted = deleted;
        self
    }

    /// The aggregate as stores get it: types checked, deleted records turned into a condition.
    ///
    /// # Errors
    /// [`super::CrmError::Invalid`] for a path, a comparison or a measure that does not fit.
    pub fn prepared(&self, schema: Schema) -> Result<Self> {
        prepare::aggregate(self, schema)
    }
}

impl Measure {
    const fn new(kind: MeasureKind) -> Self {
        Self { kind, only: None }
    }

    /// How many records.
    pub const fn count() -> Self {
        Self::new(MeasureKind::Count)
    }

    /// How many different values at a path.
    pub fn count_distinct(path: impl Into<Path>) -> Self {
        Self::new(MeasureKind::CountDistinct(path.into()))
    }

    /// The sum.
    pub fn sum(expression: impl Into<Expression>) -> Self {
        Self::new(MeasureKind::Sum(expression.into()))
    }

    /// The arithmetic mean.
    pub fn average(expression: impl Into<Expression>) -> Self {
        Self::new(MeasureKind::Average(expression.into()))
    }

    /// The smallest.
    pub fn minimum(expression: impl Into<Expression>) -> Self {
        Self::new(MeasureKind::Minimum(expression.into()))
    }

    /// The largest.
    pub fn maximum(expression: impl Into<Expression>) -> Self {
        Self::new(MeasureKind::Maximum(expression.into()))
    }

    /// The median.
    pub fn median(expression: impl Into<Expression>) -> Self {
        Self::quartile(expression, Quartile::Median)
    }

    /// A quartile.
    pub fn quartile(expression: impl Into<Expression>, quartile: Quartile) -> Self {
        Self::new(MeasureKind::Quartile(expression.into(), quartile))
    }

    /// The same, of those records only for which this holds.
    #[must_use]
    pub fn only(mut self, filter: Filter) -> Self {
        self.only = Some(filter);
        self
    }
}
