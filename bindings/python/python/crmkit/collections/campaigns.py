"""Campaigns: who was addressed, and who responded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from crmkit import _native
from crmkit._tables import CampaignsTable
from crmkit.collections._known import Known
from crmkit.collections._tagged import Tagged
from crmkit.records import Campaign, CampaignMember, Customer, MemberStatus


class AddedMembers(NamedTuple):
    """What became of customers that were added to a campaign.

    Attributes:
        added: The ids of the new members, in the order of their customers.
        already: The ids of the customers that were members before.
    """

    added: list[UUID]
    already: list[UUID]


class Campaigns(CampaignsTable, Tagged[Campaign], Known[Campaign]):
    """Efforts to win or keep customers.

    Examples:
        >>> import crmkit
        >>> from crmkit import NewMemberStatus
        >>> crm = crmkit.in_memory()
        >>> fair = crm.campaigns.create(
        ...     name="Fair 2026",
        ...     kind="trade_fair",
        ...     statuses=[
        ...         NewMemberStatus("Invited", is_default=True),
        ...         NewMemberStatus("Attended", has_responded=True),
        ...     ],
        ... )
        >>> [status.name for status in crm.campaigns.statuses(fair)]
        ['Invited', 'Attended']
    """

    def _create(self, fields: dict[str, Any]) -> Campaign:
        return _native.create_campaign(self._session, fields)

    def add_members(
        self, campaign: Campaign | UUID | str, customers: Iterable[Customer | UUID | str]
    ) -> AddedMembers:
        """Makes customers members of a campaign, with its default status.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> fair = crm.campaigns.create(name="Fair 2026")
            >>> li = crm.customers.create(kind="person", name="李明")
            >>> len(crm.campaigns.add_members(fair, [li]).added)
            1
            >>> crm.campaigns.add_members(fair, [li]).already == [li.id]
            True
        """
        return AddedMembers(*_native.add_members(self._session, campaign, customers))

    def respond(
        self,
        campaign: Campaign | UUID | str,
        customer: Customer | UUID | str,
        *,
        status: MemberStatus | UUID | str | None = None,
        at: datetime | None = None,
    ) -> CampaignMember:
        """Notes that a customer responded to a campaign; one that was no member becomes it.

        The time of the first response is set once and stays.

        Args:
            campaign: The campaign.
            customer: Who responded.
            status: The status, its id, or its name; the first that means a response where none is
                given.
            at: When; now where nothing is given.

        Raises:
            RefusedError: The status means no response (``member.status_means_response``).
            ValidationError: The time is yet to come.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> fair = crm.campaigns.create(name="Fair 2026")
            >>> li = crm.customers.create(kind="person", name="李明")
            >>> crm.campaigns.respond(fair, li, status="Responded").first_responded_at is not None
            True
        """
        return _native.respond(self._session, campaign, customer, status, at)

    def member(
        self, campaign: Campaign | UUID | str, customer: Customer | UUID | str
    ) -> CampaignMember | None:
        """The member that a customer is of a campaign, where it is one.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> fair = crm.campaigns.create(name="Fair 2026")
            >>> li = crm.customers.create(kind="person", name="李明")
            >>> crm.campaigns.member(fair, li)
        """
        return _native.campaign_member(self._session, campaign, customer)

    def statuses(self, campaign: Campaign | UUID | str) -> list[MemberStatus]:
        """The member statuses of a campaign, in their order.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> fair = crm.campaigns.create(name="Fair 2026")
            >>> [status.name for status in crm.campaigns.statuses(fair)]
            ['Sent', 'Responded']
        """
        return _native.campaign_statuses(self._session, campaign)
