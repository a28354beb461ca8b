"""What an import can read, as a path or as a name with bytes."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from numbers import Integral
from typing import IO, Any, Protocol, cast
from uuid import UUID

from crmkit._native import Money, Record
from crmkit.errors import ArgumentError


class PolarsFrame(Protocol):
    """A data frame of polars."""

    def write_csv(self) -> str:
        """The frame as CSV."""
        ...


class PandasFrame(Protocol):
    """A data frame of pandas."""

    def to_csv(self, *, index: bool) -> str:
        """The frame as CSV."""
        ...


Rows = Iterable[Mapping[str, Any]] | PolarsFrame | PandasFrame
File = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes] | IO[str]
Read = str | os.PathLike[str] | tuple[str, bytes]


def of_file(source: File) -> Read:
    """What the engine reads where a file is given, open or not, or what is in one."""
    if isinstance(source, str | os.PathLike):
        return source
    if isinstance(source, bytes | bytearray | memoryview):
        return "bytes in memory", bytes(source)
    if hasattr(source, "read"):
        return _open_file(source)
    reason = f"it is of the type {type(source).__name__}"
    raise _wrong("source", reason, "Give a path, bytes or a file")


def of_rows(source: Any) -> tuple[str, bytes] | None:
    """What the engine reads where rows are given: CSV in UTF-8. Nothing where a file is."""
    if hasattr(source, "write_csv"):
        return "data frame", source.write_csv().encode()
    if hasattr(source, "to_csv"):
        return "data frame", source.to_csv(index=False).encode()
    is_file = isinstance(source, str | bytes | bytearray | memoryview | os.PathLike)
    if is_file or hasattr(source, "read") or not isinstance(source, Iterable):
        return None
    return "rows in memory", _csv(map(_row, source)).encode()  # pyright: ignore[reportUnknownArgumentType]


def _open_file(file: IO[bytes] | IO[str]) -> tuple[str, bytes]:
    content: bytes | str = file.read()
    name = getattr(file, "name", None)
    name = os.path.basename(name) if isinstance(name, str) else "file in memory"
    # The mark says that the text has been decoded already.
    if isinstance(content, str):
        content = b"\xef\xbb\xbf" + content.encode()
    return name, content


def _row(given: Any) -> Mapping[Any, Any]:
    if isinstance(given, Mapping):
        return given  # pyright: ignore[reportUnknownVariableType]
    raise _wrong("source", f"a row is of the type {type(given).__name__}", "Give a dict for each")


def _csv(rows: Iterable[Mapping[Any, Any]]) -> str:
    kept = list(rows)
    headers = list(dict.fromkeys(str(key) for row in kept for key in row))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if headers:
        writer.writerow(headers)
    for row in kept:
        cells = {str(key): cell(value, str(key)) for key, value in row.items()}
        writer.writerow(cells.get(header, "") for header in headers)
    return text.getvalue()


def cell(value: object, name: str) -> str:
    """A value of Python as an import reads it from a cell."""
    match value:
        case None:
            return ""
        case str():
            return str(value)
        case bool():
            return "true" if value else "false"
        case float():
            return "" if value != value else format(Decimal(repr(float(value))), "f")
        case Decimal():
            return format(value, "f")
        case datetime() if value.utcoffset() is None:
            hint = "Use datetime.now(timezone.utc), or give the datetime a tzinfo"
            raise _wrong(name, "the datetime is naive: it names no zone", hint)
        case date():
            return value.isoformat()
        case Money() | UUID() | Integral():
            return str(value)
        case Record():
            return str(value.to_dict()["id"])
        case list() | tuple() | set() | frozenset():
            return ";".join(cell(part, name) for part in cast("Iterable[Any]", value))
        case _:
            reason = f"a value is of the type {type(value).__name__}"
            raise _wrong(name, reason, "Give a text, a number, a date, Money or None")


def _wrong(field: str, reason: str, hint: str) -> ArgumentError:
    message = f"import.{field}: {reason}. {hint}."
    return ArgumentError(
        message, code="invalid", hint=hint, entity="import", field=field, reason=reason
    )
