"""Imports: what is planned, what a run does, and what it leaves behind."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import crmkit
from crmkit import Crm, Money, Target
from crmkit.imports import Plan, RefusedRow

BLANK = "customer.key: name is blank, and rows are linked by it. Fill it in."
LEADS = "公司;国家;邮箱\n华为;CN;info@huawei.example\n;DE;nobody@acme.example\nAcme;DE;\n"
ACCOUNTS = "Id,Name,BillingCountry\n001A,Acme,Germany\n"


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    """A file as a Chinese spreadsheet writes it."""
    path = tmp_path / "leads.csv"
    path.write_bytes(LEADS.encode("gbk"))
    return path


def planned(crm: Crm, source: Path) -> Plan:
    plan = crm.imports.plan(source, entity="customer")
    plan.mapping["公司"] = Target.field("name").key()
    plan.mapping["邮箱"] = "email"
    plan.set("kind", "organization")
    return plan


def test_a_plan_finds_out_encoding_delimiter_and_header_and_writes_nothing(
    crm: Crm, leads: Path
) -> None:
    plan = planned(crm, leads)
    assert (plan.name, plan.entity, plan.rows) == ("leads.csv", "customers", 3)
    assert (plan.encoding, plan.delimiter, plan.preset) == ("gb18030", ";", None)
    assert list(plan.mapping) == ["公司", "国家", "邮箱"]
    assert plan.mapping["国家"] == Target.field("country")
    assert crm.customers.count() == 0


def test_printing_a_plan_shows_what_a_run_would_do_with_the_reasons(crm: Crm, leads: Path) -> None:
    plan = planned(crm, leads)
    assert str(plan).splitlines() == [
        "leads.csv into customers",
        "  3 row(s), 3 column(s), gb18030, separated by semicolon",
        "  公司 -> name, key",
        "  国家 -> country  (guessed)",
        "  邮箱 -> e-mail address",
        "  (always) -> kind",
        "3 row(s) would be imported like this:",
        "  created         2",
        "  updated         0",
        "  skipped         0  (0 unchanged, 0 blank)",
        "  refused         1",
        f"  line 3: {BLANK}",
    ]
    assert repr(plan) == "<Plan of leads.csv into customers: 3 rows>"
    assert crm.customers.count() == 0


def test_printing_a_plan_that_cannot_work_says_why(crm: Crm, leads: Path) -> None:
    plan = planned(crm, leads)
    plan.mapping["国家"] = "name"
    assert "it cannot be imported like this: customer." in str(plan)


def test_a_preview_counts_and_tells_each_row(crm: Crm, leads: Path) -> None:
    crm.customers.create(kind="organization", name="Acme", country="DE")
    preview = planned(crm, leads).preview()
    counts = preview.counts
    assert (counts.rows, counts.created, counts.skipped, counts.refused) == (3, 1, 1, 1)
    assert preview.rows == [(2, "created"), (3, "refused"), (4, "unchanged")]
    assert [row.line for row in preview.refused] == [3]
    assert crm.customers.count() == 1


def test_a_run_is_one_batch_that_can_be_undone_and_done_again(crm: Crm, leads: Path) -> None:
    plan = planned(crm, leads)
    result = plan.run()
    assert (result.counts.created, crm.customers.count()) == (2, 2)
    assert {change.cause for change in crm.feed() if change.batch == result.batch} == {"import"}
    assert plan.run().counts.unchanged == 2
    again = crm.undo(result)
    assert crm.customers.count() == 0
    crm.undo(again)
    assert crm.customers.count() == 2


def test_refused_rows_are_kept_with_their_reasons_and_can_be_mended(crm: Crm, leads: Path) -> None:
    plan = planned(crm, leads)
    result = plan.run()
    assert result.refused == [RefusedRow(3, BLANK)]
    assert result.refused_file == leads.with_name("leads.refused.csv")
    assert result.refused_file is not None
    mended = result.refused_file.read_text("utf-8-sig").replace(";;DE", ";Globex;DE")
    result.refused_file.write_text(mended, "utf-8-sig")
    assert plan.for_file(result.refused_file).run().counts.created == 1


def test_refused_rows_are_kept_where_one_says_or_not_at_all(
    crm: Crm, leads: Path, tmp_path: Path
) -> None:
    plan = planned(crm, leads)
    assert plan.refused_to == leads.with_name("leads.refused.csv")
    plan.refused_to = None
    assert plan.run().refused_file is None
    plan.refused_to = tmp_path / "elsewhere.csv"
    assert plan.run().refused_file == tmp_path / "elsewhere.csv"
    assert not leads.with_name("leads.refused.csv").exists()


def test_a_header_that_is_not_there_is_an_error_that_names_the_near_one(
    crm: Crm, leads: Path
) -> None:
    plan = planned(crm, leads)
    with pytest.raises(crmkit.ValidationError, match="Did you mean 公司") as error:
        plan.mapping["公四"] = "name"
    assert error.value.field == "mapping"
    with pytest.raises(KeyError):
        plan.mapping["公四"]


def test_a_field_that_is_not_there_is_an_error_and_the_mapping_stays(crm: Crm, leads: Path) -> None:
    plan = planned(crm, leads)
    before = dict(plan.mapping)
    with pytest.raises(crmkit.ValidationError):
        plan.mapping["公司"] = ["name", "nam"]
    assert plan.mapping == before


def test_a_column_goes_nowhere_or_to_several_targets(crm: Crm, leads: Path) -> None:
    plan = planned(crm, leads)
    del plan.mapping["国家"]
    plan.mapping["公司"] = ["name", Target.external_id("erp")]
    assert plan.mapping["国家"] is None
    assert plan.mapping["公司"] == (Target.field("name"), Target.external_id("erp"))
    assert plan.run().counts.created == 2
    assert {customer.country for customer in crm.customers.find()} == {None}


@pytest.mark.parametrize(
    ("target", "printed"),
    [
        (Target.field("name").key(), "name, key"),
        (
            Target.reference("owner", by="name", create_missing=True),
            "owner by name, missing ones created",
        ),
        (
            Target.reference("parent", by_external_id="erp", leave_missing_empty=True),
            "parent by its id in erp, missing ones left empty",
        ),
        (
            Target.employer(by="name", create_missing={"kind": "organization"}),
            "employer by name, missing ones created",
        ),
        (Target.external_id("erp"), "id in erp, key"),
        (Target.currency_of("amount"), "currency of amount"),
        (Target.stage_entered("Proposal"), "day of entering Proposal"),
        (Target.closed_on(), "closed_at"),
        (Target.outcome(), "won or lost"),
        (Target.responded(), "whether the member responded"),
        (Target.email().label("work"), "e-mail address (work)"),
        (Target.phone().first_before("/"), "telephone number"),
        (Target.web(), "contact point, web"),
        (Target.address("street").label("billing"), "street of the address (billing)"),
        (Target.tags(), "tags"),
        (Target.job_title(), "what the person does at the employer"),
        (Target.ignored(), "left out"),
        (
            Target.field("annual_revenue").currency("USD").multiplied_by(Decimal("0.5")),
            "annual_revenue in USD, times 0.5",
        ),
        (Target.field("employees").decimal_sign(","), "employees, decimal comma"),
        (Target.field("born_on").date_order("day-month-year"), "born_on, day-month-year"),
        (
            Target.field("lifecycle").values({"A": "lead"}).other_choices(""),
            "lifecycle, 1 value replaced",
        ),
    ],
)
def test_every_target_of_the_engine_can_be_made(target: Target, printed: str) -> None:
    assert str(target) == printed
    assert repr(target) == f"<Target {printed}>"


def test_a_target_says_by_what_a_record_is_found() -> None:
    with pytest.raises(TypeError, match="by="):
        Target.reference("owner")
    with pytest.raises(TypeError, match="create_missing or leave_missing_empty"):
        Target.reference("owner", by="name", create_missing=True, leave_missing_empty=True)
    with pytest.raises(crmkit.ArgumentError, match="a float is not exact"):
        Target.field("amount").multiplied_by(0.5)  # type: ignore[arg-type]


def test_what_a_file_does_not_say_is_set_for_the_whole_of_it(crm: Crm) -> None:
    plan = crm.imports.plan(b'Name,Umsatz,Seit\nAcme,"1.250",01.02.2020\n', entity="customer")
    plan.mapping.update({"Name": "name", "Umsatz": "annual_revenue", "Seit": None})
    plan.set("kind", "organization")
    assert (plan.currency, plan.decimal_sign, plan.date_order) == (None, None, None)
    plan.currency, plan.decimal_sign, plan.date_order = "EUR", ",", "day-month-year"
    assert (plan.currency, plan.decimal_sign, plan.date_order) == ("EUR", ",", "day-month-year")
    plan.run()
    assert [c.annual_revenue for c in crm.customers.find()] == [Money(1250, "EUR")]
    with pytest.raises(crmkit.ArgumentError, match="month-day-year"):
        plan.date_order = "year"  # type: ignore[assignment]


def test_open_files_are_read_as_bytes_or_text(crm: Crm, leads: Path) -> None:
    with leads.open("rb") as file:
        assert crm.imports.plan(file, entity="customer").name == "leads.csv"
    with leads.open(encoding="gbk") as text:
        plan = crm.imports.plan(text, entity="customer")
    assert (plan.encoding, plan.rows) == ("UTF-8", 3)
    plan = crm.imports.plan(io.StringIO(LEADS), entity="customer")
    assert (plan.name, next(iter(plan.mapping))) == ("file in memory", "公司")


def test_dicts_become_records(crm: Crm) -> None:
    rows: list[dict[str, Any]] = [
        {"kind": "organization", "name": "Acme", "annual_revenue": Money("1250.50", "EUR")},
        {"kind": "person", "name": "李明", "birthday": None, "tags": ["fair-2026", "press"]},
    ]
    plan = crm.imports.plan(rows, entity="customer")
    plan.mapping["tags"] = "tags"
    assert plan.run().counts.created == 2
    acme = crm.customers.first(where='name == "Acme"')
    assert acme is not None
    assert acme.annual_revenue == Money("1250.50", "EUR")
    assert crm.customers.count(where='"press" in tags') == 1


def test_dicts_hold_dates_and_instants_and_no_naive_ones(crm: Crm) -> None:
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    rows = [{"subject": "Call", "due_on": date(2026, 3, 2), "completed_at": at}]
    plan = crm.imports.plan(rows, entity="task")
    assert plan.mapping["due_on"] == Target.field("due_on")
    with pytest.raises(crmkit.ArgumentError, match="naive") as error:
        crm.imports.plan([{"due_at": datetime(2026, 3, 1)}], entity="task")
    assert error.value.field == "due_at"
    with pytest.raises(crmkit.ArgumentError, match="object"):
        crm.imports.plan([{"subject": object()}], entity="task")
    with pytest.raises(crmkit.ArgumentError, match="Give a dict"):
        crm.imports.plan([("Acme",)], entity="customer")  # type: ignore[list-item]


@pytest.mark.parametrize("frame", [pl.DataFrame, pd.DataFrame])
def test_data_frames_become_records(crm: Crm, frame: type) -> None:
    columns = {"name": ["Acme", "Globex"], "employees": [12, 3], "country": ["DE", None]}
    plan = crm.imports.plan(frame(columns), entity="customer")
    plan.set("kind", "organization")
    assert plan.run().counts.created == 2
    found = crm.customers.find(order_by="name")
    assert [(c.name, c.employees, c.country) for c in found] == [
        ("Acme", 12, "DE"),
        ("Globex", 3, None),
    ]


def test_what_is_no_source_is_refused(crm: Crm) -> None:
    with pytest.raises(crmkit.ArgumentError, match="Give a path, bytes or a file"):
        crm.imports.plan(17, entity="customer")  # type: ignore[arg-type]
    with pytest.raises(crmkit.StorageError):
        crm.imports.plan("/nowhere/leads.csv", entity="customer")
    with pytest.raises(crmkit.ValidationError, match="Did you mean customer"):
        crm.imports.plan(b"a\nb\n", entity="custmer")
    with pytest.raises(crmkit.ValidationError, match="no export that is known"):
        crm.imports.plan(b"a,b\n1,2\n")


def test_several_files_are_one_batch_in_a_transaction(crm: Crm, leads: Path) -> None:
    plans = [planned(crm, leads), crm.imports.plan([{"subject": "Call"}], entity="task")]
    with crm.transaction("the old CRM"):
        results = [plan.run() for plan in plans]
    assert results[0].batch == results[1].batch
    crm.undo(results[0].batch)
    assert (crm.customers.count(), crm.tasks.count()) == (0, 0)


def test_a_run_in_a_transaction_is_taken_back_with_it(crm: Crm, leads: Path) -> None:
    plan = planned(crm, leads)
    with pytest.raises(RuntimeError), crm.transaction():
        plan.run()
        raise RuntimeError
    assert crm.customers.count() == 0


def test_a_folder_of_exports_is_one_batch(crm: Crm, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    folder = crm.imports.folder(tmp_path)
    assert [plan.name for plan in folder.plans] == ["accounts.csv"]
    assert folder["accounts.csv"].preset == "Salesforce"
    assert "no export that is known" in folder.skipped["notes.csv"]
    assert folder.preview().files["accounts.csv"].counts.created == 1
    assert "accounts.csv into customers, as " in str(folder)
    told: list[crmkit.Progress] = []
    result = folder.run(progress=told.append)
    assert told[-1] == (1, 1)
    assert result.files["accounts.csv"].counts.created == 1
    crm.undo(result)
    assert crm.customers.count() == 0


def test_a_plan_of_a_folder_can_be_changed_before_the_run(crm: Crm, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS)
    folder = crm.imports.folder(tmp_path)
    folder["accounts.csv"].set("employees", 12)
    folder.run()
    assert [customer.employees for customer in crm.customers.find()] == [12]


def test_cards_come_in(crm: Crm, tmp_path: Path) -> None:
    path = tmp_path / "contacts.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:李明\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n")
    cards = crm.imports.cards(path)
    assert (cards.preview().counts.created, cards.preview().counts.refused) == (1, 1)
    assert cards.refused_to == tmp_path / "contacts.refused.vcf"
    cards.refused_to = None
    result = cards.run()
    assert (result.counts.created, result.refused_file) == (1, None)
    crm.undo(result)
    assert crm.customers.count() == 0


def test_an_import_needs_the_crm_as_it_is(crm: Crm, leads: Path) -> None:
    plan = planned(crm, leads)
    past = crm.as_of(datetime.now(UTC))
    with pytest.raises(crmkit.RefusedError) as refused:
        past.imports.plan(leads, entity="customer")
    assert refused.value.rule == "past.read_only"
    with crm.transaction(), pytest.raises(crmkit.RefusedError) as refused:
        plan.preview()
    assert refused.value.rule == "transaction.nested"


def test_what_is_no_batch_is_not_undone(crm: Crm) -> None:
    with pytest.raises(crmkit.RefusedError) as refused:
        crm.undo("00000000-0000-7000-8000-000000000000")
    assert refused.value.rule == "undo.unknown_batch"
