"""The answers of insight, and their rows, whose names are those of the columns of the tables."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from crmkit._amounts import Amounts
from crmkit._answer import Answer, Grouped
from crmkit._native import Money, Table

if TYPE_CHECKING:
    from crmkit.choices import ForecastCategory, StageKind

T = TypeVar("T", "BoardTotals", "BoardTotalsInCurrency")


@dataclass(frozen=True, slots=True)
class Figures:
    """How many opportunities there are, and what they are worth."""

    count: int
    amounts: Amounts
    list_amounts: Amounts
    weighted: Amounts


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A stage, and what stands in it."""

    stage_id: UUID
    stage: str
    kind: StageKind
    count: int
    amounts: Amounts
    list_amounts: Amounts
    weighted: Amounts
    rotten: int


@dataclass(frozen=True, slots=True)
class BoardTotals:
    """All open opportunities together."""

    count: int
    amounts: Amounts
    list_amounts: Amounts
    weighted: Amounts
    rotten: int


@dataclass(frozen=True, repr=False)
class Board(Answer[BoardColumn]):
    """A pipeline at a glance: a row for each stage.

    Attributes:
        pipeline: The pipeline; ``None`` where none was named and there is no default one.
        day: The day at whose end it stood like this.
    """

    _row = BoardColumn

    pipeline: UUID | None
    day: date

    @property
    def totals(self) -> BoardTotals:
        """All open opportunities together."""
        return _totals(self._table, BoardTotals)


def _totals(table: Table, kind: type[T]) -> T:
    """Those of the totals of a table that have a name in a class."""
    totals = dict(zip(table._names(), table._totals() or (), strict=True))
    return kind(**{one.name: totals[one.name] for one in fields(kind)})


@dataclass(frozen=True, slots=True)
class BoardColumnInCurrency:
    """A stage, and what stands in it, in one currency as well."""

    stage_id: UUID
    stage: str
    kind: StageKind
    count: int
    amounts: Amounts
    amount: Money
    unconverted: Amounts
    rotten: int


@dataclass(frozen=True, slots=True)
class BoardTotalsInCurrency:
    """All open opportunities together, in one currency as well."""

    count: int
    amounts: Amounts
    amount: Money
    unconverted: Amounts
    rotten: int


@dataclass(frozen=True, repr=False)
class BoardInCurrency(Answer[BoardColumnInCurrency]):
    """A board in one currency: what is open at the rates of a day, what is closed at locked ones.

    Attributes:
        pipeline: The pipeline; ``None`` where none was named and there is no default one.
        day: The day on which it stood like this.
        currency: The currency.
        rates_on: The day of the rates by which what is open was converted.
        without_rate: The closed opportunities that had no rate when they were closed.
    """

    _row = BoardColumnInCurrency

    pipeline: UUID | None
    day: date
    currency: str
    rates_on: date
    without_rate: tuple[UUID, ...]

    @property
    def totals(self) -> BoardTotalsInCurrency:
        """All open opportunities together."""
        return _totals(self._table, BoardTotalsInCurrency)


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """The opportunities of one category that are to close in one period."""

    starts_on: date | None
    category: ForecastCategory | None
    count: int
    amounts: Amounts
    list_amounts: Amounts
    weighted: Amounts


@dataclass(frozen=True, repr=False)
class Forecast(Answer[ForecastRow]):
    """What is expected to close, by period and category; at the end what has no day of closing.

    Attributes:
        day: The day at whose end it stood like this.
    """

    _row = ForecastRow

    day: date


@dataclass(frozen=True, slots=True)
class ForecastRowInCurrency:
    """What is expected of one period and category, in one currency."""

    starts_on: date | None
    category: ForecastCategory | None
    amount: Money
    unconverted: Amounts
    weighted: Money
    weighted_unconverted: Amounts


