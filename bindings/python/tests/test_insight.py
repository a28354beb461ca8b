"""The answers of insight: typed rows that are those of the native tables."""

from __future__ import annotations

import dataclasses
import inspect
import time
import typing
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import crmkit
from crmkit import Amounts, Crm, Money, ValidationError, _answers
from crmkit._answer import Answer, Grouped
from crmkit.choices import ForecastCategory, StageKind

TODAY = date.today()


@pytest.fixture(scope="module")
def demo() -> Iterator[Crm]:
    """The demo company, which nobody changes."""
    with crmkit.demo(seed=7) as crm:
        yield crm


ANSWERS: list[Callable[[Crm], Answer[Any]]] = [
    lambda crm: crm.insight.board(),
    lambda crm: crm.insight.board(on=TODAY - timedelta(days=30)),
    lambda crm: crm.insight.board(in_currency="EUR"),
    lambda crm: crm.insight.forecast(),
    lambda crm: crm.insight.forecast("year", first_month=4),
    lambda crm: crm.insight.forecast("month", in_currency="EUR"),
    lambda crm: crm.insight.funnel(),
    lambda crm: crm.insight.win_rate(),
    lambda crm: crm.insight.win_rate(["owner", "product"]),
    lambda crm: crm.insight.win_rate("customer.industry", in_currency="EUR"),
    lambda crm: crm.insight.win_rate_by_closing("quarter"),
    lambda crm: crm.insight.bridge(since=TODAY - timedelta(days=90)),
    lambda crm: crm.insight.time_in_stage(),
    lambda crm: crm.insight.days_to_close(),
    lambda crm: crm.insight.days_to_close("owner"),
    lambda crm: crm.insight.campaign_returns(),
    lambda crm: crm.insight.campaign_returns(in_currency="EUR"),
]


@pytest.mark.parametrize("ask", ANSWERS)
def test_a_row_has_the_names_of_the_columns(demo: Crm, ask: Callable[[Crm], Answer[Any]]) -> None:
    answer = ask(demo)
    names = answer.table()._names()
    fields = [field.name for field in dataclasses.fields(answer._row)]
    if isinstance(answer, Grouped):
        assert fields[0] == "key"
        assert [*answer.by, *fields[1:]] == names
    else:
        assert fields == names
    assert len(answer) == len(answer.table()) > 0


@pytest.mark.parametrize("ask", ANSWERS)
def test_a_row_holds_what_its_types_say(demo: Crm, ask: Callable[[Crm], Answer[Any]]) -> None:
    answer = ask(demo)
    scope = {**vars(_answers), **vars(crmkit.choices)}
    types = typing.get_type_hints(answer._row, scope)
    types.pop("key", None)
    for row in answer:
        for name, annotated in types.items():
            assert isinstance(getattr(row, name), annotated), (name, annotated)


def test_every_answer_is_looked_at(demo: Crm) -> None:
    asked = {type(ask(demo)) for ask in ANSWERS}
    module = vars(_answers).values()
    known = {one for one in module if inspect.isclass(one) and issubclass(one, Answer)}
    assert asked == known - {Answer, Grouped}


