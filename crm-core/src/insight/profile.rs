use super::view360::Keys;
use crate::customers::{Customer, ExternalId, PostalAddress};
use crate::engine::{Aggregate, Conditions, Entity, Measure, Query, Reader, Result, Value};
use crate::ids::{CampaignId, CampaignMemberId, CustomerId};
use crate::marketing::{Campaign, CampaignMember, MemberStatus};
use crate::values::Timestamp;

/// What stands on file of a customer beside the [`super::View360`]: where they are, to which group of companies they
/// belong, in which campaigns they are, and what other systems call them. Four queries, however much there is.
///
/// ```
/// use crm_core::insight::Profile;
/// # use crm_core::{Crm, customers::*};
/// # let crm = Crm::in_memory();
/// # let acme = crm.write(|tx| {
/// #     let group = tx.create(CustomerDraft::organization("Acme Group"))?.id;
/// #     tx.create(CustomerDraft { parent_id: Some(group), ..CustomerDraft::organization("Acme GmbH") })
/// # })?.id;
/// let profile = crm.read(|reader| Profile::of(reader, acme))?;
/// assert_eq!((profile.parent_name.as_deref(), profile.children), (Some("Acme Group"), 0));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Where they are, the primary one first.
    pub addresses: Vec<PostalAddress>,
    /// The name of the organization to which this one belongs.
    pub parent_name: Option<String>,
    /// How many organizations belong to this one.
    pub children: i64,
    /// The campaigns in which they are, by name.
    pub memberships: Vec<Membership>,
    /// What other systems call them.
    pub external_ids: Vec<ExternalId>,
}

/// That a customer is in a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The membership.
    pub member: CampaignMemberId,
    /// The campaign.
    pub campaign: CampaignId,
    /// What it is called.
    pub campaign_name: String,
    /// How the member stands in it.
    pub status: Option<String>,
    /// When they responded first.
    pub first_responded_at: Option<Timestamp>,
}

impl Profile {
    /// The profile of a customer as it is now; an empty one for a customer who is not there.
    ///
    /// # Errors
    /// Of the storage.
    pub fn of(reader: &mut Reader<'_>, id: CustomerId) -> Result<Self> {
        let (parent_name, children) = family(reader, id)?;
        let called = Query::of::<ExternalId>()
            .filter(ExternalId::RECORD_ID.is(id))
            .filter(ExternalId::RECORD_TABLE.is(Customer::DEF.table));
        Ok(Self {
            addresses: PostalAddress::of(reader, id)?,
            parent_name,
            children,
            memberships: memberships(reader, id)?,
            external_ids: reader.find(&called)?,
        })
    }
}

fn family(reader: &mut Reader<'_>, id: CustomerId) -> Result<(Option<String>, i64)> {
    let own = Customer::ID.is(id);
    let child = Customer::PARENT_ID.is(id);
    let family = Aggregate::of::<Customer>()
        .filter(own.clone().or(child.clone()))
        .measure(Measure::minimum(Customer::PARENT_ID.to(Customer::NAME)).only(own))
        .measure(Measure::count().only(child));
    let rows = reader.aggregate(&family)?;
    let Some(row) = rows.first() else { return Ok((None, 0)) };
    let parent = match row.measures.first() {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    };
    Ok((parent, row.count(1)))
}

fn memberships(reader: &mut Reader<'_>, id: CustomerId) -> Result<Vec<Membership>> {
    let members = Aggregate::of::<CampaignMember>()
        .filter(CampaignMember::CUSTOMER_ID.is(id))
        .group_by(CampaignMember::CAMPAIGN_ID.to(Campaign::NAME))
        .group_by(CampaignMember::ID)
        .group_by(CampaignMember::CAMPAIGN_ID)
        .group_by(CampaignMember::STATUS_ID.to(MemberStatus::NAME))
        .group_by(CampaignMember::FIRST_RESPONDED_AT)
        .measure(Measure::count());
    let rows = reader.aggregate(&members)?.into_iter().map(|row| {
        let mut keys = Keys::of(row);
        Ok(Membership {
            campaign_name: keys.next(Campaign::NAME)?,
            member: keys.next(CampaignMember::ID)?,
            campaign: keys.next(CampaignMember::CAMPAIGN_ID)?,
            status: keys.next(MemberStatus::NAME)?,
            first_responded_at: keys.next(CampaignMember::FIRST_RESPONDED_AT)?,
        })
    });
    rows.collect()
}
