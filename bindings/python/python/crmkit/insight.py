"""What the records tell: boards, forecasts, win rates, each a typed answer and a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, overload

from crmkit import _native
from crmkit._answers import (
    Board,
    BoardColumn,
    BoardColumnInCurrency,
    BoardInCurrency,
    BoardTotals,
    BoardTotalsInCurrency,
    Bridge,
    BridgePart,
    CampaignReturn,
    CampaignReturnInCurrency,
    CampaignReturns,
    CampaignReturnsInCurrency,
    ClosedWinRate,
    ClosedWinRates,
    ClosingTime,
    DaysToClose,
    Figures,
    Forecast,
    ForecastInCurrency,
    ForecastRow,
    ForecastRowInCurrency,
    Funnel,
    FunnelStep,
    StageTime,
    TimeInStage,
    WinRate,
    WinRateInCurrency,
    WinRates,
    WinRatesInCurrency,
)
from crmkit._values import AnyId

if TYPE_CHECKING:
    from crmkit._crm import Crm

__all__ = [
    "Board",
    "BoardColumn",
    "BoardColumnInCurrency",
    "BoardInCurrency",
    "BoardTotals",
    "BoardTotalsInCurrency",
    "Bridge",
    "BridgePart",
    "CampaignReturn",
    "CampaignReturnInCurrency",
    "CampaignReturns",
    "CampaignReturnsInCurrency",
    "ClosedWinRate",
    "ClosedWinRates",
    "ClosingTime",
    "DaysToClose",
    "Figures",
    "Forecast",
    "ForecastInCurrency",
    "ForecastRow",
    "ForecastRowInCurrency",
    "Funnel",
    "FunnelStep",
    "Insight",
    "StageTime",
    "TimeInStage",
    "WinRate",
    "WinRateInCurrency",
    "WinRates",
    "WinRatesInCurrency",
]

PeriodName = Literal["day", "week", "month", "quarter", "year"]
"""A stretch of the calendar by which answers group."""


class Insight:
    """The answers of a CRM.

    All of them take ``pipeline``, by its name, its record or its id, and ``where``, a condition on
    opportunities.
    Those of ``crm.as_of(...)`` are the answers of then.
    """

    def __init__(self, crm: Crm) -> None:
        """The answers of this CRM."""
        self._crm = crm

    def __repr__(self) -> str:
        """What it is."""
        return "<insight>"

    @overload
    def board(
        self,
        pipeline: AnyId | None = None,
        *,
        where: str | None = None,
        on: date | None = None,
        in_currency: None = None,
    ) -> Board: ...
    @overload
    def board(
        self, pipeline: AnyId | None = None, *, where: str | None = None, in_currency: str
    ) -> BoardInCurrency: ...
    def board(
        self,
        pipeline: AnyId | None = None,
        *,
        where: str | None = None,
        on: date | None = None,
        in_currency: str | None = None,
    ) -> Board | BoardInCurrency:
        """A pipeline at a glance: what stands in each stage, and how much of it is overdue to move.

        Args:
            pipeline: Its name, its record or its id; else the default one.
            where: Only opportunities that meet this condition: ``owner == "Li Wei"``.
            on: As it was at the end of this day, by when things happened; else as it is.
            in_currency: Also in this currency: what is open at the rates of today, what is closed at
                those that were locked at closing.

        Raises:
            ValidationError: There is no pipeline of this name; the hint lists them.

        Examples:
            >>> import crmkit
            >>> from crmkit import Money
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     _ = crm.opportunities.create(
            ...         name="Licence", customer=acme, amount=Money(100, "EUR")
            ...     )
            ...     board = crm.insight.board()
            >>> board.totals.amounts["EUR"]
            Money('100.00', 'EUR')
            >>> board[0].count
            1
        """
        answered = _native.board(
            self._crm._session, pipeline, filter=where, on=on, in_currency=in_currency
        )
        return Board._of(answered) if in_currency is None else BoardInCurrency._of(answered)

    @overload
    def forecast(
        self,
        period: PeriodName = "quarter",
        *,
        first_month: int = 1,
        pipeline: AnyId | None = None,
        where: str | None = None,
        on: date | None = None,
        in_currency: None = None,
    ) -> Forecast: ...
    @overload
    def forecast(
        self,
        period: PeriodName = "quarter",
        *,
        first_month: int = 1,
        pipeline: AnyId | None = None,
        where: str | None = None,
        in_currency: str,
    ) -> ForecastInCurrency: ...
    def forecast(
        self,
        period: PeriodName = "quarter",
        *,
        first_month: int = 1,
        pipeline: AnyId | None = None,
        where: str | None = None,
        on: date | None = None,
        in_currency: str | None = None,
    ) -> Forecast | ForecastInCurrency:
        """What is expected to close, by period and forecast category.

        Args:
            period: The length of the periods.
            first_month: The month in which years and their quarters begin, 1 to 12.
            pipeline: Its name, its record or its id; else all.
            where: Only opportunities that meet this condition.
            on: As it was at the end of this day, by when things happened; else as it is.
            in_currency: In this currency: what is open at the rates of today, what is closed at those
                that were locked at closing.

        Examples:
            >>> import crmkit
            >>> from datetime import date
            >>> from crmkit import Money
            >>> with crmkit.in_memory() as crm:
            ...     acme = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     _ = crm.opportunities.create(
            ...         name="Licence",
            ...         customer=acme,
            ...         amount=Money(100, "EUR"),
            ...         close_on=date(2026, 12, 31),
            ...     )
            ...     row = crm.insight.forecast()[0]
            >>> row.starts_on, row.category
            (datetime.date(2026, 10, 1), <ForecastCategory.PIPELINE: 'pipeline'>)
        """
        answered = _native.forecast(
            self._crm._session,
            period,
            first_month=first_month,
            pipeline=pipeline,
            filter=where,
            on=on,
            in_currency=in_currency,
        )
        return Forecast._of(answered) if in_currency is None else ForecastInCurrency._of(answered)

    def funnel(
        self,
        pipeline: AnyId | None = None,
        *,
        where: str | None = None,
        on: date | None = None,
    ) -> Funnel:
        """How far the opportunities of a pipeline came.

        Args:
            pipeline: Its name, its record or its id; else the default one.
            where: Only opportunities that meet this condition.
            on: As it was at the end of this day, by when things happened; else as it is.

        Examples:
            >>> import crmkit
            >>> with crmkit.demo() as crm:
            ...     funnel = crm.insight.funnel()
            >>> funnel.opportunities >= funnel.closed >= funnel.won > 0
            True
        """
        return Funnel._of(_native.funnel(self._crm._session, pipeline, filter=where, on=on))

    @overload
    def win_rate(
        self,
        by: str | Sequence[str] | None = None,
        *,
        pipeline: AnyId | None = None,
        where: str | None = None,
        keep_unknown: bool = True,
        in_currency: None = None,
    ) -> WinRates: ...
    @overload
    def win_rate(
        self,
        by: str | Sequence[str] | None = None,
        *,
        pipeline: AnyId | None = None,
        where: str | None = None,
        keep_unknown: bool = True,
        in_currency: str,
    ) -> WinRatesInCurrency: ...
    def win_rate(
        self,
        by: str | Sequence[str] | None = None,
        *,
        pipeline: AnyId | None = None,
        where: str | None = None,
        keep_unknown: bool = True,
        in_currency: str | None = None,
    ) -> WinRates | WinRatesInCurrency:
        """How many opportunities were won and lost, and what was won.

        Args:
            by: By what to group, as text filters name it: ``owner``, ``customer.industry``,
                ``custom.region``, and of the lines ``product``. By product, an opportunity counts
                once for each of its products.
            pipeline: Its name, its record or its id; else all.
            where: Only opportunities that meet this condition.
            keep_unknown: Whether what has nothing to be grouped by is a group of its own, with
                ``None`` in its key.
            in_currency: What was won is in this currency, at the rates that were locked at closing;
                not by what only lines have.

        Raises:
            FilterError: There is nothing of the name to group by.

        Examples:
            >>> import crmkit
            >>> with crmkit.demo() as crm:
            ...     rates = crm.insight.win_rate(by=["owner", "product"])
            >>> rates.by
            ('owner', 'product')
            >>> len(rates[0].key)
            2
        """
        answered = _native.win_rate(
            self._crm._session,
            _keys(by),
            pipeline=pipeline,
            filter=where,
            keep_unknown=keep_unknown,
            in_currency=in_currency,
        )
        return WinRates._of(answered) if in_currency is None else WinRatesInCurrency._of(answered)

    def win_rate_by_closing(
        self,
        period: PeriodName = "month",
        *,
        first_month: int = 1,
        pipeline: AnyId | None = None,
        where: str | None = None,
    ) -> ClosedWinRates:
        """How many opportunities were won and lost, by the period in which they were closed.

        Args:
            period: The length of the periods.
            first_month: The month in which years and their quarters begin, 1 to 12.
            pipeline: Its name, its record or its id; else all.
            where: Only opportunities that meet this condition.

        Examples:
            >>> import crmkit
            >>> with crmkit.demo() as crm:
            ...     all(rate.open == 0 for rate in crm.insight.win_rate_by_closing("quarter"))
            True
        """
        return ClosedWinRates._of(
            _native.win_rate_by_closing(
                self._crm._session, period, first_month=first_month, pipeline=pipeline, filter=where
            )
        )

    def bridge(
        self,
        *,
        since: date,
        until: date | None = None,
        pipeline: AnyId | None = None,
        where: str | None = None,
    ) -> Bridge:
        """How the open pipeline at the end of one day became that at the end of another.

        Args:
            since: The first day.
            until: The last day; else today.
            pipeline: Its name, its record or its id; else all.
            where: Only opportunities that meet this condition.

        Examples:
            >>> import crmkit
            >>> from datetime import date, timedelta
            >>> with crmkit.demo() as crm:
            ...     bridge = crm.insight.bridge(since=date.today() - timedelta(days=30))
            >>> came, went = bridge.added.count, bridge.won.count + bridge.lost.count
            >>> bridge.opening.count + came - went == bridge.closing.count
            True
        """
        return Bridge._of(
            _native.bridge(self._crm._session, since, until, pipeline=pipeline, filter=where)
        )

    def time_in_stage(
        self, pipeline: AnyId | None = None, *, where: str | None = None
    ) -> TimeInStage:
        """How many days opportunities stayed in each open stage.

        Args:
            pipeline: Its name, its record or its id; else the default one.
            where: Only opportunities that meet this condition.

        Examples:
            >>> import crmkit
            >>> with crmkit.demo() as crm:
            ...     all(stage.visits >= stage.ongoing for stage in crm.insight.time_in_stage())
            True
        """
        return TimeInStage._of(_native.time_in_stage(self._crm._session, pipeline, filter=where))

    def days_to_close(
        self,
        by: str | Sequence[str] | None = None,
        *,
        pipeline: AnyId | None = None,
        where: str | None = None,
        keep_unknown: bool = True,
    ) -> DaysToClose:
        """How many days opportunities took from being opened to being won or lost.

        Args:
            by: By what to group, as in :meth:`win_rate`; not by what only lines have.
            pipeline: Its name, its record or its id; else all.
            where: Only opportunities that meet this condition.
            keep_unknown: Whether what has nothing to be grouped by is a group of its own.

        Examples:
            >>> import crmkit
            >>> with crmkit.demo() as crm:
            ...     [row.outcome for row in crm.insight.days_to_close()]
            ['all', 'won', 'lost']
        """
        return DaysToClose._of(
            _native.days_to_close(
                self._crm._session,
                _keys(by),
                pipeline=pipeline,
                filter=where,
                keep_unknown=keep_unknown,
            )
        )

    @overload
    def campaign_returns(self, *, in_currency: None = None) -> CampaignReturns: ...
    @overload
    def campaign_returns(self, *, in_currency: str) -> CampaignReturnsInCurrency: ...
    def campaign_returns(
        self, *, in_currency: str | None = None
    ) -> CampaignReturns | CampaignReturnsInCurrency:
        """What each campaign brought in, against what it cost and what was expected.

        Args:
            in_currency: In this currency: what was won at the rates that were locked, cost at the
                rates of today.

        Examples:
            >>> import crmkit
            >>> with crmkit.demo() as crm:
            ...     all(one.responded <= one.members for one in crm.insight.campaign_returns())
            True
        """
        answered = _native.campaign_returns(self._crm._session, in_currency=in_currency)
        if in_currency is None:
            return CampaignReturns._of(answered)
        return CampaignReturnsInCurrency._of(answered)


def _keys(by: str | Sequence[str] | None) -> list[str]:
    if by is None:
        return []
    return [by] if isinstance(by, str) else list(by)
