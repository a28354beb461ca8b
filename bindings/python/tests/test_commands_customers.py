"""Customers with what belongs to them, tags, ids of other systems, and custom fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from crmkit import (
    AnyId,
    ArgumentError,
    Crm,
    CrmError,
    DuplicateError,
    NotFoundError,
    RefusedError,
    ValidationError,
)
from crmkit.choices import BuyingRole, ContactPointKind
from crmkit.records import Customer


@pytest.fixture
def acme(crm: Crm) -> Customer:
    """An organization."""
    return crm.customers.create(kind="organization", name="Acme GmbH")


@pytest.fixture
def li(crm: Crm) -> Customer:
    """A person."""
    return crm.customers.create(kind="person", name="李明", email="li@acme.example")


def test_a_customer_comes_with_what_belongs_to_it(crm: Crm) -> None:
    li = crm.customers.create(
        kind="person",
        name="李明",
        email=["li@acme.example", "li@home.example"],
        phone="138 0013 8000",
        web="https://li.example",
        messenger="@liming",
        address=[{"locality": "上海"}, {"locality": "Berlin", "postal_code": "10119"}],
        tags=("VIP", "fair-2026"),
    )
    points = crm.customers.contact_points(li)
    assert [(point.kind.value, point.is_primary) for point in points] == [
        ("email", True),
        ("email", False),
        ("phone", True),
        ("web", True),
        ("messenger", True),
    ]
    assert points[2].normalized == "+8613800138000"
    places = crm.customers.addresses(li)
    assert [place.locality for place in places] == ["上海", "Berlin"]
    assert places[0].is_primary
    assert [tag.name for tag in crm.customers.tags(li)] == ["fair-2026", "VIP"]


WRONG: dict[str, dict[str, Any]] = {
    "email": {"email": "li at acme"},
    "phone": {"phone": ["138 0013 8000", 8000]},
    "web": {"web": b"li.example"},
    "tags": {"tags": ["VIP", None]},
    "address": {"address": {"city": "上海"}},
    "country": {"country": 49},
    "adress": {"adress": "Berlin"},
}


@pytest.mark.parametrize("field", WRONG)
def test_a_detail_that_is_wrong_leaves_no_customer_behind(crm: Crm, field: str) -> None:
    with pytest.raises(ValidationError) as invalid:
        crm.customers.create(kind="person", name="李明", **WRONG[field])
    assert field in invalid.value.field
    assert invalid.value.hint
    assert (crm.customers.count(), crm.contact_points.count(), crm.tags.count()) == (0, 0, 0)


def test_a_person_works_for_an_organization_until_that_ends(
    crm: Crm, acme: Customer, li: Customer
) -> None:
    buyer = crm.customers.affiliate(
        li, acme, role="Einkauf", buying_role="decision_maker", from_on=date(2020, 2, 29)
    )
    assert (buyer.person_id, buyer.organization_id) == (li.id, acme.id)
    assert buyer.buying_role is BuyingRole.DECISION_MAKER
    assert crm.customers.affiliations(li) == crm.customers.affiliations(acme.id) == [buyer]
    with pytest.raises(DuplicateError) as duplicate:
        crm.customers.affiliate(li, acme, role="Einkauf")
    assert duplicate.value.matches == [buyer.id]
    ended = crm.customers.end_affiliation(buyer, on=date(2024, 2, 29))
    assert ended.to_on == date(2024, 2, 29)
    again = crm.customers.affiliate(li, acme, role="Vertrieb")
    assert crm.customers.affiliations(li) == [again, ended], "what lasts comes first"
    with pytest.raises(ValidationError) as before_the_first:
        crm.customers.end_affiliation(ended, on=date(2020, 2, 28))
    assert before_the_first.value.field == "to_on"


def test_only_people_work_for_organizations(crm: Crm, acme: Customer, li: Customer) -> None:
    with pytest.raises(ValidationError) as invalid:
        crm.customers.affiliate(acme, li)
    assert invalid.value.field == "person_id"
    with pytest.raises(ValidationError, match="decision_maker"):
        crm.customers.affiliate(li, acme, buying_role="decision_makr")


def test_ways_to_reach_a_customer_are_added_once(crm: Crm, li: Customer) -> None:
    work = crm.customers.add_email(li, "li@work.example", label="work", is_primary=True)
    assert [point.raw for point in crm.customers.contact_points(li)] == [
        "li@work.example",
        "li@acme.example",
    ]
    assert crm.customers.add_phone(li, "138 0013 8000").kind is ContactPointKind.PHONE
    assert crm.customers.add_web(li, "https://li.example").kind is ContactPointKind.WEB
    with pytest.raises(DuplicateError) as duplicate:
        crm.customers.add_email(li, "LI@WORK.example")
    assert duplicate.value.matches == [work.id]
    with pytest.raises(ValidationError) as missing:
        crm.contact_points.add(uuid4(), "a@b.example")
    assert missing.value.field == "customer_id"


def test_a_caller_is_known_by_the_digits_that_arrive(crm: Crm, li: Customer) -> None:
    crm.customers.add_phone(li, "021 6321 0000")
    (caller,) = crm.customers.callers("02163210000")
    assert (caller.customer, caller.certainty, caller.digits) == (li, "number", None)
    (caller,) = crm.customers.callers("63210000")
    assert (caller.certainty, caller.contact_point.raw) == ("national", "021 6321 0000")
    assert crm.customers.callers("12") == []


def test_tags_mark_records_of_the_kinds_that_take_them(crm: Crm, acme: Customer) -> None:
    deal = crm.opportunities.create(name="Looms")
    marked: list[tuple[Any, AnyId]] = [(crm.customers, acme), (crm.opportunities, deal.id)]
    for collection, record in marked:
        collection.tag(record, "Größe L")
        collection.tag(record, "GRÖSSE l")
        assert [tag.name for tag in collection.tags(record)] == ["Größe L"]
    assert crm.tags.count() == 1
    assert crm.customers.untag(acme, "größe L")
    assert not crm.customers.untag(acme, "größe L")
    assert crm.customers.tags(acme) == []
    with pytest.raises(ArgumentError, match="Give one of customers"):
        crm.customers.tag(deal, "VIP")


def test_merged_tags_are_one(crm: Crm, acme: Customer, li: Customer) -> None:
    for record, name in [(acme, "custmer"), (acme, "customer"), (li, "custmer")]:
        crm.customers.tag(record, name)
    wrong, right = crm.tags.named("Custmer"), crm.tags.named("customer")
    assert wrong and right
    assert crm.tags.merge(wrong, right) == right
    assert crm.customers.tags(acme) == crm.customers.tags(li) == [right]
    with pytest.raises(NotFoundError):
        crm.tags.merge(wrong, right)


def test_an_id_of_another_system_names_one_record_of_a_kind(
    crm: Crm, acme: Customer, li: Customer
) -> None:
    crm.customers.add_external_id(acme, "erp", "4711")
    crm.customers.add_external_id(acme, "erp", "4711")
    crm.products.add_external_id(crm.products.create(name="Loom"), "erp", "4711")
    assert crm.customers.by_external_id("erp", "4711") == acme
    assert [known.external_id for known in crm.customers.external_ids(acme)] == ["4711"]
    with pytest.raises(DuplicateError):
        crm.customers.add_external_id(li, "erp", "4711")
    crm.customers.delete(acme)
    assert crm.customers.by_external_id("erp", "4711") is None
    crm.customers.add_external_id(li, "erp", "4711")
    assert crm.customers.by_external_id("erp", "4711") == li


def test_custom_fields_are_keywords_once_they_are_defined(crm: Crm) -> None:
    segment = crm.custom_fields.create(
        entity="customer", key="segment", label="客户等级", kind="choice", options=["gold", "basic"]
    )
    crm.custom_fields.create(
        entity="customers", key="agent", label="Agent", kind="reference", refers_to="user"
    )
    user = crm.users.create(name="Li Wei")
    acme = crm.customers.create(kind="organization", name="Acme", segment="gold", agent=user)
    assert dict(acme.custom) == {"segment": "gold", "agent": user.id}
    crm.custom_fields.set_options(segment, {"basic": "Basis"})
    with pytest.raises(ValidationError, match="basic"):
        crm.customers.update(acme, segment="platinum")
    assert crm.customers.get(acme).custom["segment"] == "gold", "what was chosen stays"
    crm.custom_fields.retire(segment)
    with pytest.raises(ValidationError):
        crm.customers.update(acme, segment="basic")
    crm.custom_fields.reinstate(segment)
    assert crm.customers.update(acme, segment="basic").custom["segment"] == "basic"


BAD_FIELDS: list[dict[str, Any]] = [
    {"entity": "custmer", "kind": "text"},
    {"entity": "customer", "kind": "txt"},
    {"entity": "customer", "kind": "choice"},
    {"entity": "customer", "kind": "text", "options": ["a"]},
    {"entity": "customer", "kind": "choice", "options": [1]},
    {"entity": "tag", "kind": "text"},
    {"kind": "text"},
]


@pytest.mark.parametrize("given", BAD_FIELDS)
def test_a_custom_field_that_cannot_be_is_refused_with_the_fix(
    crm: Crm, given: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as invalid:
        crm.custom_fields.create(key="size", label="Size", **given)
    assert invalid.value.hint
    assert crm.custom_fields.count() == 0


def test_the_past_can_be_read_and_not_written(crm: Crm, li: Customer) -> None:
    then = crm.as_of(li.created_at)
    assert [point.raw for point in then.customers.contact_points(li)] == ["li@acme.example"]
    writes: list[Callable[[], object]] = [
        lambda: then.customers.create(kind="person", name="Anna"),
        lambda: then.customers.tag(li, "VIP"),
        lambda: then.customers.add_email(li, "anna@acme.example"),
        lambda: then.customers.add_external_id(li, "erp", "1"),
    ]
    for write in writes:
        with pytest.raises(RefusedError) as refused:
            write()
        assert refused.value.rule == "past.read_only"


def test_a_call_that_fails_is_taken_back_whole_within_a_transaction(crm: Crm) -> None:
    with crm.transaction("clean up"):
        crm.customers.create(kind="organization", name="Acme")
        with pytest.raises(CrmError):
            crm.customers.create(kind="person", name="李明", tags=["VIP"], phone="none")
    assert [customer.name for customer in crm.customers.find()] == ["Acme"]
    assert crm.tags.count() == 0
