use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use super::interactions::interactions_of;
use super::view360::Keys;
use crate::activities::{Interaction, InteractionLink, Task, TaskStatus};
use crate::engine::{
    Aggregate, Conditions, CrmError, Field, Filter, Measure, Path, PathConditions, Query, Reader, RecordId, Result,
};
use crate::ids::{CampaignId, CampaignMemberId, CustomerId, OpportunityHistoryId, OpportunityId, StageId};
use crate::marketing::{Campaign, CampaignMember};
use crate::sales::{Opportunity, OpportunityHistory, Outcome, Stage};
use crate::values::{Timestamp, Uuid};

/// What happened with a customer, the newest first, page by page: interactions, tasks that were done, stages that
/// their opportunities entered, campaigns to which they responded, and that they became known.
///
/// At most eight queries a page. A page goes on exactly where the one before ended, whatever was written meanwhile.
///
/// ```
/// use crm_core::insight::{Timeline, TimelineEvent};
/// # use crm_core::{Crm, activities::*, customers::CustomerDraft};
/// # let crm = Crm::in_memory();
/// # let acme = crm.write(|tx| {
/// #     let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?.id;
/// #     Interaction::log(tx, InteractionDraft::new(InteractionKind::Call), &[acme.into()], Vec::new())?;
/// #     Ok(acme)
/// # })?;
/// let page = crm.read(|reader| Timeline::of(acme).limit(1).read(reader))?;
/// assert!(matches!(page.entries[0].event, TimelineEvent::Interaction(_)));
/// let rest = crm.read(|reader| Timeline::of(acme).after(page.next).read(reader))?;
/// assert_eq!((rest.entries[0].event.clone(), rest.next), (TimelineEvent::Created, None));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Timeline {
    customer: CustomerId,
    limit: u32,
    after: Option<TimelineCursor>,
}

/// A page of a timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelinePage {
    /// What happened, the newest first.
    pub entries: Vec<TimelineEntry>,
    /// Where to go on, where there is more.
    pub next: Option<TimelineCursor>,
}

/// Something that happened with a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: TimelineEvent,
}

/// What happened with a customer.
#[derive(Debug, Clone, PartialEq)]
pub enum TimelineEvent {
    /// They became known.
    Created,
    /// They responded to a campaign, for the first time.
    Responded {
        /// The membership.
        member: CampaignMemberId,
        /// The campaign.
        campaign: CampaignId,
        /// What it is called.
        campaign_name: String,
    },
    /// One of their opportunities entered a stage.
    StageEntered {
        /// The opportunity.
        opportunity: OpportunityId,
        /// What it is called.
        opportunity_name: String,
        /// The stage.
        stage: StageId,
        /// What that is called.
        stage_name: String,
        /// Whether it was open there, won or lost.
        outcome: Outcome,
    },
    /// A task was done.
    TaskDone(Task),
    /// Somebody spoke, wrote or met.
    Interaction(Interaction),
}

/// Where a page of a timeline ended: opaque, as text to keep or send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimelineCursor {
    at: Timestamp,
    rank: u8,
    id: Uuid,
}

impl fmt::Display for TimelineCursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.at.milliseconds(), self.rank, self.id)
    }
}

impl FromStr for TimelineCursor {
    type Err = CrmError;

    fn from_str(text: &str) -> Result<Self> {
        let mut parts = text.splitn(3, '.');
        let mut part = || parts.next().unwrap_or_default();
        let (at, rank, id) = (part().parse(), part().parse(), part().parse());
        match (at, rank, id) {
            (Ok(at), Ok(rank), Ok(id)) => Ok(Self {
                at: Timestamp::from_milliseconds(at),
                rank,
                id,
            }),
            _ => Err(CrmError::invalid(
                "timeline",
                "cursor",
                "the cursor is none of a timeline, or was cut",
                "Begin again without a cursor",
            )),
        }
    }
}

/// Something that was found, before its names are read; kinds that happened at one instant stand in the order of their
/// ranks.
enum Found {
    Created,
    Response(CampaignMember),
    Stage(OpportunityHistory),
    Task(Task),
    Interaction(Interaction),
}

