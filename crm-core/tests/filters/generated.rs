//! Random filters of our language with random records for them to find.

use crm_core::SCHEMA;
use crm_core::engine::{EntityDef, Field, FieldKind, Value, managed};
use crm_core::values::{Currency, Decimal, Money, day_of_number};

use crate::world::{World, entity, id, instant};

/// A sequence of numbers that a seed fixes (xorshift64*, Vigna 2014).
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).expect("31 bits") % sides
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.below(usize::try_from(high - low).expect("a range"))).expect("small")
    }
}

/// The tables that have records in a generated world, those that others refer to first, and how many records.
pub(crate) const TABLES: [(&str, usize); 7] = [
    ("teams", 2),
    ("users", 3),
    ("customers", 4),
    ("pipelines", 1),
    ("stages", 3),
    ("opportunities", 6),
    ("opportunity_contacts", 5),
];

const TEXTS: [&str; 9] = [
    "",
    "a",
    "Acme",
    "Acme GmbH",
    "it's",
    "say \"hi\"\n",
    "李明",
    "José\\",
    "z\u{7}\u{1F600}",
];

/// Random records of which each refers to others; with gaps, some fields are empty.
pub(crate) fn world(dice: &mut Dice, gaps: bool) -> World {
    let world = World::new();
    for (position, (table, count)) in TABLES.iter().enumerate() {
        let entity = entity(table);
        for record in 0..*count {
            let mut fields = Vec::new();
            let currency = Currency::from_code(dice.pick(&["EUR", "JPY", "KWD", "CLF"])).expect("a currency");
            for index in managed::CREATED_AT..entity.fields.len() {
                let field = entity.field(index);
                let empty = index == managed::DELETED_AT || gaps && field.def().nullable && dice.one_in(3);
                if !empty && let Some(value) = value(dice, field, currency, record) {
                    fields.push((field.def().name, value));
                }
            }
            world.add(table, number(position, record), &fields);
        }
    }
    world
}

fn number(table: usize, record: usize) -> u128 {
    u128::try_from(table * 100 + record).expect("small")
}

/// A record of this table; a record refers to an earlier one of its own table, the first one to itself.
fn reference(dice: &mut Dice, table: &str, own: &str, record: usize) -> Option<Value> {
    let position = TABLES.iter().position(|(name, _)| *name == table)?;
    let count = if table == own {
        record.max(1)
    } else {
        TABLES[position].1
    };
    Some(Value::Id(id(number(position, dice.below(count)))))
}

fn value(dice: &mut Dice, field: Field, currency: Currency, record: usize) -> Option<Value> {
    if let Some(target) = field.def().reference {
        return reference(dice, target.table, field.entity.table, record);
    }
    Some(match field.def().kind {
        FieldKind::Bool => Value::Bool(dice.one_in(2)),
        FieldKind::Integer => Value::Integer(dice.between(-3, 8)),
        FieldKind::Decimal { .. } => Value::Decimal(Decimal::new(dice.between(-30, 80) * 25, 2).normalize()),
        FieldKind::Text => Value::from(dice.pick(&TEXTS)),
        FieldKind::Choice(choice) => Value::from(dice.pick(choice.codes)),
        FieldKind::Money => Value::Money(Money::from_minor(dice.between(-3, 9) * 50, currency)),
        FieldKind::Date => Value::Date(day_of_number(dice.between(20_480, 20_490)).expect("a day")),
        FieldKind::Instant => Value::from(instant("2026-01-31T20:00:00Z").plus_milliseconds(milliseconds(dice))),
        FieldKind::Id | FieldKind::Custom => return None,
    })
}

fn milliseconds(dice: &mut Dice) -> i64 {
    dice.between(-5, 6) * 3_600_000 * 12 + dice.between(0, 2)
}

/// Which conditions a generated filter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// All of them.
    Whole,
    /// None that asks whether a field is empty.
    WithoutNull,
    /// None that CEL answers differently where a field is empty: `!=`, and one field with another.
    WithoutInequality,
}

/// Writes random filters.
#[derive(Debug)]
pub(crate) struct Writer<'d> {
    pub(crate) dice: &'d mut Dice,
    pub(crate) language: Language,
}

