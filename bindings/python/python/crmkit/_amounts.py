"""Sums by currency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from crmkit._native import Money


class Amounts(Mapping[str, Money]):
    """Sums by currency, in the order of the codes: amounts of two currencies are never added.

    Examples:
        >>> from crmkit import Amounts, Money
        >>> amounts = Amounts([Money("1.50", "EUR"), Money(2, "USD")])
        >>> print(amounts)
        1.50 EUR, 2.00 USD
        >>> amounts["EUR"].amount
        Decimal('1.50')
        >>> amounts.in_currency("JPY")
        Money('0', 'JPY')
    """

    __slots__ = ("_sums",)

    def __init__(self, amounts: Iterable[Money] = ()) -> None:
        """The sums of amounts."""
        sums: dict[str, Money] = {}
        for amount in amounts:
            known = sums.get(amount.currency)
            sums[amount.currency] = amount if known is None else known + amount
        self._sums = dict(sorted(sums.items()))

    def __getitem__(self, currency: str) -> Money:
        """The sum in a currency that is among them."""
        return self._sums[currency]

    def __iter__(self) -> Iterator[str]:
        """The codes of the currencies."""
        return iter(self._sums)

    def __len__(self) -> int:
        """How many currencies there are."""
        return len(self._sums)

    def __hash__(self) -> int:
        """Equal sums have equal hashes."""
        return hash(tuple(self._sums.values()))

    def __repr__(self) -> str:
        """The sums, as they are made."""
        return f"Amounts({list(self._sums.values())!r})"

    def __str__(self) -> str:
        """One sum after the other: ``1.50 EUR, 2.00 USD``."""
        return ", ".join(map(str, self._sums.values()))

    def in_currency(self, currency: str) -> Money:
        """The sum in a currency; zero where there is none.

        Examples:
            >>> from crmkit import Amounts
            >>> Amounts().in_currency("EUR")
            Money('0.00', 'EUR')
        """
        return self._sums.get(currency) or Money(0, currency)
