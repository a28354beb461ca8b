use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use uuid::Uuid;

use super::custom::CustomFieldSource;
use super::operations::{EntityOperations, record_from_values};
use super::store::Assignment;
use super::value::{FieldKind, FieldValue, Value};
use super::write::Tx;
use super::{CrmError, Result};
use crate::values::Timestamp;

/// The description of one kind of record, from which stores, filters, importers and bindings work.
pub struct EntityDef {
    /// The kind in the singular, as messages say it: `opportunity`.
    pub name: &'static str,
    /// The table, and the name of the collection in every language: `opportunities`.
    pub table: &'static str,
    /// What a record of this kind is.
    pub doc: &'static str,
    /// All fields; the first five are the managed ones, in the order of [`managed`].
    pub fields: &'static [FieldDef],
    /// What the engine does with records of this kind without knowing their type.
    pub operations: EntityOperations,
}

/// The places of the fields that the engine itself keeps, the same in every entity.
pub mod managed {
    /// The id, a UUIDv7 that the caller or the engine makes.
    pub const ID: usize = 0;
    /// How many times the record was written, from 1.
    pub const REVISION: usize = 1;
    /// When the record was written first.
    pub const CREATED_AT: usize = 2;
    /// When the record was written last.
    pub const UPDATED_AT: usize = 3;
    /// When the record was deleted; empty while it is not.
    pub const DELETED_AT: usize = 4;
    /// How many managed fields there are.
    pub const COUNT: usize = 5;
}

impl EntityDef {
    /// The place of a field, by its name.
    pub fn field_index(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The place of the field that holds the custom ones, where records of this kind may have any.
    pub fn custom_field(&self) -> Option<usize> {
        self.fields.iter().position(|field| field.kind == FieldKind::Custom)
    }

    /// The handle of a field, by its place.
    pub fn field(&'static self, index: usize) -> Field {
        Field { entity: self, index }
    }

    /// The places of the fields that full-text search looks into: the first of them names the record, and the custom
    /// ones come last. None where the entity says so of no field.
    pub fn searched_fields(&self) -> impl Iterator<Item = usize> + Clone {
        let searched = (0..self.fields.len()).filter(|field| self.fields[*field].searched);
        let custom = self.custom_field().filter(|_| searched.clone().next().is_some());
        searched.chain(custom)
    }

    /// The fields that refer to other records.
    pub fn references(&'static self) -> impl Iterator<Item = (Field, Reference)> {
        self.fields
            .iter()
            .enumerate()
            .filter_map(|(index, field)| Some((self.field(index), field.reference?)))
    }
}

/// Shows the table: a query names its entity in every message of a test.
impl fmt::Debug for EntityDef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.table)
    }
}

impl PartialEq for EntityDef {
    fn eq(&self, other: &Self) -> bool {
        self.table == other.table
    }
}

impl Eq for EntityDef {}

/// The description of one field.
#[derive(Debug)]
pub struct FieldDef {
    /// Its name, which is also its column.
    pub name: &'static str,
    /// What the field says.
    pub doc: &'static str,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it may be empty.
    pub nullable: bool,
    /// Whether stores keep an index on it.
    pub indexed: bool,
    /// Whether full-text search looks into it.
    pub searched: bool,
    /// Which record it refers to.
    pub reference: Option<Reference>,
    /// Who may set it.
    pub set_by: SetBy,
}

impl FieldDef {
    /// What a record holds here that was written before there was this field.
    pub(super) fn unfilled(&self) -> Value {
        match self.kind {
            _ if self.nullable => Value::Null,
            FieldKind::Text => Value::from(""),
            FieldKind::Choice(choice) => choice.codes.first().copied().map_or(Value::Null, Value::from),
            FieldKind::Bool => Value::Bool(false),
            FieldKind::Integer => Value::Integer(0),
            FieldKind::Instant => Value::Instant(Timestamp::default()),
            FieldKind::Id | FieldKind::Date | FieldKind::Money | FieldKind::Decimal { .. } | FieldKind::Custom => {
                Value::Null
            }
        }
    }
}

/// Who may set a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetBy {
    /// Anyone: it is in the draft and in the changes.
    Anyone,
    /// It may be given when the record is created; afterwards only a named command changes it.
    Command,
    /// The engine alone: it follows from other fields.
    Engine,
}

/// That a field holds the id of a record of another table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The other table.
    pub table: &'static str,
    /// What happens here when the other record is deleted.
    pub on_delete: OnDelete,
}

/// What happens to a record when one that it refers to is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// The other record may not be deleted.
    Restrict,
    /// This record is deleted with it.
    Cascade,
    /// The field here becomes empty.
    SetNull,
    /// Nothing: this record tells of the past, and goes on naming what was there then.
    Keep,
}