impl Writer<'_> {
    /// A filter on a table; `depth` bounds how deep its conditions nest.
    pub(crate) fn filter(&mut self, table: &str, depth: usize) -> String {
        self.condition(entity(table), "", depth)
    }

    fn condition(&mut self, entity: &'static EntityDef, prefix: &str, depth: usize) -> String {
        if depth == 0 {
            return self.single(entity, prefix);
        }
        match self.dice.below(8) {
            0..=2 => {
                let sign = self.dice.pick(&[" && ", " || ", "&&", "||"]);
                let parts: Vec<_> = (0..2 + self.dice.below(2))
                    .map(|_| self.condition(entity, prefix, depth - 1))
                    .collect();
                parts.join(sign)
            }
            3 => format!("({})", self.condition(entity, prefix, depth - 1)),
            4 => format!("!({})", self.condition(entity, prefix, depth - 1)),
            5 if prefix.matches('.').count() < 2 => self.exists(entity, prefix, depth),
            _ => self.single(entity, prefix),
        }
    }

    fn exists(&mut self, entity: &'static EntityDef, prefix: &str, depth: usize) -> String {
        let referring: Vec<Field> = SCHEMA
            .references_to(entity.table)
            .map(|(field, _)| field)
            .filter(|field| TABLES.iter().any(|(table, _)| *table == field.entity.table))
            .collect();
        if referring.is_empty() {
            return self.single(entity, prefix);
        }
        let by = referring[self.dice.below(referring.len())];
        let alone = SCHEMA
            .references_to(entity.table)
            .filter(|(field, _)| field.entity == by.entity)
            .count()
            == 1;
        let collection = if alone {
            by.entity.table.to_owned()
        } else {
            qualified(by)
        };
        let variable = format!("x{}", prefix.len());
        let inner = self.condition(by.entity, &format!("{variable}."), depth - 1);
        format!("{prefix}{collection}.exists({variable}, {inner})")
    }

    /// A condition on one field, here or along a reference.
    fn single(&mut self, entity: &'static EntityDef, prefix: &str) -> String {
        let (mut entity, mut name) = (entity, prefix.to_owned());
        for _ in 0..2 {
            let references: Vec<_> = entity
                .references()
                .filter(|(_, reference)| TABLES.iter().any(|(table, _)| *table == reference.table))
                .collect();
            if references.is_empty() || self.dice.one_in(2) {
                break;
            }
            let (field, reference) = references[self.dice.below(references.len())];
            name.push_str(field.def().name.strip_suffix("_id").expect("a reference"));
            name.push('.');
            entity = SCHEMA.entity(reference.table).expect("an entity");
        }
        loop {
            let field = entity.field(self.dice.below(entity.fields.len()));
            let reachable = field
                .def()
                .reference
                .is_none_or(|to| TABLES.iter().any(|(table, _)| *table == to.table));
            if field.index > managed::DELETED_AT && reachable && field.def().kind != FieldKind::Custom {
                return self.on_field(&name, field);
            }
        }
    }

    fn on_field(&mut self, prefix: &str, field: Field) -> String {
        let name = format!("{prefix}{}", field.def().name);
        if self.language != Language::WithoutNull && self.dice.one_in(12) {
            let sign = self.dice.pick(&["==", "!="]);
            return format!("{name} {sign} null");
        }
        match field.def().kind {
            FieldKind::Bool => self
                .dice
                .pick(&["@", "!@", "@ == true", "false == @"])
                .replace('@', &name),
            FieldKind::Integer | FieldKind::Decimal { .. } => self.with_values(&name, Self::number, true),
            FieldKind::Money if self.dice.one_in(4) => self.with_values(
                &format!("{name}_currency"),
                |writer| format!("{:?}", writer.dice.pick(&["EUR", "JPY"])),
                false,
            ),
            FieldKind::Money => match self.other_field(prefix, field) {
                Some(other) => format!("{name} {} {other}", self.comparison(true)),
                None => self.with_values(&name, Self::number, true),
            },
            FieldKind::Text if self.dice.one_in(4) => format!("{name}.startsWith({})", self.text()),
            FieldKind::Text => self.with_values(&name, Self::text, true),
            FieldKind::Choice(choice) => {
                self.with_values(&name, |writer| format!("'{}'", writer.dice.pick(choice.codes)), false)
            }
            FieldKind::Id => self.with_values(
                &name,
                |writer| format!("\"{}\"", id(number(writer.dice.below(7), writer.dice.below(6)))),
                false,
            ),
            FieldKind::Date => self.on_date(prefix, field, &name),
            FieldKind::Instant => self.on_instant(prefix, field, &name),
            FieldKind::Custom => unreachable!("no filter is on all custom fields at once"),
        }
    }

    fn on_date(&mut self, prefix: &str, field: Field, name: &str) -> String {
        let days = format!("duration(\"{}h\")", self.dice.between(-3, 4) * 24);
        let day = day_of_number(self.dice.between(20_480, 20_490)).expect("a day");
        let sign = self.comparison(true);
        match (self.dice.below(6), self.other_field(prefix, field)) {
            (0, Some(other)) => format!("{name} - {other} {sign} {days}"),
            (1, Some(other)) => format!("{name} + {days} {sign} {other}"),
            (2, _) => format!("today - {name} {sign} {days}"),
            (3, _) => format!("{name} - {days} {sign} today"),
            (4, _) => format!("today + {days} {sign} {name}"),
            _ => format!("{name} {sign} date('{day}')"),
        }
    }

    fn on_instant(&mut self, prefix: &str, field: Field, name: &str) -> String {
        let sign = self.comparison(true);
        let time = self
            .dice
            .pick(&["720h", "12h", "-36h", "1h30m", "43200s1ms", "24h0m0s", "1.5h"]);
        let time = format!("duration('{time}')");
        let at = instant("2026-01-31T20:00:00Z").plus_milliseconds(milliseconds(self.dice));
        match (self.dice.below(6), self.other_field(prefix, field)) {
            (0, Some(other)) => format!("{name} - {other} {sign} {time}"),
            (1, Some(other)) => format!("{name} + {time} {sign} {other} - {time}"),
            (2, _) => format!("now - {name} {sign} {time}"),
            (3, _) => format!("{name} - {time} {sign} now"),
            (4, _) => format!("now - {time} + {time} {sign} {name}"),
            _ => format!("{name} {sign} timestamp('{at}')"),
        }
    }

    /// Another field of the same kind of the same record.
    fn other_field(&mut self, prefix: &str, field: Field) -> Option<String> {
        if self.language == Language::WithoutInequality || self.dice.one_in(2) {
            return None;
        }
        let entity = field.entity;
        let same_kind = entity.fields.iter().enumerate().filter(|(index, other)| {
            other.kind == field.def().kind && *index != managed::DELETED_AT && *index != field.index
        });
        let names: Vec<&str> = same_kind.map(|(_, other)| other.name).collect();
        (!names.is_empty()).then(|| format!("{prefix}{}", self.dice.pick(&names)))
    }

    fn comparison(&mut self, ordered: bool) -> &'static str {
        let signs: &[&str] = match (self.language == Language::WithoutInequality, ordered) {
            (false, true) => &["==", "!=", "<", "<=", ">", ">="],
            (true, true) => &["==", "<", "<=", ">", ">="],
            (false, false) => &["==", "!="],
            (true, false) => &["=="],
        };
        self.dice.pick(signs)
    }

    /// A comparison with a value on either side, or a list of values.
    fn with_values(&mut self, name: &str, value: impl Fn(&mut Self) -> String, ordered: bool) -> String {
        match self.dice.below(5) {
            0 => {
                let values: Vec<_> = (0..self.dice.below(4)).map(|_| value(self)).collect();
                format!("{name} in [{}]", values.join(", "))
            }
            1 => format!("{} {} {name}", value(self), self.comparison(ordered)),
            _ => format!("{name} {} {}", self.comparison(ordered), value(self)),
        }
    }

    fn number(&mut self) -> String {
        match self.dice.below(3) {
            0 => self.dice.between(-3, 9).to_string(),
            1 => Decimal::new(self.dice.between(-300, 900), 2).to_string(),
            _ => format!("{:.1}", Decimal::new(self.dice.between(-6, 18) * 5, 1)),
        }
    }

    /// A text in either quote, each character plain or as one of its escapes.
    fn text(&mut self) -> String {
        let text = self.dice.pick(&TEXTS);
        let quote = self.dice.pick(&["'", "\""]);
        let mut written = String::from(quote);
        for character in text.chars() {
            let code = u32::from(character);
            match self.dice.below(6) {
                0 if code < 0x100 => written.push_str(&format!("\\x{code:02x}")),
                1 if code < 0x100 => written.push_str(&format!("\\{code:03o}")),
                2 if code < 0x1_0000 => written.push_str(&format!("\\u{code:04X}")),
                3 => written.push_str(&format!("\\U{code:08x}")),
                _ if character == '\n' => written.push_str("\\n"),
                _ if character == '\\' || quote.starts_with(character) => written.extend(['\\', character]),
                _ => written.push(character),
            }
        }
        written + quote
    }
}

/// The name of a collection with the field by which its records refer.
pub(crate) fn qualified(by: Field) -> String {
    let field = by.def().name.strip_suffix("_id").expect("a reference");
    format!("{}_{field}", by.entity.table)
}
