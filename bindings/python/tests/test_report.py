"""The report as a page of HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmkit import Crm, StorageError


def test_the_report_is_one_page_that_needs_nothing_else(crm: Crm, tmp_path: Path) -> None:
    crm.load_demo(seed=7)
    page = crm.report()
    assert page.startswith("<!doctype html>") and "<svg" in page
    assert "http://" not in page.replace("http://www.w3.org", "") and "<script" not in page
    crm.report(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_a_report_replaces_the_one_before_it(crm: Crm, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old")
    crm.report(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype")


def test_a_place_that_cannot_be_written_is_told_and_left_as_it_is(crm: Crm, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Choose another place"):
        crm.report(tmp_path / "nowhere" / "report.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError):
        crm.report(tmp_path / "folder")
    assert [file.name for file in tmp_path.iterdir()] == ["folder"]
