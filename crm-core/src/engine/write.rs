use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::ops::{Deref, DerefMut};

use uuid::Uuid;

use super::attempt::{Attempts, Step};
use super::clock::Ids;
use super::entity::Row;
use super::entity::{Draft, Entity, EntityDef, Managed, OnDelete, RecordId, Reference, RowSource, managed};
use super::field_rules::{check_required, check_value};
use super::log::{BatchId, Change, ChangeKind, Commit, FieldChange, LogSequence};
use super::read::{Reader, not_found};
use super::store::{Assignment, RowKey};
use super::value::Value;
use super::{CrmError, Result};

/// How many changes wait in memory before they go to the change log.
const CHANGES_AT_A_TIME: usize = 256;

/// How many records a transaction remembers to be there.
const REMEMBERED: usize = 4096;

/// One transaction that writes: everything in it happens, or nothing.
///
/// It reads as well ([`Reader`]), and sees its own writes.
pub struct Tx<'e> {
    reader: Reader<'e>,
    ids: &'e Ids,
    pub(super) commit: Commit,
    pub(super) first_sequence: LogSequence,
    next_sequence: LogSequence,
    waiting: Vec<Change>,
    pub(super) tables: BTreeSet<&'static str>,
    unsettled: BTreeSet<(&'static str, Uuid)>,
    /// Records that are there, so that thousands of rows which refer to the same few ask for them once.
    known: HashSet<(&'static str, Uuid)>,
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
            first_sequence: last_sequence + 1,
            next_sequence: last_sequence + 1,
            waiting: Vec::new(),
            tables: BTreeSet::new(),
            unsettled: BTreeSet::new(),
            known: HashSet::new(),
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

    /// Names a row that was put back or taken out, and what it belongs to, so that invariants over several records
    /// are checked where the rules of the single record were passed by.
    fn settle_row(&mut self, entity: &'static EntityDef, row: &Row) {
        let own = (entity.table, &row[managed::ID]);
        let owners = entity
            .references()
            .filter(|(_, reference)| reference.on_delete == OnDelete::Cascade)
            .map(|(field, reference)| (reference.table, &row[field.index]));
        for (table, id) in owners.chain([own]) {
            if let Value::Id(id) = id {
                self.unsettled.insert((table, *id));
            }
        }
    }

    /// Creates a record that its domain has completed and checked by its rules, and from which nothing follows that the
    /// domain does not write itself: the way of commands that create several records, each of them written once.
    pub(crate) fn insert_complete<E: Entity>(&mut self, mut record: E) -> Result<E> {
        self.identify(&mut record);
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
        self.remember(E::DEF.table, id);
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

    fn update_row(
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
        let current = self.row(entity, was.id)?.ok_or_else(|| not_found(entity, was.id))?;
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
        self.known.remove(&(E::DEF.table, was.id));
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

    /// Checks what holds for every field: kind, length, and that what is referred to is there.
    fn check_fields(&mut self, entity: &'static EntityDef, set: &[Assignment]) -> Result<()> {
        for Assignment { field, value } in set {
            let def = &entity.fields[*field];
            check_value(entity, def, value)?;
            if let (Some(reference), Value::Id(id)) = (def.reference, value)
                && !self.is_there(reference, *id)?
            {
                return Err(CrmError::invalid(
                    entity.name,
                    def.name,
                    format!("there is no record {id} in {}", reference.table),
                    "Create it first, or refer to another",
                ));
            }
        }
        Ok(())
    }

    /// Whether a record may be referred to: it is not deleted, or its deletion would change nothing here.
    pub(super) fn is_there(&mut self, reference: Reference, id: Uuid) -> Result<bool> {
        if self.known.contains(&(reference.table, id)) {
            return Ok(true);
        }
        let Some(target) = self.schema().entity(reference.table) else {
            return Ok(false);
        };
        if self.exists(target, id)? {
            self.remember(target.table, id);
            return Ok(true);
        }
        Ok(reference.on_delete == OnDelete::Keep && self.row(target, id)?.is_some())
    }

    fn remember(&mut self, table: &'static str, id: Uuid) {
        if self.known.len() == REMEMBERED {
            self.known.clear();
        }
        self.known.insert((table, id));
    }

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
        self.waiting.push(Change {
            sequence: self.next_sequence,
            table: entity.table.into(),
            record,
            kind,
            fields,
        });
        self.next_sequence += 1;
        self.flush_full_log()
    }

    /// Writes the waiting changes once they are many; not while an attempt may still take them back.
    pub(super) fn flush_full_log(&mut self) -> Result<()> {
        if self.waiting.len() < CHANGES_AT_A_TIME || self.attempts.under_way() {
            return Ok(());
        }
        self.flush_log()
    }

    /// Where the change log ends now, for [`Tx::forget_log_after`].
    pub(super) fn log_mark(&self) -> LogSequence {
        self.next_sequence
    }

    /// Forgets the changes from a mark on, which wait in memory since an attempt was under way.
    pub(super) fn forget_log_after(&mut self, mark: LogSequence) {
        self.waiting.retain(|change| change.sequence < mark);
        self.next_sequence = mark;
    }

    /// Forgets which records are there, since some may have been taken back.
    pub(super) fn forget_known(&mut self) {
        self.known.clear();
    }

    /// Takes a record off those that are to be settled.
    pub(super) fn settled(&mut self, table: &'static str, id: Uuid) {
        self.unsettled.remove(&(table, id));
    }

    pub(super) fn flush_log(&mut self) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.reader.txn.append_log(&self.commit, &self.waiting)?;
        self.waiting.clear();
        Ok(())
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

    /// The number of the last change, where there was any.
    pub(super) fn last_sequence(&self) -> Option<LogSequence> {
        (self.next_sequence > self.first_sequence).then_some(self.next_sequence - 1)
    }

    pub(super) fn into_reader(self) -> Reader<'e> {
        self.reader
    }

    /// Writes a row as it is, without the rules of its entity: the way back of undo, which brings states back that
    /// met the rules; those over several records are checked before the commit.
    pub(super) fn put_row(&mut self, entity: &'static EntityDef, before: Option<&Row>, after: &Row) -> Result<()> {
        self.settle_row(entity, after);
        let id = Managed::from_row(entity, after)?.id;
        let Some(before) = before else {
            self.reader.txn.insert(entity, after)?;
            self.attempts.note(|| Step::Inserted(entity, id));
            let fields = (managed::COUNT..entity.fields.len())
                .filter(|field| !after[*field].is_null())
                .map(|field| field_change(entity, field, Value::Null, after[field].clone()));
            return self.append(entity, id, ChangeKind::Create, fields.collect());
        };
        let was = Managed::from_row(entity, before)?;
        self.known.remove(&(entity.table, was.id));
        let changed: Vec<usize> = logged_fields(entity)
            .filter(|field| before[*field] != after[*field])
            .collect();
        let mut set: Vec<Assignment> = changed
            .iter()
            .map(|field| Assignment {
                field: *field,
                value: after[*field].clone(),
            })
            .collect();
        set.push(Assignment {
            field: managed::REVISION,
            value: Value::Integer(was.revision + 1),
        });
        set.push(Assignment {
            field: managed::UPDATED_AT,
            value: Value::Instant(self.commit.stamp.time()),
        });
        self.update_row(entity, was, before, &set)?;
        let kind = match (&before[managed::DELETED_AT], &after[managed::DELETED_AT]) {
            (Value::Null, Value::Instant(_)) => ChangeKind::Delete,
            (Value::Instant(_), Value::Null) => ChangeKind::Restore,
            _ => ChangeKind::Update,
        };
        let fields = changed
            .into_iter()
            .map(|field| field_change(entity, field, before[field].clone(), after[field].clone()));
        self.append(entity, id, kind, fields.collect())
    }

    /// Takes a row out of its table, as if it had never been; its values stay in the change log.
    pub(super) fn remove_row(&mut self, entity: &'static EntityDef, row: &Row) -> Result<()> {
        self.settle_row(entity, row);
        let was = Managed::from_row(entity, row)?;
        self.known.remove(&(entity.table, was.id));
        let key = RowKey {
            entity,
            id: was.id,
            revision: None,
        };
        self.reader.txn.delete(&key)?;
        self.attempts.note(|| Step::Removed(entity, row.clone()));
        let fields = logged_fields(entity)
            .filter(|field| !row[*field].is_null())
            .map(|field| field_change(entity, field, row[field].clone(), Value::Null));
        self.append(entity, was.id, ChangeKind::Remove, fields.collect())
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
fn logged_fields(entity: &'static EntityDef) -> impl Iterator<Item = usize> {
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

fn field_change(entity: &'static EntityDef, field: usize, before: Value, after: Value) -> FieldChange {
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
