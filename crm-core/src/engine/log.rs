use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::clock::Stamp;
use super::value::Value;

/// The number of a change in the log of one database: 1, 2, 3, ... in the order of the commits, with no gap.
pub type LogSequence = i64;

/// The id of a batch: everything that one transaction did, which can be undone together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchId(pub Uuid);

impl std::fmt::Display for BatchId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

/// One transaction as the change log knows it: when, who, why.
#[derive(Clone, PartialEq, Eq)]
pub struct Commit {
    /// The database in which it was made.
    pub origin: Uuid,
    /// When, by the hybrid logical clock: above the stamp of every commit before.
    pub stamp: Stamp,
    /// Who.
    pub actor: String,
    /// Why.
    pub cause: Cause,
    /// The batch.
    pub batch: BatchId,
    /// What the caller said of it: `call with Li`.
    pub note: Option<String>,
}

/// Leaves the note out: people name customers in it.
impl fmt::Debug for Commit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Commit")
            .field("origin", &self.origin)
            .field("stamp", &self.stamp)
            .field("actor", &self.actor)
            .field("cause", &self.cause)
            .field("batch", &self.batch)
            .finish_non_exhaustive()
    }
}

crate::choice! {
    /// Why something was written.
    pub enum Cause {
        /// A person or program changed records.
        Edit = "edit",
        /// A file was imported.
        Import = "import",
        /// A batch was undone.
        Undo = "undo",
        /// A lead was converted.
        Convert = "convert",
        /// Records were merged.
        Merge = "merge",
        /// Another database's changes were taken over.
        Sync = "sync",
    }
}

/// What happened to one record in one commit.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its number.
    pub sequence: LogSequence,
    /// The table of the record.
    pub table: Cow<'static, str>,
    /// The record.
    pub record: Uuid,
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// The fields that changed.
    pub fields: Vec<FieldChange>,
}

crate::choice! {
    /// What kind of change it is.
    pub enum ChangeKind {
        /// The record was created.
        Create = "create",
        /// Fields changed.
        Update = "update",
        /// It was deleted: it is in the trash and can be restored.
        Delete = "delete",
        /// It came back from the trash.
        Restore = "restore",
        /// Its creation was undone: it is in no table any more.
        Remove = "remove",
    }
}

/// A field with its values before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The name of the field.
    #[serde(rename = "f")]
    pub field: Cow<'static, str>,
    /// Its value before; nothing where the record was created.
    #[serde(rename = "b", default, skip_serializing_if = "Value::is_null")]
    pub before: Value,
    /// Its value after; nothing where the record was removed.
    #[serde(rename = "a", default, skip_serializing_if = "Value::is_null")]
    pub after: Value,
}

/// Which part of the change log to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LogQuery {
    /// Only changes with a higher number.
    pub after: LogSequence,
    /// Only changes with a lower number.
    pub before: Option<LogSequence>,
    /// Only changes of this record.
    pub record: Option<Uuid>,
    /// Only changes of this batch.
    pub batch: Option<BatchId>,
    /// Only changes of commits above this stamp.
    pub above_stamp: Option<Stamp>,
    /// The newest first.
    pub newest_first: bool,
    /// How many at most.
    pub limit: Option<u32>,
}

/// One entry of a history or of the feed: what changed, by whom, when and why.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEntry {
    /// The transaction.
    pub commit: Commit,
    /// The change.
    pub change: Change,
}
