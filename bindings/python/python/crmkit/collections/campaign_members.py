"""The customers that campaigns address."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from crmkit import _native
from crmkit._tables import CampaignMembersTable
from crmkit.records import CampaignMember, MemberStatus


class CampaignMembers(CampaignMembersTable):
    """That campaigns address customers, each once a campaign.

    Examples:
        >>> import crmkit
        >>> crm = crmkit.in_memory()
        >>> fair = crm.campaigns.create(name="Fair 2026")
        >>> li = crm.customers.create(kind="person", name="李明")
        >>> crm.campaign_members.create(campaign=fair, customer=li).first_responded_at
    """

    def respond(
        self,
        member: CampaignMember | UUID | str,
        *,
        status: MemberStatus | UUID | str | None = None,
        at: datetime | None = None,
    ) -> CampaignMember:
        """Notes that a member responded, as ``crm.campaigns.respond`` does.

        Args:
            member: The member.
            status: The status, its id, or its name; the first that means a response where none is
                given.
            at: When; now where nothing is given.

        Raises:
            RefusedError: The status means no response, or is another campaign's.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> fair = crm.campaigns.create(name="Fair 2026")
            >>> li = crm.customers.create(kind="person", name="李明")
            >>> member = crm.campaign_members.create(campaign=fair, customer=li)
            >>> crm.campaign_members.respond(member).first_responded_at is not None
            True
        """
        return _native.respond_as_member(self._session, member, status, at)
