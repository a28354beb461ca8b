//! Measures what reference columns cost that hold the UUID of a record, against its rowid: the size of the file, the time
//! to insert, to join, and to read a page of what belongs to one record.
//!
//! `cargo run --release -p crm-sqlite --example reference_columns`

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

use crm_core::engine::Ids;
use crm_core::values::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, params};
use uuid::Uuid;

const CUSTOMERS: usize = 5_000;
const OPPORTUNITIES: usize = 50_000;
const RUNS: usize = 7;

/// What a reference column holds.
#[derive(Debug, Clone, Copy)]
enum References {
    Uuids,
    Rowids,
}

/// What one run took.
#[derive(Debug, Clone, Copy)]
struct Measured {
    bytes: u64,
    insert: Duration,
    join: Duration,
    pages: Duration,
}

/// One of the times of a run.
type Part = fn(&Measured) -> Duration;

fn main() -> Result<(), Box<dyn Error>> {
    let file = env::temp_dir().join(format!("reference_columns_{}.db", std::process::id()));
    let mut uuids = Vec::new();
    let mut rowids = Vec::new();
    for _ in 0..RUNS {
        uuids.push(measure(&file, References::Uuids)?);
        rowids.push(measure(&file, References::Rowids)?);
    }
    fs::remove_file(&file)?;
    let milliseconds = |runs: &[Measured], part: Part| median(runs, part).as_secs_f64() * 1_000.0;
    let size = |runs: &[Measured]| runs[0].bytes as f64 / 1e6;
    let parts: [(&str, Part); 3] = [
        ("insert 50,000 opportunities, ms", |run| run.insert),
        ("join all with customer and owner, ms", |run| run.join),
        ("5,000 pages of one customer, ms", |run| run.pages),
    ];
    let mut output = io::stdout();
    writeln!(output, "{:<40}{:>8}{:>8}{:>7}", "", "UUIDs", "rowids", "ratio")?;
    let sizes = [("size of the file, MB", size(&uuids), size(&rowids))];
    let times = parts.map(|(name, part)| (name, milliseconds(&uuids, part), milliseconds(&rowids, part)));
    for (name, uuids, rowids) in sizes.into_iter().chain(times) {
        writeln!(output, "{name:<40}{uuids:>8.1}{rowids:>8.1}{:>7.2}", uuids / rowids)?;
    }
    Ok(())
}

