"""Exports: what is written, where, and what is left where that fails."""

from __future__ import annotations

import csv
import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

import crmkit
from crmkit import Crm, Money


@pytest.fixture
def company(crm: Crm) -> Crm:
    """A CRM with two customers."""
    owner = crm.users.create(name="Li Wei")
    crm.customers.create(kind="organization", name="Acme", country="DE", owner=owner)
    crm.customers.create(kind="person", name="李明", annual_revenue=Money("1250.50", "EUR"))
    return crm


def test_all_fields_go_out_and_come_in_again(company: Crm, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    assert company.customers.to_csv(path) == 2
    with crmkit.in_memory() as other:
        plan = other.imports.plan(path, entity="customer")
        plan.mapping["owner_id"] = None
        assert plan.run().counts.created == 2
        li = other.customers.first(where='kind == "person"')
        assert li is not None
        assert (li.name, li.annual_revenue) == ("李明", Money("1250.50", "EUR"))


def test_columns_are_fields_and_those_of_records_they_refer_to(company: Crm) -> None:
    file = io.StringIO()
    company.customers.to_csv(file, order_by="name", columns={"name": "Name", "owner.name": "Owner"})
    assert list(csv.reader(file.getvalue().splitlines())) == [
        ["Name", "Owner"],
        ["Acme", "Li Wei"],
        ["李明", ""],
    ]


def test_a_filter_and_an_order_say_which_records_and_how(company: Crm) -> None:
    file = io.BytesIO()
    written = company.customers.to_csv(
        file, where="country == null || country != null", order_by="-name", columns=["name"]
    )
    assert (written, file.getvalue().decode()) == (2, "name\r\n李明\r\nAcme\r\n")
    with pytest.raises(crmkit.ValidationError, match="name"):
        company.customers.to_csv(io.BytesIO(), columns=["nam"])


def test_a_spreadsheet_gets_numbers_a_mark_and_no_formulas(company: Crm) -> None:
    company.customers.create(kind="organization", name="=1+1")
    file = io.BytesIO()
    company.customers.to_csv(
        file, order_by="name", columns=["name", "annual_revenue"], spreadsheet=True
    )
    assert file.getvalue().decode("utf-8-sig").splitlines()[:2] == [
        "name,annual_revenue,annual_revenue currency",
        "'=1+1,,",
    ]
    assert file.getvalue().startswith(b"\xef\xbb\xbf")


def test_the_past_and_a_transaction_go_out_as_they_are(company: Crm) -> None:
    past = company.as_of(datetime(2020, 1, 1, tzinfo=UTC))
    assert past.customers.to_csv(io.BytesIO()) == 0
    with company.transaction():
        company.customers.create(kind="organization", name="Globex")
        assert company.customers.to_csv(io.BytesIO()) == 3


def test_what_a_file_of_python_raises_comes_through(company: Crm) -> None:
    class Broken(io.BytesIO):
        def write(self, data: object, /) -> int:
            raise RuntimeError("the socket is closed")

    with pytest.raises(RuntimeError, match="socket"):
        company.customers.to_csv(Broken())


def test_a_full_disk_is_a_storage_error(company: Crm) -> None:
    with pytest.raises(crmkit.StorageError) as error:
        company.customers.to_csv("/dev/full")
    assert error.value.code == "storage"
    assert not os.path.exists("/dev/full.part")
    with pytest.raises(crmkit.StorageError):
        company.customers.to_cards("/dev/full")


def test_a_file_that_cannot_be_made_whole_is_as_it_was(company: Crm, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("before")

    def stop(progress: crmkit.Progress) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        company.customers.to_csv(path, progress=stop)
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == ["customers.csv"]


def test_cards_go_out_and_come_in_again(company: Crm, tmp_path: Path) -> None:
    path = tmp_path / "people.vcf"
    assert company.customers.to_cards(path, where='kind == "person"') == 1
    with crmkit.in_memory() as other:
        assert other.imports.cards(path).run().counts.created == 1
        assert [customer.name for customer in other.customers.find()] == ["李明"]
