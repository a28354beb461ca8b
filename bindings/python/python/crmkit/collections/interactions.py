"""Calls, e-mails, meetings, visits, messages and notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from crmkit import _native
from crmkit._tables import InteractionsTable
from crmkit.collections._known import Known
from crmkit.collections._tagged import Tagged
from crmkit.records import Campaign, Customer, Interaction, Opportunity, Product

About = Customer | Opportunity | Product | Campaign
"""What an interaction may be about."""


class Interactions(InteractionsTable, Tagged[Interaction], Known[Interaction]):
    """What happened between customers and us, or is planned to.

    An interaction about an opportunity concerns the customer of that as well, and so does one in
    which a customer took part: it stands in their timelines without being said.

    Examples:
        >>> import crmkit
        >>> crm = crmkit.in_memory()
        >>> li = crm.customers.create(kind="person", name="李明", email="li@acme.example")
        >>> deal = crm.opportunities.create(name="Twelve looms")
        >>> call = crm.interactions.create(
        ...     kind="call",
        ...     direction="outbound",
        ...     subject="Asked for a discount",
        ...     about=[li, deal],
        ...     participants=["li@acme.example"],
        ... )
        >>> call.subject
        'Asked for a discount'
    """

    def _create(self, fields: dict[str, Any]) -> Interaction:
        return _native.create_interaction(self._session, fields)

    def update_or_create(self, **fields: Any) -> Interaction:
        """Creates an interaction, or brings the one up to date that its source has logged before.

        That is the one with its ``external_uid`` and ``source``. What is given replaces what was,
        what is left out stays, and records and participants are added: the way of programs that
        bring a calendar or a mailbox in again and again.

        Args:
            **fields: What ``create`` takes.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> entry = {"kind": "meeting", "source": "calendar", "external_uid": "7f3a"}
            >>> demo = crm.interactions.update_or_create(**entry, subject="Demo")
            >>> moved = crm.interactions.update_or_create(**entry, subject="Demo, moved")
            >>> demo.id == moved.id, moved.subject
            (True, 'Demo, moved')
        """
        return _native.update_or_create_interaction(self._session, fields)

    def link(self, interaction: Interaction | UUID | str, records: About | Iterable[About]) -> None:
        """Says that an interaction is about these records as well.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> deal = crm.opportunities.create(name="Twelve looms")
            >>> call = crm.interactions.create(kind="call")
            >>> crm.interactions.link(call, deal)
        """
        _native.link_interaction(self._session, interaction, records)

    def unlink(self, interaction: Interaction | UUID | str, record: About) -> bool:
        """Says that an interaction is not about a record; tells whether it was.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> deal = crm.opportunities.create(name="Twelve looms")
            >>> call = crm.interactions.create(kind="call", about=deal)
            >>> crm.interactions.unlink(call, deal)
            True
        """
        return _native.unlink_interaction(self._session, interaction, record)

    def known_as(self, external_uid: str, *, source: str | None = None) -> Interaction | None:
        """The interaction that another program knows by this id.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> _ = crm.interactions.create(kind="call", source="pbx", external_uid="77-1")
            >>> crm.interactions.known_as("77-1", source="pbx").kind
            <InteractionKind.CALL: 'call'>
        """
        return _native.interaction_known_as(self._session, external_uid, source)
