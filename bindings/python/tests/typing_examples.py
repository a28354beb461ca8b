"""What type checkers know of the package: checked by mypy and pyright, and never run.

Each ``type: ignore`` is something that must not check; one that is not needed is an error.
"""

# pyright: strict, reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import assert_type
from uuid import UUID

import crmkit
from crmkit import AnyId, CustomValue, Money, Page
from crmkit.choices import CustomerKind, Outcome
from crmkit.records import Customer, Opportunity


def records_have_the_types_of_their_fields(crm: crmkit.Crm, id: UUID) -> None:
    """Of every collection, by whatever way the record comes."""
    customer = crm.customers.get(id)
    assert_type(customer, Customer)
    assert_type(customer.name, str)
    assert_type(customer.kind, CustomerKind)
    assert_type(customer.id, UUID)
    assert_type(customer.parent_id, UUID | None)
    assert_type(customer.created_at, datetime)
    assert_type(customer.annual_revenue, Money | None)
    assert_type(customer.custom, Mapping[str, CustomValue])
    assert_type(customer.replace(name="Acme AG"), Customer)

    page = crm.opportunities.find(where="amount > 10000")
    assert_type(page, Page[Opportunity])
    assert_type(page.next(), Page[Opportunity])
    assert_type(page[0].close_on, date | None)
    assert_type(page[0].outcome, Outcome)
    assert_type(page[0].probability, Decimal | None)
    assert_type(page[0:2], list[Opportunity])
    assert_type(crm.customers.first(), Customer | None)
    assert_type([customer.name for customer in crm.customers.find().all()], list[str])


def fields_take_what_they_hold(crm: crmkit.Crm, acme: Customer) -> None:
    """Records, ids, texts of ids; members of enums, and their codes; custom fields."""
    crm.customers.create(kind="organization", name="Acme GmbH", parent=acme)
    crm.customers.create(kind=CustomerKind.PERSON, name="李明", parent=acme.id, badge="A-17")
    deal = crm.opportunities.create(name="Looms", customer=str(acme.id), amount=Money("12", "EUR"))
    assert_type(deal, Opportunity)
    crm.opportunities.update(deal, amount=None, close_on=date(2026, 12, 31), expected_revision=2)
    names: list[AnyId] = [acme, acme.id, str(acme.id)]
    for name in names:
        crm.customers.delete(name)
    assert_type(Money("19.90", "EUR") + Money(5, "EUR"), Money)
    assert_type(Money(5, "EUR").amount, Decimal)


def mistakes_are_found(crm: crmkit.Crm, deal: Opportunity, acme: Customer) -> None:
    """Before the program runs."""
    crm.competitors.create(name="Globex", web="x")  # type: ignore[call-arg]
    crm.customers.create(name="Acme")  # type: ignore[call-arg]
    crm.customers.create(kind="firm", name="A")  # type: ignore[arg-type]
    crm.opportunities.update(deal, amount=12.5)  # type: ignore[arg-type]
    crm.opportunities.update(deal, close_on="2026-12-31")  # type: ignore[arg-type]
    crm.opportunities.update(deal, name=None)  # type: ignore[arg-type]
    crm.opportunities.update(deal, customer=deal)  # type: ignore[arg-type]
    crm.opportunity_history.create()  # type: ignore[attr-defined]
    Money(19.9, "EUR")  # type: ignore[arg-type]
    Money("1", "EUR") + 5  # type: ignore[operator]
    acme.name = "Acme AG"  # type: ignore[misc]
    crm.customers.find(deleted="all")  # type: ignore[arg-type]
