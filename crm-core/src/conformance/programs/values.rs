use uuid::Uuid;

use super::Random;
use crate::engine::{
    CustomFieldKind, CustomValues, EntityDef, Field, FieldKind, SearchQuery, StorageKey, Value, managed,
};
use crate::values::{Currency, Decimal, Money, NaiveDate, Timestamp};

/// How many records of one kind a program knows: few, so that its steps meet.
pub(super) const RECORDS: usize = 6;

const TEXTS: [&str; 22] = [
    "",
    "a",
    "A",
    "ab",
    "a%",
    "a_b",
    "a\0b",
    "b",
    "Ä",
    "ä",
    "李",
    "李明",
    "😀",
    "\u{10ffff}",
    "10",
    "9",
    "李,明 Li",
    "曾國藩 & Söhne",
    "김민준",
    "山田 ひろし",
    "Jean-Luc O'Brien <jl@ab.de>",
    "+86 138-0013-8000",
];

/// What people type into a search; some of it finds some of the texts, and some means something to an index.
const SEARCHES: [&str; 24] = [
    "",
    "a",
    "A",
    "ab",
    "Ä",
    "李",
    "李明",
    "明",
    "ming",
    "liming",
    "li ming",
    "lm",
    "zeng",
    "jean luc",
    "jeanluc",
    "luc o",
    "jl@ab",
    "8000",
    "138 0013",
    "민준",
    "ひろ",
    "\" OR a",
    "NEAR(a b)",
    "a* -b ¦ {words}:",
];

const INSTANTS: [&str; 10] = [
    "1969-12-31T23:59:59.999Z",
    "1970-01-01T00:00:00Z",
    "2024-02-28T16:00:00Z",
    "2024-02-29T15:59:59.999Z",
    "2024-02-29T16:00:00Z",
    "2024-03-10T07:00:00Z",
    "2024-03-31T23:30:00Z",
    "2024-11-03T05:30:00Z",
    "2024-12-31T16:00:00Z",
    "2025-01-01T00:00:00Z",
];

const DATES: [&str; 8] = [
    "1969-12-31",
    "1970-01-01",
    "2024-02-29",
    "2024-03-01",
    "2024-03-31",
    "2024-12-30",
    "2024-12-31",
    "2025-01-01",
];

/// A value of a field, nothing now and then where it may be empty.
pub(super) fn of_field(random: &mut Random, field: Field) -> Value {
    let def = field.def();
    if def.nullable && random.once_in(4) {
        return Value::Null;
    }
    match def.reference {
        Some(reference) => record(random, reference.table).into(),
        None if field.index == managed::ID => record(random, field.entity.table).into(),
        None => of_kind(random, def.kind),
    }
}

/// A value of a kind: few of each, so that values meet, and now and then the ends of the kind.
pub(super) fn of_kind(random: &mut Random, kind: FieldKind) -> Value {
    match kind {
        FieldKind::Bool => random.once_in(2).into(),
        FieldKind::Integer => integer(random).into(),
        FieldKind::Decimal { scale } => Decimal::new(integer(random), scale).into(),
        FieldKind::Text => random.pick(&TEXTS).into(),
        FieldKind::Choice(choice) => random.pick(choice.codes).into(),
        FieldKind::Money => money(random).into(),
        FieldKind::Date => random.pick(&DATES).parse::<NaiveDate>().unwrap_or_default().into(),
        FieldKind::Instant => instant(random).into(),
        FieldKind::Id => record(random, "customers").into(),
        FieldKind::Custom => custom(random),
    }
}

/// A set of the few custom fields.
fn custom(random: &mut Random) -> Value {
    let count = random.below(6);
    let set: CustomValues = (0..count)
        .map(|_| {
            let key = storage_key(random);
            (key, of_kind(random, key.kind().field_kind()))
        })
        .collect();
    set.into()
}

/// One of the few custom fields: two of each kind.
pub(super) fn storage_key(random: &mut Random) -> StorageKey {
    let kind = random.pick(CustomFieldKind::ALL);
    StorageKey::new(kind, Uuid::from_u128(random.below(2) as u128))
}

/// The id of one of the few records of a table, or of none.
pub(super) fn record(random: &mut Random, table: &str) -> Uuid {
    // Different in each table, so that an id of the wrong one finds nothing.
    let table: u128 = table.bytes().map(u128::from).sum();
    Uuid::from_u128((table << 64) | random.below(RECORDS + 1) as u128)
}

pub(super) fn instant(random: &mut Random) -> Timestamp {
    random
        .pick(&INSTANTS)
        .parse()
        .unwrap_or(Timestamp::from_milliseconds(0))
}

pub(super) fn text(random: &mut Random) -> String {
    random.pick(&TEXTS).to_owned()
}

/// What may be typed into a search.
pub(super) fn search(random: &mut Random) -> SearchQuery {
    let typed = random.pick(&SEARCHES);
    if random.once_in(5) {
        SearchQuery::at_beginning(typed)
    } else {
        SearchQuery::new(typed)
    }
}

fn integer(random: &mut Random) -> i64 {
    if random.once_in(24) {
        return random.pick(&[i64::MIN, i64::MAX, i64::MAX - 1]);
    }
    i64::try_from(random.below(12)).unwrap_or(0) * 25 - 100
}

fn money(random: &mut Random) -> Option<Money> {
    // Mostly one currency, so that sums can be had.
    let code = if random.once_in(5) {
        random.pick(&["JPY", "KWD", "USD"])
    } else {
        "EUR"
    };
    let currency = Currency::from_code(code).ok()?;
    Some(Money::from_minor(integer(random), currency))
}

/// A whole row, with one of the few ids.
pub(super) fn row(random: &mut Random, entity: &'static EntityDef) -> Vec<Value> {
    let mut row: Vec<Value> = (0..entity.fields.len())
        .map(|field| of_field(random, entity.field(field)))
        .collect();
    row[managed::REVISION] = Value::Integer(1);
    if !random.once_in(6) {
        row[managed::DELETED_AT] = Value::Null;
    }
    row
}
