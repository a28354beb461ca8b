//! The change log: one row a commit, one row a change.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::str::FromStr;

use crm_core::engine::{BatchId, Change, ChangeSink, Commit, CrmError, LogQuery, Result, Stamp};
use rusqlite::types::Value as Owned;
use rusqlite::{Connection, Row, params, params_from_iter};
use uuid::Uuid;

use crate::error::Refusal;
use crate::log_fields::{Read, Written};

const WRITING: &str = "writing the change log";
const READING: &str = "reading the change log";

const INSERT_COMMIT: &str =
    "INSERT INTO commits (origin, stamp, actor, cause, batch, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const UPDATE_NOTE: &str = "UPDATE commits SET note = ?1 WHERE id = ?2";
const INSERT_CHANGE: &str = "INSERT INTO changes (sequence, commit_id, record_table, record, kind, fields) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Appends to the change log within one transaction.
#[derive(Debug, Default)]
pub(crate) struct LogWriter {
    /// The commit that was written last, and its number.
    commit: Option<(Commit, i64)>,
    /// Room for one change's fields as JSON.
    json: Vec<u8>,
}

impl LogWriter {
    pub(crate) fn append(&mut self, connection: &Connection, commit: &Commit, changes: &[Change]) -> Result<()> {
        let commit_id = self.write_commit(connection, commit)?;
        let mut statement = connection.prepare_cached(INSERT_CHANGE).during(WRITING)?;
        for change in changes {
            self.json.clear();
            serde_json::to_writer(&mut self.json, &Written(&change.fields)).map_err(|_| unwritable())?;
            let fields = std::str::from_utf8(&self.json).map_err(|_| unwritable())?;
            statement
                .execute(params![
                    change.sequence,
                    commit_id,
                    change.table,
                    change.record.as_bytes(),
                    change.kind.code(),
                    fields
                ])
                .during(WRITING)?;
        }
        Ok(())
    }

    /// Writes the commit once, and its note again where it has another by now; returns its number.
    fn write_commit(&mut self, connection: &Connection, commit: &Commit) -> Result<i64> {
        let id = match &self.commit {
            Some((known, id)) if known.batch == commit.batch => {
                if known.note != commit.note {
                    let mut statement = connection.prepare_cached(UPDATE_NOTE).during(WRITING)?;
                    statement.execute(params![commit.note, id]).during(WRITING)?;
                }
                *id
            }
            _ => insert_commit(connection, commit)?,
        };
        self.commit = Some((commit.clone(), id));
        Ok(id)
    }
}

fn insert_commit(connection: &Connection, commit: &Commit) -> Result<i64> {
    connection
        .prepare_cached(INSERT_COMMIT)
        .and_then(|mut statement| {
            statement.insert(params![
                commit.origin.as_bytes(),
                commit.stamp.0,
                commit.actor,
                commit.cause.code(),
                commit.batch.0.as_bytes(),
                commit.note
            ])
        })
        .during(WRITING)
}

fn unwritable() -> CrmError {
    CrmError::storage(
        WRITING,
        "a change cannot be written as JSON",
        "Report this as a defect of crmkit",
    )
}

/// Reads what a query means, in its order.
pub(crate) fn read(connection: &Connection, query: &LogQuery, sink: ChangeSink<'_>) -> Result<()> {
    let (sql, parameters) = select(query);
    let mut statement = connection.prepare_cached(&sql).during(READING)?;
    let mut rows = statement.query(params_from_iter(parameters)).during(READING)?;
    let mut current: Option<(i64, Commit)> = None;
    while let Some(row) = rows.next().during(READING)? {
        let id: i64 = row.get(0).during(READING)?;
        let (_, commit) = match current.take().filter(|(known, _)| *known == id) {
            Some(known) => current.insert(known),
            None => current.insert((id, read_commit(row)?)),
        };
        if sink(commit, read_change(row)?)? == ControlFlow::Break(()) {
            break;
        }
    }
    Ok(())
}

/// The statement of a query. The order of the tables is fixed (CROSS JOIN), so that each kind of query begins at its
/// index whatever the statistics say.
pub(crate) fn select(query: &LogQuery) -> (String, Vec<Owned>) {
    let by_batch = query.batch.filter(|_| query.record.is_none());
    let from = match by_batch {
        Some(_) => "commits AS c CROSS JOIN changes AS h ON h.commit_id = c.id",
        None => "changes AS h CROSS JOIN commits AS c ON c.id = h.commit_id",
    };
    let mut sql = format!(
        "SELECT c.id, c.origin, c.stamp, c.actor, c.cause, c.batch, c.note, \
         h.sequence, h.record_table, h.record, h.kind, h.fields FROM {from} WHERE h.sequence > ?1"
    );
    let mut parameters = vec![Owned::Integer(query.after)];
    let mut and = |sql: &mut String, condition: &str, value: Owned| {
        parameters.push(value);
        let _ = write!(sql, " AND {condition} ?{}", parameters.len());
    };
    if let Some(before) = query.before {
        and(&mut sql, "h.sequence <", Owned::Integer(before));
    }
    if let Some(record) = query.record {
        and(&mut sql, "h.record =", Owned::Blob(record.as_bytes().to_vec()));
    }
    if let Some(batch) = query.batch {
        and(&mut sql, "c.batch =", Owned::Blob(batch.0.as_bytes().to_vec()));
    }
    if let Some(stamp) = query.above_stamp {
        and(&mut sql, "c.stamp >", Owned::Integer(stamp.0));
    }
    let direction = if query.newest_first { " DESC" } else { "" };
    // Commits are numbered in the order of their changes.
    let first_key = if by_batch.is_some() {
        format!("c.id{direction}, ")
    } else {
        String::new()
    };
    let _ = write!(sql, " ORDER BY {first_key}h.sequence{direction}");
    if let Some(limit) = query.limit {
        parameters.push(Owned::Integer(limit.into()));
        let _ = write!(sql, " LIMIT ?{}", parameters.len());
    }
    (sql, parameters)
}

fn read_commit(row: &Row<'_>) -> Result<Commit> {
    Ok(Commit {
        origin: uuid(row, 1)?,
        stamp: Stamp(row.get(2).during(READING)?),
        actor: row.get(3).during(READING)?,
        cause: code(row, 4)?,
        batch: BatchId(uuid(row, 5)?),
        note: row.get(6).during(READING)?,
    })
}

fn read_change(row: &Row<'_>) -> Result<Change> {
    let fields = row.get_ref(11).ok().and_then(|fields| fields.as_str().ok());
    let fields: Option<Read> = fields.and_then(|fields| serde_json::from_str(fields).ok());
    Ok(Change {
        sequence: row.get(7).during(READING)?,
        table: Cow::Owned(row.get(8).during(READING)?),
        record: uuid(row, 9)?,
        kind: code(row, 10)?,
        fields: fields.ok_or_else(damaged)?.0,
    })
}

fn uuid(row: &Row<'_>, column: usize) -> Result<Uuid> {
    row.get(column).map(Uuid::from_bytes).during(READING)
}

fn code<T: FromStr>(row: &Row<'_>, column: usize) -> Result<T> {
    let code = row.get_ref(column).ok().and_then(|code| code.as_str().ok());
    code.and_then(|code| code.parse().ok()).ok_or_else(damaged)
}

fn damaged() -> CrmError {
    CrmError::Corrupt {
        reason: "an entry of the change log cannot be read".into(),
    }
}
