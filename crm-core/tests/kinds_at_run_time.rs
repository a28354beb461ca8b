//! Records of kinds that are known only at run time: what bindings are made of.

use crm_core::activities::{Interaction, InteractionDraft, InteractionStatus};
use crm_core::customers::{Customer, CustomerDraft, CustomerKind};
use crm_core::engine::{Assignment, ChangeKind, CrmError, Draft, Entity, EntityDef, Query, Value, managed};
use crm_core::sales::{Opportunity, Stage};
use crm_core::{Crm, SCHEMA};
use uuid::Uuid;

/// Values by the names of their fields.
fn values<const N: usize>(entity: &'static EntityDef, named: [(&str, Value); N]) -> Vec<Assignment> {
    let assignment = |(name, value)| Assignment {
        field: entity.field_named(name).expect("a field").index,
        value,
    };
    named.into_iter().map(assignment).collect()
}

fn acme(crm: &Crm) -> Uuid {
    let given = || {
        values(
            Customer::DEF,
            [("name", "Acme".into()), ("kind", "organization".into())],
        )
    };
    crm.write(|tx| tx.create_from_values(Customer::DEF, None, given()))
        .expect("a customer")
}

#[test]
fn every_field_is_found_by_its_name_and_a_reference_by_that_of_its_record() {
    for entity in SCHEMA.entities() {
        for (index, field) in entity.fields.iter().enumerate() {
            assert_eq!(entity.field_named(field.name), Ok(entity.field(index)));
        }
        for (field, _) in entity.references() {
            let plain = field.def().name.strip_suffix("_id").expect("a reference ends with _id");
            assert_eq!(entity.field_named(plain), Ok(field));
        }
        for name in [entity.name, entity.table] {
            assert_eq!(SCHEMA.entity_named(name), Ok(entity));
        }
    }
}

#[test]
fn a_name_that_is_not_there_is_told_the_near_one_and_the_others() {
    let error = Stage::DEF.field_named("probabilty").unwrap_err();
    assert_eq!(
        error.to_string(),
        "stage.probabilty: there is no such field. Did you mean probability? \
         It has pipeline, name, kind, probability, forecast_category, rotten_after_days."
    );
    let error = Opportunity::DEF.field_named("custommer").unwrap_err();
    assert!(error.hint().starts_with("Did you mean customer? It has "));
    let error = Stage::DEF.field_named(&"x".repeat(1000)).unwrap_err();
    assert_eq!(error.field(), Some(&*format!("{}...", "x".repeat(40))));
    assert!(error.hint().starts_with("It has "));
    let error = SCHEMA.entity_named("oportunities").unwrap_err();
    assert_eq!((error.code(), error.field()), ("invalid", Some("oportunities")));
    assert!(error.hint().starts_with("Did you mean opportunities? There are "));
}

#[test]
fn a_code_that_is_none_of_the_choices_is_told_the_near_one_and_the_others() {
    let given = values(
        Customer::DEF,
        [("name", "Acme".into()), ("kind", "organisation".into())],
    );
    let error = Crm::in_memory()
        .write(|tx| tx.create_from_values(Customer::DEF, None, given.clone()))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "customer.kind: this is none of the choices. Did you mean organization? Use one of person, organization."
    );
}

#[test]
fn a_record_is_read_deleted_restored_and_remembered_without_its_type() {
    let crm = Crm::in_memory();
    let id = acme(&crm);
    let name = Customer::NAME.index;
    let row = crm.read(|reader| reader.get_row(Customer::DEF, id)).expect("a row");
    assert_eq!((&row[managed::ID], &row[name]), (&Value::Id(id), &"Acme".into()));
    let rows = crm.read(|reader| reader.rows(&Query::of_entity(Customer::DEF)));
    assert_eq!(rows, Ok(vec![row]));

    crm.write(|tx| tx.delete_row(Customer::DEF, id)).expect("deleted");
    let missing = CrmError::NotFound { entity: "customer", id };
    assert_eq!(
        crm.read(|reader| reader.get_row(Customer::DEF, id)),
        Err(missing.clone())
    );
    assert_eq!(crm.write(|tx| tx.delete_row(Customer::DEF, id)), Err(missing.clone()));
    let trashed = crm
        .read(|reader| reader.row_with_deleted(Customer::DEF, id))
        .expect("a row");
    assert!(trashed.is_some_and(|row| !row[managed::DELETED_AT].is_null()));

    let row = crm.write(|tx| tx.restore_row(Customer::DEF, id)).expect("restored");
    assert_eq!(row[managed::REVISION], Value::Integer(3));
    assert_eq!(crm.write(|tx| tx.restore_row(Customer::DEF, id)), Err(missing));
    let history = crm
        .read(|reader| reader.row_history(Customer::DEF, id))
        .expect("history");
    let kinds: Vec<_> = history.iter().map(|entry| entry.change.kind).collect();
    assert_eq!(kinds, [ChangeKind::Create, ChangeKind::Delete, ChangeKind::Restore]);
    let elsewhere = crm.read(|reader| reader.row_history(Stage::DEF, id));
    assert_eq!(elsewhere, Ok(Vec::new()));
}

#[test]
fn a_draft_has_what_was_given_and_leaves_the_rest_to_the_rules() {
    let id = Uuid::from_u128(7);
    let given = values(Customer::DEF, [("name", "Li Ming".into()), ("kind", "person".into())]);
    let draft = CustomerDraft::from_values(Some(id), given).expect("a draft");
    let typed = CustomerDraft {
        id: Some(crm_core::ids::CustomerId(id)),
        ..CustomerDraft::new(CustomerKind::Person, "Li Ming")
    };
    assert_eq!(draft, typed);
    let interaction = |status: Option<&str>| {
        let mut given = values(
            Interaction::DEF,
            [("kind", "call".into()), ("subject", "Discount".into())],
        );
        given.extend(
            status
                .into_iter()
                .flat_map(|code| values(Interaction::DEF, [("status", code.into())])),
        );
        InteractionDraft::from_values(None, given).expect("a draft")
    };
    assert_eq!((interaction(None).id, interaction(None).status), (None, None));
    assert_eq!(interaction(Some("held")).status, Some(InteractionStatus::Held));
}

#[test]
fn a_draft_is_refused_what_is_missing_wrong_or_not_for_callers() {
    let refused = |named: Vec<(&str, Value)>| {
        let given = named.into_iter().flat_map(|one| values(Customer::DEF, [one])).collect();
        let error = CustomerDraft::from_values(None, given).unwrap_err();
        error.field().expect("a field").to_owned()
    };
    assert_eq!(refused(vec![("kind", "person".into())]), "name");
    assert_eq!(refused(vec![("name", Value::Integer(1))]), "name");
    assert_eq!(refused(vec![("revision", Value::Integer(1))]), "revision");
}
