//! What an import does: rows become records, once, in one batch, or are refused with a reason.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::support::{Scratch, all_rows, customers, reasons};
use crm_core::customers::{Customer, CustomerDraft, CustomerKind, ExternalId, Team, User};
use crm_core::engine::{Conditions, CrmError, LogQuery, Query, Watch};
use crm_core::exchange::{DecimalSign, Import, Plan, Target};
use crm_core::sales::Product;
use crm_core::{Crm, SCHEMA};

const AGENTS: &str = "sales_agent,manager,regional_office\n\
                      Anna Snelling,Dustin Brinkmann,Central\n\
                      Dustin Brinkmann,,Central\n\
                      Moses Frase,Melvin Marxen,West\n";

const ACCOUNTS: &str = "account,sector,revenue,office_location,subsidiary_of\n\
                        Bluth Company,retail,1242.32,United States,\n\
                        Iselin,medical,0.5,Kenya,Globex\n\
                        Globex,medical,1100.04,Germany,Acme Corporation\n\
                        Acme Corporation,technology,251.41,United States,\n";

fn accounts(crm: &Crm, csv: &str) -> Plan {
    let mut plan = Import::bytes(csv).into::<Customer>().plan(crm).expect("a plan");
    plan.map("account", Target::field("name").key()).expect("a column");
    plan.map(
        "revenue",
        Target::field("annual_revenue").currency("USD").multiplied_by(1_000_000),
    )
    .expect("a column");
    plan.set(Target::field("kind"), "Organization").expect("a target");
    plan
}

fn agents(crm: &Crm) -> Plan {
    let mut plan = Import::bytes(AGENTS).into::<User>().plan(crm).expect("a plan");
    plan.map("sales_agent", Target::field("name").key()).expect("a column");
    plan.map("manager", Target::reference("manager", "name").create_missing())
        .expect("a column");
    plan.map("regional_office", Target::reference("team", "name").create_missing())
        .expect("a column");
    plan
}

#[test]
fn rows_become_records_and_refer_to_rows_further_down() {
    let crm = Crm::in_memory();
    let result = accounts(&crm, ACCOUNTS).run(&crm).expect("a run");
    assert_eq!(
        (result.counts.created, result.counts.refused),
        (4, 0),
        "{:?}",
        result.refused
    );
    let names = customers(&crm);
    assert_eq!(names["Iselin"].parent_id, Some(names["Globex"].id));
    assert_eq!(names["Globex"].parent_id, Some(names["Acme Corporation"].id));
    assert_eq!(names["Globex"].kind, CustomerKind::Organization);
    assert_eq!(
        names["Globex"]
            .annual_revenue
            .map(|revenue| revenue.to_string())
            .as_deref(),
        Some("1100040000.00 USD")
    );
    // Written once each, with the parent in place.
    assert!(names.values().all(|customer| customer.revision == 1));
}

#[test]
fn missing_references_are_created_only_where_no_row_of_the_file_is_meant() {
    let crm = Crm::in_memory();
    let result = agents(&crm).run(&crm).expect("a run");
    assert_eq!(result.counts.created, 3, "{:?}", result.refused);
    assert_eq!(result.counts.created_on_the_way.get("users"), Some(&1));
    assert_eq!(result.counts.created_on_the_way.get("teams"), Some(&2));
    let users: Vec<User> = crm.read(|reader| reader.find(&Query::of::<User>())).expect("users");
    assert_eq!(users.len(), 4);
    let teams = crm.read(|reader| reader.count(&Query::of::<Team>())).expect("teams");
    assert_eq!(teams, 2);
}

#[test]
fn the_same_file_twice_changes_nothing_the_second_time() {
    let crm = Crm::in_memory();
    accounts(&crm, ACCOUNTS).run(&crm).expect("a run");
    agents(&crm).run(&crm).expect("a run");
    let (before, log) = (all_rows(&crm), log_length(&crm));
    let again = accounts(&crm, ACCOUNTS).run(&crm).expect("a second run");
    assert_eq!(
        (again.counts.created, again.counts.updated, again.counts.unchanged),
        (0, 0, 4)
    );
    assert_eq!(agents(&crm).run(&crm).expect("a second run").counts.unchanged, 3);
    assert_eq!(all_rows(&crm), before);
    assert_eq!(log_length(&crm), log);
}

