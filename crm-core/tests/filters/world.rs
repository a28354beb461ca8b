//! A few records in a memory store, put there as rows, so that no rule of the domain stands between them and a filter.

use std::ops::ControlFlow;

use crm_core::SCHEMA;
use crm_core::engine::expr::{Scope, parse};
use crm_core::engine::{Access, EntityDef, Filter, MemoryStore, Query, Result, Store, Value, managed};
use crm_core::values::{Timestamp, Tz};
use uuid::Uuid;

/// What `now` and `today` mean: in Shanghai it is the morning of 1 February already.
pub(crate) fn scope() -> Scope {
    Scope {
        now: instant("2026-01-31T20:00:00Z"),
        zone: Tz::Asia__Shanghai,
    }
}

pub(crate) fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub(crate) fn entity(table: &str) -> &'static EntityDef {
    SCHEMA.entity(table).expect("a table")
}

pub(crate) fn read(table: &str, text: &str) -> Result<Filter> {
    parse(text, entity(table), SCHEMA, scope())
}

#[derive(Debug)]
pub(crate) struct World {
    store: MemoryStore,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            store: MemoryStore::new(SCHEMA),
        }
    }

    /// Adds a record; its other fields are empty.
    pub(crate) fn add(&self, table: &str, number: u128, fields: &[(&str, Value)]) {
        let entity = entity(table);
        let mut row = vec![Value::Null; entity.fields.len()];
        row[managed::ID] = Value::Id(id(number));
        row[managed::REVISION] = Value::Integer(1);
        row[managed::CREATED_AT] = Value::from(instant("2026-01-01T00:00:00Z"));
        row[managed::UPDATED_AT] = Value::from(instant("2026-01-02T00:00:00Z"));
        for (name, value) in fields {
            row[entity.field_index(name).expect("a field")] = value.clone();
        }
        let mut txn = self.store.begin(Access::Write, None).expect("a transaction");
        txn.insert(entity, &row).expect("a new row");
        txn.commit().expect("a commit");
    }

    /// The rows that a filter means, by their ids.
    pub(crate) fn rows(&self, table: &str, filter: Filter) -> Result<Vec<Vec<Value>>> {
        let query = Query::of_entity(entity(table)).filter(filter).prepared(SCHEMA)?;
        let mut rows = Vec::new();
        self.store.begin(Access::Read, None)?.query(&query, &mut |row| {
            rows.push(
                (0..query.entity.fields.len())
                    .map(|field| row.value(field))
                    .collect::<Result<_>>()?,
            );
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }

    /// The names of the records that a text filter means.
    pub(crate) fn names(&self, table: &str, text: &str) -> Vec<String> {
        let filter = read(table, text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let rows = self
            .rows(table, filter)
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        let name = entity(table).field_index("name").expect("a name");
        rows.iter()
            .map(|row| match &row[name] {
                Value::Text(name) => name.clone(),
                other => panic!("{other:?} is no name"),
            })
            .collect()
    }
}

/// A small business: two sellers, three customers, three opportunities.
pub(crate) fn business() -> World {
    let world = World::new();
    let day = |text: &str| Value::Date(text.parse().expect("a date"));
    let at = |text: &str| Value::from(instant(text));
    let money = |text: &str| Value::Money(text.parse().expect("money"));
    let to = |number| Value::Id(id(number));
    world.add("users", 1, &[("name", "Ada".into()), ("manager_id", to(2))]);
    world.add("users", 2, &[("name", "Bo".into())]);
    world.add(
        "customers",
        10,
        &[
            ("name", "Acme".into()),
            ("kind", "organization".into()),
            ("country", "DE".into()),
            ("employees", 100_i64.into()),
            ("annual_revenue", money("1000000 EUR")),
            ("owner_id", to(1)),
        ],
    );
    world.add(
        "customers",
        11,
        &[
            ("name", "Zen".into()),
            ("kind", "organization".into()),
            ("country", "CN".into()),
            ("parent_id", to(10)),
        ],
    );
    world.add("customers", 12, &[("name", "李明".into()), ("kind", "person".into())]);
    world.add(
        "affiliations",
        15,
        &[
            ("person_id", to(12)),
            ("organization_id", to(10)),
            ("is_primary", true.into()),
        ],
    );
    world.add(
        "stages",
        20,
        &[
            ("name", "Talks".into()),
            ("kind", "open".into()),
            ("position", 0_i64.into()),
        ],
    );
    world.add(
        "stages",
        21,
        &[
            ("name", "Won".into()),
            ("kind", "won".into()),
            ("position", 1_i64.into()),
        ],
    );
    world.add(
        "opportunities",
        30,
        &[
            ("name", "Alpha".into()),
            ("customer_id", to(10)),
            ("stage_id", to(20)),
            ("amount", money("1200.50 EUR")),
            ("probability", Value::Decimal("62.5".parse().expect("a number"))),
            ("close_on", day("2026-02-03")),
            ("opened_at", at("2026-01-30T20:00:00Z")),
            ("created_at", at("2026-01-30T20:00:00Z")),
        ],
    );
    world.add(
        "opportunities",
        31,
        &[
            ("name", "Beta".into()),
            ("customer_id", to(11)),
            ("stage_id", to(21)),
            ("amount", money("1200 JPY")),
            ("list_amount", money("1500 JPY")),
            ("close_on", day("2026-01-20")),
            ("opened_at", at("2026-01-10T00:00:00Z")),
            ("closed_at", at("2026-01-20T00:00:00Z")),
        ],
    );
    world.add("opportunities", 32, &[("name", "Gamma".into()), ("stage_id", to(20))]);
    world
}
