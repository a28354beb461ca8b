use crm_core::insight::{Selection, Spread, TimeInStage};
use crm_core::sales::OpportunityChange;
use crm_core::values::{Decimal, Tz};

use crate::company::{Company, money};

fn stages(company: &Company) -> Vec<TimeInStage> {
    company.ask(|reader| TimeInStage::of(reader, &Selection::default()))
}

#[test]
fn a_stage_that_nothing_entered_is_there_with_no_visits() {
    let company = Company::in_zone(Tz::UTC);
    let stages = stages(&company);
    let names: Vec<_> = stages.iter().map(|stage| stage.name.as_str()).collect();
    assert_eq!(names, ["Lead", "Offer"]);
    assert!(
        stages
            .iter()
            .all(|stage| stage.visits == 0 && stage.days == Spread::default())
    );
    assert!(self::stages(&Company::without_pipeline(Tz::UTC)).is_empty());
}

#[test]
fn a_stay_lasts_from_entering_to_leaving_whatever_changed_meanwhile() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.at("2024-02-26T12:00:00Z").deal("1 EUR");
    company
        .at("2024-02-28T12:00:00Z")
        .changes(deal, OpportunityChange::Amount(Some(money("2 EUR"))));
    // Three days, the leap day among them.
    company.at("2024-02-29T12:00:00Z").moves(deal, "Offer");
    let lead = &stages(&company)[0];
    assert_eq!((lead.visits, lead.ongoing, lead.days.count), (1, 0, 1));
    assert_eq!((lead.days.minimum, lead.days.maximum), (Some(3), Some(3)));
}

#[test]
fn coming_back_is_another_visit_and_one_that_is_not_over_has_no_length_yet() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.at("2024-02-01T12:00:00Z").deal("1 EUR");
    company.at("2024-02-02T12:00:00Z").moves(deal, "Offer");
    company.at("2024-02-10T12:00:00Z").moves(deal, "Lead");
    company.at("2024-02-14T12:00:00Z").wins(deal);
    company.at("2024-02-20T12:00:00Z").reopens(deal);
    let lead = &stages(&company)[0];
    assert_eq!((lead.visits, lead.ongoing, lead.days.count), (3, 1, 2));
    assert_eq!(lead.days.mean, Some(Decimal::new(25, 1)));
    assert_eq!(lead.days.median, Some(Decimal::new(25, 1)));
}
