//! What went wrong, as a sentence with a hint, and the exit code that says it to programs.

use std::fmt;

use crmkit::engine::CrmError;

/// What the exit codes mean, for `--help`.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  refused by a rule of the CRM, or `verify` found something
  2  the command line, or a filter or statement in it, is wrong
  3  there is no such record, or several could be meant
  4  another program kept the file busy
  5  the file cannot be opened, read or written";

/// Why a command did not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    sentence: String,
}

impl Failure {
    /// The command line asks for something that cannot be.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self {
            code: 2,
            sentence: sentence.into(),
        }
    }

    /// There is no such record, or there are several.
    pub(crate) fn not_found(sentence: impl Into<String>) -> Self {
        Self {
            code: 3,
            sentence: sentence.into(),
        }
    }

    /// A file cannot be opened, read or written.
    pub(crate) fn file(sentence: impl Into<String>) -> Self {
        Self {
            code: 5,
            sentence: sentence.into(),
        }
    }

    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence)
    }
}

impl From<CrmError> for Failure {
    fn from(error: CrmError) -> Self {
        let code = match &error {
            CrmError::Expression { .. } => 2,
            CrmError::NotFound { .. } => 3,
            CrmError::Busy { .. } => 4,
            CrmError::Corrupt { .. } | CrmError::NewerFormat { .. } | CrmError::Storage { .. } => 5,
            _ => 1,
        };
        Self {
            code,
            sentence: error.to_string(),
        }
    }
}
