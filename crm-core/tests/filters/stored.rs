//! Queries as JSON.

use crm_core::SCHEMA;
use crm_core::customers::User;
use crm_core::engine::{Conditions, CrmError, Cursor, Deleted, Expression, Filter, Query};
use crm_core::sales::{Opportunity, Stage};
use crm_core::values::Tz;
use proptest::prelude::*;

use crate::generated::{Dice, Language, Writer};
use crate::world::{entity, read};

fn round_trip(query: &Query) -> Query {
    let json = query.to_json().expect("JSON");
    Query::from_json(&json, SCHEMA).unwrap_or_else(|error| panic!("{json}: {error}"))
}

proptest! {
    #[test]
    fn what_is_written_reads_back(seed: u64, limit: Option<u32>, token: Option<String>, descending: bool) {
        let mut dice = Dice::new(seed);
        let language = Language::Whole;
        let text = Writer { dice: &mut dice, language }.filter("opportunities", 4);
        let filter = read("opportunities", &text).expect("a filter");
        let mut query = Query::of_entity(entity("opportunities")).filter(filter);
        query = if descending { query.order_by_descending(Opportunity::AMOUNT) } else { query.order_by(Opportunity::STAGE_ID.to(Stage::NAME)) };
        query = query.deleted([Deleted::Hidden, Deleted::Shown, Deleted::Only][dice.below(3)]);
        query.limit = limit;
        query.after = token.map(Cursor::from_token);
        prop_assert_eq!(round_trip(&query), query.clone());
        // What stores get survives as well, with its amounts in minor units.
        query.after = None;
        let prepared = query.prepared(SCHEMA).expect("a query that fits");
        prop_assert_eq!(round_trip(&prepared), prepared);
    }

    #[test]
    fn json_with_a_slip_is_read_or_refused(seed: u64, place in any::<prop::sample::Index>(), slip in "[ -~]?") {
        let text = Writer { dice: &mut Dice::new(seed), language: Language::Whole }.filter("customers", 2);
        let filter = read("customers", &text).expect("a filter");
        let mut json = Query::of_entity(entity("customers")).filter(filter).to_json().expect("JSON");
        let place = place.get(&json.char_indices().collect::<Vec<_>>()).to_owned();
        json.replace_range(place.0..place.0 + place.1.len_utf8(), &slip);
        let answer = Query::from_json(&json, SCHEMA);
        prop_assert!(matches!(answer, Ok(_) | Err(CrmError::Invalid { .. })), "{answer:?}");
    }
}

#[test]
fn what_the_text_language_does_not_say_reads_back_as_well() {
    let days = Expression::DaysBetween {
        from: Opportunity::OPENED_AT.into(),
        to: Opportunity::CLOSED_AT.into(),
        zone: Tz::Asia__Shanghai,
    };
    let share = Expression::Share {
        of: Opportunity::AMOUNT.into(),
        percent: Opportunity::PROBABILITY.into(),
    };
    let filter = Filter::All(vec![days.above(30_i64), share.above(1_i64)]);
    let query = Query::of::<Opportunity>().filter(filter);
    assert_eq!(round_trip(&query), query);
}

#[test]
fn a_filter_too_deep_to_be_read_again_is_not_written() {
    let nested = |levels: usize| (0..levels).fold(User::NAME.is("Ada"), |inner, _| Filter::All(vec![inner]));
    let query = |levels| Query::of_entity(entity("users")).filter(nested(levels).negated());
    assert_eq!(round_trip(&query(47)), query(47));
    let error = query(48).to_json().expect_err("too deep");
    assert_eq!(error.code(), "invalid");
    let hostile = format!(r#"{{"entity":"users","filter":{}"#, r#"{"not":"#.repeat(100_000));
    assert!(Query::from_json(&hostile, SCHEMA).is_err());
}

#[test]
fn json_that_names_what_is_not_there_is_refused_with_the_choices() {
    let json = |entity: &str, filter: &str| {
        format!(r#"{{"entity":"{entity}","filter":{filter},"order":[],"limit":null,"after":null,"deleted":"hidden"}}"#)
    };
    for (json, reason) in [
        (
            json("useres", r#"{"all":[]}"#),
            "the query names a table that is not there",
        ),
        (
            json("users", r#"{"is_empty":"nam"}"#),
            "the query names a field that user does not have",
        ),
        (
            json("users", r#"{"is_empty":"name.id"}"#),
            "name of user refers to no record",
        ),
        (
            json("users", r#"{"is_empty":"name_currency"}"#),
            "the query names a field that user does not have",
        ),
        (
            json("users", r#"{"is_blank":"name"}"#),
            "the JSON is no query at line 1, column 38",
        ),
    ] {
        let Err(CrmError::Invalid { reason: found, .. }) = Query::from_json(&json, SCHEMA) else {
            panic!("{json} was taken for a query");
        };
        assert_eq!(found, reason);
    }
}
