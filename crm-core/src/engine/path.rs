use std::fmt;
use std::sync::Arc;

use super::aggregate::Expression;
use super::custom::{CustomFieldDef, CustomFieldKind, StorageKey};
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
    custom: Option<CustomStep>,
    part: Part,
}

/// The custom field at the end of a path. Two are the same where their values are, whatever they are called.
#[derive(Clone)]
struct CustomStep {
    key: StorageKey,
    /// Its definition; nothing where the path was read from where no definitions are.
    field: Option<Arc<CustomFieldDef>>,
}

impl PartialEq for CustomStep {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for CustomStep {}

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
    fn of(self, whole: Value) -> Value {
        match (self, whole) {
            (Self::Whole, whole) => whole,
            (Self::Currency, Value::Money(money)) => Value::from(money.currency().code()),
            (Self::Minor, Value::Money(money)) => Value::Integer(money.minor()),
            _ => Value::Null,
        }
    }
}

impl Path {
    /// The path to a custom field, by the key under which it keeps its values; nothing where the entity has none.
    pub fn stored(entity: &'static EntityDef, key: StorageKey) -> Option<Self> {
        let custom = CustomStep { key, field: None };
        Some(Self {
            custom: Some(custom),
            ..Self::from(entity.field(entity.custom_field()?))
        })
    }

    /// The path to a custom field; nothing where the entity has none.
    pub(super) fn custom(entity: &'static EntityDef, field: &Arc<CustomFieldDef>) -> Option<Self> {
        let custom = CustomStep {
            key: field.storage_key,
            field: Some(Arc::clone(field)),
        };
        let path = Self::stored(entity, field.storage_key)?;
        Some(Self {
            custom: Some(custom),
            ..path
        })
    }

    /// The path that goes on from the record this one refers to.
    #[must_use]
    pub fn to(mut self, next: impl Into<Self>) -> Self {
        let next = next.into();
        self.steps.extend(next.steps);
        Self {
            steps: self.steps,
            ..next
        }
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

    /// Under which the custom field at the end keeps its values, where there is one.
    pub fn storage_key(&self) -> Option<StorageKey> {
        self.custom.as_ref().map(|custom| custom.key)
    }

    /// The definition of the custom field at the end, where it is known.
    pub fn custom_def(&self) -> Option<&CustomFieldDef> {
        self.custom.as_ref()?.field.as_deref()
    }

    /// The codes that what is at the end may hold, where these are choices.
    pub(super) fn codes(&self) -> Option<Vec<&str>> {
        match (self.part, self.field().def().kind) {
            (Part::Whole, FieldKind::Choice(choice)) => Some(choice.codes.to_vec()),
            _ => self.custom_def()?.codes(),
        }
    }

    /// Whether what is at the end has few values: a choice, or yes and no.
    pub fn has_few_values(&self) -> bool {
        let choice = self.storage_key().map(StorageKey::kind) == Some(CustomFieldKind::Choice);
        choice || matches!(self.kind(), FieldKind::Choice(_) | FieldKind::Bool)
    }

    /// Whether stores keep an index on what is at the end.
    pub fn is_indexed(&self) -> bool {
        match &self.custom {
            Some(_) => self.custom_def().is_some_and(|field| field.indexed && !field.retired),
            None => self.field().def().indexed,
        }
    }

    /// What the path means of the value of its last field.
    pub fn of(&self, whole: Value) -> Value {
        let whole = match (&self.custom, whole) {
            (Some(custom), Value::Custom(values)) => values.get(custom.key).cloned().unwrap_or_default(),
            (Some(_), _) => Value::Null,
            (None, whole) => whole,
        };
        self.part.of(whole)
    }

    /// The path as files keep it: a custom field by its storage key, which no renaming changes.
    pub(super) fn stored_name(&self) -> String {
        self.name(self.storage_key().map(|key| key.to_string()))
    }

    /// What people call the field at the end.
    pub(super) fn last_name(&self) -> &str {
        self.custom_def().map_or(self.field().def().name, |field| &field.key)
    }

    /// The path in one text, with the custom field called like this.
    fn name(&self, custom: Option<String>) -> String {
        let steps = self.steps.iter().map(|step| step.def().name.to_owned());
        let mut name = steps.chain(custom).collect::<Vec<_>>().join(".");
        name.push_str(match self.part {
            Part::Whole => "",
            Part::Currency => "_currency",
            Part::Minor => "_minor",
        });
        name
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
            Part::Whole => self.whole_kind(),
            Part::Currency => FieldKind::Text,
            Part::Minor => FieldKind::Integer,
        }
    }

    fn whole_kind(&self) -> FieldKind {
        self.custom
            .as_ref()
            .map_or(self.field().def().kind, |custom| custom.key.kind().field_kind())
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
        if self.whole_kind() == FieldKind::Custom {
            return Err(CrmError::invalid(
                root.name,
                self.field().def().name,
                "it holds all custom fields of the record",
                "Name one of them, as in custom.colour",
            ));
        }
        if self.custom.is_some() && self.field().def().kind != FieldKind::Custom {
            return Err(broken(self.field(), "it holds no custom fields".into()));
        }
        if self.part != Part::Whole && self.whole_kind() != FieldKind::Money {
            return Err(broken(self.field(), "it is not an amount, and has no currency".into()));
        }
        Ok(())
    }
}

impl From<Field> for Path {
    fn from(field: Field) -> Self {
        Self {
            steps: vec![field],
            custom: None,
            part: Part::Whole,
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = self.custom_def().map(|field| field.key.clone());
        let stored = || self.storage_key().map(|key| key.to_string());
        formatter.write_str(&self.name(typed.or_else(stored)))
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{self}", self.root().table)
    }
}

impl Field {
    /// The path that goes on from the record this field refers to.
    pub fn to(self, next: impl Into<Path>) -> Path {
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
