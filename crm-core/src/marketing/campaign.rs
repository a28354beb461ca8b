use super::{MemberStatus, NewMemberStatus};
use crate::customers::{check_days, refuse_circle, trim, trim_optional};
use crate::engine::{CrmError, CustomValues, Entity, Result, Tx, Validate};
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

impl CampaignStatus {
    /// The states that may follow this one. What is over or given up stays so; a step taken by mistake is undone.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Planned => &[Self::Active, Self::Aborted],
            Self::Active => &[Self::Paused, Self::Completed, Self::Aborted],
            Self::Paused => &[Self::Active, Self::Completed, Self::Aborted],
            Self::Completed | Self::Aborted => &[],
        }
    }
}

/// An effort to win or keep customers.
///
/// It is created in any status, since imported campaigns may be over; afterwards [`CampaignStatus::next`] rules.
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
    /// The fields that users defined.
    pub custom: CustomValues,
}

impl Campaign {
    /// Creates a campaign with member statuses of its own, in their order, instead of `Sent` and `Responded`.
    ///
    /// ```
    /// use crm_core::{Crm, marketing::{Campaign, CampaignDraft, NewMemberStatus}};
    /// let crm = Crm::in_memory();
    /// let fair = crm.write(|tx| {
    ///     let statuses = vec![
    ///         NewMemberStatus::new("Invited").default_status(),
    ///         NewMemberStatus::new("Attended").responded(),
    ///     ];
    ///     Campaign::create(tx, CampaignDraft::new("Fair 2026"), statuses)
    /// })?;
    /// assert_eq!(fair.revision, 1);
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::Refused`] with `campaign.one_default_status` or `campaign.needs_responded_status`,
    /// [`CrmError::Duplicate`] for a name given twice, and the rules of campaigns.
    pub fn create(tx: &mut Tx<'_>, draft: CampaignDraft, statuses: Vec<NewMemberStatus>) -> Result<Self> {
        let campaign = tx.create_alone(draft)?;
        campaign.check_statuses(statuses.iter().map(|status| (status.is_default, status.has_responded)))?;
        MemberStatus::create_all(tx, campaign.id, statuses)?;
        Ok(campaign)
    }

    fn check_status(&self, before: Option<&Self>) -> Result<()> {
        let Some(before) = before.filter(|before| before.status != self.status) else {
            return Ok(());
        };
        let next = before.status.next();
        if next.contains(&self.status) {
            return Ok(());
        }
        let allowed: Vec<_> = next.iter().map(|status| status.code()).collect();
        Err(CrmError::refused(
            "campaign.status",
            format!("a campaign that is {} cannot become {}", before.status, self.status),
            if allowed.is_empty() {
                "Create another campaign, or undo the change that ended this one".to_owned()
            } else {
                format!("Choose {}", allowed.join(", "))
            },
        ))
    }

    fn check_numbers(&self) -> Result<()> {
        let amounts = [
            ("budget", self.budget),
            ("actual_cost", self.actual_cost),
            ("expected_revenue", self.expected_revenue),
        ];
        for (field, amount) in amounts {
            if amount.is_some_and(|amount| amount.minor() < 0) {
                return Err(CrmError::invalid(
                    Self::DEF.name,
                    field,
                    "it is negative",
                    "Give 0 or more, or leave it empty",
                ));
            }
        }
        let percent = Decimal::ZERO..=Decimal::ONE_HUNDRED;
        if self.expected_response.is_some_and(|share| !percent.contains(&share)) {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "expected_response",
                "it is not a percentage",
                "Give a number from 0 to 100",
            ));
        }
        Ok(())
    }

    /// Checks its member statuses, each given by whether it is the default and whether it means a response.
    fn check_statuses(&self, statuses: impl Iterator<Item = (bool, bool)>) -> Result<()> {
        let (mut defaults, mut responded) = (0, 0);
        for (is_default, has_responded) in statuses {
            defaults += usize::from(is_default);
            responded += usize::from(has_responded);
        }
        if defaults != 1 {
            return Err(CrmError::refused(
                "campaign.one_default_status",
                format!("campaign {} has {defaults} default member statuses", self.id),
                "Make exactly one of its statuses the default",
            ));
        }
        if responded == 0 {
            return Err(CrmError::refused(
                "campaign.needs_responded_status",
                format!("no member status of campaign {} means that a member responded", self.id),
                "Let one of its statuses mean it",
            ));
        }
        Ok(())
    }
}

impl Campaign {
    fn check_parent(&self, tx: &mut Tx<'_>) -> Result<()> {
        let parent_of = |campaign: &Self| campaign.parent_id;
        refuse_circle(
            tx,
            "campaign.parent_acyclic",
            "parent",
            self.id,
            self.parent_id,
            parent_of,
        )
    }
}

impl Validate for Campaign {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.name);
        trim_optional(&mut self.objective);
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        self.check_status(before)?;
        self.check_numbers()?;
        check_days(Self::DEF.name, ["starts_on", "ends_on"], self.starts_on, self.ends_on)?;
        if before.is_some_and(|before| before.parent_id == self.parent_id) {
            return Ok(());
        }
        self.check_parent(tx)
    }

    fn written(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if before.is_some() {
            return Ok(());
        }
        let statuses = vec![
            NewMemberStatus::new("Sent").default_status(),
            NewMemberStatus::new("Responded").responded(),
        ];
        MemberStatus::create_all(tx, self.id, statuses)
    }

    fn settle(&self, tx: &mut Tx<'_>) -> Result<()> {
        self.check_parent(tx)?;
        let statuses = MemberStatus::of_campaign(tx, self.id)?;
        self.check_statuses(statuses.iter().map(|status| (status.is_default, status.has_responded)))
    }
}