#[test]
fn undo_of_the_batch_brings_back_every_record_as_it_was() {
    let crm = Crm::in_memory();
    crm.write(|tx| tx.create(CustomerDraft::organization("Acme Corporation")))
        .expect("a customer");
    let before = all_rows(&crm);
    let result = accounts(&crm, ACCOUNTS).run(&crm).expect("a run");
    assert_eq!((result.counts.created, result.counts.updated), (3, 1));
    crm.undo(result.batch).expect("undone");
    // The record that was updated and put back has been written twice more; all it says is as before.
    let without_revision = |rows: Vec<(&'static str, Vec<String>)>| -> Vec<_> {
        rows.into_iter()
            .map(|(table, row)| (table, row[5..].to_vec()))
            .collect()
    };
    assert_eq!(without_revision(all_rows(&crm)), without_revision(before));
}

#[test]
fn undo_of_an_import_into_an_empty_database_leaves_it_empty() {
    let crm = Crm::in_memory();
    let batch = crm
        .clone()
        .with_cause(crm_core::engine::Cause::Import)
        .write(|tx| {
            accounts(&crm, ACCOUNTS).run_in(tx)?;
            agents(&crm).run_in(tx).map(|result| result.batch)
        })
        .expect("two files in one batch");
    assert!(!all_rows(&crm).is_empty());
    crm.undo(batch).expect("undone");
    assert!(all_rows(&crm).is_empty());
}

#[test]
fn blank_cells_overwrite_nothing_and_only_what_differs_is_written() {
    let crm = Crm::in_memory();
    accounts(&crm, ACCOUNTS).run(&crm).expect("a run");
    let changed = "account,sector,revenue,office_location,subsidiary_of\n\
                   Globex,,,France,\n\
                   Bluth Company,retail,1242.32,,\n";
    let result = accounts(&crm, changed).run(&crm).expect("a run");
    assert_eq!((result.counts.updated, result.counts.unchanged), (1, 1));
    let globex = &customers(&crm)["Globex"];
    assert_eq!(globex.country.as_deref(), Some("France"));
    assert_eq!(globex.industry.as_deref(), Some("medical"));
    assert!(globex.annual_revenue.is_some() && globex.parent_id.is_some());
    let entries = crm
        .read(|reader| {
            reader.log(&LogQuery {
                batch: Some(result.batch),
                ..LogQuery::default()
            })
        })
        .expect("the log");
    let fields: Vec<_> = entries[0]
        .change
        .fields
        .iter()
        .map(|field| field.field.as_ref())
        .collect();
    assert_eq!((entries.len(), fields), (1, vec!["country"]));
}

#[test]
fn a_preview_tells_what_a_run_does_and_writes_nothing() {
    let crm = Crm::in_memory();
    let csv = format!("{ACCOUNTS}Broken,medical,lots,Kenya,\n");
    let plan = accounts(&crm, &csv);
    let preview = plan.preview(&crm).expect("a preview");
    assert!(all_rows(&crm).is_empty());
    assert_eq!(log_length(&crm), 0);
    let result = plan.run(&crm).expect("a run");
    assert_eq!(preview.counts, result.counts);
    assert_eq!(preview.refused, result.refused);
    assert_eq!(preview.rows.len(), 5);
}

#[test]
fn a_refused_row_writes_nothing_of_itself_whatever_it_did_before() {
    let crm = Crm::in_memory();
    // The team would be created on the way, and the name of the user is missing.
    let csv = "id,name,team\n1,,East\n2,Anna,West\n";
    let mut plan = Import::bytes(csv).into::<User>().plan(&crm).expect("a plan");
    plan.map("id", Target::external_id("hr")).expect("a column");
    plan.map("team", Target::reference("team", "name").create_missing())
        .expect("a column");
    let result = plan.run(&crm).expect("a run");
    assert_eq!((result.counts.created, result.counts.refused), (1, 1));
    assert_eq!(
        reasons(&result),
        ["user.name: it is required, and there is nothing in it. Give text."]
    );
    let teams: Vec<Team> = crm.read(|reader| reader.find(&Query::of::<Team>())).expect("teams");
    assert_eq!(
        teams.iter().map(|team| team.name.as_str()).collect::<Vec<_>>(),
        ["West"]
    );
    assert_eq!(result.counts.created_on_the_way.get("teams"), Some(&1));
}

