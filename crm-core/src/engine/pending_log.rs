//! The changes of a transaction on their way to the change log.

use uuid::Uuid;

use super::attempt::Step;
use super::entity::EntityDef;
use super::log::{Change, ChangeKind, FieldChange, LogEntry, LogQuery, LogSequence};
use super::{Result, Tx};

/// How many changes wait in memory before they go to the change log.
const CHANGES_AT_A_TIME: usize = 256;

/// The changes that wait, and the numbers that a transaction gives.
pub(super) struct PendingLog {
    pub(super) first: LogSequence,
    next: LogSequence,
    waiting: Vec<Change>,
    /// Whether the note was changed since the commit went to the change log.
    pub(super) note_waits: bool,
}

impl PendingLog {
    pub(super) fn after(last: LogSequence) -> Self {
        Self {
            first: last + 1,
            next: last + 1,
            waiting: Vec::new(),
            note_waits: false,
        }
    }
}

impl Tx<'_> {
    pub(super) fn append(
        &mut self,
        entity: &'static EntityDef,
        record: Uuid,
        kind: ChangeKind,
        fields: Vec<FieldChange>,
    ) -> Result<()> {
        if self.tables.insert(entity.table) {
            self.attempts.note(|| Step::Touched(entity.table));
        }
        if self.defines_custom_fields(entity) {
            self.reader.custom_fields = None;
        }
        self.pending.waiting.push(Change {
            sequence: self.pending.next,
            table: entity.table.into(),
            record,
            kind,
            fields,
        });
        self.pending.next += 1;
        self.flush_full_log()
    }

    /// Writes the waiting changes once they are many; not while an attempt may still take them back.
    pub(super) fn flush_full_log(&mut self) -> Result<()> {
        if self.pending.waiting.len() < CHANGES_AT_A_TIME || self.attempts.under_way() {
            return Ok(());
        }
        self.flush_log()
    }

    /// Where the change log ends now, for [`Tx::forget_log_after`].
    pub(super) fn log_mark(&self) -> LogSequence {
        self.pending.next
    }

    /// Forgets the changes from a mark on, which wait in memory since an attempt was under way.
    pub(super) fn forget_log_after(&mut self, mark: LogSequence) {
        self.pending.waiting.retain(|change| change.sequence < mark);
        self.pending.next = mark;
    }

    pub(super) fn flush_log(&mut self) -> Result<()> {
        let note_waits = self.pending.note_waits && self.last_sequence().is_some();
        if self.pending.waiting.is_empty() && !note_waits {
            return Ok(());
        }
        self.reader.txn.append_log(&self.commit, &self.pending.waiting)?;
        self.pending.waiting.clear();
        self.pending.note_waits = false;
        Ok(())
    }

    /// The number of the last change, where there was any.
    pub(super) fn last_sequence(&self) -> Option<LogSequence> {
        (self.pending.next > self.pending.first).then_some(self.pending.next - 1)
    }

    /// Entries of the change log, the newest first, with those of this transaction that still wait.
    pub(super) fn newest_entries(&mut self, query: &LogQuery) -> Result<Vec<LogEntry>> {
        let meant = |change: &&Change| query.record.is_none_or(|record| change.record == record);
        let own_batch = query.batch.is_none_or(|batch| batch == self.commit.batch);
        let mut entries: Vec<LogEntry> = self
            .pending
            .waiting
            .iter()
            .rev()
            .filter(|_| own_batch)
            .filter(meant)
            .map(|change| LogEntry {
                commit: self.commit.clone(),
                change: change.clone(),
            })
            .collect();
        let written = LogQuery {
            newest_first: true,
            ..*query
        };
        entries.extend(self.log(&written)?);
        Ok(entries)
    }
}