fn median(runs: &[Measured], part: Part) -> Duration {
    let mut times: Vec<Duration> = runs.iter().map(part).collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn measure(file: &Path, references: References) -> rusqlite::Result<Measured> {
    let _ = fs::remove_file(file);
    let mut connection = Connection::open(file)?;
    connection.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536")?;
    let (kind, end) = match references {
        References::Uuids => ("BLOB", ", id"),
        References::Rowids => ("INTEGER", ""),
    };
    connection.execute_batch(&schema(kind, end))?;
    let ids = Ids::seeded(1);
    let new_id = |number: usize| ids.next(Timestamp::from_milliseconds(1_700_000_000_000 + number as i64));
    let customers: Vec<Uuid> = (0..CUSTOMERS).map(new_id).collect();
    let users: Vec<Uuid> = (0..35).map(new_id).collect();
    for (table, ids) in [("customers", &customers), ("users", &users)] {
        for (number, id) in ids.iter().enumerate() {
            let sql = format!("INSERT INTO {table} (id, name) VALUES (?1, ?2)");
            connection
                .prepare_cached(&sql)?
                .execute(params![id.as_bytes(), (number % 40) as i64])?;
        }
    }
    let insert = insert(&mut connection, references, &customers, &users, new_id)?;
    let join = join(&connection, references)?;
    let pages = pages(&connection, references, &customers)?;
    let bytes: i64 = connection.query_row(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        (),
        |row| row.get(0),
    )?;
    Ok(Measured {
        bytes: bytes.cast_unsigned(),
        insert,
        join,
        pages,
    })
}

fn schema(kind: &str, end: &str) -> String {
    format!(
        "CREATE TABLE customers (rowid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name ANY) STRICT;
         CREATE TABLE users (rowid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name ANY) STRICT;
         CREATE TABLE opportunities (
             rowid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, name TEXT NOT NULL, amount INTEGER, close_on INTEGER,
             customer_id {kind}, owner_id {kind}
         ) STRICT;
         CREATE INDEX opportunities_customer_id ON opportunities (customer_id{end});
         CREATE INDEX opportunities_owner_id ON opportunities (owner_id{end});"
    )
}

/// A caller names records by their UUIDs, so a rowid is looked up for each reference: one round trip less is the
/// database's part of the choice, this is the other part.
fn insert(
    connection: &mut Connection,
    references: References,
    customers: &[Uuid],
    users: &[Uuid],
    new_id: impl Fn(usize) -> Uuid,
) -> rusqlite::Result<Duration> {
    let begun = Instant::now();
    let transaction = connection.transaction()?;
    for number in 0..OPPORTUNITIES {
        // A step that meets the customers in no order, as an import does.
        let customer = customers[number * 7_919 % CUSTOMERS];
        let owner = users[number % users.len()];
        let reference = |table: &str, id: Uuid| -> rusqlite::Result<Value> {
            Ok(match references {
                References::Uuids => Value::Blob(id.as_bytes().to_vec()),
                References::Rowids => Value::Integer(
                    transaction
                        .prepare_cached(&format!("SELECT rowid FROM {table} WHERE id = ?1"))?
                        .query_row([id.as_bytes()], |row| row.get(0))?,
                ),
            })
        };
        let (customer, owner) = (reference("customers", customer)?, reference("users", owner)?);
        transaction
            .prepare_cached(
                "INSERT INTO opportunities (id, name, amount, close_on, customer_id, owner_id) \
                 VALUES (?1, 'A chance to sell something', ?2, ?2, ?3, ?4)",
            )?
            .execute(params![
                new_id(CUSTOMERS + number).as_bytes(),
                number as i64,
                customer,
                owner
            ])?;
    }
    transaction.commit()?;
    Ok(begun.elapsed())
}

fn key(references: References) -> &'static str {
    match references {
        References::Uuids => "id",
        References::Rowids => "rowid",
    }
}

fn join(connection: &Connection, references: References) -> rusqlite::Result<Duration> {
    let key = key(references);
    let sql = format!(
        "SELECT c.name, u.name, COUNT(*), SUM(o.amount) FROM opportunities AS o \
         LEFT JOIN customers AS c ON c.{key} = o.customer_id LEFT JOIN users AS u ON u.{key} = o.owner_id GROUP BY 1, 2"
    );
    let begun = Instant::now();
    let mut statement = connection.prepare_cached(&sql)?;
    let groups = statement.query_map((), |row| row.get::<_, i64>(3))?;
    groups.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(begun.elapsed())
}

/// A page shows whose each record is, by its UUID.
fn pages(connection: &Connection, references: References, customers: &[Uuid]) -> rusqlite::Result<Duration> {
    let sql = match references {
        References::Uuids => {
            "SELECT o.id, o.name, o.amount, o.customer_id, o.owner_id FROM opportunities AS o \
             WHERE o.customer_id = ?1 ORDER BY o.id LIMIT 50"
        }
        References::Rowids => {
            "SELECT o.id, o.name, o.amount, c.id, u.id FROM customers AS c \
             JOIN opportunities AS o ON o.customer_id = c.rowid LEFT JOIN users AS u ON u.rowid = o.owner_id \
             WHERE c.id = ?1 ORDER BY o.rowid LIMIT 50"
        }
    };
    let begun = Instant::now();
    for customer in customers {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([customer.as_bytes()], |row| row.get::<_, [u8; 16]>(3))?;
        rows.collect::<rusqlite::Result<Vec<_>>>()?;
    }
    Ok(begun.elapsed())
}
