use std::collections::BTreeSet;
use std::fmt;
use std::ops::{Deref, DerefMut};

use uuid::Uuid;

use super::attempt::{Attempts, Step};
use super::clock::Ids;
use super::entity::{Draft, Entity, EntityDef, Managed, RecordId, RowSource, managed};
use super::field_rules::check_required;
use super::log::{BatchId, ChangeKind, Commit, FieldChange, LogSequence};
use super::pending_log::PendingLog;
use super::presence::Presence;
use super::read::{Reader, not_found};
use super::store::{Assignment, RowKey};
use super::value::Value;
use super::{CrmError, Result};

/// One transaction that writes: everything in it happens, or nothing.
///
/// It reads as well ([`Reader`]), and sees its own writes.
pub struct Tx<'e> {
    pub(super) reader: Reader<'e>,
    ids: &'e Ids,
    pub(super) commit: Commit,
    pub(super) pending: PendingLog,
    pub(super) tables: BTreeSet<&'static str>,
    pub(super) unsettled: BTreeSet<(&'static str, Uuid)>,
    pub(super) presence: Presence,
    pub(super) attempts: Attempts,
}

impl fmt::Debug for Tx<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Tx")
            .field("batch", &self.commit.batch)
            .finish_non_exhaustive()
    }
}

impl<'e> Deref for Tx<'e> {
    type Target = Reader<'e>;

    fn deref(&self) -> &Self::Target {
        &self.reader
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.reader
    }
}

impl<'e> Tx<'e> {
    pub(super) fn new(reader: Reader<'e>, ids: &'e Ids, commit: Commit, last_sequence: LogSequence) -> Self {
        Self {
            reader,
            ids,
            commit,
            pending: PendingLog::after(last_sequence),
            tables: BTreeSet::new(),
            unsettled: BTreeSet::new(),
            presence: Presence::default(),
            attempts: Attempts::default(),
        }
    }

    /// The batch of this transaction, by which it can be undone.
    pub fn batch(&self) -> BatchId {
        self.commit.batch
    }

    /// Who writes.
    pub fn actor(&self) -> &str {
        &self.commit.actor
    }

