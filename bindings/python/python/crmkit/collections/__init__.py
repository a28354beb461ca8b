"""The collections whose records have commands of their own."""

from __future__ import annotations

from typing import Any

from crmkit._collection import Collection

COMMANDS: dict[str, type[Collection[Any]]] = {}
"""The collections with commands, by their tables; every other kind of record has the plain one."""
