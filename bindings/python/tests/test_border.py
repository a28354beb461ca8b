"""Whatever is handed over the border: an exception at most, never a crash, never a half write."""

from __future__ import annotations

import inspect
import os
import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import crmkit
from crmkit import Crm, Money

ROUNDS = int(os.environ.get("CRMKIT_BORDER_ROUNDS", "2"))
"""How often each function is called with each strange value at each place."""

SKIPPED = {"close", "observe", "transaction"}
"""What ends the CRM, or waits."""


class Evil:
    """Raises wherever it is asked for something."""

    def __str__(self) -> str:
        raise RuntimeError("str")

    def __iter__(self) -> Iterator[object]:
        raise RuntimeError("iter")

    def __index__(self) -> int:
        raise RuntimeError("index")

    def __fspath__(self) -> str:
        raise RuntimeError("fspath")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")

    def __hash__(self) -> int:
        raise RuntimeError("hash")

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(name)


class LyingInt(int):
    """An int that says it is something else."""

    def __index__(self) -> int:
        return 2**100


class LyingZone(tzinfo):
    """A zone whose offset is no offset."""

    def utcoffset(self, at: datetime | None) -> Any:
        return "tomorrow"

    dst = tzname = utcoffset


def strange_values(crm: Crm) -> list[object]:
    """Values of every type that somebody may hand over by mistake or on purpose."""
    other = crm.customers.create(kind="person", name="李明")
    return [
        None, True, False, 0, -1, 2**31, 2**63 - 1, -(2**63), 2**63, 2**64, 10**400, LyingInt(5),
        0.0, 1.5, float("nan"), float("inf"), 1j,
        "", " ", "x", "a\0b", "\ud800", "\udcff", "李明", "%s%n", "'; drop table customers; --",
        "name ==", "(" * 5000, "x" * 1_100_000, "-created_at", "2026-02-30", "..", "/",
        "\U0010ffff", b"", b"\xff", bytearray(b"x"), memoryview(b"x"),
        [], [None], [[]], {}, {"": ""}, {None: 1}, {"name": {}}, (), (1,), set(), frozenset({1}),
        Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1e999999"), Decimal("-0"),
        Money(1, "EUR"), Money.from_minor(2**63 - 1, "JPY"), Money.from_minor(-(2**63), "KWD"),
        date.min, date.max, date(2028, 2, 29), datetime.min, datetime.max,
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-23))),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=23))),
        datetime(2026, 1, 1, tzinfo=LyingZone()), timedelta.max, timedelta(microseconds=-1),
        UUID(int=0), UUID(int=2**128 - 1), str(other.id).upper(), other, type(other), crm, crmkit,
        object(), object, Evil(), len, lambda *_, **__: 1 / 0, NotImplemented, ..., StopIteration(),
    ]  # fmt: skip


def public_functions(thing: object, depth: int = 2) -> Iterator[tuple[str, Callable[..., object]]]:
    """Everything public that can be called on it, and on what hangs on it."""
    for name in sorted(dir(thing)):
        if name.startswith("_") or name in SKIPPED:
            continue
        found = getattr(thing, name)
        if inspect.ismethod(found) or inspect.isbuiltin(found):
            yield f"{type(thing).__name__}.{name}", found
        elif depth and type(found).__module__.startswith("crmkit"):
            yield from public_functions(found, depth - 1)


def keywords(function: Callable[..., object]) -> list[str]:
    """The names by which arguments are given."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:
        return []
    return [p.name for p in parameters if p.kind is not p.POSITIONAL_ONLY]


def test_strange_values_are_refused_and_leave_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    dice = random.Random(7)
    calls = raised = 0
    with crmkit.open("sales.db", durability="normal") as crm:
        strange = strange_values(crm)
        known = [change.sequence for change in crm.feed()][-1]
        for name, function in public_functions(crm):
            names = keywords(function)
            for value in strange:
                for _ in range(ROUNDS):
                    positional = [value] * dice.randint(0, 2)
                    given = {key: value for key in names if dice.random() < 0.3}
                    if dice.random() < 0.1:
                        given[dice.choice(["nmae", "self", "", "ключ", "a\0b"])] = value
                    calls += 1
                    try:
                        function(*positional, **given)
                    except Exception:
                        raised += 1
                        new = list(crm.feed(after=known))
                        assert new == [], f"{name} raised, and wrote"
                    else:
                        known = ([known] + [c.sequence for c in crm.feed(after=known)])[-1]
        crm.customers.create(kind="person", name="王芳")
    with crmkit.open("sales.db") as crm:
        assert crm.verify().is_sound
        assert crm.customers.first(where='name == "王芳"') is not None
    assert calls > 10_000
    assert raised > calls / 2


@pytest.mark.parametrize(
    "argument", ["path", "region", "timezone", "actor", "durability", "busy_deadline"]
)
def test_opening_with_strange_values_is_refused_or_works(
    argument: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with crmkit.in_memory() as crm:
        strange = strange_values(crm)
    for value in strange:
        arguments: dict[str, Any] = {"path": "sales.db", argument: value}
        try:
            crmkit.open(**arguments).close()
        except Exception as error:
            assert str(error) or isinstance(error, RuntimeError)


def test_money_of_strange_values_is_refused_or_exact() -> None:
    with crmkit.in_memory() as crm:
        strange = strange_values(crm)
    makers: list[Callable[[Any], object]] = [
        lambda v: Money(v, "EUR"),
        lambda v: Money("1", v),
        Money.parse,
        lambda v: Money.from_minor(v, "EUR"),
        lambda v: Money(1, "EUR") + v,
        lambda v: Money(1, "EUR") * v,
        lambda v: v * Money(1, "EUR"),
        lambda v: Money(1, "EUR") < v,
        lambda v: sum([Money(1, "EUR"), v]),
    ]
    for value in strange:
        for make in makers:
            try:
                money = make(value)
            except Exception:
                continue
            assert not isinstance(money, float)
