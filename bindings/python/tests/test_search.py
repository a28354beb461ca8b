"""The search, and the pages about a customer."""

from __future__ import annotations

from typing import Any

import pytest

from crmkit import Crm, CrmError, Money, NotFoundError
from crmkit.pages import BecameKnown, StageEntered
from crmkit.records import Customer, Interaction, Task


def test_names_are_found_by_characters_pinyin_and_initials(crm: Crm) -> None:
    li = crm.customers.create(kind="person", name="李明")
    for typed, reason in [
        ("李明", "the name is this"),
        ("liming", "the name is read like this"),
        ("lm", "the name has these initials"),
    ]:
        hits = crm.search(typed)
        assert [(hit.name, hit.record) for hit in hits] == [("李明", li)]
        assert [str(one) for one in hits[0].reasons] == [reason]
    assert hits[0].table == "customers"


def test_hits_are_the_records_themselves_of_the_kinds_that_are_meant(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    deal = crm.opportunities.create(name="Acme licence", customer=acme)
    assert [hit.record for hit in crm.search("acme")] == [acme, deal]
    assert [hit.record for hit in crm.search("acme", only=["opportunities"])] == [deal]
    assert isinstance(crm.search("acme")[0].record, Customer)
    with pytest.raises(CrmError):
        crm.search("acme", only=["opportunites"])


def test_a_search_says_that_there_are_others(crm: Crm) -> None:
    for number in range(3):
        crm.customers.create(kind="organization", name=f"Acme {number}")
    some = crm.search("acme", limit=2)
    assert len(some) == 2 and some.more
    assert repr(some) == "<SearchResults: 2 hits, and more>"
    assert str(some).endswith(" (customers): the name begins with this")
    assert list(crm.search("nothing like this")) == []


def test_the_view_holds_records_and_sums(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme", email="office@acme.example")
    li = crm.customers.create(kind="person", name="李明")
    crm.customers.affiliate(li, acme, role="Buyer", buying_role="decision_maker")
    deal = crm.opportunities.create(name="Looms", customer=acme, amount=Money(120, "EUR"))
    task = crm.tasks.create(subject="Call back", customer=acme)
    call = crm.interactions.create(kind="call", about=[acme])
    crm.customers.tag(acme, "vip")
    view = crm.customers.view360(acme)
    assert view.customer == acme and view.open_tasks == (task,)
    assert view.last_interactions == (call,)
    assert [point.raw for point in view.contact_points] == ["office@acme.example"]
    assert [(one.name, one.role, one.buying_role) for one in view.people] == [
        ("李明", "Buyer", "decision_maker")
    ]
    assert view.open_deals[0].opportunity_id == deal.id
    assert view.open_amounts["EUR"] == Money(120, "EUR")
    assert [tag.name for tag in view.tags] == ["vip"]


def test_the_profile_tells_the_family(crm: Crm) -> None:
    group = crm.customers.create(kind="organization", name="Acme Group")
    acme = crm.customers.create(kind="organization", name="Acme", parent=group)
    crm.customers.add_address(acme, locality="Ulm")
    assert crm.customers.profile(acme).parent_name == "Acme Group"
    assert [address.locality for address in crm.customers.profile(acme).addresses] == ["Ulm"]
    assert crm.customers.profile(group).children == 1


def test_a_timeline_goes_back_page_by_page(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    crm.opportunities.create(name="Looms", customer=acme)
    crm.tasks.complete(crm.tasks.create(subject="Call back", customer=acme))
    crm.interactions.create(kind="call", about=[acme])
    page = crm.customers.timeline(acme, limit=2)
    assert len(page) == 2 and page.cursor
    everything = list(page.all())
    kinds = {type(entry.event) for entry in everything}
    assert kinds == {BecameKnown, StageEntered, Task, Interaction}
    assert [*page, *page.next()] == everything
    assert [*page, *crm.customers.timeline(acme, limit=9, after=page.cursor)] == everything
    assert [entry.at for entry in everything] == sorted((e.at for e in everything), reverse=True)
    last = crm.customers.timeline(acme)
    assert last.cursor is None and len(last.next()) == 0


@pytest.mark.parametrize("page", ["view360", "profile", "timeline"])
def test_a_page_about_nobody_is_refused(crm: Crm, page: str) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    crm.customers.delete(acme)
    ask: Any = getattr(crm.customers, page)
    with pytest.raises(NotFoundError):
        ask(acme)
    with pytest.raises(CrmError):
        crm.customers.timeline(acme, after="nowhere")
