//! Lines: what they cost, and that the amount of their opportunity follows them.

use crm_core::engine::Draft;
use crm_core::ids::{OpportunityId, ProductId};
use crm_core::sales::{
    Closing, Opportunity, OpportunityChange, OpportunityLine, OpportunityLineChange, OpportunityLineDraft,
    ProductChange, ProductDraft, ProductStatus,
};
use crm_core::values::Decimal;

use crate::desk::{Desk, invalid, money, refused_by, rule};

fn line(deal: OpportunityId, product: ProductId) -> OpportunityLineDraft {
    OpportunityLineDraft {
        opportunity_id: Some(deal),
        ..OpportunityLineDraft::new(product)
    }
}

fn number(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn amounts(desk: &Desk, deal: OpportunityId) -> (Option<String>, Option<String>) {
    let deal = desk.get(deal);
    (
        deal.amount.map(|amount| amount.to_string()),
        deal.list_amount.map(|amount| amount.to_string()),
    )
}

fn both(amount: &str, list: &str) -> (Option<String>, Option<String>) {
    (Some(amount.into()), Some(list.into()))
}

#[test]
fn a_line_is_one_piece_at_the_list_price_where_nothing_else_is_given() {
    let desk = Desk::open();
    let (deal, loom) = (desk.deal(), desk.product("Loom", "550.00 EUR"));
    let line = desk.write(|tx| tx.create(line(deal.id, loom.id)));
    assert_eq!(
        (line.quantity, line.unit_price),
        (Some(1.into()), Some(number("550.00")))
    );
    assert_eq!(line.currency.as_deref(), Some("EUR"));
    assert_eq!(
        (line.total, line.list_total),
        (Some(money("550 EUR")), Some(money("550 EUR")))
    );
    assert_eq!(amounts(&desk, deal.id), both("550.00 EUR", "550.00 EUR"));
}

#[test]
fn the_total_is_rounded_once_to_the_minor_unit() {
    let desk = Desk::open();
    let (deal, screw) = (desk.deal(), desk.product("Screw", "0.01 EUR"));
    let draft = OpportunityLineDraft {
        quantity: Some(number("1000.5")),
        unit_price: Some(number("0.003333")),
        ..line(deal.id, screw.id)
    };
    let line = desk.write(|tx| tx.create(draft.clone()));
    assert_eq!(
        (line.total, line.list_total),
        (Some(money("3.33 EUR")), Some(money("10.01 EUR")))
    );
}

#[test]
fn the_amount_follows_creating_changing_deleting_and_restoring_a_line() {
    let desk = Desk::open();
    let (deal, loom, chair) = (
        desk.deal(),
        desk.product("Loom", "550 EUR"),
        desk.product("Chair", "45 EUR"),
    );
    let first = desk.write(|tx| tx.create(line(deal.id, loom.id)));
    let in_between = desk.write(|tx| {
        tx.create(line(deal.id, chair.id))?;
        tx.get(deal.id)
    });
    assert_eq!(
        in_between.amount,
        Some(money("595 EUR")),
        "the same transaction sees it"
    );
    let changes = [
        OpportunityLineChange::Quantity(Some(2.into())),
        OpportunityLineChange::UnitPrice(Some(500.into())),
    ];
    desk.write(|tx| tx.update(first.id, changes.clone(), None));
    assert_eq!(amounts(&desk, deal.id), both("1045.00 EUR", "1145.00 EUR"));
    desk.write(|tx| tx.delete(first.id));
    assert_eq!(amounts(&desk, deal.id), both("45.00 EUR", "45.00 EUR"));
    desk.write(|tx| tx.restore(first.id));
    assert_eq!(amounts(&desk, deal.id), both("1045.00 EUR", "1145.00 EUR"));
}

#[test]
fn an_amount_with_lines_is_not_edited_and_without_lines_it_is() {
    let desk = Desk::open();
    let (deal, loom) = (desk.deal_worth("100 EUR"), desk.product("Loom", "550 EUR"));
    let edit = || [OpportunityChange::Amount(Some(money("1 EUR")))];
    let only = desk.write(|tx| tx.create(line(deal.id, loom.id)));
    let error = desk.refusal(|tx| tx.update(deal.id, edit(), None));
    assert_eq!(rule(&error), refused_by("opportunity.amount_follows_lines"));
    let cleared = desk.refusal(|tx| tx.update(deal.id, [OpportunityChange::Amount(None)], None));
    assert_eq!(rule(&cleared), refused_by("opportunity.amount_follows_lines"));
    desk.write(|tx| tx.delete(only.id));
    assert_eq!(
        amounts(&desk, deal.id),
        (Some("550.00 EUR".into()), None),
        "it stays without lines"
    );
    desk.write(|tx| tx.update(deal.id, edit(), None));
    assert_eq!(desk.get(deal.id).amount, Some(money("1 EUR")));
}

#[test]
fn all_lines_and_the_amount_have_one_currency() {
    let desk = Desk::open();
    let (deal, loom, press) = (
        desk.deal_worth("100 EUR"),
        desk.product("Loom", "550 EUR"),
        desk.product("Press", "8 USD"),
    );
    let error = desk.refusal(|tx| tx.create(line(deal.id, press.id)));
    assert_eq!(rule(&error), invalid("currency"));
    let text = error.to_string();
    assert!(text.contains("USD") && text.contains("EUR"), "{text}");
    let only = desk.write(|tx| tx.create(line(deal.id, loom.id)));
    let second = desk.write(|tx| tx.create(line(deal.id, loom.id)));
    let dollars = || [OpportunityLineChange::Currency(Some("USD".into()))];
    assert_eq!(
        rule(&desk.refusal(|tx| tx.update(only.id, dollars(), None))),
        invalid("currency")
    );
    desk.write(|tx| tx.delete(second.id));
    desk.write(|tx| tx.update(only.id, dollars(), None));
    assert_eq!(
        amounts(&desk, deal.id),
        (Some("550.00 USD".into()), None),
        "the only line sets the currency"
    );
}

#[test]
fn a_line_in_another_currency_than_the_list_has_no_list_total() {
    let desk = Desk::open();
    let (deal, loom) = (desk.deal(), desk.product("Loom", "550 EUR"));
    let in_yuan = |unit_price: Option<Decimal>| OpportunityLineDraft {
        currency: Some("CNY".into()),
        unit_price,
        ..line(deal.id, loom.id)
    };
    assert_eq!(
        rule(&desk.refusal(|tx| tx.create(in_yuan(None)))),
        invalid("unit_price")
    );
    let line = desk.write(|tx| tx.create(in_yuan(Some(4300.into()))));
    assert_eq!((line.total, line.list_total), (Some(money("4300 CNY")), None));
}

#[test]
fn quantity_price_and_currency_stay_within_their_bounds() {
    let desk = Desk::open();
    let (deal, loom) = (desk.deal(), desk.product("Loom", "550 EUR"));
    let unlisted = desk.write(|tx| tx.create(ProductDraft::new("Advice")));
    let refuse = |draft: OpportunityLineDraft| rule(&desk.refusal(|tx| tx.create(draft.clone())));
    for quantity in ["0", "-1"] {
        let quantity = Some(number(quantity));
        assert_eq!(
            refuse(OpportunityLineDraft {
                quantity,
                ..line(deal.id, loom.id)
            }),
            invalid("quantity")
        );
    }
    let unit_price = Some(number("-0.01"));
    assert_eq!(
        refuse(OpportunityLineDraft {
            unit_price,
            ..line(deal.id, loom.id)
        }),
        invalid("unit_price")
    );
    let currency = Some("EURO".into());
    assert_eq!(
        refuse(OpportunityLineDraft {
            currency,
            ..line(deal.id, loom.id)
        }),
        invalid("currency")
    );
    assert_eq!(refuse(line(deal.id, unlisted.id)), invalid("currency"));
    let huge = Some(Decimal::MAX);
    assert_eq!(
        refuse(OpportunityLineDraft {
            quantity: huge,
            ..line(deal.id, loom.id)
        }),
        invalid("total")
    );
}

#[test]
fn a_later_list_price_changes_no_line_until_the_line_is_written_anew() {
    let desk = Desk::open();
    let (deal, loom) = (desk.deal(), desk.product("Loom", "550 EUR"));
    let line = desk.write(|tx| tx.create(line(deal.id, loom.id)));
    desk.write(|tx| tx.update(loom.id, [ProductChange::ListPrice(Some(money("600 EUR")))], None));
    assert_eq!(amounts(&desk, deal.id), both("550.00 EUR", "550.00 EUR"));
    let cheaper = [OpportunityLineChange::UnitPrice(Some(500.into()))];
    desk.write(|tx| tx.update(line.id, cheaper.clone(), None));
    assert_eq!(amounts(&desk, deal.id), both("500.00 EUR", "550.00 EUR"));
    let two = [OpportunityLineChange::Quantity(Some(2.into()))];
    desk.write(|tx| tx.update(line.id, two.clone(), None));
    assert_eq!(amounts(&desk, deal.id), both("1000.00 EUR", "1200.00 EUR"));
}

#[test]
fn a_retired_product_is_taken_by_no_new_line_of_an_open_opportunity() {
    let desk = Desk::open();
    let (open, won, loom) = (desk.deal(), desk.deal(), desk.product("Loom", "550 EUR"));
    let there = desk.write(|tx| tx.create(line(open.id, loom.id)));
    desk.write(|tx| Opportunity::win(tx, won.id, Closing::default()));
    desk.write(|tx| tx.update(loom.id, [ProductChange::Status(ProductStatus::Retired)], None));
    assert_eq!(
        rule(&desk.refusal(|tx| tx.create(line(open.id, loom.id)))),
        refused_by("product.retired")
    );
    desk.write(|tx| tx.create(line(won.id, loom.id)));
    desk.write(|tx| tx.update(there.id, [OpportunityLineChange::Quantity(Some(3.into()))], None));
}

#[test]
fn an_opportunity_goes_and_comes_back_with_its_lines_and_its_amount_untouched() {
    let desk = Desk::open();
    let (deal, loom) = (desk.deal(), desk.product("Loom", "550 EUR"));
    desk.write(|tx| {
        tx.create(line(deal.id, loom.id))?;
        tx.create(line(deal.id, loom.id))
    });
    let (before, history) = (desk.get(deal.id), desk.history(deal.id));
    desk.write(|tx| tx.delete(deal.id));
    desk.write(|tx| tx.restore(deal.id));
    let after = desk.get(deal.id);
    assert_eq!((after.amount, after.list_amount), (before.amount, before.list_amount));
    let told = |rows: &[crm_core::sales::OpportunityHistory]| -> Vec<_> {
        rows.iter().map(|row| (row.from_at, row.until_at, row.amount)).collect()
    };
    assert_eq!(told(&desk.history(deal.id)), told(&history));
}

#[test]
fn a_line_belongs_to_an_opportunity_that_is_there() {
    let desk = Desk::open();
    let loom = desk.product("Loom", "550 EUR");
    let homeless: OpportunityLine = OpportunityLineDraft::new(loom.id).into_record();
    assert_eq!(homeless.opportunity_id, OpportunityId::default());
    let error = desk.refusal(|tx| tx.create(OpportunityLineDraft::new(loom.id)));
    assert_eq!(rule(&error), invalid("opportunity_id"));
}
