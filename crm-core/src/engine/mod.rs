//! How records live: described once, filtered, written in units, remembered in a log. Knows no word of the CRM.

mod aggregate;
mod attempt;
mod by_name;
mod choice;
mod clock;
mod compare;
mod custom;
mod delete;
mod entity;
mod error;
mod eval;
pub mod expr;
mod field_rules;
mod filter;
mod log;
mod measure;
mod memory;
mod named_change;
mod operations;
mod past;
mod path;
mod pending_log;
mod prepare;
mod presence;
mod put_back;
mod query;
mod random;
mod read;
mod search;
mod session;
mod store;
mod undo;
mod unit;
mod value;
mod watch;
mod watched_txn;
mod wire;
mod write;

pub use aggregate::{Aggregate, AggregateRow, Expression, Group, Measure, MeasureKind, Quartile};
pub use choice::ChoiceDef;
pub use clock::{Clock, Ids, ManualClock, Stamp, SystemClock};
pub use custom::{
    CustomFieldDef, CustomFieldKind, CustomFieldSource, CustomFields, CustomIndex, CustomOption, CustomValues,
    StorageKey,
};
pub use entity::{
    Draft, Entity, EntityDef, Field, FieldDef, Managed, OnDelete, RecordId, Reference, Row, RowSink, RowSource, Schema,
    SetBy, Validate, field_from_value, managed, read_field,
};
pub use error::{CrmError, Result, Use};
pub use eval::{Evaluator, Records};
pub use field_rules::LONGEST_TEXT;
pub use filter::{Comparison, Filter, Relation};
pub use log::{BatchId, Cause, Change, ChangeKind, Commit, FieldChange, LogEntry, LogQuery, LogSequence};
pub use measure::{RawMeasure, Shape, four_quartiles, overflow};
pub use memory::MemoryStore;
pub use named_change::NamedChange;
pub use operations::EntityOperations;
pub(crate) use operations::record_from_values;
pub use path::{Conditions, Part, Path, PathConditions};
pub use query::{Cursor, Deleted, Order, Page, Query};
pub(crate) use random::Random;
pub use read::Reader;
pub(crate) use search::searched_texts;
pub use search::{Explanation, FoundBy, Phrase, SearchDocument, SearchQuery, Term};
pub use session::Session;
pub use store::{Access, Assignment, Capabilities, ChangeSink, RowKey, Store, Txn};
pub use unit::{Authorship, Engine, Environment, Notice, Observer, Subscription};
pub use value::{FieldKind, FieldValue, Value, decimal_of_scaled, scaled_integer, wrong_kind};
pub use watch::Watch;
pub use write::Tx;
