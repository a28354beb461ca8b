//! What closed opportunities were worth by the rate of the day on which they were closed.

use crm_core::engine::Query;
use crm_core::ids::OpportunityId;
use crm_core::sales::{
    Closing, ClosingRate, ExchangeRateDraft, Opportunity, OpportunityChange, OpportunityDraft, Reopening,
    ReportingCurrencyDraft, StageVisit,
};
use crm_core::values::{Currency, Decimal};

use crate::desk::{DAY, Desk, day, money};

/// A desk in UTC on 2026-03-02 that reports in euros, with a rate of the dollar from the beginning of the year.
fn desk() -> Desk {
    let desk = Desk::open();
    desk.write(|tx| tx.create(ReportingCurrencyDraft::new("EUR")));
    set_rate(&desk, "USD", "2026-01-01", "0.9");
    desk
}

fn set_rate(desk: &Desk, from: &str, on: &str, rate: &str) {
    let rate: Decimal = rate.parse().expect("a rate");
    desk.write(|tx| tx.create(ExchangeRateDraft::new(from, "EUR", day(on), rate)));
}

/// What a deal is worth in euros by the rate that was locked.
fn locked(desk: &Desk, id: OpportunityId) -> Vec<String> {
    let rates: Vec<ClosingRate> = desk.read(|reader| reader.find(&Query::of::<ClosingRate>()));
    let of_deal = rates.iter().filter(|rate| rate.opportunity_id == id);
    of_deal
        .filter_map(|rate| rate.amount)
        .map(|amount| amount.to_string())
        .collect()
}

fn won(desk: &Desk, amount: &str) -> OpportunityId {
    let deal = desk.deal_worth(amount);
    desk.write(|tx| Opportunity::win(tx, deal.id, Closing::default())).id
}

#[test]
fn winning_and_losing_lock_the_rate_of_the_day() {
    let desk = desk();
    let (won, lost) = (won(&desk, "100 USD"), desk.deal_worth("200 USD").id);
    desk.write(|tx| Opportunity::lose(tx, lost, "price", Closing::default()));
    let open = desk.deal_worth("300 USD").id;
    assert_eq!(locked(&desk, won), ["90.00 EUR"]);
    assert_eq!(locked(&desk, lost), ["180.00 EUR"]);
    assert!(locked(&desk, open).is_empty());
}

#[test]
fn rates_that_come_later_move_nothing() {
    let desk = desk();
    let deal = won(&desk, "100 USD");
    set_rate(&desk, "USD", "2026-03-01", "0.5");
    desk.clock.advance(DAY);
    assert_eq!(locked(&desk, deal), ["90.00 EUR"]);
    let other = won(&desk, "100 USD");
    assert_eq!(locked(&desk, other), ["50.00 EUR"]);
}

#[test]
fn the_day_is_that_of_the_closing_in_the_zone() {
    let desk = Desk::in_shanghai();
    desk.write(|tx| tx.create(ReportingCurrencyDraft::new("EUR")));
    set_rate(&desk, "USD", "2026-02-01", "0.9");
    set_rate(&desk, "USD", "2026-02-28", "0.8");
    let deal = desk.write(|tx| {
        tx.create(OpportunityDraft {
            amount: Some(money("100 USD")),
            opened_at: "2026-02-01T00:00:00Z".parse().ok(),
            ..OpportunityDraft::new("Twelve looms")
        })
    });
    // It is the 28th in Shanghai.
    let closed_at = "2026-02-27T17:00:00Z".parse().ok();
    desk.write(|tx| {
        Opportunity::win(
            tx,
            deal.id,
            Closing {
                closed_at,
                ..Closing::default()
            },
        )
    });
    assert_eq!(locked(&desk, deal.id), ["80.00 EUR"]);
}

#[test]
fn reopening_takes_the_rate_away_and_closing_again_locks_the_one_of_that_day() {
    let desk = desk();
    let deal = won(&desk, "100 USD");
    desk.write(|tx| Opportunity::reopen(tx, deal, Reopening::default()));
    assert!(locked(&desk, deal).is_empty());
    set_rate(&desk, "USD", "2026-03-02", "0.8");
    desk.write(|tx| Opportunity::win(tx, deal, Closing::default()));
    assert_eq!(locked(&desk, deal), ["80.00 EUR"]);
}

#[test]
fn an_amount_that_changes_after_closing_keeps_the_locked_rate() {
    let desk = desk();
    let deal = won(&desk, "100 USD");
    set_rate(&desk, "USD", "2026-03-02", "0.5");
    let change = |amount: Option<&str>| {
        let amount = amount.map(money);
        desk.write(|tx| tx.update(deal, [OpportunityChange::Amount(amount)], None));
    };
    change(Some("200 USD"));
    assert_eq!(locked(&desk, deal), ["180.00 EUR"]);
    change(Some("70 EUR"));
    assert_eq!(locked(&desk, deal), ["70.00 EUR"]);
    change(None);
    assert!(locked(&desk, deal).is_empty());
}

#[test]
fn without_a_rate_nothing_is_locked_until_it_is_asked_for() {
    let desk = desk();
    let deal = won(&desk, "100 CHF");
    assert!(locked(&desk, deal).is_empty());
    set_rate(&desk, "CHF", "2026-01-01", "1.05");
    assert!(locked(&desk, deal).is_empty());
    let euro = Currency::from_code("EUR").expect("a currency");
    assert_eq!(desk.write(|tx| ClosingRate::write_missing(tx, euro)), 1);
    assert_eq!(locked(&desk, deal), ["105.00 EUR"]);
    assert_eq!(desk.write(|tx| ClosingRate::write_missing(tx, euro)), 0);
    let dollar = Currency::from_code("USD").expect("a currency");
    let refusal = desk.refusal(|tx| ClosingRate::write_missing(tx, dollar));
    assert_eq!(refusal.rule(), Some("closing_rate.reporting_currency"));
}

#[test]
fn what_is_created_closed_gets_the_rate_of_its_day() {
    let desk = desk();
    set_rate(&desk, "USD", "2026-02-01", "0.8");
    let stages = [desk.stage("Proposal"), desk.stage("Won")];
    let visits = [("2026-01-10T09:00:00Z", 0), ("2026-01-20T09:00:00Z", 1)].map(|(at, stage)| StageVisit {
        stage_id: stages[stage],
        at: at.parse().expect("a time"),
    });
    let draft = || OpportunityDraft {
        amount: Some(money("100 USD")),
        ..OpportunityDraft::new("Twelve looms")
    };
    let visited = desk.write(|tx| Opportunity::create_with(tx, draft(), Vec::new(), &visits));
    let plain = desk.write(|tx| {
        tx.create(OpportunityDraft {
            stage_id: Some(stages[1]),
            close_on: Some(day("2026-02-10")),
            ..draft()
        })
    });
    assert_eq!(locked(&desk, visited.id), ["90.00 EUR"]);
    assert_eq!(locked(&desk, plain.id), ["80.00 EUR"]);
}

#[test]
fn an_undo_of_the_closing_takes_the_rate_along() {
    let desk = desk();
    let deal = desk.deal_worth("100 USD");
    let batch = desk.write(|tx| Opportunity::win(tx, deal.id, Closing::default()).map(|_| tx.batch()));
    desk.crm.undo(batch).expect("an undo");
    assert!(locked(&desk, deal.id).is_empty());
}
