use super::parts::{card, details, legend, table};
use crate::insight::{Board, BoardColumn};
use crate::report::PipelineReport;
use crate::report::number::{all_exact, count, rounded, size};
use crate::report::svg::bar;
use crate::sales::StageKind;
use crate::table::Escaped;
use crate::values::Money;

/// The stages side by side: how many deals, what they are worth, and what part of it the probability leaves.
pub(super) fn html(pipeline: &PipelineReport) -> String {
    let board = &pipeline.board;
    let stages: String = board.columns.iter().map(|column| stage(board, column)).collect();
    let rows = board.columns.iter().map(|column| {
        let figures = &column.figures;
        vec![
            column.name.clone(),
            count(figures.count),
            all_exact(&figures.amounts),
            all_exact(&figures.weighted),
            count(column.rotten),
        ]
    });
    let table = table(&["Stage", "Deals", "Amount", "Weighted", "Rotten"], rows);
    let legend = legend([("s2", "Weighted by probability"), ("s4", "Amount")]);
    let body = format!("{legend}<ul class=\"board\">{stages}</ul>{}", details(&table));
    card("Board", "What stands in each stage", &body)
}

fn stage(board: &Board, column: &BoardColumn) -> String {
    let figures = &column.figures;
    let amounts: String = figures
        .amounts
        .iter()
        .map(|amount| sum(board, column, amount))
        .collect();
    let noun = if figures.count == 1 { "deal" } else { "deals" };
    let rotten = match column.rotten {
        0 => String::new(),
        rotten => format!("<span class=\"flag\">{} rotten</span>", count(rotten)),
    };
    format!(
        "<li class=\"{}\"><h4>{}</h4><p class=\"count\"><b>{}</b>{noun}{rotten}</p>{amounts}</li>",
        column.kind.code(),
        Escaped(&column.name),
        count(figures.count),
    )
}

/// A sum of one currency, with its bar among the open stages.
fn sum(board: &Board, column: &BoardColumn, amount: Money) -> String {
    if column.kind != StageKind::Open {
        return format!("<p>{}</p>", rounded(amount));
    }
    let open = board.columns.iter().filter(|column| column.kind == StageKind::Open);
    let in_currency = open.map(|column| size(column.figures.amounts.in_currency(amount.currency()).amount()));
    let largest = in_currency.fold(f64::MIN_POSITIVE, f64::max);
    let weighted = column.figures.weighted.in_currency(amount.currency());
    let part = |amount: Money| size(amount.amount()) / largest;
    format!(
        "<p>{}</p>{}<p class=\"weighted\">{} weighted</p>",
        rounded(amount),
        bar(&[("s4", part(amount)), ("s2", part(weighted))]),
        rounded(weighted),
    )
}
