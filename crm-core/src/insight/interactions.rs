use std::collections::HashMap;

use crate::activities::{Interaction, InteractionLink};
use crate::engine::{Conditions, Filter, PathConditions, Query, Reader, Result};
use crate::ids::{CustomerId, InteractionId};

/// The last interactions that concern a customer until now, the newest first, by what they are linked to: the customer,
/// their opportunities, or they took part. `older`: those of which this holds as well, a condition on links.
pub(super) fn interactions_of(
    reader: &mut Reader<'_>,
    customer: CustomerId,
    older: Option<Filter>,
    limit: u32,
) -> Result<Vec<Interaction>> {
    let links = links_of(customer, older, limit).filter(
        InteractionLink::INTERACTION_ID
            .to(Interaction::STARTS_AT)
            .at_most(reader.now()),
    );
    let ids: Vec<InteractionId> = reader
        .find::<InteractionLink>(&links)?
        .iter()
        .map(|link| link.interaction_id)
        .collect();
    let found = reader.find::<Interaction>(&Query::of::<Interaction>().filter(Interaction::ID.one_of(ids.clone())))?;
    let mut by_id: HashMap<InteractionId, Interaction> = found.into_iter().map(|one| (one.id, one)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

/// The links of a customer to their last interactions.
fn links_of(customer: CustomerId, older: Option<Filter>, limit: u32) -> Query {
    let links = Query::of::<InteractionLink>()
        .filter(InteractionLink::CUSTOMER_ID.is(customer))
        .order_by_descending(InteractionLink::INTERACTION_ID.to(Interaction::STARTS_AT))
        .order_by_descending(InteractionLink::INTERACTION_ID)
        .limit(limit);
    match older {
        Some(older) => links.filter(older),
        None => links,
    }
}
