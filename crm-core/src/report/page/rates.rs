use super::parts::{card, nothing};
use crate::engine::Value;
use crate::insight::{Grouped, WinRate};
use crate::report::PipelineReport;
use crate::report::number::{count, percent};
use crate::report::svg::{Scale, axis, interval};
use crate::table::Escaped;

/// How many groups each list shows.
const SHOWN: usize = 8;

/// Win rates by owner and by source, with how sure they are.
pub(super) fn html(pipeline: &PipelineReport) -> String {
    const TITLE: &str = "Win rates";
    const NOTE: &str = "Of the deals closed in 12 months; the line shows where the true rate lies, 19 times in 20";
    let all = &pipeline.win_rate;
    if all.rate.is_none() {
        return card(TITLE, NOTE, &nothing("No deal was closed in the last 12 months."));
    }
    let body = list("Owner", &pipeline.by_owner.groups, all) + &list("Source", &pipeline.by_source.groups, all);
    card(TITLE, NOTE, &body)
}

fn list(group: &str, rates: &[Grouped<Vec<Value>, WinRate>], all: &WinRate) -> String {
    if rates.iter().all(|rate| rate.key == [Value::Null]) {
        return String::new();
    }
    let shown = rates
        .iter()
        .take(SHOWN)
        .map(|rate| row(&name(&rate.key), &rate.answer, "s2"));
    let rows: String = shown.chain([row("All", all, "ink")]).collect();
    let left_out = match rates.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("<p class=\"note\">and {more} more with fewer closed deals</p>"),
    };
    format!(
        "<table class=\"rows\"><thead><tr><th scope=\"col\">{group}</th><td class=\"picture\">{}</td>\
         <th scope=\"col\">Rate</th><th scope=\"col\">Won</th></tr></thead>\
         <tbody>{rows}</tbody></table>{left_out}",
        axis(Scale::to(100.0), " %"),
    )
}

fn row(name: &str, rate: &WinRate, class: &str) -> String {
    let closed = rate.won + rate.lost;
    let (low, high) = wilson(rate.won, closed);
    let ends = [low, rate.won as f64 / closed.max(1) as f64, high].map(|part| 100.0 * part);
    format!(
        "<tr><th scope=\"row\">{}</th><td class=\"picture\">{}</td><td>{}</td><td class=\"quiet\">{} of {}</td></tr>",
        Escaped(name),
        interval(Scale::to(100.0), class, ends),
        percent(rate.rate),
        count(rate.won),
        count(closed),
    )
}

fn name(key: &[Value]) -> String {
    match key {
        [Value::Text(text)] => text.clone(),
        _ => "not set".into(),
    }
}

/// The 95 percent interval of a proportion (Wilson, "Probable inference", 1927), which holds for few trials as well.
fn wilson(successes: i64, trials: i64) -> (f64, f64) {
    const Z: f64 = 1.96;
    if trials == 0 {
        return (0.0, 1.0);
    }
    let n = trials as f64;
    let rate = successes as f64 / n;
    let middle = rate + Z * Z / (2.0 * n);
    let reach = Z * (rate * (1.0 - rate) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    ((middle - reach) / whole, (middle + reach) / whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_rate_is_that_of_wilson() {
        let (low, high) = wilson(8, 10);
        assert_eq!(
            (format!("{low:.3}"), format!("{high:.3}")),
            ("0.490".into(), "0.943".into())
        );
        assert!(wilson(0, 3).0.abs() < 1e-9);
    }
}
