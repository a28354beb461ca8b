use crm_core::engine::Result;
use crm_core::ids::OpportunityId;
use crm_core::insight::{Bridge, Selection};
use crm_core::sales::{
    Closing, Opportunity, OpportunityChange, OpportunityDraft, OpportunityLineDraft, Product, ProductDraft, Reopening,
};
use crm_core::values::Tz;
use proptest::prelude::*;

use crate::company::{Company, amounts, day, money};

fn between(company: &Company, from: &str, to: &str) -> Bridge {
    company.ask(|reader| Bridge::between(reader, day(from), day(to), &Selection::default()))
}

/// Opening, added, won, lost, closing.
fn counts(bridge: &Bridge) -> [i64; 5] {
    [
        &bridge.opening,
        &bridge.added,
        &bridge.won,
        &bridge.lost,
        &bridge.closing,
    ]
    .map(|figures| figures.count)
}

fn product(company: &Company) -> Product {
    company.write(|tx| {
        tx.create(ProductDraft {
            list_price: Some(money("100 EUR")),
            ..ProductDraft::new("Loom")
        })
    })
}

/// A deal for looms by the list.
fn looms(company: &Company, product: &Product) -> OpportunityId {
    company.write(|tx| {
        let line = OpportunityLineDraft::new(product.id);
        Ok(Opportunity::create_with(tx, OpportunityDraft::new("Looms"), vec![line], &[])?.id)
    })
}

#[test]
fn without_deals_every_part_is_nothing() {
    let company = Company::in_zone(Tz::UTC);
    let bridge = between(&company, "2024-01-31", "2024-02-29");
    assert_eq!(counts(&bridge), [0; 5]);
    assert_eq!(bridge.list_change, amounts(&[]));
}

#[test]
fn what_came_and_went_in_between_is_added_and_closed() {
    let company = Company::in_zone(Tz::UTC);
    let loom = product(&company);
    let before = company.at("2024-01-31T10:00:00Z");
    let (stays, wins, loses) = (looms(before, &loom), looms(before, &loom), looms(before, &loom));
    company.at("2024-02-01T00:00:00Z").wins(wins);
    let added = looms(&company, &loom);
    company.loses(loses);
    let quick = looms(company.at("2024-02-29T10:00:00Z"), &loom);
    company.at("2024-02-29T23:59:59Z").wins(quick);
    company.at("2024-03-01T00:00:00Z").loses(stays).loses(added);
    let bridge = between(&company, "2024-01-31", "2024-02-29");
    assert_eq!(counts(&bridge), [3, 2, 2, 1, 2]);
    assert_eq!(bridge.opening.list_amounts, amounts(&["300 EUR"]));
    assert_eq!(bridge.won.list_amounts, amounts(&["200 EUR"]));
    assert_eq!(bridge.closing.list_amounts, amounts(&["200 EUR"]));
    assert_eq!(bridge.list_change, amounts(&[]));
}

#[test]
fn a_deal_that_was_closed_and_reopened_on_the_way_is_only_open_at_both_ends() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.at("2024-01-31T10:00:00Z").deal("1 EUR");
    company.at("2024-02-10T10:00:00Z").wins(deal);
    company.at("2024-02-20T10:00:00Z").reopens(deal);
    assert_eq!(counts(&between(&company, "2024-01-31", "2024-02-29")), [1, 0, 0, 0, 1]);
    assert_eq!(counts(&between(&company, "2024-01-31", "2024-02-10")), [1, 0, 1, 0, 0]);
    assert_eq!(counts(&between(&company, "2024-02-10", "2024-02-29")), [0, 1, 0, 0, 1]);
}

#[test]
fn lines_that_change_on_the_way_are_told_apart_from_deals_that_come_and_go() {
    let company = Company::in_zone(Tz::UTC);
    let loom = product(&company);
    let deal = looms(company.at("2024-01-31T10:00:00Z"), &loom);
    company.at("2024-02-10T10:00:00Z").write(|tx| {
        tx.create(OpportunityLineDraft {
            opportunity_id: Some(deal),
            ..OpportunityLineDraft::new(loom.id)
        })
    });
    let bridge = between(&company, "2024-01-31", "2024-02-29");
    assert_eq!(counts(&bridge), [1, 0, 0, 0, 1]);
    assert_eq!(bridge.list_change, amounts(&["100 EUR"]));
}

/// What may happen to one of the deals on a day.
fn step(company: &Company, deals: &mut Vec<OpportunityId>, kind: u8, deal: usize) {
    let Some(deal) = deals.get(deal % deals.len().max(1)).copied().filter(|_| kind > 0) else {
        deals.push(company.deal("1 EUR"));
        return;
    };
    // What is not allowed at the moment is refused, and changes nothing.
    let _refused_or_done: Result<Opportunity> = company.crm.write(|tx| match kind {
        1 => Opportunity::win(tx, deal, Closing::default()),
        2 => Opportunity::lose(tx, deal, "price", Closing::default()),
        3 => Opportunity::reopen(tx, deal, Reopening::default()),
        4 => Opportunity::move_to(tx, deal, company.stage("Offer")),
        _ => tx.update(deal, [OpportunityChange::Amount(Some(money("2 EUR")))], None),
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn opening_and_added_less_won_and_lost_is_closing(
        steps in prop::collection::vec((1..28_u32, 0..6_u8, 0..8_usize), 1..40),
        ends in (1..28_u32, 1..28_u32),
    ) {
        let company = Company::in_zone(Tz::UTC);
        let mut deals = Vec::new();
        let mut steps = steps;
        steps.sort_by_key(|(date, ..)| *date);
        for (date, kind, deal) in steps {
            company.at(&format!("2024-02-{date:02}T10:00:00Z"));
            step(&company, &mut deals, kind, deal);
        }
        let (from, to) = (ends.0.min(ends.1), ends.0.max(ends.1));
        let bridge = between(&company, &format!("2024-02-{from:02}"), &format!("2024-02-{to:02}"));
        let [opening, added, won, lost, closing] = counts(&bridge);
        prop_assert_eq!(opening + added - won - lost, closing);
    }
}
