"""What a search finds: records, each with why it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from crmkit._native import Record


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record was found.

    Attributes:
        field: Where: a field, or the kind of a contact point, such as ``email``.
        text: The rest of the sentence: ``the name has these initials``.
    """

    field: str
    text: str

    def __str__(self) -> str:
        """The rest of the sentence."""
        return self.text


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found.

    Attributes:
        name: What it is called: its name, its subject, or how its text begins.
        table: The kind of record, by the name of its collection.
        record: The record.
        reasons: Why it was found: one where all that was typed is in one place, else one a word.
    """

    name: str
    table: str
    record: Record
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SearchResults(Sequence[Hit]):
    """The closest records, the closest first.

    Attributes:
        more: Whether there are others.
    """

    _hits: tuple[Hit, ...]
    more: bool

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        """The hit at a place, or those of a slice."""
        return self._hits[index]

    def __len__(self) -> int:
        """How many hits there are."""
        return len(self._hits)

    def __repr__(self) -> str:
        """How many hits there are, and whether there are others."""
        return f"<SearchResults: {len(self)} hits{', and more' if self.more else ''}>"

    def __str__(self) -> str:
        """A line for each hit: its name, its kind, and why it was found."""
        return "\n".join(
            f"{hit.name} ({hit.table}): {', '.join(map(str, hit.reasons))}" for hit in self
        )