def test_a_board_is_its_stages_and_what_is_open(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    for amount in [Money(100, "EUR"), Money(300, "CNY")]:
        crm.opportunities.create(name="Deal", customer=acme, amount=amount)
    board = crm.insight.board()
    assert board[0].kind is StageKind.OPEN
    assert board[0].amounts["CNY"].amount == Decimal("300.00")
    assert board[0].amounts.in_currency("EUR") == Money(100, "EUR")
    assert (board.totals.count, board.totals.rotten) == (2, 0)
    assert board.totals.amounts == {"CNY": Money(300, "CNY"), "EUR": Money(100, "EUR")}
    assert board[-2].kind is StageKind.WON and board[-2].amounts == Amounts()


def test_a_pipeline_is_named_by_its_name_its_record_or_its_id(demo: Crm) -> None:
    pipeline = demo.pipelines.find(where="is_default")[0]
    boards = [demo.insight.board(one) for one in (pipeline.name, pipeline, pipeline.id, None)]
    assert all(board == boards[0] for board in boards)
    with pytest.raises(ValidationError, match="there is no pipeline of this name") as refused:
        demo.insight.board("Nowhere")
    assert pipeline.name in refused.value.hint


def test_an_answer_is_about_the_opportunities_that_are_meant(demo: Crm) -> None:
    everything = demo.insight.win_rate()[0].opportunities
    some = demo.insight.win_rate(where="amount > 50000")[0].opportunities
    assert 0 < some < everything
    with pytest.raises(crmkit.FilterError):
        demo.insight.board(where="nothing ==")


def test_an_answer_of_the_past_is_the_one_of_then(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    crm.opportunities.create(name="Deal", customer=acme)
    time.sleep(0.01)
    then = datetime.now(UTC)
    time.sleep(0.01)
    crm.opportunities.create(name="Another", customer=acme)
    with crm.transaction():
        crm.opportunities.create(name="A third", customer=acme)
        assert crm.insight.board().totals.count == 3
    assert crm.as_of(then).insight.board().totals.count == 1
    assert crm.as_of(then - timedelta(days=1)).insight.board().totals.count == 0


def test_a_board_of_a_past_day_is_told_in_its_own_currencies(demo: Crm) -> None:
    ask: Any = demo.insight.board
    with pytest.raises(ValidationError) as refused:
        ask(on=TODAY, in_currency="EUR")
    assert refused.value.field == "in_currency"


def test_a_forecast_goes_by_period_and_category(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    crm.opportunities.create(
        name="Deal", customer=acme, amount=Money(100, "EUR"), close_on=date(2026, 2, 28)
    )
    assert crm.insight.forecast()[0].starts_on == date(2026, 1, 1)
    assert crm.insight.forecast("year", first_month=4)[0].starts_on == date(2025, 4, 1)
    assert crm.insight.forecast()[0].category is ForecastCategory.PIPELINE
    with pytest.raises(ValidationError) as refused:
        crm.insight.forecast("decade")  # type: ignore[call-overload]
    assert refused.value.field == "period"


def test_a_bridge_adds_up(demo: Crm) -> None:
    board = demo.insight.board()
    bridge = demo.insight.bridge(
        since=TODAY - timedelta(days=60), until=TODAY, pipeline=board.pipeline
    )
    counts = bridge.opening.count + bridge.added.count - bridge.won.count - bridge.lost.count
    assert counts == bridge.closing.count == board.totals.count
    assert (bridge.since, bridge.until) == (TODAY - timedelta(days=60), TODAY)
    assert isinstance(bridge.list_change, Amounts)


def test_a_funnel_narrows(demo: Crm) -> None:
    funnel = demo.insight.funnel()
    reached = [step.reached for step in funnel if step.stage_id]
    assert reached == sorted(reached, reverse=True)
    assert funnel.won <= funnel.closed <= funnel.opportunities


def test_what_has_nothing_to_be_grouped_by_is_kept_or_left_out(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    crm.opportunities.create(name="Deal", customer=acme)
    assert [rate.key for rate in crm.insight.win_rate("owner")] == [(None,)]
    assert len(crm.insight.win_rate("owner", keep_unknown=False)) == 0


def test_an_unknown_group_is_told_with_what_there_is(demo: Crm) -> None:
    with pytest.raises(crmkit.FilterError):
        demo.insight.win_rate("ownr")


def test_an_answer_never_changes(demo: Crm) -> None:
    board: Any = demo.insight.board()
    with pytest.raises(dataclasses.FrozenInstanceError):
        board.day = TODAY
    with pytest.raises(AttributeError):
        board[0].count = 5


def test_an_answer_prints_as_its_table(demo: Crm) -> None:
    rates = demo.insight.win_rate("owner")
    assert str(rates) == str(rates.table())
    assert str(rates).startswith("Win rate by owner\nowner")
    assert rates._repr_html_().startswith("<table")
    assert repr(rates) == f"<WinRates 'Win rate by owner': {len(rates)} rows>"


def test_sums_by_currency_are_an_immutable_mapping() -> None:
    sums = Amounts([Money(2, "USD"), Money("0.50", "EUR"), Money(1, "EUR")])
    assert str(sums) == "1.50 EUR, 2.00 USD"
    assert sums == {"EUR": Money("1.50", "EUR"), "USD": Money(2, "USD")}
    assert hash(sums) == hash(Amounts([Money("1.50", "EUR"), Money(2, "USD")]))
    assert repr(sums) == "Amounts([Money('1.50', 'EUR'), Money('2.00', 'USD')])"
    with pytest.raises(KeyError):
        sums["JPY"]
    changed: Any = sums
    with pytest.raises(TypeError):
        changed["EUR"] = Money(1, "EUR")
