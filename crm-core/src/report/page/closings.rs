use std::collections::BTreeSet;

use super::forecast::month_slot;
use super::parts::{card, details, nothing, table};
use crate::insight::WinRate;
use crate::report::PipelineReport;
use crate::report::number::{all_exact, count, percent, rounded, size};
use crate::report::svg::{Columns, Series, Slot};
use crate::values::{Currency, Money, NaiveDate, Period};

/// What was won in each of the last twelve months: one picture for each currency.
pub(super) fn html(pipeline: &PipelineReport) -> String {
    const TITLE: &str = "Won by month";
    const NOTE: &str = "Amounts of the deals won in 12 months";
    let amounts = pipeline.win_rate.won_value.iter();
    let currencies: BTreeSet<Currency> = amounts.map(Money::currency).collect();
    if currencies.is_empty() {
        return card(
            TITLE,
            NOTE,
            &nothing("No deal with an amount was won in the last 12 months."),
        );
    }
    let months = months(pipeline);
    let pictures: String = currencies
        .into_iter()
        .map(|currency| picture(&months, currency))
        .collect();
    let rows = months.iter().map(|(month, closed)| {
        vec![
            Period::Month.label(*month),
            count(closed.won),
            count(closed.lost),
            percent(closed.rate),
            all_exact(&closed.won_value),
        ]
    });
    let table = table(&["Month", "Won", "Lost", "Win rate", "Won amount"], rows);
    card(TITLE, NOTE, &(pictures + &details(&table)))
}

fn picture(months: &[(NaiveDate, WinRate)], currency: Currency) -> String {
    let won = |(_, closed): &(NaiveDate, WinRate)| {
        let amount = closed.won_value.in_currency(currency);
        (size(amount.amount()), rounded(amount))
    };
    let series = Series {
        name: "won",
        class: "won",
        values: months.iter().map(won).collect(),
    };
    let columns = Columns {
        title: &format!("Won in {currency} by month"),
        slots: &months
            .iter()
            .map(|(month, _)| month_slot(*month, *month == months[0].0))
            .collect::<Vec<Slot>>(),
        series: &[series],
        counts: false,
    };
    format!("<h4>{currency}</h4>{}", columns.svg())
}

/// The twelve months, also those in which nothing was closed.
fn months(pipeline: &PipelineReport) -> Vec<(NaiveDate, WinRate)> {
    let months = std::iter::successors(Some(pipeline.since), |month| Some(Period::Month.next(*month)));
    let closed_in = |month: NaiveDate| pipeline.closings.groups.iter().find(|closing| closing.key == month);
    months
        .take(12)
        .map(|month| {
            (
                month,
                closed_in(month)
                    .map(|closing| closing.answer.clone())
                    .unwrap_or_default(),
            )
        })
        .collect()
}
