//! Wrong filters and what is said of each, kept in `snapshots/`.

use std::fmt::Write;

use crm_core::engine::CrmError;

use crate::world::read;

const WRONG: &[(&str, &[&str])] = &[
    (
        "names",
        &[
            r#"kin == "open""#,
            r#"Name == "Talks""#,
            r#"pipelin.name == "Sales""#,
            r#"pipeline.nam == "Sales""#,
            r#"pipeline_id.name == "Sales""#,
            r#"name.length == 3"#,
            r#"zzz == 1"#,
            r#"pipeline.pipeline.name == "x""#,
            r#"opportunities.amount > 3"#,
            r#"opportunities == null"#,
            r#"duration == "1h""#,
        ],
    ),
    (
        "kinds",
        &[
            r#"kind == "opne""#,
            r#"kind in ["open", "closed"]"#,
            r#"position == "first""#,
            r#"name == 3"#,
            r#"name"#,
            r#"3"#,
            r#"probability > "62.5""#,
            r#"created_at > "2026-01-31""#,
            r#"created_at > today"#,
            r#"created_at > date("2026-01-31")"#,
            r#"pipeline == "Sales""#,
            r#"pipeline_id == "Sales""#,
            r#"name == position"#,
            r#"position == probability"#,
            r#"position + 1 == 2"#,
            r#"created_at + updated_at > now"#,
            r#"created_at - 5 > now"#,
            r#"updated_at - created_at > 72"#,
            r#"1 == 1"#,
            r#"null == null"#,
            r#"name < null"#,
            r#"name in [null]"#,
            r#"name in "Talks""#,
            r#"name in [kind]"#,
            r#""a" in [name]"#,
            r#"position.startsWith("1")"#,
            r#"!name"#,
            r#"name == (kind == "open")"#,
            r#"name == ["a"]"#,
        ],
    ),
    (
        "functions",
        &[
            r#"name.contains("a")"#,
            r#"size(name) > 3"#,
            r#"name.startswith("a")"#,
            r#"foo(1)"#,
            r#"name.startsWith(kind)"#,
            r#"startsWith("a")"#,
            r#"name.startsWith("a") == true"#,
            r#"created_at.getFullYear() == 2026"#,
            r#"created_at > timestamp("2026-01-31")"#,
            r#"created_at > timestamp("2026-01-31T00:00:00")"#,
            r#"created_at > timestamp("2026-01-31T00:00:00.0001Z")"#,
            r#"created_at > now - duration("30d")"#,
            r#"created_at > now - duration("1us")"#,
            r#"created_at > now - duration("999999999h")"#,
            r#"created_at > now - duration(3)"#,
            r#"today - date("2026-02-30") > duration("24h")"#,
            r#"now.timestamp("x") == 1"#,
            r#"created_at > now.name"#,
        ],
    ),
    (
        "exists",
        &[
            r#"opportunities.exists(o, amount > 1)"#,
            r#"opportunities.exists(o, name == "x")"#,
            r#"opportunities.exists(o, position > 1)"#,
            r#"opportunities.exists(o, o)"#,
            r#"opportunities.exists(o.x, true)"#,
            r#"opportunities.exists(true, true)"#,
            r#"opportunities.exists(now, true)"#,
            r#"opportunities.exists(o)"#,
            r#"pipeline.exists(p, p.name == "x")"#,
            r#"exists(o, true)"#,
            r#"opportunities.exists(o, o.opportunity_lines.exists(l, o.name == "x"))"#,
            r#"opportunities.all(o, true)"#,
        ],
    ),
    (
        "structure",
        &[
            r#""#,
            r#"  "#,
            r#"name == "Talks"#,
            r#"name == 'Talks" && kind == "open""#,
            r#"(name == "a""#,
            r#"name == "a")"#,
            r#"name in ["a""#,
            r#"name in ["a" "b"]"#,
            r#"name in ["a",]"#,
            r#"name == "#,
            r#"name = "a""#,
            r#"name == "a" & kind == "open""#,
            r#"name == "a" and kind == "open""#,
            r#"name == "a" OR kind == "open""#,
            r#"name == "a" kind == "open""#,
            r#"name == “a”"#,
            r#"名 == "a""#,
            "name\u{a0}== \"a\"",
            r#"0 < position < 9"#,
            r#"position * 2 > 3"#,
            r#"position == 1e3"#,
            r#"position == 5u"#,
            r#"position == 99999999999999999999"#,
            r#"probability == 0.12345678901234567890123456789"#,
            r#"position == -name"#,
            r#"name == r"a""#,
            r#"name == """a""""#,
            r#"name == "\q""#,
            r#"name == "\ud800""#,
            r#"name == "\x4""#,
            r#"name["a"] == 1"#,
            r#"(pipeline).name == "a""#,
            r#"pipeline. == "a""#,
            r#"position > 1 ? true : false"#,
            r#"name == {}"#,
            r#"<= 3"#,
        ],
    ),
];

#[test]
fn a_wrong_filter_is_refused_with_its_column_the_reason_and_a_hint() {
    let mut page = String::new();
    for (group, texts) in WRONG {
        writeln!(page, "== {group} of stages\n").expect("memory");
        for text in *texts {
            describe(&mut page, "stages", text);
        }
    }
    writeln!(page, "== other records\n").expect("memory");
    describe(&mut page, "customers", r#"affiliations.exists(a, a.is_primary)"#);
    describe(&mut page, "customers", r#"annual_revenue > "1000""#);
    describe(&mut page, "customers", r#"annual_revenue_currency == "eur""#);
    describe(&mut page, "affiliations", r#"is_primary > false"#);
    describe(&mut page, "affiliations", r#"from_on < now"#);
    describe(&mut page, "affiliations", r#"from_on < today + duration("36h")"#);
    describe(&mut page, "affiliations", r#"to_on - from_on > duration("1h")"#);
    describe(&mut page, "affiliations", r#"to_on - created_at > duration("24h")"#);
    insta::assert_snapshot!(page);
}

/// The text, a caret under the column, and what is said.
fn describe(page: &mut String, table: &str, text: &str) {
    let Err(CrmError::Expression {
        column, reason, hint, ..
    }) = read(table, text)
    else {
        panic!("{text} was taken for a filter");
    };
    writeln!(page, "{text}\n{}^\n{reason}.\n{hint}.\n", " ".repeat(column - 1)).expect("memory");
}

#[test]
fn inside_exists_the_near_field_is_that_of_the_related_record() {
    let Err(CrmError::Expression { column, hint, .. }) = read("stages", "opportunities.exists(o, o.amuont > 1)") else {
        panic!("amuont was taken for a field");
    };
    assert_eq!(column, "opportunities.exists(o, o.".len() + 1);
    assert!(hint.starts_with("Did you mean amount? It has id, "), "{hint}");
}

#[test]
fn what_is_too_much_is_refused_where_it_becomes_too_much() {
    let column = |text: &str| match read("users", text) {
        Err(CrmError::Expression { column, .. }) => column,
        other => panic!("{other:?}"),
    };
    assert_eq!(column(&format!("{}name", "(".repeat(64))), 65);
    assert_eq!(
        column(&format!("name in [{}]", vec!["'a'"; 501].join(","))),
        "name in [".len() + 500 * 4 + 1
    );
    assert_eq!(column(&vec!["name=='a'"; 257].join("||")), 256 * 11 + 1);
    assert_eq!(column(&format!("{}name == 'a'", "manager.".repeat(9))), 8 * 8 + 1);
    assert_eq!(column(&" ".repeat(65_537)), 1);
}
