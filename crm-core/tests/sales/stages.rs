//! Stages: what their kind means, names, and how they go.

use crm_core::engine::CrmError;
use crm_core::ids::PipelineId;
use crm_core::sales::{
    Closing, ForecastCategory, NewStage, Opportunity, OpportunityChange, Outcome, Pipeline, Stage, StageChange,
    StageDraft, StageKind,
};

use crate::desk::{DAY, Desk, invalid, money, refused_by, rule};

#[test]
fn won_is_one_hundred_percent_and_closed_and_lost_is_zero_and_omitted() {
    let desk = Desk::open();
    let figures = |name: &str| {
        let stage = desk.read(|reader| Pipeline::stage_named(reader, desk.pipeline.id, name));
        (
            stage.probability.map(|percent| percent.to_string()),
            stage.forecast_category,
        )
    };
    assert_eq!(figures("Won"), (Some("100".into()), Some(ForecastCategory::Closed)));
    assert_eq!(figures("Lost"), (Some("0".into()), Some(ForecastCategory::Omitted)));
    assert_eq!(
        figures("Lead in"),
        (Some("10".into()), Some(ForecastCategory::Pipeline))
    );
}

#[test]
fn a_closed_stage_takes_no_other_probability_or_category() {
    let desk = Desk::open();
    for (name, change, field) in [
        ("Won", StageChange::Probability(Some(90.into())), "probability"),
        ("Lost", StageChange::Probability(Some(1.into())), "probability"),
        (
            "Won",
            StageChange::ForecastCategory(Some(ForecastCategory::Commit)),
            "forecast_category",
        ),
        (
            "Lost",
            StageChange::ForecastCategory(Some(ForecastCategory::Pipeline)),
            "forecast_category",
        ),
        (
            "Proposal",
            StageChange::ForecastCategory(Some(ForecastCategory::Closed)),
            "forecast_category",
        ),
    ] {
        let stage = desk.stage(name);
        let error = desk.refusal(|tx| tx.update(stage, [change.clone()], None));
        assert_eq!(rule(&error), invalid(field), "{name}");
    }
}

#[test]
fn a_probability_lies_between_0_and_100() {
    let desk = Desk::open();
    for outside in [-1, 101] {
        let error = desk.refusal(|tx| Pipeline::add_stage(tx, desk.pipeline.id, NewStage::open("Demo", outside), 0));
        assert_eq!(rule(&error), invalid("probability"));
    }
    for bound in [0, 100] {
        let name = format!("Demo {bound}");
        desk.write(|tx| Pipeline::add_stage(tx, desk.pipeline.id, NewStage::open(name.clone(), bound), 0));
    }
}

#[test]
fn only_an_open_stage_rots_and_after_a_day_at_the_earliest() {
    let desk = Desk::open();
    let at_once = NewStage::open("Demo", 20).rotten_after(0);
    let won = NewStage::won("Signed").rotten_after(30);
    for stage in [at_once, won] {
        let error = desk.refusal(|tx| Pipeline::add_stage(tx, desk.pipeline.id, stage.clone(), 0));
        assert_eq!(rule(&error), invalid("rotten_after_days"));
    }
}

#[test]
fn names_are_unique_in_their_pipeline_only() {
    let desk = Desk::open();
    let partners = desk.another_pipeline();
    let error = desk.refusal(|tx| Pipeline::add_stage(tx, partners.id, NewStage::open("referral ", 30), 0));
    assert_eq!(rule(&error), ("duplicate", "name".into()));
    desk.write(|tx| Pipeline::add_stage(tx, partners.id, NewStage::open("Proposal", 30), 0));
    let negotiation = desk.stage("Negotiation");
    let renamed = desk.refusal(|tx| tx.update(negotiation, [StageChange::Name("PROPOSAL".into())], None));
    assert_eq!(rule(&renamed), ("duplicate", "name".into()));
}

#[test]
fn a_stage_is_created_from_its_draft_and_comes_last() {
    let desk = Desk::open();
    let stage = desk.write(|tx| tx.create(StageDraft::new(desk.pipeline.id, "No decision", StageKind::Lost)));
    assert_eq!(stage.position, 5);
    let homeless = desk.refusal(|tx| tx.create(StageDraft::new(PipelineId::default(), "Nowhere", StageKind::Open)));
    assert_eq!(rule(&homeless), invalid("pipeline_id"));
}

