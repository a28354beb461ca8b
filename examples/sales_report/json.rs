//! The answers as JSON.

use crmkit::engine::Value as Key;
use crmkit::insight::{Amounts, Board, Bridge, Figures, Grouped, Groups, Spread, WinRate};
use crmkit::values::{Currency, Decimal, NaiveDate, Period};
use serde_json::{Map, Value, json};

use crate::report::Report;

/// Digits of rates and means.
const DIGITS: u32 = 6;

/// The whole report.
pub(crate) fn report(report: &Report, currency: Currency) -> Value {
    let by = |groups: &Groups<WinRate>| groups_by_name(groups, currency);
    let mut funnel: Map<String, Value> = Map::new();
    for step in &report.funnel.steps {
        funnel.insert(step.name.clone(), json!(step.reached));
    }
    funnel.insert("Closed".into(), json!(report.funnel.closed));
    funnel.insert("Won".into(), json!(report.funnel.won));
    let quarters: Map<String, Value> = report
        .by_quarter
        .groups
        .iter()
        .map(|group| quarter(group, currency))
        .collect();
    json!({
        "opportunities": report.total.opportunities,
        "open": report.total.open,
        "won": report.total.won,
        "lost": report.total.lost,
        "won_value": amount(&report.total.won_value, currency),
        "win_rate": rounded(report.total.rate),
        "days_to_close": {
            "all": spread(&report.days_to_close.all),
            "won": spread(&report.days_to_close.won),
            "lost": spread(&report.days_to_close.lost),
        },
        "by_agent": by(&report.by_agent),
        "by_manager": by(&report.by_manager),
        "by_office": by(&report.by_office),
        "by_product": by(&report.by_product),
        "by_sector": by(&report.by_sector),
        "by_quarter": quarters,
        "funnel": funnel,
        "open_list_value": amount(&report.board.open.list_amounts, currency),
    })
}

/// The open pipeline of a day.
pub(crate) fn board(board: &Board, currency: Currency) -> Value {
    json!({ "boards": { (board.day.to_string()): open_pipeline(&board.open, currency) } })
}

/// The open pipeline of two days, and the way from one to the other.
pub(crate) fn bridge(bridge: &Bridge, currency: Currency) -> Value {
    let part =
        |figures: &Figures| json!({ "count": figures.count, "list_value": amount(&figures.list_amounts, currency) });
    json!({
        "boards": {
            (bridge.from.to_string()): open_pipeline(&bridge.opening, currency),
            (bridge.to.to_string()): open_pipeline(&bridge.closing, currency),
        },
        "bridges": { (format!("{}..{}", bridge.from, bridge.to)): {
            "added": part(&bridge.added),
            "won": part(&bridge.won),
            "lost": part(&bridge.lost),
            "won_close_value": amount(&bridge.won.amounts, currency),
        }},
    })
}

fn open_pipeline(open: &Figures, currency: Currency) -> Value {
    json!({ "open": open.count, "open_list_value": amount(&open.list_amounts, currency) })
}

fn groups_by_name(groups: &Groups<WinRate>, currency: Currency) -> Map<String, Value> {
    let named = groups.groups.iter().filter_map(|group| match group.key.as_slice() {
        [Key::Text(name)] => Some((name.clone(), &group.answer)),
        _ => None,
    });
    named.map(|(name, rate)| (name, win_rate(rate, currency))).collect()
}

fn win_rate(rate: &WinRate, currency: Currency) -> Value {
    json!({
        "opps": rate.opportunities,
        "won": rate.won,
        "lost": rate.lost,
        "open": rate.open,
        "win_rate": rounded(rate.rate),
        "won_value": amount(&rate.won_value, currency),
    })
}

fn quarter(group: &Grouped<NaiveDate, WinRate>, currency: Currency) -> (String, Value) {
    let rate = &group.answer;
    let answers = json!({
        "closed": rate.opportunities,
        "won": rate.won,
        "win_rate": rounded(rate.rate),
        "won_value": amount(&rate.won_value, currency),
    });
    (Period::Quarter.label(group.key), answers)
}

fn spread(spread: &Spread) -> Value {
    json!({
        "n": spread.count,
        "mean": rounded(spread.mean),
        "median": rounded(spread.median),
        "p25": rounded(spread.first_quartile),
        "p75": rounded(spread.third_quartile),
        "min": spread.minimum,
        "max": spread.maximum,
    })
}

/// A number as JSON has them, for print only.
fn rounded(number: Option<Decimal>) -> Value {
    let rounded = number.map(|number| number.round_dp(DIGITS).to_string());
    json!(rounded.and_then(|number| number.parse::<f64>().ok()))
}

/// Whole where it is whole.
fn amount(amounts: &Amounts, currency: Currency) -> Value {
    let amount = amounts.in_currency(currency).amount();
    match i64::try_from(amount) {
        Ok(whole) if amount.fract().is_zero() => json!(whole),
        _ => rounded(Some(amount)),
    }
}