impl Timeline {
    /// The timeline of a customer, from now on back, in pages of 50.
    pub fn of(customer: CustomerId) -> Self {
        Self {
            customer,
            limit: 50,
            after: None,
        }
    }

    /// In pages of this size.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = limit;
        self
    }

    /// From the end of a page on.
    #[must_use]
    pub fn after(mut self, cursor: impl Into<Option<TimelineCursor>>) -> Self {
        self.after = cursor.into();
        self
    }

    /// Reads the page.
    ///
    /// # Errors
    /// [`CrmError::NotFound`] for the customer.
    pub fn read(&self, reader: &mut Reader<'_>) -> Result<TimelinePage> {
        let mut found = self.found(reader)?;
        found.sort_by(|(one, _), (other, _)| other.cmp(one));
        let size = self.limit as usize;
        let more = found.len() > size;
        found.truncate(size);
        let next = found.last().filter(|_| more).map(|(cursor, _)| *cursor);
        let entries = with_names(reader, found)?;
        Ok(TimelinePage { entries, next })
    }

    /// Of each kind as many as the page may take, and one more.
    fn found(&self, reader: &mut Reader<'_>) -> Result<Vec<(TimelineCursor, Found)>> {
        let customer = reader.get(self.customer)?;
        let one_more = self.limit.saturating_add(1);
        let mut found = Vec::new();
        let mut push = |at: Option<Timestamp>, id: Uuid, one: Found| {
            let cursor = at.map(|at| TimelineCursor {
                at,
                rank: one.rank(),
                id,
            });
            found.extend(
                cursor
                    .filter(|cursor| self.after.is_none_or(|after| *cursor < after))
                    .map(|cursor| (cursor, one)),
            );
        };
        push(Some(customer.created_at), customer.id.uuid(), Found::Created);
        let older = self.older(
            Found::INTERACTION,
            InteractionLink::INTERACTION_ID.to(Interaction::STARTS_AT),
            InteractionLink::INTERACTION_ID,
        );
        for one in interactions_of(reader, self.customer, older, one_more)? {
            push(Some(one.starts_at), one.id.uuid(), Found::Interaction(one));
        }
        for one in reader.find::<Task>(&self.tasks_done().limit(one_more))? {
            push(one.completed_at, one.id.uuid(), Found::Task(one));
        }
        for one in reader.find::<OpportunityHistory>(&self.stages_entered().limit(one_more))? {
            push(Some(one.from_at), one.id.uuid(), Found::Stage(one));
        }
        for one in reader.find::<CampaignMember>(&self.responses().limit(one_more))? {
            push(one.first_responded_at, one.id.uuid(), Found::Response(one));
        }
        Ok(found)
    }

    fn tasks_done(&self) -> Query {
        let done = Task::CUSTOMER_ID
            .is(self.customer)
            .and(Task::STATUS.is(TaskStatus::Done));
        let query = Query::of::<Task>().filter(done);
        self.newest(query, Found::TASK, Task::COMPLETED_AT, Task::ID)
    }

    fn stages_entered(&self) -> Query {
        let entered = OpportunityHistory::OPPORTUNITY_ID
            .to(Opportunity::CUSTOMER_ID)
            .is(self.customer)
            .and(OpportunityHistory::IS_STAGE_ENTRY.is(true));
        let query = Query::of::<OpportunityHistory>().filter(entered);
        self.newest(query, Found::STAGE, OpportunityHistory::FROM_AT, OpportunityHistory::ID)
    }

    fn responses(&self) -> Query {
        let responded = CampaignMember::CUSTOMER_ID
            .is(self.customer)
            .and(CampaignMember::FIRST_RESPONDED_AT.present());
        let query = Query::of::<CampaignMember>().filter(responded);
        self.newest(
            query,
            Found::RESPONSE,
            CampaignMember::FIRST_RESPONDED_AT,
            CampaignMember::ID,
        )
    }
}

impl Timeline {
    /// The newest of a kind behind the cursor.
    fn newest(&self, query: Query, rank: u8, at: Field, id: Field) -> Query {
        let query = query.order_by_descending(at).order_by_descending(id);
        match self.older(rank, at.into(), id) {
            Some(older) => query.filter(older),
            None => query,
        }
    }

