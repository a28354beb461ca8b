use crm_core::insight::{Forecast, Selection};
use crm_core::sales::{ForecastCategory, OpportunityChange};
use crm_core::values::{Period, Tz};

use crate::company::{Company, amounts, day};

fn rows(forecast: &Forecast) -> Vec<(Option<String>, Option<ForecastCategory>, i64)> {
    let rows = forecast.rows.iter();
    rows.map(|row| {
        (
            row.starts_on.map(|day| forecast.period.label(day)),
            row.category,
            row.figures.count,
        )
    })
    .collect()
}

#[test]
fn without_deals_there_is_no_row() {
    let company = Company::without_pipeline(Tz::UTC);
    let forecast = company.ask(|reader| Forecast::now(reader, Period::Month, &Selection::default()));
    assert_eq!(forecast.rows, []);
}

#[test]
fn deals_count_in_the_period_in_which_they_are_to_close_and_in_their_category() {
    let company = Company::in_zone(Tz::UTC);
    for (close_on, category) in [
        (Some("2024-02-29"), ForecastCategory::Commit),
        (Some("2024-02-01"), ForecastCategory::BestCase),
        (Some("2024-03-01"), ForecastCategory::Commit),
        (None, ForecastCategory::Pipeline),
    ] {
        company.deal_with("100 EUR", |draft| {
            draft.close_on = close_on.map(day);
            draft.forecast_category = Some(category);
        });
    }
    let forecast = |period| company.ask(|reader| Forecast::now(reader, period, &Selection::default()));
    let label = |label: &str| Some(label.to_owned());
    assert_eq!(
        rows(&forecast(Period::Month)),
        [
            (label("2024-02"), Some(ForecastCategory::BestCase), 1),
            (label("2024-02"), Some(ForecastCategory::Commit), 1),
            (label("2024-03"), Some(ForecastCategory::Commit), 1),
            (None, Some(ForecastCategory::Pipeline), 1),
        ]
    );
    let fiscal = forecast(Period::FiscalQuarter(3));
    assert_eq!(
        rows(&fiscal)[..2],
        [
            (label("FY2024Q4"), Some(ForecastCategory::BestCase), 1),
            (label("FY2024Q4"), Some(ForecastCategory::Commit), 1),
        ]
    );
    let quarter = forecast(Period::Quarter);
    assert_eq!(rows(&quarter)[1], (label("2024Q1"), Some(ForecastCategory::Commit), 2));
    assert_eq!(quarter.rows[1].figures.amounts, amounts(&["200 EUR"]));
    assert_eq!(quarter.rows[1].figures.weighted, amounts(&["20 EUR"]));
}

#[test]
fn won_deals_are_closed_in_the_period_of_their_closing() {
    let company = Company::in_zone(Tz::Asia__Shanghai);
    let deal = company.deal_with("100 EUR", |draft| draft.close_on = Some(day("2024-06-30")));
    company.at("2024-03-31T16:00:00Z").wins(deal);
    let forecast = company.ask(|reader| Forecast::now(reader, Period::Quarter, &Selection::default()));
    assert_eq!(
        rows(&forecast),
        [(Some("2024Q2".into()), Some(ForecastCategory::Closed), 1)]
    );
    assert_eq!(forecast.rows[0].figures.weighted, amounts(&["100 EUR"]));
}

#[test]
fn the_forecast_of_a_past_day_is_what_was_expected_then() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company
        .at("2024-01-10T10:00:00Z")
        .deal_with("100 EUR", |draft| draft.close_on = Some(day("2024-02-15")));
    company
        .at("2024-02-10T10:00:00Z")
        .changes(deal, OpportunityChange::CloseOn(Some(day("2024-05-15"))));
    let on = |date| company.ask(|reader| Forecast::on(reader, day(date), Period::Month, &Selection::default()));
    assert_eq!(rows(&on("2024-01-09")), []);
    assert_eq!(rows(&on("2024-02-09"))[0].0, Some("2024-02".into()));
    assert_eq!(rows(&on("2024-02-10"))[0].0, Some("2024-05".into()));
}
