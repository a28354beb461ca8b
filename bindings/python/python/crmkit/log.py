"""The change log: who changed what, when, why, and from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple, Self
from uuid import UUID

from crmkit import _native
from crmkit._native import Record, Session

_PAGE = 1000


class FieldChange(NamedTuple):
    """A field with its values before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one record in one commit.

    Attributes:
        sequence: Its number in the log: 1, 2, 3, ... in the order of the commits.
        at: When, in UTC.
        actor: Who.
        cause: Why: ``edit``, ``import``, ``undo``, ...
        batch: The transaction, by which all of it can be undone.
        note: What the caller said of it.
        table: The kind of record.
        record_id: The record.
        kind: What happened: ``create``, ``update``, ``delete``, ``restore``, ``remove``.
        fields: The fields that changed.
    """

    sequence: int
    at: datetime
    actor: str
    cause: str
    batch: UUID
    note: str | None
    table: str
    record_id: UUID
    kind: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What happened to one field of a record.

    Attributes:
        at: When, in UTC.
        actor: Who.
        field: The field; nothing where the record as a whole was restored or removed.
        before: Its value before; nothing where the record was created.
        after: Its value after.
        kind: What happened to the record: ``create``, ``update``, ``delete``, ``restore`` or
            ``remove``.
        cause: Why: ``edit``, ``import``, ``undo``, ...
        batch: The transaction, by which all of it can be undone.
        note: What the caller said of it.
    """

    at: datetime
    actor: str
    field: str | None
    before: Any
    after: Any
    kind: str
    cause: str
    batch: UUID
    note: str | None


@dataclass(frozen=True, slots=True)
class Commit:
    """A transaction that was committed: where to look, not what was written.

    Attributes:
        at: When, in UTC.
        actor: Who.
        cause: Why: ``edit``, ``import``, ``undo``, ...
        batch: The transaction, by which all of it can be undone.
        note: What the caller said of it.
        first: The number of its first change in the log.
        last: The number of its last change.
        tables: The kinds of records that it touched.
    """

    at: datetime
    actor: str
    cause: str
    batch: UUID
    note: str | None
    first: int
    last: int
    tables: frozenset[str]


def history(session: Session, record: Record | UUID | str, table: str | None) -> list[HistoryEntry]:
    """What happened to the fields of a record, the oldest first."""
    entries: list[HistoryEntry] = []
    for described in _native.history(session, table, record):
        change = _change(described)
        for field in change.fields or (FieldChange("", None, None),):
            entries.append(
                HistoryEntry(
                    change.at,
                    change.actor,
                    field.field or None,
                    field.before,
                    field.after,
                    change.kind,
                    change.cause,
                    change.batch,
                    change.note,
                )
            )
    return entries


def feed(session: Callable[[], Session], after: int) -> Iterator[Change]:
    """Every change after a number, read page by page."""
    while page := _native.changes(session(), after, _PAGE):
        for described in page:
            change = _change(described)
            after = change.sequence
            yield change


def _change(described: dict[str, Any]) -> Change:
    fields = tuple(FieldChange(*field) for field in described.pop("fields"))
    return Change(**described, fields=fields)


class Observer:
    """Is told of commits while its ``with`` block lasts, or until it is closed."""

    def __init__(self, session: Session, callback: Callable[[Commit], object]) -> None:
        """Tells the callback of every commit from now on."""

        def told(described: dict[str, Any]) -> None:
            described["tables"] = frozenset(described["tables"])
            callback(Commit(**described))

        self._subscription = _native.observe(session, told)

    def close(self) -> None:
        """Ends it.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory() as crm:
            ...     observer = crm.observe(print)
            ...     observer.close()
            ...     _ = crm.customers.create(kind="organization", name="Acme GmbH")
        """
        self._subscription.close()

    def __enter__(self) -> Self:
        """The observer, closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Closes the observer."""
        self.close()


class Commits(Observer):
    """The commits as they come: iterating waits for the next, until another thread closes this."""

    def __init__(self, session: Session) -> None:
        """Collects every commit from now on."""
        self._queue: SimpleQueue[Commit | None] = SimpleQueue()
        super().__init__(session, self._queue.put)

    def close(self) -> None:
        """Ends it, and with it whoever iterates.

        Examples:
            >>> import crmkit
            >>> with crmkit.in_memory(actor="li.wei") as crm:
            ...     commits = crm.observe()
            ...     _ = crm.customers.create(kind="organization", name="Acme GmbH")
            ...     commits.close()
            ...     [commit.actor for commit in commits]
            ['li.wei']
        """
        super().close()
        self._queue.put(None)

    def __iter__(self) -> Iterator[Commit]:
        """The commits, each as soon as it is there."""
        while (commit := self._queue.get()) is not None:
            yield commit
        # The next one that iterates is to end as well.
        self._queue.put(None)
