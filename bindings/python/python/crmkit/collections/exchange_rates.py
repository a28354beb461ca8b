"""What currencies are worth in each other, from day to day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from crmkit import _native
from crmkit._native import Money
from crmkit._tables import ExchangeRatesTable


class Rate(NamedTuple):
    """The rate at which one currency is converted to another on a day.

    Attributes:
        value: Units of the second for one unit of the first.
        valid_from: The day from which on it holds; of two rates the earlier one.
        source: Whether it is the rate ``given`` for the pair, the ``inverse`` of the opposite
            pair, or goes ``through`` a reporting currency.
        hub: That currency.
    """

    value: Decimal
    valid_from: date
    source: Literal["given", "inverse", "through"]
    hub: str | None


class Rates:
    """The rates into one currency that hold on a day, as :meth:`ExchangeRates.on` reads them.

    Examples:
        >>> import crmkit
        >>> from datetime import date
        >>> crm = crmkit.in_memory()
        >>> crm.exchange_rates.on(date(2026, 3, 2), to="EUR").to
        'EUR'
    """

    def __init__(self, native: _native.Rates) -> None:
        """The rates that were read."""
        self._native = native

    @property
    def day(self) -> date:
        """The day."""
        return self._native.day

    @property
    def to(self) -> str:
        """The currency into which they convert."""
        return self._native.to

    def convert(self, amount: Money) -> Money:
        """An amount in the currency of these rates, rounded once, halves away from zero.

        Raises:
            RefusedError: There is no rate of its currency (``exchange_rate.missing``).

        Examples:
            >>> import crmkit
            >>> from crmkit import Money
            >>> from datetime import date
            >>> crm = crmkit.in_memory()
            >>> day = date(2026, 3, 2)
            >>> _ = crm.exchange_rates.create(
            ...     from_currency="CNY", to_currency="EUR", valid_from=day, rate="0.1282"
            ... )
            >>> crm.exchange_rates.on(day, to="EUR").convert(Money(1000, "CNY"))
            Money('128.20', 'EUR')
        """
        return self._native.convert(amount)

    def rate(self, currency: str) -> Rate:
        """The rate of a currency.

        Raises:
            RefusedError: There is none (``exchange_rate.missing``).

        Examples:
            >>> import crmkit
            >>> from datetime import date
            >>> crm = crmkit.in_memory()
            >>> day = date(2026, 3, 2)
            >>> _ = crm.exchange_rates.create(
            ...     from_currency="EUR", to_currency="CNY", valid_from=day, rate="7.8"
            ... )
            >>> rate = crm.exchange_rates.on(day, to="EUR").rate("CNY")
            >>> rate.value, rate.source
            (Decimal('0.1282051282'), 'inverse')
        """
        return Rate(*self._native.rate(currency))

    def __repr__(self) -> str:
        """The currency and the day."""
        return f"<Rates to {self.to} on {self.day}>"


class ExchangeRates(ExchangeRatesTable):
    """What one unit of a currency is worth in another, from a day on until the next rate.

    Examples:
        >>> import crmkit
        >>> from datetime import date
        >>> crm = crmkit.in_memory()
        >>> rate = crm.exchange_rates.create(
        ...     from_currency="CNY", to_currency="EUR", valid_from=date(2026, 3, 2), rate="0.1282"
        ... )
        >>> rate.rate
        Decimal('0.1282')
    """

    def on(self, day: date, *, to: str) -> Rates:
        """The rates into a currency that hold on a day.

        Args:
            day: The day.
            to: The ISO 4217 code of the currency.

        Examples:
            >>> import crmkit
            >>> from datetime import date
            >>> crm = crmkit.in_memory()
            >>> crm.exchange_rates.on(date(2026, 3, 2), to="EUR")
            <Rates to EUR on 2026-03-02>
        """
        return Rates(_native.rates_on(self._session, day, to))
