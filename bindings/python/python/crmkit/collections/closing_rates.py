"""What closed opportunities were worth in the reporting currencies."""

from __future__ import annotations

from crmkit import _native
from crmkit._tables import ClosingRatesTable


class ClosingRates(ClosingRatesTable):
    """What closed opportunities were worth in a reporting currency, by the rate of their day.

    Examples:
        >>> import crmkit
        >>> crm = crmkit.in_memory()
        >>> crm.closing_rates.count()
        0
    """

    def write_missing(self, currency: str) -> int:
        """Writes the rates of closed opportunities that have none, and tells how many it wrote.

        That is after a reporting currency was declared, or rates of the past were added; those
        that are there stay.

        Raises:
            RefusedError: It is no reporting currency (``closing_rate.reporting_currency``).

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> _ = crm.reporting_currencies.create(code="EUR")
            >>> crm.closing_rates.write_missing("EUR")
            0
        """
        return _native.write_missing_closing_rates(self._session, currency)