#[test]
fn rows_that_refer_to_each_other_in_a_circle_or_to_nothing_are_refused() {
    let crm = Crm::in_memory();
    let csv = "account,sector,revenue,office_location,subsidiary_of\n\
               A,,,,B\nB,,,,A\nC,,,,C\nD,,,,Nobody\nE,,,,D\nF,,,,\n";
    let result = accounts(&crm, csv).run(&crm).expect("a run");
    assert_eq!((result.counts.created, result.counts.refused), (1, 5));
    assert_eq!(customers(&crm).keys().map(String::as_str).collect::<Vec<_>>(), ["F"]);
}

#[test]
fn rows_are_linked_by_external_id_whatever_their_names_become() {
    let crm = Crm::in_memory();
    let import = |csv: &str| {
        let mut plan = Import::bytes(csv).into::<Product>().plan(&crm).expect("a plan");
        plan.map("sku", Target::external_id("erp")).expect("a column");
        plan.map_also("sku", Target::field("code")).expect("a column");
        plan.run(&crm).expect("a run").counts
    };
    assert_eq!(import("sku,product\nP-1,Loom\nP-2,Shuttle\n").created, 2);
    let renamed = import("sku,product\nP-1,Power loom\nP-3,Reed\n");
    assert_eq!((renamed.updated, renamed.created), (1, 1));
    let found = crm
        .read(|reader| ExternalId::find(reader, "erp", SCHEMA.entity("products").expect("products"), "P-1"))
        .expect("a look-up");
    let loom: Option<Product> = crm
        .read(|reader| reader.first(&Query::of::<Product>().filter(Product::NAME.is("Power loom"))))
        .expect("read");
    assert_eq!(loom.map(|loom| loom.id.0), found);
}

#[test]
fn a_name_that_two_records_have_is_no_reference() {
    let crm = Crm::in_memory();
    crm.write(|tx| {
        tx.create(CustomerDraft::organization("Acme"))?;
        tx.create(CustomerDraft::organization("Acme"))
    })
    .expect("customers");
    let csv = "account,sector,revenue,office_location,subsidiary_of\nAcme,x,,,\nIselin,x,,,Acme\n";
    let result = accounts(&crm, csv).run(&crm).expect("a run");
    assert_eq!(result.counts.refused, 2);
    assert!(
        result
            .refused
            .iter()
            .all(|row| row.reason.contains("2 other record(s)")),
        "{:?}",
        result.refused
    );
}

#[test]
fn values_are_replaced_on_the_way_and_then_found() {
    let crm = Crm::in_memory();
    let csv = "name,team\nAnna,Ctr\nBert,n/a\n";
    let mut plan = Import::bytes(csv).into::<User>().plan(&crm).expect("a plan");
    let team = Target::reference("team", "name").create_missing();
    plan.map("team", team.values([("Ctr", "Central"), ("n/a", "")]))
        .expect("a column");
    assert_eq!(plan.run(&crm).expect("a run").counts.created, 2);
    let teams: Vec<Team> = crm.read(|reader| reader.find(&Query::of::<Team>())).expect("teams");
    assert_eq!(
        teams.iter().map(|team| team.name.as_str()).collect::<Vec<_>>(),
        ["Central"]
    );
}

#[test]
fn a_run_tells_when_the_last_row_is_done() {
    let crm = Crm::in_memory();
    let seen = Arc::new(AtomicU64::new(0));
    let told = Arc::clone(&seen);
    let mut plan = accounts(&crm, ACCOUNTS);
    plan.on_progress(1_000, move |progress| {
        told.store(progress.done, Ordering::SeqCst);
        ControlFlow::Continue(())
    });
    plan.run(&crm).expect("a run");
    assert_eq!(seen.load(Ordering::SeqCst), 4);
}

