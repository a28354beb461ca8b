use std::fmt;
use std::ops::ControlFlow;

use uuid::Uuid;

use super::Random;
use super::conditions::Conditioner;
use super::values;
use crate::Crm;
use crate::conformance::sample::{self, shown};
use crate::engine::{
    Access, Aggregate, Assignment, BatchId, Cause, Change, ChangeKind, Commit, EntityDef, FieldChange, LogQuery, Query,
    Reader, Result, RowKey, Schema, Stamp, Txn, Value, managed,
};

/// One step of a program.
#[derive(Clone)]
pub(super) enum Step {
    Insert(&'static EntityDef, Vec<Value>),
    Update(RowKey, Vec<Assignment>),
    Delete(RowKey),
    /// One commit: its stamp, batch and numbers follow from what the log holds when it is run.
    Append(Commit, Vec<Change>),
    Commit,
    RollBack,
    Get(&'static EntityDef, Uuid),
    Query(Query),
    Aggregate(Aggregate),
    /// Reads all pages of a query, of so many records each.
    Pages(Query, u32),
    ReadLog(LogQuery),
}

/// What a step gave: rows as text, or the code of an error.
pub(super) type Outcome = std::result::Result<Vec<String>, &'static str>;

/// The program of a seed.
pub(super) fn program(seed: u64, schema: Schema) -> Vec<Step> {
    let mut random = Random::seeded(seed);
    // A few kinds of records, so that there are some of each.
    let entities: Vec<&'static EntityDef> = schema.entities().collect();
    let mut kinds: Vec<&'static EntityDef> = Vec::new();
    let first = random.pick(&entities);
    kinds.push(first);
    kinds.extend(
        first
            .references()
            .filter_map(|(_, reference)| schema.entity(reference.table)),
    );
    kinds.extend(schema.references_to(first.table).map(|(field, _)| field.entity).take(2));
    let mut steps = Vec::new();
    for _ in 0..10 + random.below(20) {
        steps.push(write_step(&mut random, &kinds));
    }
    steps.push(Step::Commit);
    for _ in 0..8 {
        let entity = random.pick(&kinds);
        steps.push(read_step(&mut random, entity, schema));
        if random.once_in(6) {
            steps.push(write_step(&mut random, &kinds));
        }
    }
    steps
}

fn write_step(random: &mut Random, kinds: &[&'static EntityDef]) -> Step {
    let entity = random.pick(kinds);
    let key = |random: &mut Random| RowKey {
        entity,
        id: values::record(random, entity.table),
        revision: random.once_in(3).then(|| random.below(2) as i64 + 1),
    };
    match random.below(16) {
        0..=8 => Step::Insert(entity, values::row(random, entity)),
        9..=10 => {
            let mut set = vec![Assignment {
                field: managed::REVISION,
                value: Value::Integer(random.below(2) as i64 + 1),
            }];
            let field = managed::COUNT + random.below(entity.fields.len() - managed::COUNT);
            set.push(Assignment {
                field,
                value: values::of_field(random, entity.field(field)),
            });
            Step::Update(key(random), set)
        }
        11 => Step::Delete(key(random)),
        12..=13 => {
            let changes = (0..=random.below(2)).map(|_| change(random, entity)).collect();
            Step::Append(commit(random), changes)
        }
        14 => Step::Commit,
        _ if random.once_in(3) => Step::RollBack,
        _ => Step::Insert(entity, values::row(random, entity)),
    }
}

fn commit(random: &mut Random) -> Commit {
    Commit {
        origin: Uuid::nil(),
        stamp: Stamp(0),
        actor: values::text(random),
        cause: random.pick(Cause::ALL),
        batch: BatchId(Uuid::nil()),
        note: random.once_in(2).then(|| values::text(random)),
    }
}

fn change(random: &mut Random, entity: &'static EntityDef) -> Change {
    let field = entity.field(random.below(entity.fields.len()));
    Change {
        sequence: 0,
        table: entity.table.into(),
        record: values::record(random, entity.table),
        kind: random.pick(ChangeKind::ALL),
        fields: vec![FieldChange {
            field: field.def().name.into(),
            before: values::of_field(random, field),
            after: values::of_field(random, field),
        }],
    }
}

fn read_step(random: &mut Random, entity: &'static EntityDef, schema: Schema) -> Step {
    match random.below(10) {
        0 => Step::Get(entity, values::record(random, entity.table)),
        1 => Step::ReadLog(log_query(random, entity)),
        2 => {
            let query = Conditioner { random, schema }.query(entity);
            Step::Pages(query, random.below(4) as u32 + 1)
        }
        3..=6 => Step::Query(Conditioner { random, schema }.query(entity)),
        _ => Step::Aggregate(Conditioner { random, schema }.aggregate(entity)),
    }
}

fn log_query(random: &mut Random, entity: &'static EntityDef) -> LogQuery {
    LogQuery {
        after: random.below(4) as i64,
        before: random.once_in(3).then(|| random.below(9) as i64),
        record: random.once_in(3).then(|| values::record(random, entity.table)),
        batch: random
            .once_in(3)
            .then(|| BatchId(Uuid::from_u128(random.below(4) as u128))),
        above_stamp: random.once_in(4).then(|| Stamp(random.below(5) as i64)),
        newest_first: random.once_in(2),
        limit: random.once_in(2).then(|| random.below(4) as u32),
    }
}

/// What each step of a program gives on a store.
pub(super) fn run(crm: &Crm, steps: &[Step]) -> Result<Vec<Outcome>> {
    let store = crm.engine().store();
    let schema = store.capabilities().schema;
    let mut open: Option<Box<dyn Txn>> = None;
    let mut outcomes = Vec::with_capacity(steps.len());
    for step in steps {
        let done = match step {
            Step::Commit => open.take().map_or(Ok(()), |txn| txn.commit()).map(|()| Vec::new()),
            Step::RollBack => {
                open = None;
                Ok(Vec::new())
            }
            Step::Pages(query, size) => {
                open.take().map_or(Ok(()), |txn| txn.commit())?;
                crm.read(|reader| pages(reader, query, *size))
            }
            Step::Insert(..) | Step::Update(..) | Step::Delete(..) | Step::Append(..) => {
                if open.is_none() {
                    open = Some(store.begin(Access::Write, None)?);
                }
                open.as_mut().map_or(Ok(Vec::new()), |txn| write(&mut **txn, step))
            }
            _ => match open.as_mut() {
                Some(txn) => read(&mut **txn, schema, step),
                None => read(&mut *store.begin(Access::Read, None)?, schema, step),
            },
        };
        outcomes.push(done.map_err(|error| error.code()));
    }
    Ok(outcomes)
}

fn write(txn: &mut dyn Txn, step: &Step) -> Result<Vec<String>> {
    let count = match step {
        Step::Insert(entity, row) => txn.insert(entity, row).map(|()| 1)?,
        Step::Update(key, set) => txn.update(key, set)?,
        Step::Delete(key) => txn.delete(key)?,
        Step::Append(commit, changes) => append(txn, commit, changes)?,
        _ => 0,
    };
    Ok(vec![count.to_string()])
}

fn append(txn: &mut dyn Txn, commit: &Commit, changes: &[Change]) -> Result<u64> {
    let newest = LogQuery {
        newest_first: true,
        limit: Some(1),
        ..LogQuery::default()
    };
    let mut last = 0;
    txn.read_log(&newest, &mut |_, change| {
        last = change.sequence;
        Ok(ControlFlow::Break(()))
    })?;
    let commit = Commit {
        stamp: Stamp(last + 1),
        batch: BatchId(Uuid::from_u128(last.cast_unsigned().into())),
        ..commit.clone()
    };
    let mut changes = changes.to_vec();
    for (change, sequence) in changes.iter_mut().zip(last + 1..) {
        change.sequence = sequence;
    }
    txn.append_log(&commit, &changes)?;
    Ok(changes.len() as u64)
}

fn read(txn: &mut dyn Txn, schema: Schema, step: &Step) -> Result<Vec<String>> {
    Ok(match step {
        Step::Get(entity, id) => sample::shown_rows(&Vec::from_iter(sample::get(txn, entity, *id)?)),
        Step::Query(query) => sample::shown_rows(&sample::query(txn, schema, query)?),
        Step::Aggregate(aggregate) => sample::shown_rows(&sample::aggregate(txn, schema, aggregate)?),
        Step::ReadLog(query) => {
            let mut entries = Vec::new();
            txn.read_log(query, &mut |commit, change| {
                let fields = serde_json::to_string(&change.fields).unwrap_or_default();
                entries.push(format!("{commit:?} {change:?} {fields}"));
                Ok(ControlFlow::Continue(()))
            })?;
            entries
        }
        _ => Vec::new(),
    })
}

/// The ids of a query's records, a line a page.
fn pages(reader: &mut Reader<'_>, query: &Query, size: u32) -> Result<Vec<String>> {
    macro_rules! pages_by_table {
        ($($module:ident::$entity:ident, $id:ident;)+) => {$(
            if query.entity == <crate::$module::$entity as crate::engine::Entity>::DEF {
                return pages_of::<crate::$module::$entity>(reader, query, size);
            }
        )+};
    }
    crate::for_each_entity!(pages_by_table);
    Ok(Vec::new())
}

fn pages_of<E: crate::engine::Entity>(reader: &mut Reader<'_>, query: &Query, size: u32) -> Result<Vec<String>> {
    let mut query = query.clone().limit(size);
    let mut lines = Vec::new();
    loop {
        let page = reader.page::<E>(&query)?;
        let ids: Vec<String> = page
            .records
            .iter()
            .map(|record| record.managed().id.to_string())
            .collect();
        lines.push(ids.join(" "));
        let Some(next) = page.next else { return Ok(lines) };
        query = query.after(next);
    }
}

/// Shows what it holds, so that a failing program can be written down as a test.
impl fmt::Debug for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all_shown = |values: &[Value]| values.iter().map(shown).collect::<Vec<_>>().join(" ");
        match self {
            Self::Insert(entity, row) => write!(formatter, "insert {} {}", entity.table, all_shown(row)),
            Self::Update(key, set) => {
                let set: Vec<Value> = set.iter().map(|one| one.value.clone()).collect();
                write!(formatter, "update {key:?} {}", all_shown(&set))
            }
            Self::Delete(key) => write!(formatter, "delete {key:?}"),
            Self::Append(commit, changes) => write!(formatter, "append {commit:?} {changes:?}"),
            Self::Commit => formatter.write_str("commit"),
            Self::RollBack => formatter.write_str("roll back"),
            Self::Get(entity, id) => write!(formatter, "get {} {id}", entity.table),
            Self::Query(query) => write!(formatter, "{query:?}"),
            Self::Aggregate(aggregate) => write!(formatter, "{aggregate:?}"),
            Self::Pages(query, size) => write!(formatter, "pages of {size} of {query:?}"),
            Self::ReadLog(query) => write!(formatter, "{query:?}"),
        }
    }
}
