use crate::customization::CustomFieldDraft;
use crate::engine::{CustomFieldKind, Result, Tx};

/// The key of the field that says how important a customer is.
pub(super) const SEGMENT: &str = "segment";
/// The key of the field that says by when an opportunity is to be delivered.
pub(super) const DELIVERY: &str = "delivery_on";

/// The options of the first, each as often as its weight says.
pub(super) const SEGMENTS: [(&str, usize); 3] = [("a", 2), ("b", 5), ("c", 4)];

/// Defines two fields of the demo company's own, as every company has some.
pub(super) fn create(tx: &mut Tx<'_>) -> Result<()> {
    let labels = [("a", "A · 重点"), ("b", "B"), ("c", "C")];
    let segment = CustomFieldDraft::choice("customers", SEGMENT, "Segment", labels)?;
    tx.create(CustomFieldDraft {
        indexed: Some(true),
        ..segment
    })?;
    let delivery = CustomFieldDraft::new("opportunities", DELIVERY, "Delivery by", CustomFieldKind::Date);
    tx.create(delivery).map(|_| ())
}