    /// The condition that something of a kind stands behind the cursor.
    fn older(&self, rank: u8, at: Path, id: Field) -> Option<Filter> {
        let after = self.after?;
        let earlier = at.clone().below(after.at);
        Some(match rank.cmp(&after.rank) {
            Ordering::Greater => earlier,
            Ordering::Equal => earlier.or(at.is(after.at).and(id.below(after.id))),
            Ordering::Less => at.at_most(after.at),
        })
    }
}

impl Found {
    const RESPONSE: u8 = 1;
    const STAGE: u8 = 2;
    const TASK: u8 = 3;
    const INTERACTION: u8 = 4;

    fn rank(&self) -> u8 {
        match self {
            Self::Created => 0,
            Self::Response(_) => Self::RESPONSE,
            Self::Stage(_) => Self::STAGE,
            Self::Task(_) => Self::TASK,
            Self::Interaction(_) => Self::INTERACTION,
        }
    }
}

fn with_names(reader: &mut Reader<'_>, found: Vec<(TimelineCursor, Found)>) -> Result<Vec<TimelineEntry>> {
    let mut stages = stage_names(reader, &found)?;
    let mut campaigns = campaign_names(reader, &found)?;
    let entries = found.into_iter().map(|(cursor, one)| TimelineEntry {
        at: cursor.at,
        event: match one {
            Found::Created => TimelineEvent::Created,
            Found::Response(member) => TimelineEvent::Responded {
                member: member.id,
                campaign: member.campaign_id,
                campaign_name: campaigns.remove(&member.id).unwrap_or_default(),
            },
            Found::Stage(row) => {
                let (opportunity_name, stage_name) = stages.remove(&row.id).unwrap_or_default();
                TimelineEvent::StageEntered {
                    opportunity: row.opportunity_id,
                    opportunity_name,
                    stage: row.stage_id,
                    stage_name,
                    outcome: row.outcome,
                }
            }
            Found::Task(task) => TimelineEvent::TaskDone(task),
            Found::Interaction(interaction) => TimelineEvent::Interaction(interaction),
        },
    });
    Ok(entries.collect())
}

type StageNames = HashMap<OpportunityHistoryId, (String, String)>;

/// The names of opportunity and stage, by the rows of the history.
fn stage_names(reader: &mut Reader<'_>, found: &[(TimelineCursor, Found)]) -> Result<StageNames> {
    let rows: Vec<_> = found
        .iter()
        .filter(|(_, one)| matches!(one, Found::Stage(_)))
        .map(|(cursor, _)| cursor.id)
        .collect();
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let names = Aggregate::of::<OpportunityHistory>()
        .filter(OpportunityHistory::ID.one_of(rows))
        .group_by(OpportunityHistory::ID)
        .group_by(OpportunityHistory::OPPORTUNITY_ID.to(Opportunity::NAME))
        .group_by(OpportunityHistory::STAGE_ID.to(Stage::NAME))
        .measure(Measure::count());
    let named = reader.aggregate(&names)?.into_iter().map(|row| {
        let mut keys = Keys::of(row);
        Ok((
            keys.next(OpportunityHistory::ID)?,
            (keys.next(Opportunity::NAME)?, keys.next(Stage::NAME)?),
        ))
    });
    named.collect()
}

/// The names of the campaigns, by the members.
fn campaign_names(
    reader: &mut Reader<'_>,
    found: &[(TimelineCursor, Found)],
) -> Result<HashMap<CampaignMemberId, String>> {
    let members: Vec<_> = found
        .iter()
        .filter(|(_, one)| matches!(one, Found::Response(_)))
        .map(|(cursor, _)| cursor.id)
        .collect();
    if members.is_empty() {
        return Ok(HashMap::new());
    }
    let names = Aggregate::of::<CampaignMember>()
        .filter(CampaignMember::ID.one_of(members))
        .group_by(CampaignMember::ID)
        .group_by(CampaignMember::CAMPAIGN_ID.to(Campaign::NAME))
        .measure(Measure::count());
    let named = reader.aggregate(&names)?.into_iter().map(|row| {
        let mut keys = Keys::of(row);
        Ok((keys.next(CampaignMember::ID)?, keys.next(Campaign::NAME)?))
    });
    named.collect()
}
