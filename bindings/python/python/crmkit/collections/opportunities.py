"""Opportunities: what they go through from the first talk to the closing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from crmkit import _native
from crmkit._tables import OpportunitiesTable
from crmkit.collections._known import Known
from crmkit.collections._tagged import Tagged
from crmkit.records import Opportunity, OpportunityHistory, OpportunityLine, Stage


class Opportunities(OpportunitiesTable, Tagged[Opportunity], Known[Opportunity]):
    """Chances to sell something to a customer.

    A stage is given as the record, its id, or its name in the pipeline of the opportunity.

    Examples:
        >>> import crmkit
        >>> from crmkit import Money
        >>> crm = crmkit.in_memory()
        >>> deal = crm.opportunities.create(name="Twelve looms", amount=Money(12000, "EUR"))
        >>> deal = crm.opportunities.move(deal, "Proposal")
        >>> crm.opportunities.win(deal).outcome
        <Outcome.WON: 'won'>
    """

    def _create(self, fields: dict[str, Any]) -> Opportunity:
        return _native.create_opportunity(self._session, fields)

    def move(
        self,
        opportunity: Opportunity | UUID | str,
        stage: Stage | UUID | str,
        *,
        note: str | None = None,
        expected_revision: int | None = None,
    ) -> Opportunity:
        """Moves an open opportunity to another open stage, whose probability and category it gets.

        Args:
            opportunity: The opportunity.
            stage: The stage.
            note: What the change log keeps with it: ``sent v2``.
            expected_revision: Move it only where it is at this revision.

        Raises:
            RefusedError: The stage closes opportunities (``opportunity.close_by_command``), the
                opportunity is closed (``opportunity.reopen_first``), or the stage is one of
                another pipeline (``stage.same_pipeline``).
            ConflictError: The opportunity is at another revision by now.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> deal = crm.opportunities.create(name="Twelve looms")
            >>> crm.opportunities.move(deal, "Proposal", note="sent v2").probability
            Decimal('50')
        """
        return _native.move_opportunity(self._session, opportunity, stage, note, expected_revision)

    def win(
        self,
        opportunity: Opportunity | UUID | str,
        *,
        stage: Stage | UUID | str | None = None,
        closed_at: datetime | None = None,
        note: str | None = None,
        expected_revision: int | None = None,
    ) -> Opportunity:
        """Wins an open opportunity: 100 percent, in the category closed.

        Args:
            opportunity: The opportunity.
            stage: The stage; the first won one of the pipeline where none is given.
            closed_at: When it was closed; now where nothing is given.
            note: What the change log keeps with it.
            expected_revision: Win it only where it is at this revision.

        Raises:
            RefusedError: It is won already, or lost and to be reopened first, or the stage is not
                a won one of its pipeline.
            ValidationError: ``closed_at`` is yet to come, or before the opening.
            ConflictError: The opportunity is at another revision by now.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> deal = crm.opportunities.create(name="Twelve looms")
            >>> crm.opportunities.win(deal).probability
            Decimal('100')
        """
        how = _how(stage, closed_at, note, expected_revision)
        return _native.win_opportunity(self._session, opportunity, how)

    def lose(
        self,
        opportunity: Opportunity | UUID | str,
        reason: str,
        *,
        stage: Stage | UUID | str | None = None,
        closed_at: datetime | None = None,
        note: str | None = None,
        expected_revision: int | None = None,
    ) -> Opportunity:
        """Loses an open opportunity for a reason: 0 percent, omitted from the forecast.

        Args:
            opportunity: The opportunity.
            reason: Why, if only ``unknown``.
            stage: The stage; the first lost one of the pipeline where none is given.
            closed_at: When it was closed; now where nothing is given.
            note: What the change log keeps with it.
            expected_revision: Lose it only where it is at this revision.

        Raises:
            RefusedError: It is lost already, or won and to be reopened first, or the stage is not
                a lost one of its pipeline.
            ValidationError: The reason is blank, or ``closed_at`` yet to come or before the
                opening.
            ConflictError: The opportunity is at another revision by now.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> deal = crm.opportunities.create(name="Twelve looms")
            >>> crm.opportunities.lose(deal, "too expensive").lost_reason
            'too expensive'
        """
        how = _how(stage, closed_at, note, expected_revision)
        return _native.lose_opportunity(self._session, opportunity, reason, how)

    def reopen(
        self,
        opportunity: Opportunity | UUID | str,
        *,
        stage: Stage | UUID | str | None = None,
        note: str | None = None,
        expected_revision: int | None = None,
    ) -> Opportunity:
        """Opens a won or lost opportunity again; its history stays.

        The time and reason of closing go, and the day on which it was last expected to close
        returns.

        Args:
            opportunity: The opportunity.
            stage: The stage; the open one in which it was last where none is given.
            note: What the change log keeps with it.
            expected_revision: Reopen it only where it is at this revision.

        Raises:
            RefusedError: It is open (``opportunity.already_open``), or the stage is not an open
                one of its pipeline.
            ConflictError: The opportunity is at another revision by now.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> deal = crm.opportunities.create(name="Twelve looms")
            >>> deal = crm.opportunities.lose(deal, "no budget")
            >>> crm.opportunities.reopen(deal, note="there is a budget now").lost_reason
        """
        how = _how(stage, None, note, expected_revision)
        return _native.reopen_opportunity(self._session, opportunity, how)

    def stage_history(self, opportunity: Opportunity | UUID | str) -> list[OpportunityHistory]:
        """How an opportunity stood from one time to the next, the oldest first and without gaps.

        The last has no end. What else changed, and who did it, the change log tells.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> deal = crm.opportunities.create(name="Twelve looms")
            >>> _ = crm.opportunities.move(deal, "Proposal")
            >>> [str(row.probability) for row in crm.opportunities.stage_history(deal)]
            ['10', '50']
        """
        return _native.stage_history(self._session, opportunity)

    def lines(self, opportunity: Opportunity | UUID | str) -> list[OpportunityLine]:
        """The lines of an opportunity, in the order in which they were written.

        Examples:
            >>> import crmkit
            >>> from crmkit import Money
            >>> crm = crmkit.in_memory()
            >>> loom = crm.products.create(name="Loom", list_price=Money(2400, "EUR"))
            >>> lines = [{"product": loom, "quantity": 2}]
            >>> deal = crm.opportunities.create(name="Two looms", lines=lines)
            >>> deal.amount
            Money('4800.00', 'EUR')
            >>> [str(line.quantity) for line in crm.opportunities.lines(deal)]
            ['2']
        """
        return _native.lines_of(self._session, opportunity)


def _how(
    stage: Stage | UUID | str | None,
    at: datetime | None,
    note: str | None,
    expected_revision: int | None,
) -> dict[str, Any]:
    return {"stage": stage, "at": at, "note": note, "expected_revision": expected_revision}
