"""Interactions, tasks, campaigns and currencies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from crmkit import (
    ArgumentError,
    Crm,
    DuplicateError,
    Money,
    NewMemberStatus,
    RefusedError,
    ValidationError,
)
from crmkit.choices import InteractionStatus, TaskStatus
from crmkit.collections import COMMANDS
from crmkit.records import Campaign, Customer, Opportunity

NOON = datetime(2024, 2, 29, 12, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def li(crm: Crm) -> Customer:
    """A person."""
    return crm.customers.create(kind="person", name="李明", email="li@acme.example")


@pytest.fixture
def deal(crm: Crm, li: Customer) -> Opportunity:
    """What is to be sold to the person."""
    return crm.opportunities.create(name="Twelve looms", customer=li)


@pytest.fixture
def fair(crm: Crm) -> Campaign:
    """A campaign with statuses of its own."""
    return crm.campaigns.create(
        name="广交会",
        statuses=[
            NewMemberStatus("Invited", is_default=True),
            NewMemberStatus("Came", has_responded=True),
        ],
    )


def test_an_interaction_is_about_records_and_has_participants(
    crm: Crm, li: Customer, deal: Opportunity
) -> None:
    anna = crm.users.create(name="Anna")
    call = crm.interactions.create(
        kind="call",
        summary="折扣",
        starts_at=NOON,
        about=[deal],
        participants=[
            "LI@acme.example",
            anna,
            {"address": "new@acme.example", "role": "copied"},
        ],
    )
    assert (call.subject, call.starts_at) == ("折扣", NOON)
    people = crm.interaction_participants.find(order_by="created_at")
    assert {person.customer_id for person in people} == {li.id, None}, "known by the address"
    assert {person.user_id for person in people} == {anna.id, None}
    links = crm.interaction_links.find()
    assert {(link.customer_id, link.is_implied) for link in links if link.customer_id} == {
        (li.id, True)
    }


def test_what_an_interaction_is_about_can_be_said_later(
    crm: Crm, li: Customer, fair: Campaign
) -> None:
    call = crm.interactions.create(kind="note", about=li)
    crm.interactions.link(call, [li, fair])
    assert crm.interaction_links.count() == 2, "what it is about already stays"
    assert crm.interactions.unlink(call, fair)
    assert not crm.interactions.unlink(call, fair)


def test_a_calendar_comes_in_again_and_again(crm: Crm, li: Customer) -> None:
    entry: dict[str, Any] = {"kind": "meeting", "source": "calendar", "external_uid": "7f3a"}
    first = crm.interactions.update_or_create(**entry, subject="Demo", about=li)
    again = crm.interactions.update_or_create(**entry, outcome="interested")
    assert (again.id, again.subject, again.outcome) == (first.id, "Demo", "interested")
    assert crm.interactions.known_as("7f3a", source="calendar") == again
    assert crm.interactions.known_as("7f3a") is None
    with pytest.raises(DuplicateError):
        crm.interactions.create(**entry)


def test_what_is_yet_to_come_is_planned(crm: Crm) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    meeting = crm.interactions.create(kind="meeting", starts_at=tomorrow)
    assert meeting.status is InteractionStatus.PLANNED


WRONG_INTERACTIONS: dict[str, dict[str, Any]] = {
    "an id alone": {"about": uuid4()},
    "a text": {"about": "李明"},
    "a participant that is none": {"participants": [3]},
    "a participant with another field": {"participants": [{"adress": "x"}]},
    "summary and subject": {"summary": "a", "subject": "b"},
    "another kind": {"kind": "cal"},
    "a naive time": {"starts_at": datetime(2026, 1, 1)},
}


@pytest.mark.parametrize("case", WRONG_INTERACTIONS)
def test_an_interaction_that_cannot_be_is_refused_with_the_fix(crm: Crm, case: str) -> None:
    given: dict[str, Any] = {"kind": "call", **WRONG_INTERACTIONS[case]}
    with pytest.raises(ValidationError) as invalid:
        crm.interactions.create(**given)
    fields: dict[str, Any] = {"kind": "call", **WRONG_INTERACTIONS[case]}
    with pytest.raises(ValidationError) as invalid:
        crm.interactions.create(**fields)
    assert invalid.value.hint
    assert (crm.interactions.count(), crm.interaction_participants.count()) == (0, 0)


def test_an_interaction_is_not_about_a_user_or_a_task(crm: Crm) -> None:
    for record in [crm.users.create(name="Anna"), crm.tasks.create(subject="Call")]:
        with pytest.raises(ValidationError, match="Name one of customers, opportunities"):
            crm.interactions.create(kind="call", about=record)  # type: ignore[arg-type]


def test_a_task_is_about_any_record_that_it_may_be_about(
    crm: Crm, li: Customer, deal: Opportunity, fair: Campaign
) -> None:
    task = crm.tasks.create(subject="Call back", about=li, due_on=date(2028, 2, 29))
    assert (task.customer_id, task.due_on) == (li.id, date(2028, 2, 29))
    task = crm.tasks.create(subject="Send offer", about=deal)
    assert (task.opportunity_id, task.customer_id) == (deal.id, li.id)
    task = crm.tasks.create(subject="Thank", about=[fair, li])
    assert (task.campaign_id, task.customer_id) == (fair.id, li.id)
    with pytest.raises(ValidationError, match="Name one of customers"):
        crm.tasks.create(subject="x", about=task)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="one of each kind"):
        crm.tasks.create(subject="x", about=[li, li])
    with pytest.raises(ArgumentError, match="one of each kind"):
        crm.tasks.create(subject="x", about=li, customer=li)
    with pytest.raises(ArgumentError, match="Give the record itself"):
        crm.tasks.create(subject="x", about=li.id)  # type: ignore[arg-type]


def test_a_task_is_done_or_called_off_and_opened_again(crm: Crm) -> None:
    task = crm.tasks.create(subject="Call back")
    done = crm.tasks.complete(task)
    assert (done.status, done.completed_at) == (TaskStatus.DONE, done.updated_at)
    assert crm.tasks.complete(task) == done
    with pytest.raises(RefusedError) as refused:
        crm.tasks.cancel(task)
    assert refused.value.rule == "task.not_open"
    assert crm.tasks.reopen(task).completed_at is None
    assert crm.tasks.cancel(str(task.id)).status is TaskStatus.CANCELLED


def test_what_is_due_comes_in_the_order_of_its_days(crm: Crm) -> None:
    anna = crm.users.create(name="Anna")
    for day, assignee in [(date(2024, 3, 1), None), (date(2024, 2, 29), anna)]:
        crm.tasks.create(subject=f"Call on {day}", due_on=day, assignee=assignee)
    crm.tasks.create(subject="Later", due_on=date(9999, 12, 31))
    assert [task.due_on for task in crm.tasks.due()] == [date(2024, 2, 29), date(2024, 3, 1)]
    assert len(crm.tasks.due(until=date(2024, 2, 29))) == 1
    assert len(crm.tasks.due(assignee=anna)) == 1
    with pytest.raises(ArgumentError):
        crm.tasks.due(until=NOON)
    with pytest.raises(ArgumentError, match="Give one of users"):
        crm.tasks.due(assignee=crm.tasks.due()[0])  # type: ignore[arg-type]


def test_a_reminder_is_given_once(crm: Crm) -> None:
    crm.tasks.create(subject="Call", remind_at=NOON)
    hour = timedelta(hours=1)
    assert len(crm.tasks.reminders(after=NOON - hour, until=NOON)) == 1
    assert crm.tasks.reminders(after=NOON) == []
    with pytest.raises(ArgumentError, match="naive"):
        crm.tasks.reminders(after=NOON.replace(tzinfo=None))


def test_members_come_once_and_respond(crm: Crm, li: Customer, fair: Campaign) -> None:
    added = crm.campaigns.add_members(fair, [li, li.id])
    assert (len(added.added), added.already) == (1, [])
    assert crm.campaigns.add_members(fair, [li]) == ([], [li.id])
    member = crm.campaigns.respond(fair, li, at=NOON)
    assert member.first_responded_at == NOON
    assert crm.campaigns.member(fair, li) == member
    again = crm.campaign_members.respond(member, status="came")
    assert again.first_responded_at == NOON, "the first response stays"
    with pytest.raises(RefusedError) as refused:
        crm.campaigns.respond(fair, li, status="Invited")
    assert refused.value.rule == "member.status_means_response"
    with pytest.raises(ValidationError, match="Use one of Invited, Came"):
        crm.campaigns.respond(fair, li, status="Left")


def test_a_campaign_has_one_default_status_and_one_that_means_a_response(crm: Crm) -> None:
    for rule, statuses in {
        "campaign.one_default_status": [NewMemberStatus("Came", has_responded=True)],
        "campaign.needs_responded_status": [NewMemberStatus("Sent", is_default=True)],
    }.items():
        with pytest.raises(RefusedError) as refused:
            crm.campaigns.create(name="Fair", statuses=statuses)
        assert refused.value.rule == rule
    with pytest.raises(ArgumentError, match="NewMemberStatus"):
        crm.campaigns.create(name="Fair", statuses=["Sent"])  # type: ignore[list-item]
    assert crm.campaigns.count() == 0


def test_an_amount_is_converted_by_the_rate_of_the_day(crm: Crm) -> None:
    for day, value in [(date(2024, 2, 28), "0.12"), (date(2024, 2, 29), "0.1282")]:
        crm.exchange_rates.create(
            from_currency="CNY", to_currency="EUR", valid_from=day, rate=value
        )
    rates = crm.exchange_rates.on(date(2024, 2, 29), to="EUR")
    assert rates.convert(Money(1000, "CNY")) == Money("128.20", "EUR")
    assert rates.convert(Money(1, "EUR")) == Money(1, "EUR")
    rate = rates.rate("CNY")
    assert (rate.value, rate.valid_from) == (Decimal("0.1282"), date(2024, 2, 29))
    assert (rate.source, rate.hub) == ("given", None)
    with pytest.raises(RefusedError) as refused:
        rates.convert(Money(1, "JPY"))
    assert refused.value.rule == "exchange_rate.missing"
    with pytest.raises(ArgumentError):
        crm.exchange_rates.on(date(2024, 2, 29), to="EURO")


def test_closed_opportunities_get_the_rates_that_came_after_them(crm: Crm) -> None:
    deal = crm.opportunities.create(name="Looms", amount=Money(1000, "CNY"))
    crm.opportunities.win(deal)
    crm.reporting_currencies.create(code="EUR")
    crm.exchange_rates.create(
        from_currency="CNY", to_currency="EUR", valid_from=date(2024, 2, 29), rate="0.125"
    )
    assert crm.closing_rates.write_missing("EUR") == 1
    assert crm.closing_rates.write_missing("EUR") == 0
    assert crm.closing_rates.find()[0].amount == Money(125, "EUR")
    with pytest.raises(RefusedError) as refused:
        crm.closing_rates.write_missing("USD")
    assert refused.value.rule == "closing_rate.reporting_currency"


def test_every_collection_with_commands_is_the_one_of_its_table(crm: Crm) -> None:
    commands: dict[str, Callable[..., object]] = dict(COMMANDS)
    for table, collection in commands.items():
        assert type(getattr(crm, table)) is collection
