//! Opportunities come in with their lines and with the past that the file knows.

use crm_core::Crm;
use crm_core::customers::{CustomerDraft, UserDraft};
use crm_core::engine::{Conditions, LogQuery, Query};
use crm_core::exchange::{Import, ImportResult, Plan, Target};
use crm_core::sales::{
    NewStage, Opportunity, OpportunityHistory, OpportunityLine, Outcome, Pipeline, PipelineDraft, ProductDraft, Stage,
};

use crate::support::{all_rows, reasons};

const HEADER: &str = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";

/// A CRM with a pipeline, two products, an account and an owner.
fn crm() -> Crm {
    let crm = Crm::in_memory();
    crm.write(|tx| {
        let stages = vec![
            NewStage::open("Prospecting", 10),
            NewStage::open("Engaging", 50),
            NewStage::won("Won"),
            NewStage::lost("Lost"),
        ];
        Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
        for (name, price) in [("GTX Pro", "4821 USD"), ("MG Special", "55 USD")] {
            tx.create(ProductDraft {
                list_price: Some(price.parse().expect("a price")),
                ..ProductDraft::new(name)
            })?;
        }
        tx.create(UserDraft::new("Anna"))?;
        tx.create(CustomerDraft::organization("Isdom"))
    })
    .expect("a company");
    crm
}

fn plan(crm: &Crm, rows: &str) -> Plan {
    let csv = format!("{HEADER}{rows}");
    let mut plan = Import::bytes(csv).into::<Opportunity>().plan(crm).expect("a plan");
    let product = Target::reference("line.product", "name").values([("GTXPro", "GTX Pro")]);
    for (header, target) in [
        ("opportunity_id", Target::external_id("maven")),
        ("product", product),
        ("engage_date", Target::stage_entered("Engaging")),
        ("close_date", Target::closed_on()),
        ("close_value", Target::field("line.unit_price").currency("USD")),
    ] {
        plan.map(header, target).expect("a column");
    }
    plan.map_also("opportunity_id", Target::field("name"))
        .expect("a column");
    plan
}

fn import(crm: &Crm, rows: &str) -> ImportResult {
    plan(crm, rows).run(crm).expect("a run")
}

fn deal(crm: &Crm, name: &str) -> Opportunity {
    let query = Query::of::<Opportunity>().filter(Opportunity::NAME.is(name));
    crm.read(|reader| reader.first(&query))
        .expect("read")
        .expect("an opportunity")
}

/// The stages of an opportunity's history, each with the day on which it was entered.
fn past(crm: &Crm, name: &str) -> Vec<(String, String)> {
    let id = deal(crm, name).id;
    crm.read(|reader| {
        let history: Vec<OpportunityHistory> = Opportunity::history(reader, id)?;
        history
            .iter()
            .map(|row| {
                let stage: Stage = reader.get(row.stage_id)?;
                Ok((stage.name, row.from_at.to_string()[..10].to_owned()))
            })
            .collect()
    })
    .expect("a history")
}

fn entries(days: &[(&str, &str)]) -> Vec<(String, String)> {
    days.iter()
        .map(|(stage, day)| ((*stage).to_owned(), (*day).to_owned()))
        .collect()
}

const ROWS: &str = "W1,Anna,GTXPro,Isdom,Won,2016-10-25,2017-03-11,4514\n\
                    L1,Anna,MG Special,Isdom,Lost,2016-11-04,2017-03-18,0\n\
                    E1,Anna,GTXPro,,Engaging,2016-11-03,,\n\
                    P1,Anna,MG Special,,Prospecting,,,\n";

#[test]
fn a_row_becomes_an_opportunity_with_its_line_and_its_past() {
    let crm = crm();
    let result = import(&crm, ROWS);
    assert_eq!(
        (result.counts.created, result.counts.refused),
        (4, 0),
        "{:?}",
        result.refused
    );
    let won = deal(&crm, "W1");
    assert_eq!(won.outcome, Outcome::Won);
    assert_eq!(
        won.amount.map(|amount| amount.to_string()).as_deref(),
        Some("4514.00 USD")
    );
    assert_eq!(
        won.list_amount.map(|amount| amount.to_string()).as_deref(),
        Some("4821.00 USD")
    );
    assert_eq!(won.close_on.map(|day| day.to_string()).as_deref(), Some("2017-03-11"));
    assert_eq!(
        won.opened_at.map(|at| at.to_string()).as_deref(),
        Some("2016-10-25T00:00:00.000Z")
    );
    assert_eq!(
        past(&crm, "W1"),
        entries(&[("Engaging", "2016-10-25"), ("Won", "2017-03-11")])
    );
    assert_eq!(deal(&crm, "L1").amount.map(|amount| amount.minor()), Some(0));
    // A blank price is the list price.
    assert_eq!(
        deal(&crm, "E1").amount.map(|amount| amount.to_string()).as_deref(),
        Some("4821.00 USD")
    );
    assert_eq!(past(&crm, "E1"), entries(&[("Engaging", "2016-11-03")]));
    assert_eq!(deal(&crm, "P1").outcome, Outcome::Open);
}

