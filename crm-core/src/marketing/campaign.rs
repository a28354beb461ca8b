use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{CampaignId, UserId};
use crate::values::{Decimal, Money, NaiveDate};

crate::choice! {
    /// By which way a campaign reaches people.
    pub enum CampaignKind {
        /// None of these.
        Other = "other",
        /// E-mail.
        Email = "email",
        /// Letters.
        Mail = "mail",
        /// Calls.
        Telephone = "telephone",
        /// Posts in social media.
        SocialMedia = "social_media",
        /// Paid advertising.
        Advertising = "advertising",
        /// An event of our own.
        Event = "event",
        /// A trade fair.
        TradeFair = "trade_fair",
        /// An event on the net.
        Webinar = "webinar",
        /// Customers who bring customers.
        Referral = "referral",
        /// Partners who sell with us.
        Partner = "partner",
    }
}

crate::choice! {
    /// How far a campaign is.
    pub enum CampaignStatus {
        /// It is being prepared.
        Planned = "planned",
        /// It runs.
        Active = "active",
        /// It was stopped for a while.
        Paused = "paused",
        /// It is over.
        Completed = "completed",
        /// It was given up.
        Aborted = "aborted",
    }
}

/// An effort to win or keep customers.
#[entity(table = "campaigns")]
pub struct Campaign {
    /// Its name.
    #[field(search, index)]
    pub name: String,
    /// By which way it reaches people.
    #[field(default)]
    pub kind: CampaignKind,
    /// How far it is.
    #[field(index, default)]
    pub status: CampaignStatus,
    /// What it is to achieve.
    pub objective: Option<String>,
    /// The first day.
    pub starts_on: Option<NaiveDate>,
    /// The last day; responses after it still count.
    pub ends_on: Option<NaiveDate>,
    /// The campaign of which it is a part; a tree, never a circle.
    #[field(references = "campaigns", on_delete = "set_null")]
    pub parent_id: Option<CampaignId>,
    /// What it may cost.
    pub budget: Option<Money>,
    /// What it did cost.
    pub actual_cost: Option<Money>,
    /// How many of a hundred members are expected to respond.
    #[field(scale = 2)]
    pub expected_response: Option<Decimal>,
    /// What it is expected to bring in.
    pub expected_revenue: Option<Money>,
    /// Who runs it.
    #[field(references = "users", on_delete = "set_null")]
    pub owner_id: Option<UserId>,
}

impl Validate for Campaign {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
