"""What collections of records can do that tags mark."""

from __future__ import annotations

from crmkit import _native
from crmkit._collection import Collection, R
from crmkit._values import AnyId
from crmkit.records import Tag, Tagging


class Tagged(Collection[R]):
    """A collection of records that take tags."""

    def tag(self, record: AnyId, name: str) -> Tagging:
        """Marks a record with a tag, which is created where there is none of this name.

        Capitals and accents make no difference, and marking again writes nothing.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH")
            >>> _ = crm.customers.tag(acme, "vip")
            >>> [customer.name for customer in crm.customers.find(where='"vip" in tags')]
            ['Acme GmbH']
        """
        return _native.tag_record(self._session, self.table_name, record, name)

    def untag(self, record: AnyId, name: str) -> bool:
        """Takes a tag off a record, and tells whether it was there; the tag itself stays.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH", tags=["VIP"])
            >>> crm.customers.untag(acme, "vip"), crm.customers.untag(acme, "vip")
            (True, False)
        """
        return _native.untag_record(self._session, self.table_name, record, name)

    def tags(self, record: AnyId) -> list[Tag]:
        """The tags of a record, by name.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(
            ...     kind="organization", name="Acme GmbH", tags=["VIP", "fair-2026"]
            ... )
            >>> [tag.name for tag in crm.customers.tags(acme)]
            ['fair-2026', 'VIP']
        """
        return _native.tags_of(self._session, self.table_name, record)
