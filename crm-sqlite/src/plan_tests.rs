//! The plan of every query that the engine itself makes: found by the right index, ordered by it, with statistics and
//! without. One bad plan costs more than all tuning gains.

use crm_core::SCHEMA;
use crm_core::activities::{Interaction, InteractionLink, Task, TaskStatus};
use crm_core::customers::{ContactPoint, ContactPointKind, ExternalId};
use crm_core::engine::{
    Aggregate, BatchId, Conditions, Cursor, CustomFieldKind, CustomIndex, Deleted, Entity, EntityDef, Field, FieldKind,
    Filter, LogQuery, Measure, Path, PathConditions, Query, Stamp, StorageKey, Value, managed,
};
use crm_core::ids::UserId;
use crm_core::marketing::CampaignMember;
use crm_core::sales::{Opportunity, OpportunityHistory, Outcome};
use crm_core::values::{Currency, Money, NaiveDate, Timestamp};
use rusqlite::types::Value as Owned;
use rusqlite::{Connection, params_from_iter};
use uuid::Uuid;

use crate::custom_index;
use crate::guard::Link;
use crate::open::OpenOptions;
use crate::render::Rendered;
use crate::schema::{Tables, columns, join};
use crate::{log, render, render_aggregate};

const ROWS: usize = 2_000;

/// Two databases that hold the same: one with statistics, one without.
struct Databases {
    folder: tempfile::TempDir,
    connections: [Link; 2],
    tables: Tables,
}

impl Databases {
    fn filled() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let connections = ["without", "with"].map(|name| {
            let (place, id) = OpenOptions::new(folder.path().join(name)).place().unwrap();
            let connection = place.prepare(id).unwrap();
            fill(&connection);
            if name == "with" {
                connection.execute_batch("ANALYZE").unwrap();
            }
            connection
        });
        Self {
            folder,
            connections,
            tables: Tables::of(SCHEMA),
        }
    }

    /// Checks both plans of a statement, each a line a step.
    fn check(&self, rendered: &Rendered, check: impl Fn(&str)) {
        for connection in &self.connections {
            check(&plan(connection, &rendered.sql, &rendered.parameters));
        }
    }

    /// Where the first page of a query ends.
    fn end_of_page<E: Entity>(&self, query: &Query) -> Cursor {
        let crm = OpenOptions::new(self.folder.path().join("with")).open().unwrap();
        crm.read(|reader| reader.page::<E>(query)).unwrap().next.unwrap()
    }

    fn check_query(&self, query: &Query, check: impl Fn(&str)) {
        let prepared = query.prepared(SCHEMA).unwrap();
        self.check(&render::query(&prepared, SCHEMA, &self.tables).unwrap(), check);
    }

    fn check_log(&self, query: LogQuery, check: impl Fn(&str)) {
        let (sql, parameters) = log::select(&query);
        self.check(&Rendered { sql, parameters }, check);
    }
}

fn plan(connection: &Connection, sql: &str, parameters: &[Owned]) -> String {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let steps: Vec<String> = statement
        .query_map(params_from_iter(parameters), |row| row.get("detail"))
        .and_then(Iterator::collect)
        .unwrap();
    format!("{sql}\n{}", steps.join("\n"))
}

