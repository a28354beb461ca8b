//! The full-text index: one FTS5 table beside each table whose records are searched, with the rowids of its records.
//!
//! It holds no text and understands none. What a token is, and what finds it, is defined by `SearchDocument` and
//! `SearchQuery`; here tokens are kept and looked up as they come, so the tokenizer is the plainest that there is.

use crm_core::engine::{EntityDef, Phrase, Result, RowSource, Schema, SearchDocument, SearchQuery, Term, Value};
use rusqlite::{Connection, Row};

use crate::column;
use crate::error::Refusal;
use crate::schema::join;

const OPERATION: &str = "writing the search index";

/// The statements that keep the index of one table; a table without searched fields has none.
#[derive(Debug)]
pub(crate) struct SearchIndex {
    /// Adds the tokens of a new record.
    add: String,
    /// Puts the tokens of a record in the place of those it had.
    replace: String,
    /// Reads the rowid and the searched fields of the record with an id.
    read: String,
    /// The same of all records.
    read_all: String,
    /// Which fields these are.
    fields: Vec<usize>,
    table: String,
}

/// The table with the index of a table.
pub(crate) fn search_table(table: &str) -> String {
    format!("{table}_search")
}

impl SearchIndex {
    pub(crate) fn of(entity: &'static EntityDef) -> Option<Self> {
        let fields: Vec<usize> = entity.searched_fields().collect();
        if fields.is_empty() {
            return None;
        }
        let table = search_table(entity.table);
        let columns = join(fields.iter().map(|field| format!("\"{}\"", entity.fields[*field].name)));
        let read_all = format!("SELECT rowid, {columns} FROM \"{}\"", entity.table);
        let values = format!("INTO \"{table}\" (rowid, words, keys) VALUES (?1, ?2, ?3)");
        Some(Self {
            add: format!("INSERT {values}"),
            replace: format!("REPLACE {values}"),
            read: format!("{read_all} WHERE id = ?1"),
            read_all,
            fields,
            table,
        })
    }

    /// Whether a change of this field changes what finds the record.
    pub(crate) fn looks_into(&self, field: usize) -> bool {
        self.fields.contains(&field)
    }

    /// Adds a record that was just inserted.
    pub(crate) fn add(
        &self,
        connection: &Connection,
        rowid: i64,
        entity: &'static EntityDef,
        row: &dyn RowSource,
    ) -> Result<()> {
        write(connection, &self.add, rowid, &SearchDocument::of_row(entity, row)?)
    }

    /// Brings what finds a record up to date with its fields.
    pub(crate) fn renew(&self, connection: &Connection, entity: &'static EntityDef, id: &[u8]) -> Result<()> {
        let mut statement = connection.prepare_cached(&self.read).during(OPERATION)?;
        let mut rows = statement.query([id]).during(OPERATION)?;
        match rows.next().during(OPERATION)? {
            Some(row) => {
                let (rowid, document) = self.document(entity, row)?;
                write(connection, &self.replace, rowid, &document)
            }
            None => Ok(()),
        }
    }

    /// Empties the index, and fills it from the records, one at a time.
    fn fill(&self, connection: &Connection, entity: &'static EntityDef) -> Result<()> {
        let table = &self.table;
        let empty = format!("INSERT INTO \"{table}\" (\"{table}\") VALUES ('delete-all')");
        connection.execute_batch(&empty).during(OPERATION)?;
        self.each_document(connection, entity, &mut |rowid, document| {
            write(connection, &self.add, rowid, &document)
        })
    }

    /// Hands over what finds each record, with its rowid, one record at a time.
    pub(crate) fn each_document(
        &self,
        connection: &Connection,
        entity: &'static EntityDef,
        work: &mut dyn FnMut(i64, SearchDocument) -> Result<()>,
    ) -> Result<()> {
        let mut statement = connection.prepare(&self.read_all).during(OPERATION)?;
        let mut rows = statement.query(()).during(OPERATION)?;
        while let Some(row) = rows.next().during(OPERATION)? {
            let (rowid, document) = self.document(entity, row)?;
            work(rowid, document)?;
        }
        Ok(())
    }

    /// The rowid and the document of a row that one of the SELECTs gave.
    fn document(&self, entity: &'static EntityDef, row: &Row<'_>) -> Result<(i64, SearchDocument)> {
        let rowid = row.get(0).during(OPERATION)?;
        let row = SearchedRow {
            entity,
            fields: &self.fields,
            row,
        };
        Ok((rowid, SearchDocument::of_row(entity, &row)?))
    }
}

/// A row of which only the searched fields were read, behind its rowid.
struct SearchedRow<'r, 's> {
    entity: &'static EntityDef,
    fields: &'r [usize],
    row: &'r Row<'s>,
}

impl RowSource for SearchedRow<'_, '_> {
    fn value(&self, field: usize) -> Result<Value> {
        match self.fields.iter().position(|searched| *searched == field) {
            Some(place) => column::read(self.row, place + 1, self.entity.fields[field].kind),
            None => Ok(Value::Null),
        }
    }
}

fn write(connection: &Connection, sql: &str, rowid: i64, document: &SearchDocument) -> Result<()> {
    let mut statement = connection.prepare_cached(sql).during(OPERATION)?;
    statement
        .execute((rowid, document.words(), document.keys()))
        .map(|_| ())
        .during(OPERATION)
}

/// Fills the index of every table, in files from before it and after what finds a record has changed.
pub(crate) fn fill(connection: &Connection, schema: Schema) -> Result<()> {
    for entity in schema.entities() {
        if let Some(index) = SearchIndex::of(entity) {
            index.fill(connection, entity)?;
        }
    }
    Ok(())
}

/// What to look for, in the language of FTS5; nothing where no record is found. Tokens stand in quotes, and hold none.
pub(crate) fn match_expression(search: &SearchQuery) -> Option<String> {
    let terms: Vec<String> = search.terms().iter().map(term).collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

fn term(term: &Term) -> String {
    let way = |way: &Vec<Phrase>| way.iter().map(phrase).collect::<Vec<_>>().join(" AND ");
    let ways: Vec<String> = term.ways().iter().map(|one| format!("({})", way(one))).collect();
    format!("({})", ways.join(" OR "))
}

fn phrase(phrase: &Phrase) -> String {
    // The keys of a record stand in no order, so none of them is beside another.
    let column = if phrase.is_one_token() { "" } else { "words : " };
    let star = if phrase.is_prefix() { " *" } else { "" };
    format!("{column}\"{}\"{star}", phrase.tokens())
}
