//! One class for each kind of record, all of them over the same immutable row.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::RangeBounds;
use std::sync::Arc;

use crmkit::SCHEMA;
use crmkit::engine::{CustomFields, Entity, EntityDef, FieldKind, Row, RowSource, Value, managed};
use crmkit::values::Uuid;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PyTuple, PyType};

use crate::errors::exception;
use crate::memo::Memo;
use crate::values::{python, value};

static PROPERTY: Memo = Memo::new("builtins", "property");
static READ_ONLY: Memo = Memo::new("types", "MappingProxyType");
static RESTORE: Memo = Memo::new("crmkit._native", "restore");

/// A record as it was read: its fields are its attributes, and it never changes.
///
/// Records of one kind are equal where all of their fields are; they can be hashed, pickled and matched.
#[pyclass(frozen, subclass, module = "crmkit")]
pub(crate) struct Record {
    entity: &'static EntityDef,
    row: Row,
    /// The custom fields that hold something, by the keys that people type.
    custom: Arc<[(String, Value)]>,
}

/// Makes a record of Python of one read from the engine.
pub(crate) type Wrap = fn(Python<'_>, Record) -> PyResult<Py<PyAny>>;

macro_rules! record_classes {
    ($($module:ident::$entity:ident, $id:ident;)+) => {
        $(
            #[doc = concat!("Records of ", stringify!($entity), "; see the class of Python.")]
            #[pyclass(frozen, extends = Record, module = "crmkit")]
            pub(crate) struct $entity;
        )+

        /// What makes records of this kind.
        pub(crate) fn wrap_of(entity: &'static EntityDef) -> Wrap {
            $(
                if entity == crmkit::$module::$entity::DEF {
                    return |py, record| {
                        let class = PyClassInitializer::from(record).add_subclass($entity);
                        Ok(Py::new(py, class)?.into_any())
                    };
                }
            )+
            |py, record| Ok(Py::new(py, record)?.into_any())
        }

        /// Adds the class of every kind of record, with a property for each of its fields; what all kinds have, [`Record`] has.
        pub(crate) fn add_classes(module: &Bound<'_, PyModule>) -> PyResult<()> {
            // Every kind has these at the same places.
            if let Some(any) = SCHEMA.entities().next() {
                add_properties(&module.py().get_type::<Record>(), any, ..managed::COUNT)?;
            }
            $(
                module.add_class::<$entity>()?;
                add_properties(&module.py().get_type::<$entity>(), crmkit::$module::$entity::DEF, managed::COUNT..)?;
            )+
            Ok(())
        }
    };
}

crmkit::for_each_entity!(record_classes);

fn add_properties(
    class: &Bound<'_, PyType>,
    entity: &'static EntityDef,
    places: impl RangeBounds<usize>,
) -> PyResult<()> {
    let py = class.py();
    let fields = entity.fields.iter().enumerate();
    for (place, field) in fields.filter(|(place, _)| places.contains(place)) {
        let read = PyCFunction::new_closure(py, None, None, move |arguments: &Bound<'_, PyTuple>, _| {
            let record = arguments.get_item(0)?;
            let record = record.cast::<Record>()?;
            Ok::<_, PyErr>(record.get().field(record.py(), place)?.unbind())
        })?;
        let property = PROPERTY.get(py)?.call1((read, py.None(), py.None(), field.doc))?;
        class.setattr(field.name, property)?;
    }
    Ok(())
}

impl Record {
    /// A record of a row; `fields` tells what its custom fields are called.
    pub(crate) fn new(entity: &'static EntityDef, row: Row, fields: Option<&CustomFields>) -> Self {
        let custom = match (entity.custom_field().and_then(|field| row.get(field)), fields) {
            (Some(Value::Custom(values)), Some(fields)) => {
                let shown = fields.of(entity).filter(|field| !field.retired);
                shown
                    .filter_map(|field| Some((field.key.clone(), values.get(field.storage_key)?.clone())))
                    .collect()
            }
            _ => Arc::default(),
        };
        Self { entity, row, custom }
    }