/// All kinds of records of an application, by table.
#[derive(Clone, Copy)]
pub struct Schema {
    entities: &'static [&'static EntityDef],
    custom_fields: Option<CustomFieldSource>,
}

impl Schema {
    /// The schema of these entities.
    pub const fn new(entities: &'static [&'static EntityDef]) -> Self {
        Self {
            entities,
            custom_fields: None,
        }
    }

    /// The same schema, in which records may have custom fields that are defined there.
    #[must_use]
    pub const fn with_custom_fields(self, source: CustomFieldSource) -> Self {
        Self {
            custom_fields: Some(source),
            ..self
        }
    }

    /// Where custom fields are defined.
    pub const fn custom_fields(self) -> Option<CustomFieldSource> {
        self.custom_fields
    }

    /// All entities, in the order of the list.
    pub fn entities(self) -> impl Iterator<Item = &'static EntityDef> {
        self.entities.iter().copied()
    }

    /// The entity of a table.
    pub fn entity(self, table: &str) -> Option<&'static EntityDef> {
        self.entities().find(|entity| entity.table == table)
    }

    /// All fields that refer to records of a table.
    pub fn references_to(self, table: &'static str) -> impl Iterator<Item = (Field, Reference)> {
        self.entities()
            .flat_map(EntityDef::references)
            .filter(move |(_, reference)| reference.table == table)
    }
}

impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        self.entities == other.entities
    }
}

impl Eq for Schema {}

impl fmt::Debug for Schema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_list()
            .entries(self.entities().map(|entity| entity.table))
            .finish()
    }
}

/// The handle of a field, as [`crate::entity`] generates it: `Opportunity::AMOUNT`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The entity that has the field.
    pub entity: &'static EntityDef,
    /// The place of the field in the entity.
    pub index: usize,
}

impl Field {
    /// The description of the field.
    pub fn def(self) -> &'static FieldDef {
        &self.entity.fields[self.index]
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.entity.table, self.def().name)
    }
}

/// A row under the backend's cursor: read in place, and nothing is copied that is not asked for.
pub trait RowSource {
    /// The value of a field, by its place.
    ///
    /// # Errors
    /// When the store cannot read it, or it is not of the field's kind.
    fn value(&self, field: usize) -> Result<Value>;
}

/// A row in memory: one value a field.
pub type Row = Arc<[Value]>;

impl RowSource for Row {
    fn value(&self, field: usize) -> Result<Value> {
        Ok(self.get(field).cloned().unwrap_or_default())
    }
}

impl RowSource for &[Value] {
    fn value(&self, field: usize) -> Result<Value> {
        Ok(self.get(field).cloned().unwrap_or_default())
    }
}

impl RowSource for Vec<Value> {
    fn value(&self, field: usize) -> Result<Value> {
        Ok(self.get(field).cloned().unwrap_or_default())
    }
}

/// Where a store hands its rows, one at a time; it stops when told to break.
pub type RowSink<'a> = &'a mut dyn FnMut(&dyn RowSource) -> Result<ControlFlow<()>>;

/// A kind of record. `#[entity]` implements this; it can be written by hand as well.
pub trait Entity: Validate + Clone + fmt::Debug + PartialEq + Send + Sync + 'static {
    /// The type of its ids.
    type Id: RecordId<Entity = Self>;
    /// What `create` takes.
    type Draft: Draft<Entity = Self>;
    /// One change of one field; a list of these is an update.
    type Change: Send;
    /// The description.
    const DEF: &'static EntityDef;

    /// The managed fields.
    fn managed(&self) -> Managed;

    /// Sets the managed fields, which only the engine does.
    fn set_managed(&mut self, managed: Managed);

    /// The value of a field, by its place.
    fn value(&self, field: usize) -> Value;

    /// Sets a field, by its place.
    ///
    /// # Errors
    /// When the value is of another kind.
    fn set(&mut self, field: usize, value: Value) -> Result<()>;

    /// The record that a row holds.
    ///
    /// # Errors
    /// When the row cannot be read.
    fn from_row(row: &dyn RowSource) -> Result<Self>;

    /// What a field holds that was not given, by its place; nothing where it must be given or may be empty.
    fn default_value(field: usize) -> Value;

    /// Applies one change.
    fn apply(&mut self, change: Self::Change);

    /// The id.
    fn id(&self) -> Self::Id {
        Self::Id::from_uuid(self.managed().id)
    }
}

/// The fields that the engine keeps in every record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Managed {
    /// The id.
    pub id: Uuid,
    /// How many times the record was written, from 1.
    pub revision: i64,
    /// When the record was written first.
    pub created_at: Timestamp,
    /// When the record was written last.
    pub updated_at: Timestamp,
    /// When the record was deleted.
    pub deleted_at: Option<Timestamp>,
}

