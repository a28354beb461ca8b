//! What SQLite reports, as the errors of crmkit: each cause told apart, with what to do about it.

use crm_core::engine::CrmError;
use rusqlite::{Error, ErrorCode, ffi};

/// The error for something that SQLite refused while `operation` was done.
///
/// SQLite's own words are kept only where they speak of statements and names, never of what a record says.
pub(crate) fn refused(operation: &'static str, error: Error) -> CrmError {
    match error {
        Error::SqliteFailure(failure, message) => failed(operation, failure, message),
        Error::FromSqlConversionFailure(column, ..)
        | Error::InvalidColumnType(column, ..)
        | Error::IntegralValueOutOfRange(column, _)
        | Error::Utf8Error(column, _) => CrmError::Corrupt {
            reason: format!("{operation}: column {column} holds a value of another kind"),
        },
        Error::QueryReturnedNoRows => CrmError::Corrupt {
            reason: format!("{operation}: a row is missing"),
        },
        other => unexpected(operation, &other.to_string()),
    }
}

fn failed(operation: &'static str, failure: ffi::Error, message: Option<String>) -> CrmError {
    let code = failure.extended_code;
    if code == ffi::SQLITE_IOERR_SHORT_READ || code == ffi::SQLITE_IOERR_CORRUPTFS {
        return damaged(code);
    }
    match failure.code {
        ErrorCode::DatabaseCorrupt => damaged(code),
        ErrorCode::NotADatabase => CrmError::Corrupt {
            reason: "it is not an SQLite database".into(),
        },
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => CrmError::Busy {
            waited: std::time::Duration::ZERO,
        },
        // Only a watch interrupts.
        ErrorCode::OperationInterrupted => CrmError::Cancelled { operation },
        ErrorCode::DiskFull => CrmError::storage(operation, "the disk is full", "Free some space, then try again"),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => CrmError::storage(
            operation,
            "the file, its folder or the disk is read-only",
            "Give the process permission to write the file and its folder, or open the file read-only",
        ),
        ErrorCode::CannotOpen => CrmError::storage(
            operation,
            "the file cannot be opened or created",
            "Check that its folder exists, and that the process may write there",
        ),
        ErrorCode::SystemIoFailure => CrmError::storage(
            operation,
            format!("the disk reported an error (SQLite {code})"),
            "Check the disk and the connection to it, then try again",
        ),
        ErrorCode::OutOfMemory => CrmError::storage(operation, "the memory is used up", "Free memory, then try again"),
        ErrorCode::TooBig => CrmError::storage(
            operation,
            "a value is larger than SQLite can keep",
            "Keep large texts outside of the records",
        ),
        _ => unexpected(operation, &message.unwrap_or_else(|| format!("SQLite {code}"))),
    }
}

fn damaged(code: i32) -> CrmError {
    CrmError::Corrupt {
        reason: format!("its content is damaged (SQLite {code})"),
    }
}

fn unexpected(operation: &'static str, reason: &str) -> CrmError {
    CrmError::storage(
        operation,
        reason,
        "Report this as a defect of crmkit, with this message",
    )
}

/// Whether the other side need only be waited for.
pub(crate) fn is_busy(error: &Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

/// Turns SQLite's refusals into crmkit's.
pub(crate) trait Refusal<T> {
    /// The result, with the error told as one of `operation`.
    fn during(self, operation: &'static str) -> crm_core::engine::Result<T>;
}

impl<T> Refusal<T> for rusqlite::Result<T> {
    fn during(self, operation: &'static str) -> crm_core::engine::Result<T> {
        self.map_err(|error| refused(operation, error))
    }
}
