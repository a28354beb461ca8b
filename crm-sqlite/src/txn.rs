use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::sync::Arc;

use crm_core::engine::{
    Access, Aggregate, Assignment, Change, ChangeSink, Commit, CrmError, CustomIndex, EntityDef, FieldKind, LogQuery,
    Query, Result, RowKey, RowSink, RowSource, Schema, Txn, Value,
};
use rusqlite::{Connection, ErrorCode, Row, Rows, Statement, params_from_iter};
use uuid::Uuid;

use crate::column::{self, Column, stored};
use crate::error::{Refusal, refused};
use crate::log::LogWriter;
use crate::pool::Lease;
use crate::schema::{Tables, currency_column};
use crate::search::search_table;
use crate::{custom_index, log, render, render_aggregate};

/// A transaction on one connection, rolled back when its lease is dropped.
pub(crate) struct SqliteTxn {
    schema: Schema,
    tables: Arc<Tables>,
    lease: Lease,
    log: LogWriter,
    /// The text of the last update, kept for the room it has.
    text: String,
}

impl SqliteTxn {
    pub(crate) fn new(schema: Schema, tables: Arc<Tables>, lease: Lease) -> Self {
        Self {
            schema,
            tables,
            lease,
            log: LogWriter::default(),
            text: String::new(),
        }
    }

    fn connection(&self) -> Result<&Connection> {
        self.lease.connection()
    }

    fn writable(&self) -> Result<()> {
        self.lease.check_process()?;
        match self.lease.access() {
            Access::Write => Ok(()),
            Access::Read => Err(CrmError::storage(
                "writing",
                "the transaction was begun for reading",
                "Write within crm.write",
            )),
        }
    }

    /// Hands the rows of an entity over as they lie under the cursor.
    fn hand_over(&self, entity: &'static EntityDef, mut rows: Rows<'_>, sink: RowSink<'_>) -> Result<bool> {
        let places = &self.tables.table(entity)?.places;
        let mut any = false;
        while let Some(row) = rows.next().during("reading records")? {
            any = true;
            if sink(&CursorRow { entity, places, row })? == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(any)
    }
}

impl Txn for SqliteTxn {
    fn get(&mut self, entity: &'static EntityDef, id: Uuid, sink: RowSink<'_>) -> Result<bool> {
        let table = self.tables.table(entity)?;
        let mut statement = prepared(self.connection()?, &table.get)?;
        let rows = statement.query([id.as_bytes()]).during("reading a record")?;
        self.hand_over(entity, rows, sink)
    }

    fn query(&mut self, query: &Query, sink: RowSink<'_>) -> Result<()> {
        let rendered = render::query(query, self.schema, &self.tables)?;
        let mut statement = prepared(self.connection()?, &rendered.sql)?;
        let rows = statement
            .query(params_from_iter(rendered.parameters))
            .during("reading records")?;
        self.hand_over(query.entity, rows, sink).map(|_| ())
    }

