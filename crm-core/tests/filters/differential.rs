//! What we accept, CEL accepts, with the same answer: random filters over random records, here and in the `cel` crate.
//!
//! For CEL a record is a map, a referred record a map in it, records that refer here a list, an amount a number, a
//! date the timestamp of its midnight in UTC.

use std::collections::HashMap;
use std::sync::Arc;

use cel::{Context, Env, Program, Value as Cel};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use crm_core::SCHEMA;
use crm_core::engine::{EntityDef, Filter, Value, managed};
use crm_core::values::{Timestamp, local_date};

use crate::documentation::examples;
use crate::generated::{Dice, Language, TABLES, Writer, qualified, world};
use crate::world::{World, entity, read, scope};

/// How CEL sees an empty field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Empty {
    /// There is no such key.
    Absent,
    /// It is null.
    Null,
}

/// All records of a world, by table.
struct Records(HashMap<&'static str, Vec<Vec<Value>>>);

impl Records {
    fn of(world: &World) -> Self {
        let rows = |table| world.rows(table, Filter::everything()).expect("rows");
        Self(TABLES.iter().map(|(table, _)| (*table, rows(table))).collect())
    }

    fn of_table(&self, table: &str) -> &[Vec<Value>] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }

    /// A record as a map, with those it refers to and, so many levels deep, those that refer to it.
    fn map(
        &self,
        entity: &'static EntityDef,
        row: &[Value],
        hops: usize,
        levels: usize,
        empty: Empty,
    ) -> HashMap<String, Cel> {
        let mut map = HashMap::new();
        for (field, value) in entity.fields.iter().zip(row) {
            if value.is_null() && empty == Empty::Absent {
                continue;
            }
            if let Value::Money(money) = value {
                map.insert(format!("{}_currency", field.name), Cel::from(money.currency().code()));
            }
            map.insert(field.name.to_owned(), plain(value));
        }
        for (field, reference) in entity.references().filter(|_| hops > 0) {
            let target = entity_of(reference.table);
            let referred = self
                .of_table(reference.table)
                .iter()
                .find(|other| other[managed::ID] == row[field.index]);
            if let Some(referred) = referred {
                let name = field.def().name.strip_suffix("_id").expect("a reference");
                map.insert(
                    name.to_owned(),
                    Cel::from(self.map(target, referred, hops - 1, 0, empty)),
                );
            }
        }
        for (by, _) in SCHEMA.references_to(entity.table).filter(|_| levels > 0) {
            let referring = self
                .of_table(by.entity.table)
                .iter()
                .filter(|other| other[by.index] == row[managed::ID]);
            let maps: Vec<Cel> = referring
                .map(|other| Cel::from(self.map(by.entity, other, 2, levels - 1, empty)))
                .collect();
            map.insert(by.entity.table.to_owned(), Cel::from(maps.clone()));
            map.insert(qualified(by), Cel::from(maps));
        }
        map
    }
}

fn entity_of(table: &str) -> &'static EntityDef {
    entity(table)
}

fn plain(value: &Value) -> Cel {
    let float = |text: String| Cel::Float(text.parse().expect("a number"));
    match value {
        // Filters name custom fields one by one.
        Value::Null | Value::Custom(_) => Cel::Null,
        Value::Bool(yes) => Cel::Bool(*yes),
        Value::Integer(number) => Cel::Int(*number),
        Value::Decimal(number) => float(number.to_string()),
        Value::Text(text) => Cel::from(text.as_str()),
        Value::Money(money) => float(money.amount().to_string()),
        Value::Date(day) => Cel::Timestamp(midnight(*day)),
        Value::Instant(at) => Cel::Timestamp(moment(*at)),
        Value::Id(id) => Cel::from(id.to_string()),
    }
}

fn midnight(day: NaiveDate) -> DateTime<FixedOffset> {
    day.and_time(NaiveTime::MIN).and_utc().fixed_offset()
}

