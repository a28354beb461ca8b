use crm_core::insight::{Funnel, Selection};
use crm_core::values::Tz;

use crate::company::{Company, day};

/// All deals, those that reached each stage, closed, won.
fn counts(funnel: &Funnel) -> (i64, Vec<i64>, i64, i64) {
    let reached = funnel.steps.iter().map(|step| step.reached).collect();
    (funnel.opportunities, reached, funnel.closed, funnel.won)
}

fn now(company: &Company) -> Funnel {
    company.ask(|reader| Funnel::now(reader, &Selection::default()))
}

#[test]
fn without_a_pipeline_the_funnel_is_empty() {
    let company = Company::without_pipeline(Tz::UTC);
    assert_eq!(counts(&now(&company)), (0, vec![], 0, 0));
}

#[test]
fn who_skips_a_stage_has_reached_it_and_who_is_lost_has_reached_no_more_than_before() {
    let company = Company::in_zone(Tz::UTC);
    company.deal("1 EUR");
    company.loses(company.deal("1 EUR"));
    company.deal_with("1 EUR", |draft| draft.stage_id = Some(company.stage("Offer")));
    company.wins(company.deal("1 EUR"));
    assert_eq!(counts(&now(&company)), (4, vec![4, 2], 2, 1));
}

#[test]
fn a_step_back_takes_nothing_from_what_was_reached() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.deal("1 EUR");
    company.moves(deal, "Offer").moves(deal, "Lead");
    assert_eq!(counts(&now(&company)), (1, vec![1, 1], 0, 0));
    company.wins(deal).reopens(deal);
    assert_eq!(counts(&now(&company)), (1, vec![1, 1], 0, 0), "it is not won any more");
}

#[test]
fn the_funnel_of_a_past_day_knows_nothing_of_what_came_later() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.at("2024-02-01T10:00:00Z").deal("1 EUR");
    company.at("2024-02-10T10:00:00Z").moves(deal, "Offer");
    company.at("2024-02-20T10:00:00Z").wins(deal);
    company.at("2024-03-01T10:00:00Z").reopens(deal);
    let on = |date| counts(&company.ask(|reader| Funnel::on(reader, day(date), &Selection::default())));
    assert_eq!(on("2024-01-31"), (0, vec![0, 0], 0, 0));
    assert_eq!(on("2024-02-09"), (1, vec![1, 0], 0, 0));
    assert_eq!(on("2024-02-10"), (1, vec![1, 1], 0, 0));
    assert_eq!(on("2024-02-20"), (1, vec![1, 1], 1, 1));
    assert_eq!(on("2024-03-01"), counts(&now(&company)));
}
