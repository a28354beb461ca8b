use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::customization::{CustomField, CustomFieldDraft};
use crm_core::engine::{CustomFieldKind, CustomValues, Entity, Query, Value};
use crm_core::table::{Cell, ColumnKind, Table};

/// A customer with a colour and a score, and the table of all customers, made after the score was retired.
fn customers() -> Table {
    let crm = Crm::in_memory();
    let written = crm.write(|tx| {
        for (key, label, kind) in [
            ("colour", "Colour of the year", CustomFieldKind::Text),
            ("budget", "Budget", CustomFieldKind::Money),
        ] {
            tx.create(CustomFieldDraft::new("customers", key, label, kind))?;
        }
        let score = tx.create(CustomFieldDraft::new(
            "customers",
            "score",
            "Score",
            CustomFieldKind::Number,
        ))?;
        let custom = CustomValues::new()
            .with("colour", "red")
            .with("score", Value::Decimal(5.into()));
        let draft = CustomerDraft {
            custom,
            ..CustomerDraft::organization("Acme GmbH")
        };
        tx.create(draft)?;
        CustomField::retire(tx, score.id)
    });
    written.expect("a customer");
    let table = crm.read(|reader| {
        let customers: Vec<Customer> = reader.find(&Query::of::<Customer>())?;
        Ok(Table::of_records(&customers, &reader.custom_fields()?))
    });
    table.expect("a table")
}

#[test]
fn records_have_a_column_for_each_field_in_the_order_of_the_definition() {
    let table = customers();
    let own = Customer::DEF.fields.iter().filter(|field| field.name != "custom");
    let own: Vec<_> = own.map(|field| (field.name, ColumnKind::from(field.kind))).collect();
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|column| (column.name.as_str(), column.kind))
        .collect();
    assert_eq!(columns[..own.len()], own);
    let name = own.iter().position(|(name, _)| *name == "name").expect("a name");
    assert_eq!(table.rows[0][name], Cell::from("Acme GmbH"));
}

#[test]
fn custom_fields_are_columns_of_their_kinds_by_their_keys_without_retired_ones() {
    let table = customers();
    let [.., colour, budget] = table.columns.as_slice() else {
        panic!("there are columns")
    };
    assert_eq!((colour.name.as_str(), colour.kind), ("colour", ColumnKind::Text));
    assert_eq!(colour.label, "Colour of the year");
    assert_eq!((budget.name.as_str(), budget.kind), ("budget", ColumnKind::Money));
    assert!(table.rows[0].ends_with(&["red".into(), Cell::EMPTY]));
}
