use super::parts::{card, nothing};
use crate::insight::Spread;
use crate::report::PipelineReport;
use crate::report::number::{count, days, size};
use crate::report::svg::{Scale, axis, spread};
use crate::table::Escaped;

/// How long deals stay in each stage, and how long they take in all.
pub(super) fn html(pipeline: &PipelineReport) -> String {
    const TITLE: &str = "Pace";
    const NOTE: &str = "Days: the bar holds the middle half of the deals, the mark is the median";
    let stages = pipeline.time_in_stage.iter();
    let stages: Vec<_> = stages.map(|stage| (stage.name.as_str(), &stage.days, "s2")).collect();
    let closing = &pipeline.days_to_close;
    let closing = [("Won", &closing.won, "won"), ("Lost", &closing.lost, "lost")];
    if stages.iter().chain(&closing).all(|(_, spread, _)| spread.count == 0) {
        return card(TITLE, NOTE, &nothing("No deal has left a stage yet."));
    }
    let body = list("Time in stage", "Visits", &stages) + &list("Opening to closing", "Deals", &closing);
    card(TITLE, NOTE, &body)
}

fn list(group: &str, counted: &str, rows: &[(&str, &Spread, &str)]) -> String {
    let ends = rows.iter().filter_map(|(_, spread, _)| spread.third_quartile);
    let scale = Scale::to(ends.map(size).fold(0.0, f64::max));
    let rows: String = rows
        .iter()
        .map(|(name, spread, class)| row(scale, name, spread, class))
        .collect();
    format!(
        "<table class=\"rows\"><thead><tr><th scope=\"col\">{group}</th><td class=\"picture\">{}</td>\
         <th scope=\"col\">Median</th><th scope=\"col\">{counted}</th></tr></thead><tbody>{rows}</tbody></table>",
        axis(scale, ""),
    )
}

fn row(scale: Scale, name: &str, days_of: &Spread, class: &str) -> String {
    let quartiles = [days_of.first_quartile, days_of.median, days_of.third_quartile];
    let picture = match quartiles {
        [Some(first), Some(median), Some(third)] => spread(scale, class, [first, median, third].map(size)),
        _ => String::new(),
    };
    format!(
        "<tr><th scope=\"row\">{}</th><td class=\"picture\">{picture}</td><td>{}</td><td class=\"quiet\">{}</td></tr>",
        Escaped(name),
        days(days_of.median),
        count(days_of.count),
    )
}
