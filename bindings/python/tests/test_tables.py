"""Tables in data frames: exact values, and the types that the fields of the records have."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import crmkit
from crmkit import Crm, Money
from crmkit.choices import Outcome

LEAP_DAY = date(2024, 2, 29)
OPENED = datetime(2024, 2, 29, 23, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def deals(crm: Crm) -> crmkit.Table:
    """Three opportunities: euros and dinars, and one without an amount."""
    acme = crm.customers.create(kind="organization", name="Acme GmbH")
    create = crm.opportunities.create
    create(name="年度许可", customer=acme, amount=Money("118000.50", "EUR"), close_on=LEAP_DAY)
    create(name="Looms", customer=acme, amount=Money("0.125", "KWD"))
    create(name="Unknown", customer=acme)
    return crm.opportunities.table(order_by="name")


def test_columns_have_the_types_of_their_fields(deals: crmkit.Table) -> None:
    schema = pa.table(deals).schema
    types = {name: str(schema.field(name).type) for name in schema.names}
    expected = {
        "id": "string",
        "revision": "int64",
        "created_at": "timestamp[ms, tz=UTC]",
        "name": "string",
        "outcome": "string",
        "amount": "decimal128(38, 3)",
        "amount_currency": "string",
        "amount_minor": "int64",
        "close_on": "date32[day]",
        "probability": "decimal128(38, 2)",
    }
    assert expected.items() <= types.items()
    assert list(types) == deals.columns


def test_values_are_exact_in_polars(deals: crmkit.Table) -> None:
    frame = pl.DataFrame(deals)
    assert frame["name"].to_list() == ["Looms", "Unknown", "年度许可"]
    assert frame["amount"].to_list() == [Decimal("0.125"), None, Decimal("118000.500")]
    assert frame["amount_currency"].to_list() == ["KWD", None, "EUR"]
    assert frame["amount_minor"].to_list() == [125, None, 11_800_050]
    assert frame["close_on"].to_list() == [None, None, LEAP_DAY]
    assert frame.schema["created_at"] == pl.Datetime("ms", "UTC")


def test_values_are_exact_in_pandas(deals: crmkit.Table) -> None:
    frame = pd.DataFrame.from_arrow(deals)
    assert frame["amount"].tolist()[0] == Decimal("0.125")
    assert frame["close_on"].tolist()[2] == LEAP_DAY
    assert str(frame["created_at"].dtype) == "datetime64[ms, UTC]"
    assert len(frame) == 3


def test_values_are_exact_in_duckdb(deals: crmkit.Table) -> None:
    question = "select amount, close_on from deals where amount_currency = 'EUR'"
    assert duckdb.execute(question).fetchall() == [(Decimal("118000.500"), LEAP_DAY)]
    assert duckdb.execute("select sum(amount_minor) from deals").fetchall() == [(11_800_175,)]
    assert duckdb.sql(question).fetchall() == [(Decimal("118000.500"), LEAP_DAY)]  # type: ignore[union-attr]
    assert duckdb.sql("select sum(amount_minor) from deals").fetchall() == [(11_800_175,)]  # type: ignore[union-attr]


def test_dictionaries_have_the_columns_of_the_frame_and_values_of_python(
    deals: crmkit.Table,
) -> None:
    first = deals.to_dicts()[0]
    assert list(first) == deals.columns
    assert (first["amount"], first["amount_currency"]) == (Decimal("0.125"), "KWD")
    assert first["outcome"] is Outcome.OPEN
    assert first["created_at"].utcoffset() == timedelta(0)


def test_an_instant_keeps_its_moment_whatever_zone_it_was_given_in(crm: Crm) -> None:
    crm.interactions.create(kind="call", starts_at=OPENED, subject="Leap")
    starts = pl.DataFrame(crm.interactions.table())["starts_at"]
    assert starts.to_list() == [OPENED]


@pytest.mark.parametrize("collection", ["customers", "opportunities", "tasks"])
def test_an_empty_table_has_the_whole_schema(crm: Crm, collection: str) -> None:
    table: crmkit.Table = getattr(crm, collection).table()
    assert len(table) == 0 and table.to_dicts() == []
    schema = pa.table(table).schema
    assert schema.names == table.columns
    assert pa.schema(table) == schema
    assert pl.DataFrame(table).shape == (0, len(table.columns))
    assert len(pd.DataFrame.from_arrow(table)) == 0


def test_custom_fields_are_columns_of_their_kinds(crm: Crm) -> None:
    crm.custom_fields.create(entity="customers", key="badge", label="Badge", kind="number")
    crm.custom_fields.create(entity="customers", key="budget", label="Budget", kind="money")
    crm.customers.create(kind="person", name="李明", badge=17, budget=Money("9.90", "EUR"))
    frame = pl.DataFrame(crm.customers.table())
    assert frame["badge"].to_list() == [Decimal(17)]
    assert frame["budget"].to_list() == [Decimal("9.90")]
    assert frame["budget_currency"].to_list() == ["EUR"]


def test_only_what_is_asked_for_is_in_the_table(crm: Crm) -> None:
    for name in ["Acme", "Globex", "Initech"]:
        crm.customers.create(kind="organization", name=name)
    table = crm.customers.table(where="name != 'Globex'", order_by="-name", limit=1)
    assert [row["name"] for row in table.to_dicts()] == ["Initech"]


def test_sums_are_a_column_for_each_currency_with_its_own_digits(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    for amount in [Money("10.50", "EUR"), Money(1200, "JPY")]:
        crm.opportunities.create(name="Deal", customer=acme, amount=amount)
    frame = pl.DataFrame(crm.insight.board().table())
    assert frame.schema["amounts_eur"] == pl.Decimal(38, 2)
    assert frame.schema["amounts_jpy"] == pl.Decimal(38, 0)
    assert frame["amounts_jpy"].to_list()[:2] == [Decimal(1200), None]


def test_rates_keep_all_their_digits(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    deals = [crm.opportunities.create(name="Deal", customer=acme) for _ in range(3)]
    crm.opportunities.win(deals[0])
    for deal in deals[1:]:
        crm.opportunities.lose(deal, "price")
    rate = Decimal("0." + 28 * "3")
    assert crm.insight.win_rate()[0].rate == rate
    assert pl.DataFrame(crm.insight.win_rate().table())["rate"].to_list() == [rate]


def test_a_table_is_a_table_for_people(crm: Crm) -> None:
    crm.customers.create(kind="person", name="<b>李明</b>")
    table = crm.customers.table()
    assert repr(table).startswith("<Table 'customers': 1 rows of ")
    assert "<b>李明</b>" in str(table)
    assert "&lt;b&gt;李明&lt;/b&gt;" in table._repr_html_()


def test_a_notebook_shows_the_beginning_of_a_long_table(crm: Crm) -> None:
    with crm.transaction():
        for number in range(101):
            crm.tags.create(name=f"tag {number}")
    html = crm.tags.table()._repr_html_()
    assert html.count("<tr>") == 101, "a head, and the first hundred"
    assert "the first 100 of 101 rows" in html


def test_a_table_of_the_past_and_of_an_open_transaction(crm: Crm) -> None:
    before = datetime.now(UTC)
    with crm.transaction():
        crm.customers.create(kind="person", name="李明")
        assert len(crm.customers.table()) == 1
    assert len(crm.as_of(before - timedelta(seconds=1)).customers.table()) == 0


def test_a_condition_that_cannot_be_read_is_told(crm: Crm) -> None:
    with pytest.raises(crmkit.FilterError):
        crm.customers.table(where="name ==")


def test_the_same_table_is_read_again_and_again(deals: crmkit.Table) -> None:
    assert pl.DataFrame(deals).equals(pl.DataFrame(deals))


def test_what_a_table_takes_is_what_a_frame_gives_back(deals: crmkit.Table) -> None:
    rows: list[dict[str, Any]] = pa.table(deals).to_pylist()
    assert [row["amount"] for row in rows] == [row["amount"] for row in deals.to_dicts()]
