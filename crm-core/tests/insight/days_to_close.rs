use crm_core::insight::{DaysToClose, Selection, Spread, Unknown};
use crm_core::sales::Opportunity;
use crm_core::values::{Decimal, Tz};

use crate::company::Company;

fn all(company: &Company) -> DaysToClose {
    company.ask(|reader| DaysToClose::of(reader, &Selection::default()))
}

#[test]
fn where_nothing_is_closed_there_are_no_days() {
    let company = Company::in_zone(Tz::UTC);
    company.deal("1 EUR");
    assert_eq!(all(&company), DaysToClose::default());
}

#[test]
fn days_are_days_of_the_calendar_where_the_company_is() {
    let company = Company::in_zone(Tz::Asia__Shanghai);
    let in_the_afternoon = company.at("2024-02-28T10:00:00Z").deal("1 EUR");
    let before_midnight = company.at("2024-02-28T15:59:00Z").deal("1 EUR");
    // Two minutes on, and already the leap day in Shanghai.
    company.at("2024-02-28T16:01:00Z").wins(before_midnight);
    company.at("2024-03-01T10:00:00Z").loses(in_the_afternoon);
    let days = all(&company);
    assert_eq!((days.won.minimum, days.lost.minimum), (Some(1), Some(2)));
}

#[test]
fn mean_and_quartiles_are_exact_and_by_linear_interpolation() {
    let company = Company::in_zone(Tz::UTC);
    company.at("2024-01-01T12:00:00Z");
    let deals = ["2024-01-02", "2024-01-03", "2024-01-05", "2024-01-09"].map(|closed| (closed, company.deal("1 EUR")));
    for (closed, deal) in deals {
        company.at(&format!("{closed}T12:00:00Z")).wins(deal);
    }
    let expected = Spread {
        count: 4,
        mean: Some(Decimal::new(375, 2)),
        median: Some(Decimal::from(3)),
        first_quartile: Some(Decimal::new(175, 2)),
        third_quartile: Some(Decimal::from(5)),
        minimum: Some(1),
        maximum: Some(8),
    };
    let days = all(&company);
    assert_eq!((&days.all, &days.won), (&expected, &expected));
    assert_eq!(days.lost, Spread::default());
}

#[test]
fn of_a_reopened_deal_the_last_closing_counts() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.at("2024-01-01T12:00:00Z").deal("1 EUR");
    company.at("2024-01-03T12:00:00Z").loses(deal);
    company.at("2024-01-05T12:00:00Z").reopens(deal);
    assert_eq!(all(&company).all.count, 0);
    company.at("2024-01-31T12:00:00Z").wins(deal);
    let days = all(&company);
    assert_eq!((days.all.count, days.won.maximum), (1, Some(30)));
}

#[test]
fn days_group_by_a_field_and_those_without_it_can_be_left_out() {
    let company = Company::in_zone(Tz::UTC);
    for source in [None, Some("fair"), Some("fair")] {
        company.wins(company.deal_with("1 EUR", |draft| draft.source = source.map(str::to_owned)));
    }
    let by =
        |unknown| company.ask(|reader| DaysToClose::by(reader, [Opportunity::SOURCE], unknown, &Selection::default()));
    let counts = |unknown| -> Vec<_> { by(unknown).groups.iter().map(|group| group.answer.all.count).collect() };
    assert_eq!(counts(Unknown::Kept), [1, 2]);
    assert_eq!(counts(Unknown::LeftOut), [2]);
}
