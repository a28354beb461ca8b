use std::ops::ControlFlow;

use super::Factory;
use super::sample::{id, money};
use crate::engine::{
    Access, BatchId, Cause, Change, ChangeKind, Commit, FieldChange, LogEntry, LogQuery, Result, Stamp, Store, Value,
};
use crate::values::Decimal;

/// The change log: kept as written, in order, found by record, batch, stamp and number, from either end.
///
/// # Errors
/// Of the store; a wrong answer panics.
pub fn change_log(factory: Factory<'_>) -> Result<()> {
    let store = factory()?;
    let everything = LogQuery::default();
    assert_eq!(entries(&*store, &everything)?, [], "the log of a new store is empty");
    let written = write(&*store)?;
    assert_eq!(
        entries(&*store, &everything)?,
        written,
        "the log keeps what it was given"
    );
    rolled_back(&*store)?;
    assert_eq!(
        entries(&*store, &everything)?,
        written,
        "what is rolled back is not in the log"
    );
    let cases: [(LogQuery, &[i64]); 12] = [
        (everything, &[1, 2, 3, 4, 5]),
        (
            LogQuery {
                newest_first: true,
                ..everything
            },
            &[5, 4, 3, 2, 1],
        ),
        (LogQuery { after: 3, ..everything }, &[4, 5]),
        (
            LogQuery {
                after: 2,
                newest_first: true,
                limit: Some(2),
                ..everything
            },
            &[5, 4],
        ),
        (
            LogQuery {
                after: i64::MAX,
                ..everything
            },
            &[],
        ),
        (
            LogQuery {
                limit: Some(0),
                ..everything
            },
            &[],
        ),
        (
            LogQuery {
                record: Some(id(1)),
                ..everything
            },
            &[1, 3, 5],
        ),
        (
            LogQuery {
                record: Some(id(1)),
                newest_first: true,
                limit: Some(2),
                ..everything
            },
            &[5, 3],
        ),
        (
            LogQuery {
                batch: Some(BatchId(id(102))),
                ..everything
            },
            &[3, 4],
        ),
        (
            LogQuery {
                batch: Some(BatchId(id(102))),
                record: Some(id(1)),
                ..everything
            },
            &[3],
        ),
        (
            LogQuery {
                above_stamp: Some(Stamp(20)),
                ..everything
            },
            &[5],
        ),
        (
            LogQuery {
                above_stamp: Some(Stamp(10)),
                record: Some(id(2)),
                newest_first: true,
                ..everything
            },
            &[4],
        ),
    ];
    for (query, expected) in cases {
        let found: Vec<i64> = entries(&*store, &query)?
            .iter()
            .map(|entry| entry.change.sequence)
            .collect();
        assert_eq!(found, expected, "{query:?}");
    }
    a_sink_can_stop(&*store)
}

fn entries(store: &dyn Store, query: &LogQuery) -> Result<Vec<LogEntry>> {
    let mut entries = Vec::new();
    store
        .begin(Access::Read, None)?
        .read_log(query, &mut |commit, change| {
            entries.push(LogEntry {
                commit: commit.clone(),
                change,
            });
            Ok(ControlFlow::Continue(()))
        })?;
    Ok(entries)
}

fn commit(number: u32, note: Option<&str>) -> Commit {
    Commit {
        origin: id(7),
        stamp: Stamp(i64::from(number) * 10),
        actor: format!("李 {number}"),
        cause: Cause::ALL[number as usize % Cause::ALL.len()],
        batch: BatchId(id(100 + number)),
        note: note.map(str::to_owned),
    }
}

fn change(sequence: i64, record: u32, kind: ChangeKind) -> Result<Change> {
    let field = |field: &'static str, before: Value, after: Value| FieldChange {
        field: field.into(),
        before,
        after,
    };
    Ok(Change {
        sequence,
        table: "opportunities".into(),
        record: id(record),
        kind,
        fields: vec![
            field("name", Value::Null, "a\0b 李明 😀".into()),
            field("amount", money(i64::MIN, "KWD")?.into(), Value::Null),
            field(
                "probability",
                Value::Decimal(Decimal::new(i64::MAX, 2)),
                Value::Bool(false),
            ),
            field(
                "close_on",
                crate::values::NaiveDate::MIN.into(),
                Value::Integer(i64::MIN),
            ),
            field(
                "opened_at",
                crate::values::Timestamp::from_milliseconds(i64::MIN).into(),
                id(3).into(),
            ),
        ],
    })
}

/// Three commits, each change a piece of its own, and notes that come with the last piece.
fn write(store: &dyn Store) -> Result<Vec<LogEntry>> {
    let commits = [
        (commit(1, None), vec![1, 2]),
        (commit(2, Some("call")), vec![3, 4]),
        (commit(3, None), vec![5]),
    ];
    let mut written = Vec::new();
    for (commit, sequences) in commits {
        let mut txn = store.begin(Access::Write, None)?;
        for (place, sequence) in sequences.iter().copied().enumerate() {
            let kind = ChangeKind::ALL[sequence as usize - 1];
            let change = change(sequence, if sequence % 2 == 1 { 1 } else { 2 }, kind)?;
            let is_last = place + 1 == sequences.len();
            let piece = Commit {
                note: commit.note.clone().filter(|_| is_last),
                ..commit.clone()
            };
            txn.append_log(&piece, std::slice::from_ref(&change))?;
            written.push(LogEntry {
                commit: commit.clone(),
                change,
            });
        }
        txn.commit()?;
    }
    Ok(written)
}

fn rolled_back(store: &dyn Store) -> Result<()> {
    let mut txn = store.begin(Access::Write, None)?;
    txn.append_log(&commit(4, None), &[change(6, 1, ChangeKind::Create)?])
}

fn a_sink_can_stop(store: &dyn Store) -> Result<()> {
    let mut seen = 0;
    store
        .begin(Access::Read, None)?
        .read_log(&LogQuery::default(), &mut |_, _| {
            seen += 1;
            Ok(ControlFlow::Break(()))
        })?;
    assert_eq!(seen, 1);
    Ok(())
}
