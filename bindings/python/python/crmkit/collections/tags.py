"""Words that mark records."""

from __future__ import annotations

from uuid import UUID

from crmkit import _native
from crmkit._tables import TagsTable
from crmkit.records import Tag


class Tags(TagsTable):
    """Words that mark records; two that differ only in capitals and accents are one.

    Examples:
        >>> import crmkit
        >>> crm = crmkit.in_memory()
        >>> _ = crm.customers.create(kind="organization", name="Acme GmbH", tags=["fair-2026"])
        >>> [tag.name for tag in crm.tags.find()]
        ['fair-2026']
    """

    def named(self, name: str) -> Tag | None:
        """The tag of this name, however it is written.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> _ = crm.tags.create(name="VIP")
            >>> crm.tags.named("vip").name
            'VIP'
        """
        return _native.tag_named(self._session, name)

    def merge(self, tag: Tag | UUID | str, into: Tag | UUID | str) -> Tag:
        """Makes two tags one: what the first marks gets the other, and the first is deleted.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH", tags=["custmer"])
            >>> right = crm.tags.create(name="customer")
            >>> _ = crm.tags.merge(crm.tags.named("custmer"), right)
            >>> [tag.name for tag in crm.customers.tags(acme)]
            ['customer']
        """
        return _native.merge_tags(self._session, tag, into)
