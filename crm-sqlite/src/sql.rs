//! SQL that reads, on the engine's own connections, so that nobody needs a second SQLite library for it.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crm_core::engine::{CrmError, Result, Watch};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{Value as Owned, ValueRef};
use rusqlite::{Connection, Error, ErrorCode, Statement, params_from_iter};

use crate::error::{Refusal, refused};
use crate::pool::{Lease, STEPS_BETWEEN_LOOKS};
use crate::sql_words;

const OPERATION: &str = "running SQL";

/// What the statement may ask of the file itself: numbers, and the shapes of tables. What else a PRAGMA does is refused.
const NUMBERS: [&str; 5] = [
    "application_id",
    "freelist_count",
    "page_count",
    "page_size",
    "user_version",
];
const SHAPES: [&str; 4] = ["index_info", "index_list", "table_info", "table_list"];

/// A value of SQLite, as a parameter or in a result.
#[derive(Clone, PartialEq, Default)]
pub enum SqlValue {
    /// Nothing.
    #[default]
    Null,
    /// A whole number.
    Integer(i64),
    /// A binary fraction, which only a calculation of the statement itself makes: no view and no table has one.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

/// Names the kind alone: the value may be a customer's.
impl fmt::Debug for SqlValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Null => "Null",
            Self::Integer(_) => "Integer",
            Self::Real(_) => "Real",
            Self::Text(_) => "Text",
            Self::Blob(_) => "Blob",
        })
    }
}

impl From<i64> for SqlValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<&str> for SqlValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for SqlValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<ValueRef<'_>> for SqlValue {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Real(number) => Self::Real(number),
            ValueRef::Text(bytes) => Self::Text(String::from_utf8_lossy(bytes).into_owned()),
            ValueRef::Blob(bytes) => Self::Blob(bytes.to_owned()),
        }
    }
}

impl From<&SqlValue> for Owned {
    fn from(value: &SqlValue) -> Self {
        match value {
            SqlValue::Null => Self::Null,
            SqlValue::Integer(number) => Self::Integer(*number),
            SqlValue::Real(number) => Self::Real(*number),
            SqlValue::Text(text) => Self::Text(text.clone()),
            SqlValue::Blob(bytes) => Self::Blob(bytes.clone()),
        }
    }
}

/// The answer to a statement.
#[derive(Clone, PartialEq, Default)]
pub struct SqlRows {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each with a value for each column.
    pub rows: Vec<Vec<SqlValue>>,
    /// Whether there were more rows than the limit let through.
    pub truncated: bool,
}

/// Counts the rows: what they hold may be a customer's.
impl fmt::Debug for SqlRows {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SqlRows")
            .field("columns", &self.columns)
            .field("rows", &self.rows.len())
            .field("truncated", &self.truncated)
            .finish()
    }
}

/// How far a statement may go; without limits unless told otherwise.
///
/// ```
/// use crm_sqlite::{CrmFile, OpenOptions, SqlOptions};
/// use std::time::Duration;
/// let crm = OpenOptions::in_memory().open()?;
/// let options = SqlOptions::default().row_limit(2).time_limit(Duration::from_secs(10));
/// let rows = crm.sql_with("VALUES (1), (2), (3)", &[], &options)?;
/// assert_eq!((rows.rows.len(), rows.truncated), (2, true));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Clone, Default)]
pub struct SqlOptions {
    row_limit: Option<usize>,
    time_limit: Option<Duration>,
    watch: Option<Watch>,
}

impl fmt::Debug for SqlOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SqlOptions")
            .field("row_limit", &self.row_limit)
            .field("time_limit", &self.time_limit)
            .finish_non_exhaustive()
    }
}

impl SqlOptions {
    /// Returns this many rows at most, and says whether there were more.
    #[must_use]
    pub fn row_limit(mut self, rows: usize) -> Self {
        self.row_limit = Some(rows);
        self
    }

    /// Stops the statement after this long.
    #[must_use]
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = Some(limit);
        self
    }

    /// Asks again and again, about once a millisecond, whether to go on; on the thread that runs the statement.
    #[must_use]
    pub fn watch(mut self, watcher: impl Fn() -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        self.watch = Some(Watch::new(watcher));
        self
    }
}

/// Why a statement was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Watch,
    TimeLimit(Duration),
}

impl Stop {
    fn error(self) -> CrmError {
        match self {
            Self::Watch => CrmError::Cancelled { operation: OPERATION },
            Self::TimeLimit(limit) => CrmError::refused(
                "sql.time_limit",
                format!("the statement took longer than {} ms", limit.as_millis()),
                "Ask for less, or raise the limit",
            ),
        }
    }
}

/// Answers a statement on a connection with a transaction for reading.
pub(crate) fn run(
    lease: &mut Lease,
    statement: &str,
    parameters: &[SqlValue],
    options: &SqlOptions,
) -> Result<SqlRows> {
    let watches = options.watch.iter().chain(lease.watch()).cloned().collect();
    let connection = lease.connection_mut()?;
    sql_words::add(connection, statement).during(OPERATION)?;
    let restricted = Restricted::new(connection, watches, options.time_limit).during(OPERATION)?;
    let answered = answer(restricted.connection, statement, parameters, options);
    match restricted.stopped.get() {
        Some(stop) => Err(stop.error()),
        None => answered,
    }
}

