//! Pipelines: one default, stages of every kind, an order without gaps.

use crm_core::engine::{ChangeKind, Conditions, Query};
use crm_core::ids::StageId;
use crm_core::sales::{NewStage, Opportunity, OpportunityDraft, Pipeline, PipelineChange, PipelineDraft, Stage};

use crate::desk::{Desk, direct_stages, refused_by, rule};

fn default_names(desk: &Desk) -> Vec<String> {
    let default = Query::of::<Pipeline>().filter(Pipeline::IS_DEFAULT.is(true));
    let pipelines = desk.read(|reader| reader.find::<Pipeline>(&default));
    pipelines.into_iter().map(|pipeline| pipeline.name).collect()
}

#[test]
fn the_first_pipeline_becomes_the_default() {
    let desk = Desk::open();
    desk.another_pipeline();
    assert!(desk.pipeline.is_default);
    assert_eq!(default_names(&desk), ["Direct sales"]);
}

#[test]
fn making_another_pipeline_the_default_takes_it_from_the_first() {
    let desk = Desk::open();
    let partners = desk.another_pipeline();
    desk.write(|tx| tx.update(partners.id, [PipelineChange::IsDefault(true)], None));
    assert_eq!(default_names(&desk), ["Partners"]);
    let renewals = desk.write(|tx| {
        let draft = PipelineDraft {
            is_default: Some(true),
            ..PipelineDraft::new("Renewals")
        };
        Pipeline::create(tx, draft, direct_stages())
    });
    assert_eq!(default_names(&desk), ["Renewals"]);
    let default = desk.read(Pipeline::default_one).expect("a default");
    assert_eq!(default.id, renewals.id);
}

#[test]
fn the_default_is_passed_on_but_never_dropped() {
    let desk = Desk::open();
    let partners = desk.another_pipeline();
    let dropped = desk.refusal(|tx| tx.update(desk.pipeline.id, [PipelineChange::IsDefault(false)], None));
    assert_eq!(rule(&dropped), refused_by("pipeline.needs_default"));
    let deleted = desk.refusal(|tx| tx.delete(desk.pipeline.id));
    assert_eq!(rule(&deleted), refused_by("pipeline.needs_default"));
    desk.write(|tx| {
        tx.delete(desk.pipeline.id)?;
        tx.update(partners.id, [PipelineChange::IsDefault(true)], None)
    });
    assert_eq!(default_names(&desk), ["Partners"]);
}

#[test]
fn a_restored_pipeline_yields_the_default_to_the_one_that_took_it_over() {
    let desk = Desk::open();
    desk.write(|tx| tx.delete(desk.pipeline.id));
    assert_eq!(default_names(&desk), Vec::<String>::new());
    desk.another_pipeline();
    desk.write(|tx| tx.restore(desk.pipeline.id));
    assert_eq!(default_names(&desk), ["Partners"]);
    assert_eq!(desk.stage_names().len(), 5);
}

#[test]
fn a_pipeline_has_at_least_one_stage_of_each_kind() {
    let desk = Desk::open();
    for (missing, expected) in [
        (0, "pipeline.needs_open_stage"),
        (1, "pipeline.needs_won_stage"),
        (2, "pipeline.needs_lost_stage"),
    ] {
        let error = desk.refusal(|tx| {
            let mut stages = vec![
                NewStage::open("Referral", 20),
                NewStage::won("Won"),
                NewStage::lost("Lost"),
            ];
            stages.remove(missing);
            Pipeline::create(tx, PipelineDraft::new("Partners"), stages)
        });
        assert_eq!(rule(&error), refused_by(expected));
    }
    let won = desk.stage("Won");
    assert_eq!(
        rule(&desk.refusal(|tx| tx.delete(won))),
        refused_by("pipeline.needs_won_stage")
    );
}

#[test]
fn a_stage_may_be_replaced_within_one_transaction() {
    let desk = Desk::open();
    let won = desk.stage("Won");
    desk.write(|tx| {
        tx.delete(won)?;
        Pipeline::add_stage(tx, desk.pipeline.id, NewStage::won("Signed"), 3)
    });
    assert_eq!(
        desk.stage_names(),
        ["Lead in", "Proposal", "Negotiation", "Signed", "Lost"]
    );
}

#[test]
fn a_stage_is_added_at_any_position_and_the_order_has_no_gaps() {
    let desk = Desk::open();
    let demo = desk.write(|tx| Pipeline::add_stage(tx, desk.pipeline.id, NewStage::open("Demo", 25), 1));
    assert_eq!(demo.position, 1);
    assert_eq!(
        desk.stage_names(),
        ["Lead in", "Demo", "Proposal", "Negotiation", "Won", "Lost"]
    );
    let error = desk.refusal(|tx| Pipeline::add_stage(tx, desk.pipeline.id, NewStage::open("Later", 25), 7));
    assert_eq!(rule(&error), crate::desk::invalid("position"));
}

