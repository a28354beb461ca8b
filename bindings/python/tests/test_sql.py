"""SQL that reads, on the engine's own connections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import crmkit
from crmkit import ArgumentError, Crm, Money, RefusedError, ValidationError


@pytest.fixture
def crm(tmp_path: Path) -> Iterator[Crm]:
    """A CRM in a file."""
    with crmkit.open(tmp_path / "sales.db", region="CN", actor="li.wei") as crm:
        yield crm


def test_the_views_answer(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme", country="DE")
    crm.opportunities.create(
        name="Looms", customer=acme, amount=Money("9.90", "EUR"), close_on=date(2024, 2, 29)
    )
    rows = crm.sql("select stage, count(*) from v_opportunity group by stage")
    assert list(rows) == [("Qualification", 1)]
    assert crm.sql("select amount, close_on from v_opportunity")[0] == ("9.90", "2024-02-29")
    same_day = crm.sql(
        "select name from v_opportunity where close_on = ?1 and customer_id = ?2",
        [date(2024, 2, 29), acme.id],
    )
    assert same_day.to_dicts() == [{"name": "Looms"}]


def test_values_are_those_of_sqlite(crm: Crm) -> None:
    rows = crm.sql("values (1, 2.5, '李明', x'00ff', null)")
    assert rows[0] == (1, 2.5, "李明", b"\x00\xff", None)
    assert rows[-1] == rows[0] and len(rows) == 1
    assert crm.sql("select ?1, ?2", ["a", b"b"])[0] == ("a", b"b")
    with pytest.raises(IndexError):
        rows[1]


def test_rows_go_into_data_frames(crm: Crm) -> None:
    rows = crm.sql(
        "select 1 as a, 2.5 as b, '李明' as c, x'00' as d, null as e"
        " union all select 2, 3, 'x', x'', 5"
    )
    frame = pl.DataFrame(rows)
    assert frame.schema == {
        "a": pl.Int64,
        "b": pl.Float64,
        "c": pl.String,
        "d": pl.Binary,
        "e": pl.Int64,
    }
    assert frame.rows() == list(rows)
    assert pd.DataFrame.from_arrow(rows)["a"].tolist() == [1, 2]
    assert duckdb.execute("select sum(a) from rows").fetchall() == [(3,)]
    assert duckdb.sql("select sum(a) from rows").fetchall() == [(3,)]  # type: ignore[union-attr]
    assert pa.table(rows).to_pylist() == rows.to_dicts()


def test_a_column_of_several_types_is_text_in_a_data_frame(crm: Crm) -> None:
    rows = crm.sql("values (1), ('a'), (2.5), (x'ff')")
    assert pl.DataFrame(rows)["column1"].to_list() == ["1", "a", "2.5", "ff"]
    empty = crm.sql("select name from v_customer")
    assert pa.table(empty).schema.names == ["name"] and len(empty) == 0


def test_rows_are_a_table_for_people(crm: Crm) -> None:
    rows = crm.sql("select 1 as one, '<b>' as mark")
    assert str(rows) == "1 row\none  mark\n---------\n  1  <b>"
    assert "&lt;b&gt;" in rows._repr_html_()
    assert repr(rows) == "<SqlRows: 1 rows of one, mark>"


def test_nothing_is_written(crm: Crm) -> None:
    crm.customers.create(kind="person", name="李明")
    for statement in ["delete from customers", "drop table customers", "pragma journal_mode=off"]:
        with pytest.raises((RefusedError, ValidationError)):
            crm.sql(statement)
    assert crm.customers.count() == 1


def test_limits_hold(crm: Crm) -> None:
    some = crm.sql("values (1), (2), (3)", row_limit=2)
    assert len(some) == 2 and some.truncated
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    with pytest.raises(RefusedError) as refused:
        crm.sql(endless, time_limit=timedelta(milliseconds=50))
    assert refused.value.rule == "sql.time_limit"


@pytest.mark.parametrize(
    "parameter", [2**63, "\ud800", datetime(2024, 2, 29, tzinfo=UTC), object(), []]
)
def test_a_parameter_that_sqlite_cannot_hold_is_refused(crm: Crm, parameter: Any) -> None:
    with pytest.raises(ArgumentError) as refused:
        crm.sql("select ?1", [parameter])
    assert refused.value.field == "parameters"


def test_sql_waits_for_the_end_of_a_transaction(crm: Crm) -> None:
    with crm.transaction(), pytest.raises(RefusedError) as refused:
        crm.sql("select 1")
    assert refused.value.rule == "transaction.nested"