fn answer(connection: &Connection, sql: &str, parameters: &[SqlValue], options: &SqlOptions) -> Result<SqlRows> {
    let mut statement = connection.prepare(sql).map_err(not_understood)?;
    check(&statement, parameters)?;
    let columns = statement.column_names().map(str::to_owned).collect();
    let width = statement.column_count();
    let mut answer = SqlRows {
        columns,
        ..SqlRows::default()
    };
    let mut rows = statement
        .query(params_from_iter(parameters.iter().map(Owned::from)))
        .map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        if options.row_limit.is_some_and(|limit| answer.rows.len() == limit) {
            answer.truncated = true;
            break;
        }
        let values: rusqlite::Result<_> = (0..width)
            .map(|column| row.get_ref(column).map(SqlValue::from))
            .collect();
        answer.rows.push(values.during(OPERATION)?);
    }
    Ok(answer)
}

/// Refuses what is not one statement that reads.
fn check(statement: &Statement<'_>, parameters: &[SqlValue]) -> Result<()> {
    if !statement.readonly() {
        return Err(writes());
    }
    if statement.column_count() == 0 {
        return Err(invalid("there is no statement that returns rows", "Begin with SELECT"));
    }
    let expected = statement.parameter_count();
    if expected != parameters.len() {
        return Err(CrmError::invalid(
            "sql",
            "parameters",
            format!("the statement takes {expected}, and {} were given", parameters.len()),
            "Give one value for each ?1, ?2 and so on",
        ));
    }
    Ok(())
}

fn invalid(reason: impl Into<String>, hint: &str) -> CrmError {
    CrmError::invalid("sql", "statement", reason, hint)
}

fn writes() -> CrmError {
    CrmError::refused(
        "sql.read_only",
        "the statement does more than read records",
        "Read with SELECT; write with crm.write, which checks the rules and keeps the history",
    )
}

/// A statement that cannot be prepared: SQLite's words speak of the statement alone.
fn not_understood(error: Error) -> CrmError {
    const HINT: &str = "Check it against the views: SELECT name FROM sqlite_schema WHERE type = 'view'";
    match error {
        Error::MultipleStatement => invalid("there is more than one statement", "Run them one by one"),
        Error::SqliteFailure(failure, _) if failure.code == ErrorCode::AuthorizationForStatementDenied => writes(),
        Error::SqlInputError { msg, .. } => invalid(msg, HINT),
        Error::SqliteFailure(failure, Some(message)) if failure.code == ErrorCode::Unknown => invalid(message, HINT),
        other => refused(OPERATION, other),
    }
}

/// A statement that fails while it runs: SQLite's words may repeat what a record says.
fn failed(error: Error) -> CrmError {
    match error.sqlite_error_code() {
        Some(ErrorCode::Unknown | ErrorCode::TypeMismatch) => invalid(
            "SQLite could not evaluate it for one of the rows",
            "Check the functions that it calls, and what they are given",
        ),
        Some(ErrorCode::AuthorizationForStatementDenied) => writes(),
        _ => refused(OPERATION, error),
    }
}

/// A connection on which only reading is allowed, until this is dropped.
struct Restricted<'c> {
    connection: &'c mut Connection,
    stopped: Arc<OnceLock<Stop>>,
}

impl<'c> Restricted<'c> {
    fn new(
        connection: &'c mut Connection,
        watches: Vec<Watch>,
        time_limit: Option<Duration>,
    ) -> rusqlite::Result<Self> {
        let stopped = Arc::new(OnceLock::new());
        let restricted = Self {
            connection,
            stopped: Arc::clone(&stopped),
        };
        restricted.connection.authorizer(Some(allowed))?;
        let begun = Instant::now();
        let look = move || {
            let too_long = time_limit.filter(|limit| begun.elapsed() > *limit);
            let stop = match watches.iter().any(|watch| watch.ask().is_break()) {
                true => Some(Stop::Watch),
                false => too_long.map(Stop::TimeLimit),
            };
            stop.is_some_and(|stop| {
                stopped.get_or_init(|| stop);
                true
            })
        };
        restricted
            .connection
            .progress_handler(STEPS_BETWEEN_LOOKS, Some(look))?;
        Ok(restricted)
    }
}

impl Drop for Restricted<'_> {
    fn drop(&mut self) {
        type Allowed = fn(AuthContext<'_>) -> Authorization;
        // Taking a handler away cannot fail.
        let _ = self.connection.progress_handler(0, None::<fn() -> bool>);
        let _ = self.connection.authorizer(None::<Allowed>);
    }
}

/// SQLite counts ATTACH, BEGIN and many a PRAGMA as reading; so what may be done is listed here.
fn allowed(context: AuthContext<'_>) -> Authorization {
    let allowed = match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => !function_name.eq_ignore_ascii_case("load_extension"),
        AuthAction::Pragma {
            pragma_name,
            pragma_value,
        } => {
            let name = &*pragma_name.to_ascii_lowercase();
            SHAPES.contains(&name) || pragma_value.is_none() && NUMBERS.contains(&name)
        }
        _ => false,
    };
    if allowed {
        Authorization::Allow
    } else {
        Authorization::Deny
    }
}
