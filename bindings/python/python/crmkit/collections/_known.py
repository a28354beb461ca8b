"""What collections of records can do that other systems know by ids of their own."""

from __future__ import annotations

from crmkit import _native
from crmkit._collection import Collection, R
from crmkit._values import AnyId
from crmkit.records import ExternalId


class Known(Collection[R]):
    """A collection of records that other systems know as well."""

    def add_external_id(self, record: AnyId, system: str, external_id: str) -> ExternalId:
        """Notes what another system calls a record; where that stands already, nothing is written.

        An id whose record is deleted passes to this one.

        Raises:
            DuplicateError: The id names another record.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH")
            >>> crm.customers.add_external_id(acme, "erp", "4711").external_id
            '4711'
        """
        return _native.link_external_id(self._session, self.table_name, record, system, external_id)

    def by_external_id(self, system: str, external_id: str) -> R | None:
        """The record that another system calls by this id; a deleted one is not found.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH")
            >>> _ = crm.customers.add_external_id(acme, "erp", "4711")
            >>> crm.customers.by_external_id("erp", "4711") == acme
            True
            >>> crm.customers.by_external_id("erp", "4712")
        """
        found: R | None = _native.record_known_as(
            self._session, self.table_name, system, external_id
        )
        return found

    def external_ids(self, record: AnyId) -> list[ExternalId]:
        """What other systems call a record, the oldest first.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH")
            >>> _ = crm.customers.add_external_id(acme, "erp", "4711")
            >>> [known.system for known in crm.customers.external_ids(acme)]
            ['erp']
        """
        return _native.external_ids_of(self._session, self.table_name, record)
