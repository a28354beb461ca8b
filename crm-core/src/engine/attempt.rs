//! A part of a transaction that may fail without failing the whole.

use uuid::Uuid;

use super::entity::{EntityDef, Row, RowSource};
use super::store::{Assignment, RowKey};
use super::{Result, Tx};

/// What was done within an attempt, kept so that it can be taken back; the newest last.
pub(super) enum Step {
    Inserted(&'static EntityDef, Uuid),
    Updated(&'static EntityDef, Uuid, Vec<Assignment>),
    Removed(&'static EntityDef, Row),
    Touched(&'static str),
    Unsettled(&'static str, Uuid),
    Noted(Option<String>),
}

/// The attempts that are under way, and what was done in them.
#[derive(Default)]
pub(super) struct Attempts {
    depth: usize,
    steps: Vec<Step>,
}

impl Attempts {
    pub(super) fn under_way(&self) -> bool {
        self.depth > 0
    }

    /// Notes a step where an attempt is under way; outside of one the whole transaction is taken back, or nothing.
    pub(super) fn note(&mut self, step: impl FnOnce() -> Step) {
        if self.under_way() {
            self.steps.push(step());
        }
    }

    pub(super) fn note_update(
        &mut self,
        entity: &'static EntityDef,
        id: Uuid,
        before: &dyn RowSource,
        set: &[Assignment],
    ) -> Result<()> {
        if !self.under_way() {
            return Ok(());
        }
        let values = set.iter().map(|Assignment { field, .. }| {
            let value = before.value(*field)?;
            Ok(Assignment { field: *field, value })
        });
        let values = values.collect::<Result<_>>()?;
        self.steps.push(Step::Updated(entity, id, values));
        Ok(())
    }
}

impl Tx<'_> {
    /// Does a part of the work that may fail alone: where `work` fails, everything it wrote is taken back, in tables and
    /// change log, and the transaction goes on as if it had never been tried. Attempts may be nested.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{Customer, CustomerDraft}, engine::{CrmError, Query}};
    /// let crm = Crm::in_memory();
    /// crm.write(|tx| {
    ///     tx.create(CustomerDraft::organization("Acme GmbH"))?;
    ///     let refused = tx.attempt(|tx| {
    ///         tx.create(CustomerDraft::organization("Globex"))?;
    ///         Err::<(), _>(CrmError::refused("example", "it is not wanted", "Leave it out"))
    ///     });
    ///     assert!(refused.is_err());
    ///     assert_eq!(tx.count(&Query::of::<Customer>())?, 1);
    ///     Ok(())
    /// })?;
    /// # Ok::<(), CrmError>(())
    /// ```
    ///
    /// # Errors
    /// What `work` returns, and those of the storage, after which nothing but giving up the transaction is left.
    pub fn attempt<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let (steps, log) = (self.attempts.steps.len(), self.log_mark());
        self.attempts.depth += 1;
        let done = work(self);
        self.attempts.depth -= 1;
        if done.is_err() {
            self.take_back(steps)?;
            self.forget_log_after(log);
        }
        if !self.attempts.under_way() {
            self.attempts.steps.clear();
            self.flush_full_log()?;
        }
        done
    }

    fn take_back(&mut self, mark: usize) -> Result<()> {
        self.presence.forget_all();
        self.reader.custom_fields = None;
        while self.attempts.steps.len() > mark {
            let Some(step) = self.attempts.steps.pop() else { break };
            match step {
                Step::Inserted(entity, id) => {
                    self.txn.delete(&key(entity, id))?;
                }
                Step::Updated(entity, id, before) => {
                    self.txn.update(&key(entity, id), &before)?;
                }
                Step::Removed(entity, row) => self.txn.insert(entity, &row)?,
                Step::Touched(table) => {
                    self.tables.remove(table);
                }
                Step::Unsettled(table, id) => self.settled(table, id),
                Step::Noted(before) => self.commit.note = before,
            }
        }
        Ok(())
    }
}

fn key(entity: &'static EntityDef, id: Uuid) -> RowKey {
    RowKey {
        entity,
        id,
        revision: None,
    }
}
