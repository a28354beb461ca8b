use super::parts::{card, deals, nothing};
use crate::report::PipelineReport;
use crate::report::number::{count, percent};
use crate::report::svg::funnel_step;
use crate::table::Escaped;
use crate::values::Decimal;

/// How many deals came as far as each stage, and how many of those the stage before had.
pub(super) fn html(pipeline: &PipelineReport) -> String {
    let funnel = &pipeline.funnel;
    let stages = funnel.steps.iter().map(|step| (step.name.as_str(), step.reached, "s2"));
    let steps: Vec<(&str, i64, &str)> = stages.chain([("Won", funnel.won, "won")]).collect();
    let widest = steps.iter().map(|(_, reached, _)| *reached).max().unwrap_or_default();
    if widest == 0 {
        return card("Funnel", "", &nothing("No deal has entered this pipeline yet."));
    }
    let part = |reached: i64| reached as f64 / widest as f64;
    let rows: String = steps
        .iter()
        .enumerate()
        .map(|(place, (name, reached, class))| {
            let next = steps.get(place + 1).map(|(_, next, _)| part(*next));
            let before = place.checked_sub(1).and_then(|before| steps.get(before));
            let kept = before.map_or_else(String::new, |(_, before, _)| share(*reached, *before));
            format!(
                "<tr><th scope=\"row\">{}</th><td class=\"picture\">{}</td><td>{}</td><td class=\"quiet\">{kept}</td></tr>",
                Escaped(name),
                funnel_step(class, part(*reached), next),
                count(*reached),
            )
        })
        .collect();
    let body = format!(
        "<table class=\"rows funnel\"><thead><tr><th scope=\"col\">Stage</th><td></td><th scope=\"col\">Deals</th>\
         <th scope=\"col\">Kept</th></tr></thead><tbody>{rows}</tbody></table>"
    );
    let note = format!(
        "How far {} came; kept is the part of the stage before",
        deals(funnel.opportunities)
    );
    card("Funnel", &note, &body)
}

fn share(part: i64, whole: i64) -> String {
    percent(Decimal::from(part).checked_div(Decimal::from(whole)))
}
