use super::deals::Deal;
use super::organizations::Organization;
use crate::customers::{TagDraft, TaggingDraft};
use crate::engine::{Random, Result, Tx};
use crate::ids::TagId;

/// Words that mark customers, with their colours.
const OF_CUSTOMERS: [(&str, &str); 4] = [
    ("重点客户", "#c2410c"),
    ("Referenz", "#15803d"),
    ("newsletter", "#2563eb"),
    ("key account", "#7c3aed"),
];
/// Words that mark deals, with their colours.
const OF_DEALS: [(&str, &str); 3] = [("tender", "#0f766e"), ("Fördermittel", "#a16207"), ("加急", "#dc2626")];

/// Marks every fifth customer and every sixth deal, or so.
pub(super) fn create(
    tx: &mut Tx<'_>,
    random: &mut Random,
    organizations: &[Organization],
    deals: &[Deal],
) -> Result<()> {
    let of_customers = create_tags(tx, &OF_CUSTOMERS)?;
    let of_deals = create_tags(tx, &OF_DEALS)?;
    for organization in organizations {
        for tag in &of_customers {
            if random.once_in(5) {
                tx.create(TaggingDraft {
                    customer_id: Some(organization.id),
                    ..TaggingDraft::new(*tag)
                })?;
            }
        }
    }
    for deal in deals {
        if random.once_in(6) {
            let tag = random.pick(&of_deals);
            tx.create(TaggingDraft {
                opportunity_id: Some(deal.id),
                ..TaggingDraft::new(tag)
            })?;
        }
    }
    Ok(())
}

fn create_tags(tx: &mut Tx<'_>, tags: &[(&str, &str)]) -> Result<Vec<TagId>> {
    let create = |(name, color): &(&str, &str)| {
        let tag = TagDraft {
            color: Some((*color).into()),
            ..TagDraft::new(*name)
        };
        Ok(tx.create(tag)?.id)
    };
    tags.iter().map(create).collect()
}
