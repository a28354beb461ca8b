"""The commands of opportunities, pipelines and stages: what they do, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from crmkit import (
    ArgumentError,
    ConflictError,
    Crm,
    CrmError,
    DuplicateError,
    InUseError,
    Money,
    NewStage,
    NotFoundError,
    RefusedError,
    ValidationError,
)
from crmkit.choices import ForecastCategory, Outcome
from crmkit.records import Opportunity, Pipeline

NOW = datetime.now(UTC)


@pytest.fixture
def deal(crm: Crm) -> Opportunity:
    """An open opportunity in the standard pipeline."""
    return crm.opportunities.create(
        name="Twelve looms", amount=Money(12000, "EUR"), close_on=date(2028, 2, 29)
    )


@pytest.fixture
def other(crm: Crm, deal: Opportunity) -> Pipeline:
    """A pipeline beside the standard one."""
    stages = [NewStage.open("Talks", 30), NewStage.won("Signed"), NewStage.lost("Gone")]
    return crm.pipelines.create(name="Partners", stages=stages)


def test_a_move_takes_on_the_probability_and_category_of_the_stage(
    crm: Crm, deal: Opportunity
) -> None:
    moved = crm.opportunities.move(deal, " proposal ")
    assert moved.probability == Decimal(50)
    assert moved.forecast_category is ForecastCategory.BEST_CASE
    assert moved.revision == deal.revision + 1
    assert crm.opportunities.move(moved, "Proposal") == moved, "it is there already"


def test_a_stage_goes_by_its_record_its_id_its_text_and_its_name(
    crm: Crm, deal: Opportunity
) -> None:
    stages = crm.pipelines.stages("Sales")
    ways: list[Any] = [stages[1], stages[2].id, str(stages[3].id), stages[0].name]
    for stage, expected in zip(ways, [1, 2, 3, 0], strict=True):
        assert crm.opportunities.move(deal, stage).stage_id == stages[expected].id


def test_an_opportunity_may_begin_in_a_pipeline_and_stage_by_name(
    crm: Crm, other: Pipeline
) -> None:
    talks = crm.opportunities.create(name="Resale", pipeline="partners", stage="talks")
    assert (talks.pipeline_id, talks.probability) == (other.id, Decimal(30))
    assert crm.opportunities.create(name="Resale", stage="Negotiation").probability == Decimal(80)
    with pytest.raises(ValidationError, match="Use one of Talks, Signed, Gone"):
        crm.opportunities.create(name="Resale", pipeline=other, stage="Proposal")


def test_what_is_said_of_a_move_is_in_the_history(crm: Crm, deal: Opportunity) -> None:
    crm.opportunities.move(deal, "Proposal", note="sent v2")
    with crm.transaction("call with Li"):
        crm.opportunities.move(deal, "Negotiation", note="agreed")
    notes = [entry.note for entry in crm.history(deal) if entry.field == "stage_id"]
    assert notes == [None, "sent v2", "call with Li; agreed"]


def test_winning_and_losing_close_and_reopening_opens_where_it_was(
    crm: Crm, deal: Opportunity
) -> None:
    crm.opportunities.move(deal, "Negotiation")
    won = crm.opportunities.win(deal, note="at last")
    assert (won.outcome, won.probability) == (Outcome.WON, Decimal(100))
    assert won.forecast_category is ForecastCategory.CLOSED
    reopened = crm.opportunities.reopen(deal)
    assert (reopened.outcome, reopened.close_on) == (Outcome.OPEN, date(2028, 2, 29))
    lost = crm.opportunities.lose(deal, "  too expensive ")
    assert (lost.outcome, lost.lost_reason) == (Outcome.LOST, "too expensive")
    assert (lost.probability, lost.forecast_category) == (Decimal(0), ForecastCategory.OMITTED)
    outcomes = [row.outcome.value for row in crm.opportunities.stage_history(deal)]
    assert outcomes == ["open", "open", "won", "open", "lost"]


def test_a_closing_in_the_past_falls_on_its_day_in_the_zone_of_the_crm(crm: Crm) -> None:
    opened_at = datetime(2024, 1, 1, tzinfo=UTC)
    deal = crm.opportunities.create(name="Twelve looms", opened_at=opened_at)
    at = datetime(2024, 2, 28, 16, 30, tzinfo=UTC)
    won = crm.opportunities.win(deal, closed_at=at)
    assert won.closed_at == at
    assert won.close_on == date(2024, 2, 29), "it is the leap day in Shanghai by then"


REFUSED: dict[str, Callable[[Crm, Opportunity], object]] = {
    "opportunity.close_by_command": lambda crm, deal: crm.opportunities.move(deal, "Won"),
    "opportunity.reopen_first": lambda crm, deal: (
        crm.opportunities.win(deal),
        crm.opportunities.move(deal, "Proposal"),
    ),
    "opportunity.already_won": lambda crm, deal: (
        crm.opportunities.win(deal),
        crm.opportunities.win(deal),
    ),
    "opportunity.already_lost": lambda crm, deal: (
        crm.opportunities.lose(deal, "no budget"),
        crm.opportunities.lose(deal, "no budget"),
    ),
    "opportunity.already_open": lambda crm, deal: crm.opportunities.reopen(deal),
    "opportunity.stage_of_outcome": lambda crm, deal: crm.opportunities.win(deal, stage="Lost"),
    "stage.same_pipeline": lambda crm, deal: crm.opportunities.move(
        deal, crm.pipelines.stages("Partners")[0]
    ),
    "opportunity.amount_follows_lines": lambda crm, deal: crm.opportunities.create(
        name="Looms",
        amount=Money(1, "EUR"),
        lines=[{"product": crm.products.create(name="Loom", list_price=Money(5, "EUR"))}],
    ),
    "pipeline.whole_order": lambda crm, deal: crm.pipelines.reorder(
        "Sales", crm.pipelines.stages("Sales")[1:]
    ),
    "stage.moves_to_itself": lambda crm, deal: crm.stages.delete(
        deal.stage_id, move_to=deal.stage_id
    ),
    "stage.same_kind": lambda crm, deal: crm.stages.delete(
        deal.stage_id, move_to=crm.pipelines.stage("Sales", "Won")
    ),
    "pipeline.needs_won_stage": lambda crm, deal: crm.pipelines.create(
        name="Half", stages=[NewStage.open("Talks", 10), NewStage.lost("Gone")]
    ),
}


@pytest.mark.parametrize("rule", REFUSED)
@pytest.mark.usefixtures("other")
def test_what_a_rule_forbids_is_refused_by_its_name(crm: Crm, deal: Opportunity, rule: str) -> None:
    with pytest.raises(RefusedError) as refused:
        REFUSED[rule](crm, deal)
    assert (refused.value.rule, refused.value.code) == (rule, "refused")
    assert refused.value.hint


INVALID: dict[str, Callable[[Crm, Opportunity], object]] = {
    "a blank reason": lambda crm, deal: crm.opportunities.lose(deal, " "),
    "a stage that is not there": lambda crm, deal: crm.opportunities.move(deal, "Propsal"),
    "a closing to come": lambda crm, deal: crm.opportunities.win(
        deal, closed_at=NOW + timedelta(days=1)
    ),
    "a naive time": lambda crm, deal: crm.opportunities.win(
        deal,
        closed_at=datetime(2026, 1, 1),
    ),
    "a record of another kind": lambda crm, deal: crm.opportunities.win(
        crm.customers.create(kind="person", name="李明")  # type: ignore[arg-type]
    ),
    "a line that is none": lambda crm, deal: crm.opportunities.create(
        name="x",
        lines=["loom"],  # type: ignore[list-item]
    ),
    "a line with another field": lambda crm, deal: crm.opportunities.create(
        name="x", lines=[{"prodct": deal}]
    ),
    "a visit that is no pair": lambda crm, deal: crm.opportunities.create(
        name="x",
        visits=[deal.stage_id],  # type: ignore[list-item]
    ),
    "a stage that is none": lambda crm, deal: crm.pipelines.create(
        name="x",
        stages=["Talks"],  # type: ignore[list-item]
    ),
    "a float as probability": lambda crm, deal: crm.pipelines.create(
        name="x",
        stages=[NewStage.open("Talks", 0.1)],  # type: ignore[arg-type]
    ),
    "a position behind the end": lambda crm, deal: crm.pipelines.add_stage(
        "Sales", NewStage.open("Talks", 5), position=7
    ),
    "a pipeline that is not there": lambda crm, deal: crm.pipelines.stages("Resale"),
}


@pytest.mark.parametrize("case", INVALID)
def test_what_cannot_be_is_invalid_and_changes_nothing(
    crm: Crm, deal: Opportunity, case: str
) -> None:
    pipelines = crm.pipelines.count()
    with pytest.raises(ValidationError) as invalid:
        INVALID[case](crm, deal)
    assert invalid.value.hint
    assert crm.opportunities.get(deal) == deal
    assert (crm.opportunities.count(), crm.pipelines.count()) == (1, pipelines)


def test_each_command_can_expect_a_revision(crm: Crm, deal: Opportunity) -> None:
    current = crm.opportunities.update(deal, next_step="call")
    commands: list[Callable[[], object]] = [
        lambda: crm.opportunities.move(deal, "Proposal", expected_revision=deal.revision),
        lambda: crm.opportunities.win(deal, expected_revision=deal.revision),
        lambda: crm.opportunities.lose(deal, "no", expected_revision=deal.revision),
        lambda: crm.opportunities.reopen(deal, expected_revision=deal.revision),
    ]
    for command in commands:
        with pytest.raises(ConflictError) as conflict:
            command()
        assert conflict.value.id == deal.id
        assert conflict.value.expected_revision == deal.revision
        assert conflict.value.current_revision == current.revision
    crm.opportunities.move(deal, "Proposal", expected_revision=current.revision)


def test_a_failed_command_takes_back_itself_and_not_the_transaction(
    crm: Crm, deal: Opportunity
) -> None:
    with crm.transaction("renegotiation"):
        crm.opportunities.update(deal, next_step="call")
        with pytest.raises(RefusedError):
            crm.opportunities.move(deal, "Won", note="never said")
        crm.opportunities.move(deal, "Proposal", note="said")
    assert crm.opportunities.get(deal).next_step == "call"
    assert crm.history(deal)[-1].note == "renegotiation; said"


def test_the_amount_is_the_sum_of_the_lines(crm: Crm) -> None:
    loom = crm.products.create(name="Loom", list_price=Money("2400.10", "EUR"))
    deal = crm.opportunities.create(
        name="Looms",
        lines=[{"product": loom, "quantity": 2}, {"product": loom.id, "unit_price": "99.90"}],
    )
    assert deal.amount == Money("4900.10", "EUR")
    assert [line.total for line in crm.opportunities.lines(deal)] == [
        Money("4800.20", "EUR"),
        Money("99.90", "EUR"),
    ]


def test_an_import_brings_the_stages_along_that_were_visited(crm: Crm, deal: Opportunity) -> None:
    stages = crm.pipelines.stages("Sales")
    visits = [(stages[0], NOW - timedelta(days=9)), (stages[4], NOW - timedelta(days=2))]
    won = crm.opportunities.create(name="Old deal", visits=visits)
    assert (won.outcome, won.opened_at) == (
        Outcome.WON,
        visits[0][1].replace(microsecond=visits[0][1].microsecond // 1000 * 1000),
    )
    assert [row.stage_id for row in crm.opportunities.stage_history(won)] == [
        stages[0].id,
        stages[4].id,
    ]


def test_stages_are_added_ordered_and_deleted(crm: Crm, deal: Opportunity) -> None:
    call = crm.pipelines.add_stage(
        "Sales", NewStage.open("电话", "7.5", category="omitted", rotten_after=3), position=0
    )
    assert (call.position, call.probability, call.rotten_after_days) == (0, Decimal("7.5"), 3)
    stages = crm.pipelines.stages("Sales")
    assert [stage.position for stage in stages] == list(range(7))
    reordered = crm.pipelines.reorder("Sales", [stages[1], stages[0], *stages[2:]])
    assert [stage.id for stage in reordered[:2]] == [stages[1].id, stages[0].id]
    with pytest.raises(InUseError) as in_use:
        crm.stages.delete(deal.stage_id)
    assert ("opportunity", 1) in in_use.value.by
    crm.stages.delete(deal.stage_id, move_to=call)
    assert crm.opportunities.get(deal).stage_id == call.id
    with pytest.raises(DuplicateError):
        crm.pipelines.add_stage("Sales", NewStage.open("电话", 1), position=0)


def test_a_record_that_is_not_there_is_not_found(crm: Crm) -> None:
    for command in [crm.opportunities.win, crm.opportunities.reopen]:
        with pytest.raises(NotFoundError) as missing:
            command(uuid4())
        assert isinstance(missing.value, LookupError) and isinstance(missing.value, CrmError)
    with pytest.raises(ArgumentError):
        crm.opportunities.win("no id")
