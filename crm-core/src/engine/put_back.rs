//! Rows put back or taken out as they were: the way back of undo, past the rules of the single record.

use super::attempt::Step;
use super::entity::{EntityDef, Managed, OnDelete, Row, managed};
use super::log::ChangeKind;
use super::store::{Assignment, RowKey};
use super::value::Value;
use super::write::{field_change, logged_fields};
use super::{Result, Tx};

impl Tx<'_> {
    /// Writes a row as it is, without the rules of its entity: the way back of undo, which brings states back that
    /// met the rules; those over several records are checked before the commit.
    pub(super) fn put_row(&mut self, entity: &'static EntityDef, before: Option<&Row>, after: &Row) -> Result<()> {
        self.settle_row(entity, after);
        let id = Managed::from_row(entity, after)?.id;
        self.presence.forget(entity.table, id);
        let Some(before) = before else {
            self.reader.txn.insert(entity, after)?;
            self.attempts.note(|| Step::Inserted(entity, id));
            let fields = (managed::COUNT..entity.fields.len())
                .filter(|field| !after[*field].is_null())
                .map(|field| field_change(entity, field, Value::Null, after[field].clone()));
            return self.append(entity, id, ChangeKind::Create, fields.collect());
        };
        let was = Managed::from_row(entity, before)?;
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
        self.presence.forget(entity.table, was.id);
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
}
