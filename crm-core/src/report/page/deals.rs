use super::parts::{card, nothing};
use crate::report::number::rounded;
use crate::report::{OpenDeal, PipelineReport};
use crate::table::Escaped;
use crate::values::NaiveDate;

/// The largest open deals of each currency.
pub(super) fn largest(pipeline: &PipelineReport) -> String {
    const TITLE: &str = "Largest open deals";
    const NOTE: &str = "The six largest of each currency";
    if pipeline.largest.is_empty() {
        return card(TITLE, NOTE, &nothing("No deal with an amount is open."));
    }
    let figures = |deal: &OpenDeal| {
        let probability = deal.probability.map(|percent| format!("{} %", percent.normalize()));
        [
            amount(deal),
            probability.unwrap_or_else(|| "–".into()),
            date(deal.close_on),
        ]
    };
    let body = list(["Amount", "Probability", "Closes on"], &pipeline.largest, figures);
    card(TITLE, NOTE, &body)
}

/// Deals that somebody should look at.
pub(super) fn waiting(pipeline: &PipelineReport) -> String {
    const TITLE: &str = "Waiting for a look";
    if pipeline.waiting.is_empty() {
        let body = nothing("Every open deal moves: none is rotten or past its date.");
        return card(TITLE, "", &body);
    }
    let today = pipeline.board.day;
    let figures = |deal: &OpenDeal| {
        let allowed = deal.days_allowed.map(|allowed| format!(" of {allowed}"));
        let in_stage = format!("{}{} d", deal.days_in_stage, allowed.unwrap_or_default());
        let late = deal
            .close_on
            .map(|day| (today - day).num_days())
            .filter(|days| *days > 0);
        let closing = late.map_or_else(|| date(deal.close_on), |days| format!("{days} d late"));
        [amount(deal), in_stage, closing]
    };
    let body = list(["Amount", "In stage", "Closes on"], &pipeline.waiting, figures);
    let note = format!(
        "Longer in their stage than it allows, or past their date: {} of {}, the longest first",
        pipeline.waiting.len(),
        pipeline.waiting_count
    );
    card(TITLE, &note, &body)
}

/// Deals with who they are about, and three figures each.
fn list(heads: [&str; 3], deals: &[OpenDeal], figures: impl Fn(&OpenDeal) -> [String; 3]) -> String {
    let row = |deal: &OpenDeal| {
        let cells = figures(deal).into_iter().zip(heads);
        let cells = cells.map(|(cell, head)| format!("<td data-head=\"{head}\">{cell}</td>"));
        let [customer, owner] = [&deal.customer, &deal.owner].map(|name| name.as_deref().unwrap_or("–"));
        format!(
            "<tr><th scope=\"row\">{}<span>{}</span></th><td class=\"text\">{}</td><td class=\"text\">{}</td>{}</tr>",
            Escaped(&deal.name),
            Escaped(customer),
            Escaped(&deal.stage),
            Escaped(owner),
            cells.collect::<String>(),
        )
    };
    let rows: String = deals.iter().map(row).collect();
    let heads = heads.map(|head| format!("<th scope=\"col\">{head}</th>")).concat();
    format!(
        "<table class=\"deals\"><thead><tr><th scope=\"col\">Deal</th><th scope=\"col\" class=\"text\">Stage</th>\
         <th scope=\"col\" class=\"text\">Owner</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
}

fn amount(deal: &OpenDeal) -> String {
    deal.amount.map_or_else(|| "–".into(), rounded)
}

fn date(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "–".into(), |day| day.to_string())
}
