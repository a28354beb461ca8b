"""Records and their values are Python's own."""

from __future__ import annotations

import copy
import pickle
import time
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

import crmkit
from crmkit import ArgumentError, Crm, CrmError, Money, ValidationError, _native, choices, records
from crmkit._schema import CHOICES, ENTITIES


def test_values_are_of_the_types_that_python_people_expect(crm: Crm) -> None:
    acme = crm.customers.create(
        kind="organization", name="Acme GmbH", annual_revenue=Money("410.00", "EUR"), employees=250
    )
    deal = crm.opportunities.create(
        name="Licence", customer=acme, close_on=date(2028, 2, 29), probability=Decimal("62.5")
    )
    assert isinstance(acme.id, UUID)
    assert acme.kind is choices.CustomerKind.ORGANIZATION
    assert acme.annual_revenue == Money("410", "EUR")
    assert str(acme.annual_revenue) == "410.00 EUR"
    assert (acme.employees, acme.country) == (250, None)
    assert deal.customer_id == acme.id
    assert deal.close_on == date(2028, 2, 29)
    assert deal.probability == Decimal("62.5")
    assert deal.created_at.tzinfo is UTC
    assert isinstance(acme.custom, MappingProxyType)


def test_a_record_never_changes(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    with pytest.raises(AttributeError):
        acme.name = "Globex"  # type: ignore[misc]
    with pytest.raises(TypeError):
        acme.custom["colour"] = "red"  # type: ignore[index]
    assert crm.customers.update(acme, country="DE").country == "DE"
    assert acme.country is None


def test_equal_records_are_one_in_a_set(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    again = crm.customers.get(acme.id)
    assert acme == again
    assert acme is not again
    assert {acme, again} == {acme}
    assert acme != crm.customers.update(acme, country="DE")
    assert acme != "Acme"


def test_records_cross_into_other_processes(crm: Crm) -> None:
    crm.custom_fields.create(entity="customer", key="budget", label="Budget", kind="money")
    acme = crm.customers.create(
        kind="organization", name="Acme 李明", budget=Money("10.50", "EUR"), employees=3
    )
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        restored = pickle.loads(pickle.dumps(acme, protocol))
        assert restored == acme
        assert hash(restored) == hash(acme)
        assert restored.custom == {"budget": Money("10.50", "EUR")}
    assert copy.deepcopy(acme) == acme


def test_what_is_no_pickle_of_a_record_is_refused() -> None:
    for state in ["", "{}", "[{}, []]", '[{"id": 5}, []]', '[{"id": {"id": "x"}}, []]']:
        with pytest.raises(KeyError):
            _native.restore("customers", state)
    with pytest.raises(KeyError):
        _native.restore("nothing", "[{}, []]")


def test_replace_makes_another_record_and_writes_nothing(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    other = acme.replace(name="Globex", employees=5)
    assert (other.name, other.employees, other.id) == ("Globex", 5, acme.id)
    assert crm.customers.get(acme).name == "Acme"
    with pytest.raises(ValidationError) as unknown:
        acme.replace(nmae="x")
    assert "Did you mean name?" in unknown.value.hint


def test_records_can_be_matched(crm: Crm) -> None:
    match crm.customers.create(kind="person", name="李明", country="CN"):
        case records.Customer(kind="person", country="CN", name=name):
            assert name == "李明"
        case _:
            pytest.fail("it is a person in China")


def test_the_repr_names_the_record_and_is_short(crm: Crm) -> None:
    li = crm.customers.create(kind="person", name="李明")
    assert repr(li) == f"Customer(name='李明', id='{li.id}')"


def test_custom_fields_go_by_keyword(crm: Crm) -> None:
    crm.custom_fields.create(entity="customer", key="colour", label="Colour", kind="text")
    acme = crm.customers.create(kind="organization", name="Acme", colour="red")
    assert acme.custom == {"colour": "red"}
    assert crm.customers.find(where='custom.colour == "red"')[0] == acme
    assert crm.customers.update(acme, colour=None).custom == {}
    with pytest.raises(ValidationError) as unknown:
        crm.customers.update(acme, colur="red")
    assert "Did you mean colour?" in unknown.value.hint


def test_every_choice_is_a_real_enum() -> None:
    for name, choice in CHOICES.items():
        enum = getattr(choices, name)
        assert issubclass(enum, StrEnum)
        assert [member.value for member in enum] == [member.code for member in choice.members]
        assert pickle.loads(pickle.dumps(list(enum))) == list(enum)


def test_every_kind_of_record_has_a_class_and_a_collection(crm: Crm) -> None:
    for table, entity in ENTITIES.items():
        assert issubclass(getattr(records, entity.class_name), crmkit.Record)
        assert getattr(crm, table).count() == 0


@pytest.mark.parametrize("amount", [1.5, 0.1, float("nan"), True, False])
def test_a_float_or_a_bool_is_no_money(crm: Crm, amount: Any) -> None:
    for call in (
        lambda: Money(amount, "EUR"),
        lambda: crm.opportunities.create(name="Licence", amount=amount),
    ):
        with pytest.raises(ArgumentError) as refused:
            call()
        assert refused.value.field == "amount"
        assert "19.90" in refused.value.hint


def test_an_amount_without_a_currency_is_no_money(crm: Crm) -> None:
    with pytest.raises(ArgumentError, match=r'Give Money\("19.90", "EUR"\)'):
        crm.opportunities.create(name="Licence", amount=Decimal("1.50"))  # type: ignore[arg-type]


def test_money_is_exact() -> None:
    assert Money("0.10", "EUR") * 3 == Money("0.30", "EUR")
    assert sum([Money("0.10", "EUR")] * 3) == Money("0.30", "EUR")
    assert Money("1.005", "KWD").minor == 1005
    assert -Money(5, "JPY") == Money(-5, "JPY")
    assert sorted([Money(2, "EUR"), Money(1, "EUR")])[0] == Money(1, "EUR")
    assert hash(Money("1.0", "EUR")) == hash(Money(1, "EUR"))
    assert pickle.loads(pickle.dumps(Money("1.50", "EUR"))) == Money("1.50", "EUR")
    assert eval(repr(Money("1.50", "EUR"))) == Money("1.50", "EUR")
    for wrong in [("1.005", "EUR"), ("1", "EURO")]:
        with pytest.raises(ArgumentError):
            Money(*wrong)
    with pytest.raises(ArgumentError):
        _ = Money(1, "EUR") + Money(1, "USD")
    with pytest.raises(TypeError):
        _ = Money(1, "EUR") < Money(1, "USD")


@pytest.mark.parametrize(
    "zone",
    [
        UTC,
        timezone(timedelta(hours=8)),
        ZoneInfo("Asia/Shanghai"),
        ZoneInfo("America/New_York"),
    ],
)
def test_any_aware_datetime_is_taken(crm: Crm, zone: Any) -> None:
    at = datetime(2024, 2, 29, 12, 30, 15, 250_000, tzinfo=zone)
    task = crm.tasks.create(subject="Call", remind_at=at)
    assert task.remind_at == at


def test_a_naive_datetime_is_refused_with_the_fix(crm: Crm) -> None:
    with pytest.raises(ArgumentError) as refused:
        crm.tasks.create(subject="Call", remind_at=datetime(2026, 1, 1))
    assert refused.value.field == "remind_at"
    assert "datetime.now(timezone.utc)" in refused.value.hint


def test_a_datetime_is_no_date(crm: Crm) -> None:
    with pytest.raises(ArgumentError, match="which day"):
        crm.tasks.create(subject="Call", due_on=datetime(2026, 1, 1))


def test_unknown_keywords_and_choices_name_the_near_ones(crm: Crm) -> None:
    with pytest.raises(ValidationError) as keyword:
        crm.teams.create(nmae="North")  # type: ignore[call-arg]
    assert "Did you mean name?" in keyword.value.hint
    with pytest.raises(ValidationError) as choice:
        crm.customers.create(kind="persn", name="李明")  # type: ignore[arg-type]
    assert "Did you mean person?" in choice.value.hint


def test_a_record_of_another_kind_is_refused(crm: Crm) -> None:
    team = crm.teams.create(name="North")
    with pytest.raises(ArgumentError, match="record of teams"):
        crm.opportunities.create(name="Licence", customer=team)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="record of teams"):
        crm.customers.get(team)


def test_errors_are_one_tree_with_what_is_needed_to_act(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    with pytest.raises(LookupError) as missing:
        crm.customers.get(UUID(int=0))
    assert isinstance(missing.value, crmkit.NotFoundError)
    with pytest.raises(ValueError) as invalid:
        crm.customers.create(kind="organization", name="")
    assert isinstance(invalid.value, ValidationError)
    assert (invalid.value.field, invalid.value.code) == ("name", "invalid")
    crm.customers.update(acme, country="DE")
    with pytest.raises(crmkit.ConflictError) as conflict:
        crm.customers.update(acme, expected_revision=1, country="CN")
    assert (conflict.value.expected_revision, conflict.value.current_revision) == (1, 2)
    with pytest.raises(crmkit.FilterError) as unreadable:
        crm.customers.find(where="name ==")
    assert unreadable.value.column == 8
    for error in (missing.value, invalid.value, conflict.value, unreadable.value):
        assert isinstance(error, CrmError)
        assert error.hint in str(error)
        copied = pickle.loads(pickle.dumps(error))
        assert (str(copied), vars(copied)) == (str(error), vars(error))


def test_pages_are_stable_while_others_write(crm: Crm) -> None:
    for number in range(10):
        crm.customers.create(kind="organization", name=f"Acme {number}")
    page = crm.customers.find(order_by="name", limit=4)
    crm.customers.delete(page[0])
    crm.customers.create(kind="organization", name="Aaa")
    names = [customer.name for customer in page.all()]
    assert names == [f"Acme {number}" for number in range(10)]


def test_the_past_can_be_read_and_not_written(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    then = crm.customers.update(acme, country="DE").updated_at
    # Instants are kept to the millisecond.
    time.sleep(0.002)
    crm.customers.update(acme, country="CN")
    past = crm.as_of(then)
    assert past.customers.get(acme).country == "DE"
    with pytest.raises(crmkit.RefusedError) as refused:
        past.customers.update(acme, country="AT")
    assert refused.value.rule == "past.read_only"
