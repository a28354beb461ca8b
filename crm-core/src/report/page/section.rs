use super::{board, closings, deals, forecast, funnel, pace, rates, summary};
use crate::report::PipelineReport;
use crate::report::escaped::Escaped;

/// One pipeline.
pub(super) fn html((place, pipeline): (usize, &PipelineReport)) -> String {
    let column = |cards: &[String]| format!("<div class=\"column\">{}</div>", cards.concat());
    let cards = [
        summary::html(pipeline),
        board::html(pipeline),
        column(&[forecast::html(pipeline), closings::html(pipeline)]),
        column(&[funnel::html(pipeline), pace::html(pipeline), rates::html(pipeline)]),
        deals::largest(pipeline),
        deals::waiting(pipeline),
    ];
    format!(
        "<section id=\"pipeline-{}\"><h2>{}</h2>\n{}</section>\n",
        place + 1,
        Escaped(&pipeline.name),
        cards.concat()
    )
}
