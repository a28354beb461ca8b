use crm_core::Crm;
use crm_core::activities::{Interaction, Task, TaskChange, TaskDraft, TaskStatus};
use crm_core::customers::{Customer, CustomerDraft, User, UserDraft};
use crm_core::engine::Entity;
use crm_core::marketing::Campaign;
use crm_core::sales::{NewStage, Opportunity, OpportunityDraft, Pipeline, PipelineDraft};
use crm_core::values::{NaiveDate, Timestamp, Tz};

use crate::refusals::{crm, crm_in, refusal};

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn at(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

fn task(crm: &Crm, draft: TaskDraft) -> Task {
    crm.write(|tx| tx.create(draft.clone())).expect("a task")
}

fn subjects(tasks: Vec<Task>) -> Vec<String> {
    tasks.into_iter().map(|task| task.subject).collect()
}

#[test]
fn a_task_is_done_or_called_off_once_and_opened_again() {
    let (crm, clock) = crm();
    let open = task(&crm, TaskDraft::new("Call"));
    clock.advance(1_000);
    let done = crm.write(|tx| Task::complete(tx, open.id)).unwrap();
    assert_eq!(
        (done.status, done.completed_at),
        (TaskStatus::Done, Some(done.updated_at))
    );
    clock.advance(1_000);
    assert_eq!(crm.write(|tx| Task::complete(tx, open.id)).unwrap(), done);
    let refused = refusal(&crm, |tx| Task::cancel(tx, open.id));
    assert_eq!(
        (refused.rule(), refused.hint()),
        (Some("task.not_open"), "Reopen it first".into())
    );
    let open = crm.write(|tx| Task::reopen(tx, open.id)).unwrap();
    assert_eq!((open.status, open.completed_at), (TaskStatus::Open, None));
    let cancelled = crm.write(|tx| Task::cancel(tx, open.id)).unwrap();
    assert_eq!(cancelled.status, TaskStatus::Cancelled);
}

#[test]
fn an_import_says_when_a_task_was_done() {
    let (crm, _) = crm();
    let draft = |completed_at| TaskDraft {
        status: Some(TaskStatus::Done),
        completed_at,
        ..TaskDraft::new("Call")
    };
    let done = task(&crm, draft(at("2025-01-01T00:00:00Z")));
    assert_eq!(done.completed_at, at("2025-01-01T00:00:00Z"));
    assert_eq!(task(&crm, draft(None)).completed_at, Some(done.created_at));
    let refused = refusal(&crm, |tx| tx.create(draft(at("2027-01-01T00:00:00Z"))));
    assert_eq!(refused.field(), Some("completed_at"));
}

#[test]
fn the_day_of_a_task_follows_from_its_instant_in_the_zone_of_the_application() {
    let (crm, _) = crm_in(Tz::Asia__Shanghai);
    let late = task(
        &crm,
        TaskDraft {
            due_at: at("2026-03-02T17:00:00Z"),
            ..TaskDraft::new("Call")
        },
    );
    assert_eq!(late.due_on, day("2026-03-03"));
    let change = |change: TaskChange| crm.write(|tx| tx.update(late.id, [change.clone()], None)).unwrap();
    let moved = change(TaskChange::DueAt(at("2026-03-05T01:00:00Z")));
    assert_eq!(moved.due_on, day("2026-03-05"));
    let some_time = change(TaskChange::DueOn(day("2026-03-09")));
    assert_eq!((some_time.due_on, some_time.due_at), (day("2026-03-09"), None));
}

#[test]
fn a_task_about_a_deal_is_about_its_customer() {
    let (crm, _) = crm();
    let (acme, deal) = crm
        .write(|tx| {
            let stages = vec![
                NewStage::open("Offer", 50),
                NewStage::won("Won"),
                NewStage::lost("Lost"),
            ];
            Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
            let acme = tx.create(CustomerDraft::organization("Acme"))?.id;
            let deal = tx.create(OpportunityDraft {
                customer_id: Some(acme),
                ..OpportunityDraft::new("A deal")
            })?;
            Ok((acme, deal.id))
        })
        .unwrap();
    let draft = TaskDraft {
        opportunity_id: Some(deal),
        ..TaskDraft::new("Call")
    };
    assert_eq!(task(&crm, draft).customer_id, Some(acme));
}

#[test]
fn what_is_due_is_open_and_not_later_the_most_overdue_first() {
    let (crm, _) = crm();
    let li = crm.write(|tx| tx.create(UserDraft::new("Li Wei"))).unwrap().id;
    let due = |subject: &str, due_on: Option<&str>, assignee_id| TaskDraft {
        due_on: due_on.and_then(day),
        assignee_id,
        ..TaskDraft::new(subject)
    };
    task(&crm, due("today", Some("2026-03-02"), Some(li)));
    task(&crm, due("overdue", Some("2026-02-02"), None));
    task(&crm, due("tomorrow", Some("2026-03-03"), Some(li)));
    task(&crm, due("some day", None, Some(li)));
    let done = task(&crm, due("done", Some("2026-03-02"), Some(li)));
    crm.write(|tx| Task::complete(tx, done.id)).unwrap();
    let listed = |assignee| {
        let due = crm.read(|reader| Task::due(reader, reader.today(), assignee));
        subjects(due.unwrap())
    };
    assert_eq!(listed(None), ["overdue", "today"]);
    assert_eq!(listed(Some(li)), ["today"]);
}

#[test]
fn each_reminder_falls_into_one_span() {
    let (crm, _) = crm();
    for hour in 8..12 {
        task(
            &crm,
            TaskDraft {
                remind_at: at(&format!("2026-03-02T{hour:02}:00:00Z")),
                ..TaskDraft::new(hour.to_string())
            },
        );
    }
    let between = |from: &str, until: &str| {
        let (from, until) = (at(from).unwrap(), at(until).unwrap());
        subjects(crm.read(|reader| Task::reminders(reader, from, until)).unwrap())
    };
    assert_eq!(between("2026-03-02T08:00:00Z", "2026-03-02T10:00:00Z"), ["9", "10"]);
    assert_eq!(between("2026-03-02T10:00:00Z", "2026-03-02T23:00:00Z"), ["11"]);
}

#[test]
fn a_task_is_about_a_record_by_the_field_of_its_kind() {
    let about = [
        (Customer::DEF, Task::CUSTOMER_ID),
        (Opportunity::DEF, Task::OPPORTUNITY_ID),
        (Campaign::DEF, Task::CAMPAIGN_ID),
        (Interaction::DEF, Task::INTERACTION_ID),
    ];
    for (entity, field) in about {
        assert_eq!(Task::about_field(entity), Ok(field));
    }
    // A user may be its assignee, which is something else.
    let error = Task::about_field(User::DEF).unwrap_err();
    assert_eq!(
        error.hint(),
        "Name one of customers, opportunities, campaigns, interactions"
    );
}
