use std::collections::HashMap;

use crate::customers::{Customer, User};
use crate::engine::{Conditions, Entity, Field, Filter, PathConditions, Query, Reader, RecordId, Result};
use crate::ids::PipelineId;
use crate::insight::{Board, rotten_now};
use crate::sales::{Opportunity, Outcome, Stage};
use crate::values::{Decimal, Money, NaiveDate, local_date};

/// How many opportunities each list shows; of the largest, in each currency.
const SHOWN: u32 = 6;

/// An open opportunity with the names of what it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenDeal {
    /// What it is called.
    pub name: String,
    /// The name of the customer.
    pub customer: Option<String>,
    /// The name of its owner.
    pub owner: Option<String>,
    /// The name of its stage.
    pub stage: String,
    /// What it is worth.
    pub amount: Option<Money>,
    /// How likely it is, in percent.
    pub probability: Option<Decimal>,
    /// The day on which it is expected to close.
    pub close_on: Option<NaiveDate>,
    /// For how many days it has been in its stage.
    pub days_in_stage: i64,
    /// How many the stage allows.
    pub days_allowed: Option<i64>,
}

/// The open opportunities of the largest amounts in each currency of a board.
pub(super) fn largest(reader: &mut Reader<'_>, stages: &[Stage], board: &Board) -> Result<Vec<OpenDeal>> {
    let mut deals = Vec::new();
    for amount in board.open.amounts.iter() {
        let in_currency = Query::of::<Opportunity>()
            .filter(open(board.pipeline))
            .filter(Opportunity::AMOUNT.currency().is(amount.currency().code()))
            .order_by_descending(Opportunity::AMOUNT)
            .limit(SHOWN);
        deals.extend(reader.find::<Opportunity>(&in_currency)?);
    }
    named(reader, stages, deals)
}

/// Open opportunities that are rotten or past their day of closing, and how many there are in all.
pub(super) fn waiting(reader: &mut Reader<'_>, pipeline: PipelineId, stages: &[Stage]) -> Result<(Vec<OpenDeal>, u64)> {
    let (today, zone) = (reader.today(), reader.zone());
    let overdue = Opportunity::CLOSE_ON.below(today);
    let query = Query::of::<Opportunity>()
        .filter(open(Some(pipeline)))
        .filter(rotten_now(stages, today, zone).or(overdue))
        .order_by(Opportunity::STAGE_ENTERED_AT);
    let count = reader.count(&query)?;
    let deals = reader.find(&query.limit(2 * SHOWN))?;
    Ok((named(reader, stages, deals)?, count))
}

fn open(pipeline: Option<PipelineId>) -> Filter {
    let of_pipeline = pipeline.map(|pipeline| Opportunity::PIPELINE_ID.is(pipeline));
    of_pipeline
        .unwrap_or_else(Filter::everything)
        .and(Opportunity::OUTCOME.is(Outcome::Open))
}

/// The opportunities with the names of their customers, owners and stages: one query a kind.
fn named(reader: &mut Reader<'_>, stages: &[Stage], deals: Vec<Opportunity>) -> Result<Vec<OpenDeal>> {
    let customer_ids = deals.iter().filter_map(|deal| deal.customer_id);
    let customers: Vec<Customer> = with_ids(reader, Customer::ID, customer_ids)?;
    let customers: HashMap<_, _> = customers.iter().map(|customer| (customer.id, &customer.name)).collect();
    let owners: Vec<User> = with_ids(reader, User::ID, deals.iter().filter_map(|deal| deal.owner_id))?;
    let owners: HashMap<_, _> = owners.iter().map(|owner| (owner.id, &owner.name)).collect();
    let stages: HashMap<_, _> = stages.iter().map(|stage| (stage.id, stage)).collect();
    let (today, zone) = (reader.today(), reader.zone());
    let deals = deals.into_iter().map(|deal| {
        let stage = stages.get(&deal.stage_id);
        let entered_at = deal.stage_entered_at.unwrap_or(deal.created_at);
        OpenDeal {
            customer: deal.customer_id.and_then(|id| customers.get(&id).copied().cloned()),
            owner: deal.owner_id.and_then(|id| owners.get(&id).copied().cloned()),
            stage: stage.map(|stage| stage.name.clone()).unwrap_or_default(),
            amount: deal.amount,
            probability: deal.probability,
            close_on: deal.close_on,
            days_in_stage: (today - local_date(entered_at, zone)).num_days(),
            days_allowed: stage.and_then(|stage| stage.rotten_after_days),
            name: deal.name,
        }
    });
    Ok(deals.collect())
}

fn with_ids<E: Entity, I: RecordId<Entity = E>>(
    reader: &mut Reader<'_>,
    id: Field,
    ids: impl Iterator<Item = I>,
) -> Result<Vec<E>> {
    let ids: Vec<_> = ids.map(|id| id.uuid()).collect();
    reader.find(&Query::of::<E>().filter(id.one_of(ids)))
}
