use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use uuid::Uuid;

use crate::values::ValueError;

/// The result of everything that can fail in crmkit.
pub type Result<T, E = CrmError> = std::result::Result<T, E>;

/// What went wrong: what, where, why and the fix. The same kinds and codes in every language.
///
/// Messages hold ids, field names and rules, never what a customer's record says.
///
/// ```
/// use crm_core::engine::CrmError;
/// let error = CrmError::refused("stage.same_pipeline", "the stage belongs to another pipeline", "Choose a stage of the opportunity's own pipeline");
/// assert_eq!(error.code(), "refused");
/// assert_eq!(error.hint(), "Choose a stage of the opportunity's own pipeline");
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CrmError {
    /// There is no such record, or it is deleted.
    #[error("{entity} {id}: there is no such record. Check the id, or look among the deleted ones.")]
    NotFound {
        /// The kind of record.
        entity: &'static str,
        /// The id that was asked for.
        id: Uuid,
    },
    /// A value breaks a rule of its field.
    #[error("{entity}.{field}: {reason}. {hint}.")]
    Invalid {
        /// The kind of record.
        entity: &'static str,
        /// The field, or `filter`, `cursor` and the like where no field is meant.
        field: Cow<'static, str>,
        /// What is wrong.
        reason: String,
        /// What to do.
        hint: String,
    },
    /// Other records have the same value where one record may have it.
    #[error("{entity}.{field}: {} other record(s) have this value: {}. Use one of them, or change the value.", .matches.len(), List(.matches))]
    Duplicate {
        /// The kind of record.
        entity: &'static str,
        /// The field that must differ.
        field: Cow<'static, str>,
        /// The records that have the value, the oldest first.
        matches: Vec<Uuid>,
    },
    /// The record was changed since it was read.
    #[error(
        "{entity} {id}: expected revision {expected}, and it is at {current_revision}. Read it again and repeat the change."
    )]
    Conflict {
        /// The kind of record.
        entity: &'static str,
        /// The record.
        id: Uuid,
        /// The revision that the caller had read.
        expected: i64,
        /// The revision that the record has now.
        current_revision: i64,
    },
    /// Other records need this one.
    #[error("{entity} {id}: it is in use by {}. {hint}.", Uses(.by))]
    InUse {
        /// The kind of record.
        entity: &'static str,
        /// The record.
        id: Uuid,
        /// How many records of which kind need it.
        by: Vec<Use>,
        /// What to do.
        hint: String,
    },
    /// A rule of the domain forbids it.
    #[error("{rule}: {reason}. {hint}.")]
    Refused {
        /// The name of the rule, stable across versions: `stage.same_pipeline`.
        rule: &'static str,
        /// Why the rule forbids it.
        reason: String,
        /// What to do.
        hint: String,
    },
    /// A text filter or an order cannot be read.
    #[error("{of}, column {column}: {reason}. {hint}.")]
    Expression {
        /// What the text is: `filter` or `order`.
        of: &'static str,
        /// Where, in characters from 1.
        column: usize,
        /// What is wrong.
        reason: String,
        /// What to do.
        hint: String,
    },
    /// Another writer held the file for the whole deadline.
    #[error("the file was busy for {} ms. Try again, or raise the busy deadline.", .waited.as_millis())]
    Busy {
        /// How long the call waited.
        waited: Duration,
    },
    /// The caller stopped the work; nothing of it was kept.
    #[error("{operation} was cancelled, and nothing of it was kept. Run it again when ready.")]
    Cancelled {
        /// The work that stopped.
        operation: &'static str,
    },
    /// The file is damaged or is no crmkit file.
    #[error("the file cannot be read as a crmkit file: {reason}. Restore a backup; the file was left as it is.")]
    Corrupt {
        /// What is damaged.
        reason: String,
    },
    /// The file was written by a newer crmkit.
    #[error(
        "the file has format {found}, and this version knows formats up to {supported}. Update crmkit; the file was left as it is."
    )]
    NewerFormat {
        /// The format of the file.
        found: i64,
        /// The newest format that this version knows.
        supported: i64,
    },
    /// The storage refused: a full disk, a missing folder, no permission.
    #[error("{operation}: {reason}. {hint}.")]
    Storage {
        /// What was being done.
        operation: &'static str,
        /// What the storage said.
        reason: String,
        /// What to do.
        hint: String,
    },
}