fn moment(at: Timestamp) -> DateTime<FixedOffset> {
    at.to_utc().expect("a year of the calendar").fixed_offset()
}

/// What CEL knows of one record.
fn context(env: &Arc<Env>, variables: HashMap<String, Cel>) -> Context<'static, 'static> {
    let mut context = Context::with_env(Arc::clone(env));
    for (name, value) in variables {
        context.add_variable_from_value(name, value);
    }
    let scope = scope();
    context.add_variable_from_value("now", Cel::Timestamp(moment(scope.now)));
    context.add_variable_from_value("today", Cel::Timestamp(midnight(local_date(scope.now, scope.zone))));
    let date = |text: Arc<String>| midnight(text.parse().expect("a date"));
    context
        .add_function("date", date)
        .expect("a function that CEL does not have");
    context
}

/// How many answers were the same, and how many CEL refused to give.
#[derive(Debug, Default)]
struct Tally {
    same: usize,
    excused: usize,
}

/// Compares the answers on random filters. Where fields are empty, CEL may refuse to answer.
fn compare(worlds: u64, filters: usize, empty: Option<Empty>, language: Language) -> Tally {
    let env = Arc::new(Env::stdlib());
    let mut tally = Tally::default();
    for seed in 0..worlds {
        let mut dice = Dice::new(seed + 1);
        let world = world(&mut dice, empty.is_some());
        let records = Records::of(&world);
        for table in ["opportunities", "customers"] {
            let rows = records.of_table(table);
            let contexts: Vec<_> = rows
                .iter()
                .map(|row| {
                    context(
                        &env,
                        records.map(entity(table), row, 2, 2, empty.unwrap_or(Empty::Null)),
                    )
                })
                .collect();
            for _ in 0..filters {
                let mut writer = Writer {
                    dice: &mut dice,
                    language,
                };
                let depth = writer.dice.below(4);
                let text = writer.filter(table, depth);
                let found = found(&world, table, &text);
                let program = Program::compile(&text).unwrap_or_else(|error| panic!("CEL refused {text}: {error}"));
                for (row, context) in rows.iter().zip(&contexts) {
                    let ours = found.contains(&row[managed::ID]);
                    match program.execute(context) {
                        Ok(theirs) => {
                            assert_eq!(theirs, Cel::Bool(ours), "world {seed}, {:?}: {text}", row[managed::ID]);
                            tally.same += 1;
                        }
                        Err(error) => {
                            assert!(empty.is_some(), "CEL stumbled in world {seed} on {text}: {error}");
                            tally.excused += 1;
                        }
                    }
                }
            }
        }
    }
    tally
}

fn found(world: &World, table: &str, text: &str) -> Vec<Value> {
    let filter = read(table, text).unwrap_or_else(|error| panic!("we refused {text}: {error}"));
    let rows = world
        .rows(table, filter)
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    rows.into_iter().map(|row| row[managed::ID].clone()).collect()
}

#[test]
fn cel_gives_the_same_answers_where_no_field_is_empty() {
    let tally = compare(25, 50, None, Language::Whole);
    assert!(tally.same > 10_000, "{tally:?}");
}

#[test]
fn cel_gives_the_same_answers_or_none_where_fields_are_absent() {
    let tally = compare(10, 50, Some(Empty::Absent), Language::WithoutNull);
    assert!(tally.same > tally.excused, "{tally:?}");
}

#[test]
fn cel_gives_the_same_answers_or_none_where_fields_are_null() {
    let tally = compare(10, 50, Some(Empty::Null), Language::WithoutInequality);
    assert!(tally.same > tally.excused, "{tally:?}");
}

#[test]
fn cel_reads_every_example_of_the_documentation() {
    for (_, text) in examples() {
        Program::compile(&text).unwrap_or_else(|error| panic!("CEL refused {text}: {error}"));
    }
}
