//! Products: what they need, and that they are retired rather than deleted.

use crm_core::engine::CrmError;
use crm_core::sales::{OpportunityLineDraft, ProductChange, ProductDraft, ProductStatus};

use crate::desk::{Desk, invalid, money, rule};

#[test]
fn a_product_has_a_name_and_no_price_below_zero() {
    let desk = Desk::open();
    assert_eq!(
        rule(&desk.refusal(|tx| tx.create(ProductDraft::new(" ")))),
        invalid("name")
    );
    let below = ProductDraft {
        list_price: Some(money("-1 EUR")),
        ..ProductDraft::new("Loom")
    };
    assert_eq!(
        rule(&desk.refusal(|tx| tx.create(below.clone()))),
        invalid("list_price")
    );
    assert_eq!(desk.product("Sample", "0 EUR").status, ProductStatus::Active);
}

#[test]
fn a_product_that_lines_need_is_retired_and_not_deleted() {
    let desk = Desk::open();
    let (deal, loom) = (desk.deal(), desk.product("Loom", "550 EUR"));
    desk.write(|tx| {
        tx.create(OpportunityLineDraft {
            opportunity_id: Some(deal.id),
            ..OpportunityLineDraft::new(loom.id)
        })
    });
    let error = desk.refusal(|tx| tx.delete(loom.id));
    let CrmError::InUse { by, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!((by[0].entity, by[0].count), ("opportunity_line", 1));
    let retired = desk.write(|tx| tx.update(loom.id, [ProductChange::Status(ProductStatus::Retired)], None));
    assert_eq!(retired.status, ProductStatus::Retired);
    assert_eq!(desk.get(deal.id).amount, Some(money("550 EUR")));
}
