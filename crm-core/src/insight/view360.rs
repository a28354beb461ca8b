use std::vec;

use super::Amounts;
use super::interactions::interactions_of;
use crate::activities::{Interaction, Task, TaskStatus};
use crate::customers::{Affiliation, BuyingRole, ContactPoint, Customer, CustomerKind, Tag, Tagging};
use crate::engine::{
    Aggregate, AggregateRow, Conditions, Field, FieldValue, Measure, PathConditions, Query, Reader, Result, Value,
    field_from_value,
};
use crate::ids::{AffiliationId, CustomerId, OpportunityId, StageId, TagId};
use crate::sales::{Opportunity, Outcome, Stage};
use crate::values::{Decimal, Money, NaiveDate};

/// How many interactions a view shows.
const LAST_INTERACTIONS: u32 = 10;

/// What there is to know before talking to a customer: how to reach them, who belongs to them, what is being sold,
/// what was said last, and what is to be done. Eight queries, however much there is; what else stands on file is in
/// [`super::Profile`].
///
/// ```
/// use crm_core::insight::View360;
/// # use crm_core::{Crm, activities::TaskDraft, customers::*};
/// # let crm = Crm::in_memory();
/// # let acme = crm.write(|tx| {
/// #     let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?.id;
/// #     let li = tx.create(CustomerDraft::person("李明"))?.id;
/// #     tx.create(AffiliationDraft { role: Some("Buyer".into()), ..AffiliationDraft::new(li, acme) })?;
/// #     ContactPoint::add(tx, acme, "office@acme.example")?;
/// #     tx.create(TaskDraft { customer_id: Some(acme), ..TaskDraft::new("Call Li back") })?;
/// #     Ok(acme)
/// # })?;
/// let view = crm.read(|reader| View360::of(reader, acme))?;
/// assert_eq!(view.contact_points[0].raw, "office@acme.example");
/// assert_eq!((view.people[0].name.as_str(), view.people[0].role.as_deref()), ("李明", Some("Buyer")));
/// assert_eq!(view.open_tasks[0].subject, "Call Li back");
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct View360 {
    /// The customer.
    pub customer: Customer,
    /// How to reach them: those of a kind together, the primary one first.
    pub contact_points: Vec<ContactPoint>,
    /// What they are marked with, by name.
    pub tags: Vec<TagMark>,
    /// Of an organization the people who work there today, of a person the organizations; the primary ones first, then
    /// by name.
    pub people: Vec<AffiliatedCustomer>,
    /// What is being sold to them, the next to close first; last what has no day.
    pub open_deals: Vec<OpenDeal>,
    /// What these are worth together.
    pub open_amounts: Amounts,
    /// The last ten interactions with them until now, the newest first.
    pub last_interactions: Vec<Interaction>,
    /// What is to be done for them, the most overdue first; last what has no day.
    pub open_tasks: Vec<Task>,
}

/// A tag of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagMark {
    /// The tag.
    pub tag: TagId,
    /// Its word.
    pub name: String,
    /// Its colour.
    pub color: Option<String>,
}

/// A customer who is affiliated with the one that is viewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AffiliatedCustomer {
    /// The affiliation.
    pub affiliation: AffiliationId,
    /// The other customer.
    pub customer: CustomerId,
    /// Their name.
    pub name: String,
    /// What the person does at the organization.
    pub role: Option<String>,
    /// What part the person has in a purchase.
    pub buying_role: Option<BuyingRole>,
    /// Whether it is the person's main affiliation.
    pub is_primary: bool,
}

/// An open opportunity.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenDeal {
    /// The opportunity.
    pub opportunity: OpportunityId,
    /// What it is called.
    pub name: String,
    /// The stage in which it is.
    pub stage: StageId,
    /// What that is called.
    pub stage_name: String,
    /// What it is worth.
    pub amount: Option<Money>,
    /// How likely it is, in percent.
    pub probability: Option<Decimal>,
    /// The day on which it is expected to close.
    pub close_on: Option<NaiveDate>,
}

impl View360 {
    /// The view of a customer as they are now.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::NotFound`].
    pub fn of(reader: &mut Reader<'_>, id: CustomerId) -> Result<Self> {
        let customer = reader.get(id)?;
        let open_deals = open_deals(reader, id)?;
        let mut open_amounts = Amounts::default();
        for amount in open_deals.iter().filter_map(|deal| deal.amount) {
            open_amounts.add(amount)?;
        }
        Ok(Self {
            contact_points: ContactPoint::of(reader, id)?,
            tags: tags(reader, id)?,
            people: people(reader, &customer)?,
            open_deals,
            open_amounts,
            last_interactions: interactions_of(reader, id, None, LAST_INTERACTIONS)?,
            open_tasks: open_tasks(reader, id)?,
            customer,
        })
    }
}

