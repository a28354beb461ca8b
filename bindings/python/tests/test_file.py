"""The file as a whole: a copy, a look whether all is well, undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import crmkit
from crmkit import Crm


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Crm]:
    """A CRM in a file, with a customer."""
    with crmkit.open(tmp_path / "sales.db") as crm:
        crm.customers.create(kind="organization", name="Acme")
        yield crm


def test_a_backup_is_a_file_that_opens(file: Crm, tmp_path: Path) -> None:
    report = file.backup(tmp_path / "copy.db")
    assert report.path == tmp_path / "copy.db"
    assert report.bytes == report.path.stat().st_size
    assert report.rows > 0 < report.pages
    assert report.elapsed.total_seconds() >= 0
    with crmkit.open(report.path) as copy:
        assert [customer.name for customer in copy.customers.find()] == ["Acme"]


def test_a_backup_replaces_a_file_only_when_told(file: Crm, tmp_path: Path) -> None:
    file.backup(tmp_path / "copy.db")
    with pytest.raises(crmkit.RefusedError) as refused:
        file.backup(tmp_path / "copy.db")
    assert refused.value.rule == "backup.target_exists"
    file.customers.create(kind="organization", name="Globex")
    file.backup(tmp_path / "copy.db", replace=True)
    with crmkit.open(tmp_path / "copy.db") as copy:
        assert copy.customers.count() == 2


def test_a_backup_that_cannot_be_written_is_a_storage_error(file: Crm, tmp_path: Path) -> None:
    with pytest.raises(crmkit.StorageError):
        file.backup(tmp_path / "nowhere" / "copy.db")


def test_a_backup_that_is_stopped_leaves_nothing_behind(file: Crm, tmp_path: Path) -> None:
    def stop(progress: crmkit.Progress) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        file.backup(tmp_path / "copy.db", progress=stop)
    assert {path.name for path in tmp_path.iterdir()} <= {
        "sales.db",
        "sales.db-wal",
        "sales.db-shm",
    }


def test_a_sound_file_is_told_to_be_sound(file: Crm) -> None:
    verification = file.verify()
    assert verification.is_sound
    assert verification.findings == []
    assert str(verification) == "1 records and 1 changes: all is well"


def test_damage_is_told_with_what_to_do(file: Crm, tmp_path: Path) -> None:
    report = file.backup(tmp_path / "copy.db")
    content = bytearray(report.path.read_bytes())
    page = 4096
    content[5 * page : 6 * page] = bytes(page)
    report.path.write_bytes(content)
    with crmkit.open(report.path) as damaged:
        verification = damaged.verify()
        assert not verification.is_sound
        finding = verification.findings[0]
        assert finding.code.startswith("pages.")
        assert finding.fix
        assert str(finding).startswith(finding.code)


def test_undo_takes_a_batch_its_text_or_what_has_one(crm: Crm) -> None:
    acme = crm.customers.create(kind="organization", name="Acme")
    undone = crm.undo(crm.history(acme)[0])
    assert crm.customers.count() == 0
    undone = crm.undo(undone)
    assert crm.customers.count() == 1
    crm.undo(str(undone))
    assert crm.customers.count() == 0
