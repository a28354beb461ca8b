//! Six linked files of the data set `salesforce_sample`, against answers that were worked out elsewhere.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crmkit::Crm;
use crmkit::customers::{Affiliation, ContactPoint, Customer, ExternalId, PostalAddress};
use crmkit::engine::{Conditions, Entity, LogQuery, Query};
use crmkit::exchange::{BundleResult, Import};
use crmkit::ids::CampaignId;
use crmkit::insight::{Amounts, Board, CampaignReturn, Selection, Unknown, WinRate};
use crmkit::sales::{Opportunity, Pipeline, StageKind};
use crmkit::values::{Currency, Decimal};

use crate::data_sets::data_set;

fn answers() -> Option<Value> {
    let folder = data_set("answers")?;
    let text = std::fs::read_to_string(folder.join("salesforce_sample.json")).expect("answers");
    Some(serde_json::from_str(&text).expect("JSON"))
}

fn import(crm: &Crm, folder: &Path) -> BundleResult {
    let mut bundle = Import::folder(folder).plan(crm).expect("plans");
    bundle.currency("USD").without_refused_files();
    bundle.run(crm).expect("a run")
}

fn file() -> (tempfile::TempDir, Crm) {
    let folder = tempfile::tempdir().expect("a folder");
    let crm = crmkit::open(folder.path().join("company.crm")).expect("a file");
    (folder, crm)
}

fn log_length(crm: &Crm) -> usize {
    crm.read(|reader| reader.log(&LogQuery::default()))
        .expect("the log")
        .len()
}

fn dollars(amounts: &Amounts) -> String {
    let dollar = Currency::from_code("USD").expect("a currency");
    amounts.in_currency(dollar).amount().to_string()
}

#[test]
fn a_whole_company_comes_in_by_its_headers_with_the_numbers_that_it_had() {
    let (Some(folder), Some(answers)) = (data_set("salesforce_sample"), answers()) else {
        return;
    };
    let (_scratch, crm) = file();
    let result = import(&crm, &folder);
    let order: Vec<&str> = result.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        order,
        [
            "Accounts.csv",
            "Contacts.csv",
            "Campaigns.csv",
            "Opportunities.csv",
            "CampaignMembers.csv"
        ]
    );
    for (name, file) in &result.files {
        assert_eq!(file.counts.refused, 0, "{name}: {:?}", file.refused);
        assert_eq!(file.left_out, [], "{name}");
        let rows = &answers["rows"][name.strip_suffix(".csv").expect("a name")];
        assert_eq!(Value::from(file.counts.rows()), *rows, "{name}");
        assert_eq!(Some(file.batch), result.batch, "{name}");
    }
    let (_, members) = &result.files[4];
    assert_eq!(Value::from(members.counts.created), answers["members"]["distinct"]);
    assert_eq!(Value::from(members.counts.merged), answers["members"]["merged_rows"]);
    assert_eq!(result.skipped.len(), 1);
    assert!(
        result.skipped[0].reason.contains("1500 cases of Salesforce"),
        "{:?}",
        result.skipped
    );
    stages_and_win_rates_are_right(&crm, &answers);
    campaigns_are_right(&crm, &answers);
    records_are_linked(&crm);
}

fn stages_and_win_rates_are_right(crm: &Crm, answers: &Value) {
    let board = crm
        .read(|reader| Board::now(reader, &Selection::default()))
        .expect("a board");
    assert_eq!(Value::from(board.open.count), answers["open"]["count"]);
    assert_eq!(dollars(&board.open.amounts), answers["open"]["amount"]);
    assert_eq!(dollars(&board.open.weighted), answers["open"]["weighted"]);
    let stages = crm
        .read(|reader| {
            let pipeline = Pipeline::default_one(reader)?.expect("a pipeline").id;
            Pipeline::stages(reader, pipeline)
        })
        .expect("stages");
    let order: Vec<(&str, StageKind)> = stages.iter().map(|stage| (stage.name.as_str(), stage.kind)).collect();
    assert_eq!(
        order,
        [
            ("Prospecting", StageKind::Open),
            ("Qualification", StageKind::Open),
            ("Value Proposition", StageKind::Open),
            ("Negotiation/Review", StageKind::Open),
            ("Closed Won", StageKind::Won),
            ("Closed Lost", StageKind::Lost),
        ]
    );
    for (name, stage) in answers["stages"].as_object().expect("stages") {
        let column = board
            .columns
            .iter()
            .find(|column| column.name == *name)
            .expect("a column");
        assert_eq!(Value::from(column.figures.count), stage["count"], "{name}");
        assert_eq!(dollars(&column.figures.amounts), stage["amount"], "{name}");
        assert_eq!(dollars(&column.figures.weighted), stage["weighted"], "{name}");
    }
    let rate = |rate: Option<Decimal>| rate.map(|rate| rate.round_dp(6).to_string().parse::<f64>().expect("a number"));
    let total = crm
        .read(|reader| WinRate::total(reader, &Selection::default()))
        .expect("a win rate");
    assert_eq!(rate(total.rate), answers["win_rate"].as_f64());
    let by_source = crm
        .read(|reader| WinRate::by(reader, [Opportunity::SOURCE], Unknown::LeftOut, &Selection::default()))
        .expect("win rates");
    let by_source: BTreeMap<String, WinRate> = by_source
        .groups
        .into_iter()
        .map(|group| match group.key.as_slice() {
            [crmkit::engine::Value::Text(source)] => (source.clone(), group.answer),
            other => panic!("a source is text, not {other:?}"),
        })
        .collect();
    for (source, expected) in answers["win_rate_by_source"].as_object().expect("sources") {
        let found = &by_source[source];
        assert_eq!(Value::from(found.won + found.lost), expected["closed"], "{source}");
        assert_eq!(Value::from(found.won), expected["won"], "{source}");
        assert_eq!(rate(found.rate), expected["win_rate"].as_f64(), "{source}");
    }
}

