use crm_core::engine::Value;
use crm_core::insight::Amounts;
use crm_core::table::{Cell, ColumnKind, Table, TableColumn};
use crm_core::values::{Decimal, NaiveDate, Period, Uuid};

/// A table with a column of each kind.
fn of_every_kind() -> Table {
    let columns = [
        TableColumn::new("owner_id", ColumnKind::Id),
        TableColumn::new("owner", ColumnKind::Text),
        TableColumn::new("opportunities", ColumnKind::Integer).labelled("deals"),
        TableColumn::new("probability", ColumnKind::Decimal { scale: 2 }),
        TableColumn::new("mean_days", ColumnKind::Statistic),
        TableColumn::new("rate", ColumnKind::Rate).labelled("win rate"),
        TableColumn::new("is_active", ColumnKind::Bool),
        TableColumn::new("since", ColumnKind::Date),
        TableColumn::periods("starts_on", Period::Quarter),
        TableColumn::new("seen_at", ColumnKind::Instant),
        TableColumn::new("budget", ColumnKind::Money),
        TableColumn::new("won_value", ColumnKind::Amounts),
    ];
    let day: NaiveDate = "2026-07-01".parse().expect("a day");
    let mut amounts = Amounts::default();
    for amount in ["1234567.80 EUR", "90 JPY"] {
        amounts.add(amount.parse().expect("an amount")).expect("a sum");
    }
    let mut table = Table::new("Sellers & \"friends\"", columns);
    table.row([
        Uuid::from_u128(1).into(),
        "李明 <b>\u{1b}[31m".into(),
        12_345_i64.into(),
        Decimal::new(6250, 2).into(),
        (Decimal::ONE / Decimal::from(3)).into(),
        (Decimal::TWO / Decimal::from(3)).into(),
        true.into(),
        day.into(),
        day.into(),
        Value::Instant("2026-06-30T08:00:59Z".parse().expect("an instant")).into(),
        Value::Money("1500.50 EUR".parse().expect("an amount")).into(),
        amounts.clone().into(),
    ]);
    let nothing = vec![Cell::EMPTY; 11];
    table.row(nothing.iter().cloned().chain([Amounts::default().into()]));
    table.totals = Some(nothing.into_iter().chain([amounts.into()]).collect());
    table
}

#[test]
fn a_table_is_printed_as_recorded() {
    insta::assert_snapshot!(of_every_kind());
}

#[test]
fn a_table_is_html_as_recorded() {
    insta::assert_snapshot!(of_every_kind().html());
}

#[test]
fn what_people_typed_is_no_markup_and_controls_no_terminal() {
    let table = of_every_kind();
    assert!(!table.html().contains("<b>"));
    assert!(!table.to_string().contains('\u{1b}'));
}

#[test]
fn an_id_is_shown_where_no_column_names_its_record() {
    let columns = [
        TableColumn::new("owner_id", ColumnKind::Id),
        TableColumn::new("name", ColumnKind::Text),
    ];
    let mut table = Table::new("Deals", columns);
    table.row([Uuid::from_u128(1).into(), "Looms".into()]);
    let id = Uuid::from_u128(1).to_string();
    assert!(table.to_string().contains(&id) && table.html().contains(&id));
    assert!(!of_every_kind().to_string().contains(&id));
}
