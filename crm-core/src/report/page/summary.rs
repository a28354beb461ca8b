use super::parts::{deals, lines};
use crate::insight::Amounts;
use crate::report::PipelineReport;
use crate::report::number::{count, days, percent};

/// The numbers above all others.
pub(super) fn html(pipeline: &PipelineReport) -> String {
    let (open, closed) = (&pipeline.board.open, &pipeline.win_rate);
    let tiles = [
        (
            "Open deals",
            count(open.count),
            format!("{} rotten", count(pipeline.board.rotten)),
        ),
        ("Open amount", lines(&open.amounts), currencies(&open.amounts)),
        ("Weighted", lines(&open.weighted), "by probability".into()),
        (
            "Won",
            lines(&closed.won_value),
            format!("{} in 12 months", deals(closed.won)),
        ),
        (
            "Win rate",
            percent(closed.rate),
            format!("of {} closed in 12 months", count(closed.won + closed.lost)),
        ),
        (
            "Time to win",
            days(pipeline.days_to_close.won.median),
            "median of 12 months".into(),
        ),
    ];
    let tiles: String = tiles
        .into_iter()
        .map(|(name, value, note)| format!("<div><dt>{name}</dt><dd>{value}</dd><dd class=\"note\">{note}</dd></div>"))
        .collect();
    format!("<dl class=\"tiles\">{tiles}</dl>\n")
}

fn currencies(amounts: &Amounts) -> String {
    match amounts.iter().count() {
        0 => "no amounts".into(),
        1 => "in all".into(),
        several => format!("in {several} currencies"),
    }
}