#[test]
fn deleting_and_restoring_a_stage_closes_and_opens_its_gap() {
    let desk = Desk::open();
    let proposal = desk.stage("Proposal");
    desk.write(|tx| tx.delete(proposal));
    assert_eq!(desk.stage_names(), ["Lead in", "Negotiation", "Won", "Lost"]);
    desk.write(|tx| tx.restore(proposal));
    let names = desk.stage_names();
    assert_eq!(names.len(), 5);
    assert!(names.contains(&"Proposal".to_owned()));
}

#[test]
fn the_order_changes_as_one_list_of_all_stages() {
    let desk = Desk::open();
    let order = |names: &[&str]| -> Vec<StageId> { names.iter().map(|name| desk.stage(name)).collect() };
    let changed = order(&["Lost", "Won", "Negotiation", "Proposal", "Lead in"]);
    desk.write(|tx| Pipeline::reorder(tx, desk.pipeline.id, &changed));
    assert_eq!(
        desk.stage_names(),
        ["Lost", "Won", "Negotiation", "Proposal", "Lead in"]
    );
    let twice = order(&["Lost", "Lost", "Negotiation", "Proposal", "Lead in"]);
    let short = order(&["Lost", "Won", "Negotiation"]);
    for wrong in [twice, short] {
        let error = desk.refusal(|tx| Pipeline::reorder(tx, desk.pipeline.id, &wrong));
        assert_eq!(rule(&error), refused_by("pipeline.whole_order"));
    }
}

#[test]
fn reordering_writes_only_the_stages_that_move() {
    let desk = Desk::open();
    let mut order: Vec<_> = desk.read(|reader| Pipeline::stages(reader, desk.pipeline.id));
    order.swap(3, 4);
    let ids: Vec<StageId> = order.iter().map(|stage| stage.id).collect();
    let batch = desk.write(|tx| Pipeline::reorder(tx, desk.pipeline.id, &ids).map(|_| tx.batch()));
    let written = desk.read(|reader| reader.changes(0, u32::MAX));
    let written: Vec<_> = written.iter().filter(|entry| entry.commit.batch == batch).collect();
    assert_eq!(written.len(), 2);
    assert!(written.iter().all(|entry| entry.change.kind == ChangeKind::Update));
}

#[test]
fn the_entry_stage_is_the_first_open_one() {
    let desk = Desk::open();
    let order: Vec<StageId> = ["Won", "Negotiation", "Lead in", "Proposal", "Lost"]
        .map(|name| desk.stage(name))
        .into();
    desk.write(|tx| Pipeline::reorder(tx, desk.pipeline.id, &order));
    assert_eq!(desk.deal().stage_id, desk.stage("Negotiation"));
}

#[test]
fn a_pipeline_in_use_is_not_deleted_and_the_answer_names_what_blocks_it() {
    let desk = Desk::open();
    desk.deal();
    let error = desk.refusal(|tx| tx.delete(desk.pipeline.id));
    assert_eq!(error.code(), "in_use");
    assert!(error.to_string().contains("1 opportunity record(s)"), "{error}");
}

#[test]
fn a_stage_is_found_by_its_name_in_capitals_or_not_and_else_the_stages_are_listed() {
    let desk = Desk::open();
    let find = |name: &str| {
        desk.crm
            .read(|reader| Pipeline::stage_named(reader, desk.pipeline.id, name))
    };
    assert_eq!(find(" proposal ").map(|stage| stage.name), Ok("Proposal".into()));
    let error = find("Proposals").expect_err("no such stage");
    assert_eq!(rule(&error), crate::desk::invalid("name"));
    assert_eq!(error.hint(), "Use one of Lead in, Proposal, Negotiation, Won, Lost");
}

#[test]
fn opportunities_that_name_no_pipeline_go_to_the_default_one() {
    let desk = Desk::open();
    let partners = desk.another_pipeline();
    let there = desk.write(|tx| {
        tx.create(OpportunityDraft {
            pipeline_id: Some(partners.id),
            ..OpportunityDraft::new("Six looms")
        })
    });
    assert_eq!(desk.deal().pipeline_id, desk.pipeline.id);
    let stages = desk.read(|reader| Pipeline::stages(reader, partners.id));
    assert_eq!((there.pipeline_id, there.stage_id), (partners.id, stages[0].id));
}

#[test]
fn undoing_the_creation_of_a_pipeline_leaves_nothing() {
    let desk = Desk::open();
    let batch = desk.write(|tx| {
        Pipeline::create(tx, PipelineDraft::new("Partners"), direct_stages())?;
        Ok(tx.batch())
    });
    desk.crm.undo(batch).expect("an undo");
    assert_eq!(desk.read(|reader| reader.count(&Query::of::<Stage>())), 5);
    assert_eq!(desk.read(|reader| reader.count(&Query::of::<Opportunity>())), 0);
    assert_eq!(default_names(&desk), ["Direct sales"]);
}