fn tags(reader: &mut Reader<'_>, id: CustomerId) -> Result<Vec<TagMark>> {
    let marks = Aggregate::of::<Tagging>()
        .filter(Tagging::CUSTOMER_ID.is(id))
        .group_by(Tagging::TAG_ID.to(Tag::FOLDED_NAME))
        .group_by(Tagging::TAG_ID)
        .group_by(Tagging::TAG_ID.to(Tag::NAME))
        .group_by(Tagging::TAG_ID.to(Tag::COLOR))
        .measure(Measure::count());
    let rows = reader.aggregate(&marks)?.into_iter().map(|row| {
        let mut keys = Keys::of(row);
        keys.skip();
        Ok(TagMark {
            tag: keys.next(Tagging::TAG_ID)?,
            name: keys.next(Tag::NAME)?,
            color: keys.next(Tag::COLOR)?,
        })
    });
    rows.collect()
}

fn people(reader: &mut Reader<'_>, customer: &Customer) -> Result<Vec<AffiliatedCustomer>> {
    let (own, other) = match customer.kind {
        CustomerKind::Organization => (Affiliation::ORGANIZATION_ID, Affiliation::PERSON_ID),
        CustomerKind::Person => (Affiliation::PERSON_ID, Affiliation::ORGANIZATION_ID),
    };
    let lasts = Affiliation::TO_ON
        .empty()
        .or(Affiliation::TO_ON.at_least(reader.today()));
    let affiliations = Aggregate::of::<Affiliation>()
        .filter(own.is(customer.id))
        .filter(lasts)
        .group_by(other.to(Customer::SORT_NAME))
        .group_by(Affiliation::ID)
        .group_by(other)
        .group_by(other.to(Customer::NAME))
        .group_by(Affiliation::ROLE)
        .group_by(Affiliation::BUYING_ROLE)
        .group_by(Affiliation::IS_PRIMARY)
        .measure(Measure::count());
    let rows = reader.aggregate(&affiliations)?.into_iter().map(|row| {
        let mut keys = Keys::of(row);
        keys.skip();
        Ok(AffiliatedCustomer {
            affiliation: keys.next(Affiliation::ID)?,
            customer: keys.next(other)?,
            name: keys.next(Customer::NAME)?,
            role: keys.next(Affiliation::ROLE)?,
            buying_role: keys.next(Affiliation::BUYING_ROLE)?,
            is_primary: keys.next(Affiliation::IS_PRIMARY)?,
        })
    });
    let mut people = rows.collect::<Result<Vec<_>>>()?;
    people.sort_by_key(|one| !one.is_primary);
    Ok(people)
}

fn open_deals(reader: &mut Reader<'_>, id: CustomerId) -> Result<Vec<OpenDeal>> {
    let deals = Aggregate::of::<Opportunity>()
        .filter(Opportunity::CUSTOMER_ID.is(id))
        .filter(Opportunity::OUTCOME.is(Outcome::Open))
        .group_by(Opportunity::CLOSE_ON)
        .group_by(Opportunity::ID)
        .group_by(Opportunity::NAME)
        .group_by(Opportunity::STAGE_ID)
        .group_by(Opportunity::STAGE_ID.to(Stage::NAME))
        .group_by(Opportunity::PROBABILITY)
        .measure(Measure::sum(Opportunity::AMOUNT));
    let rows = reader.aggregate(&deals)?.into_iter().map(|row| {
        let amount = match row.measures.first() {
            Some(Value::Money(amount)) => Some(*amount),
            _ => None,
        };
        let mut keys = Keys::of(row);
        Ok(OpenDeal {
            close_on: keys.next(Opportunity::CLOSE_ON)?,
            opportunity: keys.next(Opportunity::ID)?,
            name: keys.next(Opportunity::NAME)?,
            stage: keys.next(Opportunity::STAGE_ID)?,
            stage_name: keys.next(Stage::NAME)?,
            probability: keys.next(Opportunity::PROBABILITY)?,
            amount,
        })
    });
    let mut deals = rows.collect::<Result<Vec<_>>>()?;
    deals.sort_by_key(|deal| deal.close_on.is_none());
    Ok(deals)
}

fn open_tasks(reader: &mut Reader<'_>, id: CustomerId) -> Result<Vec<Task>> {
    let open = Query::of::<Task>()
        .filter(Task::CUSTOMER_ID.is(id))
        .filter(Task::STATUS.is(TaskStatus::Open))
        .order_by(Task::DUE_ON)
        .order_by(Task::DUE_AT);
    let mut tasks = reader.find::<Task>(&open)?;
    tasks.sort_by_key(|task| task.due_on.is_none());
    Ok(tasks)
}

/// The keys of a group that is one record, each in the Rust type of its field.
pub(super) struct Keys(vec::IntoIter<Value>);

impl Keys {
    pub(super) fn of(row: AggregateRow) -> Self {
        Self(row.keys.into_iter())
    }

    pub(super) fn next<T: FieldValue>(&mut self, field: Field) -> Result<T> {
        field_from_value(field.entity, field.index, self.0.next().unwrap_or_default())
    }

    /// Leaves out a key that is there for the order only.
    pub(super) fn skip(&mut self) {
        self.0.next();
    }
}