#[test]
fn the_same_opportunities_twice_change_nothing_the_second_time_and_undo_takes_them_away() {
    let crm = crm();
    let company = all_rows(&crm);
    let first = import(&crm, ROWS);
    let before = all_rows(&crm);
    let again = import(&crm, ROWS);
    assert_eq!(again.counts.unchanged, 4, "{:?}", again.refused);
    assert_eq!(all_rows(&crm), before);
    crm.undo(first.batch).expect("undone");
    assert_eq!(all_rows(&crm), company);
}

#[test]
fn a_stage_that_differs_is_reached_by_its_command_at_the_time_the_file_tells() {
    let crm = crm();
    import(&crm, ROWS);
    let moved = import(
        &crm,
        "E1,Anna,GTXPro,Isdom,Won,2016-11-03,2017-01-05,4700\n\
         P1,Anna,MG Special,,Engaging,2016-12-01,,\n\
         L1,Anna,MG Special,Isdom,Engaging,2016-11-04,,\n",
    );
    assert_eq!(
        (moved.counts.updated, moved.counts.refused),
        (3, 0),
        "{:?}",
        moved.refused
    );
    let won = deal(&crm, "E1");
    assert_eq!(
        (won.outcome, won.amount.map(|amount| amount.minor())),
        (Outcome::Won, Some(470_000))
    );
    let stages: Vec<_> = past(&crm, "E1").into_iter().take(2).collect();
    assert_eq!(stages, entries(&[("Engaging", "2016-11-03"), ("Won", "2017-01-05")]));
    assert_eq!(deal(&crm, "L1").outcome, Outcome::Open);
    assert_eq!(deal(&crm, "P1").probability, Some(50.into()));
}

#[test]
fn only_the_field_that_differs_is_written() {
    let crm = crm();
    import(&crm, ROWS);
    let result = import(&crm, "E1,Anna,GTXPro,Isdom,Engaging,2016-11-03,,\n");
    assert_eq!(result.counts.updated, 1);
    let batch = LogQuery {
        batch: Some(result.batch),
        ..LogQuery::default()
    };
    let entries = crm.read(|reader| reader.log(&batch)).expect("the log");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].change.fields[0].field, "customer_id");
    let lines = crm
        .read(|reader| reader.count(&Query::of::<OpportunityLine>()))
        .expect("lines");
    assert_eq!(lines, 4);
}

#[test]
fn rows_that_break_a_rule_of_sales_are_refused_and_leave_nothing_half_written() {
    let crm = crm();
    let before = all_rows(&crm);
    let result = import(
        &crm,
        "X1,Anna,GTXPro,Isdom,Signed,2016-10-25,2017-03-11,1\n\
         X2,Anna,GTXPro,Isdom,Won,2017-10-25,2017-03-11,1\n\
         X3,Anna,Unknown,Isdom,Won,2016-10-25,2017-03-11,1\n\
         X4,Anna,GTXPro,Isdom,Won,2016-10-25,2017-03-11,-1\n\
         X5,Anna,GTXPro,Isdom,Won,2016-10-25,2999-03-11,1\n\
         ,Anna,GTXPro,Isdom,Won,2016-10-25,2017-03-11,1\n",
    );
    assert_eq!(
        (result.counts.created, result.counts.refused),
        (0, 6),
        "{:?}",
        result.refused
    );
    assert_eq!(all_rows(&crm), before);
    insta::assert_snapshot!("sales_rules", reasons(&result).join("\n"));
}

#[test]
fn a_closing_day_that_differs_is_refused_since_it_is_history() {
    let crm = crm();
    import(&crm, ROWS);
    let result = import(&crm, "W1,Anna,GTXPro,Isdom,Won,2016-10-25,2017-03-12,4514\n");
    assert!(
        reasons(&result)[0].starts_with("import.closing_is_history"),
        "{:?}",
        result.refused
    );
}

#[test]
fn the_first_row_that_comes_in_makes_the_standard_pipeline_where_there_is_none() {
    let crm = Crm::in_memory();
    let csv = "name,stage\nA,Signed\nB,Proposal\nC,\n";
    let mut plan = Import::bytes(csv).into::<Opportunity>().plan(&crm).expect("a plan");
    // Those of the system whose header this is would be made otherwise.
    plan.stages(Vec::new());
    let result = plan.run(&crm).expect("a run");
    assert_eq!(
        (result.counts.created, result.counts.refused),
        (2, 1),
        "{:?}",
        result.refused
    );
    assert_eq!(
        reasons(&result),
        [
            "opportunity.stage_id: the pipeline has no stage of this name. Use one of Qualification, Needs analysis, \
             Proposal, Negotiation, Won, Lost, or replace the value."
        ]
    );
    let made: Vec<_> = result.counts.created_on_the_way.into_iter().collect();
    assert_eq!(made, [("pipelines", 1), ("stages", 6)]);
    assert_eq!(deal(&crm, "B").probability, Some(50.into()));
    crm.undo(result.batch).expect("undone");
    assert_eq!(crm.read(|reader| reader.count(&Query::of::<Pipeline>())), Ok(0));
}
