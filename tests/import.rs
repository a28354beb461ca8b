//! Imports through the crate that applications use, into a file: what `crm-core` promises of the store in memory.

#[path = "support/data_sets.rs"]
mod data_sets;

use crmkit::Crm;
use crmkit::customers::{Customer, CustomerKind, User};
use crmkit::engine::{Cause, Conditions, Deleted, Entity, LogQuery, Query, Result};
use crmkit::exchange::{DateOrder, DecimalSign, Import, ImportResult, Target};
use crmkit::sales::{NewStage, Opportunity, Pipeline, PipelineDraft, Product};

use data_sets::data_set;

const PRODUCTS: &str = "product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n";
const TEAMS: &str = "sales_agent,manager,regional_office\nAnna,Dustin,Central\nDustin,,Central\nMoses,Melvin,West\n";
const ACCOUNTS: &str = "account,sector,revenue,subsidiary_of\nIsdom,medical,3178.24,Globex\nGlobex,retail,0.5,\n";
const DEALS: &str = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n\
                     W1,Anna,GTXPro,Isdom,Won,2016-10-25,2017-03-11,4514\n\
                     L1,Moses,MG Special,Globex,Lost,2016-11-04,2017-03-18,0\n\
                     E1,Anna,GTXPro,,Engaging,2016-11-03,,\n\
                     P1,Dustin,MG Special,,Prospecting,,,\n\
                     X1,Nobody,MG Special,,Prospecting,,,\n";

/// The four files of a small company, each as an import.
fn small() -> [Import; 4] {
    [PRODUCTS, TEAMS, ACCOUNTS, DEALS].map(Import::bytes)
}

/// Imports the files as one batch.
fn import(crm: &Crm, [products, teams, accounts, deals]: [Import; 4]) -> Result<Vec<ImportResult>> {
    let mut product_plan = products.into::<Product>().plan(crm)?;
    product_plan
        .map("product", Target::field("name").key())?
        .currency("USD");
    let mut team_plan = teams.into::<User>().plan(crm)?;
    team_plan
        .map("sales_agent", Target::field("name").key())?
        .map("manager", Target::reference("manager", "name").create_missing())?
        .map("regional_office", Target::reference("team", "name").create_missing())?;
    let mut account_plan = accounts.into::<Customer>().plan(crm)?;
    account_plan
        .map("account", Target::field("name").key())?
        .map("revenue", Target::field("annual_revenue").multiplied_by(1_000_000))?
        .set(Target::field("kind"), "organization")?
        .currency("USD");
    let product = Target::reference("line.product", "name").values([("GTXPro", "GTX Pro")]);
    let mut deal_plan = deals.into::<Opportunity>().plan(crm)?;
    deal_plan
        .map("opportunity_id", Target::external_id("maven"))?
        .map_also("opportunity_id", Target::field("name"))?
        .map("product", product)?
        .map("engage_date", Target::stage_entered("Engaging"))?
        .map("close_date", Target::closed_on())?
        .map("close_value", Target::field("line.unit_price"))?
        .without_refused_file();
    crm.clone().with_cause(Cause::Import).write(|tx| {
        if Pipeline::default_one(tx)?.is_none() {
            let stages = vec![
                NewStage::open("Prospecting", 10),
                NewStage::open("Engaging", 50),
                NewStage::won("Won"),
                NewStage::lost("Lost"),
            ];
            Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
        }
        let plans = [&product_plan, &team_plan, &account_plan, &deal_plan];
        plans.into_iter().map(|plan| plan.run_in(tx)).collect()
    })
}

/// Every row of every table, deleted ones too.
fn all_rows(crm: &Crm) -> Vec<String> {
    macro_rules! rows {
        ($($module:ident::$entity:ident, $id:ident;)+) => {{
            let mut rows = Vec::new();
            $({
                type Record = crmkit::$module::$entity;
                let query = Query::of::<Record>().deleted(Deleted::Shown);
                let found: Vec<Record> = crm.read(|reader| reader.find(&query)).expect("records");
                rows.extend(found.iter().map(|record| {
                    let values: Vec<_> = (0..Record::DEF.fields.len()).map(|field| record.value(field)).collect();
                    serde_json::to_string(&(Record::DEF.table, values)).expect("a row as text")
                }));
            })+
            rows
        }};
    }
    crmkit::for_each_entity!(rows)
}

fn log_length(crm: &Crm) -> usize {
    crm.read(|reader| reader.log(&LogQuery::default()))
        .expect("the log")
        .len()
}

fn file() -> (tempfile::TempDir, Crm) {
    let folder = tempfile::tempdir().expect("a folder");
    let crm = crmkit::open(folder.path().join("company.crm")).expect("a file");
    (folder, crm)
}

#[test]
fn four_files_are_one_batch_and_the_same_ones_again_change_nothing() {
    let (_folder, crm) = file();
    let results = import(&crm, small()).expect("an import");
    let created: Vec<u64> = results.iter().map(|result| result.counts.created).collect();
    assert_eq!(created, [2, 3, 2, 4]);
    assert_eq!(results[3].counts.refused, 1);
    assert!(results.iter().all(|result| result.batch == results[0].batch));
    let (rows, log) = (all_rows(&crm), log_length(&crm));
    let again = import(&crm, small()).expect("the same import");
    let unchanged: Vec<u64> = again.iter().map(|result| result.counts.unchanged).collect();
    assert_eq!(unchanged, [2, 3, 2, 4]);
    assert_eq!(all_rows(&crm), rows);
    assert_eq!(log_length(&crm), log);
}

