use std::fmt;

use super::aggregate::Expression;
use super::entity::Field;
use super::filter::{Comparison, Filter};
use super::value::{FieldKind, Value};
use super::{CrmError, EntityDef, Result};

/// A field of a record, or of a record that it refers to: `owner_id.manager_id.name`.
///
/// Where a reference on the way is empty, the path leads to nothing.
///
/// ```
/// use crm_core::{customers::{Customer, User}, engine::Conditions};
/// let path = Customer::OWNER_ID.to(User::NAME);
/// assert_eq!(path.to_string(), "owner_id.name");
/// let _of_one_owner = path.is("li.wei");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Path {
    steps: Vec<Field>,
    part: Part,
}

/// Which part of a value a path means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The value itself.
    Whole,
    /// The code of the currency of an amount.
    Currency,
    /// The minor units of an amount.
    Minor,
}

impl Part {
    /// This part of a value; nothing where it has no such part.
    pub fn of(self, whole: Value) -> Value {
        match (self, whole) {
            (Self::Whole, whole) => whole,
            (Self::Currency, Value::Money(money)) => Value::from(money.currency().code()),
            (Self::Minor, Value::Money(money)) => Value::Integer(money.minor()),
            _ => Value::Null,
        }
    }
}

impl Path {
    /// The path that goes on from the record this one refers to.
    #[must_use]
    pub fn to(mut self, next: Field) -> Self {
        self.steps.push(next);
        self
    }

    /// The same path, to the currency of the amount at its end.
    #[must_use]
    pub fn currency(mut self) -> Self {
        self.part = Part::Currency;
        self
    }

    pub(super) fn minor(mut self) -> Self {
        self.part = Part::Minor;
        self
    }

    /// The references that the path follows.
    pub fn hops(&self) -> &[Field] {
        &self.steps[..self.steps.len() - 1]
    }

    /// The field at the end.
    pub fn field(&self) -> Field {
        self.steps[self.steps.len() - 1]
    }

    /// Which part of the field's value is meant.
    pub fn part(&self) -> Part {
        self.part
    }

    /// The entity at which the path begins.
    pub fn root(&self) -> &'static EntityDef {
        self.steps[0].entity
    }

    /// What is at the end of the path.
    pub fn kind(&self) -> FieldKind {
        match self.part {
            Part::Whole => self.field().def().kind,
            Part::Currency => FieldKind::Text,
            Part::Minor => FieldKind::Integer,
        }
    }

    /// Checks that the path begins at `root`, and that each hop refers to the entity of the next.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] that names the hop.
    pub fn check(&self, root: &'static EntityDef) -> Result<()> {
        let broken = |field: Field, reason: String| {
            CrmError::invalid(
                root.name,
                field.def().name,
                reason,
                "Let each field of a path but the last refer to the entity of the next",
            )
        };
        if self.root() != root {
            let reason = format!(
                "the path begins at {} and the query at {}",
                self.root().table,
                root.table
            );
            return Err(broken(self.steps[0], reason));
        }
        for pair in self.steps.windows(2) {
            let leads_there = pair[0]
                .def()
                .reference
                .is_some_and(|reference| reference.table == pair[1].entity.table);
            if !leads_there {
                return Err(broken(
                    pair[0],
                    format!("it does not refer to {}", pair[1].entity.table),
                ));
            }
        }
        if self.part != Part::Whole && self.field().def().kind != FieldKind::Money {
            return Err(broken(self.field(), "it is not an amount, and has no currency".into()));
        }
        Ok(())
    }
}

impl From<Field> for Path {
    fn from(field: Field) -> Self {
        Self {
            steps: vec![field],
            part: Part::Whole,
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps.iter().enumerate() {
            let separator = if position == 0 { "" } else { "." };
            write!(formatter, "{separator}{}", step.def().name)?;
        }
        match self.part {
            Part::Whole => Ok(()),
            Part::Currency => formatter.write_str("_currency"),
            Part::Minor => formatter.write_str("_minor"),
        }
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{self}", self.root().table)
    }
}

impl Field {
    /// The path that goes on from the record this field refers to.
    pub fn to(self, next: Field) -> Path {
        Path::from(self).to(next)
    }

    /// The path to the currency of this amount.
    pub fn currency(self) -> Path {
        Path::from(self).currency()
    }
}

/// The conditions that a field, a path or an expression can be put under. An empty field meets none of them but
/// [`PathConditions::empty`].
pub trait Conditions: Into<Expression> + Sized {
    /// Compares with a value or another expression.
    fn compare(self, comparison: Comparison, right: impl Into<Expression>) -> Filter {
        Filter::Compare {
            left: self.into(),
            comparison,
            right: right.into(),
        }
    }

    /// It is this value.
    fn is(self, value: impl Into<Expression>) -> Filter {
        self.compare(Comparison::Equal, value)
    }

    /// It is a value, and another than this.
    fn differs(self, value: impl Into<Expression>) -> Filter {
        self.compare(Comparison::NotEqual, value)
    }

    /// It is below this value.
    fn below(self, value: impl Into<Expression>) -> Filter {
        self.compare(Comparison::Below, value)
    }

    /// It is this value or below.
    fn at_most(self, value: impl Into<Expression>) -> Filter {
        self.compare(Comparison::AtMost, value)
    }

    /// It is above this value.
    fn above(self, value: impl Into<Expression>) -> Filter {
        self.compare(Comparison::Above, value)
    }

    /// It is this value or above.
    fn at_least(self, value: impl Into<Expression>) -> Filter {
        self.compare(Comparison::AtLeast, value)
    }
}

impl<T: Into<Expression>> Conditions for T {}

/// The conditions that only a field or a path can be put under.
pub trait PathConditions: Into<Path> + Sized {
    /// It is one of these values.
    fn one_of<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Filter {
        Filter::OneOf {
            path: self.into(),
            values: values.into_iter().map(Into::into).collect(),
        }
    }

    /// There is nothing in it.
    fn empty(self) -> Filter {
        Filter::IsEmpty(self.into())
    }

    /// There is something in it.
    fn present(self) -> Filter {
        self.empty().negated()
    }

    /// Its text begins like this, letter by letter.
    fn starts_with(self, prefix: impl Into<String>) -> Filter {
        Filter::StartsWith {
            path: self.into(),
            prefix: prefix.into(),
        }
    }
}

impl PathConditions for Field {}
impl PathConditions for Path {}