impl CrmError {
    /// A value that breaks a rule of its field.
    pub fn invalid(
        entity: &'static str,
        field: impl Into<Cow<'static, str>>,
        reason: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self::Invalid {
            entity,
            field: field.into(),
            reason: reason.into(),
            hint: hint.into(),
        }
    }

    /// The same, from what a value type says of itself.
    pub fn invalid_value(entity: &'static str, field: impl Into<Cow<'static, str>>, error: ValueError) -> Self {
        Self::invalid(entity, field, error.reason, error.hint)
    }

    /// A rule of the domain that forbids something.
    pub fn refused(rule: &'static str, reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused {
            rule,
            reason: reason.into(),
            hint: hint.into(),
        }
    }

    /// A storage that refused.
    pub fn storage(operation: &'static str, reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Storage {
            operation,
            reason: reason.into(),
            hint: hint.into(),
        }
    }

    /// The stable name of the kind, the same in every language.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::Invalid { .. } => "invalid",
            Self::Duplicate { .. } => "duplicate",
            Self::Conflict { .. } => "conflict",
            Self::InUse { .. } => "in_use",
            Self::Refused { .. } => "refused",
            Self::Expression { .. } => "expression",
            Self::Busy { .. } => "busy",
            Self::Cancelled { .. } => "cancelled",
            Self::Corrupt { .. } => "corrupt",
            Self::NewerFormat { .. } => "newer_format",
            Self::Storage { .. } => "storage",
        }
    }

    /// The field at fault, where there is one.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Invalid { field, .. } | Self::Duplicate { field, .. } => Some(field),
            Self::Conflict { .. } => Some("revision"),
            Self::Expression { of, .. } => Some(of),
            _ => None,
        }
    }

    /// The name of the rule that refused, where one did: `stage.same_pipeline`.
    pub fn rule(&self) -> Option<&'static str> {
        match self {
            Self::Refused { rule, .. } => Some(rule),
            _ => None,
        }
    }

    /// What to do about it: the last part of the message.
    pub fn hint(&self) -> String {
        match self {
            Self::NotFound { .. } => "Check the id, or look among the deleted ones".into(),
            Self::Duplicate { .. } => "Use one of them, or change the value".into(),
            Self::Conflict { .. } => "Read it again and repeat the change".into(),
            Self::Busy { .. } => "Try again, or raise the busy deadline".into(),
            Self::Cancelled { .. } => "Run it again when ready".into(),
            Self::Corrupt { .. } => "Restore a backup; the file was left as it is".into(),
            Self::NewerFormat { .. } => "Update crmkit; the file was left as it is".into(),
            Self::Invalid { hint, .. }
            | Self::InUse { hint, .. }
            | Self::Refused { hint, .. }
            | Self::Expression { hint, .. }
            | Self::Storage { hint, .. } => hint.clone(),
        }
    }
}

/// How many records of one kind need a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The kind of the records that need it.
    pub entity: &'static str,
    /// How many there are.
    pub count: u64,
}

struct List<'a>(&'a [Uuid]);

impl fmt::Display for List<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, id) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { ", " };
            write!(formatter, "{separator}{id}")?;
        }
        Ok(())
    }
}

struct Uses<'a>(&'a [Use]);

impl fmt::Display for Uses<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, used) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { ", " };
            write!(formatter, "{separator}{} {} record(s)", used.count, used.entity)?;
        }
        Ok(())
    }
}