#[test]
fn undo_of_the_batch_empties_the_file_again_and_before_the_batch_there_was_nothing() {
    let (_folder, crm) = file();
    let before = crm.read(|reader| Ok(reader.now())).expect("the time");
    std::thread::sleep(std::time::Duration::from_millis(3));
    let results = import(&crm, small()).expect("an import");
    let customers = Query::of::<Customer>();
    assert_eq!(crm.read(|reader| reader.count(&customers)).expect("a count"), 2);
    let then = crm
        .read(|reader| reader.as_of(before)?.count(&customers))
        .expect("the past");
    assert_eq!(then, 0);
    crm.undo(results[0].batch).expect("undone");
    assert_eq!(all_rows(&crm), Vec::<String>::new());
}

#[test]
fn a_file_and_memory_hold_the_same_after_the_same_import() {
    let (_folder, crm) = file();
    let memory = Crm::in_memory();
    let results = [&crm, &memory].map(|crm| import(crm, small()).expect("an import"));
    for (one, other) in results[0].iter().zip(&results[1]) {
        assert_eq!((&one.counts, &one.refused), (&other.counts, &other.refused));
    }
    let amounts = |crm: &Crm| -> Vec<_> {
        let query = Query::of::<Opportunity>().order_by(Opportunity::NAME);
        let found: Vec<Opportunity> = crm.read(|reader| reader.find(&query)).expect("opportunities");
        found
            .into_iter()
            .map(|deal| {
                (
                    deal.name,
                    deal.outcome,
                    deal.amount,
                    deal.list_amount,
                    deal.opened_at.is_some(),
                    deal.closed_at,
                )
            })
            .collect()
    };
    assert_eq!(amounts(&crm), amounts(&memory));
}

#[test]
fn a_refused_row_leaves_no_trace_in_a_file() {
    let (_folder, crm) = file();
    let csv = "id,name,team\n1,,East\n2,Anna,West\n";
    let mut plan = Import::bytes(csv).into::<User>().plan(&crm).expect("a plan");
    plan.map("id", Target::external_id("hr")).expect("a column");
    plan.map("team", Target::reference("team", "name").create_missing())
        .expect("a column");
    let result = plan.run(&crm).expect("a run");
    assert_eq!((result.counts.created, result.counts.refused), (1, 1));
    assert_eq!(all_rows(&crm).len(), 3, "the user, the id and the team West");
    assert_eq!(log_length(&crm), 3);
}

#[test]
fn a_real_company_comes_in_whole_and_a_second_time_changes_nothing() {
    let Some(folder) = data_set("maven_crm") else { return };
    let files = || {
        ["products", "sales_teams", "accounts", "sales_pipeline"]
            .map(|name| Import::file(folder.join(name).with_extension("csv")))
    };
    let (_folder, crm) = file();
    let results = import(&crm, files()).expect("an import");
    let counts: Vec<_> = results
        .iter()
        .map(|result| (result.counts.created, result.counts.refused))
        .collect();
    assert_eq!(counts, [(7, 0), (35, 0), (85, 0), (8_800, 0)]);
    let log = log_length(&crm);
    let again = import(&crm, files()).expect("the same import");
    assert!(
        again
            .iter()
            .all(|result| result.counts.unchanged == result.counts.rows())
    );
    assert_eq!(log_length(&crm), log);
}

#[test]
fn exports_in_the_encodings_of_seven_countries_come_in_whole() {
    let Some(folder) = data_set("messy_csv") else { return };
    let expected: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).expect("the answers"))
            .expect("JSON");
    for (name, expected) in expected.as_object().expect("files") {
        let Some(rows) = expected.get("canonical_rows").and_then(serde_json::Value::as_array) else {
            continue;
        };
        let crm = Crm::in_memory();
        let mut plan = Import::file(folder.join(name))
            .into::<Customer>()
            .plan(&crm)
            .expect("a plan");
        let headers: Vec<String> = plan.columns().iter().map(|column| column.header.clone()).collect();
        plan.map(&headers[0], Target::external_id("erp")).expect("a column");
        plan.map(&headers[1], Target::field("name")).expect("a column");
        plan.map(&headers[5], Target::field("annual_revenue").currency("EUR"))
            .expect("a column");
        plan.set(Target::field("kind"), "person").expect("a target");
        if expected["decimal"] == "," {
            plan.decimal_sign(DecimalSign::Comma);
        }
        plan.date_order(DateOrder::DayMonthYear).without_refused_file();
        let result = plan.run(&crm).expect("a run");
        assert_eq!(
            result.counts.created as usize,
            rows.len(),
            "{name}: {:?}",
            result.refused
        );
        // Those for whom they work come in as well.
        let people = Customer::KIND.is(CustomerKind::Person);
        let query = Query::of::<Customer>().filter(people).order_by(Customer::ID);
        let found: Vec<Customer> = crm.read(|reader| reader.find(&query)).expect("customers");
        for (customer, row) in found.iter().zip(rows) {
            assert_eq!(row[1], customer.name, "{name}");
            let revenue = customer.annual_revenue.map(|revenue| revenue.amount().to_string());
            assert_eq!(row[5].as_str(), revenue.as_deref(), "{name}");
        }
    }
}