#[test]
fn a_change_of_the_default_probability_or_category_rewrites_no_opportunity() {
    let desk = Desk::open();
    let (deal, stage) = (desk.deal(), desk.stage("Lead in"));
    let changes = [
        StageChange::Probability(Some(35.into())),
        StageChange::ForecastCategory(Some(ForecastCategory::BestCase)),
    ];
    desk.write(|tx| tx.update(stage, changes.clone(), None));
    assert_eq!(desk.get(deal.id), deal);
    assert_eq!(desk.deal().probability, Some(35.into()));
}

#[test]
fn a_stage_in_use_is_not_deleted_and_the_answer_names_what_blocks_it() {
    let desk = Desk::open();
    desk.deal();
    desk.deal();
    let stage = desk.stage("Lead in");
    let error = desk.refusal(|tx| tx.delete(stage));
    let CrmError::InUse { by, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!((by.len(), by[0].entity, by[0].count), (1, "opportunity", 2));
}

#[test]
fn deleting_with_a_target_moves_all_opportunities_with_history_and_keeps_the_past() {
    let desk = Desk::open();
    let (deal, other) = (desk.deal_worth("100 EUR"), desk.deal());
    let (lead_in, proposal) = (desk.stage("Lead in"), desk.stage("Proposal"));
    desk.clock.advance(DAY);
    desk.write(|tx| Opportunity::move_to(tx, other.id, proposal));
    assert_eq!(desk.write(|tx| Stage::delete(tx, lead_in, proposal)), 1);
    let moved = desk.get(deal.id);
    assert_eq!((moved.stage_id, moved.probability), (proposal, Some(40.into())));
    assert_eq!(desk.visited(deal.id), ["Lead in", "Proposal"]);
    assert_eq!(desk.visited(other.id), ["Lead in", "Proposal"]);
    assert_eq!(desk.stage_names(), ["Proposal", "Negotiation", "Won", "Lost"]);
}

#[test]
fn an_opportunity_with_a_deleted_stage_in_its_past_goes_on_and_comes_back_from_deletion() {
    let desk = Desk::open();
    let deal = desk.deal();
    let (lead_in, proposal) = (desk.stage("Lead in"), desk.stage("Proposal"));
    desk.write(|tx| Stage::delete(tx, lead_in, proposal));
    desk.write(|tx| tx.update(deal.id, [OpportunityChange::Amount(Some(money("7 EUR")))], None));
    desk.write(|tx| tx.delete(deal.id));
    assert!(desk.history(deal.id).is_empty());
    desk.write(|tx| tx.restore(deal.id));
    assert_eq!(desk.visited(deal.id), ["Lead in", "Proposal"]);
}

#[test]
fn a_stage_of_won_ones_is_deleted_into_another_of_won_ones_and_they_stay_won() {
    let desk = Desk::open();
    let deal = desk.deal();
    let won = desk.write(|tx| Opportunity::win(tx, deal.id, Closing::default()));
    let signed = desk.write(|tx| Pipeline::add_stage(tx, desk.pipeline.id, NewStage::won("Signed"), 4));
    desk.clock.advance(DAY);
    desk.write(|tx| Stage::delete(tx, won.stage_id, signed.id));
    let moved = desk.get(deal.id);
    assert_eq!(
        (moved.outcome, moved.closed_at, moved.stage_id),
        (Outcome::Won, won.closed_at, signed.id)
    );
}

#[test]
fn the_target_is_another_live_stage_of_the_same_pipeline_and_kind() {
    let desk = Desk::open();
    let partners = desk.another_pipeline();
    let elsewhere = desk
        .read(|reader| Pipeline::stage_named(reader, partners.id, "Referral"))
        .id;
    let (lead_in, won, gone) = (desk.stage("Lead in"), desk.stage("Won"), desk.stage("Negotiation"));
    desk.write(|tx| tx.delete(gone));
    let delete_into = |target| rule(&desk.refusal(|tx| Stage::delete(tx, lead_in, target)));
    assert_eq!(delete_into(elsewhere), refused_by("stage.same_pipeline"));
    assert_eq!(delete_into(won), refused_by("stage.same_kind"));
    assert_eq!(delete_into(lead_in), refused_by("stage.moves_to_itself"));
    assert_eq!(delete_into(gone).0, "not_found");
}