@dataclass(frozen=True, repr=False)
class ForecastInCurrency(Answer[ForecastRowInCurrency]):
    """What is expected to close, in one currency.

    Attributes:
        day: The day on which it stood like this.
        currency: The currency.
        rates_on: The day of the rates by which what is open was converted.
    """

    _row = ForecastRowInCurrency

    day: date
    currency: str
    rates_on: date


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many opportunities came as far as a stage; without one: all, the closed, the won."""

    stage_id: UUID | None
    stage: str
    reached: int


@dataclass(frozen=True, repr=False)
class Funnel(Answer[FunnelStep]):
    """How far the opportunities of a pipeline came.

    All of them, then a row for each open stage, then the closed ones, and the won.

    Attributes:
        pipeline: The pipeline; ``None`` where none was named and there is no default one.
        day: The day until whose end history counts.
        opportunities: How many there are.
        closed: How many are won or lost.
        won: How many are won.
    """

    _row = FunnelStep

    pipeline: UUID | None
    day: date
    opportunities: int
    closed: int
    won: int


@dataclass(frozen=True, slots=True)
class WinRate:
    """How many opportunities were won and lost, and what was won."""

    key: tuple[Any, ...]
    opportunities: int
    open: int
    won: int
    lost: int
    rate: Decimal | None
    won_value: Amounts


@dataclass(frozen=True, repr=False)
class WinRates(Grouped[WinRate]):
    """Win rates, a row for each group; one row with an empty key where nothing was grouped."""

    _row = WinRate


@dataclass(frozen=True, slots=True)
class WinRateInCurrency:
    """How many opportunities were won and lost, and what was won, in one currency."""

    key: tuple[Any, ...]
    opportunities: int
    open: int
    won: int
    lost: int
    rate: Decimal | None
    won_value: Money
    unconverted: Amounts


@dataclass(frozen=True, repr=False)
class WinRatesInCurrency(Grouped[WinRateInCurrency]):
    """Win rates with what was won in one currency, at the rates that were locked at closing.

    Attributes:
        currency: The currency.
    """

    _row = WinRateInCurrency

    currency: str


@dataclass(frozen=True, slots=True)
class ClosedWinRate:
    """How many opportunities were won and lost in a period."""

    starts_on: date
    opportunities: int
    open: int
    won: int
    lost: int
    rate: Decimal | None
    won_value: Amounts


@dataclass(frozen=True, repr=False)
class ClosedWinRates(Answer[ClosedWinRate]):
    """Win rates by the period in which opportunities were closed."""

    _row = ClosedWinRate


@dataclass(frozen=True, slots=True)
class BridgePart:
    """A part of a bridge; only the list price is known of how that changed."""

    part: str
    count: int | None
    amounts: Amounts | None
    list_amounts: Amounts
    weighted: Amounts | None


@dataclass(frozen=True, repr=False)
class Bridge(Answer[BridgePart]):
    """How the open pipeline at the end of one day became that of another.

    opening + added - won - lost = closing. Of list prices, ``list_change`` comes to it as well.

    Attributes:
        since: The first day, at whose end it begins.
        until: The last day, at whose end it arrives.
    """

    _row = BridgePart

    since: date
    until: date

    @property
    def opening(self) -> Figures:
        """What was open at the beginning."""
        return self._figures("opening")

    @property
    def added(self) -> Figures:
        """What came into the open pipeline, by what it is worth at the end."""
        return self._figures("added")

    @property
    def won(self) -> Figures:
        """What was won, by what it is worth at the end."""
        return self._figures("won")

    @property
    def lost(self) -> Figures:
        """What was lost, by what it is worth at the end."""
        return self._figures("lost")

    @property
    def closing(self) -> Figures:
        """What is open at the end."""
        return self._figures("closing")

    @property
    def list_change(self) -> Amounts:
        """By how much the list price of what was open at the beginning changed on the way."""
        return next(part.list_amounts for part in self if part.part == "list_change")

    def _figures(self, name: str) -> Figures:
        _, *figures = next(row for row in self._table._rows() if row[0] == name)
        return Figures(*figures)


@dataclass(frozen=True, slots=True)
class StageTime:
    """How many days opportunities stayed in a stage, by the ``count`` of visits that are over."""

    stage_id: UUID
    stage: str
    visits: int
    ongoing: int
    count: int
    mean: Decimal | None
    median: Decimal | None
    first_quartile: Decimal | None
    third_quartile: Decimal | None
    minimum: int | None
    maximum: int | None


@dataclass(frozen=True, repr=False)
class TimeInStage(Answer[StageTime]):
    """How long opportunities stayed in each open stage, in days."""

    _row = StageTime


@dataclass(frozen=True, slots=True)
class ClosingTime:
    """How many days opportunities took to be closed: ``all`` of them, the ``won``, the ``lost``."""

    key: tuple[Any, ...]
    outcome: str
    count: int
    mean: Decimal | None
    median: Decimal | None
    first_quartile: Decimal | None
    third_quartile: Decimal | None
    minimum: int | None
    maximum: int | None


@dataclass(frozen=True, repr=False)
class DaysToClose(Grouped[ClosingTime]):
    """How many days opportunities took to be closed: three rows for each group."""

    _row = ClosingTime


@dataclass(frozen=True, slots=True)
class CampaignReturn:
    """What a campaign brought in, against what it cost and what was expected."""

    campaign_id: UUID
    campaign: str
    members: int
    responded: int
    response_rate: Decimal | None
    expected_response: Decimal | None
    opportunities: int
    won: int
    won_value: Amounts
    expected_revenue: Money | None
    budget: Money | None
    cost: Money | None
    return_on_investment: Decimal | None


@dataclass(frozen=True, repr=False)
class CampaignReturns(Answer[CampaignReturn]):
    """What each campaign brought in, by name."""

    _row = CampaignReturn


@dataclass(frozen=True, slots=True)
class CampaignReturnInCurrency:
    """What a campaign brought in and cost, in one currency."""

    campaign_id: UUID
    campaign: str
    won_value: Money
    won_unconverted: Amounts
    cost: Money | None
    cost_unconverted: Amounts
    return_on_investment: Decimal | None


@dataclass(frozen=True, repr=False)
class CampaignReturnsInCurrency(Answer[CampaignReturnInCurrency]):
    """What each campaign brought in and cost, in one currency: cost by the rates of a day.

    Attributes:
        currency: The currency.
        rates_on: The day of the rates.
    """

    _row = CampaignReturnInCurrency

    currency: str
    rates_on: date
