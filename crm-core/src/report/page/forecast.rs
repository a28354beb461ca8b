use std::collections::BTreeSet;

use chrono::{Datelike, Months};

use super::parts::{card, details, legend, nothing, table};
use crate::insight::{Forecast, ForecastRow};
use crate::report::PipelineReport;
use crate::report::number::{all_exact, count, rounded, size};
use crate::report::svg::{Columns, Series, Slot};
use crate::sales::ForecastCategory;
use crate::values::{Currency, Money, NaiveDate, Period};

/// How many months the forecast looks ahead, this one included.
const MONTHS: u32 = 6;

/// The categories from the surest to the least sure, their names and colours.
const CATEGORIES: [(ForecastCategory, &str, &str); 5] = [
    (ForecastCategory::Closed, "Won", "won"),
    (ForecastCategory::Commit, "Commit", "s1"),
    (ForecastCategory::MostLikely, "Most likely", "s2"),
    (ForecastCategory::BestCase, "Best case", "s3"),
    (ForecastCategory::Pipeline, "Pipeline", "s4"),
];

/// Where a row of the forecast goes.
#[derive(Clone, Copy, PartialEq)]
enum When {
    Overdue,
    Month(NaiveDate),
    Later,
    NoDate,
}

/// What is to close, by month and category: one picture for each currency.
pub(super) fn html(pipeline: &PipelineReport) -> String {
    const TITLE: &str = "Forecast";
    const NOTE: &str = "Amounts by expected month and forecast category";
    let forecast = &pipeline.forecast;
    let rows: Vec<&ForecastRow> = forecast.rows.iter().filter(|row| is_shown(forecast, row)).collect();
    let amounts = rows.iter().flat_map(|row| row.figures.amounts.iter());
    let currencies: BTreeSet<Currency> = amounts.map(Money::currency).collect();
    if currencies.is_empty() {
        return card(TITLE, NOTE, &nothing("No deal with an amount is open."));
    }
    let slots = slots(forecast, &rows);
    let is_used = |category| rows.iter().any(|row| row.category == Some(category));
    let used = CATEGORIES.iter().filter(|(category, ..)| is_used(*category));
    let mut body = legend(used.map(|(_, name, class)| (*class, *name)));
    for currency in currencies {
        body += &picture(forecast, &rows, &slots, currency);
    }
    body += &details(&table(
        &["Month and category", "Deals", "Amount", "Weighted"],
        rows.into_iter().map(figures),
    ));
    card(TITLE, NOTE, &body)
}

fn figures(row: &ForecastRow) -> Vec<String> {
    let month = row
        .starts_on
        .map_or_else(|| "no date".into(), |day| Period::Month.label(day));
    let category = CATEGORIES.iter().find(|(category, ..)| row.category == Some(*category));
    let category = category.map_or("none".into(), |(_, name, _)| name.to_lowercase());
    vec![
        format!("{month}, {category}"),
        count(row.figures.count),
        all_exact(&row.figures.amounts),
        all_exact(&row.figures.weighted),
    ]
}

fn picture(forecast: &Forecast, rows: &[&ForecastRow], slots: &[When], currency: Currency) -> String {
    let series = CATEGORIES.iter().map(|(category, name, class)| {
        let of_category =
            |slot: &&When, row: &&&ForecastRow| row.category == Some(*category) && when(forecast, row) == **slot;
        let in_slot = |slot: &When| {
            let rows = rows.iter().filter(|row| of_category(&slot, row));
            let minor = rows.map(|row| row.figures.amounts.in_currency(currency).minor());
            let amount = Money::from_minor(minor.fold(0, i64::saturating_add), currency);
            (size(amount.amount()), rounded(amount))
        };
        Series {
            name,
            class,
            values: slots.iter().map(in_slot).collect(),
        }
    });
    let first_month = Period::Month.start(forecast.day);
    let columns = Columns {
        title: &format!("Forecast in {currency} by month and category"),
        series: &series.collect::<Vec<_>>(),
        slots: &slots.iter().map(|slot| slot_of(*slot, first_month)).collect::<Vec<_>>(),
        counts: false,
    };
    format!("<h4>{currency}</h4>{}", columns.svg())
}

/// What is omitted or lost is not forecast, and what was won before this month is told elsewhere.
fn is_shown(forecast: &Forecast, row: &ForecastRow) -> bool {
    match row.category {
        Some(ForecastCategory::Omitted) => false,
        Some(ForecastCategory::Closed) => matches!(when(forecast, row), When::Month(_)),
        _ => true,
    }
}

fn when(forecast: &Forecast, row: &ForecastRow) -> When {
    let this_month = Period::Month.start(forecast.day);
    let end = this_month
        .checked_add_months(Months::new(MONTHS))
        .unwrap_or(NaiveDate::MAX);
    match row.starts_on {
        None => When::NoDate,
        Some(month) if month < this_month => When::Overdue,
        Some(month) if month < end => When::Month(month),
        Some(_) => When::Later,
    }
}

/// The months ahead, and before and behind them what lies outside, where something does.
fn slots(forecast: &Forecast, rows: &[&ForecastRow]) -> Vec<When> {
    let this_month = Period::Month.start(forecast.day);
    let months = (0..MONTHS).filter_map(|ahead| this_month.checked_add_months(Months::new(ahead)));
    let there_is = |slot: &When| rows.iter().any(|row| when(forecast, row) == *slot);
    let before = Some(When::Overdue).filter(there_is);
    let behind = [When::Later, When::NoDate].into_iter().filter(there_is);
    before
        .into_iter()
        .chain(months.map(When::Month))
        .chain(behind)
        .collect()
}

fn slot_of(when: When, first_month: NaiveDate) -> Slot {
    let label = match when {
        When::Month(month) => return month_slot(month, month == first_month),
        When::Overdue => ["Past", "due"],
        When::Later => ["Later", ""],
        When::NoDate => ["No", "date"],
    };
    Slot {
        name: label.join(" ").trim_end().into(),
        label: label.map(Into::into),
        minor: false,
    }
}

/// A month, with its year below where the year begins, or the axis; not in a December, beside which the next year stands.
pub(super) fn month_slot(month: NaiveDate, is_first: bool) -> Slot {
    let year = (is_first && month.month() != 12 || month.month() == 1).then(|| month.format("%Y").to_string());
    Slot {
        label: [month.format("%b").to_string(), year.unwrap_or_default()],
        name: month.format("%B %Y").to_string(),
        minor: month.month().is_multiple_of(2) && !is_first,
    }
}
