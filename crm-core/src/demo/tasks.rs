use super::World;
use super::calendar::working_day_after;
use super::deals::Deal;
use crate::activities::{TaskDraft, TaskPriority, TaskStatus};
use crate::engine::{Random, Result, Tx};
use crate::sales::Outcome;
use crate::values::local_date;

/// How many tasks were done in deals, how many wait in those that are open, and how many of these are late.
const DONE: usize = 120;
const WAITING: usize = 130;
const LATE: usize = 34;

/// Creates the tasks, and returns how many.
pub(super) fn create(tx: &mut Tx<'_>, random: &mut Random, world: &World, deals: &[Deal]) -> Result<usize> {
    let today = world.calendar.today;
    for deal in deals.iter().cycle().take(DONE) {
        let at = world
            .calendar
            .between(random, deal.opened_at, deal.until, deal.owner.zone);
        let draft = TaskDraft {
            status: Some(TaskStatus::Done),
            completed_at: Some(at),
            due_on: Some(local_date(at, deal.owner.zone)),
            ..draft(random, world, deal)
        };
        tx.create(draft)?;
    }
    let open: Vec<&Deal> = deals.iter().filter(|deal| deal.outcome == Outcome::Open).collect();
    for (place, deal) in open.iter().cycle().take(WAITING).enumerate() {
        let days = if place < LATE {
            -random.between(1, 25)
        } else {
            random.between(0, 40)
        };
        let due_on = if days < 0 {
            world.calendar.days_ago(-days)
        } else {
            working_day_after(today, days)
        };
        let draft = TaskDraft {
            due_on: Some(due_on),
            priority: Some(random.weighted(&[
                (TaskPriority::Normal, 7),
                (TaskPriority::High, 2),
                (TaskPriority::Low, 1),
            ])),
            ..draft(random, world, deal)
        };
        tx.create(draft)?;
    }
    Ok(DONE + WAITING)
}

fn draft(random: &mut Random, world: &World, deal: &Deal) -> TaskDraft {
    let organization = &world.organizations[deal.organization];
    TaskDraft {
        assignee_id: Some(deal.owner.id),
        customer_id: Some(organization.id),
        opportunity_id: Some(deal.id),
        ..TaskDraft::new(random.pick(organization.phrases().tasks))
    }
}
