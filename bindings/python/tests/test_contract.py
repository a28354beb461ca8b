"""The script that the package was built to run: ``contract.py``, as its readers would write it."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import crmkit

SCRIPT = Path(__file__).with_name("contract.py")
LEADS = """\
公司;kind;国家;电话
上海示例有限公司;organization;CN;021 6321 0000
Berliner Werkzeuge;organization;DE;+49 30 901820
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the script has run."""
    folder = tmp_path_factory.mktemp("contract")
    (folder / "leads.csv").write_bytes(LEADS.encode("gbk"))
    command = [sys.executable, "-X", "utf8", "-W", "error", str(SCRIPT)]
    ran = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    (folder / "output").write_text(ran.stdout, encoding="utf-8")
    return folder


@pytest.fixture
def printed(folder: Path) -> list[str]:
    """What the script printed."""
    return (folder / "output").read_text(encoding="utf-8").splitlines()


def test_the_plan_says_what_it_saw_and_what_would_be(printed: list[str]) -> None:
    plan = "\n".join(printed[: printed.index("Acme GmbH")])
    assert "gb18030, separated by semicolon" in plan
    assert "公司" in plan
    assert any(line.split() == ["created", "2"] for line in plan.splitlines())


def test_it_finds_the_tagged_customer_and_the_chinese_name_by_pinyin(printed: list[str]) -> None:
    found = printed.index("Acme GmbH")
    assert printed[found + 1] == "['李明']"


def test_the_history_tells_who_changed_what_from_what_to_what(printed: list[str]) -> None:
    amounts = [line for line in printed if " li.wei amount " in line]
    assert len(amounts) == 2
    assert amounts[0].endswith("amount None 120000.00 CNY")
    assert amounts[1].endswith("amount 120000.00 CNY 118000.50 CNY")


def test_a_stale_revision_is_told_the_current_one(printed: list[str]) -> None:
    assert printed[-1] == "3"


@pytest.mark.parametrize("file", ["sales.db", "copy.db"])
def test_the_file_and_its_copy_hold_what_was_written(folder: Path, file: str) -> None:
    with crmkit.open(folder / file, region="CN", timezone="Asia/Shanghai") as crm:
        customers = {customer.name for customer in crm.customers.find()}
        assert customers == {"Acme GmbH", "李明"}, "the import was undone"
        deal = crm.opportunities.find()[0]
        assert deal.amount is not None and deal.amount.amount == Decimal("118000.50")
        assert (crm.interactions.count(), crm.tasks.count()) == (1, 1)
        assert crm.tasks.find()[0].opportunity_id == deal.id
        (li,) = crm.customers.find(where='kind == "person"')
        (call,) = crm.interactions.find(where='subject == "Asked for a discount"')
        about = {link.customer_id or link.opportunity_id for link in crm.interaction_links.find()}
        assert {li.id, deal.id} <= about and call.direction == "outbound"


def test_the_report_is_a_page(folder: Path) -> None:
    assert "<html" in (folder / "report.html").read_text(encoding="utf-8")[:200]
