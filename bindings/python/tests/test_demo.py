"""The demo company, from Python and from the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import crmkit
from crmkit import Crm, RefusedError


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the module in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "crmkit", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_one_seed_makes_one_company() -> None:
    with crmkit.demo(seed=7) as one, crmkit.demo(seed=7) as other, crmkit.demo(seed=8) as third:
        names = [[c.name for c in crm.customers.find().all()] for crm in (one, other, third)]
    assert names[0] == names[1] != names[2]


def test_the_demo_company_is_one_batch_to_undo(crm: Crm) -> None:
    company = crm.load_demo(seed=7)
    assert company.people == 200 and len(company.duplicates) > 0
    crm.undo(company.batch)
    assert crm.customers.count() == 0


def test_a_company_of_ones_own_is_left_as_it_is(crm: Crm, tmp_path: Path) -> None:
    crm.customers.create(kind="person", name="李明")
    with pytest.raises(RefusedError) as refused:
        crm.load_demo()
    assert refused.value.rule == "demo.needs_empty_crm"
    with crmkit.open(tmp_path / "own.db") as own:
        own.customers.create(kind="person", name="李明")
    with pytest.raises(RefusedError):
        crmkit.demo(tmp_path / "own.db")
    with crmkit.open(tmp_path / "own.db") as own:
        assert own.customers.count() == 1


def test_the_module_makes_a_company_and_its_report_and_shows_its_board(tmp_path: Path) -> None:
    made = run(tmp_path, "demo", "--seed", "7")
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("Pipeline on ") and "demo.db" in made.stdout
    assert sorted(file.name for file in tmp_path.iterdir()) == ["demo.db", "report.html"]
    with crmkit.open(tmp_path / "demo.db") as crm:
        assert crm.search("liming")[0].name == "李明"


def test_the_module_replaces_nothing_but_a_demo_and_that_when_told(tmp_path: Path) -> None:
    assert run(tmp_path, "demo").returncode == 0
    again = run(tmp_path, "demo")
    assert again.returncode == 2 and "replace it with --replace" in again.stderr
    assert run(tmp_path, "demo", "--replace").returncode == 0
    with crmkit.open(tmp_path / "demo.db") as crm:
        crm.customers.create(kind="person", name="Mine")
    mine = run(tmp_path, "demo", "--replace")
    assert mine.returncode == 2 and "is left as it is" in mine.stderr
    with crmkit.open(tmp_path / "demo.db") as crm:
        assert crm.customers.count(where="name == 'Mine'") == 1


def test_the_module_says_what_it_can_do(tmp_path: Path) -> None:
    assert "demo" in run(tmp_path, "--help").stdout
    assert "--replace" in run(tmp_path, "demo", "--help").stdout
    (tmp_path / "demo.db").write_text("no database at all, but long enough to be looked at")
    refused = run(tmp_path, "demo", "--replace")
    assert refused.returncode == 1 and refused.stderr.startswith("crmkit: ")
    assert "Traceback" not in refused.stderr
