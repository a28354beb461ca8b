//! The page: what the report says, in HTML.

mod activity;
mod board;
mod closings;
mod deals;
mod forecast;
mod funnel;
mod pace;
mod parts;
mod rates;
mod section;
mod summary;

use super::Report;
use crate::table::Escaped;
use parts::long_date;

const STYLE: &str = include_str!("style.css");

/// The whole page.
pub(super) fn html(report: &Report) -> String {
    let day = long_date(report.day);
    let body = match report.pipelines.is_empty() && report.activity.is_empty() {
        true => nothing_yet(),
        false => {
            report
                .pipelines
                .iter()
                .enumerate()
                .map(section::html)
                .collect::<String>()
                + &activity(report)
        }
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Sales report, {day}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header><div><h1>Sales report</h1><p>{day} · {zone}</p></div>{contents}</header>\n\
         <main>\n{body}</main>\n</body>\n</html>\n",
        zone = report.zone.name(),
        contents = contents(report),
    )
}

/// What belongs to no pipeline.
fn activity(report: &Report) -> String {
    format!("<section><h2>Activity</h2>\n{}</section>\n", activity::html(report))
}

/// Links to the pipelines, where there are several.
fn contents(report: &Report) -> String {
    if report.pipelines.len() < 2 {
        return String::new();
    }
    let link = |(place, name): (usize, &str)| format!("<a href=\"#pipeline-{}\">{}</a>", place + 1, Escaped(name));
    let names = report.pipelines.iter().map(|pipeline| pipeline.name.as_str());
    let links: String = names.enumerate().map(link).collect();
    format!("<nav aria-label=\"Pipelines\">{links}</nav>")
}

fn nothing_yet() -> String {
    "<section class=\"empty\"><h2>Nothing to show yet</h2>\
     <p>There is no pipeline in this file. Create one with its stages, or import the opportunities of another system: \
     this page then shows the board, the funnel, the forecast, win rates and how long deals take.</p></section>\n"
        .into()
}
