"""What became of the rows of a file, or would become of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

RowOutcome = Literal["created", "updated", "unchanged", "refused"]
"""What becomes of a row."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of a file.

    Attributes:
        rows: All rows of the file.
        created: Rows that became a new record.
        updated: Rows that changed a record.
        skipped: Rows that changed nothing: unchanged and blank ones.
        unchanged: Rows that say what is known already.
        blank: Rows with nothing in them.
        refused: Rows that were refused.
        merged: Of the imported rows, those about a record that a row before them was about already.
        created_on_the_way: Records that were created because a row refers to them, by table.
    """

    rows: int
    created: int
    updated: int
    skipped: int
    unchanged: int
    blank: int
    refused: int
    merged: int
    created_on_the_way: dict[str, int]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was refused, and why; the reason never holds what the row says.

    Attributes:
        line: The line of the file on which the row begins, from 1.
        reason: Why it was refused, and what to do.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cells that were left out of rows which were imported, of one column and for one reason.

    Attributes:
        column: The header of the column.
        reason: Why they were left out.
        cells: How many there are.
        first_line: The line of the file on which the row of the first begins, from 1.
    """

    column: str
    reason: str
    cells: int
    first_line: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run would do, found out by doing it and taking all of it back. Printing it shows all.

    Attributes:
        counts: How many rows would be created, updated, skipped, refused.
        rows: What would become of the first thousand rows, with the line on which each begins.
        refused: The first hundred rows that would be refused.
        left_out: What would be left out of rows that are imported.
    """

    counts: Counts
    rows: list[tuple[int, RowOutcome]] = field(repr=False)
    refused: list[RefusedRow] = field(repr=False)
    left_out: list[LeftOut] = field(repr=False)
    _text: str = field(repr=False, compare=False)

    def __str__(self) -> str:
        """What would become of the rows, with the reasons."""
        return self._text


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a run did. Printing it shows all.

    Attributes:
        batch: The batch by which :meth:`crmkit.Crm.undo` takes the run back.
        counts: How many rows were created, updated, skipped, refused.
        refused: The first hundred rows that were refused.
        left_out: What was left out of rows that were imported.
        refused_file: The file with every refused row and its reason, where there was any.
    """

    batch: UUID
    counts: Counts
    refused: list[RefusedRow] = field(repr=False)
    left_out: list[LeftOut] = field(repr=False)
    refused_file: Path | None
    _text: str = field(repr=False, compare=False)

    def __str__(self) -> str:
        """What became of the rows, with the reasons."""
        return self._text


@dataclass(frozen=True, slots=True)
class FolderPreview:
    """What a run would do with each file of a folder, in the order in which they are imported."""

    files: dict[str, Preview]
    _text: str = field(repr=False, compare=False)

    def __str__(self) -> str:
        """What would become of the rows of each file."""
        return self._text


@dataclass(frozen=True, slots=True)
class FolderResult:
    """What a run did with each file of a folder.

    Attributes:
        batch: The batch by which :meth:`crmkit.Crm.undo` takes all of it back; none where no file
            was imported.
        files: The files, in the order in which they were imported.
    """

    batch: UUID | None
    files: dict[str, ImportResult]
    _text: str = field(repr=False, compare=False)

    def __str__(self) -> str:
        """What became of the rows of each file."""
        return self._text


def _outcome(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "counts": Counts(**said["counts"]),
        "refused": [RefusedRow(*row) for row in said["refused"]],
        "left_out": [LeftOut(*one) for one in said["left_out"]],
        "_text": said["text"].rstrip("\n"),
    }


def preview_of(said: dict[str, Any]) -> Preview:
    """The preview that the engine told."""
    return Preview(rows=said["rows"], **_outcome(said))


def result_of(said: dict[str, Any]) -> ImportResult:
    """The result that the engine told."""
    return ImportResult(batch=said["batch"], refused_file=said["refused_file"], **_outcome(said))