#[test]
fn a_column_that_is_not_there_is_an_error_that_names_the_near_one() {
    let crm = Crm::in_memory();
    let mut plan = accounts(&crm, ACCOUNTS);
    let error = plan.map("acount", Target::field("name")).expect_err("no such column");
    assert!(error.hint().starts_with("Did you mean account? Use one of "), "{error}");
}

#[test]
fn a_name_stands_for_a_field_or_for_what_records_have_beside_them() {
    let crm = Crm::in_memory();
    let plan = Import::bytes("name\nAnna\n").into::<User>().plan(&crm).expect("a plan");
    assert_eq!(plan.target("email"), Target::field("email"), "a user's own");
    let plan = accounts(&crm, ACCOUNTS);
    assert_eq!(plan.target("email"), Target::email());
    assert_eq!(plan.target("employer"), Target::employer("name"));
    assert_eq!(plan.target("nothing"), Target::field("nothing"));
}

#[test]
fn a_plan_says_what_was_set_for_the_whole_file() {
    let crm = Crm::in_memory();
    let mut plan = accounts(&crm, ACCOUNTS);
    let before = plan.settings();
    assert_eq!(
        (before.currency, before.decimal_sign, before.date_order),
        (None, None, None)
    );
    plan.currency("EUR").decimal_sign(DecimalSign::Comma);
    let settings = plan.settings();
    assert_eq!(
        (settings.currency, settings.decimal_sign),
        (Some("EUR"), Some(DecimalSign::Comma))
    );
}

#[test]
fn refused_cards_are_kept_where_one_says_or_not_at_all() {
    let crm = Crm::in_memory();
    let folder = Scratch::new("cards");
    let path = folder.path("refused.vcf");
    let cards = Import::bytes("BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n").cards();
    assert_eq!(cards.refused_file(), None);
    assert_eq!(cards.run(&crm).expect("a run").refused_file, None);
    let cards = cards.refused_to(&path);
    assert_eq!(cards.run(&crm).expect("a run").refused_file.as_ref(), Some(&path));
    let kept = std::fs::read_to_string(&path).expect("the cards");
    assert!(kept.contains("VERSION:4.0"));
    let cards = cards.without_refused_file();
    assert_eq!(cards.run(&crm).expect("a run").refused_file, None);
}

#[test]
fn a_cancelled_import_leaves_nothing_and_told_how_far_it_was() {
    let crm = Crm::in_memory();
    let seen = Arc::new(AtomicU64::new(0));
    let told = Arc::clone(&seen);
    let mut plan = accounts(&crm, ACCOUNTS);
    plan.on_progress(2, move |progress| {
        told.store(progress.rows, Ordering::SeqCst);
        ControlFlow::Break(())
    });
    let cancelled = plan.run(&crm).expect_err("a cancelled run");
    assert_eq!(cancelled.code(), "cancelled");
    assert_eq!(seen.load(Ordering::SeqCst), 4);
    assert!(all_rows(&crm).is_empty());
    assert_eq!(log_length(&crm), 0);
}

/// A watch that breaks when it is asked so many times.
fn breaks_at(looks: u64) -> Watch {
    let asked = AtomicU64::new(0);
    Watch::new(move || match asked.fetch_add(1, Ordering::SeqCst) + 1 < looks {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    })
}

#[test]
fn the_watch_of_a_crm_stops_the_reading_of_a_file_and_the_import_of_its_rows() {
    let crm = Crm::in_memory();
    let endless = || Import::reader("endless.csv", || Ok(Box::new(std::io::repeat(b'a'))));
    for import in [endless(), endless().encoding("utf-8").delimiter(b',')] {
        let watched = crm.clone().with_watch(breaks_at(200));
        let stopped = import
            .into::<User>()
            .plan(&watched)
            .expect_err("a plan that is stopped");
        assert_eq!(stopped.code(), "cancelled");
    }
    let plan = accounts(&crm, ACCOUNTS);
    let mut stopped = 0;
    while let Err(error) = plan.run(&crm.clone().with_watch(breaks_at(stopped + 1))) {
        assert_eq!((error.code(), log_length(&crm)), ("cancelled", 0));
        stopped += 1;
    }
    assert!(stopped > 20, "it was stopped {stopped} times");
    assert_eq!(all_rows(&crm).len(), 4);
}

