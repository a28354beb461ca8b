//! The fields of a change as the change log keeps them: one JSON object, from the name of a field to its value after.
//!
//! Where there was a value before, it stands in a list with that after: `[before, after]`. Texts, whole numbers, yes and
//! no, and nothing are those of JSON; every other kind of value is an object of one entry that names the kind, as in
//! `{"id": "0192..."}`. Fields keep their order.

use std::borrow::Cow;
use std::fmt;

use crm_core::engine::{FieldChange, Value};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The fields of one change.
pub(crate) struct Written<'f>(pub(crate) &'f [FieldChange]);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(Some(self.0.len()))?;
        for FieldChange { field, before, after } in self.0 {
            if before.is_null() {
                fields.serialize_entry(field, &Plain(after))?;
            } else {
                fields.serialize_entry(field, &[Plain(before), Plain(after)])?;
            }
        }
        fields.end()
    }
}

/// A value, without its kind where JSON has that kind.
struct Plain<'v>(&'v Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(yes) => serializer.serialize_bool(*yes),
            Value::Integer(number) => serializer.serialize_i64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            of_its_kind => of_its_kind.serialize(serializer),
        }
    }
}

/// The fields read back.
pub(crate) struct Read(pub(crate) Vec<FieldChange>);

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Read;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object of fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let mut fields = Vec::new();
        while let Some((field, values)) = map.next_entry::<String, Values>()? {
            let field = Cow::Owned(field);
            let Values { before, after } = values;
            fields.push(FieldChange { field, before, after });
        }
        Ok(Read(fields))
    }
}

/// What a field held before and after.
#[derive(Default)]
struct Values {
    before: Value,
    after: Value,
}

impl Values {
    fn after(after: Value) -> Self {
        let before = Value::Null;
        Self { before, after }
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValuesVisitor)
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value, or those before and after")
    }

    fn visit_unit<E: Error>(self) -> Result<Values, E> {
        Ok(Values::default())
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<Values, E> {
        Ok(Values::after(Value::Bool(yes)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Values, E> {
        Ok(Values::after(Value::Integer(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Values, E> {
        let number = i64::try_from(number).map_err(|_| E::custom("a number of more than 64 bits"))?;
        self.visit_i64(number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Values, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Values, E> {
        Ok(Values::after(Value::Text(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Values, A::Error> {
        let before: Option<Values> = list.next_element()?;
        let after: Option<Values> = list.next_element()?;
        match (before, after, list.next_element::<IgnoredAny>()?) {
            (Some(before), Some(after), None) if before.before.is_null() && after.before.is_null() => Ok(Values {
                before: before.after,
                after: after.after,
            }),
            _ => Err(A::Error::custom("a list of two values was expected")),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Values, A::Error> {
        Value::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Values::after)
    }
}

#[cfg(test)]
mod tests {
    use crm_core::values::{Currency, Decimal, Money, NaiveDate, Timestamp};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn read_back(fields: &[FieldChange]) -> Vec<FieldChange> {
        let json = serde_json::to_string(&Written(fields)).unwrap();
        serde_json::from_str::<Read>(&json).unwrap().0
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Integer),
            (any::<i64>(), 0_u32..10).prop_map(|(digits, scale)| Value::Decimal(Decimal::new(digits, scale))),
            any::<String>().prop_map(Value::Text),
            any::<i64>()
                .prop_map(|minor| { Value::Money(Money::from_minor(minor, Currency::from_code("KWD").unwrap())) }),
            (-700_000..2_900_000_i32).prop_map(|day| Value::Date(NaiveDate::from_num_days_from_ce_opt(day).unwrap())),
            any::<i64>().prop_map(|at| Value::Instant(Timestamp::from_milliseconds(at))),
            any::<u128>().prop_map(|id| Value::Id(Uuid::from_u128(id))),
        ]
    }

    proptest! {
        #[test]
        fn every_change_is_read_back_as_it_was(
            fields in prop::collection::vec((any::<String>(), value(), value()), 0..6)
        ) {
            let fields: Vec<FieldChange> = fields
                .into_iter()
                .map(|(field, before, after)| FieldChange { field: field.into(), before, after })
                .collect();
            prop_assert_eq!(read_back(&fields), fields);
        }
    }

    #[test]
    fn a_change_reads_as_an_object_of_fields() {
        let change = |field: &'static str, before, after| FieldChange {
            field: field.into(),
            before,
            after,
        };
        let amount = Money::from_minor(41_000, Currency::from_code("EUR").unwrap());
        let fields = [
            change("name", Value::Null, "Acme".into()),
            change("employees", Value::Integer(5), Value::Integer(6)),
            change("amount", Value::Money(amount), Value::Null),
            change("owner_id", Value::Null, Value::Id(Uuid::from_u128(1))),
        ];
        assert_eq!(
            serde_json::to_string(&Written(&fields)).unwrap(),
            "{\"name\":\"Acme\",\"employees\":[5,6],\"amount\":[{\"money\":\"410.00 EUR\"},null],\
             \"owner_id\":{\"id\":\"00000000-0000-0000-0000-000000000001\"}}"
        );
    }

    #[test]
    fn what_is_no_change_is_refused() {
        for damaged in [
            "[]",
            "{\"name\":[1]}",
            "{\"name\":[1,2,3]}",
            "{\"name\":[[1,2],3]}",
            "{\"name\":{\"id\":5}}",
        ] {
            assert!(serde_json::from_str::<Read>(damaged).is_err(), "{damaged}");
        }
    }
}