    fn aggregate(&mut self, aggregate: &Aggregate, sink: RowSink<'_>) -> Result<()> {
        const OPERATION: &str = "measuring records";
        let rendered = render_aggregate::aggregate(aggregate, self.schema)?;
        let mut statement = prepared(self.connection()?, &rendered.sql)?;
        let mut rows = statement
            .query(params_from_iter(rendered.parameters))
            .during(OPERATION)?;
        while let Some(row) = rows.next().during(OPERATION)? {
            if sink(&render_aggregate::finished(aggregate, row)?)? == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }

    fn insert(&mut self, entity: &'static EntityDef, row: &dyn RowSource) -> Result<()> {
        self.writable()?;
        let table = self.tables.table(entity)?;
        let mut statement = prepared(self.connection()?, &table.insert)?;
        let mut next = 1;
        for (field, def) in entity.fields.iter().enumerate() {
            let value = row.value(field)?;
            let (first, second) = stored(entity, def, &value)?;
            bind(&mut statement, &mut next, first)?;
            if let Some(second) = second {
                bind(&mut statement, &mut next, second)?;
            }
        }
        statement
            .raw_execute()
            .map_err(|error| insert_refused(entity, row, error))?;
        match &table.search {
            Some(index) => index.add(self.connection()?, self.connection()?.last_insert_rowid(), entity, row),
            None => Ok(()),
        }
    }

    fn update(&mut self, key: &RowKey, set: &[Assignment]) -> Result<u64> {
        const OPERATION: &str = "changing a record";
        self.writable()?;
        let mut text = std::mem::take(&mut self.text);
        write_update(&mut text, key, set);
        let mut statement = prepared(self.connection()?, &text)?;
        let mut next = 1;
        for Assignment { field, value } in set {
            let (first, second) = stored(key.entity, &key.entity.fields[*field], value)?;
            bind(&mut statement, &mut next, first)?;
            if let Some(second) = second {
                bind(&mut statement, &mut next, second)?;
            }
        }
        let changed = execute_for_key(&mut statement, next, key).during(OPERATION)?;
        drop(statement);
        self.text = text;
        if let Some(index) = &self.tables.table(key.entity)?.search
            && set.iter().any(|assignment| index.looks_into(assignment.field))
        {
            index.renew(self.connection()?, key.entity, key.id.as_bytes())?;
        }
        Ok(changed)
    }

    fn delete(&mut self, key: &RowKey) -> Result<u64> {
        const OPERATION: &str = "removing a record";
        self.writable()?;
        let table = key.entity.table;
        let mut condition = String::new();
        write_key(&mut condition, key, 1);
        if self.tables.table(key.entity)?.search.is_some() {
            let text = format!(
                "DELETE FROM \"{}\" WHERE rowid = (SELECT rowid FROM \"{table}\"{condition})",
                search_table(table)
            );
            let mut statement = prepared(self.connection()?, &text)?;
            execute_for_key(&mut statement, 1, key).during(OPERATION)?;
        }
        let text = format!("DELETE FROM \"{table}\"{condition}");
        let mut statement = prepared(self.connection()?, &text)?;
        execute_for_key(&mut statement, 1, key).during(OPERATION)
    }

    fn append_log(&mut self, commit: &Commit, changes: &[Change]) -> Result<()> {
        self.writable()?;
        self.log.append(self.lease.connection()?, commit, changes)
    }

    fn read_log(&mut self, query: &LogQuery, sink: ChangeSink<'_>) -> Result<()> {
        log::read(self.connection()?, query, sink)
    }

    fn index_custom_fields(&mut self, wanted: &[CustomIndex]) -> Result<()> {
        self.writable()?;
        custom_index::keep(self.connection()?, wanted)
    }

    fn commit(self: Box<Self>) -> Result<()> {
        self.writable()?;
        self.lease.commit()
    }
}

/// A row under the cursor.
struct CursorRow<'r, 's> {
    entity: &'static EntityDef,
    places: &'r [usize],
    row: &'r Row<'s>,
}

impl RowSource for CursorRow<'_, '_> {
    fn value(&self, field: usize) -> Result<Value> {
        match (self.places.get(field), self.entity.fields.get(field)) {
            (Some(place), Some(def)) => column::read(self.row, *place, def.kind),
            _ => Ok(Value::Null),
        }
    }
}

fn prepared<'c>(connection: &'c Connection, sql: &str) -> Result<rusqlite::CachedStatement<'c>> {
    connection.prepare_cached(sql).during("preparing a statement")
}

/// Binds the next parameter of a statement that was just prepared: what nothing is bound to is NULL.
fn bind(statement: &mut Statement<'_>, next: &mut usize, column: Column<'_>) -> Result<()> {
    if !matches!(column, Column::Null) {
        statement.raw_bind_parameter(*next, column).during("binding a value")?;
    }
    *next += 1;
    Ok(())
}

/// `UPDATE ... SET` of these fields; the same fields give the same text, and so the same prepared statement.
fn write_update(text: &mut String, key: &RowKey, set: &[Assignment]) {
    text.clear();
    let _ = write!(text, "UPDATE \"{}\" SET ", key.entity.table);
    let mut next = 1;
    let mut column = |text: &mut String, name: &str| {
        let separator = if next == 1 { "" } else { ", " };
        let _ = write!(text, "{separator}\"{name}\" = ?{next}");
        next += 1;
    };
    for Assignment { field, .. } in set {
        let def = &key.entity.fields[*field];
        column(text, def.name);
        if def.kind == FieldKind::Money {
            column(text, &currency_column(def.name));
        }
    }
    write_key(text, key, next);
}

fn write_key(text: &mut String, key: &RowKey, next: usize) {
    let _ = write!(text, " WHERE \"id\" = ?{next}");
    if key.revision.is_some() {
        let _ = write!(text, " AND \"revision\" = ?{}", next + 1);
    }
}

fn execute_for_key(statement: &mut Statement<'_>, next: usize, key: &RowKey) -> rusqlite::Result<u64> {
    statement.raw_bind_parameter(next, Column::Blob(key.id.as_bytes()))?;
    if let Some(revision) = key.revision {
        statement.raw_bind_parameter(next + 1, revision)?;
    }
    statement.raw_execute().map(|changed| changed as u64)
}

/// The only constraints of a table are that ids differ and that required fields are there.
fn insert_refused(entity: &'static EntityDef, row: &dyn RowSource, error: rusqlite::Error) -> CrmError {
    let unique = matches!(
        error,
        rusqlite::Error::SqliteFailure(failure, _)
            if failure.code == ErrorCode::ConstraintViolation
                && failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
    );
    match row.value(crm_core::engine::managed::ID) {
        Ok(Value::Id(id)) if unique => CrmError::Duplicate {
            entity: entity.name,
            field: "id".into(),
            matches: vec![id],
        },
        _ => refused("creating a record", error),
    }
}
