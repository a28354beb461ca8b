use std::collections::BTreeSet;

use crm_core::Crm;
use crm_core::engine::{Reader, Result, Value};
use crm_core::insight::{
    Board, BoardInCurrency, Bridge, CampaignReturn, DaysToClose, Forecast, ForecastInCurrency, Funnel, Selection,
    TimeInStage, Unknown, WinRate, group_key,
};
use crm_core::sales::Rates;
use crm_core::table::{Cell, ColumnKind, Table, Tabular};
use crm_core::values::{Currency, Period};

/// Every answer there is, as a table.
fn tables(reader: &mut Reader<'_>) -> Result<Vec<Table>> {
    let all = Selection::default();
    let today = reader.today();
    let yesterday = today.pred_opt().expect("a day");
    let rates = Rates::on(reader, today, Currency::from_code("EUR").expect("a currency"))?;
    let by = [group_key(reader, "owner")?, group_key(reader, "product")?];
    let by_source = [group_key(reader, "source")?];
    Ok(vec![
        Board::now(reader, &all)?.table(),
        BoardInCurrency::now(reader, &all, &rates)?.table(),
        Bridge::between(reader, yesterday, today, &all)?.table(),
        CampaignReturn::all(reader)?.table(),
        CampaignReturn::all_in_currency(reader, &rates)?.table(),
        DaysToClose::of(reader, &all)?.table(),
        DaysToClose::by(reader, by_source, Unknown::Kept, &all)?.table(),
        Forecast::now(reader, Period::Month, &all)?.table(),
        ForecastInCurrency::now(reader, Period::Quarter, &all, &rates)?.table(),
        Funnel::now(reader, &all)?.table(),
        TimeInStage::of(reader, &all)?.table(),
        WinRate::total(reader, &all)?.table(),
        WinRate::by(reader, by, Unknown::Kept, &all)?.table(),
        WinRate::by_closing(reader, Period::FiscalQuarter(4), &all)?.table(),
    ])
}

fn of_demo() -> Vec<Table> {
    let crm = Crm::in_memory();
    crm.load_demo(1).expect("a demo company");
    crm.read(tables).expect("answers")
}

fn fits(cell: &Cell, kind: ColumnKind) -> bool {
    match (cell, kind) {
        (Cell::Amounts(_), ColumnKind::Amounts) | (Cell::Value(Value::Null), _) => true,
        (Cell::Amounts(_), _) => false,
        (Cell::Value(value), kind) => matches!(
            (value, kind),
            (Value::Text(_), ColumnKind::Text | ColumnKind::Choice(_))
                | (Value::Integer(_), ColumnKind::Integer)
                | (
                    Value::Decimal(_),
                    ColumnKind::Decimal { .. } | ColumnKind::Statistic | ColumnKind::Rate
                )
                | (Value::Bool(_), ColumnKind::Bool)
                | (Value::Date(_), ColumnKind::Date | ColumnKind::Period(_))
                | (Value::Instant(_), ColumnKind::Instant)
                | (Value::Id(_), ColumnKind::Id)
                | (Value::Money(_), ColumnKind::Money)
        ),
    }
}

#[test]
fn every_cell_of_every_answer_is_of_the_kind_of_its_column() {
    for table in of_demo() {
        assert!(!table.rows.is_empty(), "{} has no row", table.title);
        for row in table.rows.iter().chain(&table.totals) {
            assert_eq!(row.len(), table.columns.len(), "{}", table.title);
            for (cell, column) in row.iter().zip(&table.columns) {
                assert!(fits(cell, column.kind), "{}: {column:?} holds {cell:?}", table.title);
            }
        }
    }
}

#[test]
fn the_columns_of_an_answer_are_the_same_where_there_is_nothing_to_tell() {
    let empty = Crm::in_memory().read(tables).expect("answers");
    for (empty, full) in empty.iter().zip(of_demo()) {
        assert_eq!(empty.columns, full.columns, "{}", full.title);
    }
}

#[test]
fn the_columns_of_a_table_have_names_of_their_own_in_snake_case() {
    for table in of_demo() {
        let names: BTreeSet<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names.len(), table.columns.len(), "{}", table.title);
        for name in names {
            let is_snake_case = |letter: char| letter.is_ascii_lowercase() || letter == '_';
            assert!(name.chars().all(is_snake_case), "{name}");
        }
    }
}

#[test]
fn the_keys_of_groups_are_named_by_what_they_lead_to() {
    let crm = Crm::in_memory();
    let names = |keys: &[&str]| -> Vec<String> {
        let table = crm.read(|reader| {
            let by = keys
                .iter()
                .map(|key| group_key(reader, key))
                .collect::<Result<Vec<_>>>()?;
            Ok(WinRate::by(reader, by, Unknown::Kept, &Selection::default())?.table())
        });
        let columns = table.expect("a table").columns;
        columns.into_iter().take(keys.len()).map(|column| column.name).collect()
    };
    assert_eq!(names(&["owner", "product"]), ["owner", "product"]);
    assert_eq!(
        names(&["owner.manager.name", "customer.country"]),
        ["owner_manager", "customer_country"]
    );
    assert_eq!(names(&["owner_id", "name", "amount"]), ["owner_id", "name", "amount"]);
    assert_eq!(names(&["owner", "owner.id"]), ["owner", "owner_id"]);
}
