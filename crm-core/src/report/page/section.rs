use super::{board, closings, deals, forecast, funnel, pace, rates, summary};
use crate::report::PipelineReport;
use crate::table::Escaped;

/// What stands below the board of a pipeline without deals.
const NO_DEALS: &str =
    "<p class=\"nothing\">No deal has entered this pipeline yet: its charts appear with the first one.</p>\n";

/// One pipeline.
pub(super) fn html((place, pipeline): (usize, &PipelineReport)) -> String {
    if pipeline.funnel.opportunities == 0 {
        return section(place, pipeline, &(board::html(pipeline) + NO_DEALS));
    }
    let pictures = [
        forecast::html(pipeline),
        closings::html(pipeline),
        funnel::html(pipeline),
        pace::html(pipeline),
        rates::html(pipeline),
    ];
    let cards = [
        summary::html(pipeline),
        board::html(pipeline),
        format!("<div class=\"pictures\">\n{}</div>\n", pictures.concat()),
        deals::largest(pipeline),
        deals::waiting(pipeline),
    ];
    section(place, pipeline, &cards.concat())
}

fn section(place: usize, pipeline: &PipelineReport, cards: &str) -> String {
    format!(
        "<section id=\"pipeline-{}\"><h2>{}</h2>\n{cards}</section>\n",
        place + 1,
        Escaped(&pipeline.name),
    )
}