    /// Says something of what is done here, for the change log to keep: `sent v2`. It stands behind the note of the
    /// session and those that were added before: `call with Li; sent v2`. A blank one says nothing.
    ///
    /// ```
    /// use crm_core::{Crm, customers::CustomerDraft};
    /// let crm = Crm::in_memory().with_note("trade fair");
    /// let acme = crm.write(|tx| {
    ///     tx.add_note("met at the booth");
    ///     tx.create(CustomerDraft::organization("Acme GmbH"))
    /// })?;
    /// let history = crm.read(|reader| reader.history(acme.id))?;
    /// assert_eq!(history[0].commit.note.as_deref(), Some("trade fair; met at the booth"));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    pub fn add_note(&mut self, note: &str) {
        let note = note.trim();
        if note.is_empty() {
            return;
        }
        let noted = match &self.commit.note {
            Some(before) => format!("{before}; {note}"),
            None => note.to_owned(),
        };
        let before = self.commit.note.replace(noted);
        self.pending.note_waits = true;
        self.attempts.note(|| Step::Noted(before));
    }

    /// Creates a record.
    ///
    /// ```
    /// use crm_core::{Crm, customers::CustomerDraft};
    /// let crm = Crm::in_memory();
    /// let acme = crm.write(|tx| tx.create(CustomerDraft::organization("Acme GmbH")))?;
    /// assert_eq!(acme.revision, 1);
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// The rule of the entity that the draft breaks.
    pub fn create<D: Draft>(&mut self, draft: D) -> Result<D::Entity> {
        self.create_record(draft.into_record())
    }

    /// Changes fields of a record. With `expected_revision`, only where nobody changed it since.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{CustomerChange, CustomerDraft}};
    /// let crm = Crm::in_memory();
    /// let acme = crm.write(|tx| tx.create(CustomerDraft::organization("Acme GmbH")))?;
    /// let acme = crm.write(|tx| tx.update(acme.id, [CustomerChange::Country(Some("DE".into()))], Some(1)))?;
    /// assert_eq!((acme.revision, acme.country.as_deref()), (2, Some("DE")));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::NotFound`], [`CrmError::Conflict`] for a stale revision, or the rule that is broken.
    pub fn update<I: RecordId>(
        &mut self,
        id: I,
        changes: impl IntoIterator<Item = <I::Entity as Entity>::Change>,
        expected_revision: Option<i64>,
    ) -> Result<I::Entity> {
        let before = self.get_at(id, expected_revision)?;
        let mut after = before.clone();
        for change in changes {
            after.apply(change);
        }
        self.save(&before, after)
    }

    /// The record with this id, at the revision that the caller expects it to have.
    pub(crate) fn get_at<I: RecordId>(&mut self, id: I, expected_revision: Option<i64>) -> Result<I::Entity> {
        let record = self.get(id)?;
        at_revision(I::Entity::DEF, record.managed(), expected_revision)?;
        Ok(record)
    }

    /// Writes a record over the one it was, by the same rules as [`Tx::update`]; the way of named commands.
    pub(crate) fn save<E: Entity>(&mut self, before: &E, mut after: E) -> Result<E> {
        self.complete_custom(Some(before), &mut after)?;
        after.complete(Some(before), self)?;
        let set = differences(before, &after);
        if set.is_empty() {
            return Ok(before.clone());
        }
        after.validate(Some(before), self)?;
        self.check_fields(E::DEF, &set)?;
        self.write_over(before, after, set, ChangeKind::Update)
    }

    /// Names a record whose [`super::Validate::settle`] runs before the commit.
    pub fn settle_before_commit<I: RecordId>(&mut self, id: I) {
        let (table, id) = (I::Entity::DEF.table, id.uuid());
        if self.unsettled.insert((table, id)) {
            self.attempts.note(|| Step::Unsettled(table, id));
        }
    }

    /// Creates a record that its domain has completed and checked by its rules, and from which nothing follows that the
    /// domain does not write itself: the way of commands that create several records, each of them written once.
    pub(crate) fn insert_complete<E: Entity>(&mut self, mut record: E) -> Result<E> {
        self.identify(&mut record);
        self.complete_custom(None, &mut record)?;
        self.insert(&record)?;
        Ok(record)
    }

    pub(super) fn create_record<E: Entity>(&mut self, record: E) -> Result<E> {
        let record = self.complete_and_insert(record)?;
        record.written(None, self)?;
        Ok(record)
    }

    /// Creates a record without what follows from it by [`Validate::written`]: for a command that writes that itself.
    pub(crate) fn create_alone<D: Draft>(&mut self, draft: D) -> Result<D::Entity> {
        self.complete_and_insert(draft.into_record())
    }

    fn complete_and_insert<E: Entity>(&mut self, mut record: E) -> Result<E> {
        self.identify(&mut record);
        self.complete_custom(None, &mut record)?;
        record.complete(None, self)?;
        record.validate(None, self)?;
        self.insert(&record)?;
        Ok(record)
    }

    /// Gives a record that is about to be created its managed fields.
    fn identify<E: Entity>(&mut self, record: &mut E) {
        let given = record.managed().id;
        let now = self.commit.stamp.time();
        record.set_managed(Managed {
            id: if given.is_nil() { self.ids.next(now) } else { given },
            revision: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        });
    }

    fn insert<E: Entity>(&mut self, record: &E) -> Result<()> {
        let id = record.managed().id;
        let set = set_fields(record);
        self.check_fields(E::DEF, &set)?;
        check_required(E::DEF, record)?;
        self.reader.txn.insert(E::DEF, &RecordRow(record))?;
        self.attempts.note(|| Step::Inserted(E::DEF, id));
        self.presence.remember(E::DEF.table, id);
        let fields = set
            .into_iter()
            .map(|one| field_change(E::DEF, one.field, Value::Null, one.value));
        self.append(E::DEF, id, ChangeKind::Create, fields.collect())
    }

    /// Writes the fields that differ, with the managed ones that go along.
    fn write_over<E: Entity>(
        &mut self,
        before: &E,
        mut after: E,
        mut set: Vec<Assignment>,
        kind: ChangeKind,
    ) -> Result<E> {
        let was = before.managed();
        let is = Managed {
            revision: was.revision + 1,
            updated_at: self.commit.stamp.time(),
            ..after.managed()
        };
        after.set_managed(is);
        let fields = set
            .iter()
            .map(|one| field_change(E::DEF, one.field, before.value(one.field), one.value.clone()))
            .collect();
        set.extend([managed::REVISION, managed::UPDATED_AT].map(|field| Assignment {
            field,
            value: is.value(field),
        }));
        self.update_row(E::DEF, was, &RecordRow(before), &set)?;
        self.append(E::DEF, was.id, kind, fields)?;
        after.written(Some(before), self)?;
        Ok(after)
    }

    pub(super) fn update_row(
        &mut self,
        entity: &'static EntityDef,
        was: Managed,
        before: &dyn RowSource,
        set: &[Assignment],
    ) -> Result<()> {
        let key = RowKey {
            entity,
            id: was.id,
            revision: Some(was.revision),
        };
        if self.reader.txn.update(&key, set)? == 1 {
            return self.attempts.note_update(entity, was.id, before, set);
        }
        let current = self
            .row_with_deleted(entity, was.id)?
            .ok_or_else(|| not_found(entity, was.id))?;
        Err(conflict(entity, Managed::from_row(entity, &current)?, was.revision))
    }

    /// Sets or clears `deleted_at`, with everything that follows from it.
    pub(super) fn set_deleted<E: Entity>(&mut self, id: Uuid, deleted: bool) -> Result<()> {
        let id = E::Id::from_uuid(id);
        let before = self.get_with_deleted(id)?.ok_or_else(|| not_found(E::DEF, id.uuid()))?;
        let was = before.managed();
        if was.deleted_at.is_some() == deleted {
            return Ok(());
        }
        self.presence.forget(E::DEF.table, was.id);
        let mut after = before.clone();
        after.set_managed(Managed {
            deleted_at: deleted.then_some(self.commit.stamp.time()),
            ..was
        });
        if !deleted {
            after.validate(Some(&before), self)?;
            self.check_fields(E::DEF, &set_fields(&after))?;
        }
        let kind = if deleted {
            ChangeKind::Delete
        } else {
            ChangeKind::Restore
        };
        let set = vec![Assignment {
            field: managed::DELETED_AT,
            value: after.managed().value(managed::DELETED_AT),
        }];
        self.write_over(&before, after, set, kind).map(|_| ())
    }

    /// Takes a record off those that are to be settled.
    pub(super) fn settled(&mut self, table: &'static str, id: Uuid) {
        self.unsettled.remove(&(table, id));
    }

    /// Runs [`Validate::settle`] of what was named, until nothing is.
    pub(super) fn settle(&mut self) -> Result<()> {
        while let Some((table, id)) = self.unsettled.pop_first() {
            if let Some(entity) = self.schema().entity(table) {
                (entity.operations.settle)(self, id)?;
            }
        }
        Ok(())
    }

    pub(super) fn into_reader(self) -> Reader<'e> {
        self.reader
    }
}

