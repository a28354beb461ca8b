//! Sums, extremes and quartiles in 128 bits: SQLite's own sums end in an error or in a float where 64 bits overflow.

use std::panic::{RefUnwindSafe, UnwindSafe};

use crm_core::engine::{Quartile, RawMeasure, four_quartiles};
use rusqlite::functions::{Aggregate, Context};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};

use crate::functions::FLAGS;

/// What is made of the numbers of a group.
///
/// In SQL each is an aggregate function of a number, a factor for it, and the currency of an amount: rows where the
/// number or the factor is empty do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tally {
    Sum,
    Minimum,
    Maximum,
    Quartile(Quartile),
}

const ALL: [Tally; 6] = [
    Tally::Sum,
    Tally::Minimum,
    Tally::Maximum,
    Tally::Quartile(Quartile::First),
    Tally::Quartile(Quartile::Median),
    Tally::Quartile(Quartile::Third),
];

/// Makes the functions known to a connection.
pub(crate) fn register(connection: &Connection) -> Result<()> {
    for tally in ALL {
        connection.create_aggregate_function(tally.function(), 3, FLAGS, tally)?;
    }
    Ok(())
}

impl Tally {
    /// The name of the SQL function.
    pub(crate) const fn function(self) -> &'static str {
        match self {
            Self::Sum => "crm_sum",
            Self::Minimum => "crm_minimum",
            Self::Maximum => "crm_maximum",
            Self::Quartile(Quartile::First) => "crm_first_quartile",
            Self::Quartile(Quartile::Median) => "crm_median",
            Self::Quartile(Quartile::Third) => "crm_third_quartile",
        }
    }

    /// Sums that leave even 128 bits stay at their end, which no measure can hold: an error, never a wrong number.
    fn add(self, group: &mut Group, number: i128) {
        match self {
            Self::Sum => group.number = group.number.saturating_add(number),
            Self::Minimum if group.count > 0 => group.number = group.number.min(number),
            Self::Maximum if group.count > 0 => group.number = group.number.max(number),
            Self::Minimum | Self::Maximum => group.number = number,
            Self::Quartile(_) => group.numbers.push(number),
        }
        group.count += 1;
    }
}

type Code = [u8; 3];

/// What was seen of a group so far.
#[derive(Debug, Default)]
pub(crate) struct Group {
    count: i64,
    number: i128,
    numbers: Vec<i128>,
    /// The first and the last currency in the order of the alphabet.
    currencies: Option<(Code, Code)>,
}

impl UnwindSafe for Tally {}
impl RefUnwindSafe for Tally {}

impl Aggregate<Group, Option<Vec<u8>>> for Tally {
    fn init(&self, _: &mut Context<'_>) -> Result<Group> {
        Ok(Group::default())
    }

    fn step(&self, context: &mut Context<'_>, group: &mut Group) -> Result<()> {
        let (ValueRef::Integer(number), ValueRef::Integer(factor)) = (context.get_raw(0), context.get_raw(1)) else {
            return Ok(());
        };
        if let ValueRef::Text(code) = context.get_raw(2) {
            let code: Code = code.try_into().map_err(|_| damaged())?;
            let (first, last) = group.currencies.unwrap_or((code, code));
            group.currencies = Some((first.min(code), last.max(code)));
        }
        self.add(group, i128::from(number) * i128::from(factor));
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, group: Option<Group>) -> Result<Option<Vec<u8>>> {
        let Some(mut group) = group.filter(|group| group.count > 0) else {
            return Ok(None);
        };
        if let Self::Quartile(quartile) = self {
            group.number = four_quartiles(&mut group.numbers, *quartile).unwrap_or_default();
        }
        let mut bytes = Vec::with_capacity(30);
        bytes.extend(group.count.to_le_bytes());
        bytes.extend(group.number.to_le_bytes());
        if let Some((first, last)) = group.currencies {
            bytes.extend(first);
            bytes.extend(last);
        }
        Ok(Some(bytes))
    }
}

/// What one of the functions returned.
pub(crate) fn decoded(result: ValueRef<'_>) -> Option<RawMeasure> {
    let ValueRef::Blob(bytes) = result else {
        return matches!(result, ValueRef::Null).then(RawMeasure::default);
    };
    let (count, rest) = bytes.split_first_chunk()?;
    let (number, rest) = rest.split_first_chunk()?;
    let code = |bytes: Option<&[u8]>| bytes.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    Some(RawMeasure {
        count: i64::from_le_bytes(*count),
        number: Some(i128::from_le_bytes(*number)),
        text: None,
        first_currency: code(rest.get(..3)),
        last_currency: code(rest.get(3..6)),
    })
}

fn damaged() -> Error {
    Error::InvalidColumnType(2, "currency".into(), rusqlite::types::Type::Text)
}
