"""What concerns the file as a whole: undo of a batch, a copy, and a look whether all is well."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from crmkit import _native
from crmkit._progress import Watcher, telling

if TYPE_CHECKING:
    from crmkit._native import Session


class InBatch(Protocol):
    """What belongs to a batch: the result of an import, an entry of a history."""

    @property
    def batch(self) -> UUID | None:
        """The batch."""
        ...


@dataclass(frozen=True, slots=True)
class BackupReport:
    """How a backup went.

    Attributes:
        path: The copy.
        bytes: Its size.
        pages: How many pages it has.
        tables: How many tables were counted in the copy, and found to have as many rows as here.
        rows: How many rows that was.
        elapsed: How long it took, with the checks.
    """

    path: Path
    bytes: int
    pages: int
    tables: int
    rows: int
    elapsed: timedelta


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a file. Printing it says all.

    Attributes:
        code: What kind of thing, stable across versions: ``reference.missing``.
        table: The table, where one is meant.
        id: The record, where one is meant.
        sentence: What is wrong; it never holds what a record says.
        fix: What to do about it.
    """

    _text: str = field(repr=False, compare=False)
    code: str
    table: str | None
    id: UUID | None
    sentence: str
    fix: str

    def __str__(self) -> str:
        """What is wrong, where, and what to do."""
        return self._text


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found when a file was looked over.

    Attributes:
        findings: What is wrong; at most a hundred of one kind in one table.
        records: How many records were looked at, deleted ones included.
        changes: How many changes the log holds.
        elapsed: How long it took.
    """

    findings: list[Finding]
    records: int
    changes: int
    elapsed: timedelta
    _text: str = field(repr=False, compare=False)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def __str__(self) -> str:
        """How much was looked at, and what was found."""
        return self._text


class InFile:
    """What a CRM can do with its file and its change log as a whole."""

    @property
    def _session(self) -> Session:
        raise NotImplementedError

    def undo(self, batch: UUID | str | InBatch) -> UUID:
        """Puts back everything that a batch changed; what it created is taken out again.

        Args:
            batch: The batch, or what has one: the result of an import, an entry of a history.

        Returns:
            The batch of the undo, which can be undone as well.

        Raises:
            RefusedError: What the batch changed was changed since (``undo.collision``), or there is
                no such batch (``undo.unknown_batch``); nothing was put back.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> rows = [{"name": "Acme", "kind": "organization"}]
            >>> result = crm.imports.plan(rows, entity="customer").run()
            >>> again = crm.undo(result.batch)
            >>> crm.customers.count()
            0
            >>> _ = crm.undo(again)
            >>> crm.customers.count()
            1
        """
        named: Any = batch if isinstance(batch, UUID | str) else batch.batch
        return _native.undo(self._session, UUID(named) if isinstance(named, str) else named)

    def backup(
        self, path: str | os.PathLike[str], *, replace: bool = False, progress: Watcher = False
    ) -> BackupReport:
        """Copies the CRM into a new file while others read and write, and checks the copy.

        The copy has its name only when it is whole, checked and on the disk. Ctrl-C leaves nothing
        behind.

        Args:
            path: The new file.
            replace: Whether a file of that name is replaced, in one step.
            progress: ``True`` shows a bar in a terminal or a notebook; a callable is told a
                :class:`crmkit.Progress` in pages, and what it raises stops the backup.

        Raises:
            RefusedError: There is such a file (``backup.target_exists``), or it is in use
                (``backup.target_in_use``).
            StorageError: The disk is full, or the folder cannot be written.

        Examples:
            >>> import crmkit, pathlib, tempfile
            >>> folder = pathlib.Path(tempfile.mkdtemp())
            >>> with crmkit.open(folder / "sales.db") as crm:
            ...     report = crm.backup(folder / "copy.db")
            >>> report.path.name, report.bytes == report.path.stat().st_size
            ('copy.db', True)
        """
        with telling(progress, f"copying to {os.path.basename(path)}", "pages") as tell:
            return BackupReport(**_native.backup(self._session, path, replace, tell))

    def verify(self) -> Verification:
        """Looks the whole file over, and repairs nothing.

        It looks at pages, references, the change log, values, and what is searched.

        Examples:
            >>> import crmkit
            >>> crm = crmkit.in_memory()
            >>> crm.verify().is_sound
            True
        """
        said = _native.verify(self._session)
        findings = [Finding(*finding) for finding in said.pop("findings")]
        return Verification(findings=findings, _text=said.pop("text"), **said)
