//! What people read when selling is refused: every message whole, as recorded.

use std::fmt::Debug;

use crm_core::engine::{Result, Tx};
use crm_core::sales::{
    Closing, Move, NewStage, Opportunity, OpportunityChange, OpportunityContactDraft, OpportunityDraft,
    OpportunityHistoryDraft, OpportunityLineDraft, Pipeline, PipelineChange, Reopening, Stage, StageChange, StageVisit,
};

use crate::desk::{Desk, at, money};
use crate::refusals::message;

/// The messages that a test gathers, one a line.
struct Messages<'d> {
    desk: &'d Desk,
    text: String,
}

impl<'d> Messages<'d> {
    fn of(desk: &'d Desk) -> Self {
        Self {
            desk,
            text: String::new(),
        }
    }

    fn refused<T: Debug>(&mut self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) {
        let error = self.desk.refusal(work);
        self.text.push_str(&message(&error));
        self.text.push('\n');
    }
}

#[test]
fn refusals_of_pipelines_and_stages_read_as_recorded() {
    let desk = Desk::open();
    let partners = desk.another_pipeline();
    let elsewhere = desk.read(|reader| Pipeline::stages(reader, partners.id))[0].id;
    desk.deal();
    let (pipeline, lead_in, won) = (desk.pipeline.id, desk.stage("Lead in"), desk.stage("Won"));
    let mut messages = Messages::of(&desk);
    messages.refused(|tx| tx.update(pipeline, [PipelineChange::IsDefault(false)], None));
    messages.refused(|tx| tx.delete(won));
    messages.refused(|tx| tx.delete(lead_in));
    messages.refused(|tx| tx.delete(pipeline));
    messages.refused(|tx| Pipeline::reorder(tx, pipeline, &[lead_in]));
    messages.refused(|tx| Pipeline::add_stage(tx, pipeline, NewStage::open("Demo", 20), 9));
    messages.refused(|tx| Pipeline::add_stage(tx, pipeline, NewStage::open("proposal", 20), 0));
    messages.refused(|tx| Pipeline::add_stage(tx, pipeline, NewStage::open("Demo", 101), 0));
    messages.refused(|tx| Pipeline::add_stage(tx, pipeline, NewStage::won("Signed").rotten_after(3), 0));
    messages.refused(|tx| tx.update(won, [StageChange::Probability(Some(90.into()))], None));
    messages.refused(|tx| Pipeline::stage_named(tx, pipeline, "Demo"));
    messages.refused(|tx| Stage::delete(tx, lead_in, lead_in));
    messages.refused(|tx| Stage::delete(tx, lead_in, elsewhere));
    messages.refused(|tx| Stage::delete(tx, lead_in, won));
    insta::assert_snapshot!(messages.text);
}

#[test]
fn refusals_of_commands_read_as_recorded() {
    let desk = Desk::open();
    let (open, closed) = (desk.deal(), desk.deal());
    desk.write(|tx| Opportunity::win(tx, closed.id, Closing::default()));
    let (proposal, won, lost) = (desk.stage("Proposal"), desk.stage("Won"), desk.stage("Lost"));
    let into_lost = Closing {
        stage: Some(lost.into()),
        ..Closing::default()
    };
    let too_early = Closing {
        closed_at: Some(at("2020-01-01T00:00:00Z")),
        ..Closing::default()
    };
    let too_late = Closing {
        closed_at: Some(at("2030-01-01T00:00:00Z")),
        ..Closing::default()
    };
    let stale = Move {
        expected_revision: Some(7),
        ..proposal.into()
    };
    let mut messages = Messages::of(&desk);
    messages.refused(|tx| Opportunity::move_to(tx, open.id, won));
    messages.refused(|tx| Opportunity::move_to(tx, open.id, stale));
    messages.refused(|tx| Opportunity::move_to(tx, closed.id, proposal));
    messages.refused(|tx| Opportunity::win(tx, closed.id, Closing::default()));
    messages.refused(|tx| Opportunity::win(tx, open.id, into_lost));
    messages.refused(|tx| Opportunity::win(tx, open.id, too_early));
    messages.refused(|tx| Opportunity::win(tx, open.id, too_late));
    messages.refused(|tx| Opportunity::lose(tx, open.id, " ", Closing::default()));
    messages.refused(|tx| Opportunity::reopen(tx, open.id, Reopening::default()));
    messages.refused(|tx| tx.update(closed.id, [OpportunityChange::Probability(Some(50.into()))], None));
    messages.refused(|tx| tx.update(closed.id, [OpportunityChange::CloseOn(None)], None));
    insta::assert_snapshot!(messages.text);
}

#[test]
fn refusals_of_lines_contacts_and_history_read_as_recorded() {
    let desk = Desk::open();
    let (deal, loom, press) = (
        desk.deal(),
        desk.product("Loom", "550 EUR"),
        desk.product("Press", "8 USD"),
    );
    let acme = desk.write(|tx| tx.create(crm_core::customers::CustomerDraft::organization("Acme GmbH")));
    let line = |product| OpportunityLineDraft {
        opportunity_id: Some(deal.id),
        ..OpportunityLineDraft::new(product)
    };
    desk.write(|tx| tx.create(line(loom.id)));
    let row = desk.history(deal.id).remove(0);
    let visits = [
        StageVisit {
            stage_id: desk.stage("Won"),
            at: at("2026-01-02T00:00:00Z"),
        },
        StageVisit {
            stage_id: desk.stage("Proposal"),
            at: at("2026-01-01T00:00:00Z"),
        },
    ];
    let below_zero = OpportunityDraft {
        amount: Some(money("-1 EUR")),
        ..OpportunityDraft::new("Six looms")
    };
    let mut messages = Messages::of(&desk);
    messages.refused(|tx| tx.create(below_zero.clone()));
    messages.refused(|tx| tx.update(deal.id, [OpportunityChange::Amount(Some(money("1 EUR")))], None));
    messages.refused(|tx| tx.create(line(press.id)));
    messages.refused(|tx| {
        tx.create(OpportunityLineDraft {
            quantity: Some(0.into()),
            ..line(loom.id)
        })
    });
    messages.refused(|tx| {
        tx.create(OpportunityLineDraft {
            currency: Some("CNY".into()),
            ..line(loom.id)
        })
    });
    messages.refused(|tx| tx.delete(loom.id));
    messages.refused(|tx| tx.create(OpportunityContactDraft::new(deal.id, acme.id)));
    messages.refused(|tx| tx.create(OpportunityHistoryDraft::new()));
    messages.refused(|tx| tx.delete(row.id));
    messages.refused(|tx| Opportunity::create_with(tx, OpportunityDraft::new("Six looms"), Vec::new(), &visits));
    insta::assert_snapshot!(messages.text);
}
