//! Each construct of the language, by the records it finds.

use crate::world::{business, id};

/// That a filter on opportunities finds these.
fn finds(text: &str, expected: &[&str]) {
    assert_eq!(business().names("opportunities", text), expected, "{text}");
}

/// That a filter on customers finds these.
fn finds_customers(text: &str, expected: &[&str]) {
    assert_eq!(business().names("customers", text), expected, "{text}");
}

#[test]
fn conditions_combine_as_in_cel_with_and_before_or() {
    finds(r#"name == "Alpha" || name == "Beta" && name == "Gamma""#, &["Alpha"]);
    finds(r#"(name == "Alpha" || name == "Beta") && name < "B""#, &["Alpha"]);
    finds(r#"!(name == "Alpha")"#, &["Beta", "Gamma"]);
    finds(r#"!!(name == "Alpha")"#, &["Alpha"]);
    finds("true", &["Alpha", "Beta", "Gamma"]);
    finds("false", &[]);
}

#[test]
fn white_space_and_comments_mean_nothing() {
    finds(
        "\t name=='Alpha' // the first\n || // and\r\n name  ==  'Beta'",
        &["Alpha", "Beta"],
    );
}

#[test]
fn names_follow_references_without_the_id_suffix() {
    finds(r#"stage.kind == "open""#, &["Alpha", "Gamma"]);
    finds(r#"customer.owner.manager.name == "Bo""#, &["Alpha"]);
    finds(r#"customer.parent.name == "Acme""#, &["Beta"]);
    finds(&format!(r#"customer_id == "{}""#, id(10)), &["Alpha"]);
    finds(
        &format!(r#"customer.id in ["{}", "{}"]"#, id(10), id(11)),
        &["Alpha", "Beta"],
    );
}

#[test]
fn a_comparison_with_an_empty_field_does_not_hold_and_not_is_the_exact_complement() {
    finds(r#"customer.country == "DE""#, &["Alpha"]);
    finds(r#"customer.country != "DE""#, &["Beta"]);
    finds(r#"!(customer.country == "DE")"#, &["Beta", "Gamma"]);
    finds(r#"!(customer.country != "DE")"#, &["Alpha", "Gamma"]);
    finds("!(amount < 0)", &["Alpha", "Beta", "Gamma"]);
}

#[test]
fn null_asks_whether_a_field_is_empty() {
    finds("amount == null", &["Gamma"]);
    finds("null != amount", &["Alpha", "Beta"]);
    finds("customer == null", &["Gamma"]);
    finds("customer_id != null", &["Alpha", "Beta"]);
    finds("customer.parent.country == null", &["Alpha", "Gamma"]);
    finds("amount_currency == null", &["Gamma"]);
}

#[test]
fn an_amount_compares_with_a_number_by_its_major_units() {
    finds("amount > 1200", &["Alpha"]);
    finds("amount == 1200", &["Beta"]);
    finds("1200.50 == amount", &["Alpha"]);
    finds("amount >= 1200.505", &[]);
    finds("amount in [1200.5, 1200]", &["Alpha", "Beta"]);
    finds(r#"amount_currency == "JPY""#, &["Beta"]);
    finds("amount < 7922816251426433759354395033.5", &["Alpha", "Beta"]);
    finds("amount < -7922816251426433759354395033.5", &[]);
    finds("amount < list_amount", &["Beta"]);
}

#[test]
fn numbers_are_exact() {
    finds("probability == 62.5", &["Alpha"]);
    finds("probability != 62.50", &[]);
    finds("probability > 62.4999999999999999999", &["Alpha"]);
    finds_customers("employees > 99.5 && employees < 100.5 && employees > -1", &["Acme"]);
    finds_customers(
        "employees <= 9223372036854775807 && employees >= -9223372036854775808",
        &["Acme"],
    );
}

#[test]
fn text_has_the_escapes_of_cel_in_both_quotes() {
    finds_customers(r#"name == "\u674e\U0000660e""#, &["李明"]);
    finds_customers(r"name == '\x41\143me'", &["Acme"]);
    finds_customers(r#"name.startsWith("李")"#, &["李明"]);
    finds_customers(r#"name.startsWith("") && name < "a""#, &["Acme", "Zen"]);
    finds_customers(r#"kind.startsWith("org")"#, &["Acme", "Zen"]);
}

#[test]
fn a_field_of_yes_or_no_is_a_condition_by_itself() {
    finds_customers("affiliations_person.exists(a, a.is_primary)", &["李明"]);
    finds_customers(
        "affiliations_person.exists(a, !a.is_primary || a.is_primary == false)",
        &[],
    );
    finds_customers("affiliations_organization.exists(a, true == a.is_primary)", &["Acme"]);
}

#[test]
fn instants_compare_with_now_and_move_by_durations() {
    finds(r#"opened_at > now - duration("24h1ms")"#, &["Alpha"]);
    finds(r#"opened_at > now - duration("24h")"#, &[]);
    finds(r#"opened_at + duration("23h60m") == now"#, &["Alpha"]);
    finds(r#"now - opened_at > duration("72h")"#, &["Beta"]);
    finds(r#"now - opened_at <= duration("72h")"#, &["Alpha"]);
    finds(r#"duration("-24h") == opened_at - now"#, &["Alpha"]);
    finds(
        r#"created_at < timestamp("2026-01-30T00:00:00+08:00")"#,
        &["Beta", "Gamma"],
    );
    finds(r#"opened_at in [timestamp("2026-01-10T00:00:00Z"), now]"#, &["Beta"]);
}

#[test]
fn dates_compare_with_today_in_the_zone_and_move_by_whole_days() {
    finds("close_on < today", &["Beta"]);
    finds(r#"close_on == today + duration("48h")"#, &["Alpha"]);
    finds(r#"close_on - duration("48h") == today"#, &["Alpha"]);
    finds(r#"close_on < date("2026-02-03")"#, &["Beta"]);
    finds(r#"close_on - today == duration("48h")"#, &["Alpha"]);
    finds(r#"today - close_on > duration("168h")"#, &["Beta"]);
}

#[test]
fn the_time_between_two_fields_compares_with_a_duration() {
    finds(r#"closed_at - opened_at == duration("240h")"#, &["Beta"]);
    finds(r#"duration("239h59m59s999ms") < closed_at - opened_at"#, &["Beta"]);
    finds(r#"closed_at - opened_at - duration("1h") > duration("239h")"#, &[]);
    finds(r#"closed_at > opened_at + duration("239h")"#, &["Beta"]);
    finds("closed_at > opened_at", &["Beta"]);
}

#[test]
fn exists_asks_the_records_that_refer_here() {
    finds_customers(
        "opportunities.exists(o, o.amount > 1000 && o.stage.kind == 'open')",
        &["Acme"],
    );
    finds_customers(
        "opportunities.exists(o, o.amount > 1200) || name == 'Zen'",
        &["Acme", "Zen"],
    );
    finds_customers("!opportunities.exists(o, o.id != null)", &["李明"]);
    finds_customers("customers.exists(c, c.country == 'CN')", &["Acme"]);
    finds_customers(
        "customers.exists(c, c.opportunities.exists(o, o.stage.kind == 'won'))",
        &["Acme"],
    );
    finds("customer.customers.exists(c, c.country == 'CN')", &["Alpha"]);
}