/// Rows by the thousand, with as many different values in each column as real ones have.
fn fill(connection: &Connection) {
    for entity in SCHEMA.entities() {
        let fields = entity.fields.iter().flat_map(|field| {
            let value = match field.kind {
                FieldKind::Id if field.name == "id" => "randomblob(16)".into(),
                FieldKind::Id => "CAST(printf('%016d', i % 400) AS BLOB)".into(),
                FieldKind::Choice(choice) => one_of(choice.codes),
                FieldKind::Text => "'text ' || (i % 900)".into(),
                FieldKind::Bool => "i % 2".into(),
                FieldKind::Custom => custom_object(),
                _ if field.name == "deleted_at" => "NULL".into(),
                _ => "i".to_owned(),
            };
            let currency = (field.kind == FieldKind::Money).then(|| "'USD'".to_owned());
            std::iter::once(value).chain(currency)
        });
        let sql = format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS}) \
             INSERT INTO {} ({}) SELECT {} FROM n",
            entity.table,
            join(columns(entity).into_iter().map(|column| format!("\"{}\"", column.name))),
            join(fields),
        );
        connection.execute_batch(&sql).unwrap();
    }
    let log = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS}) \
         INSERT INTO changes (commit_id, record_table, record, kind, fields) \
         SELECT i / 5, 'customers', CAST(printf('%016d', i % 900) AS BLOB), 'update', '[]' FROM n; \
         WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS} / 5) \
         INSERT INTO commits SELECT i, randomblob(16), i, 'li', 'edit', randomblob(16), NULL FROM n"
    );
    connection.execute_batch(&log).unwrap();
}

/// An SQL expression that takes each code in turn.
fn one_of(codes: &[&str]) -> String {
    let cases: String = codes
        .iter()
        .enumerate()
        .map(|(number, code)| format!(" WHEN {number} THEN '{code}'"))
        .collect();
    format!("CASE i % {}{cases} END", codes.len())
}

/// An SQL expression of a JSON object with a custom field of each kind.
fn custom_object() -> String {
    let fields = custom_keys().map(|key| {
        let value = match key.kind() {
            CustomFieldKind::Text | CustomFieldKind::Choice => "'text ' || (i % 900)",
            CustomFieldKind::Boolean => "i % 2",
            CustomFieldKind::Money => "json_object('minor', i, 'currency', 'USD')",
            CustomFieldKind::Reference => "printf('00000000-0000-0000-0000-%012x', i % 400)",
            CustomFieldKind::Number | CustomFieldKind::Date | CustomFieldKind::Instant => "i",
        };
        format!("'{key}', {value}")
    });
    format!("json_object({})", join(fields))
}

fn custom_keys() -> impl Iterator<Item = StorageKey> {
    let key = |kind: &CustomFieldKind| StorageKey::new(*kind, Uuid::from_u128(1));
    CustomFieldKind::ALL.iter().map(key)
}

fn indexed_fields() -> impl Iterator<Item = Field> {
    SCHEMA.entities().flat_map(|entity| {
        (managed::COUNT..entity.fields.len())
            .map(|index| entity.field(index))
            .filter(|field| field.def().indexed)
    })
}

fn references() -> impl Iterator<Item = (Field, &'static EntityDef)> {
    SCHEMA
        .entities()
        .flat_map(EntityDef::references)
        .filter_map(|(field, reference)| Some((field, SCHEMA.entity(reference.table)?)))
}

fn sample_value(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Text => Value::from("text 5"),
        FieldKind::Choice(choice) => Value::from(choice.codes[0]),
        FieldKind::Bool => Value::Bool(true),
        FieldKind::Date => Value::Date(NaiveDate::default()),
        FieldKind::Instant => Value::Instant(Timestamp::from_milliseconds(5)),
        FieldKind::Id => Value::Id(Uuid::from_u128(5)),
        _ => Value::Integer(5),
    }
}

