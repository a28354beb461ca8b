use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::company::{Company, crm_on};
use crate::conformance::Factory;
use crate::customers::{TeamChange, TeamDraft};
use crate::engine::Result;
use crate::values::Timestamp;

const WRITERS: usize = 4;
const COMMITS: usize = 25;

/// The feed: whoever follows it while others write sees every change once, in order, with no gap.
///
/// # Errors
/// Of the store; a change that is skipped or comes twice panics.
pub fn feed(factory: Factory<'_>) -> Result<()> {
    let (crm, _) = crm_on(factory()?);
    let at_work = AtomicUsize::new(WRITERS);
    let seen = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (crm, at_work) = (&crm, &at_work);
                scope.spawn(move || {
                    let written = (0..COMMITS).try_for_each(|commit| {
                        crm.write(|tx| {
                            let team = tx.create(TeamDraft::new(format!("{writer}.{commit}")))?;
                            tx.update(team.id, [TeamChange::Name("again".into())], None).map(drop)
                        })
                    });
                    at_work.fetch_sub(1, Ordering::SeqCst);
                    written
                })
            })
            .collect();
        let mut seen = Vec::new();
        loop {
            let all_done = at_work.load(Ordering::SeqCst) == 0;
            let after = seen.last().copied().unwrap_or(0);
            let news = crm.read(|reader| reader.changes(after, 7))?;
            if all_done && news.is_empty() {
                break;
            }
            seen.extend(news.iter().map(|entry| entry.change.sequence));
        }
        for writer in writers {
            writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        }
        Ok(seen)
    })?;
    let expected: Vec<i64> = (1..).take(WRITERS * COMMITS * 2).collect();
    assert_eq!(seen, expected);
    let entries = crm.read(|reader| reader.changes(0, u32::MAX))?;
    assert!(
        entries.is_sorted_by_key(|entry| entry.commit.stamp),
        "stamps grow with the numbers"
    );
    let batches = entries.chunk_by(|one, next| one.commit.batch == next.commit.batch);
    assert_eq!(
        batches.count(),
        WRITERS * COMMITS,
        "the changes of a batch stand together"
    );
    Ok(())
}

/// Stamps grow though the clock stands still or goes back, and so do the times of the records.
///
/// # Errors
/// Of the store; a stamp that does not grow panics.
pub fn stamps(factory: Factory<'_>) -> Result<()> {
    let company = Company::on(factory)?;
    let noon = company.team.created_at;
    let mut times = Vec::new();
    for minutes in [0, -60, 1, -1, 0] {
        company.clock.set(noon.plus_milliseconds(minutes * 60_000));
        let team = company.crm.write(|tx| tx.create(TeamDraft::new("South")))?;
        times.push(team.created_at);
    }
    let late: Timestamp = noon.plus_milliseconds(60_000);
    assert_eq!(times, [noon, noon, late, late, late]);
    let entries = company.crm.read(|reader| reader.changes(0, u32::MAX))?;
    let mut stamps: Vec<_> = entries.iter().map(|entry| entry.commit.stamp).collect();
    stamps.dedup();
    assert_eq!(stamps.len(), 6, "one stamp a commit");
    assert!(stamps.is_sorted());
    Ok(())
}