#[test]
fn refused_rows_are_kept_and_can_be_mended_and_fed_again() {
    let folder = Scratch::new("mended");
    let source = folder.file(
        "accounts.csv",
        &format!("{ACCOUNTS}\"Zoë, Inc\",medical,lots,Kenya,\nToo,few\n"),
    );
    let crm = Crm::in_memory();
    let mut plan = accounts(&crm, ACCOUNTS);
    plan = with_source(&crm, plan, &source);
    let result = plan.run(&crm).expect("a run");
    assert_eq!((result.counts.created, result.counts.refused), (4, 2));
    let kept = result.refused_file.expect("a file of refused rows");
    assert_eq!(kept, folder.path("accounts.refused.csv"));
    let text = std::fs::read_to_string(&kept).expect("the file");
    insta::assert_snapshot!("refused_file", text);
    std::fs::write(&kept, text.replace("lots", "7").replace("Too,few", "Too,few,,,")).expect("mended");
    let again = with_source(&crm, accounts(&crm, ACCOUNTS), &kept)
        .run(&crm)
        .expect("a run");
    assert_eq!(
        (again.counts.created, again.counts.refused, again.refused_file),
        (2, 0, None)
    );
    assert!(customers(&crm).contains_key("Zoë, Inc"));
}

#[test]
fn a_file_of_refused_rows_that_cannot_be_written_fails_the_run_with_nothing_kept() {
    let crm = Crm::in_memory();
    let mut plan = accounts(&crm, &format!("{ACCOUNTS}Too,few\n"));
    plan.refused_to("/nowhere/refused.csv");
    let error = plan.run(&crm).expect_err("no such folder");
    assert_eq!(error.code(), "storage");
    assert!(all_rows(&crm).is_empty());
}

#[test]
fn a_mapping_that_cannot_work_is_an_error_that_names_what_there_is() {
    let crm = Crm::in_memory();
    let mut plan = accounts(&crm, ACCOUNTS);
    let wrong = [
        plan.map("nothing", Target::field("name")).err(),
        plan.map("sector", Target::field("secter")).err(),
        plan.map("sector", Target::field("revision")).err(),
        plan.map("sector", Target::reference("industry", "name")).err(),
        plan.map("sector", Target::reference("owner", "nickname")).err(),
        plan.map("sector", Target::stage_entered("Won")).err(),
    ];
    for error in wrong {
        let error = error.expect("an error");
        assert!(matches!(error, CrmError::Invalid { .. }), "{error}");
        assert_eq!(error.field(), Some("mapping"));
        assert!(!error.hint().is_empty());
    }
    plan.map("sector", Target::field("name")).expect("a column");
    let twice = plan.run(&crm).expect_err("two columns in one field");
    assert!(twice.to_string().contains("two columns go to name"), "{twice}");
    let mut plan = accounts(&crm, ACCOUNTS);
    plan.currency("EURO")
        .map("revenue", Target::field("annual_revenue"))
        .expect("a column");
    assert_eq!(plan.run(&crm).expect_err("no such currency").field(), Some("currency"));
}

#[test]
fn what_was_imported_is_not_there_before_the_batch() {
    let crm = Crm::in_memory();
    crm.write(|tx| tx.create(CustomerDraft::organization("Before")))
        .expect("a customer");
    let before = crm.read(|reader| Ok(reader.now())).expect("the time");
    std::thread::sleep(std::time::Duration::from_millis(3));
    accounts(&crm, ACCOUNTS).run(&crm).expect("a run");
    let then = crate::support::count_as_of(&crm, before);
    assert_eq!(then, 1);
}

fn with_source(crm: &Crm, like: Plan, path: &std::path::Path) -> Plan {
    like.for_file(crm, Import::file(path)).expect("the same columns")
}

fn log_length(crm: &Crm) -> usize {
    crm.read(|reader| reader.log(&LogQuery::default()))
        .expect("the log")
        .len()
}