    pub(crate) fn entity(&self) -> &'static EntityDef {
        self.entity
    }

    pub(crate) fn id(&self) -> Uuid {
        match self.row.first() {
            Some(Value::Id(id)) => *id,
            _ => Uuid::nil(),
        }
    }

    fn field<'py>(&self, py: Python<'py>, place: usize) -> PyResult<Bound<'py, PyAny>> {
        let field = &self.entity.fields[place];
        match field.kind {
            FieldKind::Custom => self.custom(py),
            kind => python(py, kind, &self.row[place]),
        }
    }

    fn custom<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let custom = PyDict::new(py);
        for (key, value) in self.custom.iter() {
            custom.set_item(key, python(py, FieldKind::Text, value)?)?;
        }
        READ_ONLY.get(py)?.call1((custom,))
    }

    /// What people call the record: the first field that a search looks into.
    fn name(&self) -> Option<(&'static str, &str)> {
        let place = self.entity.searched_fields().next()?;
        match &self.row[place] {
            Value::Text(name) => Some((self.entity.fields[place].name, name)),
            _ => None,
        }
    }
}

#[pymethods]
impl Record {
    /// The same record with other values, which are not written; `update` of a collection writes.
    ///
    /// Examples:
    ///     >>> import crmkit
    ///     >>> with crmkit.in_memory() as crm:
    ///     ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
    ///     >>> acme.replace(country="DE").country
    ///     'DE'
    #[pyo3(signature = (**changes))]
    fn replace(&self, py: Python<'_>, changes: Option<&Bound<'_, PyDict>>) -> PyResult<Py<PyAny>> {
        let mut row: Vec<Value> = self.row.to_vec();
        for (name, given) in changes.into_iter().flatten() {
            let field = self
                .entity
                .field_named(&name.extract::<String>()?)
                .map_err(|error| exception(py, &error))?;
            row[field.index] = value(self.entity, field.def(), &given)?;
        }
        let record = Self {
            entity: self.entity,
            row: row.into(),
            custom: Arc::clone(&self.custom),
        };
        wrap_of(self.entity)(py, record)
    }

    #[pyo3(signature = (**changes))]
    fn __replace__(&self, py: Python<'_>, changes: Option<&Bound<'_, PyDict>>) -> PyResult<Py<PyAny>> {
        self.replace(py, changes)
    }

    /// The fields by their names.
    ///
    /// Examples:
    ///     >>> import crmkit
    ///     >>> with crmkit.in_memory() as crm:
    ///     ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
    ///     >>> acme.to_dict()["name"]
    ///     'Acme GmbH'
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let fields = PyDict::new(py);
        for (place, field) in self.entity.fields.iter().enumerate() {
            fields.set_item(field.name, self.field(py, place)?)?;
        }
        Ok(fields)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Self>()
            .is_ok_and(|other| self.entity == other.get().entity && self.row == other.get().row)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.entity.table, &self.row[..managed::COUNT]).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let (record, class) = (slf.get(), slf.get_type().name()?);
        let name = match record.name() {
            Some((field, name)) => format!("{field}={}, ", name.into_pyobject(slf.py())?.repr()?),
            None => String::new(),
        };
        Ok(format!("{class}({name}id='{}')", record.id()))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (&'static str, String))> {
        let names = self.entity.fields.iter().map(|field| field.name);
        let fields: BTreeMap<&str, &Value> = names.zip(self.row.iter()).collect();
        let state = serde_json::to_string(&(fields, &*self.custom));
        let state = state.map_err(|error| PyKeyError::new_err(error.to_string()))?;
        Ok((RESTORE.get(py)?.clone(), (self.entity.table, state)))
    }
}

/// A record of what pickling made of it; a field that is new since is empty.
#[pyfunction]
pub(crate) fn restore(py: Python<'_>, table: &str, state: &str) -> PyResult<Py<PyAny>> {
    let unreadable = || PyKeyError::new_err("this is no pickled record of this version");
    let entity = SCHEMA.entity(table).ok_or_else(unreadable)?;
    let state: (BTreeMap<String, Value>, Vec<(String, Value)>) =
        serde_json::from_str(state).map_err(|_| unreadable())?;
    let (mut fields, custom) = state;
    let row: Row = entity
        .fields
        .iter()
        .map(|field| fields.remove(field.name).unwrap_or_default())
        .collect();
    let fits = entity
        .fields
        .iter()
        .zip(row.iter())
        .all(|(field, value)| field.kind.admits(value));
    if !fits || row.value(managed::ID).is_ok_and(|id| id.is_null()) {
        return Err(unreadable());
    }
    let record = Record {
        entity,
        row,
        custom: custom.into(),
    };
    wrap_of(entity)(py, record)
}

/// The description of every kind of record, as JSON: the names, kinds, choices and rules of setting of its fields.
#[pyfunction]
pub(crate) fn schema() -> String {
    crate::schema::entities().to_string()
}
