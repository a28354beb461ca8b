"""Customers, with what belongs to them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple
from uuid import UUID

from crmkit import _native
from crmkit._tables import CustomersTable
from crmkit.choices import BuyingRole
from crmkit.collections._known import Known
from crmkit.collections._tagged import Tagged
from crmkit.collections._viewed import Viewed
from crmkit.exports import ToCards
from crmkit.records import Affiliation, ContactPoint, Customer, PostalAddress


class Caller(NamedTuple):
    """Whose number a call comes from.

    Attributes:
        customer: Who.
        contact_point: The number that was found.
        certainty: How sure it is: the whole ``number`` is equal, the known one is its ``national``
            form, or only so many digits at their ``ending`` are equal.
        digits: How many, where it is the ending.
    """

    customer: Customer
    contact_point: ContactPoint
    certainty: Literal["number", "national", "ending"]
    digits: int | None


class Customers(CustomersTable, Viewed, Tagged[Customer], Known[Customer], ToCards):
    """Every person and organization that the business knows.

    Examples:
        >>> import crmkit
        >>> crm = crmkit.in_memory(region="CN")
        >>> li = crm.customers.create(
        ...     kind="person",
        ...     name="李明",
        ...     email="li@acme.example",
        ...     phone="138 0013 8000",
        ...     tags=["fair-2026"],
        ... )
        >>> [point.normalized for point in crm.customers.contact_points(li)]
        ['li@acme.example', '+8613800138000']
    """

    def _create(self, fields: dict[str, Any]) -> Customer:
        return _native.create_customer(self._session, fields)

    def affiliate(
        self,
        person: Customer | UUID | str,
        organization: Customer | UUID | str,
        *,
        role: str | None = None,
        buying_role: BuyingRole | str | None = None,
        is_primary: bool | None = None,
        from_on: date | None = None,
        to_on: date | None = None,
    ) -> Affiliation:
        """Notes that a person works for an organization, or did.

        Args:
            person: The person.
            organization: The organization.
            role: What the person does there.
            buying_role: What part the person has in a purchase.
            is_primary: Whether it is the person's main affiliation; one at most on any day.
            from_on: The first day.
            to_on: The last day; empty while it lasts.

        Raises:
            DuplicateError: The person has this role there at that time already.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH")
            >>> li = crm.customers.create(kind="person", name="李明")
            >>> crm.customers.affiliate(li, acme, buying_role="decision_maker").buying_role
            <BuyingRole.DECISION_MAKER: 'decision_maker'>
        """
        fields = {
            "person": person,
            "organization": organization,
            "role": role,
            "buying_role": buying_role,
            "is_primary": is_primary,
            "from_on": from_on,
            "to_on": to_on,
        }
        affiliation: Affiliation = self._session.create("affiliations", fields)
        return affiliation

    def end_affiliation(
        self, affiliation: Affiliation | UUID | str, *, on: date | None = None
    ) -> Affiliation:
        """Ends an affiliation: this day is its last, or today where none is given.

        It goes on to tell what was until then; only one that was noted by mistake is deleted.

        Raises:
            ValidationError: The day is before the first.

        Examples:
            >>> import crmkit
            >>> from datetime import date
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH")
            >>> li = crm.customers.create(kind="person", name="李明")
            >>> buyer = crm.customers.affiliate(li, acme, role="Buyer")
            >>> crm.customers.end_affiliation(buyer, on=date(2024, 2, 29)).to_on
            datetime.date(2024, 2, 29)
        """
        return _native.end_affiliation(self._session, affiliation, on)

    def affiliations(self, customer: Customer | UUID | str) -> list[Affiliation]:
        """The affiliations of a person, or those with an organization: those that last come first.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH")
            >>> li = crm.customers.create(kind="person", name="李明")
            >>> _ = crm.customers.affiliate(li, acme, role="Buyer")
            >>> [crm.customers.get(one.person_id).name for one in crm.customers.affiliations(acme)]
            ['李明']
        """
        return _native.affiliations_of(self._session, customer)

    def add_email(
        self,
        customer: Customer | UUID | str,
        email: str,
        *,
        label: str | None = None,
        is_primary: bool | None = None,
    ) -> ContactPoint:
        """Adds an e-mail address; the first is the primary one by itself.

        Args:
            customer: Whom it reaches.
            email: The address.
            label: What it is for: ``work``, ``home``.
            is_primary: Whether it takes the first place over.

        Raises:
            DuplicateError: The customer has it already.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> li = crm.customers.create(kind="person", name="李明")
            >>> crm.customers.add_email(li, "Li@Acme.example").normalized
            'li@acme.example'
        """
        return self._add("email", customer, email, label, is_primary)

    def add_phone(
        self,
        customer: Customer | UUID | str,
        phone: str,
        *,
        label: str | None = None,
        is_primary: bool | None = None,
    ) -> ContactPoint:
        """Adds a telephone number; one without a country code is read in the region of the CRM.

        Args:
            customer: Whom it reaches.
            phone: The number.
            label: What it is for: ``work``, ``mobile``.
            is_primary: Whether it takes the first place over.

        Raises:
            DuplicateError: The customer has it already.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory(region="DE")
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH")
            >>> crm.customers.add_phone(acme, "030 901820").normalized
            '+4930901820'
        """
        return self._add("phone", customer, phone, label, is_primary)

    def add_web(
        self,
        customer: Customer | UUID | str,
        page: str,
        *,
        label: str | None = None,
        is_primary: bool | None = None,
    ) -> ContactPoint:
        """Adds a page on the web.

        Args:
            customer: Whose it is.
            page: Its address.
            label: What it is for: ``shop``, ``profile``.
            is_primary: Whether it takes the first place over.

        Raises:
            DuplicateError: The customer has it already.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH")
            >>> crm.customers.add_web(acme, "https://acme.example").raw
            'https://acme.example'
        """
        return self._add("web", customer, page, label, is_primary)

    def _add(
        self,
        kind: Literal["email", "phone", "web"],
        customer: Customer | UUID | str,
        raw: str,
        label: str | None,
        is_primary: bool | None,
    ) -> ContactPoint:
        return self._crm.contact_points.create(
            customer=customer, kind=kind, raw=raw, label=label, is_primary=is_primary
        )

    def add_address(
        self,
        customer: Customer | UUID | str,
        *,
        street: str | None = None,
        locality: str | None = None,
        region: str | None = None,
        postal_code: str | None = None,
        country: str | None = None,
        label: str | None = None,
        is_primary: bool | None = None,
    ) -> PostalAddress:
        """Adds a place at which a customer lives, works, or receives goods or invoices.

        Args:
            customer: Whose it is.
            street: Street and number, building, floor.
            locality: The city, town or village.
            region: The province, state or county.
            postal_code: The postal code.
            country: The country; ISO 3166 codes serve best.
            label: What it is for: ``billing``, ``shipping``.
            is_primary: Whether it takes the first place over.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(kind="organization", name="Acme GmbH")
            >>> crm.customers.add_address(acme, street="Torstraße 1", locality="Berlin").is_primary
            True
        """
        return self._crm.postal_addresses.create(
            customer=customer,
            street=street,
            locality=locality,
            region=region,
            postal_code=postal_code,
            country=country,
            label=label,
            is_primary=is_primary,
        )

    def contact_points(self, customer: Customer | UUID | str) -> list[ContactPoint]:
        """How a customer is reached: those of a kind together, the primary one first.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> emails = ["li@a.example", "li@b.example"]
            >>> li = crm.customers.create(kind="person", name="李明", email=emails)
            >>> [(point.raw, point.is_primary) for point in crm.customers.contact_points(li)]
            [('li@a.example', True), ('li@b.example', False)]
        """
        return _native.contact_points_of(self._session, customer)

    def addresses(self, customer: Customer | UUID | str) -> list[PostalAddress]:
        """The addresses of a customer, the primary one first.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> acme = crm.customers.create(
            ...     kind="organization", name="Acme GmbH", address={"locality": "Berlin"}
            ... )
            >>> [address.locality for address in crm.customers.addresses(acme)]
            ['Berlin']
        """
        return _native.addresses_of(self._session, customer)

    def callers(self, number: str) -> list[Caller]:
        """Who calls from a number, by the digits that the network delivers; the surest first.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory(region="CN")
            >>> _ = crm.customers.create(kind="person", name="李明", phone="138 0013 8000")
            >>> caller = crm.customers.callers("013800138000")[0]
            >>> caller.customer.name, caller.certainty
            ('李明', 'number')
        """
        return [Caller(*parts) for parts in _native.callers(self._session, number)]