fn campaigns_are_right(crm: &Crm, answers: &Value) {
    for (id, expected) in answers["campaigns"].as_object().expect("campaigns") {
        let campaign = crm
            .read(|reader| {
                let campaign = ExternalId::record::<CampaignId>(reader, "salesforce", id)?.expect("a campaign");
                CampaignReturn::of(reader, campaign)
            })
            .expect("a campaign");
        assert_eq!(Value::from(campaign.members), expected["members"], "{id}");
        assert_eq!(Value::from(campaign.responded), expected["responded"], "{id}");
        let rate = campaign.response_rate.map(|rate| rate.round_dp(6).to_string());
        let rate: Option<f64> = rate.map(|rate| rate.parse().expect("a number"));
        assert_eq!(rate, expected["response_rate"].as_f64(), "{id}");
    }
}

fn records_are_linked(crm: &Crm) {
    let count = |query: Query| crm.read(|reader| reader.count(&query)).expect("a count");
    assert_eq!(count(Query::of::<Customer>()), 2_000);
    assert_eq!(count(Query::of::<Affiliation>()), 1_500);
    assert_eq!(count(Query::of::<ContactPoint>()), 3_000);
    assert_eq!(count(Query::of::<PostalAddress>()), 2_000);
    let of_account = Opportunity::CUSTOMER_ID
        .to(Customer::NAME)
        .is("Quantum Textiles (Baltimore)");
    assert!(count(Query::of::<Opportunity>().filter(of_account)) > 0);
    let person = Query::of::<Affiliation>().filter(Affiliation::PERSON_ID.to(Customer::NAME).is("Frank Murphy"));
    assert!(count(person) > 0, "{}", Affiliation::DEF.table);
}

#[test]
fn the_same_company_again_changes_nothing_and_one_undo_takes_it_out() {
    let Some(folder) = data_set("salesforce_sample") else {
        return;
    };
    let (_scratch, crm) = file();
    let first = import(&crm, &folder);
    let log = log_length(&crm);
    let again = import(&crm, &folder);
    for (name, file) in &again.files {
        assert_eq!(file.counts.unchanged, file.counts.rows(), "{name}: {file}");
        assert_eq!(file.counts.created_on_the_way, BTreeMap::new(), "{name}");
    }
    assert_eq!(again.files[4].1.counts.merged, first.files[4].1.counts.merged);
    assert_eq!(log_length(&crm), log);
    crm.undo(first.batch.expect("a batch")).expect("undone");
    let left = crm
        .read(|reader| reader.count(&Query::of::<Customer>()))
        .expect("a count");
    assert_eq!(left, 0);
}

#[test]
fn a_preview_of_the_folder_tells_what_the_run_does_and_the_plan_where_everything_goes() {
    let Some(folder) = data_set("salesforce_sample") else {
        return;
    };
    let crm = Crm::in_memory();
    let mut bundle = Import::folder(&folder).plan(&crm).expect("plans");
    assert!(bundle.plans().iter().all(|plan| plan.preset() == Some("Salesforce")));
    assert!(bundle.to_string().contains("no currency"), "{bundle}");
    bundle.currency("USD").without_refused_files();
    insta::assert_snapshot!("salesforce_plan", bundle);
    let preview = bundle.preview(&crm).expect("a preview");
    assert_eq!(
        crm.read(|reader| reader.count(&Query::of::<Customer>()))
            .expect("a count"),
        0
    );
    let result = bundle.run(&crm).expect("a run");
    for ((name, preview), (_, result)) in preview.files.iter().zip(&result.files) {
        assert_eq!(preview.counts, result.counts, "{name}");
    }
}
