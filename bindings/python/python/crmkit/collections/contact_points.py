"""Ways to reach customers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from crmkit import _native
from crmkit._tables import ContactPointsTable
from crmkit.records import ContactPoint, Customer


class ContactPoints(ContactPointsTable):
    """Ways to reach customers: e-mail addresses, telephone numbers, pages, names in messengers.

    Examples:
        >>> import crmkit
        >>> crm = crmkit.in_memory()
        >>> li = crm.customers.create(kind="person", name="李明")
        >>> crm.contact_points.create(customer=li, kind="email", raw="li@acme.example").is_primary
        True
    """

    def add(self, customer: Customer | UUID | str, raw: str) -> ContactPoint:
        """Adds a contact point, whose kind is seen from how it is written.

        Raises:
            ValidationError: It is no address of any kind.
            DuplicateError: The customer has it already.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> li = crm.customers.create(kind="person", name="李明")
            >>> crm.contact_points.add(li, "+86 138 0013 8000").kind
            <ContactPointKind.PHONE: 'phone'>
        """
        return _native.add_contact_point(self._session, customer, raw)

    def with_address(self, address: str) -> list[ContactPoint]:
        """The contact points with an address or number, however it is written, of whomever.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> _ = crm.customers.create(kind="person", name="李明", email="li@acme.example")
            >>> [point.raw for point in crm.contact_points.with_address("LI@acme.example")]
            ['li@acme.example']
        """
        return _native.contact_points_with(self._session, address)

    def create_unchecked(self, **fields: Any) -> ContactPoint:
        """Creates a contact point also of what cannot be read; it is then marked as invalid.

        Args:
            **fields: What ``create`` takes.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> li = crm.customers.create(kind="person", name="李明")
            >>> typed = {"customer": li, "kind": "email", "raw": "li at acme"}
            >>> crm.contact_points.create_unchecked(**typed).is_invalid
            True
        """
        return _native.create_unchecked(self._session, fields)
