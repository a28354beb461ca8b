"""Where the report goes."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from crmkit.errors import StorageError


def write(path: str | os.PathLike[str], html: str) -> None:
    """Writes a file at once: there is the whole of it, or what was there before."""
    target = Path(path)
    beside = target.with_name(f".{target.name}.{uuid4().hex}")
    try:
        try:
            with beside.open("x", encoding="utf-8", newline="\n") as file:
                file.write(html)
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        hint = "Choose another place for the report"
        raise StorageError(
            f"writing the report: {error.strerror}. {hint}.",
            code="storage",
            hint=hint,
            operation="writing the report",
            reason=error.strerror,
        ) from error
