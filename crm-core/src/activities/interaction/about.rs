use std::collections::BTreeSet;

use uuid::Uuid;

use super::Interaction;
use crate::activities::{InteractionLink, InteractionLinkDraft, InteractionParticipant};
use crate::customers::{choices, names_none};
use crate::engine::{Conditions, Draft, Entity, EntityDef, PathConditions, Query, RecordId, Result, Tx};
use crate::ids::{CampaignId, CustomerId, InteractionId, OpportunityId, ProductId};

/// A record that an interaction is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A customer.
    Customer(CustomerId),
    /// An opportunity.
    Opportunity(OpportunityId),
    /// A product.
    Product(ProductId),
    /// A campaign.
    Campaign(CampaignId),
}

impl From<CustomerId> for About {
    fn from(id: CustomerId) -> Self {
        Self::Customer(id)
    }
}

impl From<OpportunityId> for About {
    fn from(id: OpportunityId) -> Self {
        Self::Opportunity(id)
    }
}

impl From<ProductId> for About {
    fn from(id: ProductId) -> Self {
        Self::Product(id)
    }
}

impl From<CampaignId> for About {
    fn from(id: CampaignId) -> Self {
        Self::Campaign(id)
    }
}

impl About {
    /// The record of this kind and id.
    ///
    /// ```
    /// use crm_core::activities::About;
    /// use crm_core::customers::{Customer, User};
    /// use crm_core::engine::Entity;
    /// use crm_core::ids::CustomerId;
    /// use crm_core::values::Uuid;
    /// let id = Uuid::from_u128(7);
    /// assert_eq!(About::of(Customer::DEF, id)?, CustomerId(id).into());
    /// let error = About::of(User::DEF, id).unwrap_err();
    /// assert_eq!(error.hint(), "Name one of customers, opportunities, products, campaigns");
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] that lists the kinds of records which an interaction may be about.
    pub fn of(entity: &'static EntityDef, id: Uuid) -> Result<Self> {
        match entity.table {
            "customers" => Ok(Self::Customer(CustomerId(id))),
            "opportunities" => Ok(Self::Opportunity(OpportunityId(id))),
            "products" => Ok(Self::Product(ProductId(id))),
            "campaigns" => Ok(Self::Campaign(CampaignId(id))),
            _ => Err(names_none(InteractionLink::DEF, &choices(InteractionLink::DEF), entity)),
        }
    }

    /// What a link names.
    fn named_by(link: &InteractionLink) -> Option<Self> {
        (link.customer_id.map(Self::Customer))
            .or(link.opportunity_id.map(Self::Opportunity))
            .or(link.product_id.map(Self::Product))
            .or(link.campaign_id.map(Self::Campaign))
    }

    fn link(self, interaction: InteractionId) -> InteractionLinkDraft {
        let mut link = InteractionLinkDraft::new(interaction);
        match self {
            Self::Customer(id) => link.customer_id = Some(id),
            Self::Opportunity(id) => link.opportunity_id = Some(id),
            Self::Product(id) => link.product_id = Some(id),
            Self::Campaign(id) => link.campaign_id = Some(id),
        }
        link
    }
}

impl Interaction {
    /// Says that an interaction is about these records as well; what it is about already stays.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a record that is not there.
    pub fn link(tx: &mut Tx<'_>, id: InteractionId, about: &[About]) -> Result<()> {
        let links = links(tx, id)?;
        let mut known: BTreeSet<_> = links
            .iter()
            .filter(|link| !link.is_implied)
            .filter_map(About::named_by)
            .collect();
        for record in about {
            if known.insert(*record) {
                tx.create(record.link(id))?;
            }
        }
        Ok(())
    }

    /// Says that an interaction is not about this record; tells whether it was.
    ///
    /// # Errors
    /// Of the storage.
    pub fn unlink(tx: &mut Tx<'_>, id: InteractionId, about: impl Into<About>) -> Result<bool> {
        let about = about.into();
        let links = links(tx, id)?;
        let direct = links
            .iter()
            .find(|link| !link.is_implied && About::named_by(link) == Some(about));
        direct.map_or(Ok(false), |link| tx.delete(link.id).map(|()| true))
    }

    /// Keeps the links to customers that follow from others: those of the participants, and of the opportunities.
    pub(super) fn settle_links(&self, tx: &mut Tx<'_>) -> Result<()> {
        let links = links(tx, self.id)?;
        let mut wanted = self.implied_customers(&links, tx)?;
        for link in links {
            let Some(customer) = link.customer_id else { continue };
            let needed = wanted.remove(&customer);
            if link.is_implied && !needed {
                tx.delete(link.id)?;
            }
        }
        for customer in wanted {
            let draft = About::Customer(customer).link(self.id);
            tx.insert_complete(InteractionLink {
                is_implied: true,
                ..draft.into_record()
            })?;
        }
        Ok(())
    }

    /// The customers that an interaction concerns, though it need not say so itself.
    fn implied_customers(&self, links: &[InteractionLink], tx: &mut Tx<'_>) -> Result<BTreeSet<CustomerId>> {
        type Deal = <OpportunityId as RecordId>::Entity;
        let of_interaction = InteractionParticipant::INTERACTION_ID.is(self.id);
        let participants =
            tx.find::<InteractionParticipant>(&Query::of::<InteractionParticipant>().filter(of_interaction))?;
        let mut customers: BTreeSet<_> = participants.iter().filter_map(|one| one.customer_id).collect();
        let deals: Vec<_> = links.iter().filter_map(|link| link.opportunity_id).collect();
        if !deals.is_empty() {
            let deals = tx.find::<Deal>(&Query::of::<Deal>().filter(Deal::ID.one_of(deals)))?;
            customers.extend(deals.iter().filter_map(|deal| deal.customer_id));
        }
        for link in links.iter().filter(|link| !link.is_implied) {
            link.customer_id.map(|customer| customers.remove(&customer));
        }
        Ok(customers)
    }
}

fn links(tx: &mut Tx<'_>, id: InteractionId) -> Result<Vec<InteractionLink>> {
    tx.find(&Query::of::<InteractionLink>().filter(InteractionLink::INTERACTION_ID.is(id)))
}