#[track_caller]
fn assert_seeks(plan: &str, with: &str) {
    assert!(plan.contains(with), "should use {with}:\n{plan}");
    assert!(!plan.contains("SCAN"), "should not scan:\n{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "should not sort:\n{plan}");
}

#[test]
fn a_record_is_found_by_its_id() {
    let databases = Databases::filled();
    for entity in SCHEMA.entities() {
        let rendered = Rendered {
            sql: databases.tables.table(entity).unwrap().get.clone(),
            parameters: vec![Owned::Blob(vec![0; 16])],
        };
        databases.check(&rendered, |plan| assert_seeks(plan, "(id=?)"));
    }
}

#[test]
fn records_are_found_by_every_indexed_field_in_the_order_of_their_ids() {
    let databases = Databases::filled();
    for field in indexed_fields() {
        let name = field.def().name;
        let index = format!("SEARCH t0 USING INDEX {}_{name} ({name}=?)", field.entity.table);
        let query = Query::of_entity(field.entity).filter(field.is(sample_value(field.def().kind)));
        databases.check_query(&query, |plan| assert_seeks(plan, &index));
        let any = query.deleted(Deleted::Shown).limit(1);
        databases.check_query(&any, |plan| assert_seeks(plan, &index));
    }
}

#[test]
fn records_are_found_by_every_custom_field_that_has_an_index() {
    let databases = Databases::filled();
    let entity = Opportunity::DEF;
    let wanted: Vec<CustomIndex> = custom_keys().map(|key| CustomIndex { entity, key }).collect();
    for connection in &databases.connections {
        custom_index::keep(connection, &wanted).unwrap();
    }
    databases.connections[1].execute_batch("ANALYZE").unwrap();
    for key in custom_keys() {
        let (value, found_by) = match key.kind().field_kind() {
            FieldKind::Money => (
                Value::Money(Money::from_minor(5, Currency::from_code("USD").unwrap())),
                "<expr>=? AND <expr>=?",
            ),
            kind => (sample_value(kind), "<expr>=?"),
        };
        let index = format!("SEARCH t0 USING INDEX custom_value_opportunities_{key} ({found_by})");
        let path = Path::stored(entity, key).unwrap();
        let query = Query::of::<Opportunity>().filter(path.is(value));
        databases.check_query(&query, |plan| assert_seeks(plan, &index));
    }
}

#[test]
fn a_page_in_the_order_of_an_indexed_field_is_read_from_its_index() {
    let databases = Databases::filled();
    each_page(&databases);
}

fn check_pages<E: Entity>(databases: &Databases) {
    for field in indexed_fields().filter(|field| field.entity == E::DEF) {
        let name = field.def().name;
        let index = format!("USING INDEX {}_{name}", E::DEF.table);
        let ascending = Query::of::<E>().order_by(field).limit(50);
        let descending = Query::of::<E>().order_by_descending(field).limit(50);
        for query in [&ascending, &descending] {
            databases.check_query(query, |plan| {
                assert!(plan.contains(&index) && !plan.contains("TEMP B-TREE"), "{plan}");
            });
        }
        let next = ascending.clone().after(databases.end_of_page::<E>(&ascending));
        databases.check_query(&next, |plan| {
            assert_seeks(plan, &format!("SEARCH t0 {index} ({name}>?)"))
        });
        let next = descending.clone().after(databases.end_of_page::<E>(&descending));
        databases.check_query(&next, |plan| {
            assert!(plan.contains(&index) && !plan.contains("TEMP B-TREE"), "{plan}");
        });
    }
}

macro_rules! each_page {
    ($($module:ident::$entity:ident, $id:ident;)+) => {
        fn each_page(databases: &Databases) {
            $(check_pages::<crm_core::$module::$entity>(databases);)+
        }
    };
}
crm_core::for_each_entity!(each_page);

#[test]
fn a_reference_is_followed_by_id_and_backwards_by_its_index() {
    let databases = Databases::filled();
    for (field, target) in references() {
        let name = field.def().name;
        let forwards = Query::of_entity(field.entity)
            .filter(field.is(Uuid::from_u128(5)))
            .filter(Filter::refers_to(field, target.field(managed::REVISION).is(1)));
        databases.check_query(&forwards, |plan| {
            assert!(plan.contains("(id=?)") && !plan.contains("SCAN"), "{plan}");
        });
        let backwards = Query::of_entity(target)
            .filter(target.field(managed::ID).is(Uuid::from_u128(5)))
            .filter(Filter::referred_by(field, Filter::everything()));
        databases.check_query(&backwards, |plan| {
            let index = format!("{}_{name} ({name}=?", field.entity.table);
            assert!(
                plan.contains(&index) && !plan.contains("SCAN"),
                "should use {index}:\n{plan}"
            );
        });
    }
}

#[test]
fn a_choice_never_takes_the_place_of_what_finds_few() {
    let databases = Databases::filled();
    let of_customer = Opportunity::CUSTOMER_ID
        .is(Uuid::from_u128(5))
        .and(Opportunity::OUTCOME.is(Outcome::Open));
    databases.check_query(&Query::of::<Opportunity>().filter(of_customer.clone()), |plan| {
        assert_seeks(plan, "opportunities_customer_id (customer_id=?)");
    });
    let total = Aggregate::of::<Opportunity>()
        .filter(of_customer)
        .measure(Measure::sum(Opportunity::AMOUNT))
        .prepared(SCHEMA)
        .unwrap();
    let total = render_aggregate::aggregate(&total, SCHEMA).unwrap();
    databases.check(&total, |plan| {
        assert_seeks(plan, "opportunities_customer_id (customer_id=?)")
    });
    let soon = Query::of::<Opportunity>()
        .filter(Opportunity::OUTCOME.is(Outcome::Open))
        .order_by(Opportunity::CLOSE_ON)
        .limit(20);
    databases.check_query(&soon, |plan| {
        assert!(
            plan.contains("opportunities_close_on") && !plan.contains("TEMP B-TREE"),
            "{plan}"
        );
    });
}

#[test]
fn an_id_of_another_system_is_found_by_its_index() {
    let databases = Databases::filled();
    let query = Query::of::<ExternalId>()
        .filter(ExternalId::SYSTEM.is("erp"))
        .filter(ExternalId::EXTERNAL_ID.is("4711"));
    databases.check_query(&query, |plan| {
        assert_seeks(plan, "external_ids_external_id (external_id=?)")
    });
}

#[test]
fn the_change_log_is_read_in_order_without_sorting() {
    let databases = Databases::filled();
    for newest_first in [false, true] {
        let all = LogQuery {
            newest_first,
            ..LogQuery::default()
        };
        let record = Some(Uuid::from_u128(5));
        let batch = Some(BatchId(Uuid::from_u128(5)));
        let feed = "SEARCH h USING INTEGER PRIMARY KEY (rowid>?)";
        databases.check_log(all, |plan| assert_seeks(plan, feed));
        databases.check_log(LogQuery { limit: Some(1), ..all }, |plan| assert_seeks(plan, feed));
        databases.check_log(LogQuery { record, ..all }, |plan| {
            assert_seeks(plan, "SEARCH h USING INDEX changes_record (record=? AND rowid>?)");
        });
        databases.check_log(LogQuery { batch, ..all }, |plan| {
            assert_seeks(plan, "SEARCH c USING INDEX commits_batch (batch=?)");
            assert_seeks(plan, "SEARCH h USING INDEX changes_commit_id (commit_id=? AND rowid>?)");
        });
        let before = Some(900);
        databases.check_log(LogQuery { batch, before, ..all }, |plan| {
            assert_seeks(
                plan,
                "SEARCH h USING INDEX changes_commit_id (commit_id=? AND rowid>? AND rowid<?)",
            );
        });
        let above_stamp = Some(Stamp(5));
        databases.check_log(LogQuery { above_stamp, ..all }, |plan| assert_seeks(plan, feed));
    }
}

#[test]
fn a_search_reads_the_rows_that_the_full_text_index_finds() {
    let databases = Databases::filled();
    let searched = SCHEMA
        .entities()
        .filter_map(|entity| Some((entity, entity.searched_fields().next()?)));
    for (entity, title) in searched {
        let table = entity.table;
        let found = Query::of_entity(entity).filter(Filter::matches("li ming")).limit(200);
        for query in [
            found.clone(),
            found.clone().order_by_descending(entity.field(managed::UPDATED_AT)),
            found.order_by(entity.field(title)),
        ] {
            databases.check_query(&query, |plan| {
                assert!(plan.contains("SEARCH t0 USING INTEGER PRIMARY KEY (rowid=?)"), "{plan}");
                assert!(plan.contains(&format!("SCAN {table}_search VIRTUAL TABLE")), "{plan}");
            });
        }
    }
}

#[test]
fn a_caller_is_found_by_the_last_digits_through_their_index() {
    let databases = Databases::filled();
    let ending = Query::of::<ContactPoint>()
        .filter(ContactPoint::REVERSED_DIGITS.starts_with("0008310"))
        .filter(ContactPoint::KIND.is(ContactPointKind::Phone))
        .limit(50);
    databases.check_query(&ending, |plan| {
        assert!(
            plan.contains("USING INDEX contact_points_reversed_digits (reversed_digits>? AND reversed_digits<?)"),
            "{plan}"
        );
    });
    let exact = Query::of::<ContactPoint>()
        .filter(ContactPoint::NORMALIZED.one_of(["+8613800138000", "+13800138000"]))
        .filter(ContactPoint::KIND.is(ContactPointKind::Phone))
        .limit(50);
    databases.check_query(&exact, |plan| {
        assert!(plan.contains("contact_points_normalized (normalized=?)"), "{plan}");
    });
}

#[test]
fn what_happened_with_a_customer_is_found_by_the_customer() {
    let databases = Databases::filled();
    let id = Uuid::from_u128(5);
    let until = Timestamp::from_milliseconds(900);
    let interactions = Query::of::<InteractionLink>()
        .filter(InteractionLink::CUSTOMER_ID.is(id))
        .filter(
            InteractionLink::INTERACTION_ID
                .to(Interaction::STARTS_AT)
                .at_most(until),
        )
        .order_by_descending(InteractionLink::INTERACTION_ID.to(Interaction::STARTS_AT))
        .limit(10);
    let stages = Query::of::<OpportunityHistory>()
        .filter(OpportunityHistory::OPPORTUNITY_ID.to(Opportunity::CUSTOMER_ID).is(id))
        .filter(OpportunityHistory::IS_STAGE_ENTRY.is(true))
        .filter(OpportunityHistory::FROM_AT.at_most(until))
        .order_by_descending(OpportunityHistory::FROM_AT)
        .limit(50);
    let tasks = Query::of::<Task>()
        .filter(Task::CUSTOMER_ID.is(id))
        .filter(Task::STATUS.is(TaskStatus::Done))
        .filter(Task::COMPLETED_AT.at_most(until))
        .order_by_descending(Task::COMPLETED_AT)
        .limit(50);
    let responses = Query::of::<CampaignMember>()
        .filter(CampaignMember::CUSTOMER_ID.is(id))
        .filter(CampaignMember::FIRST_RESPONDED_AT.present())
        .order_by_descending(CampaignMember::FIRST_RESPONDED_AT)
        .limit(50);
    for (query, index) in [
        (interactions, "interaction_links_customer_id (customer_id=?)"),
        (stages, "opportunities_customer_id (customer_id=?)"),
        (tasks, "tasks_customer_id (customer_id=?)"),
        (responses, "campaign_members_customer_id (customer_id=?)"),
    ] {
        databases.check_query(&query, |plan| {
            assert!(
                plan.contains(index) && !plan.contains("SCAN"),
                "should use {index}:\n{plan}"
            );
        });
    }
}

#[test]
fn what_is_due_and_what_is_to_be_reminded_of_is_read_in_order() {
    let databases = Databases::filled();
    let reminders = Task::reminders_query(Timestamp::from_milliseconds(5), Timestamp::from_milliseconds(50));
    databases.check_query(&reminders, |plan| {
        assert_seeks(plan, "tasks_remind_at (remind_at>? AND remind_at<?)");
    });
    databases.check_query(&Task::due_query(NaiveDate::default(), None), |plan| {
        assert!(plan.contains("tasks_due_on") && !plan.contains("SCAN"), "{plan}");
    });
    let assigned = Task::due_query(NaiveDate::default(), Some(UserId(Uuid::from_u128(5))));
    databases.check_query(&assigned, |plan| {
        assert!(plan.contains("SEARCH") && !plan.contains("SCAN"), "{plan}");
    });
}
