//! The pipeline that the first opportunity makes where there is none.

use crm_core::engine::Query;
use crm_core::sales::{ForecastCategory, Opportunity, OpportunityDraft, Pipeline, Stage, StageKind};

use crate::desk::{Desk, invalid, rule};
use crate::refusals::crm;

fn draft() -> OpportunityDraft {
    OpportunityDraft::new("Twelve looms")
}

#[test]
fn the_first_opportunity_makes_the_standard_pipeline_and_the_next_one_finds_it() {
    let (crm, _) = crm();
    let first = crm.write(|tx| tx.create(draft())).expect("an opportunity");
    let second = crm.write(|tx| tx.create(draft())).expect("another");
    assert_eq!(
        (first.pipeline_id, first.stage_id),
        (second.pipeline_id, second.stage_id)
    );
    let (pipelines, stages) = crm
        .read(|reader| {
            let pipelines: Vec<Pipeline> = reader.find(&Query::of::<Pipeline>())?;
            Ok((pipelines, Pipeline::stages(reader, first.pipeline_id)?))
        })
        .expect("a pipeline");
    assert_eq!(pipelines.len(), 1);
    assert!(pipelines[0].is_default && pipelines[0].name == "Sales");
    let expected = [
        ("Qualification", StageKind::Open, 10, ForecastCategory::Pipeline),
        ("Needs analysis", StageKind::Open, 20, ForecastCategory::Pipeline),
        ("Proposal", StageKind::Open, 50, ForecastCategory::BestCase),
        ("Negotiation", StageKind::Open, 80, ForecastCategory::Commit),
        ("Won", StageKind::Won, 100, ForecastCategory::Closed),
        ("Lost", StageKind::Lost, 0, ForecastCategory::Omitted),
    ];
    let found = stages
        .iter()
        .map(|stage| (&*stage.name, stage.kind, stage.probability, stage.forecast_category));
    let expected = expected.map(|(name, kind, percent, category)| (name, kind, Some(percent.into()), Some(category)));
    assert!(found.eq(expected), "{stages:?}");
    assert_eq!(first.stage_id, stages[0].id);
}

#[test]
fn undoing_the_first_opportunity_takes_the_pipeline_out_again() {
    let (crm, _) = crm();
    let batch = crm
        .write(|tx| tx.create(draft()).map(|_| tx.batch()))
        .expect("an opportunity");
    crm.undo(batch).expect("an undo");
    let left = crm.read(|reader| Ok(reader.count(&Query::of::<Pipeline>())? + reader.count(&Query::of::<Stage>())?));
    assert_eq!(left, Ok(0));
    crm.write(|tx| tx.create(draft())).expect("the pipeline is made anew");
}

#[test]
fn where_all_pipelines_were_deleted_it_is_made_as_well() {
    let desk = Desk::open();
    desk.write(|tx| tx.delete(desk.pipeline.id));
    let deal = desk.deal();
    assert_eq!(desk.read(|reader| reader.get(deal.pipeline_id)).name, "Sales");
}

#[test]
fn where_there_is_a_pipeline_none_is_made() {
    let desk = Desk::open();
    assert_eq!(desk.deal().pipeline_id, desk.pipeline.id);
    assert_eq!(desk.read(|reader| reader.count(&Query::of::<Pipeline>())), 1);
}

#[test]
fn an_opportunity_that_is_refused_leaves_no_pipeline() {
    let (crm, _) = crm();
    let too_likely = OpportunityDraft {
        probability: Some(101.into()),
        ..draft()
    };
    let error = crate::refusals::refusal(&crm, |tx| tx.create(too_likely.clone()));
    assert_eq!(rule(&error), invalid("probability"));
}

#[test]
fn one_that_was_created_with_lines_and_visits_makes_it_too() {
    let (crm, _) = crm();
    let deal = crm
        .write(|tx| Opportunity::create_with(tx, draft(), Vec::new(), &[]))
        .expect("an opportunity");
    let named = crm
        .read(|reader| Pipeline::named(reader, "SALES "))
        .expect("a pipeline");
    assert_eq!(deal.pipeline_id, named.id);
}

#[test]
fn a_pipeline_is_found_by_its_name_and_else_the_pipelines_are_listed() {
    let (empty, _) = crm();
    let error = empty.read(|reader| Pipeline::named(reader, "Sales")).expect_err("none");
    assert_eq!(rule(&error), invalid("name"));
    let desk = Desk::open();
    desk.another_pipeline();
    let named = |name: &str| desk.crm.read(|reader| Pipeline::named(reader, name));
    assert_eq!(named("direct SALES").map(|pipeline| pipeline.id), Ok(desk.pipeline.id));
    let error = named("Sales").expect_err("no such pipeline");
    assert_eq!(error.hint(), "Use one of Direct sales, Partners");
}
