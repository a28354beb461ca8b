"""The examples print what they promise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
DATA = os.environ.get("CRMKIT_DATA", "none")
REPOSITORY = EXAMPLES.parent.parent.parent


def printed(example: str, *arguments: str | Path) -> str:
    """What an example prints."""
    command: list[str | Path] = [sys.executable, EXAMPLES / example, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.skipif(DATA == "none", reason="the data sets are not there")
def test_the_sales_report_is_that_of_the_rust_example_byte_for_byte(tmp_path: Path) -> None:
    folder = Path(DATA) / "maven_crm"
    command = ["cargo", "run", "--quiet", "--example", "sales_report", "--"]
    rust = subprocess.run(
        [*command, str(folder), "--json", "--refused", str(tmp_path)],
        check=True,
        capture_output=True,
        cwd=REPOSITORY,
        text=True,
        timeout=600,
    )
    assert json.loads(rust.stdout)["opportunities"] == 8800
    assert printed("sales_report.py", folder) == rust.stdout


def test_an_address_book_takes_cards_in_and_gives_them_out(tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nTEL;TYPE=cell:{}\nEND:VCARD\n"
    (tmp_path / "phone.vcf").write_text(card.format("李明", "138 0013 8000"), "utf-8")
    (tmp_path / "mail.vcf").write_text(card.format("José García", "+34 600 123 456"), "utf-8")
    merged = tmp_path / "all.vcf"
    told = printed("address_book.py", merged, tmp_path / "phone.vcf", tmp_path / "mail.vcf")
    assert told == "phone.vcf: 1 new\nmail.vcf: 1 new\nJosé García\n李明\n"
    assert merged.read_text("utf-8").count("BEGIN:VCARD") == 2
