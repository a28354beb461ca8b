//! Competitors, and the opportunities that they are after.

use crm_core::engine::{Conditions, Filter, Query};
use crm_core::sales::{Competitor, CompetitorDraft, Opportunity, OpportunityCompetitor, OpportunityCompetitorDraft};

use crate::desk::{Desk, rule};

fn globex(desk: &Desk) -> Competitor {
    desk.write(|tx| tx.create(CompetitorDraft::new(" Globex ")))
}

#[test]
fn opportunities_are_found_by_the_competitor_that_is_after_them() {
    let desk = Desk::open();
    let (contested, _other, globex) = (desk.deal(), desk.deal(), globex(&desk));
    desk.write(|tx| tx.create(OpportunityCompetitorDraft::new(contested.id, globex.id)));
    let after_it = OpportunityCompetitor::COMPETITOR_ID.to(Competitor::NAME).is("Globex");
    let query = Query::of::<Opportunity>().filter(Filter::referred_by(OpportunityCompetitor::OPPORTUNITY_ID, after_it));
    let found: Vec<Opportunity> = desk.read(|reader| reader.find(&query));
    assert_eq!(found.iter().map(|deal| deal.id).collect::<Vec<_>>(), [contested.id]);
}

#[test]
fn a_competitor_is_after_an_opportunity_once() {
    let desk = Desk::open();
    let (deal, globex) = (desk.deal(), globex(&desk));
    let link = || OpportunityCompetitorDraft::new(deal.id, globex.id);
    let first = desk.write(|tx| tx.create(link()));
    let error = desk.refusal(|tx| tx.create(link()));
    assert_eq!(rule(&error), ("duplicate", "competitor_id".into()));
    desk.write(|tx| tx.delete(first.id));
    desk.write(|tx| tx.create(link()));
}

#[test]
fn a_competitor_that_was_met_is_not_deleted() {
    let desk = Desk::open();
    let (deal, globex) = (desk.deal(), globex(&desk));
    desk.write(|tx| tx.create(OpportunityCompetitorDraft::new(deal.id, globex.id)));
    let error = desk.refusal(|tx| tx.delete(globex.id));
    assert_eq!(error.code(), "in_use", "{error}");
    desk.write(|tx| tx.delete(deal.id));
    desk.write(|tx| tx.delete(globex.id));
}