/// A record as the row that it is.
struct RecordRow<'r, E>(&'r E);

impl<E: Entity> RowSource for RecordRow<'_, E> {
    fn value(&self, field: usize) -> Result<Value> {
        Ok(self.0.value(field))
    }
}

/// The fields that the change log tells of: all but the managed ones, and whether the record is deleted.
pub(super) fn logged_fields(entity: &'static EntityDef) -> impl Iterator<Item = usize> {
    std::iter::once(managed::DELETED_AT).chain(managed::COUNT..entity.fields.len())
}

fn differences<E: Entity>(before: &E, after: &E) -> Vec<Assignment> {
    (managed::COUNT..E::DEF.fields.len())
        .filter_map(|field| {
            let value = after.value(field);
            (before.value(field) != value).then_some(Assignment { field, value })
        })
        .collect()
}

fn set_fields<E: Entity>(record: &E) -> Vec<Assignment> {
    (managed::COUNT..E::DEF.fields.len())
        .map(|field| Assignment {
            field,
            value: record.value(field),
        })
        .filter(|assignment| !assignment.value.is_null())
        .collect()
}

pub(super) fn field_change(entity: &'static EntityDef, field: usize, before: Value, after: Value) -> FieldChange {
    let (before, after) = Value::change_of(before, after);
    FieldChange {
        field: entity.fields[field].name.into(),
        before,
        after,
    }
}

fn at_revision(entity: &'static EntityDef, current: Managed, expected: Option<i64>) -> Result<()> {
    match expected {
        Some(expected) if expected != current.revision => Err(conflict(entity, current, expected)),
        _ => Ok(()),
    }
}

fn conflict(entity: &'static EntityDef, current: Managed, expected: i64) -> CrmError {
    CrmError::Conflict {
        entity: entity.name,
        id: current.id,
        expected,
        current_revision: current.revision,
    }
}