impl Managed {
    /// Reads the managed fields of any row.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn from_row(entity: &'static EntityDef, row: &dyn RowSource) -> Result<Self> {
        Ok(Self {
            id: read_field(entity, managed::ID, row)?,
            revision: read_field(entity, managed::REVISION, row)?,
            created_at: read_field(entity, managed::CREATED_AT, row)?,
            updated_at: read_field(entity, managed::UPDATED_AT, row)?,
            deleted_at: read_field(entity, managed::DELETED_AT, row)?,
        })
    }

    /// The value of a managed field, by its place.
    pub fn value(&self, field: usize) -> Value {
        match field {
            managed::ID => self.id.to_value(),
            managed::REVISION => self.revision.to_value(),
            managed::CREATED_AT => self.created_at.to_value(),
            managed::UPDATED_AT => self.updated_at.to_value(),
            managed::DELETED_AT => self.deleted_at.to_value(),
            _ => Value::Null,
        }
    }

    /// The managed fields of a record that is about to be created.
    pub fn unwritten(id: Option<Uuid>) -> Self {
        Self {
            id: id.unwrap_or_default(),
            revision: 0,
            created_at: Timestamp::from_milliseconds(0),
            updated_at: Timestamp::from_milliseconds(0),
            deleted_at: None,
        }
    }
}

/// Reads one field of a row into its Rust type.
///
/// # Errors
/// When the store cannot read it, or the value is of another kind.
pub fn read_field<T: FieldValue>(entity: &'static EntityDef, field: usize, row: &dyn RowSource) -> Result<T> {
    field_from_value(entity, field, row.value(field)?)
}

/// Turns a value into the Rust type of a field.
///
/// # Errors
/// When the value is of another kind.
pub fn field_from_value<T: FieldValue>(entity: &'static EntityDef, field: usize, value: Value) -> Result<T> {
    T::from_value(value).map_err(|error| {
        let name = entity.fields.get(field).map_or("unknown", |field| field.name);
        CrmError::invalid_value(entity.name, name, error)
    })
}

/// What `create` takes: the fields that a caller may set, and an id where the caller made one.
pub trait Draft: Sized {
    /// The kind of record it becomes.
    type Entity: Entity<Draft = Self>;

    /// The record, not yet written, and with nothing filled in yet.
    fn into_record(self) -> Self::Entity;

    /// The draft of a record that is not yet written, in which only the fields at these places were given.
    fn from_record(record: Self::Entity, given: &[usize]) -> Self;

    /// The draft with values by the places of their fields, for commands that take a draft where the fields are known
    /// only at run time.
    ///
    /// ```
    /// use crm_core::engine::{Assignment, Draft, Entity};
    /// use crm_core::sales::{Pipeline, PipelineDraft};
    /// let name = Pipeline::DEF.field_named("name")?.index;
    /// let draft = PipelineDraft::from_values(None, vec![Assignment { field: name, value: "Sales".into() }])?;
    /// assert_eq!(draft.name, "Sales");
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for a value that does not fit, a field that may not be set, or one that is missing.
    fn from_values(id: Option<Uuid>, values: Vec<Assignment>) -> Result<Self> {
        let given: Vec<usize> = values.iter().map(|one| one.field).collect();
        Ok(Self::from_record(record_from_values(id, values)?, &given))
    }
}

/// A typed id: the id of a customer does not pass for that of an opportunity.
pub trait RecordId:
    FieldValue + Copy + fmt::Debug + fmt::Display + PartialEq + Eq + std::hash::Hash + Send + Sync + 'static
{
    /// The kind of record it names.
    type Entity: Entity<Id = Self>;

    /// The id of this UUID.
    fn from_uuid(uuid: Uuid) -> Self;

    /// The UUID.
    fn uuid(self) -> Uuid;
}

/// The rules of one kind of record, written by hand beside its struct.
///
/// The engine calls these on every path by which a record is written: the API, import, and commands.
pub trait Validate: Sized {
    /// Fills what follows from other fields and records: defaults of a new record, derived fields.
    ///
    /// # Errors
    /// When what it needs is not there.
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }

    /// Refuses what no record of this kind may be; `before` is the record as it was, where there was one.
    ///
    /// # Errors
    /// The rule that is broken.
    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()>;

    /// Writes what follows from the write: history, members, totals of the parent.
    ///
    /// # Errors
    /// When that write is refused.
    fn written(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }

    /// Refuses a transaction that leaves several records in a state they may not be in together; runs before the
    /// commit, for each record that was named to [`Tx::settle_before_commit`].
    ///
    /// # Errors
    /// The rule that is broken.
    fn settle(&self, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
